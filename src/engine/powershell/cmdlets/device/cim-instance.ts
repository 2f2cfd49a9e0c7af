import type { CimInstance, CimValue, Host } from '../../host.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { DotNetObject, PSArray, stringArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';
import { fromCim } from './cim-value.ts';

export interface CimState {
  readonly instance: CimInstance;
  readonly host: Host;
  /** Values a script set on the object; the device knows nothing of them. */
  readonly changed: Map<string, Value>;
  /** Names shown; all where undefined (-Property). */
  readonly shown: ReadonlySet<string> | undefined;
  /** Properties whose values are objects: what a CIM property of the port cannot hold. */
  readonly extra: ReadonlyMap<string, Value>;
}
export const cimState = (value: Value): CimState => (value as DotNetObject<CimState>).state;

const found = (state: CimState, name: string): readonly [string, CimValue] | undefined =>
  state.instance.properties.find(([own]) => own.toLowerCase() === name.toLowerCase());

const part = <T>(self: Value): T => (self as DotNetObject<T>).state;

const propertyType = defineType('Microsoft.Management.Infrastructure.Internal.Data.CimPropertyOfInstance', {
  members: [
    property('Name', 'string', (s) => part<{ name: string }>(s).name),
    property('Value', 'System.Object', (s) => part<{ value: Value }>(s).value),
    property('CimType', 'string', (s) => part<{ type: string }>(s).type),
    property('Flags', 'string', (s) => part<{ flags: string }>(s).flags),
    property('IsValueModified', 'bool', () => false),
  ],
});
const classType = defineType('Microsoft.Management.Infrastructure.CimClass', {
  members: [
    property('CimClassName', 'string', (s) => part<CimState>(s).instance.className),
    property('CimClassProperties', 'System.Object', (s) =>
      stringArray(part<CimState>(s).instance.properties.map(([name]) => name)),
    ),
    method([
      'string ToString()',
      (s) => `${part<CimState>(s).instance.namespace}:${part<CimState>(s).instance.className}`,
    ]),
  ],
});
const systemType = defineType('Microsoft.Management.Infrastructure.CimSystemProperties', {
  members: [
    property('Namespace', 'string', (s) => part<CimState>(s).instance.namespace),
    property('ServerName', 'string', (s) => part<CimState>(s).host.computer.name),
    property('ClassName', 'string', (s) => part<CimState>(s).instance.className),
    property('Path', 'string', () => null),
  ],
});

const typeName = (value: CimValue): string => {
  if (value === null || typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  const names: Readonly<Record<string, string>> = {
    datetime: 'DateTime',
    array: 'StringArray',
    uint8: 'UInt8',
    uint16: 'UInt16',
    uint32: 'UInt32',
    uint64: 'UInt64',
    sint16: 'SInt16',
    sint32: 'SInt32',
    sint64: 'SInt64',
    real64: 'Real64',
  };
  return names[value.type] ?? 'String';
};

export const cimInstanceType = defineType('Microsoft.Management.Infrastructure.CimInstance', {
  assembly: 'Microsoft.Management.Infrastructure',
  members: [
    property(
      'CimClass',
      'Microsoft.Management.Infrastructure.CimClass',
      (s) => new DotNetObject(classType, cimState(s)),
    ),
    property('CimInstanceProperties', 'System.Object', (s) => {
      const { instance, host } = cimState(s);
      return new PSArray(
        instance.properties.map(
          ([name, value]) =>
            new DotNetObject(propertyType, {
              name,
              value: fromCim(value, host),
              type: typeName(value),
              flags: instance.keys.includes(name)
                ? 'Property, Key, ReadOnly, NotModified'
                : 'Property, ReadOnly, NotModified',
            }),
        ),
      );
    }),
    property(
      'CimSystemProperties',
      'Microsoft.Management.Infrastructure.CimSystemProperties',
      (s) => new DotNetObject(systemType, cimState(s)),
    ),
    method([
      'string ToString()',
      (s) => {
        const { instance, host } = cimState(s);
        const keys = instance.keys.map((key) => {
          const value = instance.properties.find(([name]) => name === key)?.[1] ?? null;
          return `${key} = ${typeof value === 'string' ? `"${value}"` : String(fromCim(value, host))}`;
        });
        return `${instance.className}${keys.length > 0 ? ` (${keys.join(', ')})` : ''}`;
      },
    ]),
    method(['void Dispose()', () => undefined]),
  ],
});
cimInstanceType.adapter = {
  get(self, name) {
    const state = cimState(self);
    const lower = name.toLowerCase();
    for (const [extra, value] of state.extra) if (extra.toLowerCase() === lower) return value;
    const own = found(state, name);
    if (!own) return lower === 'pscomputername' ? null : undefined;
    const changed = state.changed.get(own[0]);
    if (changed !== undefined) return changed;
    if (state.shown && !state.shown.has(own[0].toLowerCase())) return null;
    return fromCim(own[1], state.host);
  },
  set(self, name, value) {
    const own = found(cimState(self), name);
    if (!own) return false;
    cimState(self).changed.set(own[0], value);
    return true;
  },
  names: (self) => [
    ...cimState(self).instance.properties.map(([name]) => name),
    ...cimState(self).extra.keys(),
    'PSComputerName',
  ],
};

/** Properties shown of a class in a list where no view says which: as Windows' own type data has them. */
const defaults: Readonly<Record<string, readonly string[]>> = {
  win32_bios: ['SMBIOSBIOSVersion', 'Manufacturer', 'Name', 'SerialNumber', 'Version'],
  win32_computersystem: [
    'Domain',
    'Manufacturer',
    'Model',
    'Name',
    'PrimaryOwnerName',
    'TotalPhysicalMemory',
  ],
  win32_logicaldisk: ['DeviceID', 'DriveType', 'ProviderName', 'FreeSpace', 'Size', 'VolumeName'],
  win32_operatingsystem: [
    'SystemDirectory',
    'Organization',
    'BuildNumber',
    'RegisteredUser',
    'SerialNumber',
    'Version',
  ],
  win32_process: ['ProcessName', 'Handles', 'VM', 'WS', 'Path'],
  win32_processor: ['Caption', 'DeviceID', 'Manufacturer', 'MaxClockSpeed', 'Name', 'SocketDesignation'],
  win32_product: ['IdentifyingNumber', 'Name', 'Vendor', 'Version', 'Caption'],
  win32_service: ['ExitCode', 'Name', 'ProcessId', 'StartMode', 'State', 'Status'],
  win32_useraccount: ['AccountType', 'Caption', 'Domain', 'SID', 'FullName', 'Name'],
  win32_quickfixengineering: [
    'Description',
    'FixComments',
    'HotFixID',
    'InstalledBy',
    'InstalledOn',
    'Name',
    'ServicePackInEffect',
    'Status',
  ],
  win32_group: ['Caption', 'Domain', 'Name', 'SID'],
};

/** PSStandardMembers of an instance of a class, if Windows has a short list for it. */
export function standardMembers(className: string): MemberBag | undefined {
  const names = defaults[className.toLowerCase()];
  if (!names) return undefined;
  const inner = new MemberBag();
  inner.set({ kind: 'PropertySet', name: 'DefaultDisplayPropertySet', properties: names });
  const bag = new MemberBag();
  bag.set({ kind: 'MemberSet', name: 'PSStandardMembers', members: inner });
  return bag;
}

/** An instance as Get-CimInstance writes it. */
export function cimInstance(
  instance: CimInstance,
  host: Host,
  shown?: readonly string[],
  extra: ReadonlyMap<string, Value> = new Map(),
): DotNetObject<CimState> {
  const value = new DotNetObject<CimState>(cimInstanceType, {
    instance,
    host,
    changed: new Map(),
    shown: shown && shown.length > 0 ? new Set(shown.map((name) => name.toLowerCase())) : undefined,
    extra,
  });
  const base = 'Microsoft.Management.Infrastructure.CimInstance';
  const namespace = instance.namespace.replace(/\\/g, '/').replace(/^root\/cimv2$/i, 'root/cimv2');
  value.typeNames = [
    `${base}#${namespace}/${instance.className}`,
    `${base}#${instance.className}`,
    base,
    'System.Object',
  ];
  value.members = standardMembers(instance.className);
  return value;
}
