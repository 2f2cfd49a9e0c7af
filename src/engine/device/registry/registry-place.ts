import type { DeviceReader } from '../device-reader.ts';
import type { RegistryHiveName } from './registry-value.ts';

/** A key as it is stored. */
export interface RegistryPlace {
  readonly hive: RegistryHiveName;
  /** Without leading or trailing backslash; '' is the hive's root. */
  readonly path: string;
}

const hives: Readonly<Record<string, string>> = {
  hklm: 'HKLM',
  hkey_local_machine: 'HKLM',
  hkcu: 'HKCU',
  hkey_current_user: 'HKCU',
  hku: 'HKU',
  hkey_users: 'HKU',
  hkcr: 'HKCR',
  hkey_classes_root: 'HKCR',
  hkcc: 'HKCC',
  hkey_current_config: 'HKCC',
};

const full: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKU: 'HKEY_USERS',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKCC: 'HKEY_CURRENT_CONFIG',
};

/** Roots as regedit lists them. */
export const registryRoots = ['HKCR', 'HKCU', 'HKLM', 'HKU', 'HKCC'].map((name) => full[name] as string);

/** Reads `HKLM:\SOFTWARE\X`, `HKEY_LOCAL_MACHINE\SOFTWARE\X` or with `Registry::` before; null where there is no such hive. */
export function parseRegistryPath(text: string): { readonly root: string; readonly path: string } | null {
  const plain = text.trim().replace(/^(?:Microsoft\.PowerShell\.Core\\)?Registry::/i, '');
  const [head = '', ...rest] = plain.split('\\').filter((part) => part !== '');
  const root = hives[head.replace(/:$/, '').toLowerCase()];
  return root === undefined ? null : { root, path: rest.join('\\') };
}

/** The path as regedit's address bar shows it. */
export function longRegistryPath(root: string, path: string): string {
  const name = full[root] ?? root;
  return path === '' ? name : `${name}\\${path}`;
}

/** Where a key of a root is stored: HKCU is the key of the user at the desk, HKCR the machine's classes. */
export function registryPlace(read: DeviceReader, root: string, path: string): RegistryPlace {
  const below = (prefix: string) => (path === '' ? prefix : `${prefix}\\${path}`);
  switch (root) {
    case 'HKLM':
    case 'HKU':
      return { hive: root, path };
    case 'HKCU': {
      const user = read.users.find((one) => one.sessionId !== null);
      return { hive: 'HKU', path: below(user?.sid ?? '.DEFAULT') };
    }
    case 'HKCR':
      return { hive: 'HKLM', path: below('SOFTWARE\\Classes') };
    default:
      return { hive: 'HKLM', path: below('SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current') };
  }
}
