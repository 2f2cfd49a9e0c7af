const hives: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKU: 'HKEY_USERS',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKCC: 'HKEY_CURRENT_CONFIG',
};
const short = Object.fromEntries(Object.entries(hives).map(([name, hive]) => [hive, name]));

/**
 * The path as views carry it, `HKEY_LOCAL_MACHINE\SOFTWARE\…`, from anything an engineer would paste: `HKLM:\…`,
 * `HKLM\…`, `Computer\HKEY_…`, `Registry::HKEY_…`, quotes around it, slashes at the end. Null where no hive is named.
 */
export function parseRegistryPath(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^["'[]+|["'\]]+$/g, '')
    .replace(/^(?:Microsoft\.PowerShell\.Core\\)?Registry::/i, '')
    .replace(/^Computer\\/i, '')
    .replaceAll('/', '\\')
    .replace(/\\{2,}/g, '\\')
    .replace(/\\+$/, '');
  const [head = '', ...rest] = bare.split('\\');
  const name = head.replace(/:$/, '').toUpperCase();
  const hive = hives[name] ?? (short[name] ? name : undefined);
  return hive ? [hive, ...rest].join('\\') : null;
}

/** `HKLM:\SOFTWARE\…` where PowerShell has the drive, else `Registry::HKEY_USERS\…`. */
export function powershellPath(path: string): string {
  const [hive = '', ...rest] = path.split('\\');
  const name = short[hive];
  return name === 'HKLM' || name === 'HKCU' ? [`${name}:`, ...rest].join('\\') : `Registry::${path}`;
}

/** `HKLM\…\Win32Apps`: the end of a path, for a button. */
export function shortPath(path: string): string {
  const full = parseRegistryPath(path) ?? path;
  const [hive = '', ...rest] = full.split('\\');
  const head = short[hive] ?? hive;
  return rest.length > 2 ? `${head}\\…\\${rest.slice(-1).join('\\')}` : [head, ...rest].join('\\');
}

export function parentOf(path: string): string | null {
  const cut = path.lastIndexOf('\\');
  return cut < 0 ? null : path.slice(0, cut);
}

/** The key itself and every key above it, outermost first. */
export function ancestorsOf(path: string): string[] {
  const parts = path.split('\\');
  return parts.map((_, index) => parts.slice(0, index + 1).join('\\'));
}
