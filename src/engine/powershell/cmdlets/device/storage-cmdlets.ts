import { customObject, Boxed } from '../../types/objects.ts';
import type { PSCustomObject } from '../../types/objects.ts';
import { readMember } from '../../types/member.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { fromCim } from './cim-value.ts';

const storage = 'ROOT/Microsoft/Windows/Storage/';
const named = (className: string, properties: readonly (readonly [string, Value])[]): PSCustomObject => {
  const made = customObject(properties);
  const full = `Microsoft.Management.Infrastructure.CimInstance#${storage}${className}`;
  made.typeNames = [
    full,
    `Microsoft.Management.Infrastructure.CimInstance#${className}`,
    'Microsoft.Management.Infrastructure.CimInstance',
    'System.Object',
  ];
  return made;
};

const propertyOf = (object: Value, name: string): Value => readMember(object, name.toLowerCase(), name, 0);

/** The disks of the device as the storage provider sees them: virtual ones of Hyper-V, on its SAS bus. */
function disks(context: CmdletContext): readonly PSCustomObject[] {
  const found = context.host.cim.instances('root/cimv2', 'Win32_DiskDrive');
  return (found.ok ? found.value : []).map((drive) => {
    const read = (name: string): Value => {
      const own = drive.properties.find(([one]) => one === name);
      return own ? fromCim(own[1], context.host) : null;
    };
    const serial = toText(read('SerialNumber'));
    return named('MSFT_PhysicalDisk', [
      ['DeviceId', String(toText(read('Index')))],
      ['FriendlyName', 'Msft Virtual Disk'],
      ['Manufacturer', 'Msft    '],
      ['Model', 'Virtual Disk    '],
      ['SerialNumber', serial],
      ['UniqueId', `60022480${serial}`],
      ['BusType', 'SAS'],
      ['MediaType', 'Unspecified'],
      ['HealthStatus', 'Healthy'],
      ['OperationalStatus', 'OK'],
      ['Usage', 'Auto-Select'],
      ['CanPool', false],
      ['SpindleSpeed', new Boxed('uint32', 4294967295)],
      ['LogicalSectorSize', new Boxed('uint64', 512n)],
      ['PhysicalSectorSize', new Boxed('uint64', 4096n)],
      ['Size', read('Size')],
      ['AllocatedSize', read('Size')],
    ]);
  });
}

const getPhysicalDisk: Cmdlet = {
  name: 'Get-PhysicalDisk',
  module: 'Storage',
  commandType: 'Function',
  typeName: 'Get-PhysicalDisk',
  defaultSet: 'ByUniqueId',
  parameters: [
    { name: 'UniqueId', type: 'string[]', aliases: ['Id'], pipelineByName: true, sets: ['ByUniqueId'] },
    { name: 'FriendlyName', type: 'string[]', position: 0, sets: [{ set: 'ByName', position: 0 }] },
    { name: 'SerialNumber', type: 'string[]', sets: ['ByName'] },
    { name: 'DeviceNumber', type: 'string[]' },
    { name: 'HealthStatus', type: 'string[]' },
    { name: 'CanPool', type: 'bool' },
  ],
  start: (context) => ({
    process() {
      const filters = ['UniqueId', 'FriendlyName', 'SerialNumber', 'HealthStatus'] as const;
      for (const disk of disks(context)) {
        const fits = filters.every(
          (name) =>
            !context.has(name) ||
            context.strings(name).some((one) => wildcard(one)(toText(propertyOf(disk, name)))),
        );
        if (fits) context.write(disk);
      }
      return undefined;
    },
  }),
};

/** A virtual disk counts no wear and has no thermometer: what it cannot say is null. */
const getStorageReliabilityCounter: Cmdlet = {
  name: 'Get-StorageReliabilityCounter',
  module: 'Storage',
  commandType: 'Function',
  typeName: 'Get-StorageReliabilityCounter',
  defaultSet: 'ByPhysicalDisk',
  parameters: [
    {
      name: 'PhysicalDisk',
      type: 'object',
      pipeline: true,
      sets: [{ set: 'ByPhysicalDisk', mandatory: true }],
    },
  ],
  start: (context) => ({
    process() {
      const disk = context.get('PhysicalDisk');
      context.write(
        named('MSFT_StorageReliabilityCounter', [
          ['DeviceId', propertyOf(disk, 'DeviceId')],
          ['Wear', null],
          ['Temperature', null],
          ['TemperatureMax', null],
          ['ReadErrorsTotal', null],
          ['ReadErrorsUncorrected', null],
          ['WriteErrorsTotal', null],
          ['WriteErrorsUncorrected', null],
          ['PowerOnHours', null],
        ]),
      );
      return undefined;
    },
  }),
};

/** A cmdlet of the Storage module without more than a filter. */
const listing = (
  name: string,
  className: string,
  filter: string,
  type: string,
  rows: (context: CmdletContext) => readonly (readonly (readonly [string, Value])[])[],
): Cmdlet => ({
  name,
  module: 'Storage',
  commandType: 'Function',
  typeName: name,
  parameters: [{ name: filter, type, position: 0, pipelineByName: true }],
  start: (context) => ({
    process() {
      const wanted = context.has(filter)
        ? context.list(filter).map((one) => toText(one).replace(/:$/, '').toLowerCase())
        : undefined;
      for (const row of rows(context)) {
        const own = row.find(
          ([property]) => property === filter || (filter === 'Number' && property === 'DiskNumber'),
        );
        if (wanted && !wanted.includes(toText(own?.[1] ?? null).toLowerCase())) continue;
        context.write(named(className, row));
      }
      return undefined;
    },
  }),
});

const drives = ({ host }: CmdletContext) => host.files.drives();
const wide = (bytes: number): Value => new Boxed('uint64', BigInt(bytes));

const getVolume = listing('Get-Volume', 'MSFT_Volume', 'DriveLetter', 'char[]', (context) =>
  drives(context).map(({ name, label, size, free }) => [
    ['DriveLetter', name.replace(':', '')],
    ['FileSystemLabel', label],
    ['FileSystem', 'NTFS'],
    ['FileSystemType', 'NTFS'],
    ['DriveType', 'Fixed'],
    ['HealthStatus', 'Healthy'],
    ['OperationalStatus', 'OK'],
    ['SizeRemaining', wide(free)],
    ['Size', wide(size)],
  ]),
);
const getDisk = listing('Get-Disk', 'MSFT_Disk', 'Number', 'uint32[]', (context) =>
  disks(context).map((disk) => [
    ['Number', Number(toText(propertyOf(disk, 'DeviceId')))],
    ['FriendlyName', propertyOf(disk, 'FriendlyName')],
    ['SerialNumber', propertyOf(disk, 'SerialNumber')],
    ['HealthStatus', 'Healthy'],
    ['OperationalStatus', 'Online'],
    ['Size', propertyOf(disk, 'Size')],
    ['PartitionStyle', 'GPT'],
    ['BusType', propertyOf(disk, 'BusType')],
    ['IsBoot', true],
    ['IsSystem', true],
  ]),
);
/** As Windows Setup divides a disk for UEFI: the boot partition, the reserved one, Windows. */
const getPartition = listing('Get-Partition', 'MSFT_Partition', 'DriveLetter', 'char[]', (context) => {
  const [system] = drives(context);
  const boot = 100 * 1024 * 1024;
  const reserved = 16 * 1024 * 1024;
  const parts = [
    { type: 'System', size: boot, letter: '' },
    { type: 'Reserved', size: reserved, letter: '' },
    { type: 'Basic', size: (system?.size ?? 0) - boot - reserved, letter: 'C' },
  ];
  return parts.map(({ type, size, letter }, i) => [
    ['DiskNumber', 0],
    ['PartitionNumber', i + 1],
    ['DriveLetter', letter],
    ['Size', wide(Math.max(size, 0))],
    ['Type', type],
    ['IsBoot', type === 'Basic'],
    ['IsSystem', type === 'System'],
  ]);
});

export const storageCmdlets: readonly Cmdlet[] = [
  getPhysicalDisk,
  getStorageReliabilityCounter,
  getVolume,
  getDisk,
  getPartition,
];
