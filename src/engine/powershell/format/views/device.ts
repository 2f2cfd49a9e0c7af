import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { plainText } from '../display-text.ts';
import { readProperty } from '../properties.ts';
import type { ColumnSpec, View } from '../view.ts';
import { columns } from '../view.ts';

const table = (type: string, list: ColumnSpec[], autosize = false): View => ({
  kind: 'table',
  name: type.slice(type.lastIndexOf('.') + 1),
  types: [type],
  columns: list,
  ...(autosize ? { autosize } : {}),
});
const commands = 'Microsoft.PowerShell.Commands.';
const standardCim = 'Microsoft.Management.Infrastructure.CimInstance#ROOT/StandardCimv2/';

const pathOf = (value: Value): string => plainText(readProperty(value, 'Path'));
const signer: ColumnSpec = {
  label: 'SignerCertificate',
  width: 41,
  get: (value) => {
    const certificate = readProperty(value, 'SignerCertificate');
    return isNull(certificate) ? '' : readProperty(certificate, 'Thumbprint');
  },
};
const leaf: ColumnSpec = { label: 'Path', get: (value) => pathOf(value).replace(/^.*\\/, '') };
const signatures = (dialect: 'desktop' | 'core', list: ColumnSpec[]): View => ({
  kind: 'table',
  name: 'PSThumbprintTable',
  types: ['System.Management.Automation.Signature'],
  dialect,
  groupBy: {
    get: (value) => pathOf(value).replace(/\\[^\\]*$/, ''),
    heading: (folder, desktop) => [
      { indent: 4, text: `Directory: ${plainText(folder)}` },
      ...(desktop ? [{ indent: 0, text: '' }] : []),
    ],
  },
  columns: list,
});

/** Views of accounts, adapters, logs and other things the device cmdlets write. */
export const deviceViews: readonly View[] = [
  table(`${commands}LocalUser`, columns('Name', 'Enabled', 'Description'), true),
  table(`${commands}LocalGroup`, columns('Name', 'Description'), true),
  table(`${commands}LocalPrincipal`, columns('ObjectClass:11', 'Name', 'PrincipalSource:15')),
  table(
    `${standardCim}MSFT_NetAdapter`,
    columns('Name:25', 'InterfaceDescription:40', '>ifIndex:7', 'Status:12', 'MacAddress:21', '>LinkSpeed'),
  ),
  table(
    'Microsoft.DnsClient.Commands.DnsRecord_A',
    columns('Name:43', 'Type:6', 'TTL:5', 'Section:10', 'IPAddress'),
  ),
  table(
    'Microsoft.PackageManagement.Packaging.SoftwareIdentity',
    columns('Name:30', 'Version:16', 'Source:32', 'ProviderName'),
  ),
  table(
    'System.Diagnostics.Eventing.Reader.EventLogConfiguration',
    columns('LogMode:9', '>MaximumSizeInBytes:18', '>RecordCount:11', 'LogName'),
  ),
  table(
    'System.Management.ManagementObject#root\\cimv2\\Win32_PingStatus',
    columns('Source:13', 'Destination:15', 'IPV4Address:16', 'IPV6Address:40', 'Bytes:8', 'Time(ms):8'),
  ),
  signatures('desktop', columns(signer, 'Status', leaf)),
  signatures('core', columns(signer, 'Status', 'StatusMessage', leaf)),
];
