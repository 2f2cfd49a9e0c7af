import type { RegistryHive, RegistryPath } from '../host.ts';

/** Hives in the order the provider lists them. */
export const hives: readonly (readonly [RegistryHive, string])[] = [
  ['HKLM', 'HKEY_LOCAL_MACHINE'],
  ['HKCU', 'HKEY_CURRENT_USER'],
  ['HKCR', 'HKEY_CLASSES_ROOT'],
  ['HKCC', 'HKEY_CURRENT_CONFIG'],
  ['HKU', 'HKEY_USERS'],
];
const byName = new Map<string, RegistryHive>();
const longNames = new Map<RegistryHive, string>();
for (const [short, long] of hives) {
  byName.set(short.toLowerCase(), short);
  byName.set(long.toLowerCase(), short);
  longNames.set(short, long);
}

/** `HKEY_LOCAL_MACHINE\Software` or `HKLM\Software`; undefined where the hive is unknown. */
export function registryPath(path: string): RegistryPath | undefined {
  const at = path.indexOf('\\');
  const hive = byName.get((at < 0 ? path : path.slice(0, at)).toLowerCase());
  return hive && { hive, path: at < 0 ? '' : path.slice(at + 1).replace(/\\+$/, '') };
}

/** `HKEY_LOCAL_MACHINE\Software`. */
export function registryName(path: RegistryPath): string {
  const hive = longNames.get(path.hive) as string;
  return path.path === '' ? hive : `${hive}\\${path.path}`;
}
export const hiveName = (hive: RegistryHive): string => longNames.get(hive) as string;

/**
 * A key below another as .NET names it. A slash is a letter of the name here, as in the registry itself; only the
 * provider's paths take it for a separator.
 */
export function subKeyPath(path: RegistryPath, name: string): RegistryPath {
  const below = name.replace(/^\\+|\\+$/g, '');
  if (below === '') return path;
  return { hive: path.hive, path: path.path === '' ? below : `${path.path}\\${below}` };
}
