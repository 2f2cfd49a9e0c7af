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

export const storageCmdlets: readonly Cmdlet[] = [getPhysicalDisk, getStorageReliabilityCounter];
