import { parseDecimal } from '../types/decimal-math.ts';
import { integerOf } from '../types/numeric.ts';
import type { NumericKind } from '../types/numeric.ts';
import { Boxed, double } from '../types/objects.ts';
import type { Value } from '../types/value.ts';

export type NumberValue = Value;
export type NumberFormat = 'decimal' | 'hex' | 'binary';

/** A numeric literal taken apart. */
export interface NumberParts {
  /** Sign and digits, point and exponent; without prefix and suffix. */
  readonly digits: string;
  readonly format: NumberFormat;
  /** Lower case: `l`, `ul`, `d` ... or empty. */
  readonly suffix: string;
  readonly real: boolean;
  readonly multiplier: number;
}

const suffixKinds: Readonly<Record<string, NumericKind>> = {
  y: 'sbyte',
  uy: 'byte',
  s: 'int16',
  us: 'uint16',
  l: 'int64',
  ul: 'uint64',
  n: 'biginteger',
  d: 'decimal',
};

function withSuffix(suffix: string, value: bigint): Value | undefined {
  if (suffix === 'u') return integerOf('uint32', value) ?? integerOf('uint64', value);
  return integerOf(suffixKinds[suffix] as NumericKind, value);
}

function realValue(parts: NumberParts): Value | undefined {
  const { digits, suffix, multiplier } = parts;
  if (suffix === 'd') {
    const value = parseDecimal(digits);
    if (!value || multiplier === 1) return value && new Boxed('decimal', value);
    return new Boxed('decimal', { coefficient: value.coefficient * BigInt(multiplier), scale: value.scale });
  }
  const value = Number(digits) * multiplier;
  if (suffix === '') return double(value);
  if (!Number.isFinite(value)) return undefined;
  return withSuffix(suffix, BigInt(roundToEven(value)));
}
function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Two's complement where the literal is as long as a type is wide. */
function radixValue(digits: string, format: NumberFormat, unsigned: boolean, suffix: string): bigint {
  const prefix = format === 'hex' ? '0x' : '0b';
  const value = digits === '' ? 0n : BigInt(prefix + digits);
  if (unsigned || digits === '') return value;
  const bits = format === 'hex' ? digits.length * 4 : digits.length;
  let signBits = 0;
  if (format === 'hex') {
    const expected =
      suffix === 'y' ? 2 : suffix === 's' ? 4 : suffix === 'l' ? 16 : digits.length < 16 ? 8 : 16;
    if (digits.length === expected) signBits = expected * 4;
  } else if (bits === 8 || bits === 16 || bits === 32 || bits === 64 || bits === 96 || bits >= 128)
    signBits = bits;
  return signBits > 0 && value >> BigInt(signBits - 1) === 1n ? value - (1n << BigInt(signBits)) : value;
}

/** Value of a literal; undefined where no type holds it. */
export function numberValue(parts: NumberParts): Value | undefined {
  const { digits, format, multiplier } = parts;
  if (parts.real) return realValue(parts);
  let { suffix } = parts;
  if (format === 'decimal' && suffix === '' && multiplier === 1 && digits.length < 10) {
    const value = Number(digits);
    return Object.is(value, -0) ? 0 : value;
  }
  let value: bigint;
  if (format === 'decimal') value = BigInt(digits.replace('+', ''));
  else {
    const negative = digits.charCodeAt(0) === 0x2d;
    const bare = negative || digits.charCodeAt(0) === 0x2b ? digits.slice(1) : digits;
    value = radixValue(bare, format, suffix.startsWith('u'), suffix);
    if (negative) value = -value;
    if (bare.length === (format === 'hex' ? 16 : 64) && (suffix === '' || suffix === 'u')) suffix += 'l';
  }
  value *= BigInt(multiplier);
  if (suffix !== '') return withSuffix(suffix, value);
  const narrow = integerOf('int32', value) ?? integerOf('int64', value);
  if (narrow !== undefined || format !== 'decimal') return narrow;
  return integerOf('decimal', value) ?? double(Number(value));
}
