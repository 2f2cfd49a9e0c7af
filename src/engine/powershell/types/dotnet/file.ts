import type { Bytes } from '../../../../base/bytes.ts';
import { fromUint8Array, toUint8Array } from '../../../../base/bytes.ts';
import type { FileInfo, HostResult } from '../../host.ts';
import { decodeText, utf8NoBom } from '../../providers/encoding.ts';
import {
  attributeBits,
  fileAttributesType,
  fileError,
  findFiles,
  makeInfo,
} from '../../providers/file-info.ts';
import { instantOf, localTime, utcTime } from '../../providers/local-time.ts';
import { context } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { EnumValue, stringArray } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { DateTimeValue } from '../scalars.ts';
import type { Value } from '../value.ts';
import { bits, byteArray, bytesOf, flag, required, str, textsOf } from './arguments.ts';
import { staticMethod } from './define.ts';
import { currentDirectory, fullPath, setCurrentDirectory } from './paths.ts';
import { createText, open, openFile, openText, readFile, writeFile } from './stream.ts';
import { encodingOf } from './text-encoding.ts';

defineEnum('System.IO.SearchOption', 'TopDirectoryOnly,AllDirectories');
const at = (v: Value | undefined): string => fullPath(required(v, 'path'));
const files = () => context().host.files;
const kindAt = (path: string): 'file' | 'directory' | undefined => {
  const found = files().info(path);
  return found.ok ? found.value.kind : undefined;
};
function must<T>(done: HostResult<T>, path: string): T {
  if (done.ok) return done.value;
  if (done.error.code === 'not-found' || done.error.code === 'parent-not-found')
    throw dotNetError('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`);
  throw fileError(done.error, path);
}
const readText = (a: readonly Value[]): string =>
  decodeText(readFile(at(a[0])), encodingOf(a[1], utf8NoBom).encoding);
const lines = (text: string): string[] => {
  const all = text.split(/\r\n|\r|\n/);
  if (all.at(-1) === '') all.pop();
  return all;
};
/** Text with the encoding's mark where a new file begins. */
function writeText(path: string, text: string, encoding: Value | undefined, append: boolean): void {
  const { encoding: of, mark } = encodingOf(encoding, utf8NoBom);
  const isNew = !append || kindAt(path) === undefined;
  writeFile(path, ((isNew && mark ? of.bom : '') + of.encode(text)) as Bytes, append);
}
const joined = (v: Value | undefined): string =>
  textsOf(v)
    .map((line) => line + context().host.newline)
    .join('');

function copy(from: string, to: string, overwrite: boolean): void {
  const content = readFile(from);
  if (!overwrite && kindAt(to) !== undefined)
    throw dotNetError('System.IO.IOException', `The file '${to}' already exists.`);
  writeFile(to, content);
}
function info(path: string): FileInfo {
  const found = files().info(path);
  if (found.ok) return found.value;
  throw dotNetError('System.IO.FileNotFoundException', `Could not find file '${path}'.`, { FileName: path });
}
type Clock = 'created' | 'modified' | 'accessed';
/** Of what is not there .NET tells 1601, in local time. */
const timeOf = (path: string, clock: Clock, utc: boolean): Value => {
  const found = files().info(path);
  if (!found.ok) return new DateTimeValue(504911232000000000n, utc ? 'Utc' : 'Local');
  return utc ? utcTime(found.value[clock]) : localTime(context().host, found.value[clock]);
};
function setTime(path: string, clock: Clock, to: Value | undefined): void {
  must(files().setTimes(path, { [clock]: instantOf(context().host, to as DateTimeValue) }), path);
}
const times = (
  [
    ['CreationTime', 'created'],
    ['LastWriteTime', 'modified'],
    ['LastAccessTime', 'accessed'],
  ] as const
).flatMap(([name, clock]) =>
  (['', 'Utc'] as const).flatMap((suffix) => [
    staticMethod([
      `datetime Get${name}${suffix}(string path)`,
      (_v, a) => timeOf(at(a[0]), clock, suffix !== ''),
    ]),
    staticMethod([
      `void Set${name}${suffix}(string path, datetime ${name[0]?.toLowerCase()}${name.slice(1)}${suffix})`,
      (_v, a) =>
        setTime(
          at(a[0]),
          clock,
          suffix === '' ? a[1] : new DateTimeValue((a[1] as DateTimeValue).ticks, 'Utc'),
        ),
    ]),
  ]),
);

defineType('System.IO.File', {
  isAbstract: true,
  members: [
    staticMethod(['bool Exists(string path)', (_v, a) => str(a[0]) !== '' && kindAt(at(a[0])) === 'file']),
    staticMethod(
      ['string ReadAllText(string path)', (_v, a) => readText(a)],
      ['string ReadAllText(string path, System.Text.Encoding encoding)', (_v, a) => readText(a)],
    ),
    staticMethod(
      ['string[] ReadAllLines(string path)', (_v, a) => stringArray(lines(readText(a)))],
      [
        'string[] ReadAllLines(string path, System.Text.Encoding encoding)',
        (_v, a) => stringArray(lines(readText(a))),
      ],
    ),
    staticMethod(
      [
        'System.Collections.Generic.IEnumerable[string] ReadLines(string path)',
        (_v, a) => stringArray(lines(readText(a))),
      ],
      [
        'System.Collections.Generic.IEnumerable[string] ReadLines(string path, System.Text.Encoding encoding)',
        (_v, a) => stringArray(lines(readText(a))),
      ],
    ),
    staticMethod([
      'byte[] ReadAllBytes(string path)',
      (_v, a) => byteArray(toUint8Array(readFile(at(a[0])))),
    ]),
    staticMethod(
      [
        'void WriteAllText(string path, string contents)',
        (_v, a) => writeText(at(a[0]), str(a[1]), undefined, false),
      ],
      [
        'void WriteAllText(string path, string contents, System.Text.Encoding encoding)',
        (_v, a) => writeText(at(a[0]), str(a[1]), a[2], false),
      ],
    ),
    staticMethod(
      [
        'void WriteAllLines(string path, string[] contents)',
        (_v, a) => writeText(at(a[0]), joined(a[1]), undefined, false),
      ],
      [
        'void WriteAllLines(string path, string[] contents, System.Text.Encoding encoding)',
        (_v, a) => writeText(at(a[0]), joined(a[1]), a[2], false),
      ],
    ),
    staticMethod([
      'void WriteAllBytes(string path, byte[] bytes)',
      (_v, a) => writeFile(at(a[0]), fromUint8Array(bytesOf(a[1]))),
    ]),
    staticMethod(
      [
        'void AppendAllText(string path, string contents)',
        (_v, a) => writeText(at(a[0]), str(a[1]), undefined, true),
      ],
      [
        'void AppendAllText(string path, string contents, System.Text.Encoding encoding)',
        (_v, a) => writeText(at(a[0]), str(a[1]), a[2], true),
      ],
    ),
    staticMethod(
      [
        'void AppendAllLines(string path, System.Collections.Generic.IEnumerable[string] contents)',
        (_v, a) => writeText(at(a[0]), joined(a[1]), undefined, true),
      ],
      [
        'void AppendAllLines(string path, System.Collections.Generic.IEnumerable[string] contents, System.Text.Encoding encoding)',
        (_v, a) => writeText(at(a[0]), joined(a[1]), a[2], true),
      ],
    ),
    staticMethod([
      'void Delete(string path)',
      (_v, a) => {
        const path = at(a[0]);
        const kind = kindAt(path);
        if (kind === 'directory')
          throw dotNetError('System.UnauthorizedAccessException', `Access to the path '${path}' is denied.`);
        if (kind === 'file') must(files().remove(path, false), path);
      },
    ]),
    staticMethod(
      ['void Copy(string sourceFileName, string destFileName)', (_v, a) => copy(at(a[0]), at(a[1]), false)],
      [
        'void Copy(string sourceFileName, string destFileName, bool overwrite)',
        (_v, a) => copy(at(a[0]), at(a[1]), flag(a[2])),
      ],
    ),
    staticMethod(
      ['void Move(string sourceFileName, string destFileName)', (_v, a) => move(at(a[0]), at(a[1]), false)],
      [
        'void Move(string sourceFileName, string destFileName, bool overwrite)',
        (_v, a) => move(at(a[0]), at(a[1]), flag(a[2])),
      ],
    ),
    staticMethod(
      ['System.IO.FileStream Open(string path, System.IO.FileMode mode)', (_v, a) => open(a)],
      [
        'System.IO.FileStream Open(string path, System.IO.FileMode mode, System.IO.FileAccess access)',
        (_v, a) => open(a),
      ],
      [
        'System.IO.FileStream Open(string path, System.IO.FileMode mode, System.IO.FileAccess access, System.IO.FileShare share)',
        (_v, a) => open(a),
      ],
    ),
    staticMethod([
      'System.IO.FileStream OpenRead(string path)',
      (_v, a) => openFile(required(a[0], 'path'), 'Open', 1),
    ]),
    staticMethod([
      'System.IO.FileStream OpenWrite(string path)',
      (_v, a) => openFile(required(a[0], 'path'), 'OpenOrCreate', 2),
    ]),
    staticMethod([
      'System.IO.FileStream Create(string path)',
      (_v, a) => openFile(required(a[0], 'path'), 'Create', 3),
    ]),
    staticMethod(['System.IO.StreamReader OpenText(string path)', (_v, a) => openText(a[0])]),
    staticMethod(['System.IO.StreamWriter CreateText(string path)', (_v, a) => createText(a[0], false)]),
    staticMethod(['System.IO.StreamWriter AppendText(string path)', (_v, a) => createText(a[0], true)]),
    staticMethod([
      'System.IO.FileAttributes GetAttributes(string path)',
      (_v, a) => new EnumValue(fileAttributesType, attributeBits(info(at(a[0])))),
    ]),
    staticMethod([
      'void SetAttributes(string path, System.IO.FileAttributes fileAttributes)',
      (_v, a) =>
        must(
          files().setAttributes(at(a[0]), {
            readOnly: (bits(a[1]) & 1) !== 0,
            hidden: (bits(a[1]) & 2) !== 0,
          }),
          at(a[0]),
        ),
    ]),
    ...times,
  ],
});
function move(from: string, to: string, overwrite: boolean): void {
  if (kindAt(from) !== 'file')
    throw dotNetError('System.IO.FileNotFoundException', `Could not find file '${from}'.`, {
      FileName: from,
    });
  if (overwrite && kindAt(to) === 'file') must(files().remove(to, false), to);
  else if (kindAt(to) !== undefined)
    throw dotNetError('System.IO.IOException', 'Cannot create a file when that file already exists.');
  must(files().move(from, to), to);
}

const list = (a: readonly Value[], wants: (f: FileInfo) => boolean): Value => {
  const folder = at(a[0]);
  if (kindAt(folder) !== 'directory')
    throw dotNetError(
      'System.IO.DirectoryNotFoundException',
      `Could not find a part of the path '${folder}'.`,
    );
  const given = str(a[0]).replace(/[\\/]$/, '');
  return stringArray(
    findFiles(folder, a.length > 1 ? str(a[1]) : '*', bits(a[2]) === 1)
      .filter(wants)
      .map((f) => given + f.path.slice(folder.replace(/\\$/, '').length)),
  );
};
const listing = (name: string, wants: (f: FileInfo) => boolean, returns: string) =>
  staticMethod(
    [`${returns} ${name}(string path)`, (_v, a) => list(a, wants)],
    [`${returns} ${name}(string path, string searchPattern)`, (_v, a) => list(a, wants)],
    [
      `${returns} ${name}(string path, string searchPattern, System.IO.SearchOption searchOption)`,
      (_v, a) => list(a, wants),
    ],
  );
const isFile = (f: FileInfo): boolean => f.kind === 'file';
const isFolder = (f: FileInfo): boolean => f.kind === 'directory';
function removeFolder(path: string, recurse: boolean): void {
  if (kindAt(path) !== 'directory')
    throw dotNetError('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`);
  const done = files().remove(path, recurse);
  if (done.ok) return;
  throw done.error.code === 'not-empty'
    ? dotNetError('System.IO.IOException', `The directory is not empty. : '${path}'`)
    : fileError(done.error, path);
}
const sequence = 'System.Collections.Generic.IEnumerable[string]';
defineType('System.IO.Directory', {
  isAbstract: true,
  members: [
    staticMethod([
      'bool Exists(string path)',
      (_v, a) => str(a[0]) !== '' && kindAt(at(a[0])) === 'directory',
    ]),
    staticMethod([
      'System.IO.DirectoryInfo CreateDirectory(string path)',
      (_v, a) => {
        const path = at(a[0]).replace(/(?<!:)\\$/, '');
        if (kindAt(path) === 'file')
          throw dotNetError(
            'System.IO.IOException',
            `Cannot create '${path}' because a file or directory with the same name already exists.`,
          );
        must(files().createDirectory(path), path);
        return makeInfo('directory', path, str(a[0]));
      },
    ]),
    staticMethod(
      ['void Delete(string path)', (_v, a) => removeFolder(at(a[0]), false)],
      ['void Delete(string path, bool recursive)', (_v, a) => removeFolder(at(a[0]), flag(a[1]))],
    ),
    staticMethod([
      'void Move(string sourceDirName, string destDirName)',
      (_v, a) => must(files().move(at(a[0]), at(a[1])), at(a[0])),
    ]),
    listing('GetFiles', isFile, 'string[]'),
    listing('GetDirectories', isFolder, 'string[]'),
    listing('GetFileSystemEntries', () => true, 'string[]'),
    listing('EnumerateFiles', isFile, sequence),
    listing('EnumerateDirectories', isFolder, sequence),
    listing('EnumerateFileSystemEntries', () => true, sequence),
    staticMethod([
      'System.IO.DirectoryInfo GetParent(string path)',
      (_v, a) => {
        const path = at(a[0]).replace(/\\$/, '');
        const cut = path.lastIndexOf('\\');
        if (cut < 0) return null;
        const parent = path.slice(0, cut);
        const shown = /^[A-Za-z]:$/.test(parent) ? `${parent}\\` : parent;
        return makeInfo('directory', shown, shown);
      },
    ]),
    staticMethod(['string GetCurrentDirectory()', () => currentDirectory()]),
    staticMethod(['void SetCurrentDirectory(string path)', (_v, a) => setCurrentDirectory(at(a[0]))]),
    staticMethod(['string GetDirectoryRoot(string path)', (_v, a) => at(a[0]).slice(0, 3)]),
    staticMethod([
      'string[] GetLogicalDrives()',
      () =>
        stringArray(
          files()
            .drives()
            .map((d) => `${d.name.replace(/[:\\]*$/, '')}:\\`),
        ),
    ]),
    ...times,
  ],
});
