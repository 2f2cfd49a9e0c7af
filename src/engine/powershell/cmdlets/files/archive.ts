import { unzipSync, zipSync } from 'fflate';
import { fromUint8Array, toUint8Array } from '../../../../base/bytes.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { fail, ok } from '../../../../base/result.ts';
import { makeInfo } from '../../providers/file-info.ts';
import { fileRefusal } from '../../providers/file-system.ts';
import { joinPath, leafOf, parentOf } from '../../providers/paths.ts';
import { expandPath, resolvePath } from '../../providers/resolve.ts';
import type { ProviderResult } from '../../run/provider.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { givenPaths } from '../items/targets.ts';

const module = 'Microsoft.PowerShell.Archive';
const pathParameters: Cmdlet['parameters'] = [
  {
    name: 'Path',
    type: 'string[]',
    sets: ['Path', 'PathWithForce', 'PathWithUpdate'].map((set) => ({
      set,
      position: 0,
      mandatory: true,
      pipeline: true,
      pipelineByName: true,
    })),
  },
  {
    name: 'LiteralPath',
    type: 'string[]',
    aliases: ['PSPath'],
    sets: ['LiteralPath', 'LiteralPathWithForce', 'LiteralPathWithUpdate'].map((set) => ({
      set,
      mandatory: true,
      pipelineByName: true,
    })),
  },
];

/** Files below a path with their names in the archive; a folder without files has a name that ends with a slash. */
function collect(
  context: CmdletContext,
  path: string,
  prefix: string,
  into: Map<string, Uint8Array>,
): ProviderResult<void> {
  const info = context.host.files.info(path);
  if (!info.ok) return fail(fileRefusal(info.error, path, 'ArchiveCmdletPathNotFound', 'ObjectNotFound'));
  if (info.value.kind === 'file') {
    const content = context.host.files.read(path);
    if (!content.ok) return fail(fileRefusal(content.error, path, 'ArchiveCmdletReadError', 'ReadError'));
    into.set(prefix + info.value.name, toUint8Array(content.value));
    return ok(undefined);
  }
  const list = context.host.files.list(path);
  if (!list.ok) return fail(fileRefusal(list.error, path, 'ArchiveCmdletReadError', 'ReadError'));
  const folder = `${prefix}${info.value.name}/`;
  if (list.value.length === 0) into.set(folder, new Uint8Array());
  for (const child of list.value) {
    const done = collect(context, child.path, folder, into);
    if (!done.ok) return done;
  }
  return ok(undefined);
}

export const compressArchive: Cmdlet = {
  name: 'Compress-Archive',
  module,
  typeName: 'Compress-Archive',
  commandType: 'Function',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters,
    { name: 'DestinationPath', type: 'string', position: 1, mandatory: true },
    {
      name: 'CompressionLevel',
      type: 'string',
      validate: [{ kind: 'set', values: ['Optimal', 'NoCompression', 'Fastest'] }],
    },
    { name: 'Update', type: 'switch', sets: ['PathWithUpdate', 'LiteralPathWithUpdate'] },
    { name: 'Force', type: 'switch', sets: ['PathWithForce', 'LiteralPathWithForce'] },
    { name: 'PassThru', type: 'switch' },
  ],
  start(context) {
    const entries = new Map<string, Uint8Array>();
    return {
      process() {
        const { paths, literal } = givenPaths(context);
        for (const path of paths) {
          const found = expandPath(context, path, { literal });
          if (!found.ok || found.value.length === 0)
            return context.fail({
              id: 'ArchiveCmdletPathNotFound',
              category: 'InvalidArgument',
              message: `The path '${path}' either does not exist or is not a valid file system path.`,
              exception: 'System.InvalidOperationException',
              target: path,
            });
          for (const at of found.value) {
            const done = collect(context, at.providerPath, '', entries);
            if (!done.ok) context.error(done.error);
          }
        }
        return undefined;
      },
      end() {
        const given = context.string('DestinationPath');
        const at = resolvePath(context, /\.\w+$/.test(leafOf(given)) ? given : `${given}.zip`);
        if (!at.ok) return context.fail(at.error);
        const path = at.value.providerPath;
        const { files } = context.host;
        const known = files.info(path);
        if (known.ok && !context.switch('Force') && !context.switch('Update'))
          return context.fail({
            id: 'ArchiveFileExists',
            category: 'PermissionDenied',
            message: `The archive file ${path} already exists. Use the -Update parameter to update the existing archive file or use the -Force parameter to overwrite the existing archive file.`,
            exception: 'System.IO.IOException',
            target: path,
          });
        if (!context.shouldProcess(path, 'Compress-Archive')) return undefined;
        const all: Record<string, Uint8Array> = {};
        if (known.ok && context.switch('Update')) {
          const content = files.read(path);
          if (content.ok) Object.assign(all, unzipSync(toUint8Array(content.value)));
        }
        for (const [name, data] of entries) all[name] = data;
        const level = context.string('CompressionLevel').toLowerCase();
        const zip = zipSync(all, {
          level: level === 'nocompression' ? 0 : level === 'fastest' ? 1 : 6,
          // A date of the device would need its clock at each file; archives of the same files are the same bytes.
          mtime: '1980-01-01T00:00:00',
        });
        const done = files.write(path, fromUint8Array(zip));
        if (!done.ok) return context.fail(fileRefusal(done.error, path, 'ArchiveCmdletWriteError'));
        if (context.switch('PassThru')) context.write(makeInfo('file', path, path));
        return undefined;
      },
    };
  },
};

export const expandArchive: Cmdlet = {
  name: 'Expand-Archive',
  module,
  typeName: 'Expand-Archive',
  commandType: 'Function',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Path',
      type: 'string',
      sets: [{ set: 'Path', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath'],
      sets: [{ set: 'LiteralPath', mandatory: true, pipelineByName: true }],
    },
    { name: 'DestinationPath', type: 'string', position: 1 },
    { name: 'Force', type: 'switch' },
    { name: 'PassThru', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { paths, literal } = givenPaths(context);
      const given = paths[0] as string;
      const found = expandPath(context, given, { literal });
      const source = found.ok ? found.value[0] : undefined;
      if (!source)
        return context.fail({
          id: 'ArchiveCmdletPathNotFound',
          category: 'InvalidArgument',
          message: `The path '${given}' either does not exist or is not a valid file system path.`,
          exception: 'System.InvalidOperationException',
          target: given,
        });
      const { files } = context.host;
      const path = source.providerPath;
      if (!/\.zip$/i.test(path))
        return context.fail({
          id: 'NotSupportedArchiveFileExtension',
          category: 'InvalidArgument',
          message: `${/\.\w+$/.exec(path)?.[0] ?? ''} is not a supported archive file format. .zip is the only supported archive file format.`,
          exception: 'System.IO.IOException',
          target: path,
        });
      const content = files.read(path);
      if (!content.ok)
        return context.fail(fileRefusal(content.error, path, 'ArchiveCmdletReadError', 'ReadError'));
      const target = context.has('DestinationPath')
        ? resolvePath(context, context.string('DestinationPath'))
        : resolvePath(context, leafOf(path).replace(/\.zip$/i, ''));
      if (!target.ok) return context.fail(target.error);
      const folder = target.value.providerPath;
      if (!context.shouldProcess(path, 'Expand-Archive')) return undefined;
      let entries: Record<string, Uint8Array>;
      try {
        entries = unzipSync(toUint8Array(content.value as Bytes));
      } catch {
        return context.fail({
          id: 'InvalidZipFile',
          category: 'InvalidData',
          message: `Exception calling ".ctor" with "3" argument(s): "End of Central Directory record could not be found."`,
          exception: 'System.IO.InvalidDataException',
          target: path,
        });
      }
      files.createDirectory(folder);
      for (const [name, data] of Object.entries(entries)) {
        const to = joinPath(folder, name.replace(/\//g, '\\').replace(/\\$/, ''));
        if (name.endsWith('/')) {
          files.createDirectory(to);
          continue;
        }
        files.createDirectory(parentOf(to));
        if (files.info(to).ok && !context.switch('Force')) {
          context.error({
            id: 'ExpandArchiveFileExists',
            category: 'PermissionDenied',
            message: `Failed to create file '${to}' while expanding the archive file '${path}' contents as the file '${to}' already exists. Use the -Force parameter if you want to overwrite the existing directory '${to}' contents when expanding the archive file.`,
            exception: 'System.IO.IOException',
            target: to,
          });
          continue;
        }
        const done = files.write(to, fromUint8Array(data));
        if (!done.ok) context.error(fileRefusal(done.error, to, 'ExpandArchiveWriteError'));
        else if (context.switch('PassThru')) context.write(makeInfo('file', to, to));
      }
      return undefined;
    },
  }),
};
