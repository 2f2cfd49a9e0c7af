import { unzipSync, zipSync } from 'fflate';
import { fromUint8Array, toUint8Array } from '../../../../base/bytes.ts';
import { context } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { DotNetObject, PSArray } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import type { Value } from '../value.ts';
import { flag, required, state } from './arguments.ts';
import { method, property, staticMethod } from './define.ts';
import { fullPath } from './paths.ts';
import { readFile, writeFile } from './stream.ts';

defineEnum('System.IO.Compression.CompressionLevel', 'Optimal,Fastest,NoCompression,SmallestSize');
defineEnum('System.IO.Compression.ZipArchiveMode', 'Read,Create,Update');

/** Every archive gets the same time stamps: a journal replayed gives the same bytes. */
const stamp = { mtime: '1980-01-01T00:00:00' } as const;

function files(folder: string, prefix: string, into: Record<string, Uint8Array>): void {
  const list = context().host.files.list(folder);
  if (!list.ok)
    throw dotNetError(
      'System.IO.DirectoryNotFoundException',
      `Could not find a part of the path '${folder}'.`,
    );
  for (const child of list.value)
    if (child.kind === 'file') into[prefix + child.name] = toUint8Array(readFile(child.path));
    else {
      const before = Object.keys(into).length;
      files(child.path, `${prefix}${child.name}/`, into);
      if (Object.keys(into).length === before) into[`${prefix}${child.name}/`] = new Uint8Array(0);
    }
}
function create(a: readonly Value[]): void {
  const folder = fullPath(required(a[0], 'sourceDirectoryName'));
  const target = fullPath(required(a[1], 'destinationArchiveFileName'));
  if (context().host.files.info(target).ok)
    throw dotNetError('System.IO.IOException', `The file '${target}' already exists.`);
  const into: Record<string, Uint8Array> = {};
  const base = flag(a[3]) ? `${folder.replace(/\\$/, '').replace(/^.*\\/, '')}/` : '';
  files(folder, base, into);
  writeFile(target, fromUint8Array(zipSync(into, stamp)));
}
function entriesOf(path: string): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(toUint8Array(readFile(path)));
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw dotNetError(
        'System.IO.InvalidDataException',
        'End of Central Directory record could not be found.',
      );
    throw error;
  }
}
function extract(a: readonly Value[], overwrite: boolean): void {
  const source = fullPath(required(a[0], 'sourceArchiveFileName'));
  const target = fullPath(required(a[1], 'destinationDirectoryName')).replace(/\\$/, '');
  const host = context().host.files;
  host.createDirectory(target);
  for (const [name, content] of Object.entries(entriesOf(source))) {
    const path = `${target}\\${name.replace(/\//g, '\\')}`;
    if (fullPath(path).toLowerCase().indexOf(`${target.toLowerCase()}\\`) !== 0)
      throw dotNetError(
        'System.IO.IOException',
        'Extracting Zip entry would have resulted in a file outside the specified destination directory.',
      );
    if (path.endsWith('\\')) {
      host.createDirectory(path.slice(0, -1));
      continue;
    }
    host.createDirectory(path.slice(0, path.lastIndexOf('\\')));
    if (!overwrite && host.info(path).ok)
      throw dotNetError('System.IO.IOException', `The file '${path}' already exists.`);
    writeFile(path, fromUint8Array(content));
  }
}
interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
}
const entryType = defineType('System.IO.Compression.ZipArchiveEntry', {
  members: [
    property('FullName', 'string', (v) => state<Entry>(v).name),
    property('Name', 'string', (v) => state<Entry>(v).name.replace(/^.*\//, '')),
    property('Length', 'long', (v) => BigInt(state<Entry>(v).content.length)),
    method(['string ToString()', (v) => state<Entry>(v).name]),
  ],
});
const archiveType = defineType('System.IO.Compression.ZipArchive', {
  interfaces: ['System.IDisposable'],
  members: [
    property('Entries', 'System.Object', (v) => new PSArray(state<Value[]>(v), entryType)),
    method([
      'System.IO.Compression.ZipArchiveEntry GetEntry(string entryName)',
      (v, a) => state<DotNetObject<Entry>[]>(v).find((e) => e.state.name === a[0]) ?? null,
    ]),
    method(['void Dispose()', () => undefined]),
  ],
});
defineType('System.IO.Compression.ZipFileExtensions', {
  members: [
    staticMethod([
      'void ExtractToFile(System.IO.Compression.ZipArchiveEntry source, string destinationFileName, bool overwrite = False)',
      (_v, a) =>
        writeFile(
          fullPath(required(a[1], 'destinationFileName')),
          fromUint8Array(state<Entry>(a[0]).content),
        ),
    ]),
  ],
});
defineType('System.IO.Compression.ZipFile', {
  members: [
    staticMethod(
      [
        'void CreateFromDirectory(string sourceDirectoryName, string destinationArchiveFileName)',
        (_v, a) => create(a),
      ],
      [
        'void CreateFromDirectory(string sourceDirectoryName, string destinationArchiveFileName, System.IO.Compression.CompressionLevel compressionLevel, bool includeBaseDirectory)',
        (_v, a) => create(a),
      ],
    ),
    staticMethod(
      [
        'void ExtractToDirectory(string sourceArchiveFileName, string destinationDirectoryName)',
        (_v, a) => extract(a, false),
      ],
      [
        'void ExtractToDirectory(string sourceArchiveFileName, string destinationDirectoryName, bool overwriteFiles)',
        (_v, a) => extract(a, flag(a[2])),
      ],
    ),
    staticMethod([
      'System.IO.Compression.ZipArchive OpenRead(string archiveFileName)',
      (_v, a) =>
        new DotNetObject(
          archiveType,
          Object.entries(entriesOf(fullPath(required(a[0], 'archiveFileName')))).map(
            ([name, content]) => new DotNetObject<Entry>(entryType, { name, content }),
          ),
        ),
    ]),
  ],
});
