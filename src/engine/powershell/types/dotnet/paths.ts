import { context } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { CharValue, charType, PSArray } from '../objects.ts';
import { defineType } from '../registry.ts';
import type { TypeContext } from '../dotnet-type.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { nullArgument, required, str, textsOf } from './arguments.ts';
import { staticMethod, staticProperty } from './define.ts';

const directories = new WeakMap<TypeContext, string>();
/** Folder of the process, which Set-Location does not move: where it was started, unless a script moved it. */
export const currentDirectory = (): string => directories.get(context()) ?? context().host.identity.profile;
export function setCurrentDirectory(path: string): void {
  directories.set(context(), path);
}

/** Length of a path's root: `C:\`, `C:`, `\\server\share`, `\`. */
function rootLength(path: string): number {
  const found = /^(?:[A-Za-z]:[\\/]?|[\\/]{2}[^\\/]+(?:[\\/][^\\/]+)?|[\\/])/.exec(path);
  return found ? found[0].length : 0;
}
const isRooted = (path: string): boolean => /^(?:[A-Za-z]:|[\\/])/.test(path);

/** Path.GetFullPath. */
export function fullPath(path: string): string {
  if (path === '') throw dotNetError('System.ArgumentException', "The path is empty. (Parameter 'path')");
  let whole = path.replace(/\//g, '\\');
  if (!/^[A-Za-z]:\\|^\\\\/.test(whole)) {
    const here = currentDirectory().replace(/\\$/, '');
    if (/^[A-Za-z]:/.test(whole)) whole = `${whole.slice(0, 2)}\\${whole.slice(2)}`;
    else whole = whole.startsWith('\\') ? `${here.slice(0, 2)}${whole}` : `${here}\\${whole}`;
  }
  const root = whole.slice(0, rootLength(whole));
  const parts: string[] = [];
  for (const part of whole.slice(root.length).split('\\')) {
    if (part === '.' || part === '') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  const end = /\\$/.test(whole) && parts.length > 0 ? '\\' : '';
  const start = root.endsWith('\\') || parts.length === 0 ? root : `${root}\\`;
  return start + parts.join('\\') + end;
}
const fileName = (path: string): string => /[^\\/:]*$/.exec(path)?.[0] ?? '';
function extension(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  return dot < 0 || dot === name.length - 1 ? '' : name.slice(dot);
}
function directoryName(path: string): Value {
  const root = rootLength(path);
  if (path.length <= root) return null;
  let end = path.length;
  while (end > root && !/[\\/]/.test(path[end - 1] as string)) end--;
  while (end > root && /[\\/]/.test(path[end - 1] as string)) end--;
  return path.slice(0, end).replace(/\//g, '\\');
}
export function combine(parts: readonly string[]): string {
  let out = '';
  for (const part of parts) {
    if (part === '') continue;
    if (out === '' || isRooted(part)) out = part;
    else out = /[\\/:]$/.test(out) ? out + part : `${out}\\${part}`;
  }
  return out;
}
function changeExtension(path: string, to: Value | undefined): string {
  const name = fileName(path);
  const dot = name.lastIndexOf('.');
  const stem = dot < 0 ? path : path.slice(0, path.length - name.length + dot);
  if (isNull(to ?? null)) return stem;
  const ending = str(to);
  return ending.startsWith('.') || ending === ''
    ? stem + (ending === '' ? '.' : ending)
    : `${stem}.${ending}`;
}
const letters = 'abcdefghijklmnopqrstuvwxyz012345';
export const randomName = (length: number): string => {
  let out = '';
  for (let i = 0; i < length; i++) out += letters[(context().host.random('path') >>> 0) % 32];
  return out;
};
const environmentPath = (name: string): string | undefined => {
  for (const [key, value] of context().host.environment) if (key.toUpperCase() === name) return value;
  return undefined;
};
export const tempPath = (): string =>
  `${(environmentPath('TMP') ?? environmentPath('TEMP') ?? 'C:\\Windows').replace(/\\$/, '')}\\`;
const invalidName =
  '"<>|\0\x01\x02\x03\x04\x05\x06\x07\b\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f:*?\\/';
const charArray = (text: string): PSArray =>
  new PSArray(
    [...text].map((c) => new CharValue(c)),
    charType,
  );
const orNull = (v: Value | undefined, f: (path: string) => Value): Value =>
  isNull(v ?? null) ? null : f(str(v));
const parts = (a: readonly Value[]): string[] =>
  a.map((x, i) => {
    if (x === null) throw nullArgument(`path${i + 1}`);
    return str(x);
  });

defineType('System.IO.Path', {
  isAbstract: true,
  members: [
    staticProperty('DirectorySeparatorChar', 'char', () => new CharValue('\\')),
    staticProperty('AltDirectorySeparatorChar', 'char', () => new CharValue('/')),
    staticProperty('PathSeparator', 'char', () => new CharValue(';')),
    staticProperty('VolumeSeparatorChar', 'char', () => new CharValue(':')),
    staticProperty('InvalidPathChars', 'char[]', () => charArray('|\0')),
    staticMethod(
      ['string Combine(string path1, string path2)', (_v, a) => combine(parts(a))],
      ['string Combine(string path1, string path2, string path3)', (_v, a) => combine(parts(a))],
      [
        'string Combine(string path1, string path2, string path3, string path4)',
        (_v, a) => combine(parts(a)),
      ],
      ['string Combine(Params string[] paths)', (_v, a) => combine(textsOf(a[0]))],
    ),
    staticMethod(
      ['string Join(string path1, string path2)', (_v, a) => join(a.map((x) => str(x)))],
      ['string Join(string path1, string path2, string path3)', (_v, a) => join(a.map((x) => str(x)))],
      ['string Join(Params string[] paths)', (_v, a) => join(textsOf(a[0]))],
    ),
    staticMethod(['string GetFileName(string path)', (_v, a) => orNull(a[0], fileName)]),
    staticMethod([
      'string GetFileNameWithoutExtension(string path)',
      (_v, a) =>
        orNull(a[0], (p) => {
          const name = fileName(p);
          const dot = name.lastIndexOf('.');
          return dot < 0 ? name : name.slice(0, dot);
        }),
    ]),
    staticMethod(['string GetExtension(string path)', (_v, a) => orNull(a[0], extension)]),
    staticMethod(['bool HasExtension(string path)', (_v, a) => extension(str(a[0])) !== '']),
    staticMethod([
      'string ChangeExtension(string path, string extension)',
      (_v, a) => orNull(a[0], (p) => changeExtension(p, a[1])),
    ]),
    staticMethod(['string GetDirectoryName(string path)', (_v, a) => orNull(a[0], directoryName)]),
    staticMethod([
      'string GetPathRoot(string path)',
      (_v, a) => orNull(a[0], (p) => p.slice(0, rootLength(p)).replace(/\//g, '\\')),
    ]),
    staticMethod(
      ['string GetFullPath(string path)', (_v, a) => fullPath(required(a[0], 'path'))],
      [
        'string GetFullPath(string path, string basePath)',
        (_v, a) => fullPath(combine([str(a[1]), str(a[0])])),
      ],
    ),
    staticMethod(['bool IsPathRooted(string path)', (_v, a) => isRooted(str(a[0]))]),
    staticMethod([
      'bool IsPathFullyQualified(string path)',
      (_v, a) => /^(?:[A-Za-z]:[\\/]|[\\/]{2})/.test(str(a[0])),
    ]),
    staticMethod([
      'bool Exists(string path)',
      (_v, a) => str(a[0]) !== '' && context().host.files.info(fullPath(str(a[0]))).ok,
    ]),
    staticMethod(['bool EndsInDirectorySeparator(string path)', (_v, a) => /[\\/]$/.test(str(a[0]))]),
    staticMethod([
      'string TrimEndingDirectorySeparator(string path)',
      (_v, a) => (str(a[0]).length > rootLength(str(a[0])) ? str(a[0]).replace(/[\\/]$/, '') : str(a[0])),
    ]),
    staticMethod([
      'string GetRelativePath(string relativeTo, string path)',
      (_v, a) => relative(fullPath(str(a[0])), fullPath(str(a[1]))),
    ]),
    staticMethod(['char[] GetInvalidFileNameChars()', () => charArray(invalidName)]),
    staticMethod(['char[] GetInvalidPathChars()', () => charArray('|\0')]),
    staticMethod(['string GetTempPath()', () => tempPath()]),
    staticMethod(['string GetRandomFileName()', () => `${randomName(8)}.${randomName(3)}`]),
    staticMethod([
      'string GetTempFileName()',
      () => {
        const path = `${tempPath()}tmp${randomName(6)}.tmp`;
        context().host.files.write(path, '' as never);
        return path;
      },
    ]),
  ],
});
const join = (list: readonly string[]): string =>
  list
    .filter((x) => x !== '')
    .reduce(
      (out, x) => (out === '' ? x : /[\\/]$/.test(out) || /^[\\/]/.test(x) ? out + x : `${out}\\${x}`),
      '',
    );
function relative(from: string, to: string): string {
  const a = from.replace(/\\$/, '').split('\\');
  const b = to.replace(/\\$/, '').split('\\');
  let same = 0;
  while (
    same < a.length &&
    same < b.length &&
    (a[same] as string).toLowerCase() === (b[same] as string).toLowerCase()
  )
    same++;
  if (same === 0) return to;
  const out = [...a.slice(same).map(() => '..'), ...b.slice(same)].join('\\');
  return out === '' ? '.' : out;
}
