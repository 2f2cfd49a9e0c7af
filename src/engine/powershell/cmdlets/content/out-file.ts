import { differences } from '../../dialects/index.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { createTextFormatter } from '../../format/index.ts';
import { markOf, unicode, utf8NoBom } from '../../providers/encoding.ts';
import type { TextEncoding } from '../../providers/encoding.ts';
import { resolvePath } from '../../providers/resolve.ts';
import { unescapePath } from '../../providers/paths.ts';
import { elementsOf } from '../../types/enumerate.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import { array } from '../../types/objects.ts';
import { Variable } from '../../run/scope.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { encodingArgument, encodingParameter } from './encoding-argument.ts';

export interface OpenFile {
  readonly path: string;
  readonly encoding: TextEncoding;
}

/** Opens a file for text as Out-File, Tee-Object, Export-Csv do; ends the command where that is refused. */
export function openText(
  context: CmdletContext,
  given: string,
  options: {
    readonly literal: boolean;
    readonly append: boolean;
    readonly fallback: TextEncoding;
    readonly keepMark?: boolean;
  },
): OpenFile {
  const { files } = context.host;
  const encoding = encodingArgument(context, options.fallback);
  const at = resolvePath(context, options.literal ? given : unescapePath(given));
  if (!at.ok) return context.fail(at.error);
  if (at.value.provider.name !== 'FileSystem')
    return context.fail({
      id: 'ReadWriteFileNotFileSystemProvider',
      category: 'InvalidArgument',
      message: `Cannot open file because the current provider (${at.value.provider.module}\\${at.value.provider.name}) cannot open a file.`,
      exception: 'System.Management.Automation.PSInvalidOperationException',
      target: given,
    });
  const path = at.value.providerPath;
  const info = files.info(path);
  if (info.ok && context.switch('NoClobber') && !options.append)
    return context.fail({
      id: 'NoClobber',
      category: 'ResourceExists',
      message: `The file '${path}' already exists.`,
      exception: 'System.IO.IOException',
      target: path,
    });
  if (info.ok && info.value.readOnly && context.switch('Force'))
    files.setAttributes(path, { readOnly: false });
  const known = options.append && info.ok ? files.read(path) : undefined;
  if (known?.ok && known.value !== '')
    return { path, encoding: options.keepMark ? (markOf(known.value) ?? encoding) : encoding };
  const done = files.write(path, encoding.bom as Bytes);
  if (done.ok) return { path, encoding };
  const { error } = done;
  const denied = error.code === 'access-denied' || error.code === 'is-directory';
  return context.fail({
    id: 'FileOpenFailure',
    category: 'OpenError',
    message: denied ? `Access to the path '${path}' is denied.` : error.message,
    exception: denied
      ? 'System.UnauthorizedAccessException'
      : error.code === 'parent-not-found'
        ? 'System.IO.DirectoryNotFoundException'
        : 'System.IO.IOException',
    target: denied ? path : null,
  });
}
export function appendText(context: CmdletContext, file: OpenFile, text: string): void {
  if (text === '') return;
  const done = context.host.files.append(file.path, file.encoding.encode(text));
  if (!done.ok)
    context.fail({
      id: 'FileOpenFailure',
      category: 'OpenError',
      message: done.error.message,
      exception: 'System.IO.IOException',
      target: file.path,
    });
}

/** UTF-16 in Windows PowerShell. */
export const outFileEncoding = (context: CmdletContext): TextEncoding =>
  differences.files.redirection.desktopIn(context.dialect) ? unicode : utf8NoBom;

export const outFile: Cmdlet = {
  name: 'Out-File',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.OutFileCommand',
  defaultSet: 'ByPath',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'FilePath',
      type: 'string',
      aliases: ['Path'],
      sets: [{ set: 'ByPath', position: 0, mandatory: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'ByLiteralPath', mandatory: true, pipelineByName: true }],
    },
    { ...encodingParameter, position: 1 },
    { name: 'Append', type: 'switch' },
    { name: 'Force', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    { name: 'Width', type: 'int', validate: [{ kind: 'range', min: 2, max: 2147483647 }] },
    { name: 'NoNewline', type: 'switch' },
    { name: 'InputObject', type: 'psobject', pipeline: true, allowNull: true },
  ],
  start(context) {
    const { newline } = context.host;
    const literal = context.has('LiteralPath');
    const given = context.string(literal ? 'LiteralPath' : 'FilePath');
    const noNewline = context.switch('NoNewline');
    let file: OpenFile | undefined;
    let text = '';
    const formatter = createTextFormatter(
      {
        width: context.has('Width') ? context.number('Width', 120) : undefined,
        write: (line) => (text += noNewline ? line.slice(0, line.length - newline.length) : line),
      },
      context.session,
    );
    const flush = (): void => {
      if (file) appendText(context, file, text);
      text = '';
    };
    return {
      begin() {
        if (!context.shouldProcess(given, 'Output to File')) return undefined;
        file = openText(context, given, {
          literal,
          append: context.switch('Append'),
          fallback: outFileEncoding(context),
        });
        return undefined;
      },
      process() {
        for (const item of input(context)) formatter.object(item);
        if (text.length > 65536) flush();
        return undefined;
      },
      end() {
        formatter.end();
        flush();
        return undefined;
      },
    };
  },
};
function input(context: CmdletContext): readonly Value[] {
  if (context.expectingInput && context.input !== automationNull) return [context.input];
  if (!context.has('InputObject')) return [];
  const value = context.get('InputObject');
  return elementsOf(value) ?? [value];
}

export const teeObject: Cmdlet = {
  name: 'Tee-Object',
  aliases: ['tee'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.TeeObjectCommand',
  defaultSet: 'File',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true, allowNull: true },
    {
      name: 'FilePath',
      type: 'string',
      aliases: ['Path'],
      sets: [{ set: 'File', position: 0, mandatory: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralFile', mandatory: true }],
    },
    { name: 'Append', type: 'switch', sets: ['File'] },
    { ...encodingParameter, dialect: 'core', sets: ['File', 'LiteralFile'] },
    { name: 'Variable', type: 'string', sets: [{ set: 'Variable', mandatory: true }] },
  ],
  start(context) {
    const kept: Value[] = [];
    let file: OpenFile | undefined;
    let text = '';
    const formatter = createTextFormatter({ width: undefined, write: (t) => (text += t) }, context.session);
    return {
      begin() {
        if (context.has('Variable')) return undefined;
        const literal = context.has('LiteralPath');
        file = openText(context, context.string(literal ? 'LiteralPath' : 'FilePath'), {
          literal,
          append: context.switch('Append'),
          fallback: outFileEncoding(context),
        });
        return undefined;
      },
      process() {
        for (const item of input(context)) {
          if (file) formatter.object(item);
          else kept.push(item);
          context.write(item);
        }
        return undefined;
      },
      end() {
        if (file) {
          formatter.end();
          appendText(context, file, text);
          return undefined;
        }
        const { frame } = context.session;
        const name = context.string('Variable');
        const value: Value = kept.length === 1 ? (kept[0] as Value) : array(kept);
        const known = frame.scope.variables.get(name.toLowerCase());
        if (known) known.value = value;
        else frame.scope.variables.set(name.toLowerCase(), new Variable(name, value));
        return undefined;
      },
    };
  },
};
