import { differences } from '../../dialects/index.ts';
import { context } from '../ambient.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { DictionaryValue, hashtableType } from '../collections.ts';
import { dotNetError } from '../errors.ts';
import { DotNetObject } from '../objects.ts';
import { accelerators, defineEnum, defineType, registerType, resolveType } from '../registry.ts';
import type { ScriptTypeNames } from '../registry.ts';
import type { Value } from '../value.ts';
import { int, str } from './arguments.ts';
import { constructors, method, property, staticMethod, staticProperty } from './define.ts';

/* Types of PowerShell's own engine that scripts reach into, small ones. */

const namespace = 'System.Management.Automation';
const assembly = 'System.Management.Automation';
const state = <T>(v: Value): T => (v as DotNetObject<T>).state;

defineType(`${namespace}.Platform`, {
  assembly,
  members: [
    staticProperty('IsWindows', 'bool', () => true),
    ...['IsLinux', 'IsMacOS', 'IsNanoServer', 'IsIoT', 'IsStaSupported'].map((name) =>
      staticProperty(name, 'bool', () => name === 'IsStaSupported'),
    ),
    staticProperty(
      'IsCoreCLR',
      'bool',
      (_v, c) => !differences.engine.automaticVariables.desktopIn(c.dialect),
    ),
    staticProperty('IsWindowsDesktop', 'bool', () => true),
  ],
});

// --- accelerators ------------------------------------------------------------------------------------------------

const attribute = defineType('System.Attribute', { isAbstract: true });
const bare: readonly (readonly [string, DotNetType?])[] = [
  [`${namespace}.ArgumentCompleterAttribute`, attribute],
  [`${namespace}.ArgumentCompletionsAttribute`, attribute],
  [`${namespace}.DscResourceAttribute`, attribute],
  [`${namespace}.DscPropertyAttribute`, attribute],
  [`${namespace}.DscLocalConfigurationManagerAttribute`, attribute],
  [`${namespace}.ExperimentalAttribute`, attribute],
  [`${namespace}.PSDefaultValueAttribute`, attribute],
  [`${namespace}.PSTypeNameAttribute`, attribute],
  [`${namespace}.ValidateUserDriveAttribute`, attribute],
  [`${namespace}.ValidateDriveAttribute`, attribute],
  [`${namespace}.Language.NoRunspaceAffinityAttribute`, attribute],
  [`${namespace}.PSVariableProperty`],
  [`${namespace}.PSPrimitiveDictionary`, hashtableType],
  ['Microsoft.Management.Infrastructure.CimConverter'],
  ['System.Net.IPEndPoint'],
  ['System.Net.NetworkInformation.PhysicalAddress'],
  ['System.Security.AccessControl.ObjectSecurity'],
  ['System.Security.Cryptography.X509Certificates.X500DistinguishedName'],
  ['System.DirectoryServices.DirectorySearcher'],
  ['Microsoft.Management.Infrastructure.CimSession'],
  ['Microsoft.PowerShell.Commands.PSPropertyExpression'],
  ['System.Security.Cryptography.X509Certificates.X509Certificate'],
];
for (const [fullName, baseType] of bare)
  if (!resolveType(fullName)) defineType(fullName, baseType ? { baseType } : {});
for (const fullName of accelerators.values())
  if (fullName.endsWith('Attribute') && !resolveType(fullName)) defineType(fullName, { baseType: attribute });
if (!resolveType('Microsoft.Management.Infrastructure.CimType'))
  defineEnum(
    'Microsoft.Management.Infrastructure.CimType',
    'Unknown,Boolean,UInt8,SInt8,UInt16,SInt16,UInt32,SInt32,UInt64,SInt64,Real32,Real64,Char16,DateTime,String,Reference,Instance,BooleanArray,UInt8Array,SInt8Array,UInt16Array,SInt16Array,UInt32Array,SInt32Array,UInt64Array,SInt64Array,Real32Array,Real64Array,Char16Array,DateTimeArray,StringArray,ReferenceArray,InstanceArray',
  );
defineEnum(`${namespace}.ExperimentAction`, 'None,Hide,Show');
const featureType = defineType(`${namespace}.ExperimentalFeature`, {
  assembly,
  members: [staticMethod(['bool IsEnabled(string featureName)', () => false])],
});
registerType(featureType);

/** What a script added itself: known to its session alone. */
interface OwnNames extends ScriptTypeNames {
  name(lower: string, type: DotNetType): void;
  forget(lower: string): boolean;
  readonly named: ReadonlyMap<string, DotNetType>;
}
const own = (): OwnNames => context().scriptTypes as OwnNames;
/** Names that PowerShell finds by their namespace, though this table keeps them as accelerators. */
const notAccelerators = new Set(['object', 'math', 'convert', 'environment']);
const acceleratorsType = defineType(`${namespace}.TypeAccelerators`, { assembly });
defineType(acceleratorsType.fullName, {
  members: [
    staticProperty('Get', 'System.Collections.Generic.Dictionary[string,type]', () => {
      const table = new DictionaryValue(
        resolveType('System.Collections.Generic.Dictionary[string,type]') ?? hashtableType,
        true,
      );
      for (const [name, fullName] of accelerators) {
        const type = notAccelerators.has(name) ? undefined : resolveType(fullName);
        if (type) table.set(name, type);
      }
      for (const [name, type] of own().named) table.set(name, type);
      return table;
    }),
    staticMethod([
      'void Add(string typeName, type type)',
      (_v, a) => own().name(str(a[0]).toLowerCase(), a[1] as DotNetType),
    ]),
    staticMethod(['bool Remove(string typeName)', (_v, a) => own().forget(str(a[0]).toLowerCase())]),
  ],
});

// --- names of types ------------------------------------------------------------------------------------------------

interface TypeName {
  readonly name: string;
  readonly type: DotNetType | undefined;
}
const typeNameType = defineType(`${namespace}.PSTypeName`, {
  assembly,
  constructors: constructors(
    [
      'PSTypeName new(string name)',
      (_v, a) => new DotNetObject<TypeName>(typeNameType, { name: str(a[0]), type: resolveType(str(a[0])) }),
    ],
    [
      'PSTypeName new(type type)',
      (_v, a) => {
        const type = a[0] as DotNetType;
        return new DotNetObject<TypeName>(typeNameType, { name: type.displayName, type });
      },
    ],
  ),
});
defineType(typeNameType.fullName, {
  members: [
    property('Name', 'string', (v) => state<TypeName>(v).name),
    property('Type', 'type', (v) => state<TypeName>(v).type ?? null),
    method(['string ToString()', (v) => state<TypeName>(v).name]),
  ],
});

// --- places and sizes on the console -------------------------------------------------------------------------------

function pair(name: string, first: string, second: string): DotNetType {
  const fullName = `${namespace}.Host.${name}`;
  const make = (a: number, b: number): Value => new DotNetObject<[number, number]>(type, [a, b]);
  const put = (at: 0 | 1) => (v: Value, x: Value) => void (state<[number, number]>(v)[at] = int(x));
  const type: DotNetType = defineType(fullName, {
    assembly,
    kind: 'struct',
    baseType: resolveType('System.ValueType') as DotNetType,
    constructors: constructors(
      [`${fullName} new()`, () => make(0, 0)],
      [
        `${fullName} new(int ${first.toLowerCase()}, int ${second.toLowerCase()})`,
        (_v, a) => make(int(a[0]), int(a[1])),
      ],
    ),
    members: [
      property(first, 'int', (v) => state<[number, number]>(v)[0], put(0)),
      property(second, 'int', (v) => state<[number, number]>(v)[1], put(1)),
      method(['string ToString()', (v) => state<[number, number]>(v).join(',')]),
      method([
        'bool Equals(System.Object obj)',
        (v, a) =>
          a[0] instanceof DotNetObject &&
          a[0].type === type &&
          String(state<[number, number]>(a[0])) === String(state<[number, number]>(v)),
      ]),
    ],
  });
  return type;
}
pair('Coordinates', 'X', 'Y');
pair('Size', 'Width', 'Height');

// --- the obsolete time zone ----------------------------------------------------------------------------------------

const zoneType = defineType('System.TimeZone', { isAbstract: true });
const currentZone = defineType('System.CurrentSystemTimeZone', { baseType: zoneType });
defineType(zoneType.fullName, {
  members: [
    staticProperty('CurrentTimeZone', zoneType.fullName, () => new DotNetObject(currentZone, null)),
    property('StandardName', 'string', (_v, c) => c.host.clock.zone.windowsId),
    property('DaylightName', 'string', (_v, c) =>
      c.host.clock.zone.windowsId.replace('Standard', 'Daylight'),
    ),
    ...['IsDaylightSavingTime', 'GetUtcOffset', 'ToUniversalTime', 'ToLocalTime'].map((name) =>
      method([
        `System.Object ${name}(datetime time)`,
        (_v, a) => {
          const local = resolveType('System.TimeZoneInfo')?.findMember('local', true);
          const found = local?.kind === 'property' ? local.get(null, context()) : null;
          const member =
            found instanceof DotNetObject ? found.type.findMember(name.toLowerCase()) : undefined;
          if (member?.kind !== 'method')
            throw dotNetError('System.NotSupportedException', 'Specified method is not supported.');
          return (member.overloads[0] as (typeof member.overloads)[number]).call(found, a, context());
        },
      ]),
    ),
  ],
});
defineEnum(`${namespace}.DebugModes`, 'None=0,Default=1,LocalScript=2,RemoteScript=4', true);
