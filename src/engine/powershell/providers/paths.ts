/** Parts of a path below a root: `.` and empty parts dropped, `..` applied; it never leaves the root. */
export function pathParts(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split(/[\\/]/)) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts;
}

/** A root (`C:\`, `HKEY_LOCAL_MACHINE`, '') and a path below it. */
export function joinPath(root: string, rest: string): string {
  if (rest === '') return root;
  if (root === '' || root.endsWith('\\')) return root + rest;
  return `${root}\\${rest}`;
}

/** The last part; `C:\` for a drive's root. */
export function leafOf(path: string): string {
  const trimmed = path.replace(/[\\/]+$/, '');
  const at = Math.max(trimmed.lastIndexOf('\\'), trimmed.lastIndexOf('/'));
  if (at < 0) return /^[a-z]:$/i.test(trimmed) ? `${trimmed}\\` : trimmed;
  return trimmed.slice(at + 1);
}

/** The path without its last part; '' where it has only one. */
export function parentOf(path: string): string {
  const trimmed = path.replace(/[\\/]+$/, '');
  const at = Math.max(trimmed.lastIndexOf('\\'), trimmed.lastIndexOf('/'));
  if (at < 0) return '';
  const parent = trimmed.slice(0, at);
  return /^[a-z]:$/i.test(parent) ? `${parent}\\` : parent;
}

/** A path with its backtick escapes taken away. */
export const unescapePath = (path: string): string => path.replace(/`(.)/g, '$1');
