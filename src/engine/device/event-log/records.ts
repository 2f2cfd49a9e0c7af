import type { DeviceChange } from '../change.ts';
import type { EventLogRecord } from '../device.ts';
import type { Stamp } from '../device-parts.ts';
import type { OsName } from '../device-start.ts';
import { windowsVersions } from '../image/windows-version.ts';
import { keyed } from '../keyed-map.ts';
import type { Table } from '../table.ts';

type NewRecord = Omit<Extract<DeviceChange, { kind: 'event-log' }>, 'kind'>;

/** Logs of every Windows that scripts look at. */
export const imageLogs: readonly string[] = [
  'Application',
  'HardwareEvents',
  'Internet Explorer',
  'Key Management Service',
  'Microsoft-Windows-AAD/Operational',
  'Microsoft-Windows-AppXDeploymentServer/Operational',
  'Microsoft-Windows-Bits-Client/Operational',
  'Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Admin',
  'Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Operational',
  'Microsoft-Windows-ModernDeployment-Diagnostics-Provider/Autopilot',
  'Microsoft-Windows-PowerShell/Operational',
  'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-User Device Registration/Admin',
  'Microsoft-Windows-Windows Defender/Operational',
  'Microsoft-Windows-WindowsUpdateClient/Operational',
  'Security',
  'Setup',
  'System',
  'Windows PowerShell',
];

/** What the event log service writes when Windows starts. */
export function bootRecords(os: OsName): readonly NewRecord[] {
  const common = { log: 'System', provider: 'EventLog', level: 4 };
  const { build } = windowsVersions[os];
  return [
    { ...common, id: 6009, message: `Microsoft (R) Windows (R) 10.00. ${build}  Multiprocessor Free.` },
    { ...common, id: 6005, message: 'The Event log service was started.' },
  ];
}

/** Adds a record to its log, made where it is missing. */
export function addRecord(logs: Table<EventLogRecord>, record: NewRecord, { at, writer }: Stamp): void {
  const { log, provider, id, level, message } = record;
  const known = logs.get(log) ?? { ...keyed(log), name: log, entries: [] };
  const recordId = (known.entries.at(-1)?.recordId ?? 0) + 1;
  logs.put({ ...known, entries: [...known.entries, { provider, id, level, message, at, recordId, writer }] });
}
