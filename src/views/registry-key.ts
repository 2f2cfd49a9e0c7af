import { compareIgnoreCase, upperInvariant } from '../engine/clock/case.ts';
import type { DeviceReader } from '../engine/device/device-reader.ts';
import {
  longRegistryPath,
  parseRegistryPath,
  registryPlace,
} from '../engine/device/registry/registry-place.ts';
import { registryTypeName } from '../engine/device/registry/registry-type.ts';
import { valueText } from '../engine/device/registry/value-text.ts';
import type { ViewData } from '../protocol/views.ts';
import { deviceOf } from './view.ts';
import type { View } from './view.ts';

type Row = ViewData<'registryKey'>['values'][number];

export const registryKey: View<'registryKey'> = {
  reads(source, { path, first, count }) {
    const device = deviceOf(source);
    return [device?.hklm, device?.hku, device?.sessions, source.changes, path, first, count];
  },
  show({ simulation, device, changes }, { path, first, count }) {
    const parsed = parseRegistryPath(path);
    const read = simulation.read(device);
    const none = { path, exists: false, lastWrite: null, total: 0, first, values: [], powershell: '' };
    if (!parsed) return none;
    const place = registryPlace(read, parsed.root, parsed.path);
    const key = read.key(place.hive, place.path)?.value;
    if (!key) return none;
    const stored = upperInvariant(place.path === '' ? place.hive : `${place.hive}\\${place.path}`);
    const names = key.valueNames.filter((name) => name !== '').sort(compareIgnoreCase);
    // The default value stands first, set or not, as in regedit.
    const values = ['', ...names].slice(Math.max(0, first), Math.max(0, first) + count).map((name): Row => {
      const found = read.value(place.hive, place.path, name);
      const changed = changes.values.has(`${stored}\\\0${upperInvariant(name)}`);
      if (!found) return { name, type: 'REG_SZ', text: '(value not set)', writer: null, changed: false };
      const { value, writer } = found;
      return { name, type: registryTypeName(value), text: valueText(value), writer, changed };
    });
    const stands = storedPath(read, parsed.root, parsed.path);
    return {
      path: longRegistryPath(parsed.root, stands),
      exists: true,
      lastWrite: key.lastWrite,
      total: names.length + 1,
      first,
      values,
      powershell: `Get-ItemProperty -LiteralPath '${powershellPath(parsed.root, stands).replaceAll("'", "''")}'`,
    };
  },
};

/** The path with its names as they are stored, whatever case was asked for. */
function storedPath(read: DeviceReader, root: string, path: string): string {
  const parts = path.split('\\').filter((part) => part !== '');
  return parts
    .map((part, n) => {
      const place = registryPlace(read, root, parts.slice(0, n + 1).join('\\'));
      return read.key(place.hive, place.path)?.value.name ?? part;
    })
    .join('\\');
}

/** HKLM and HKCU are drives; the other hives are reached through the provider. */
function powershellPath(root: string, path: string): string {
  if (root === 'HKLM' || root === 'HKCU') return `${root}:\\${path}`;
  return `Registry::${longRegistryPath(root, path)}`;
}
