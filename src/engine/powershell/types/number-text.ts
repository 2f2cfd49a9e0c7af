import { differences } from '../dialects/index.ts';
import { isDesktop } from './ambient.ts';
import { decimalText } from './decimal-math.ts';
import type { Boxed, DecimalParts } from './objects.ts';

function fromDigits(digits: string, exponent: number, negative: boolean, upper: number): string {
  // `digits` without trailing zeros, value = d.ddd * 10^exponent
  let text: string;
  if (exponent >= upper || exponent < -4) {
    const sign = exponent < 0 ? '-' : '+';
    const power = String(Math.abs(exponent)).padStart(2, '0');
    text = `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}E${sign}${power}`;
  } else if (exponent < 0) text = `0.${'0'.repeat(-exponent - 1)}${digits}`;
  else if (digits.length <= exponent + 1) text = digits + '0'.repeat(exponent + 1 - digits.length);
  else text = `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  return negative ? `-${text}` : text;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return isDesktop(differences.numbers.infinity) ? 'Infinity' : '∞';
  if (value === -Infinity) return isDesktop(differences.numbers.infinity) ? '-Infinity' : '-∞';
  if (value === 0) return Object.is(value, -0) && !isDesktop(differences.numbers.negativeZero) ? '-0' : '0';
  return undefined;
}

/** Double.ToString(): shortest text that reads back in 7, 15 significant digits in 5.1. Invariant and en-US alike. */
export function doubleText(value: number): string {
  const fixed = special(value);
  if (fixed !== undefined) return fixed === '∞' ? '∞' : fixed;
  const magnitude = Math.abs(value);
  const [mantissa, exponent] = (
    isDesktop(differences.numbers.doubleText) ? magnitude.toExponential(14) : magnitude.toExponential()
  ).split('e') as [string, string];
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  return fromDigits(digits, Number(exponent), value < 0, 15);
}

export function singleText(value: number): string {
  const fixed = special(value);
  if (fixed !== undefined) return fixed;
  const magnitude = Math.abs(value);
  let text = '';
  for (let precision = isDesktop(differences.numbers.doubleText) ? 7 : 1; precision <= 9; precision++) {
    text = magnitude.toExponential(precision - 1);
    if (isDesktop(differences.numbers.doubleText) || Math.fround(Number(text)) === magnitude) break;
  }
  const [mantissa, exponent] = text.split('e') as [string, string];
  return fromDigits(mantissa.replace('.', '').replace(/0+$/, ''), Number(exponent), value < 0, 7);
}

/** A number as PowerShell itself turns it into text: doubles with 15 digits, singles with 7, in every dialect. */
export function scriptNumberText(value: number | bigint | Boxed): string {
  if (typeof value === 'number') return (value | 0) === value ? String(value) : rounded(value, 15);
  if (typeof value === 'bigint') return value.toString();
  if (value.kind === 'double') return rounded(value.value as number, 15);
  return value.kind === 'single' ? rounded(value.value as number, 7) : numberText(value);
}
function rounded(value: number, precision: number): string {
  const fixed = special(value);
  if (fixed !== undefined) return fixed;
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(precision - 1)
    .split('e') as [string, string];
  return fromDigits(mantissa.replace('.', '').replace(/0+$/, ''), Number(exponent), value < 0, precision);
}

/** .NET's ToString() of a number. */
export function numberText(value: number | bigint | Boxed): string {
  if (typeof value === 'number') return (value | 0) === value ? String(value) : doubleText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value.kind === 'double') return doubleText(value.value as number);
  if (value.kind === 'single') return singleText(value.value as number);
  if (value.kind === 'decimal') return decimalText(value.value as DecimalParts);
  return String(value.value);
}
