import { contextIfAny } from './ambient.ts';
import { DotNetType, enumBaseType, objectType, runtimeType, typeType, valueTypeType } from './dotnet-type.ts';
import * as collections from './collections.ts';
import { exceptionTypes } from './dotnet/exceptions.ts';
import { errorRecordType } from './error-record.ts';
import * as objects from './objects.ts';
import * as scalars from './scalars.ts';
import { scriptBlockType } from './script-block.ts';

const resolved = new Map<string, DotNetType>();
/** Types by lower-case full name; open generics under `name`n`. */
const types = new Map<string, DotNetType>();

/** The classes and enums that the scripts of the running session define. */
export interface ScriptTypeNames {
  /** Whether a name, or a part of it between brackets, may be one of them. */
  mayName(name: string): boolean;
  /** The type such a name means for the code that runs now. */
  find(lower: string): DotNetType | undefined;
  all(): Iterable<DotNetType>;
}
const scriptTypes = (): ScriptTypeNames | undefined => contextIfAny()?.scriptTypes;

export function registerType(type: DotNetType): DotNetType {
  types.set(type.fullName.toLowerCase(), type);
  return type;
}

/** Every type by its full name, in the order they were made known. */
export const knownTypes = (): Iterable<DotNetType> => [...types.values(), ...(scriptTypes()?.all() ?? [])];

export function defineType(
  fullName: string,
  definition: Omit<ConstructorParameters<typeof DotNetType>[0], 'fullName'> = {},
): DotNetType {
  const known = types.get(fullName.toLowerCase());
  if (known) {
    for (const member of definition.members ?? []) known.addMember(member);
    if (definition.constructors) known.constructors = definition.constructors;
    return known;
  }
  return registerType(new DotNetType({ baseType: objectType, ...definition, fullName }));
}

/** `names` as `A,B,C=5,D`; values count up. */
export function defineEnum(
  fullName: string,
  names: string,
  isFlags = false,
  underlying = 'System.Int32',
): DotNetType {
  const values = new Map<string, number>();
  let next = 0;
  for (const part of names.split(',')) {
    const [name, value] = part.split('=') as [string, string?];
    if (value !== undefined) next = Number(value);
    values.set(name, next);
    next++;
  }
  return registerType(
    new DotNetType({
      fullName,
      baseType: enumBaseType,
      kind: 'enum',
      enumValues: values,
      isFlags,
      underlying,
      isSealed: true,
    }),
  );
}

for (const group of [objects, scalars, collections]) {
  for (const value of Object.values(group)) if (value instanceof DotNetType) registerType(value);
}
for (const type of [
  objectType,
  valueTypeType,
  enumBaseType,
  typeType,
  runtimeType,
  errorRecordType,
  scriptBlockType,
])
  registerType(type);
for (const type of exceptionTypes.values()) registerType(type);

export const nullableType = defineType('System.Nullable`1', { kind: 'struct', baseType: valueTypeType });
export const listType = defineType('System.Collections.Generic.List`1', {
  interfaces: [
    'System.Collections.IList',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
  ],
});
for (const name of [
  'System.Collections.IEnumerable',
  'System.Collections.IList',
  'System.Collections.ICollection',
  'System.Collections.IDictionary',
  'System.IComparable',
  'System.IConvertible',
  'System.IFormattable',
  'System.ICloneable',
  'System.IDisposable',
  'System.Collections.IEnumerator',
  'System.Collections.IComparer',
  'System.Collections.IEqualityComparer',
  'System.Collections.Generic.IEnumerable`1',
  'System.Collections.Generic.IList`1',
  'System.Collections.Generic.IDictionary`2',
  'System.Collections.Generic.IComparer`1',
  'System.Collections.Generic.IEqualityComparer`1',
  'System.IComparable`1',
  'System.IEquatable`1',
  'System.Collections.Generic.ICollection`1',
  'System.Collections.Specialized.IOrderedDictionary',
  'System.Management.Automation.IDynamicParameters',
  'System.Management.Automation.IScriptExtent',
])
  defineType(name, { kind: 'interface', baseType: null });

/** PowerShell's type accelerators. */
export const accelerators: ReadonlyMap<string, string> = new Map(
  `int System.Int32|int32 System.Int32|long System.Int64|int64 System.Int64|string System.String|bool System.Boolean|byte System.Byte
char System.Char|double System.Double|float System.Single|single System.Single|decimal System.Decimal|sbyte System.SByte
short System.Int16|int16 System.Int16|ushort System.UInt16|uint16 System.UInt16|uint System.UInt32|uint32 System.UInt32|ulong System.UInt64|uint64 System.UInt64
bigint System.Numerics.BigInteger|object System.Object|void System.Void|array System.Array|hashtable System.Collections.Hashtable
datetime System.DateTime|timespan System.TimeSpan|guid System.Guid|uri System.Uri|version System.Version|regex System.Text.RegularExpressions.Regex
xml System.Xml.XmlDocument|type System.Type|scriptblock System.Management.Automation.ScriptBlock|switch System.Management.Automation.SwitchParameter
ref System.Management.Automation.PSReference|psobject System.Management.Automation.PSObject|pscustomobject System.Management.Automation.PSObject|ordered System.Collections.Specialized.OrderedDictionary
psvariable System.Management.Automation.PSVariable|psnoteproperty System.Management.Automation.PSNoteProperty|psscriptproperty System.Management.Automation.PSScriptProperty
psscriptmethod System.Management.Automation.PSScriptMethod|psaliasproperty System.Management.Automation.PSAliasProperty|psprimitivedictionary System.Management.Automation.PSPrimitiveDictionary
pscredential System.Management.Automation.PSCredential|securestring System.Security.SecureString|mailaddress System.Net.Mail.MailAddress|ipaddress System.Net.IPAddress
cultureinfo System.Globalization.CultureInfo|math System.Math|convert System.Convert|environment System.Environment|wmi System.Management.ManagementObject|wmiclass System.Management.ManagementClass|wmisearcher System.Management.ManagementObjectSearcher|adsi System.DirectoryServices.DirectoryEntry
cimclass Microsoft.Management.Infrastructure.CimClass|ciminstance Microsoft.Management.Infrastructure.CimInstance|cimsession Microsoft.Management.Infrastructure.CimSession
powershell System.Management.Automation.PowerShell|runspace System.Management.Automation.Runspaces.Runspace|runspacefactory System.Management.Automation.Runspaces.RunspaceFactory|initialsessionstate System.Management.Automation.Runspaces.InitialSessionState
psmoduleinfo System.Management.Automation.PSModuleInfo|pslistmodifier System.Management.Automation.PSListModifier|x509certificate System.Security.Cryptography.X509Certificates.X509Certificate
alias System.Management.Automation.AliasAttribute|allowemptycollection System.Management.Automation.AllowEmptyCollectionAttribute|allowemptystring System.Management.Automation.AllowEmptyStringAttribute
allownull System.Management.Automation.AllowNullAttribute|cmdletbinding System.Management.Automation.CmdletBindingAttribute|parameter System.Management.Automation.ParameterAttribute|outputtype System.Management.Automation.OutputTypeAttribute
validatecount System.Management.Automation.ValidateCountAttribute|validatelength System.Management.Automation.ValidateLengthAttribute|validatenotnull System.Management.Automation.ValidateNotNullAttribute
validatenotnullorempty System.Management.Automation.ValidateNotNullOrEmptyAttribute|validatenotnullorwhitespace System.Management.Automation.ValidateNotNullOrWhiteSpaceAttribute|validatepattern System.Management.Automation.ValidatePatternAttribute|validaterange System.Management.Automation.ValidateRangeAttribute
validatescript System.Management.Automation.ValidateScriptAttribute|validateset System.Management.Automation.ValidateSetAttribute|validatedrive System.Management.Automation.ValidateDriveAttribute|supportswildcards System.Management.Automation.SupportsWildcardsAttribute|semver System.Management.Automation.SemanticVersion|nullstring System.Management.Automation.Language.NullString
argumentcompleter System.Management.Automation.ArgumentCompleterAttribute|argumentcompletions System.Management.Automation.ArgumentCompletionsAttribute|dscresource System.Management.Automation.DscResourceAttribute|dscproperty System.Management.Automation.DscPropertyAttribute|dsclocalconfigurationmanager System.Management.Automation.DscLocalConfigurationManagerAttribute|experimentaction System.Management.Automation.ExperimentAction|experimental System.Management.Automation.ExperimentalAttribute|experimentalfeature System.Management.Automation.ExperimentalFeature|cimtype Microsoft.Management.Infrastructure.CimType|cimconverter Microsoft.Management.Infrastructure.CimConverter|ipendpoint System.Net.IPEndPoint|objectsecurity System.Security.AccessControl.ObjectSecurity|physicaladdress System.Net.NetworkInformation.PhysicalAddress|psdefaultvalue System.Management.Automation.PSDefaultValueAttribute|pstypenameattribute System.Management.Automation.PSTypeNameAttribute|validateuserdrive System.Management.Automation.ValidateUserDriveAttribute|wildcardpattern System.Management.Automation.WildcardPattern|x500distinguishedname System.Security.Cryptography.X509Certificates.X500DistinguishedName|psvariableproperty System.Management.Automation.PSVariableProperty|pspropertyexpression Microsoft.PowerShell.Commands.PSPropertyExpression|norunspaceaffinity System.Management.Automation.Language.NoRunspaceAffinityAttribute|adsisearcher System.DirectoryServices.DirectorySearcher`
    .replace(/\n/g, '|')
    .split('|')
    .map((line) => line.split(' ') as [string, string]),
);
const shortNames = new Map<string, string>();
for (const [short, full] of accelerators) if (!shortNames.has(full)) shortNames.set(full, short);
shortNames.set('System.Management.Automation.PSObject', 'psobject');
for (const full of [
  'System.Math',
  'System.Convert',
  'System.Environment',
  'System.Management.Automation.SemanticVersion',
])
  shortNames.delete(full);

const closed = new Map<string, DotNetType>();

/** `List`1` and `int` give `List[int]`. One instance per list of arguments. */
export function closeGeneric(open: DotNetType, args: readonly DotNetType[]): DotNetType {
  const key = `${open.fullName}[${args.map((a) => a.displayName).join(',')}]`;
  let type = closed.get(key);
  // Two scripts may each have a class of that name.
  if (!type?.genericArguments.every((a, i) => a === args[i])) {
    type = new DotNetType({
      fullName: open.fullName,
      baseType: open.baseType,
      interfaces: open.interfaces,
      kind: open.kind,
      constructors: open.constructors,
      genericArguments: args,
      assembly: open.assembly,
    });
    for (const member of open.instanceMembers.values()) type.addMember(member);
    for (const member of open.staticMembers.values()) type.addMember(member);
    type.events = open.events;
    closed.set(key, type);
  }
  return type;
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '[') depth++;
    else if (c === ']') depth--;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((p) => p.trim().replace(/^\[(.*)\]$/s, '$1'));
}

/** A type by the name a script writes between brackets; undefined where it is unknown. `using` adds namespaces. */
export function resolveType(name: string, using: readonly string[] = []): DotNetType | undefined {
  if (using.length > 0 || scriptTypes()?.mayName(name)) return resolveUncached(name, using);
  const known = resolved.get(name);
  if (known) return known;
  const type = resolveUncached(name, using);
  if (type) resolved.set(name, type);
  return type;
}

function resolveUncached(name: string, using: readonly string[]): DotNetType | undefined {
  let text = name.trim();
  const arraySuffix = /^(.*?)\[(,*)\]$/s.exec(text);
  if (arraySuffix) {
    const element = resolveType(arraySuffix[1] as string, using);
    return element && objects.arrayTypeOf(element, (arraySuffix[2] as string).length + 1);
  }
  const generic = /^([^[\]]+)\[(.+)\]$/s.exec(text);
  if (generic) {
    const args = splitArguments(generic[2] as string).map((part) => resolveType(part, using));
    const base = (generic[1] as string).trim().replace(/`\d+$/, '');
    const open = resolveSimple(`${base}\`${args.length}`, using);
    if (!open || args.some((a) => !a)) return undefined;
    return closeGeneric(open, args as DotNetType[]);
  }
  const comma = text.indexOf(',');
  if (comma > 0) text = text.slice(0, comma);
  return resolveSimple(text, using);
}

function resolveSimple(text: string, using: readonly string[]): DotNetType | undefined {
  const lower = text.toLowerCase();
  const own = scriptTypes()?.find(lower);
  if (own) return own;
  const accelerated = accelerators.get(lower);
  if (accelerated) {
    const type = types.get(accelerated.toLowerCase());
    if (type) return type;
  }
  const direct = types.get(lower) ?? types.get(`system.${lower}`);
  if (direct) return direct;
  for (const namespace of using) {
    const type = types.get(`${namespace.toLowerCase()}.${lower}`);
    if (type) return type;
  }
  return undefined;
}

/** The type a property's values are of; undefined where the table does not know it. */
export const propertyType = (property: {
  readonly typeName: string;
  readonly valueType?: DotNetType;
}): DotNetType | undefined => property.valueType ?? resolveType(property.typeName);

/** A type as PowerShell writes it in messages and definitions: `int`, `string[]`, `System.IO.FileInfo`. */
export function typeShortName(type: DotNetType): string {
  if (type.elementType) return `${typeShortName(type.elementType)}[${','.repeat(type.rank - 1)}]`;
  if (type.genericArguments.length > 0)
    return `${type.fullName.replace(/`\d+$/, '')}[${type.genericArguments.map(typeShortName).join(',')}]`;
  return shortNames.get(type.fullName) ?? type.fullName;
}
