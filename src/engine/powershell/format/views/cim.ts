import type { ColumnSpec, View } from '../view.ts';
import { columns } from '../view.ts';

const types = (className: string): string[] => [
  `Microsoft.Management.Infrastructure.CimInstance#root/cimv2/${className}`,
  `System.Management.ManagementObject#root\\cimv2\\${className}`,
];
const table = (className: string, list: ColumnSpec[]): View => ({
  kind: 'table',
  name: className,
  types: types(className),
  columns: list,
});

/** Table views that Windows has for CIM instances; other classes go by their default properties. */
export const cimViews: readonly View[] = [
  table('Win32_Service', columns('ProcessId', 'Name', 'StartMode', 'State', 'Status', 'ExitCode')),
  table('Win32_Process', columns('ProcessId', 'Name', 'HandleCount', 'WorkingSetSize', 'VirtualSize')),
  table(
    'Win32_OperatingSystem',
    columns('SystemDirectory', 'Organization', 'BuildNumber', 'RegisteredUser', 'SerialNumber', 'Version'),
  ),
  table(
    'Win32_ComputerSystem',
    columns(
      'Name:16',
      'PrimaryOwnerName:20',
      'Domain:20',
      'TotalPhysicalMemory:20',
      'Model:19',
      'Manufacturer',
    ),
  ),
  table(
    'Win32_LogicalDisk',
    columns('DeviceID', 'DriveType', 'ProviderName', 'VolumeName', 'Size', 'FreeSpace'),
  ),
  table('Win32_Product', columns('Name:16', 'Caption:25', 'Vendor:25', 'Version:25', 'IdentifyingNumber')),
  table(
    'Win32_QuickFixEngineering',
    columns('Source=PSComputerName:13', 'Description:16', 'HotFixID:13', 'InstalledBy:20', 'InstalledOn'),
  ),
  table('Win32_UserAccount', columns('Name:16', 'Caption:25', 'AccountType:25', 'SID:25', 'Domain')),
  table(
    'Win32_NetworkAdapterConfiguration',
    columns('ServiceName:16', 'DHCPEnabled:34', 'Index:33', 'Description'),
  ),
  {
    kind: 'table',
    name: 'MSFT_ScheduledTask',
    types: [
      'Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/MSFT_ScheduledTask',
    ],
    columns: columns('TaskPath:46', 'TaskName:33', 'State'),
  },
];
