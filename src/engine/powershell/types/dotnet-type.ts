import type { Memory } from './memory.ts';
import type { ScriptTypeNames } from './registry.ts';
import type { Host } from '../host.ts';
import type { Value } from './value.ts';
import { PSReference } from './value.ts';

/** What members of the type table may ask of the running session. Kept small so that types do not depend on run/. */
export interface TypeContext {
  readonly dialect: 'desktop' | 'core';
  readonly host: Host;
  readonly scriptTypes?: ScriptTypeNames;
  /** What the session may still make; absent where nothing counts. */
  readonly memory?: Memory;
  /** The session, for the few members that need more; `run/session.ts` narrows it. */
  readonly session: unknown;
}

/** One overload. `signature` is what Get-Member prints: `string Substring(int startIndex, int length)`. */
export interface MethodOverload {
  readonly signature: string;
  readonly call: (self: Value, args: Value[], context: TypeContext) => Value;
}

export type DotNetMember =
  | {
      readonly kind: 'property';
      readonly name: string;
      readonly isStatic: boolean;
      /** Short type name as Get-Member prints it: `int`, `string`, `datetime`. */
      readonly typeName: string;
      readonly get: (self: Value, context: TypeContext) => Value;
      readonly set?: (self: Value, value: Value, context: TypeContext) => void;
      /** Fields print `=` differently and are `Field` to reflection. */
      readonly isField?: boolean;
      /** Of a script class: the type itself, which its name need not mean elsewhere; kept from listings if hidden. */
      readonly valueType?: DotNetType;
      readonly hidden?: boolean;
    }
  | {
      readonly kind: 'method';
      readonly name: string;
      readonly isStatic: boolean;
      readonly overloads: readonly MethodOverload[];
      /** Generic method definitions take type arguments `[Linq.Enumerable]::ToList[int](...)`. */
      readonly hidden?: boolean;
    };

export interface TypeDefinition {
  /** `System.Int32`, `System.Collections.Generic.List`1` without type arguments. */
  readonly fullName: string;
  readonly baseType?: DotNetType | null;
  readonly interfaces?: readonly string[];
  readonly kind?: 'class' | 'struct' | 'enum' | 'interface' | 'delegate';
  readonly members?: readonly DotNetMember[];
  readonly constructors?: readonly MethodOverload[];
  readonly assembly?: string;
  readonly isAbstract?: boolean;
  readonly isSealed?: boolean;
  /** Enum names and values in order, underlying type name. */
  readonly enumValues?: ReadonlyMap<string, number | bigint>;
  readonly isFlags?: boolean;
  readonly underlying?: string;
  readonly elementType?: DotNetType;
  readonly rank?: number;
  readonly genericArguments?: readonly DotNetType[];
  /** Added to by script classes: attributes and the like are looked up there. */
  readonly scriptClass?: unknown;
}

/** A .NET type; as a value it is what `[int]` evaluates to. One instance per type: compare with `===`. */
export class DotNetType extends PSReference {
  readonly fullName: string;
  readonly kind: 'class' | 'struct' | 'enum' | 'interface' | 'delegate';
  baseType: DotNetType | null;
  readonly interfaces: readonly string[];
  readonly assembly: string;
  readonly isAbstract: boolean;
  readonly isSealed: boolean;
  readonly enumValues: ReadonlyMap<string, number | bigint> | undefined;
  readonly isFlags: boolean;
  readonly underlying: string;
  readonly elementType: DotNetType | undefined;
  readonly rank: number;
  readonly genericArguments: readonly DotNetType[];
  constructors: readonly MethodOverload[];
  scriptClass: unknown;
  /** Properties that depend on the object rather than on its type: XML elements, CIM instances, COM objects. */
  adapter:
    | {
        get(self: Value, name: string): Value | undefined;
        /** False where there is no such property. */
        set(self: Value, name: string, value: Value): boolean;
        names(self: Value): readonly string[];
        /** The properties of the type itself are not listed beside them, though they can be read. */
        readonly hidesMembers?: boolean;
      }
    | undefined = undefined;
  /** Keyed by lower-case name; statics have their own map. Own members only: use `findMember`. */
  readonly instanceMembers: Map<string, DotNetMember> = new Map();
  readonly staticMembers: Map<string, DotNetMember> = new Map();

  constructor(definition: TypeDefinition) {
    super();
    this.fullName = definition.fullName;
    this.kind = definition.kind ?? 'class';
    this.baseType = definition.baseType ?? null;
    this.interfaces = definition.interfaces ?? [];
    this.assembly = definition.assembly ?? 'System.Private.CoreLib';
    this.isAbstract = definition.isAbstract ?? false;
    this.isSealed = definition.isSealed ?? false;
    this.enumValues = definition.enumValues;
    this.isFlags = definition.isFlags ?? false;
    this.underlying = definition.underlying ?? 'System.Int32';
    this.elementType = definition.elementType;
    this.rank = definition.rank ?? 1;
    this.genericArguments = definition.genericArguments ?? [];
    this.constructors = definition.constructors ?? [];
    this.scriptClass = definition.scriptClass;
    for (const member of definition.members ?? []) this.addMember(member);
  }

  addMember(member: DotNetMember): void {
    (member.isStatic ? this.staticMembers : this.instanceMembers).set(member.name.toLowerCase(), member);
  }

  /** Full name with type arguments as .NET's `Type.ToString()` prints it. */
  get displayName(): string {
    if (this.genericArguments.length === 0) return this.fullName;
    return `${this.fullName}[${this.genericArguments.map((a) => a.displayName).join(',')}]`;
  }

  /** Last part of the name, without namespace. */
  get name(): string {
    return this.fullName.slice(this.fullName.lastIndexOf('.') + 1).replace(/^.*\+/, '');
  }

  get namespace(): string {
    const dot = this.fullName.lastIndexOf('.');
    return dot < 0 ? '' : this.fullName.slice(0, dot);
  }

  get isValueType(): boolean {
    return this.kind === 'struct' || this.kind === 'enum';
  }

  findMember(lowerName: string, isStatic = false): DotNetMember | undefined {
    const found = (isStatic ? this.staticMembers : this.instanceMembers).get(lowerName);
    return found ?? this.baseType?.findMember(lowerName, isStatic);
  }

  /** Whether a value of this type may be used where `other` is asked for (same, derived, implements). */
  isAssignableTo(other: DotNetType): boolean {
    if (this === other || other.fullName === 'System.Object') return true;
    if (other.kind === 'interface' && this.interfaces.includes(other.fullName)) return true;
    return this.baseType?.isAssignableTo(other) ?? false;
  }

  /** Events its objects raise, as Register-ObjectEvent names them: by lower-case name. Own ones only. */
  events: ReadonlyMap<string, string> | undefined = undefined;

  findEvent(lowerName: string): string | undefined {
    return this.events?.get(lowerName) ?? this.baseType?.findEvent(lowerName);
  }

  get dotNetType(): DotNetType {
    return runtimeType;
  }
}

export const objectType: DotNetType = new DotNetType({ fullName: 'System.Object' });
export const valueTypeType: DotNetType = new DotNetType({
  fullName: 'System.ValueType',
  baseType: objectType,
  isAbstract: true,
});
export const enumBaseType: DotNetType = new DotNetType({
  fullName: 'System.Enum',
  baseType: valueTypeType,
  isAbstract: true,
  interfaces: ['System.IComparable', 'System.IConvertible', 'System.IFormattable'],
});
/** The type of types. */
export const typeType: DotNetType = new DotNetType({
  fullName: 'System.Type',
  baseType: new DotNetType({
    fullName: 'System.Reflection.MemberInfo',
    baseType: objectType,
    isAbstract: true,
  }),
  isAbstract: true,
});
export const runtimeType: DotNetType = new DotNetType({
  fullName: 'System.RuntimeType',
  baseType: new DotNetType({ fullName: 'System.Reflection.TypeInfo', baseType: typeType, isAbstract: true }),
  isSealed: true,
});
