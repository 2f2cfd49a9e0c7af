import { DotNetType, objectType, valueTypeType } from './dotnet-type.ts';
import type { BoxedKind, Value } from './value.ts';
import { MemberBag, PSReference } from './value.ts';

const comparable = ['System.IComparable', 'System.IConvertible', 'System.IFormattable'];
const struct = (fullName: string, interfaces: readonly string[] = comparable): DotNetType =>
  new DotNetType({ fullName, baseType: valueTypeType, kind: 'struct', interfaces, isSealed: true });

/** Types of the values that are bare JS primitives or boxed numbers. Their members are added in `types/dotnet/`. */
export const booleanType = struct('System.Boolean', ['System.IComparable', 'System.IConvertible']);
export const int32Type = struct('System.Int32');
export const int64Type = struct('System.Int64');
export const doubleType = struct('System.Double');
export const singleType = struct('System.Single');
export const decimalType = struct('System.Decimal');
export const byteType = struct('System.Byte');
export const sbyteType = struct('System.SByte');
export const int16Type = struct('System.Int16');
export const uint16Type = struct('System.UInt16');
export const uint32Type = struct('System.UInt32');
export const uint64Type = struct('System.UInt64');
export const bigIntegerType = struct('System.Numerics.BigInteger', [
  'System.IComparable',
  'System.IFormattable',
]);
export const charType = struct('System.Char', ['System.IComparable', 'System.IConvertible']);
export const stringType = new DotNetType({
  fullName: 'System.String',
  baseType: objectType,
  interfaces: [
    'System.IComparable',
    'System.IConvertible',
    'System.Collections.IEnumerable',
    'System.ICloneable',
  ],
  isSealed: true,
});
export const voidType = new DotNetType({ fullName: 'System.Void', baseType: valueTypeType, kind: 'struct' });

const boxedTypes: Record<BoxedKind, DotNetType> = {
  double: doubleType,
  single: singleType,
  decimal: decimalType,
  byte: byteType,
  sbyte: sbyteType,
  int16: int16Type,
  uint16: uint16Type,
  uint32: uint32Type,
  uint64: uint64Type,
  biginteger: bigIntegerType,
};

/** Exact decimal: value = coefficient / 10^scale, scale 0..28. */
export interface DecimalParts {
  readonly coefficient: bigint;
  readonly scale: number;
}

/** A number of a type that has no bare JS form. `value` is a number but for uint64, biginteger (bigint) and decimal. */
export class Boxed extends PSReference {
  readonly kind: BoxedKind;
  readonly value: number | bigint | DecimalParts;
  constructor(kind: BoxedKind, value: number | bigint | DecimalParts) {
    super();
    this.kind = kind;
    this.value = value;
  }
  get dotNetType(): DotNetType {
    return boxedTypes[this.kind];
  }
}

const byteCache: Boxed[] = [];
for (let i = 0; i < 256; i++) byteCache.push(new Boxed('byte', i));
/** A Byte; `n` is 0 to 255. */
export const byte = (n: number): Boxed => byteCache[n & 255] as Boxed;
export const isInt32 = (n: number): boolean => (n | 0) === n && !Object.is(n, -0);
/** A Double: raw unless it would be read as an Int32. */
export const double = (n: number): number | Boxed => ((n | 0) === n ? new Boxed('double', n) : n);

/** One UTF-16 code unit. */
export class CharValue extends PSReference {
  readonly value: string;
  constructor(value: string) {
    super();
    this.value = value;
  }
  get dotNetType(): DotNetType {
    return charType;
  }
}

export class EnumValue extends PSReference {
  readonly type: DotNetType;
  readonly value: number | bigint;
  constructor(type: DotNetType, value: number | bigint) {
    super();
    this.type = type;
    this.value = value;
  }
  get dotNetType(): DotNetType {
    return this.type;
  }
}

export const arrayBaseType = new DotNetType({
  fullName: 'System.Array',
  baseType: objectType,
  isAbstract: true,
  interfaces: [
    'System.Collections.IEnumerable',
    'System.Collections.ICollection',
    'System.Collections.IList',
    'System.ICloneable',
    'System.Collections.IStructuralComparable',
    'System.Collections.IStructuralEquatable',
  ],
});
const arrayTypes = new WeakMap<DotNetType, DotNetType[]>();
/** `T[]`, or `T[,]` for rank 2. One instance per element type and rank. */
export function arrayTypeOf(elementType: DotNetType, rank = 1): DotNetType {
  let byRank = arrayTypes.get(elementType);
  if (!byRank) arrayTypes.set(elementType, (byRank = []));
  return (byRank[rank] ??= new DotNetType({
    fullName: `${elementType.displayName}[${','.repeat(rank - 1)}]`,
    baseType: arrayBaseType,
    elementType,
    rank,
    interfaces: ['System.Collections.Generic.IEnumerable`1', 'System.Collections.Generic.IList`1'],
    isSealed: true,
  }));
}

/** An array. Fixed length for scripts; cmdlets may fill `items` before handing it out. */
export class PSArray extends PSReference {
  readonly items: Value[];
  readonly elementType: DotNetType;
  /** Lengths of the dimensions of a multi-dimensional array (items are row-major), else undefined. */
  readonly lengths: readonly number[] | undefined;
  constructor(items: Value[], elementType: DotNetType = objectType, lengths?: readonly number[]) {
    super();
    this.items = items;
    this.elementType = elementType;
    this.lengths = lengths;
  }
  get dotNetType(): DotNetType {
    return arrayTypeOf(this.elementType, this.lengths?.length ?? 1);
  }
}
export const array = (items: Value[]): PSArray => new PSArray(items);
export const stringArray = (items: string[]): PSArray => new PSArray(items, stringType);

export const customObjectType = new DotNetType({
  fullName: 'System.Management.Automation.PSCustomObject',
  baseType: objectType,
});

/** `[pscustomobject]`: nothing but members, in order. `typeNames` is set only where it differs from the default. */
export class PSCustomObject extends PSReference {
  override members: MemberBag = new MemberBag();
  /** What ToString() of the object gave that this was read back from. */
  deserializedText: string | undefined = undefined;
  get dotNetType(): DotNetType {
    return customObjectType;
  }
}

/** A custom object from name and value pairs; `typeName` goes in front of its type names. */
export function customObject(
  properties: Iterable<readonly [string, Value]>,
  typeName?: string,
): PSCustomObject {
  const result = new PSCustomObject();
  for (const [name, value] of properties) result.members.set({ kind: 'NoteProperty', name, value });
  if (typeName) result.typeNames = [typeName, 'System.Management.Automation.PSCustomObject', 'System.Object'];
  return result;
}

/** A .NET object whose state is held in a JS value; members are in the descriptor `type`. */
export class DotNetObject<State = unknown> extends PSReference {
  readonly type: DotNetType;
  state: State;
  constructor(type: DotNetType, state: State) {
    super();
    this.type = type;
    this.state = state;
  }
  get dotNetType(): DotNetType {
    return this.type;
  }
}
