import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { convertTo, numericKindOf } from '../convert.ts';
import type { DotNetMember, DotNetType } from '../dotnet-type.ts';
import { ConversionError, dotNetError } from '../errors.ts';
import type { Numeric, NumericKind } from '../numeric.ts';
import { integerOf, isNumeric, kindOf, rangeOf, toBig } from '../numeric.ts';
import { numberText } from '../number-text.ts';
import * as objects from '../objects.ts';
import type { PSArray } from '../objects.ts';
import { Boxed, CharValue, double } from '../objects.ts';
import { defineEnum, defineType, resolveType } from '../registry.ts';
import { DateTimeValue } from '../scalars.ts';
import { objectText } from '../text.ts';
import { typeOf } from '../type-of.ts';
import type { Value } from '../value.ts';
import { isNull, unwrap } from '../value.ts';
import { bits, byteArray, bytesOf, int, nullArgument, outOfRange, required, str } from './arguments.ts';
import { cultureOf } from './culture.ts';
import { formatDate } from './date-format.ts';
import { dateOf, parseDate } from './date-parse.ts';
import { method, staticMethod, staticProperty } from './define.ts';
import { parseNumber } from './number.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] as number;
    const b = bytes[i + 1];
    const c = bytes[i + 2];
    out += alphabet[a >> 2];
    out += alphabet[((a & 3) << 4) | ((b ?? 0) >> 4)];
    out += b === undefined ? '=' : alphabet[((b & 15) << 2) | ((c ?? 0) >> 6)];
    out += c === undefined ? '=' : alphabet[c & 63];
  }
  return out;
}
export function fromBase64(text: string): Uint8Array {
  const plain = text.replace(/[ \t\r\n]/g, '');
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain))
    throw dotNetError(
      'System.FormatException',
      isDesktop(differences.errors.invalidBase64) && plain.length % 4 !== 0
        ? 'Invalid length for a Base-64 char array or string.'
        : 'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.',
    );
  const size = (plain.length / 4) * 3 - (plain.endsWith('==') ? 2 : plain.endsWith('=') ? 1 : 0);
  const out = new Uint8Array(size);
  let at = 0;
  for (let i = 0; i < plain.length; i += 4) {
    const n =
      (alphabet.indexOf(plain[i] as string) << 18) |
      (alphabet.indexOf(plain[i + 1] as string) << 12) |
      (Math.max(0, alphabet.indexOf(plain[i + 2] as string)) << 6) |
      Math.max(0, alphabet.indexOf(plain[i + 3] as string));
    for (const shift of [16, 8, 0]) if (at < size) out[at++] = (n >> shift) & 255;
  }
  return out;
}

defineEnum('System.Base64FormattingOptions', 'None,InsertLineBreaks', true);
const lines = (text: string): string => text.replace(/(.{76})(?=.)/g, '$1\r\n');

/** Text of a number in base 2, 8 or 16, two's complement below zero. */
function inBase(value: Value, base: number): string {
  if (![2, 8, 10, 16].includes(base)) throw dotNetError('System.ArgumentException', 'Invalid Base.');
  const n = toBig(value as Numeric);
  if (base === 10) return n.toString();
  const kind = kindOf(value) as NumericKind;
  const width = { byte: 8, int16: 16, int64: 64 }[kind as string] ?? 32;
  return BigInt.asUintN(width, n).toString(base);
}
function fromBase(text: Value | undefined, base: number, kind: NumericKind): Value {
  if (![2, 8, 10, 16].includes(base)) throw dotNetError('System.ArgumentException', 'Invalid Base.');
  if (isNull(text ?? null)) return integerOf(kind, 0n) as Value;
  const s = str(text);
  if (s === '')
    throw outOfRange(
      'Index was out of range. Must be non-negative and less than the size of the collection.',
      'startIndex',
    );
  if (base === 10) return numberFrom(s, kind);
  const digits = base === 16 ? s.replace(/^(-?)0x/i, '$1') : s;
  if (digits.startsWith('-'))
    throw dotNetError(
      'System.ArgumentException',
      'String cannot contain a minus sign if the base is not 10.',
    );
  const pattern = base === 2 ? /^[01]+$/ : base === 8 ? /^[0-7]+$/ : /^[0-9a-f]+$/i;
  if (!pattern.test(digits))
    throw dotNetError(
      'System.FormatException',
      /^[0-9a-z]/i.test(digits) && pattern.test(digits[0] as string)
        ? 'Additional non-parsable characters are at the end of the string.'
        : 'Could not find any recognizable digits.',
    );
  const prefix = { 2: '0b', 8: '0o', 16: '0x' }[base] as string;
  const n = BigInt(prefix + digits);
  const range = rangeOf(kind) as readonly [bigint, bigint];
  const width = BigInt(
    ({ byte: 8, sbyte: 8, int16: 16, uint16: 16, int64: 64, uint64: 64 } as Record<string, number>)[kind] ??
      32,
  );
  if (n >= 1n << width) throw dotNetError('System.OverflowException', overflowText(kind));
  return integerOf(kind, n > range[1] ? n - (1n << width) : n) as Value;
}
const overflowNames: Readonly<Record<string, string>> = {
  byte: 'an unsigned byte',
  sbyte: 'a signed byte',
  int16: 'an Int16',
  uint16: 'a UInt16',
  int32: 'an Int32',
  uint32: 'a UInt32',
  int64: 'an Int64',
  uint64: 'a UInt64',
  decimal: 'a Decimal',
};
const overflowText = (kind: NumericKind): string =>
  `Value was either too large or too small for ${overflowNames[kind] ?? kind}.`;
function numberFrom(text: string, kind: NumericKind): Value {
  const found = parseNumber(text, kind, false);
  if (found === undefined)
    throw dotNetError(
      'System.FormatException',
      isDesktop(differences.errors.invalidNumber)
        ? 'Input string was not in a correct format.'
        : `The input string '${text}' was not in a correct format.`,
    );
  return found;
}

/** Convert.ToXxx: null is zero, text is parsed strictly, numbers round half to even. */
function toNumber(value: Value | undefined, type: DotNetType): Value {
  const kind = numericKindOf(type) as NumericKind;
  const bare = unwrap(value ?? null);
  if (isNull(bare)) return convertTo(0, type);
  if (typeof bare === 'string') return numberFrom(bare, kind);
  if (bare instanceof CharValue && (kind === 'double' || kind === 'single' || kind === 'decimal'))
    throw invalidCast(bare, type);
  try {
    return convertTo(bare, type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    if (isNumeric(bare)) throw dotNetError('System.OverflowException', overflowText(kind));
    throw invalidCast(bare, type);
  }
}
const invalidCast = (value: Value, type: DotNetType): Error =>
  dotNetError(
    'System.InvalidCastException',
    typeOf(value)?.interfaces.includes('System.IConvertible')
      ? `Invalid cast from '${typeOf(value)?.name}' to '${type.name}'.`
      : `Unable to cast object of type '${typeOf(value)?.displayName}' to type 'System.IConvertible'.`,
  );
function toBoolean(value: Value | undefined): boolean {
  const bare = unwrap(value ?? null);
  if (bare === null) return false;
  if (typeof bare === 'boolean') return bare;
  if (typeof bare === 'string') {
    const text = bare.trim().toLowerCase();
    if (text === 'true' || text === 'false') return text === 'true';
    throw dotNetError(
      'System.FormatException',
      isDesktop(differences.errors.invalidBoolean)
        ? 'String was not recognized as a valid Boolean.'
        : `String '${bare}' was not recognized as a valid Boolean.`,
    );
  }
  if (isNumeric(bare)) return convertTo(bare, objects.booleanType) === true;
  throw invalidCast(bare, objects.booleanType);
}

const targets: readonly (readonly [string, DotNetType, NumericKind])[] = [
  ['SByte', objects.sbyteType, 'sbyte'],
  ['Byte', objects.byteType, 'byte'],
  ['Int16', objects.int16Type, 'int16'],
  ['UInt16', objects.uint16Type, 'uint16'],
  ['Int32', objects.int32Type, 'int32'],
  ['UInt32', objects.uint32Type, 'uint32'],
  ['Int64', objects.int64Type, 'int64'],
  ['UInt64', objects.uint64Type, 'uint64'],
];
const integers: DotNetMember[] = targets.map(([name, type, kind]) =>
  staticMethod(
    [`${type.fullName} To${name}(System.Object value)`, (_v, a) => toNumber(a[0], type)],
    [
      `${type.fullName} To${name}(System.Object value, System.IFormatProvider provider)`,
      (_v, a) => toNumber(a[0], type),
    ],
    [`${type.fullName} To${name}(string value, int fromBase)`, (_v, a) => fromBase(a[0], int(a[1]), kind)],
  ),
);
const fractions: DotNetMember[] = (
  [
    ['Single', objects.singleType],
    ['Double', objects.doubleType],
    ['Decimal', objects.decimalType],
  ] as const
).map(([name, type]) =>
  staticMethod(
    [`${type.fullName} To${name}(System.Object value)`, (_v, a) => toNumber(a[0], type)],
    [
      `${type.fullName} To${name}(System.Object value, System.IFormatProvider provider)`,
      (_v, a) => toNumber(a[0], type),
    ],
  ),
);
function changeType(value: Value | undefined, type: DotNetType): Value {
  const bare = unwrap(value ?? null);
  if (bare === null) {
    if (type.isValueType)
      throw dotNetError('System.InvalidCastException', 'Null object cannot be converted to a value type.');
    return null;
  }
  if (numericKindOf(type)) return toNumber(bare, type);
  if (type === objects.booleanType) return toBoolean(bare);
  if (type === objects.stringType) return textOf(bare);
  if (type.fullName === 'System.DateTime' && typeof bare === 'string') return dateOf(parseDate(bare));
  if (typeOf(bare) === type) return bare;
  try {
    return convertTo(bare, type);
  } catch (error) {
    if (error instanceof ConversionError) throw invalidCast(bare, type);
    throw error;
  }
}
const textOf = (v: Value): string =>
  isNull(v)
    ? ''
    : isNumeric(v)
      ? numberText(v)
      : typeof v === 'boolean'
        ? v
          ? 'True'
          : 'False'
        : objectText(v);

defineType('System.DBNull', {
  members: [staticProperty('Value', 'System.DBNull', () => dbNull), method(['string ToString()', () => ''])],
});
export const dbNull = new objects.DotNetObject(resolveType('System.DBNull') as DotNetType, null);

defineType('System.Convert', {
  members: [
    staticProperty('DBNull', 'System.Object', () => dbNull),
    staticMethod(['bool IsDBNull(System.Object value)', (_v, a) => a[0] === dbNull]),
    staticMethod(
      [
        'string ToBase64String(byte[] inArray)',
        (_v, a) => {
          if (isNull(a[0] ?? null)) throw nullArgument('inArray');
          return toBase64(bytesOf(a[0]));
        },
      ],
      [
        'string ToBase64String(byte[] inArray, System.Base64FormattingOptions options)',
        (_v, a) => (bits(a[1]) ? lines(toBase64(bytesOf(a[0]))) : toBase64(bytesOf(a[0]))),
      ],
      [
        'string ToBase64String(byte[] inArray, int offset, int length)',
        (_v, a) => toBase64(bytesOf(a[0]).subarray(int(a[1]), int(a[1]) + int(a[2]))),
      ],
    ),
    staticMethod([
      'byte[] FromBase64String(string s)',
      (_v, a) => byteArray(fromBase64(required(a[0], 's'))),
    ]),
    staticMethod(
      ['string ToHexString(byte[] inArray)', (_v, a) => hexOf(bytesOf(a[0]), '')],
      [
        'string ToHexString(byte[] inArray, int offset, int length)',
        (_v, a) => hexOf(bytesOf(a[0]).subarray(int(a[1]), int(a[1]) + int(a[2])), ''),
      ],
    ),
    staticMethod([
      'byte[] FromHexString(string s)',
      (_v, a) => {
        const text = required(a[0], 's');
        if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text))
          throw dotNetError(
            'System.FormatException',
            'The input is not a valid hex string as it contains a non-hex character.',
          );
        return byteArray(Uint8Array.from(text.match(/../g) ?? [], (x) => parseInt(x, 16)));
      },
    ]),
    staticMethod(
      ['bool ToBoolean(System.Object value)', (_v, a) => toBoolean(a[0])],
      ['bool ToBoolean(System.Object value, System.IFormatProvider provider)', (_v, a) => toBoolean(a[0])],
    ),
    staticMethod(['char ToChar(System.Object value)', (_v, a) => changeType(a[0], objects.charType)]),
    staticMethod(
      [
        'datetime ToDateTime(System.Object value)',
        (_v, a) =>
          isNull(a[0] ?? null)
            ? new DateTimeValue(0n, 'Unspecified')
            : changeType(a[0], resolveType('datetime') as DotNetType),
      ],
      [
        'datetime ToDateTime(System.Object value, System.IFormatProvider provider)',
        (_v, a) => changeType(a[0], resolveType('datetime') as DotNetType),
      ],
    ),
    ...integers,
    ...fractions,
    staticMethod(
      ['string ToString(System.Object value)', (_v, a) => textOf(a[0] ?? null)],
      ['string ToString(byte value, int toBase)', (_v, a) => inBase(a[0] as Value, int(a[1]))],
      ['string ToString(short value, int toBase)', (_v, a) => inBase(a[0] as Value, int(a[1]))],
      ['string ToString(int value, int toBase)', (_v, a) => inBase(a[0] as Value, int(a[1]))],
      ['string ToString(long value, int toBase)', (_v, a) => inBase(a[0] as Value, int(a[1]))],
      [
        'string ToString(System.Object value, System.IFormatProvider provider)',
        (_v, a) =>
          a[0] instanceof DateTimeValue ? formatDate(a[0], '', cultureOf(a[1])) : textOf(a[0] ?? null),
      ],
    ),
    staticMethod(
      [
        'System.Object ChangeType(System.Object value, type conversionType)',
        (_v, a) => changeType(a[0], a[1] as DotNetType),
      ],
      [
        'System.Object ChangeType(System.Object value, type conversionType, System.IFormatProvider provider)',
        (_v, a) => changeType(a[0], a[1] as DotNetType),
      ],
    ),
  ],
});

export const hexOf = (bytes: Uint8Array, separator: string): string =>
  Array.from(bytes, (b) => b.toString(16).toUpperCase().padStart(2, '0')).join(separator);
function littleEndian(value: bigint, size: number): PSArray {
  const out = new Uint8Array(size);
  for (let i = 0; i < size; i++) out[i] = Number((value >> BigInt(8 * i)) & 255n);
  return byteArray(out);
}
const sizes: Readonly<Record<string, number>> = {
  byte: 1,
  sbyte: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
};
/** Bytes of one element of an array of primitives; undefined for other arrays. */
const elementSize = (array: PSArray): number | undefined =>
  ({ ...sizes, boolean: 1, char: 2, single: 4, double: 8 })[array.elementType.name.toLowerCase()];

/** The memory of an array of primitives, as Buffer sees it. */
function rawBytes(array: PSArray, name: string): Uint8Array {
  const size = elementSize(array);
  if (size === undefined)
    throw dotNetError(
      'System.ArgumentException',
      `Object must be an array of primitives. (Parameter '${name}')`,
    );
  const all = new Uint8Array(array.items.length * size);
  array.items.forEach((item, i) => all.set(bytesOf(getBytes(item)).subarray(0, size), i * size));
  return all;
}

function setRawBytes(array: PSArray, memory: Uint8Array): void {
  const size = elementSize(array) as number;
  const view = new DataView(memory.buffer);
  const kind = array.elementType.name.toLowerCase();
  for (let i = 0; i < array.items.length; i++) {
    const at = i * size;
    const unsigned = memory
      .subarray(at, at + size)
      .reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    array.items[i] = convertTo(
      kind === 'double'
        ? view.getFloat64(at, true)
        : kind === 'single'
          ? view.getFloat32(at, true)
          : kind === 'boolean'
            ? unsigned !== 0n
            : kind === 'char'
              ? String.fromCharCode(Number(unsigned))
              : /^(u|byte)/.test(kind)
                ? unsigned
                : BigInt.asIntN(size * 8, unsigned),
      array.elementType,
    );
  }
}
function getBytes(value: Value | undefined): Value {
  const bare = unwrap(value ?? null);
  if (typeof bare === 'boolean') return byteArray(Uint8Array.of(bare ? 1 : 0));
  if (bare instanceof CharValue) return littleEndian(BigInt(bare.value.charCodeAt(0)), 2);
  const n = bare as Numeric;
  const kind = kindOf(n) as NumericKind;
  if (kind === 'double' || kind === 'single') {
    const view = new DataView(new ArrayBuffer(kind === 'double' ? 8 : 4));
    const f = Number(n instanceof Boxed ? n.value : n);
    if (kind === 'double') view.setFloat64(0, f, true);
    else view.setFloat32(0, f, true);
    return byteArray(new Uint8Array(view.buffer));
  }
  const size = sizes[kind] ?? 4;
  return littleEndian(BigInt.asUintN(size * 8, toBig(n)), size);
}
function read(bytes: Value | undefined, start: number, size: number): DataView {
  const all = bytesOf(bytes);
  if (start < 0 || start >= all.length)
    throw outOfRange(
      'Index was out of range. Must be non-negative and less than the size of the collection.',
      'startIndex',
    );
  if (start + size > all.length)
    throw dotNetError(
      'System.ArgumentException',
      "Destination array is not long enough to copy all the items in the collection. Check array index and length. (Parameter 'value')",
    );
  return new DataView(all.buffer, all.byteOffset + start, size);
}
const reader = (name: string, typeName: string, size: number, get: (view: DataView) => Value): DotNetMember =>
  staticMethod([
    `${typeName} To${name}(byte[] value, int startIndex)`,
    (_v, a) => get(read(a[0], int(a[1]), size)),
  ]);
defineType('System.BitConverter', {
  members: [
    staticProperty('IsLittleEndian', 'bool', () => true),
    staticMethod(['byte[] GetBytes(System.Object value)', (_v, a) => getBytes(a[0])]),
    reader('Boolean', 'bool', 1, (v) => v.getUint8(0) !== 0),
    reader('Char', 'char', 2, (v) => new CharValue(String.fromCharCode(v.getUint16(0, true)))),
    reader('Int16', 'short', 2, (v) => new Boxed('int16', v.getInt16(0, true))),
    reader('UInt16', 'ushort', 2, (v) => new Boxed('uint16', v.getUint16(0, true))),
    reader('Int32', 'int', 4, (v) => v.getInt32(0, true)),
    reader('UInt32', 'uint', 4, (v) => new Boxed('uint32', v.getUint32(0, true))),
    reader('Int64', 'long', 8, (v) => v.getBigInt64(0, true)),
    reader('UInt64', 'ulong', 8, (v) => new Boxed('uint64', v.getBigUint64(0, true))),
    reader('Single', 'float', 4, (v) => new Boxed('single', v.getFloat32(0, true))),
    reader('Double', 'double', 8, (v) => double(v.getFloat64(0, true))),
    staticMethod(
      ['string ToString(byte[] value)', (_v, a) => hexOf(bytesOf(a[0]), '-')],
      [
        'string ToString(byte[] value, int startIndex)',
        (_v, a) => hexOf(bytesOf(a[0]).subarray(int(a[1])), '-'),
      ],
      [
        'string ToString(byte[] value, int startIndex, int length)',
        (_v, a) => hexOf(bytesOf(a[0]).subarray(int(a[1]), int(a[1]) + int(a[2])), '-'),
      ],
    ),
    staticMethod([
      'long DoubleToInt64Bits(double value)',
      (_v, a) => {
        const view = new DataView(new ArrayBuffer(8));
        view.setFloat64(0, int(a[0]));
        return view.getBigInt64(0);
      },
    ]),
    staticMethod([
      'double Int64BitsToDouble(long value)',
      (_v, a) => {
        const view = new DataView(new ArrayBuffer(8));
        view.setBigInt64(0, toBig(a[0] as Numeric));
        return double(view.getFloat64(0));
      },
    ]),
  ],
});
defineType('System.Buffer', {
  members: [
    staticMethod([
      'void BlockCopy(array src, int srcOffset, array dst, int dstOffset, int count)',
      (_v, a) => {
        const source = rawBytes(a[0] as PSArray, 'src');
        const target = rawBytes(a[2] as PSArray, 'dst');
        target.set(source.subarray(int(a[1]), int(a[1]) + int(a[4])), int(a[3]));
        setRawBytes(a[2] as PSArray, target);
      },
    ]),
    staticMethod([
      'int ByteLength(array array)',
      (_v, a) =>
        (a[0] as PSArray).items.length * (sizes[(a[0] as PSArray).elementType.name.toLowerCase()] ?? 1),
    ]),
  ],
});
