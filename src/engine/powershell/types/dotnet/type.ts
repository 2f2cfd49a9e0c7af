import { arrayTypeOf, DotNetObject, PSArray, EnumValue, stringArray } from '../objects.ts';
import { convertTo } from '../convert.ts';
import { dotNetError } from '../errors.ts';
import type { DotNetMember } from '../dotnet-type.ts';
import { DotNetType, enumBaseType, objectType, typeType } from '../dotnet-type.ts';
import { elementsOf } from '../enumerate.ts';
import { exceptionType } from '../error-record.ts';
import { enumText } from '../enum-text.ts';
import { closeGeneric, defineEnum, defineType, resolveType } from '../registry.ts';
import { parseSignature } from '../signature.ts';
import { callMethod, callStatic, getProperty, getStatic, setProperty } from '../member.ts';
import { typeOf } from '../type-of.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { bits, flag, int, state, str } from './arguments.ts';
import { method, property, staticMethod, staticProperty } from './define.ts';

const t = (v: Value | undefined): DotNetType => v as DotNetType;
const version = 'Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e';

/** `Type.FullName`: type arguments with their assemblies, as .NET writes it. */
export function fullNameOf(type: DotNetType): string {
  if (type.elementType) return `${fullNameOf(type.elementType)}[${','.repeat(type.rank - 1)}]`;
  if (type.genericArguments.length === 0) return type.fullName;
  return `${type.fullName}[${type.genericArguments.map((a) => `[${assemblyQualified(a)}]`).join(',')}]`;
}
const assemblyQualified = (type: DotNetType): string => `${fullNameOf(type)}, ${type.assembly}, ${version}`;
const nameOf = (type: DotNetType): string =>
  type.elementType ? `${nameOf(type.elementType)}[${','.repeat(type.rank - 1)}]` : type.name;

const notSerializable = /^System\.(IO|Management|Diagnostics|Net|Xml|ServiceProcess|Threading|Linq)\./;
const isSerializable = (type: DotNetType): boolean =>
  type.elementType !== undefined ||
  type.kind === 'enum' ||
  type.isAssignableTo(exceptionType) ||
  (/^System\.[A-Za-z0-9`.]+$/.test(type.fullName) &&
    !notSerializable.test(type.fullName) &&
    type.kind !== 'interface');
const primitives = new Set(
  [
    'Boolean',
    'Byte',
    'SByte',
    'Int16',
    'UInt16',
    'Int32',
    'UInt32',
    'Int64',
    'UInt64',
    'IntPtr',
    'UIntPtr',
    'Char',
    'Double',
    'Single',
  ].map((n) => `System.${n}`),
);

defineEnum(
  'System.Reflection.BindingFlags',
  'Default=0,IgnoreCase=1,DeclaredOnly=2,Instance=4,Static=8,Public=16,NonPublic=32,FlattenHierarchy=64,InvokeMethod=256,CreateInstance=512,GetField=1024,SetField=2048,GetProperty=4096,SetProperty=8192',
  true,
);
const memberTypes = defineEnum(
  'System.Reflection.MemberTypes',
  'Constructor=1,Event=2,Field=4,Method=8,Property=16,TypeInfo=32,Custom=64,NestedType=128,All=191',
  true,
);

/** What reflection tells of a member: one overload of a method, a property or field. */
interface MemberInfo {
  readonly declaring: DotNetType;
  readonly member: DotNetMember;
  /** Signature of the overload. */
  readonly signature: string;
}
const info = (v: Value): MemberInfo => state<MemberInfo>(v);
const memberInfoType = defineType('System.Reflection.MemberInfo', {
  members: [
    property('Name', 'string', (v) => (v instanceof DotNetType ? nameOf(v) : info(v).member.name)),
    property('DeclaringType', 'type', (v) => (v instanceof DotNetType ? null : info(v).declaring)),
    property('MemberType', 'System.Reflection.MemberTypes', (v) => {
      if (v instanceof DotNetType) return new EnumValue(memberTypes, 32);
      const { member } = info(v);
      return new EnumValue(memberTypes, member.kind === 'method' ? 8 : member.isField ? 4 : 16);
    }),
  ],
});
const parameterInfoType = defineType('System.Reflection.ParameterInfo', {
  members: [
    property('Name', 'string', (v) => state<{ name: string }>(v).name),
    property(
      'ParameterType',
      'type',
      (v) => resolveType(state<{ typeName: string }>(v).typeName) ?? objectType,
    ),
    property('Position', 'int', (v) => state<{ position: number }>(v).position),
    property('IsOptional', 'bool', (v) => state<{ optional: boolean }>(v).optional),
  ],
});
const signature = (v: Value): string => info(v).signature;
const methodInfoType = defineType('System.Reflection.MethodInfo', {
  baseType: memberInfoType,
  members: [
    property('ReturnType', 'type', (v) => resolveType(parseSignature(signature(v)).returnType) ?? objectType),
    property('IsStatic', 'bool', (v) => info(v).member.isStatic),
    property('IsPublic', 'bool', () => true),
    method([
      'System.Reflection.ParameterInfo[] GetParameters()',
      (v) =>
        new PSArray(
          parseSignature(signature(v)).parameters.map(
            (p, position) => new DotNetObject(parameterInfoType, { ...p, position }),
          ),
          parameterInfoType,
        ),
    ]),
    method([
      'System.Object Invoke(System.Object obj, System.Object[] parameters)',
      (v, a) => {
        const { member, declaring } = info(v);
        const args = [...(elementsOf(a[1] ?? null) ?? [])];
        return member.isStatic
          ? callStatic(declaring, member.name, args)
          : callMethod(a[0] as Value, member.name, args);
      },
    ]),
    method(['string ToString()', (v) => signature(v)]),
  ],
});
const propertyInfoType = defineType('System.Reflection.PropertyInfo', {
  baseType: memberInfoType,
  members: [
    property(
      'PropertyType',
      'type',
      (v) => resolveType((info(v).member as { typeName: string }).typeName) ?? objectType,
    ),
    property(
      'FieldType',
      'type',
      (v) => resolveType((info(v).member as { typeName: string }).typeName) ?? objectType,
    ),
    property('CanRead', 'bool', () => true),
    property('CanWrite', 'bool', (v) => (info(v).member as { set?: unknown }).set !== undefined),
    property('IsStatic', 'bool', (v) => info(v).member.isStatic),
    method(
      ['System.Object GetValue(System.Object obj)', (v, a) => valueOf(v, a[0])],
      ['System.Object GetValue(System.Object obj, System.Object[] index)', (v, a) => valueOf(v, a[0])],
    ),
    method(
      [
        'void SetValue(System.Object obj, System.Object value)',
        (v, a) => setProperty(a[0] as Value, info(v).member.name, a[1] as Value),
      ],
      [
        'void SetValue(System.Object obj, System.Object value, System.Object[] index)',
        (v, a) => setProperty(a[0] as Value, info(v).member.name, a[1] as Value),
      ],
    ),
    method([
      'string ToString()',
      (v) => `${(info(v).member as { typeName: string }).typeName} ${info(v).member.name}`,
    ]),
  ],
});
const fieldInfoType = defineType('System.Reflection.FieldInfo', { baseType: propertyInfoType });
const valueOf = (v: Value, target: Value | undefined): Value => {
  const { member, declaring } = info(v);
  return (
    (member.isStatic ? getStatic(declaring, member.name) : getProperty(target ?? null, member.name)) ?? null
  );
};

function membersOf(type: DotNetType, wants: (m: DotNetMember) => boolean): MemberInfo[] {
  const found: MemberInfo[] = [];
  const seen = new Set<string>();
  for (let level: DotNetType | null = type; level; level = level.baseType) {
    for (const map of [
      level.instanceMembers,
      level === type ? level.staticMembers : new Map<string, DotNetMember>(),
    ])
      for (const member of map.values()) {
        const key = `${member.isStatic}${member.name.toLowerCase()}`;
        if (seen.has(key) || !wants(member)) continue;
        seen.add(key);
        if (member.kind === 'property') found.push({ declaring: level, member, signature: '' });
        else
          for (const o of member.overloads) found.push({ declaring: level, member, signature: o.signature });
      }
  }
  return found;
}
const isField = (m: DotNetMember): boolean => m.kind === 'property' && m.isField === true;
const isProperty = (m: DotNetMember): boolean => m.kind === 'property' && !m.isField;
const isMethod = (m: DotNetMember): boolean => m.kind === 'method';
const infoObject = (one: MemberInfo): Value =>
  new DotNetObject(
    one.member.kind === 'method' ? methodInfoType : one.member.isField ? fieldInfoType : propertyInfoType,
    one,
  );
const listOf = (v: Value, wants: (m: DotNetMember) => boolean, of: DotNetType): PSArray =>
  new PSArray(membersOf(t(v), wants).map(infoObject), of);
/** Enum constants are static fields. */
const enumFields = (v: Value): MemberInfo[] =>
  [...(t(v).enumValues?.keys() ?? [])].map((name) => ({
    declaring: t(v),
    member: staticProperty(name, t(v).fullName, () => getStatic(t(v), name) ?? null),
    signature: '',
  }));
function one(
  v: Value,
  name: Value | undefined,
  wants: (m: DotNetMember) => boolean,
  ignoreCase = false,
): Value {
  const found = membersOf(t(v), wants).find((m) =>
    ignoreCase ? m.member.name.toLowerCase() === str(name).toLowerCase() : m.member.name === str(name),
  );
  return found ? infoObject(found) : null;
}

/** Assemblies whose types are here from the start. */
const assemblies = new Set(
  'system,system.core,system.xml,system.security,system.web,system.net.http,system.io.compression,system.io.compression.filesystem,system.management.automation,mscorlib'.split(
    ',',
  ),
);
const assemblyType = defineType('System.Reflection.Assembly', {
  members: [
    property('FullName', 'string', (v) => `${state<string>(v)}, ${version}`),
    property('Location', 'string', () => ''),
    property('IsDynamic', 'bool', () => false),
    method([
      'System.Reflection.AssemblyName GetName()',
      (v) => new DotNetObject(assemblyNameType, state<string>(v)),
    ]),
    method(['string ToString()', (v) => `${state<string>(v)}, ${version}`]),
    method(['type GetType(string name)', (_v, a) => resolveType(str(a[0])) ?? null]),
    staticMethod([
      'System.Reflection.Assembly LoadWithPartialName(string partialName)',
      (_v, a) => (assemblies.has(str(a[0]).toLowerCase()) ? new DotNetObject(assemblyType, str(a[0])) : null),
    ]),
  ],
});
const assemblyNameType = defineType('System.Reflection.AssemblyName', {
  members: [
    property('Name', 'string', (v) => state<string>(v)),
    property('FullName', 'string', (v) => `${state<string>(v)}, ${version}`),
    method(['string ToString()', (v) => `${state<string>(v)}, ${version}`]),
  ],
});

const typeCodes = defineEnum(
  'System.TypeCode',
  'Empty,Object,DBNull,Boolean,Char,SByte,Byte,Int16,UInt16,Int32,UInt32,Int64,UInt64,Single,Double,Decimal,DateTime,String=18',
);
const underlying = (v: Value): DotNetType => {
  if (t(v).kind !== 'enum')
    throw dotNetError('System.ArgumentException', "Type provided must be an Enum. (Parameter 'enumType')");
  return resolveType(t(v).underlying) as DotNetType;
};

defineType(typeType.fullName, {
  members: [
    property('Name', 'string', (v) => nameOf(t(v))),
    property('FullName', 'string', (v) => fullNameOf(t(v))),
    property('Namespace', 'string', (v) => (t(v).elementType ?? t(v)).namespace || null),
    property('AssemblyQualifiedName', 'string', (v) => assemblyQualified(t(v))),
    property('Assembly', 'System.Reflection.Assembly', (v) => new DotNetObject(assemblyType, t(v).assembly)),
    property('BaseType', 'type', (v) => t(v).baseType),
    property('UnderlyingSystemType', 'type', (v) => v),
    property('IsPublic', 'bool', () => true),
    property('IsSerializable', 'bool', (v) => isSerializable(t(v))),
    property('IsValueType', 'bool', (v) => t(v).isValueType),
    property('IsEnum', 'bool', (v) => t(v).kind === 'enum'),
    property('IsClass', 'bool', (v) => !t(v).isValueType && t(v).kind !== 'interface'),
    property('IsInterface', 'bool', (v) => t(v).kind === 'interface'),
    property('IsArray', 'bool', (v) => t(v).elementType !== undefined),
    property('IsAbstract', 'bool', (v) => t(v).isAbstract || t(v).kind === 'interface'),
    property('IsSealed', 'bool', (v) => t(v).isSealed || t(v).isValueType),
    property('IsPrimitive', 'bool', (v) => primitives.has(t(v).fullName)),
    property('IsGenericType', 'bool', (v) => t(v).fullName.includes('`')),
    property(
      'IsGenericTypeDefinition',
      'bool',
      (v) => t(v).fullName.includes('`') && t(v).genericArguments.length === 0,
    ),
    property('IsConstructedGenericType', 'bool', (v) => t(v).genericArguments.length > 0),
    property('GenericTypeArguments', 'type[]', (v) => new PSArray([...t(v).genericArguments], typeType)),
    property('IsNested', 'bool', (v) => t(v).fullName.includes('+')),
    property('IsVisible', 'bool', () => true),
    property('IsByRef', 'bool', () => false),
    property('IsCOMObject', 'bool', () => false),
    property('MemberType', 'System.Reflection.MemberTypes', () => new EnumValue(memberTypes, 32)),
    property('DeclaredMethods', 'System.Object[]', (v) => listOf(v, isMethod, methodInfoType)),
    property('DeclaredProperties', 'System.Object[]', (v) => listOf(v, isProperty, propertyInfoType)),
    property('ImplementedInterfaces', 'type[]', (v) => interfaces(t(v))),
    method(['string ToString()', (v) => t(v).displayName]),
    method(['bool Equals(System.Object o)', (v, a) => a[0] === v]),
    method([
      'bool IsAssignableFrom(type c)',
      (v, a) => a[0] instanceof DotNetType && a[0].isAssignableTo(t(v)),
    ]),
    method([
      'bool IsAssignableTo(type targetType)',
      (v, a) => a[0] instanceof DotNetType && t(v).isAssignableTo(a[0]),
    ]),
    method([
      'bool IsInstanceOfType(System.Object o)',
      (v, a) => !isNull(a[0] ?? null) && (typeOf(a[0] as Value)?.isAssignableTo(t(v)) ?? false),
    ]),
    method([
      'bool IsSubclassOf(type c)',
      (v, a) =>
        v !== a[0] && a[0] instanceof DotNetType && a[0].kind !== 'interface' && t(v).isAssignableTo(a[0]),
    ]),
    method(['type GetElementType()', (v) => t(v).elementType ?? null]),
    method(['int GetArrayRank()', (v) => t(v).rank]),
    method(['type[] GetGenericArguments()', (v) => new PSArray([...t(v).genericArguments], typeType)]),
    method(['type GetGenericTypeDefinition()', (v) => resolveType(t(v).fullName) ?? v]),
    method([
      'type MakeGenericType(Params type[] typeArguments)',
      (v, a) => closeGeneric(t(v), [...(elementsOf(a[0] ?? null) ?? [])].map(t)),
    ]),
    method(
      ['type MakeArrayType()', (v) => arrayTypeOf(t(v))],
      ['type MakeArrayType(int rank)', (v, a) => arrayTypeOf(t(v), int(a[0]))],
    ),
    method(['type[] GetInterfaces()', (v) => interfaces(t(v))]),
    method([
      'type GetInterface(string name)',
      (v, a) =>
        (interfaces(t(v)).items as DotNetType[]).find(
          (i) => i.name === str(a[0]) || i.fullName === str(a[0]),
        ) ?? null,
    ]),
    method(['string[] GetEnumNames()', (v) => stringArray([...(t(v).enumValues?.keys() ?? [])])]),
    method([
      'array GetEnumValues()',
      (v) =>
        new PSArray(
          enumFields(v).map((f) => getStatic(t(v), f.member.name) ?? null),
          t(v),
        ),
    ]),
    method(['type GetEnumUnderlyingType()', underlying]),
    method(
      ['System.Reflection.MethodInfo[] GetMethods()', (v) => listOf(v, isMethod, methodInfoType)],
      [
        'System.Reflection.MethodInfo[] GetMethods(System.Reflection.BindingFlags bindingAttr)',
        (v) => listOf(v, isMethod, methodInfoType),
      ],
    ),
    method(
      ['System.Reflection.PropertyInfo[] GetProperties()', (v) => listOf(v, isProperty, propertyInfoType)],
      [
        'System.Reflection.PropertyInfo[] GetProperties(System.Reflection.BindingFlags bindingAttr)',
        (v) => listOf(v, isProperty, propertyInfoType),
      ],
    ),
    method(
      ['System.Reflection.FieldInfo[] GetFields()', (v) => fields(v)],
      [
        'System.Reflection.FieldInfo[] GetFields(System.Reflection.BindingFlags bindingAttr)',
        (v) => fields(v),
      ],
    ),
    method(
      ['System.Reflection.MemberInfo[] GetMembers()', (v) => listOf(v, () => true, memberInfoType)],
      [
        'System.Reflection.MemberInfo[] GetMembers(System.Reflection.BindingFlags bindingAttr)',
        (v) => listOf(v, () => true, memberInfoType),
      ],
    ),
    method([
      'System.Reflection.MemberInfo[] GetMember(string name)',
      (v, a) => listOf(v, (m) => m.name === str(a[0]), memberInfoType),
    ]),
    method(
      ['System.Reflection.MethodInfo GetMethod(string name)', (v, a) => one(v, a[0], isMethod)],
      [
        'System.Reflection.MethodInfo GetMethod(string name, System.Reflection.BindingFlags bindingAttr)',
        (v, a) => one(v, a[0], isMethod, (bits(a[1]) & 1) !== 0),
      ],
      [
        'System.Reflection.MethodInfo GetMethod(string name, type[] types)',
        (v, a) => {
          const wanted = [...(elementsOf(a[1] ?? null) ?? [])];
          const found = membersOf(t(v), isMethod).find((m) => {
            if (m.member.name !== str(a[0])) return false;
            const types = parseSignature(m.signature).parameters.map((p) => resolveType(p.typeName));
            return types.length === wanted.length && types.every((x, i) => x === wanted[i]);
          });
          return found ? infoObject(found) : null;
        },
      ],
    ),
    method(
      ['System.Reflection.PropertyInfo GetProperty(string name)', (v, a) => one(v, a[0], isProperty)],
      [
        'System.Reflection.PropertyInfo GetProperty(string name, System.Reflection.BindingFlags bindingAttr)',
        (v, a) => one(v, a[0], isProperty, (bits(a[1]) & 1) !== 0),
      ],
    ),
    method(
      ['System.Reflection.FieldInfo GetField(string name)', (v, a) => one(v, a[0], isField)],
      [
        'System.Reflection.FieldInfo GetField(string name, System.Reflection.BindingFlags bindingAttr)',
        (v, a) => one(v, a[0], isField),
      ],
    ),
    method([
      'System.Reflection.ConstructorInfo[] GetConstructors()',
      (v) =>
        new PSArray(
          t(v).constructors.map((o) =>
            infoObject({
              declaring: t(v),
              member: { kind: 'method', name: '.ctor', isStatic: true, overloads: [o] },
              signature: o.signature,
            }),
          ),
          methodInfoType,
        ),
    ]),
    method(
      ['System.Object[] GetCustomAttributes(bool inherit)', () => new PSArray([])],
      ['System.Object[] GetCustomAttributes(type attributeType, bool inherit)', () => new PSArray([])],
    ),
    method([
      'System.Object InvokeMember(string name, System.Reflection.BindingFlags invokeAttr, System.Object binder, System.Object target, System.Object[] args)',
      (v, a) => {
        const how = bits(a[1]);
        const target = a[3] ?? null;
        const args = [...(elementsOf(a[4] ?? null) ?? [])];
        const name = str(a[0]);
        if (how & 4096 || how & 1024)
          return (isNull(target) ? getStatic(t(v), name) : getProperty(target, name)) ?? null;
        if (how & 8192 || how & 2048) {
          setProperty(target, name, args[0] ?? null);
          return null;
        }
        return isNull(target) ? callStatic(t(v), name, args) : callMethod(target, name, args);
      },
    ]),
    staticMethod(
      ['type GetType(string typeName)', (_v, a) => resolveType(str(a[0])) ?? null],
      [
        'type GetType(string typeName, bool throwOnError)',
        (_v, a) => {
          const found = resolveType(str(a[0]));
          if (!found && flag(a[1]))
            throw dotNetError(
              'System.TypeLoadException',
              `Could not load type '${str(a[0])}' from assembly 'System.Management.Automation'.`,
            );
          return found ?? null;
        },
      ],
      [
        'type GetType(string typeName, bool throwOnError, bool ignoreCase)',
        (_v, a) => resolveType(str(a[0])) ?? null,
      ],
    ),
    staticMethod([
      'System.TypeCode GetTypeCode(type type)',
      (_v, a) => {
        const values = typeCodes.enumValues as ReadonlyMap<string, number>;
        const type =
          a[0] instanceof DotNetType && a[0].kind === 'enum'
            ? resolveType(a[0].underlying)
            : (a[0] as DotNetType | null);
        return new EnumValue(typeCodes, type === null ? 0 : (values.get((type as DotNetType).name) ?? 1));
      },
    ]),
    staticMethod(['type GetTypeFromProgID(string progID)', () => null]),
    staticProperty('EmptyTypes', 'type[]', () => new PSArray([], typeType)),
  ],
});
const interfaces = (type: DotNetType): PSArray => {
  const names = new Set<string>();
  for (let level: DotNetType | null = type; level; level = level.baseType)
    for (const name of level.interfaces) names.add(name);
  return new PSArray(
    [...names].map((name) => resolveType(name)).filter((x) => x !== undefined),
    typeType,
  );
};
const fields = (v: Value): PSArray =>
  new PSArray([...enumFields(v), ...membersOf(t(v), isField)].map(infoObject), fieldInfoType);

const enumOf = (v: Value | undefined): DotNetType => {
  if (!(v instanceof DotNetType) || v.kind !== 'enum')
    throw dotNetError('System.ArgumentException', "Type provided must be an Enum. (Parameter 'enumType')");
  return v;
};
function parseEnum(type: DotNetType, text: string, ignoreCase: boolean): EnumValue {
  let result = 0n;
  for (const raw of text.split(',')) {
    const part = raw.trim();
    if (/^[+-]?\d+$/.test(part)) {
      result |= BigInt(part);
      continue;
    }
    const name = [...(type.enumValues?.keys() ?? [])].find((n) =>
      ignoreCase ? n.toLowerCase() === part.toLowerCase() : n === part,
    );
    if (part === '')
      throw dotNetError(
        'System.ArgumentException',
        "Must specify valid information for parsing in the string. (Parameter 'value')",
      );
    if (name === undefined)
      throw dotNetError('System.ArgumentException', `Requested value '${part}' was not found.`);
    result |= BigInt(type.enumValues?.get(name) ?? 0);
  }
  return enumObject(type, result);
}
const enumObject = (type: DotNetType, n: bigint): EnumValue =>
  new EnumValue(type, /Int64$/.test(type.underlying) ? n : Number(n));
const numberOf = (v: Value | undefined): bigint =>
  v instanceof EnumValue ? BigInt(v.value) : BigInt(Math.trunc(int(v)));
/** In the order of the values as unsigned numbers, as Enum.GetValues gives them. */
const sorted = (type: DotNetType): [string, bigint][] =>
  [...(type.enumValues ?? [])]
    .map(([name, n]): [string, bigint] => [name, BigInt(n)])
    .sort((a, b) => {
      const [x, y] = [BigInt.asUintN(64, a[1]), BigInt.asUintN(64, b[1])];
      return x < y ? -1 : x > y ? 1 : 0;
    });
/** Formats D, X, G and F. */
function enumFormat(value: EnumValue, format: string): string {
  switch (format.toUpperCase()) {
    case 'D':
      return String(value.value);
    case 'X': {
      const size = bytesOf.get(value.type.underlying) ?? 4;
      return BigInt.asUintN(size * 8, BigInt(value.value))
        .toString(16)
        .toUpperCase()
        .padStart(size * 2, '0');
    }
    default:
      return enumText(value);
  }
}
const bytesOf: ReadonlyMap<string, number> = new Map([
  ['System.SByte', 1],
  ['System.Byte', 1],
  ['System.Int16', 2],
  ['System.UInt16', 2],
  ['System.Int64', 8],
  ['System.UInt64', 8],
]);
const attemptEnum = (
  type: Value | undefined,
  text: Value | undefined,
  ignoreCase: boolean,
  target: Value | undefined,
): boolean => {
  const set = (value: Value): void => {
    if (target instanceof DotNetObject && 'set' in (target.state as object))
      (target.state as { set(x: Value): void }).set(value);
  };
  try {
    set(parseEnum(enumOf(type), str(text), ignoreCase));
    return true;
  } catch {
    set(null);
    return false;
  }
};
defineType(enumBaseType.fullName, {
  members: [
    method(
      ['string ToString()', (v) => enumText(v as EnumValue)],
      ['string ToString(string format)', (v, a) => enumFormat(v as EnumValue, str(a[0]))],
    ),
    property('value__', 'int', (v) =>
      convertTo((v as EnumValue).value, resolveType((v as EnumValue).type.underlying) ?? objectType),
    ),
    method(['bool HasFlag(System.Enum flag)', (v, a) => (numberOf(v) & numberOf(a[0])) === numberOf(a[0])]),
    method([
      'int CompareTo(System.Object target)',
      (v, a) => (numberOf(v) < numberOf(a[0]) ? -1 : numberOf(v) > numberOf(a[0]) ? 1 : 0),
    ]),
    method([
      'bool Equals(System.Object obj)',
      (v, a) =>
        a[0] instanceof EnumValue && a[0].type === (v as EnumValue).type && numberOf(a[0]) === numberOf(v),
    ]),
    method([
      'System.TypeCode GetTypeCode()',
      (v) =>
        new EnumValue(typeCodes, typeCodes.enumValues?.get((v as EnumValue).type.underlying.slice(7)) ?? 9),
    ]),
    staticMethod([
      'string GetName(type enumType, System.Object value)',
      (_v, a) => sorted(enumOf(a[0])).find(([, n]) => n === numberOf(a[1]))?.[0] ?? null,
    ]),
    staticMethod([
      'string[] GetNames(type enumType)',
      (_v, a) => stringArray(sorted(enumOf(a[0])).map(([name]) => name)),
    ]),
    staticMethod([
      'array GetValues(type enumType)',
      (_v, a) =>
        new PSArray(
          sorted(enumOf(a[0])).map(([, n]) => enumObject(enumOf(a[0]), n)),
          enumOf(a[0]),
        ),
    ]),
    staticMethod(['type GetUnderlyingType(type enumType)', (_v, a) => underlying(enumOf(a[0]))]),
    staticMethod([
      'bool IsDefined(type enumType, System.Object value)',
      (_v, a) => {
        const type = enumOf(a[0]);
        return typeof a[1] === 'string'
          ? (type.enumValues?.has(a[1]) ?? false)
          : sorted(type).some(([, n]) => n === numberOf(a[1]));
      },
    ]),
    staticMethod(
      [
        'System.Object Parse(type enumType, string value)',
        (_v, a) => parseEnum(enumOf(a[0]), str(a[1]), false),
      ],
      [
        'System.Object Parse(type enumType, string value, bool ignoreCase)',
        (_v, a) => parseEnum(enumOf(a[0]), str(a[1]), flag(a[2])),
      ],
    ),
    staticMethod(
      [
        'bool TryParse(type enumType, string value, [ref] System.Object result)',
        (_v, a) => attemptEnum(a[0], a[1], false, a[2]),
      ],
      [
        'bool TryParse(type enumType, string value, bool ignoreCase, [ref] System.Object result)',
        (_v, a) => attemptEnum(a[0], a[1], flag(a[2]), a[3]),
      ],
    ),
    staticMethod([
      'System.Object ToObject(type enumType, System.Object value)',
      (_v, a) => enumObject(enumOf(a[0]), numberOf(a[1])),
    ]),
    staticMethod([
      'string Format(type enumType, System.Object value, string format)',
      (_v, a) => enumText(enumObject(enumOf(a[0]), numberOf(a[1]))),
    ]),
  ],
});
defineType(objectType.fullName, {
  constructors: [{ signature: 'System.Object new()', call: () => new DotNetObject(objectType, null) }],
  members: [
    staticMethod([
      'bool ReferenceEquals(System.Object objA, System.Object objB)',
      (_v, a) => (typeof a[0] === 'object' ? a[0] === a[1] : false),
    ]),
    staticMethod(['bool Equals(System.Object objA, System.Object objB)', (_v, a) => a[0] === a[1]]),
  ],
});
