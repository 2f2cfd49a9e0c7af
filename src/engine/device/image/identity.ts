import type { Instant } from '../../../base/time.ts';
import type { DeviceStart } from '../device-start.ts';
import type { StoredRegistryValue } from '../registry/registry-value.ts';
import type { ImageValue } from './registry.ts';
import { zoneValues } from './time-zone.ts';

const text = (data: string): StoredRegistryValue => ({ kind: 'String', data });
const word = (data: number): StoredRegistryValue => ({ kind: 'DWord', data });

/** Seconds between 1601-01-01 and 1970-01-01. */
const fileTimeStart = 11_644_473_600n;

/** Values of the machine's hive that differ from device to device. */
export function identityValues(
  start: DeviceStart,
  at: Instant,
  device: { random(purpose: string): number },
): readonly ImageValue[] {
  const control = 'SYSTEM\\CurrentControlSet\\Control';
  const nt = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
  const name = start.id.toUpperCase();
  const rows: readonly (readonly [string, string, StoredRegistryValue])[] = [
    [nt, 'InstallDate', word(Math.floor(at / 1_000_000))],
    [nt, 'InstallTime', { kind: 'QWord', data: (BigInt(at) + fileTimeStart * 1_000_000n) * 10n }],
    [nt, 'RegisteredOwner', text('user name')],
    [nt, 'RegisteredOrganization', text('')],
    [`${control}\\ComputerName\\ComputerName`, 'ComputerName', text(name)],
    [`${control}\\ComputerName\\ActiveComputerName`, 'ComputerName', text(name)],
    ['SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters', 'Hostname', text(start.id)],
    ['SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters', 'NV Hostname', text(start.id)],
    [`${control}\\SystemInformation`, 'SystemManufacturer', text(start.manufacturer)],
    [`${control}\\SystemInformation`, 'SystemProductName', text(start.model)],
    ['HARDWARE\\DESCRIPTION\\System\\BIOS', 'SystemManufacturer', text(start.manufacturer)],
    ['HARDWARE\\DESCRIPTION\\System\\BIOS', 'SystemProductName', text(start.model)],
    ['HARDWARE\\DESCRIPTION\\System\\BIOS', 'BIOSVersion', text('Hyper-V UEFI Release v4.1')],
    ['SOFTWARE\\Microsoft\\Cryptography', 'MachineGuid', text(randomGuid(device, 'machine-guid'))],
    ['SOFTWARE\\Microsoft\\SQMClient', 'MachineId', text(`{${randomGuid(device, 'sqm-id').toUpperCase()}}`)],
  ];
  return [
    ...rows.map(([path, value, data]) => ({ path, name: value, value: data })),
    ...zoneValues(start.zone, at),
  ];
}

/** A version 4 GUID in lower case. */
export function randomGuid(device: { random(purpose: string): number }, purpose: string): string {
  const word32 = (): string => device.random(purpose).toString(16).padStart(8, '0');
  const [a, b, c, d] = [word32(), word32(), word32(), word32()];
  const variant = '89ab'[parseInt(c[0] ?? '0', 16) & 3];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}
