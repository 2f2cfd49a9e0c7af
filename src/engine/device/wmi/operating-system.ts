import { fromCivil } from '../../clock/civil-time.ts';
import { instant } from '../../../base/time.ts';
import { processor as hardware } from '../processors.ts';
import { windowsVersions } from '../image/windows-version.ts';
import type { CimClass } from './cim-value.ts';
import { array, datetime, sint16, sint32, uint16, uint32, uint64, uint8 } from './cim-value.ts';

const namespace = 'root/cimv2';
const kibi = 1024;
const minute = 60_000_000;

export const operatingSystem: CimClass = {
  name: 'Win32_OperatingSystem',
  namespace,
  keys: ['Name'],
  instances(device, { now }) {
    const version = windowsVersions[device.os];
    const installed = device.value(
      'HKLM',
      'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
      'InstallDate',
    )?.value;
    const total = device.memorySize * kibi;
    const used = device.processes.reduce((sum, process) => sum + process.workingSet, 0) / kibi;
    return [
      [
        ['Status', 'OK'],
        ['Name', `${version.caption}|C:\\Windows|\\Device\\Harddisk0\\Partition3`],
        ['Caption', version.caption],
        ['Description', ''],
        ['InstallDate', datetime(instant(installed?.kind === 'DWord' ? installed.data * 1_000_000 : 0))],
        ['CreationClassName', 'Win32_OperatingSystem'],
        ['CSCreationClassName', 'Win32_ComputerSystem'],
        ['CSName', device.computerName],
        ['CurrentTimeZone', sint16(device.offsetAt(now) / minute)],
        ['FreePhysicalMemory', uint64(Math.max(0, total - used))],
        ['FreeVirtualMemory', uint64(Math.max(0, total * 1.5 - used))],
        ['LastBootUpTime', datetime(device.bootedAt)],
        ['LocalDateTime', datetime(now)],
        ['NumberOfProcesses', uint32(device.processes.length)],
        ['NumberOfUsers', uint32(device.sessions.length)],
        ['OSType', uint16(18)],
        ['TotalVirtualMemorySize', uint64(total * 1.5)],
        ['TotalVisibleMemorySize', uint64(total)],
        ['Version', `10.0.${version.build}`],
        ['BootDevice', '\\Device\\HarddiskVolume1'],
        ['BuildNumber', String(version.build)],
        ['BuildType', 'Multiprocessor Free'],
        ['CodeSet', '1252'],
        ['CountryCode', '1'],
        ['EncryptionLevel', uint32(256)],
        ['Locale', '0409'],
        ['Manufacturer', 'Microsoft Corporation'],
        ['MUILanguages', array('en-US')],
        ['OperatingSystemSKU', uint32(4)],
        ['Organization', ''],
        ['OSArchitecture', '64-bit'],
        ['OSLanguage', uint32(1033)],
        ['OSProductSuite', uint32(256)],
        ['Primary', true],
        ['ProductType', uint32(1)],
        ['RegisteredUser', 'user name'],
        ['SerialNumber', '00329-00000-00003-AA042'],
        ['ServicePackMajorVersion', uint16(0)],
        ['ServicePackMinorVersion', uint16(0)],
        ['SystemDevice', '\\Device\\HarddiskVolume3'],
        ['SystemDirectory', 'C:\\Windows\\system32'],
        ['SystemDrive', 'C:'],
        ['WindowsDirectory', 'C:\\Windows'],
      ],
    ];
  },
};

export const computerSystem: CimClass = {
  name: 'Win32_ComputerSystem',
  namespace,
  keys: ['Name'],
  instances(device, { now }) {
    const desk = device.users.find((user) => user.sessionId !== null);
    const { manufacturer, model } = device.start;
    return [
      [
        ['Name', device.computerName],
        ['Caption', device.computerName],
        ['Description', 'AT/AT COMPATIBLE'],
        ['Status', 'OK'],
        ['AdminPasswordStatus', uint16(3)],
        ['BootupState', 'Normal boot'],
        ['CurrentTimeZone', sint16(device.offsetAt(now) / minute)],
        ['DaylightInEffect', device.offsetAt(now) !== winterOffset(device, now)],
        ['DNSHostName', device.id],
        ['Domain', 'WORKGROUP'],
        ['DomainRole', uint16(0)],
        ['HypervisorPresent', true],
        ['Manufacturer', manufacturer],
        ['Model', model],
        ['NumberOfLogicalProcessors', uint32(hardware.logical)],
        ['NumberOfProcessors', uint32(1)],
        ['PartOfDomain', false],
        ['PCSystemType', uint16(1)],
        ['PrimaryOwnerName', 'user name'],
        ['SystemFamily', 'Virtual Machine'],
        ['SystemSKUNumber', 'None'],
        ['SystemType', 'x64-based PC'],
        ['TotalPhysicalMemory', uint64(device.memorySize * kibi * kibi)],
        ['UserName', desk === undefined ? null : `AzureAD\\${desk.name}`],
        ['Workgroup', 'WORKGROUP'],
      ],
    ];
  },
};

export const bios: CimClass = {
  name: 'Win32_BIOS',
  namespace,
  keys: ['Name', 'SoftwareElementID', 'SoftwareElementState', 'TargetOperatingSystem', 'Version'],
  instances: (device) => [
    [
      ['Name', 'Hyper-V UEFI Release v4.1'],
      ['Caption', 'Hyper-V UEFI Release v4.1'],
      ['Manufacturer', 'Microsoft Corporation'],
      ['ReleaseDate', datetime(fromCivil({ year: 2023, month: 11, day: 21 }))],
      ['SerialNumber', serialNumber(device.id)],
      ['SMBIOSBIOSVersion', 'Hyper-V UEFI Release v4.1'],
      ['SMBIOSMajorVersion', uint16(3)],
      ['SMBIOSMinorVersion', uint16(1)],
      ['SMBIOSPresent', true],
      ['SoftwareElementID', 'Hyper-V UEFI Release v4.1'],
      ['SoftwareElementState', uint16(3)],
      ['TargetOperatingSystem', uint16(0)],
      ['Version', 'VRTUAL - 1'],
    ],
  ],
};

export const computerSystemProduct: CimClass = {
  name: 'Win32_ComputerSystemProduct',
  namespace,
  keys: ['IdentifyingNumber', 'Name', 'Version'],
  instances: (device) => [
    [
      ['IdentifyingNumber', serialNumber(device.id)],
      ['Name', device.start.model],
      ['UUID', device.start.entraDeviceId.toUpperCase()],
      ['Vendor', device.start.manufacturer],
      ['Version', 'Hyper-V UEFI Release v4.1'],
    ],
  ],
};

export const logicalDisk: CimClass = {
  name: 'Win32_LogicalDisk',
  namespace,
  keys: ['DeviceID'],
  instances: (device) => [
    [
      ['DeviceID', 'C:'],
      ['Caption', 'C:'],
      ['Description', 'Local Fixed Disk'],
      ['Name', 'C:'],
      ['DriveType', uint32(3)],
      ['FileSystem', 'NTFS'],
      ['FreeSpace', uint64(device.disk.free)],
      ['MediaType', uint32(12)],
      ['Size', uint64(device.disk.size)],
      ['SystemName', device.computerName],
      ['VolumeName', 'Windows'],
      ['VolumeSerialNumber', serialNumber(device.id).replace(/\D/g, '').slice(0, 8)],
    ],
  ],
};

export const processor: CimClass = {
  name: 'Win32_Processor',
  namespace,
  keys: ['DeviceID'],
  instances: (device) => [
    [
      ['DeviceID', 'CPU0'],
      ['Name', '11th Gen Intel(R) Core(TM) i5-1145G7 @ 2.60GHz'],
      ['Caption', 'Intel64 Family 6 Model 140 Stepping 1'],
      ['AddressWidth', uint16(64)],
      ['Architecture', uint16(9)],
      ['Manufacturer', 'GenuineIntel'],
      ['MaxClockSpeed', uint32(hardware.speed)],
      ['NumberOfCores', uint32(hardware.cores)],
      ['NumberOfLogicalProcessors', uint32(hardware.logical)],
      ['SystemName', device.computerName],
      ['VirtualizationFirmwareEnabled', true],
      ['Status', 'OK'],
      ['Family', uint16(205)],
      ['Role', 'CPU'],
      ['Availability', uint16(3)],
      ['CpuStatus', uint16(1)],
      ['Level', uint16(6)],
      ['Revision', uint16(35841)],
      ['StatusInfo', uint16(3)],
      ['LoadPercentage', uint16(2)],
      ['ProcessorType', uint16(3)],
      ['SocketDesignation', 'None'],
      ['UpgradeMethod', uint16(6)],
    ],
  ],
};

export const timeZone: CimClass = {
  name: 'Win32_TimeZone',
  namespace,
  keys: ['StandardName'],
  instances(device, { now }) {
    const { windowsId } = device.zone;
    const winter = winterOffset(device, now);
    const summer = Math.max(...offsetsOfYear(device, now));
    return [
      [
        ['Bias', sint32(winter / minute)],
        ['Caption', zoneCaption(windowsId, winter / minute)],
        ['DaylightBias', sint32((winter - summer) / minute)],
        ['DaylightName', windowsId.replace(/Standard Time$/, 'Daylight Time')],
        ['StandardBias', uint32(0)],
        ['StandardName', windowsId],
        ['StandardDayOfWeek', uint8(0)],
      ],
    ];
  },
};

/** Hyper-V's form of a serial number; follows from the device's name. */
export function serialNumber(id: string): string {
  let state = 7;
  for (let i = 0; i < id.length; i++) state = (Math.imul(state, 31) + id.charCodeAt(i)) >>> 0;
  const groups: string[] = [];
  for (let i = 0; i < 7; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    groups.push(String((state >>> 8) % (i === 6 ? 100 : 10_000)).padStart(i === 6 ? 2 : 4, '0'));
  }
  return groups.join('-');
}

type Zoned = Parameters<CimClass['instances']>[0];

function offsetsOfYear(device: Zoned, now: number): number[] {
  const month = 2_629_800_000_000;
  return Array.from({ length: 12 }, (_, i) => device.offsetAt(instant(now + i * month)));
}

const winterOffset = (device: Zoned, now: number): number => Math.min(...offsetsOfYear(device, now));

function zoneCaption(id: string, minutes: number): string {
  const size = Math.abs(minutes);
  const text = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return `(UTC${minutes < 0 ? '-' : '+'}${text}) ${id}`;
}
