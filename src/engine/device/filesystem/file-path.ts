/** Absolute path as the volume stores it: backslashes, no trailing one, `.` and `..` resolved; `C:\` is `C:`. */
export function normalPath(path: string): string {
  // Nearly every path comes in this form already, and looking for four texts is cheaper than one expression.
  if (!path.endsWith('\\') && !path.includes('/') && !path.includes('\\\\') && !path.includes('\\.'))
    return path;
  const parts: string[] = [];
  for (const part of path.replace(/^[\\/]{2}[?.][\\/]/, '').split(/[\\/]+/)) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length > 1) parts.pop();
    } else parts.push(part);
  }
  return parts.join('\\');
}

export const parentPath = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('\\'), 0));
export const leafName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);
