import type { RegistryHive, RegistryPath } from '../powershell/host.ts';

const hives: readonly (readonly [string, string, RegistryHive])[] = [
  ['HKLM', 'HKEY_LOCAL_MACHINE', 'HKLM'],
  ['HKCU', 'HKEY_CURRENT_USER', 'HKCU'],
  ['HKU', 'HKEY_USERS', 'HKU'],
  ['HKCR', 'HKEY_CLASSES_ROOT', 'HKCR'],
  ['HKCC', 'HKEY_CURRENT_CONFIG', 'HKCC'],
];

/** A key as programs name it (`HKLM\x`, `HKEY_LOCAL_MACHINE\x`); undefined where it names no hive. */
export function parseKey(text: string): RegistryPath | undefined {
  const clean = text.replace(/^\\\\\.?[^\\]*\\/, '').replace(/\\+$/, '');
  const slash = clean.indexOf('\\');
  const root = (slash < 0 ? clean : clean.slice(0, slash)).toUpperCase();
  const found = hives.find(([short, long]) => short === root || long === root);
  return found && { hive: found[2], path: slash < 0 ? '' : clean.slice(slash + 1) };
}

/** `HKEY_LOCAL_MACHINE\Software\x`. */
export function keyText({ hive, path }: RegistryPath): string {
  const long = (hives.find(([, , h]) => h === hive) as (typeof hives)[number])[1];
  return path === '' ? long : `${long}\\${path}`;
}

export const childKey = ({ hive, path }: RegistryPath, name: string): RegistryPath => ({
  hive,
  path: path === '' ? name : `${path}\\${name}`,
});
