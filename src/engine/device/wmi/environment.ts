import { subKeysOf, valuesOf } from '../registry/key-node.ts';
import type { StoredRegistryValue } from '../registry/registry-value.ts';
import type { CimClass, CimProperties } from './cim-value.ts';

const namespace = 'root/cimv2';
const textOf = (value: StoredRegistryValue): string | undefined =>
  value.kind === 'String' || value.kind === 'ExpandString' ? value.data : undefined;

export const environment: CimClass = {
  name: 'Win32_Environment',
  namespace,
  keys: ['Name', 'UserName'],
  instances(device) {
    const found: CimProperties[] = [];
    const add = (hive: 'HKLM' | 'HKU', path: string, user: string): void => {
      const key = device.registry.find(hive, path);
      for (const { name, value } of key ? valuesOf(key) : [])
        found.push([
          ['Caption', `${user}\\${name}`],
          ['Description', `${user}\\${name}`],
          ['Name', name],
          ['Status', 'OK'],
          ['SystemVariable', hive === 'HKLM'],
          ['UserName', user],
          ['VariableValue', textOf(value) ?? ''],
        ]);
    };
    add('HKLM', 'SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment', '<SYSTEM>');
    for (const user of device.users) add('HKU', `${user.sid}\\Environment`, `AzureAD\\${user.name}`);
    return found;
  },
};

/** Programs that start with a sign-in, from the run keys. */
export const startupCommand: CimClass = {
  name: 'Win32_StartupCommand',
  namespace,
  keys: ['Command', 'Name', 'Location', 'User'],
  instances(device) {
    const found: CimProperties[] = [];
    const run = 'Software\\Microsoft\\Windows\\CurrentVersion\\Run';
    const add = (hive: 'HKLM' | 'HKU', path: string, location: string, user: string): void => {
      const key = device.registry.find(hive, path);
      for (const { name, value } of key ? valuesOf(key) : [])
        found.push([
          ['Caption', name],
          ['Command', textOf(value) ?? ''],
          ['Description', name],
          ['Location', location],
          ['Name', name],
          ['User', user],
          ['UserSID', hive === 'HKLM' ? '' : (path.split('\\')[0] ?? '')],
        ]);
    };
    add('HKLM', run, 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run', 'Public');
    for (const { folded, name } of subKeysOf(device.registry.root('HKU')))
      if (!folded.endsWith('_CLASSES'))
        add(
          'HKU',
          `${name}\\${run}`,
          `HKU\\${name}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run`,
          name,
        );
    return found;
  },
};

/** The registry provider: methods only. */
export const registryProvider = (space: string): CimClass => ({
  name: 'StdRegProv',
  namespace: space,
  keys: [],
  instances: () => [],
});
