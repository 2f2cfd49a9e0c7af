import { differences } from '../../dialects/index.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { decodeText } from '../../providers/encoding.ts';
import { contentLine } from '../../providers/item-properties.ts';
import type { ResolvedPath } from '../../run/provider.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { array, byte } from '../../types/objects.ts';
import type { Value } from '../../types/value.ts';
import { PSReference } from '../../types/value.ts';
import { byteArray } from '../../providers/registry-values.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import {
  credentialParameter,
  filterParameters,
  forceParameter,
  pathParameters,
} from '../items/path-parameters.ts';
import { contentTargets, noContentInterface } from './content-targets.ts';
import { defaultEncoding, encodingArgument, encodingParameter, isByteEncoding } from './encoding-argument.ts';

/** Lines as .NET's reader splits them: a last line break ends the last line and starts none. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
/** Parts that end with a delimiter, which is not part of them. */
function delimited(text: string, delimiter: string): string[] {
  const parts = text.split(delimiter);
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

function fileBytes(context: CmdletContext, at: ResolvedPath): Bytes | undefined {
  const path = at.providerPath;
  const info = context.host.files.info(path);
  if (info.ok && info.value.kind === 'directory') {
    context.error(
      differences.files.contentOfFolder.desktopIn(context.dialect)
        ? {
            id: 'GetContentReaderUnauthorizedAccessError',
            category: 'PermissionDenied',
            message: `Access to the path '${path}' is denied.`,
            exception: 'System.UnauthorizedAccessException',
            target: path,
          }
        : {
            id: 'GetContainerContentException',
            category: 'InvalidOperation',
            message: `Unable to get content because it is a directory: '${path}'. Please use 'Get-ChildItem' instead.`,
            exception: 'System.InvalidOperationException',
            target: path,
          },
    );
    return undefined;
  }
  const content = context.host.files.read(path);
  if (content.ok) return content.value;
  const denied = content.error.code === 'access-denied';
  context.error({
    id: denied ? 'GetContentReaderUnauthorizedAccessError' : 'GetContentReaderIOError',
    category: denied ? 'PermissionDenied' : 'ReadError',
    message: denied ? `Access to the path '${path}' is denied.` : content.error.message,
    exception: denied ? 'System.UnauthorizedAccessException' : 'System.IO.IOException',
    target: path,
  });
  return undefined;
}

/** The pieces of an item's content, before -TotalCount and -Tail. */
function pieces(context: CmdletContext, at: ResolvedPath): Value[] | undefined {
  if (at.provider.name !== 'FileSystem') {
    if (!at.provider.content) {
      context.error(noContentInterface);
      return undefined;
    }
    const value = at.provider.content(at.providerPath, context);
    if (value.ok) return [...(elementsOf(value.value) ?? [value.value])];
    context.error(value.error);
    return undefined;
  }
  const content = fileBytes(context, at);
  if (content === undefined) return undefined;
  if (context.switch('AsByteStream') || isByteEncoding(context))
    return context.switch('Raw')
      ? content === ''
        ? []
        : [byteArray(content)]
      : Array.from(content, (c) => byte(c.charCodeAt(0)));
  const text = decodeText(content, encodingArgument(context, defaultEncoding(context)));
  if (context.switch('Raw')) return text === '' ? [] : [text];
  return context.has('Delimiter') ? delimited(text, context.string('Delimiter')) : linesOf(text);
}

export const getContent: Cmdlet = {
  name: 'Get-Content',
  aliases: ['gc', 'cat', 'type'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.GetContentCommand',
  defaultSet: 'Path',
  parameters: [
    { name: 'ReadCount', type: 'long', pipelineByName: true },
    { name: 'TotalCount', type: 'long', aliases: ['First', 'Head'], pipelineByName: true },
    { name: 'Tail', type: 'int', aliases: ['Last'], pipelineByName: true },
    ...pathParameters(),
    ...filterParameters,
    forceParameter,
    credentialParameter,
    { name: 'Delimiter', type: 'string' },
    { name: 'Wait', type: 'switch' },
    { name: 'Raw', type: 'switch' },
    encodingParameter,
    { name: 'AsByteStream', type: 'switch', dialect: 'core' },
    { name: 'Stream', type: 'string' },
  ],
  start: (context) => ({
    *process() {
      for (const at of contentTargets(context, false)) {
        const all = pieces(context, at);
        if (!all) continue;
        let list = all;
        let first = 0;
        if (context.has('TotalCount')) list = list.slice(0, Math.max(0, context.number('TotalCount', 0)));
        else if (context.has('Tail')) {
          const tail = Math.max(0, context.number('Tail', 0));
          first = Math.max(0, list.length - tail);
          list = list.slice(first);
        }
        const batch = context.number('ReadCount', 1);
        if (batch === 1 || context.switch('Raw')) {
          for (let i = 0; i < list.length; i++) {
            const value = list[i] as Value;
            const step = context.emit(
              value instanceof PSReference ? value : contentLine(value ?? '', at, first + i + 1),
            );
            if (step) yield* step;
          }
          continue;
        }
        const size = batch <= 0 ? Math.max(1, list.length) : batch;
        for (let i = 0; i < list.length; i += size) {
          const step = context.emit(array(list.slice(i, i + size)));
          if (step) yield* step;
        }
      }
    },
  }),
};
