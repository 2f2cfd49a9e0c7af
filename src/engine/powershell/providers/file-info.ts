import { differences } from '../dialects/index.ts';
import type { FileInfo, Host, HostError } from '../host.ts';
import { context } from '../types/ambient.ts';
import { constructors, method, property } from '../types/dotnet/define.ts';
import type { DotNetType, TypeContext } from '../types/dotnet-type.ts';
import type { DotNetError } from '../types/errors.ts';
import { dotNetError } from '../types/errors.ts';
import { extendType } from '../types/extended-members.ts';
import { DotNetObject, EnumValue, PSArray } from '../types/objects.ts';
import { defineEnum, defineType, resolveType } from '../types/registry.ts';
import type { DateTimeValue } from '../types/scalars.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { wildcard } from '../types/wildcard.ts';
import type { Session } from '../run/session.ts';
import { fullPath } from '../run/command-lookup.ts';
import { fileVersion } from './file-version.ts';
import { instantOf, localTime, utcTime } from './local-time.ts';
import { joinPath, leafOf, parentOf } from './paths.ts';

export const fileAttributesType = defineEnum(
  'System.IO.FileAttributes',
  'ReadOnly=1,Hidden=2,System=4,Directory=16,Archive=32,Device=64,Normal=128,Temporary=256,SparseFile=512,ReparsePoint=1024,Compressed=2048,Offline=4096,NotContentIndexed=8192,Encrypted=16384',
  true,
);

/** A file or folder as .NET sees it: facts are read when first asked for and kept until Refresh. */
export interface FileState {
  readonly path: string;
  /** What ToString gives. */
  readonly shown: string;
  info: FileInfo | undefined;
  loaded: boolean;
}
const state = (self: Value): FileState => (self as DotNetObject<FileState>).state;
const host = (): Host => context().host;

function infoOf(self: Value): FileInfo | undefined {
  const of = state(self);
  if (!of.loaded) {
    const found = host().files.info(of.path);
    of.info = found.ok ? found.value : undefined;
    of.loaded = true;
  }
  return of.info;
}
const forget = (self: Value): void => void (state(self).loaded = false);

/** What .NET throws for a refusal of the file system. */
export function fileError(error: HostError, path: string): DotNetError {
  switch (error.code) {
    case 'not-found':
      return dotNetError('System.IO.FileNotFoundException', error.message);
    case 'parent-not-found':
      return dotNetError('System.IO.DirectoryNotFoundException', error.message);
    case 'access-denied':
    case 'is-directory':
      return dotNetError('System.UnauthorizedAccessException', `Access to the path '${path}' is denied.`);
    default:
      return dotNetError('System.IO.IOException', error.message);
  }
}

/** Attribute bits as .NET counts them. */
export function attributeBits(info: FileInfo): number {
  const bits =
    (info.readOnly ? 1 : 0) |
    (info.hidden ? 2 : 0) |
    (info.system ? 4 : 0) |
    (info.kind === 'directory' ? 16 : 0) |
    (info.archive ? 32 : 0);
  return bits === 0 ? 128 : bits;
}

const epoch = (ctx: TypeContext): DateTimeValue => localTime(ctx.host, -11_644_473_600_000_000 as never);
type TimeName = 'created' | 'modified' | 'accessed';
const time = (name: TimeName, utc: boolean) => (self: Value, ctx: TypeContext) => {
  const info = infoOf(self);
  if (!info) return epoch(ctx);
  return utc ? utcTime(info[name]) : localTime(ctx.host, info[name]);
};
const setTime = (name: TimeName) => (self: Value, value: Value, ctx: TypeContext) => {
  const { path } = state(self);
  const done = ctx.host.files.setTimes(path, { [name]: instantOf(ctx.host, value as DateTimeValue) });
  if (!done.ok) throw fileError(done.error, path);
  forget(self);
};
function setAttributes(self: Value, change: { readOnly?: boolean; hidden?: boolean }): void {
  const { path } = state(self);
  const done = host().files.setAttributes(path, change);
  if (!done.ok) throw fileError(done.error, path);
  forget(self);
}
function remove(self: Value, recurse: boolean): void {
  const { path } = state(self);
  const done = host().files.remove(path, recurse);
  if (!done.ok && done.error.code !== 'not-found') throw fileError(done.error, path);
  forget(self);
}
const absolute = (path: string): string => fullPath(context().session as Session, path);

const infoBase = defineType('System.IO.FileSystemInfo', {
  isAbstract: true,
  members: [
    property('FullName', 'string', (s) => state(s).path),
    property('Extension', 'string', (s) => extensionOf(leafOf(state(s).path))),
    property('CreationTime', 'datetime', time('created', false), setTime('created')),
    property('CreationTimeUtc', 'datetime', time('created', true), setTime('created')),
    property('LastAccessTime', 'datetime', time('accessed', false), setTime('accessed')),
    property('LastAccessTimeUtc', 'datetime', time('accessed', true), setTime('accessed')),
    property('LastWriteTime', 'datetime', time('modified', false), setTime('modified')),
    property('LastWriteTimeUtc', 'datetime', time('modified', true), setTime('modified')),
    property(
      'Attributes',
      'System.IO.FileAttributes',
      (s) => {
        const info = infoOf(s);
        return new EnumValue(fileAttributesType, info ? attributeBits(info) : -1);
      },
      (s, value) => {
        const bits = Number((value as EnumValue).value);
        setAttributes(s, { readOnly: (bits & 1) !== 0, hidden: (bits & 2) !== 0 });
      },
    ),
    method(['void Refresh()', forget]),
    method(['string ToString()', (s) => state(s).shown]),
  ],
});

/** `.txt` of a name; '' where it has none. */
export function extensionOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at < 0 || at === name.length - 1 ? '' : name.slice(at);
}

export const directoryInfoType = defineType('System.IO.DirectoryInfo', {
  baseType: infoBase,
  constructors: constructors([
    'System.IO.DirectoryInfo(string path)',
    (_s, args) => {
      const given = toText(args[0] as Value);
      return makeInfo('directory', absolute(given), given);
    },
  ]),
  members: [
    property('Name', 'string', (s) => leafOf(state(s).path)),
    property('Parent', 'System.IO.DirectoryInfo', (s) => {
      const parent = parentOf(state(s).path);
      return parent === '' ? null : makeInfo('directory', parent, parent);
    }),
    property('Exists', 'bool', (s) => infoOf(s)?.kind === 'directory'),
    property('Root', 'System.IO.DirectoryInfo', (s) => {
      const root = `${state(s).path.slice(0, 2)}\\`;
      return makeInfo('directory', root, root);
    }),
    method(['void Create()', (s) => create(s)]),
    method([
      'System.IO.DirectoryInfo CreateSubdirectory(string path)',
      (s, args) => {
        const path = joinPath(state(s).path, toText(args[0] as Value));
        const done = host().files.createDirectory(path);
        if (!done.ok) throw fileError(done.error, path);
        return makeInfo('directory', done.value.path, done.value.path);
      },
    ]),
    method(
      ['void Delete()', (s) => remove(s, false)],
      ['void Delete(bool recursive)', (s, args) => remove(s, args[0] === true)],
    ),
    method(['void MoveTo(string destDirName)', (s, args) => moveTo(s, toText(args[0] as Value))]),
    ...(['GetFiles', 'EnumerateFiles'] as const).map((name) => listing(name, 'System.IO.FileInfo[]', 'file')),
    ...(['GetDirectories', 'EnumerateDirectories'] as const).map((name) =>
      listing(name, 'System.IO.DirectoryInfo[]', 'directory'),
    ),
    ...(['GetFileSystemInfos', 'EnumerateFileSystemInfos'] as const).map((name) =>
      listing(name, 'System.IO.FileSystemInfo[]', undefined),
    ),
  ],
});

defineEnum('System.IO.SearchOption', 'TopDirectoryOnly,AllDirectories');

function listing(name: string, returns: string, kind: FileInfo['kind'] | undefined) {
  const list = (self: Value, args: Value[]): Value => {
    const pattern = args.length > 0 ? toText(args[0] as Value) : '*';
    const deep = args[1] !== undefined && toText(args[1]) === 'AllDirectories';
    const elementType = resolveType(returns.slice(0, -2)) as DotNetType;
    return new PSArray(
      findFiles(state(self).path, pattern, deep)
        .filter((f) => kind === undefined || f.kind === kind)
        .map((f) => makeInfo(f.kind, f.path, f.path, f)),
      elementType,
    );
  };
  return method(
    [`${returns} ${name}()`, list],
    [`${returns} ${name}(string searchPattern)`, list],
    [`${returns} ${name}(string searchPattern, System.IO.SearchOption searchOption)`, list],
  );
}

/** Files and folders below a folder whose names fit a Win32 pattern (`*.*` fits all). */
export function findFiles(folder: string, pattern: string, deep: boolean): FileInfo[] {
  const test = wildcard((pattern === '*.*' ? '*' : pattern).replace(/[[\]]/g, '`$&'));
  const found: FileInfo[] = [];
  const visit = (path: string): void => {
    const list = host().files.list(path);
    if (!list.ok) throw fileError(list.error, path);
    for (const info of list.value) if (test(info.name)) found.push(info);
    if (deep) for (const info of list.value) if (info.kind === 'directory') visit(info.path);
  };
  visit(folder);
  return found;
}

function create(self: Value): void {
  const { path } = state(self);
  const done =
    self instanceof DotNetObject && self.type === directoryInfoType
      ? host().files.createDirectory(path)
      : host().files.write(path, '' as never);
  if (!done.ok) throw fileError(done.error, path);
  forget(self);
}
function moveTo(self: Value, to: string): void {
  const { path } = state(self);
  const done = host().files.move(path, absolute(to));
  if (!done.ok) throw fileError(done.error, path);
  forget(self);
}
function copyTo(self: Value, to: string, overwrite: boolean): Value {
  const { path } = state(self);
  const target = absolute(to);
  const content = host().files.read(path);
  if (!content.ok) throw fileError(content.error, path);
  if (!overwrite && host().files.info(target).ok)
    throw dotNetError('System.IO.IOException', `The file '${target}' already exists.`);
  const done = host().files.write(target, content.value);
  if (!done.ok) throw fileError(done.error, target);
  return makeInfo('file', target, target);
}

export const fileInfoType = defineType('System.IO.FileInfo', {
  baseType: infoBase,
  constructors: constructors([
    'System.IO.FileInfo(string fileName)',
    (_s, args) => {
      const given = toText(args[0] as Value);
      return makeInfo('file', absolute(given), given);
    },
  ]),
  members: [
    property('Name', 'string', (s) => leafOf(state(s).path)),
    property('Length', 'long', (s) => {
      const info = infoOf(s);
      if (!info || info.kind === 'directory')
        throw dotNetError('System.IO.FileNotFoundException', `Could not find file '${state(s).path}'.`);
      return BigInt(info.length);
    }),
    property('DirectoryName', 'string', (s) => parentOf(state(s).path)),
    property('Directory', 'System.IO.DirectoryInfo', (s) => {
      const parent = parentOf(state(s).path);
      return makeInfo('directory', parent, parent);
    }),
    property(
      'IsReadOnly',
      'bool',
      (s) => infoOf(s)?.readOnly ?? false,
      (s, value) => setAttributes(s, { readOnly: value === true }),
    ),
    property('Exists', 'bool', (s) => infoOf(s)?.kind === 'file'),
    method(
      ['System.IO.FileInfo CopyTo(string destFileName)', (s, a) => copyTo(s, toText(a[0] as Value), false)],
      [
        'System.IO.FileInfo CopyTo(string destFileName, bool overwrite)',
        (s, a) => copyTo(s, toText(a[0] as Value), a[1] === true),
      ],
    ),
    method(['void Delete()', (s) => remove(s, false)]),
    method(['void MoveTo(string destFileName)', (s, args) => moveTo(s, toText(args[0] as Value))]),
  ],
});

function mode(self: Value): string {
  const info = infoOf(self);
  if (!info) return '';
  const flags =
    (info.kind === 'directory' ? 'd' : '-') +
    (info.archive ? 'a' : '-') +
    (info.readOnly ? 'r' : '-') +
    (info.hidden ? 'h' : '-') +
    (info.system ? 's' : '-');
  return differences.files.mode.desktopIn(context().dialect) ? `${flags}-` : flags;
}
function baseName(self: Value): string {
  const name = leafOf(state(self).path);
  const extension = extensionOf(name);
  return extension === '' ? name : name.slice(0, name.length - extension.length);
}
const code = (name: string, get: (self: Value) => Value, typeName = 'System.Object') =>
  ({ kind: 'CodeProperty', name, typeName, get }) as const;
extendType(
  'System.IO.FileInfo',
  code('Mode', mode, 'System.String'),
  code('VersionInfo', (s) => fileVersion(state(s).path, infoOf(s)?.version)),
  code('BaseName', baseName),
  code('Target', () => null),
  code('LinkType', () => null, 'System.String'),
);
extendType(
  'System.IO.DirectoryInfo',
  code('Mode', mode, 'System.String'),
  code('BaseName', (s) => leafOf(state(s).path)),
  code('Target', () => null),
  code('LinkType', () => null, 'System.String'),
);

/** A FileInfo or DirectoryInfo. `shown` is what its ToString gives. */
export function makeInfo(
  kind: FileInfo['kind'],
  path: string,
  shown: string,
  info?: FileInfo,
): DotNetObject<FileState> {
  return new DotNetObject(kind === 'file' ? fileInfoType : directoryInfoType, {
    path,
    shown,
    info,
    loaded: info !== undefined,
  });
}
/** The full path of a FileInfo or DirectoryInfo; undefined for anything else. */
export function pathOfInfo(value: Value): string | undefined {
  return value instanceof DotNetObject && value.type.isAssignableTo(infoBase) ? state(value).path : undefined;
}
