/** Where the agent keeps things on every device; a pane says when a place is not there. */
export const agentLogs = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';
export const agentProgram = 'C:\\Program Files (x86)\\Microsoft Intune Management Extension';
export const agentCache = 'C:\\Windows\\IMECache';
export const labFolder = 'C:\\Labs';

export function fileName(path: string): string {
  return path.split('\\').at(-1) ?? path;
}

/** `C:\Labs` from `C:\Labs\x.ps1`; a drive's root keeps its backslash. */
export function folderOf(path: string): string {
  const cut = path.replace(/\\+$/, '').lastIndexOf('\\');
  const folder = path.slice(0, Math.max(0, cut));
  return /^[A-Za-z]:$/.test(folder) ? `${folder}\\` : folder;
}

export function joinPath(folder: string, name: string): string {
  return folder.endsWith('\\') ? `${folder}${name}` : `${folder}\\${name}`;
}

export function samePath(a: string, b: string): boolean {
  return a.replace(/\\+$/, '').toLowerCase() === b.replace(/\\+$/, '').toLowerCase();
}

/** The text as PowerShell quotes it literally. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
