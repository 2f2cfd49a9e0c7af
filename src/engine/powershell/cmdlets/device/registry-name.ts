import type { RegistryHive, RegistryPath } from '../../host.ts';

const hives: Readonly<Record<string, RegistryHive>> = {
  HKLM: 'HKLM',
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKCU: 'HKCU',
  HKEY_CURRENT_USER: 'HKCU',
  HKU: 'HKU',
  HKEY_USERS: 'HKU',
  HKCR: 'HKCR',
  HKEY_CLASSES_ROOT: 'HKCR',
  HKEY_CURRENT_CONFIG: 'HKCC',
};

/** A key named by its hive and path; undefined where it names no hive. */
export function providerKey(text: string): RegistryPath | undefined {
  const slash = text.indexOf('\\');
  const hive = hives[(slash < 0 ? text : text.slice(0, slash)).toUpperCase()];
  return hive && { hive, path: slash < 0 ? '' : text.slice(slash + 1) };
}
