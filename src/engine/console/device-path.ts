/** An absolute Windows path of what a program was given, from the folder it runs in. `/` counts as `\`. */
export function absolutePath(given: string, workingDirectory: string): string {
  const path = given.replace(/"/g, '').replace(/\//g, '\\');
  if (path.startsWith('\\\\')) return path;
  const drive = /^[a-z]:/i.exec(path)?.[0];
  if (drive && path[2] === '\\') return clean(path);
  if (path.startsWith('\\')) return clean(workingDirectory.slice(0, 2) + path);
  if (drive) {
    const here =
      drive.toLowerCase() === workingDirectory.slice(0, 2).toLowerCase() ? workingDirectory : `${drive}\\`;
    return clean(`${here}\\${path.slice(2)}`);
  }
  return clean(`${workingDirectory}\\${path}`);
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.slice(2).split('\\')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `${path.slice(0, 2)}\\${parts.join('\\')}`;
}

/** Folder of a path without trailing backslash, but `C:\` for a root. */
export function parentPath(path: string): string {
  const at = path.lastIndexOf('\\');
  return at <= 2 ? path.slice(0, 3) : path.slice(0, at);
}

export const fileName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);

/** Whether a name fits a pattern of `*` and `?` as the file system matches it: `*.*` is everything. */
export function matchesPattern(name: string, pattern: string): boolean {
  if (pattern === '*' || pattern === '*.*') return true;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return (
    new RegExp(`^${source}$`, 'i').test(name) ||
    (pattern.endsWith('.') && new RegExp(`^${source.slice(0, -2)}$`, 'i').test(name))
  );
}
