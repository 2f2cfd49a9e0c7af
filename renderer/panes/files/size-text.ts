/** As Explorer counts: kilobytes rounded up, `47 KB`. */
export function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString('en')} KB`;
}

/** `Text document`, `Windows PowerShell script` … by the name's ending. */
export function typeText(name: string, directory: boolean): string {
  if (directory) return 'File folder';
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return types[ending] ?? (ending === '' ? 'File' : `${ending.toUpperCase()} file`);
}

const types: Readonly<Record<string, string>> = {
  log: 'Log',
  txt: 'Text document',
  ps1: 'PowerShell script',
  psm1: 'PowerShell module',
  cmd: 'Windows command script',
  bat: 'Windows batch file',
  json: 'JSON file',
  xml: 'XML document',
  exe: 'Application',
  dll: 'Application extension',
  msi: 'Windows Installer package',
  zip: 'Compressed folder',
};
