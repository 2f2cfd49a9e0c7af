import {
  addDecimals,
  compareDecimals,
  decimalFromNumber,
  decimalToNumber,
  divideDecimals,
  fit,
  multiplyDecimals,
  remainderDecimals,
} from './decimal-math.ts';
import type { BoxedKind, Value } from './value.ts';
import type { DecimalParts, EnumValue } from './objects.ts';
import { Boxed, double } from './objects.ts';
import { dotNetError } from './errors.ts';

export type NumericKind = 'int32' | 'int64' | BoxedKind;
export type Numeric = number | bigint | Boxed;

export function kindOf(value: Value): NumericKind | undefined {
  if (typeof value === 'number') return (value | 0) === value ? 'int32' : 'double';
  if (typeof value === 'bigint') return 'int64';
  if (value instanceof Boxed) return value.kind;
  return undefined;
}
export const isNumeric = (value: Value): value is Numeric =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Boxed;

/** Order of promotion of binary operators: .NET's TypeCode. */
const rank: Record<NumericKind, number> = {
  sbyte: 5,
  byte: 6,
  int16: 7,
  uint16: 8,
  int32: 9,
  uint32: 10,
  int64: 11,
  uint64: 12,
  single: 13,
  double: 14,
  decimal: 15,
  biginteger: 16,
};

/** As a JS double, whatever the kind. */
export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value.value === 'number') return value.value;
  if (typeof value.value === 'bigint') return Number(value.value);
  return decimalToNumber(value.value);
}
/** As a bigint; the value must be integral. */
export function toBig(value: Numeric): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  if (typeof value.value === 'bigint') return value.value;
  if (typeof value.value === 'number') return BigInt(value.value);
  return value.value.coefficient / 10n ** BigInt(value.value.scale);
}
export function toDecimal(value: Numeric): DecimalParts {
  if (value instanceof Boxed && typeof value.value === 'object') return value.value;
  if (value instanceof Boxed && value.kind === 'single') return decimalFromNumber(value.value as number, 7);
  if (value instanceof Boxed && value.kind === 'double') return decimalFromNumber(value.value as number);
  if (typeof value === 'number' && (value | 0) !== value) return decimalFromNumber(value);
  return fit(toBig(value), 0);
}

const inInt32 = (n: bigint): boolean => n >= -2147483648n && n <= 2147483647n;
export const inInt64 = (n: bigint): boolean => n >= -9223372036854775808n && n <= 9223372036854775807n;
export const inUInt64 = (n: bigint): boolean => n >= 0n && n <= 18446744073709551615n;

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

const divideByZero = (): Error => dotNetError('System.DivideByZeroException', 'Attempted to divide by zero.');

function onDoubles(op: ArithmeticOperator, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
}

function onIntegers(op: ArithmeticOperator, a: bigint, b: bigint): bigint | number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0n) throw divideByZero();
      return a % b === 0n ? a / b : Number(a) / Number(b);
    case '%':
      if (b === 0n) throw divideByZero();
      return a % b;
  }
}

/** Binary arithmetic on two numbers of any kind, with PowerShell's promotion; overflow goes to Double. */
export function arithmetic(op: ArithmeticOperator, left: Numeric, right: Numeric): Value {
  const a = kindOf(left) as NumericKind;
  const b = kindOf(right) as NumericKind;
  const top = rank[a] >= rank[b] ? a : b;
  if (top === 'biginteger') {
    const x = toBig(left);
    const y = toBig(right);
    if (op === '/') {
      if (y === 0n) throw divideByZero();
      return new Boxed('biginteger', x / y);
    }
    return new Boxed('biginteger', onIntegers(op, x, y) as bigint);
  }
  if (top === 'decimal') {
    const x = toDecimal(left);
    const y = toDecimal(right);
    switch (op) {
      case '+':
        return new Boxed('decimal', addDecimals(x, y, 1n));
      case '-':
        return new Boxed('decimal', addDecimals(x, y, -1n));
      case '*':
        return new Boxed('decimal', multiplyDecimals(x, y));
      case '/':
        return new Boxed('decimal', divideDecimals(x, y));
      case '%':
        return new Boxed('decimal', remainderDecimals(x, y));
    }
  }
  if (top === 'single' && a === b)
    return new Boxed('single', Math.fround(onDoubles(op, toDouble(left), toDouble(right))));
  if (top === 'double' || top === 'single') return double(onDoubles(op, toDouble(left), toDouble(right)));
  const x = toBig(left);
  const y = toBig(right);
  const result = onIntegers(op, x, y);
  if (typeof result === 'number') return double(result);
  if (rank[top] <= rank.int32) return inInt32(result) ? Number(result) : double(Number(result));
  if (top === 'uint32') {
    if (x < 0n || y < 0n) return inInt64(result) ? result : double(Number(result));
    return result >= 0n && result <= 4294967295n
      ? new Boxed('uint32', Number(result))
      : double(Number(result));
  }
  if (top === 'int64') return inInt64(result) ? result : double(Number(result));
  if (x < 0n || y < 0n) return double(onDoubles(op, Number(x), Number(y)));
  return inUInt64(result) ? new Boxed('uint64', result) : double(Number(result));
}

/** -1, 0, 1; NaN where one of them is NaN. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  if (typeof left === 'number' && typeof right === 'number')
    return left < right ? -1 : left > right ? 1 : left === right ? 0 : NaN;
  const a = kindOf(left) as NumericKind;
  const b = kindOf(right) as NumericKind;
  const top = rank[a] >= rank[b] ? a : b;
  if (top === 'decimal') return compareDecimals(toDecimal(left), toDecimal(right));
  if (top === 'double' || top === 'single') {
    const x = toDouble(left);
    const y = toDouble(right);
    return x < y ? -1 : x > y ? 1 : x === y ? 0 : NaN;
  }
  const x = toBig(left);
  const y = toBig(right);
  return x < y ? -1 : x > y ? 1 : 0;
}

const limits: Partial<Record<NumericKind, readonly [bigint, bigint]>> = {
  byte: [0n, 255n],
  sbyte: [-128n, 127n],
  int16: [-32768n, 32767n],
  uint16: [0n, 65535n],
  int32: [-2147483648n, 2147483647n],
  uint32: [0n, 4294967295n],
  int64: [-9223372036854775808n, 9223372036854775807n],
  uint64: [0n, 18446744073709551615n],
};
export const rangeOf = (kind: NumericKind): readonly [bigint, bigint] | undefined => limits[kind];

/** An integer as a value of the kind; undefined where it does not fit. */
const largestDecimal = 79228162514264337593543950335n;
export function integerOf(kind: NumericKind, value: bigint): Value | undefined {
  const range = limits[kind];
  if (range && (value < range[0] || value > range[1])) return undefined;
  switch (kind) {
    case 'int32':
      return Number(value);
    case 'int64':
      return value;
    case 'uint64':
    case 'biginteger':
      return new Boxed(kind, value);
    case 'double':
      return double(Number(value));
    case 'single':
      return new Boxed('single', Math.fround(Number(value)));
    case 'decimal':
      return value > largestDecimal || value < -largestDecimal
        ? undefined
        : new Boxed('decimal', fit(value, 0));
    default:
      return new Boxed(kind, Number(value));
  }
}

/** Rounds half to even, as casts from floating point to integers do. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

export const enumNumber = (value: EnumValue): Numeric =>
  typeof value.value === 'bigint' ? value.value : value.value;
