import { bytes } from '../../../../base/bytes.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { markOf } from '../../providers/encoding.ts';
import type { TextEncoding } from '../../providers/encoding.ts';
import type { HostError } from '../../host.ts';
import type { ResolvedPath } from '../../run/provider.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { byteType } from '../../types/objects.ts';
import { array } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import {
  credentialParameter,
  filterParameters,
  forceParameter,
  passThruParameter,
  pathParameters,
} from '../items/path-parameters.ts';
import { contentTargets, noContentInterface } from './content-targets.ts';
import { defaultEncoding, encodingArgument, encodingParameter, isByteEncoding } from './encoding-argument.ts';

const management = 'Microsoft.PowerShell.Management';

export function writeError(context: CmdletContext, error: HostError, path: string): void {
  const denied = error.code === 'access-denied' || error.code === 'is-directory';
  context.error({
    id: denied
      ? 'GetContentWriterUnauthorizedAccessError'
      : error.code === 'parent-not-found'
        ? 'GetContentWriterDirectoryNotFoundError'
        : 'GetContentWriterIOError',
    category: denied
      ? 'PermissionDenied'
      : error.code === 'parent-not-found'
        ? 'ObjectNotFound'
        : 'WriteError',
    message: denied ? `Access to the path '${path}' is denied.` : error.message,
    exception: denied
      ? 'System.UnauthorizedAccessException'
      : error.code === 'parent-not-found'
        ? 'System.IO.DirectoryNotFoundException'
        : 'System.IO.IOException',
    target: path,
  });
}

function asBytes(context: CmdletContext, values: readonly Value[]): Bytes {
  return bytes(values.map((v) => String.fromCharCode(Number(toText(context.convert(v, byteType))))).join(''));
}

/** A file being written: opened once, grows as objects come. */
class Writer {
  readonly at: ResolvedPath;
  readonly encoding: TextEncoding;
  failed = false;
  constructor(at: ResolvedPath, encoding: TextEncoding) {
    this.at = at;
    this.encoding = encoding;
  }
}

const parameters: readonly CmdletParameter[] = [
  {
    name: 'Value',
    type: 'object[]',
    position: 1,
    mandatory: true,
    pipeline: true,
    pipelineByName: true,
    allowNull: true,
    allowEmptyCollection: true,
  },
  passThruParameter,
  ...pathParameters().map((p) => ({
    ...p,
    sets: p.sets?.map((s) => (typeof s === 'string' ? s : { ...s, pipeline: false })) ?? [],
  })),
  ...filterParameters,
  forceParameter,
  credentialParameter,
  { name: 'NoNewline', type: 'switch' },
  encodingParameter,
  { name: 'AsByteStream', type: 'switch', dialect: 'core' },
  { name: 'Stream', type: 'string' },
];

const writing = (verb: 'Set' | 'Add', aliases: readonly string[]): Cmdlet => ({
  name: `${verb}-Content`,
  aliases,
  module: management,
  typeName: `Microsoft.PowerShell.Commands.${verb}ContentCommand`,
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters,
  start(context) {
    let writers: Writer[] | undefined;
    const asStream = context.switch('AsByteStream') || isByteEncoding(context);

    const open = (): Writer[] => {
      const opened: Writer[] = [];
      const encoding = encodingArgument(context, defaultEncoding(context));
      const { files } = context.host;
      for (const at of contentTargets(context, true)) {
        const path = at.providerPath;
        if (!context.shouldProcess(`Path: ${path}`, `${verb} Content`)) continue;
        if (at.provider.name !== 'FileSystem') {
          if (at.provider.setContent) opened.push(new Writer(at, encoding));
          else context.error(noContentInterface);
          continue;
        }
        const info = files.info(path);
        if (info.ok && info.value.readOnly && context.switch('Force'))
          files.setAttributes(path, { readOnly: false });
        let used = encoding;
        if (verb === 'Add' && info.ok) {
          const known = files.read(path);
          const mark = known.ok ? markOf(known.value) : undefined;
          if (mark && !context.has('Encoding')) used = mark;
          if (!(known.ok && known.value === '')) {
            opened.push(new Writer(at, used));
            continue;
          }
        }
        const done = files.write(path, (asStream ? '' : used.bom) as Bytes);
        if (done.ok) opened.push(new Writer(at, used));
        else writeError(context, done.error, path);
      }
      return opened;
    };

    const put = (values: readonly Value[]): void => {
      writers ??= open();
      const end = context.switch('NoNewline') ? '' : context.host.newline;
      for (const writer of writers) {
        if (writer.failed) continue;
        const { at } = writer;
        if (at.provider.name !== 'FileSystem') {
          at.provider.setContent?.(
            at.providerPath,
            values.length === 1 ? (values[0] as Value) : array([...values]),
            context,
          );
          continue;
        }
        const content = asStream
          ? asBytes(context, values)
          : writer.encoding.encode(values.map((v) => (isNull(v) ? '' : toText(v)) + end).join(''));
        if (content === '') continue;
        const done = context.host.files.append(at.providerPath, content);
        if (done.ok) continue;
        writer.failed = true;
        writeError(context, done.error, at.providerPath);
      }
      if (context.switch('PassThru')) for (const value of values) context.write(value);
    };

    return {
      process() {
        const value = context.get('Value');
        if (isNull(value)) {
          writers ??= open();
          return undefined;
        }
        put(elementsOf(value) ?? [value]);
        return undefined;
      },
      end() {
        if (context.expectingInput) writers ??= open();
        return undefined;
      },
    };
  },
});
export const setContent: Cmdlet = writing('Set', ['sc']);
export const addContent: Cmdlet = writing('Add', ['ac']);

export const clearContent: Cmdlet = {
  name: 'Clear-Content',
  aliases: ['clc'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.ClearContentCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    ...filterParameters,
    forceParameter,
    credentialParameter,
    { name: 'Stream', type: 'string' },
  ],
  start: (context) => ({
    process() {
      for (const at of contentTargets(context, false)) {
        const path = at.providerPath;
        if (!context.shouldProcess(`Item: ${path}`, 'Clear Content')) continue;
        if (at.provider.name !== 'FileSystem') {
          if (at.provider.setContent) at.provider.setContent(path, null, context);
          else context.error(noContentInterface);
          continue;
        }
        const info = context.host.files.info(path);
        if (info.ok && info.value.kind === 'directory') {
          context.error({
            id: 'ClearDirectoryContent',
            category: 'InvalidOperation',
            message: `Unable to clear content because it is a directory: '${path}'.`,
            exception: 'System.NotSupportedException',
            target: path,
          });
          continue;
        }
        if (info.ok && info.value.readOnly && context.switch('Force'))
          context.host.files.setAttributes(path, { readOnly: false });
        const done = context.host.files.write(path, '' as Bytes);
        if (!done.ok) writeError(context, done.error, path);
      }
      return undefined;
    },
  }),
};
