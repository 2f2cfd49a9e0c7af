import { DateTimeValue } from '../../types/scalars.ts';
import { dateParts } from '../../types/text.ts';
import { isNumeric, toDouble } from '../../types/numeric.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';
import { monthNames } from '../date-text.ts';
import { enumerable, plainText } from '../display-text.ts';
import { readProperty } from '../properties.ts';
import type { ColumnSpec, View } from '../view.ts';
import { columns } from '../view.ts';
import { array } from '../../types/objects.ts';

const numberOf = (value: Value, name: string): number | undefined => {
  const read = unwrap(readProperty(value, name));
  return isNumeric(read) ? toDouble(read) : undefined;
};
const grouped = (n: number): string => {
  const [whole, fraction] = n.toFixed(2).split('.') as [string, string];
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
};
/** Size in units of 1,024 bytes, rounded half to even as `[long]` does. */
const kilobytes = (value: Value, name: string): string => {
  const bytes = numberOf(value, name);
  if (bytes === undefined) return '';
  const exact = bytes / 1024;
  const floor = Math.floor(exact);
  const rounded = exact - floor === 0.5 ? (floor % 2 === 0 ? floor : floor + 1) : Math.round(exact);
  return String(rounded);
};
const megabytes = (value: Value, name: string): string => {
  const bytes = numberOf(value, name);
  return bytes === undefined ? '' : grouped(bytes / 1048576);
};
const right = (label: string, width: number, get: ColumnSpec['get']): ColumnSpec => ({
  label,
  width,
  align: 'right',
  get,
});
const sessionId = (value: Value): Value => readProperty(value, 'SI') ?? readProperty(value, 'SessionId');
const cpu = (desktop: boolean) => (value: Value) => {
  const seconds = numberOf(value, 'CPU');
  return seconds === undefined ? (desktop ? '' : '0.00') : grouped(seconds);
};

const processes: View[] = [
  {
    kind: 'table',
    name: 'process',
    types: ['System.Diagnostics.Process'],
    dialect: 'core',
    columns: columns(
      right('NPM(K)', 7, (v) => kilobytes(v, 'NPM')),
      right('PM(M)', 8, (v) => megabytes(v, 'PM')),
      right('WS(M)', 10, (v) => megabytes(v, 'WS')),
      right('CPU(s)', 10, cpu(false)),
      right('Id', 7, 'Id'),
      right('SI', 3, sessionId),
      'ProcessName',
    ),
  },
  {
    kind: 'table',
    name: 'process',
    types: ['System.Diagnostics.Process'],
    dialect: 'desktop',
    columns: columns(
      right('Handles', 7, (v) => readProperty(v, 'Handles') ?? readProperty(v, 'HandleCount')),
      right('NPM(K)', 7, (v) => kilobytes(v, 'NPM')),
      right('PM(K)', 8, (v) => kilobytes(v, 'PM')),
      right('WS(K)', 10, (v) => kilobytes(v, 'WS')),
      right('CPU(s)', 10, cpu(true)),
      right('Id', 6, 'Id'),
      right('SI', 3, sessionId),
      'ProcessName',
    ),
  },
];

const serviceName = (value: Value): Value => {
  const name = readProperty(value, 'Name');
  return isNull(name) ? readProperty(value, 'ServiceName') : name;
};
const services: View[] = [
  {
    kind: 'table',
    name: 'service',
    types: ['System.ServiceProcess.ServiceController'],
    columns: columns('Status:8', { label: 'Name', width: 18, get: serviceName }, 'DisplayName:38'),
  },
  {
    kind: 'list',
    name: 'service',
    types: ['System.ServiceProcess.ServiceController'],
    items: columns(
      { label: 'Name', get: serviceName },
      'DisplayName',
      'Status',
      'DependentServices',
      'ServicesDependedOn',
      'CanPauseAndContinue',
      'CanShutdown',
      'CanStop',
      'ServiceType',
    ),
  },
];

const two = (n: number): string => String(n).padStart(2, '0');
const eventTime = (value: Value): Value => {
  const time = readProperty(value, 'TimeGenerated');
  if (!(time instanceof DateTimeValue)) return time;
  const p = dateParts(time.ticks);
  return `${monthNames[p.month - 1]?.slice(0, 3)} ${two(p.day)} ${two(p.hour)}:${two(p.minute)}`;
};

export const systemViews: readonly View[] = [
  ...processes,
  ...services,
  {
    kind: 'table',
    name: 'EventLogEntry',
    types: ['System.Diagnostics.EventLogEntry'],
    columns: columns(
      '>Index:8',
      { label: 'Time', width: 13, get: eventTime },
      'EntryType:11',
      'Source:20',
      '>InstanceID:12',
      'Message',
    ),
  },
  {
    kind: 'table',
    name: 'EventLogRecord',
    types: ['System.Diagnostics.Eventing.Reader.EventLogRecord'],
    groupBy: { get: 'ProviderName' },
    columns: columns('TimeCreated:26', '>Id:8', 'LevelDisplayName:16', {
      label: 'Message',
      get: (value) => plainText(readProperty(value, 'Message')).split(/\r?\n/)[0] ?? '',
    }),
  },
  {
    kind: 'table',
    name: 'certificate',
    types: ['System.Security.Cryptography.X509Certificates.X509Certificate2'],
    dialect: 'core',
    groupBy: { get: 'PSParentPath' },
    columns: columns('Thumbprint:41', 'Subject:20', { label: 'EnhancedKeyUsageList', get: (v) => usages(v) }),
  },
  {
    kind: 'table',
    name: 'certificate',
    types: ['System.Security.Cryptography.X509Certificates.X509Certificate2'],
    dialect: 'desktop',
    groupBy: { get: 'PSParentPath' },
    columns: columns('Thumbprint:41', 'Subject'),
  },
];

/** Friendly names of the usages a certificate states. */
function usages(value: Value): Value {
  const items = enumerable(readProperty(value, 'EnhancedKeyUsageList')) ?? [];
  const names = items.map((item) => readProperty(item, 'FriendlyName')).filter((name) => !isNull(name));
  return names.length === 0 ? null : array(names);
}
