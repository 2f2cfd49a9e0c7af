import type { ServiceDefinition } from '../change.ts';
import { networkAdapters } from '../network/adapters.ts';
import type { CimClass } from './cim-value.ts';
import { array, datetime, uint16, uint32, uint64 } from './cim-value.ts';

const namespace = 'root/cimv2';

const startModes: Readonly<Record<ServiceDefinition['startMode'], string>> = {
  Automatic: 'Auto',
  AutomaticDelayed: 'Auto',
  Manual: 'Manual',
  Disabled: 'Disabled',
};
const states: Readonly<Record<string, string>> = {
  StartPending: 'Start Pending',
  StopPending: 'Stop Pending',
  ContinuePending: 'Continue Pending',
  PausePending: 'Pause Pending',
};

export const service: CimClass = {
  name: 'Win32_Service',
  namespace,
  keys: ['Name'],
  instances: (device) =>
    device.services.map(({ definition, status, processId }) => {
      const running = status === 'Running';
      return [
        ['Name', definition.name],
        ['Status', 'OK'],
        ['ExitCode', uint32(running ? 0 : 1077)],
        ['DesktopInteract', false],
        ['ErrorControl', 'Normal'],
        ['PathName', definition.binaryPath],
        ['ServiceType', /svchost/i.test(definition.binaryPath) ? 'Share Process' : 'Own Process'],
        ['StartMode', startModes[definition.startMode]],
        ['Caption', definition.displayName],
        ['Description', definition.description],
        ['InstallDate', null],
        ['CreationClassName', 'Win32_Service'],
        ['Started', running],
        ['SystemCreationClassName', 'Win32_ComputerSystem'],
        ['SystemName', device.computerName],
        ['AcceptPause', false],
        ['AcceptStop', running && definition.canStop],
        ['DisplayName', definition.displayName],
        ['ServiceSpecificExitCode', uint32(0)],
        ['StartName', definition.account],
        ['State', states[status] ?? status],
        ['TagId', uint32(0)],
        ['CheckPoint', uint32(0)],
        ['DelayedAutoStart', definition.startMode === 'AutomaticDelayed'],
        ['ProcessId', uint32(processId ?? 0)],
        ['WaitHint', uint32(0)],
      ];
    }),
};

export const process: CimClass = {
  name: 'Win32_Process',
  namespace,
  keys: ['Handle'],
  instances: (device) =>
    device.processes.map((one) => {
      const image = one.file.slice(one.file.lastIndexOf('\\') + 1);
      const name = image === '' ? (one.id === 0 ? 'System Idle Process' : 'System') : image;
      const quoted = /\s/.test(one.file) ? `"${one.file}"` : one.file;
      return [
        ['ProcessName', name],
        ['Handle', String(one.id)],
        ['Caption', name],
        ['Name', name],
        ['CommandLine', one.file === '' ? null : `${quoted} ${one.arguments}`.trimEnd()],
        ['CreationDate', datetime(one.started)],
        ['ExecutablePath', one.file === '' ? null : one.file],
        ['HandleCount', uint32(one.handles)],
        ['ParentProcessId', uint32(one.parentId ?? 0)],
        ['ProcessId', uint32(one.id)],
        ['SessionId', uint32(one.sessionId)],
        ['ThreadCount', uint32(1 + (one.handles % 23))],
        ['WorkingSetSize', uint64(one.workingSet)],
      ];
    }),
};

export const networkAdapterConfiguration: CimClass = {
  name: 'Win32_NetworkAdapterConfiguration',
  namespace,
  keys: ['Index'],
  instances: (device) =>
    networkAdapters(device).map((adapter, index) => [
      ['Caption', '[00000001] Microsoft Hyper-V Network Adapter'],
      ['Description', 'Microsoft Hyper-V Network Adapter'],
      ['DHCPEnabled', true],
      ['DNSHostName', device.id],
      ['Index', uint32(index + 1)],
      ['InterfaceIndex', uint32(index + 4)],
      ['IPAddress', adapter.up ? array(adapter.address) : null],
      ['IPEnabled', adapter.up],
      ['IPSubnet', adapter.up ? array('255.255.255.0') : null],
      ['DefaultIPGateway', adapter.up ? array(adapter.address.replace(/\d+$/, '1')) : null],
      ['MACAddress', adapter.mac.replaceAll('-', ':')],
      ['ServiceName', 'netvsc'],
    ]),
};

export const networkAdapter: CimClass = {
  name: 'Win32_NetworkAdapter',
  namespace,
  keys: ['DeviceID'],
  instances: (device) =>
    networkAdapters(device).map((adapter, index) => [
      ['Name', 'Microsoft Hyper-V Network Adapter'],
      ['AdapterType', 'Ethernet 802.3'],
      ['DeviceID', String(index + 1)],
      ['InterfaceIndex', uint32(index + 4)],
      ['MACAddress', adapter.mac.replaceAll('-', ':')],
      ['NetConnectionID', adapter.name],
      ['NetConnectionStatus', uint16(adapter.up ? 2 : 7)],
      ['NetEnabled', adapter.up],
      ['PhysicalAdapter', true],
    ]),
};

export const physicalMemory: CimClass = {
  name: 'Win32_PhysicalMemory',
  namespace,
  keys: ['CreationClassName', 'Tag'],
  instances: (device) => [
    [
      ['Tag', 'Physical Memory 0'],
      ['BankLabel', 'None'],
      ['Capacity', uint64(device.memorySize * 1024 * 1024)],
      ['CreationClassName', 'Win32_PhysicalMemory'],
      ['DeviceLocator', 'M0001'],
      ['Manufacturer', 'Microsoft Corporation'],
      ['Speed', uint32(3200)],
    ],
  ],
};

export const systemEnclosure: CimClass = {
  name: 'Win32_SystemEnclosure',
  namespace,
  keys: ['CreationClassName', 'Tag'],
  instances: (device) => [
    [
      ['Tag', 'System Enclosure 0'],
      ['ChassisTypes', array(uint16(3))],
      ['CreationClassName', 'Win32_SystemEnclosure'],
      ['Manufacturer', device.start.manufacturer],
      ['SMBIOSAssetTag', ''],
    ],
  ],
};
