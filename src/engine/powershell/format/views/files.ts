import { DateTimeValue } from '../../types/scalars.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { shortDate, shortTime } from '../date-text.ts';
import { plainText } from '../display-text.ts';
import { readProperty } from '../properties.ts';
import type { GroupSpec, View } from '../view.ts';
import { columns } from '../view.ts';

const types = ['System.IO.DirectoryInfo', 'System.IO.FileInfo'];

/** `Microsoft.PowerShell.Core\FileSystem::C:\x` without the provider. */
const withoutProvider = (value: Value): string => plainText(value).replace(/^.*?::/, '');

const directory: GroupSpec = {
  get: 'PSParentPath',
  heading: (value, desktop) => {
    const line = { indent: 4, text: `Directory: ${withoutProvider(value)}` };
    return desktop ? [line, { indent: 0, text: '' }] : [line];
  },
};

function lastWrite(value: Value, desktop: boolean): Value {
  const time = readProperty(value, 'LastWriteTime');
  if (!(time instanceof DateTimeValue)) return time;
  return `${shortDate(time.ticks).padStart(10)}${desktop ? '  ' : ' '}${shortTime(time.ticks).padStart(8)}`;
}
const length = (value: Value): Value => {
  const isFolder = readProperty(value, 'PSIsContainer');
  return isFolder === true || isNull(readProperty(value, 'Length')) ? '' : readProperty(value, 'Length');
};

export const fileViews: readonly View[] = [
  {
    kind: 'table',
    name: 'children',
    types,
    groupBy: directory,
    wrap: true,
    columns: columns(
      'Mode:7',
      { label: 'LastWriteTime', width: 26, align: 'right', get: lastWrite },
      { label: 'Length', width: 14, align: 'right', get: length },
      'Name',
    ),
  },
  {
    kind: 'list',
    name: 'children',
    types,
    groupBy: directory,
    dialect: 'core',
    items: columns(
      'Name',
      { label: 'Length', get: length },
      'CreationTime',
      'LastWriteTime',
      'LastAccessTime',
      'Mode',
      'LinkType',
      'Target',
      'VersionInfo',
    ),
  },
  {
    kind: 'list',
    name: 'children',
    types,
    groupBy: directory,
    dialect: 'desktop',
    items: columns(
      'Name',
      { label: 'Length', get: length },
      'CreationTime',
      'LastWriteTime',
      'LastAccessTime',
      'Mode',
      'LinkType',
      'Target',
      'VersionInfo',
    ),
  },
  {
    kind: 'wide',
    name: 'children',
    types,
    groupBy: directory,
    get: (value) =>
      readProperty(value, 'PSIsContainer') === true
        ? `[${plainText(readProperty(value, 'Name'))}]`
        : readProperty(value, 'Name'),
  },
  {
    kind: 'table',
    name: 'FileVersion',
    types: ['System.Diagnostics.FileVersionInfo'],
    columns: columns('ProductVersion:16', 'FileVersion:16', 'FileName'),
  },
  {
    kind: 'table',
    name: 'PathInfo',
    types: ['System.Management.Automation.PathInfo'],
    columns: columns('Path'),
  },
  {
    kind: 'table',
    name: 'Drive',
    types: ['System.Management.Automation.PSDriveInfo'],
    columns: columns(
      'Name:10',
      {
        label: 'Used (GB)',
        width: 13,
        align: 'right',
        get: (value) => gigabytes(readProperty(value, 'Used')),
      },
      {
        label: 'Free (GB)',
        width: 13,
        align: 'right',
        get: (value) => gigabytes(readProperty(value, 'Free')),
      },
      {
        label: 'Provider',
        width: 13,
        get: (value) => plainText(readProperty(readProperty(value, 'Provider'), 'Name')),
      },
      { label: 'Root', width: 35, get: 'Root' },
      { label: 'CurrentLocation', align: 'right', get: 'CurrentLocation' },
    ),
  },
  {
    kind: 'table',
    name: 'Provider',
    types: ['System.Management.Automation.ProviderInfo'],
    columns: columns('Name:20', 'Capabilities:66', 'Drives'),
  },
];

function gigabytes(value: Value): Value {
  const bytes = typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : undefined;
  return bytes === undefined ? null : (bytes / 1073741824).toFixed(2);
}
