import type { DecimalParts } from './objects.ts';
import { Boxed } from './objects.ts';
import { dotNetError } from './errors.ts';

const max = 79228162514264337593543950335n;
const powers: bigint[] = [];
for (let i = 0; i <= 60; i++) powers.push(10n ** BigInt(i));
const pow10 = (n: number): bigint => powers[n] ?? 10n ** BigInt(n);

const roundedQuotient = (numerator: bigint, denominator: bigint): bigint => {
  const quotient = numerator / denominator;
  let rest = numerator % denominator;
  if (rest === 0n) return quotient;
  const negative = rest < 0n !== denominator < 0n;
  if (rest < 0n) rest = -rest;
  const half = rest * 2n - (denominator < 0n ? -denominator : denominator);
  const odd = (quotient & 1n) === 1n;
  return half > 0n || (half === 0n && odd) ? quotient + (negative ? -1n : 1n) : quotient;
};

/** Brings a result into 96 bits and at most 28 places, rounding half to even; throws OverflowException. */
export function fit(coefficient: bigint, scale: number): DecimalParts {
  let c = coefficient;
  let s = scale;
  if (s > 28) {
    c = roundedQuotient(c, pow10(s - 28));
    s = 28;
  }
  while (s > 0 && (c > max || c < -max)) {
    // Round once, from the original digits, by as many places as are too many.
    const drop = Math.max(1, Math.min(s, c.toString().replace('-', '').length - 29));
    c = roundedQuotient(c, pow10(drop));
    s -= drop;
  }
  if (c > max || c < -max)
    throw dotNetError('System.OverflowException', 'Value was either too large or too small for a Decimal.');
  return { coefficient: c, scale: s };
}

export const decimal = (coefficient: bigint, scale = 0): Boxed =>
  new Boxed('decimal', fit(coefficient, scale));

export function addDecimals(a: DecimalParts, b: DecimalParts, sign: 1n | -1n): DecimalParts {
  const scale = Math.max(a.scale, b.scale);
  return fit(a.coefficient * pow10(scale - a.scale) + sign * b.coefficient * pow10(scale - b.scale), scale);
}
export const multiplyDecimals = (a: DecimalParts, b: DecimalParts): DecimalParts =>
  fit(a.coefficient * b.coefficient, a.scale + b.scale);

export function divideDecimals(a: DecimalParts, b: DecimalParts): DecimalParts {
  if (b.coefficient === 0n) throw dotNetError('System.DivideByZeroException', 'Attempted to divide by zero.');
  const preferred = Math.max(0, a.scale - b.scale);
  const extra = 30 + b.scale;
  const numerator = a.coefficient * pow10(extra);
  if (numerator % b.coefficient === 0n) {
    let c = numerator / b.coefficient;
    let s = a.scale + extra - b.scale;
    while (s > preferred && c % 10n === 0n) {
      c /= 10n;
      s--;
    }
    return fit(c, s);
  }
  // Keep all digits exactly by rounding once against the true quotient.
  let scale = 28;
  for (;;) {
    const shift = scale - a.scale + b.scale;
    const c =
      shift >= 0
        ? roundedQuotient(a.coefficient * pow10(shift), b.coefficient)
        : roundedQuotient(a.coefficient, b.coefficient * pow10(-shift));
    if ((c <= max && c >= -max) || scale === 0) {
      let value = c;
      while (scale > preferred && value % 10n === 0n) {
        value /= 10n;
        scale--;
      }
      return fit(value, scale);
    }
    scale--;
  }
}
export function remainderDecimals(a: DecimalParts, b: DecimalParts): DecimalParts {
  if (b.coefficient === 0n) throw dotNetError('System.DivideByZeroException', 'Attempted to divide by zero.');
  const scale = Math.max(a.scale, b.scale);
  return fit((a.coefficient * pow10(scale - a.scale)) % (b.coefficient * pow10(scale - b.scale)), scale);
}
export function compareDecimals(a: DecimalParts, b: DecimalParts): number {
  const scale = Math.max(a.scale, b.scale);
  const left = a.coefficient * pow10(scale - a.scale);
  const right = b.coefficient * pow10(scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function decimalText(value: DecimalParts): string {
  const negative = value.coefficient < 0n;
  let digits = (negative ? -value.coefficient : value.coefficient).toString();
  if (value.scale > 0) {
    digits = digits.padStart(value.scale + 1, '0');
    digits = `${digits.slice(0, -value.scale)}.${digits.slice(-value.scale)}`;
  }
  return negative ? `-${digits}` : digits;
}
export const decimalToNumber = (value: DecimalParts): number => Number(decimalText(value));

/** As .NET's `new Decimal(double)`: 15 significant digits. */
export function decimalFromNumber(value: number, digits = 15): DecimalParts {
  if (!Number.isFinite(value) || Math.abs(value) > 7.9228162514264338e28)
    throw dotNetError('System.OverflowException', 'Value was either too large or too small for a Decimal.');
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
  let c = BigInt(mantissa.replace('.', ''));
  let s = digits - 1 - Number(exponent);
  while (s > 0 && c % 10n === 0n) {
    c /= 10n;
    s--;
  }
  if (c === 0n) return { coefficient: 0n, scale: 0 };
  if (s < 0) return fit(c * pow10(-s), 0);
  return fit(c, s);
}

/** Digits with optional sign, point and exponent; undefined where the text is not one. */
export function parseDecimal(text: string): DecimalParts | undefined {
  const match = /^\s*([+-]?)(\d{1,3}(?:,?\d+)*|\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/.exec(text);
  if (!match) return undefined;
  const whole = (match[2] ?? '').replace(/,/g, '');
  const fraction = match[3] ?? '';
  if (whole === '' && fraction === '') return undefined;
  const coefficient = BigInt(whole + fraction || '0') * (match[1] === '-' ? -1n : 1n);
  const scale = fraction.length - Number(match[4] ?? 0);
  return scale < 0 ? fit(coefficient * pow10(-scale), 0) : fit(coefficient, scale);
}
