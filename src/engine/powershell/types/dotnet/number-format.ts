import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import type { Numeric } from '../numeric.ts';
import { kindOf, rangeOf, toBig } from '../numeric.ts';
import { numberText } from '../number-text.ts';
import type { DecimalParts } from '../objects.ts';
import { Boxed } from '../objects.ts';
import type { CultureData } from './culture-data.ts';

/** A number as .NET's formatter sees it: value = 0.digits * 10^scale. No leading or trailing zeros; zero has none. */
interface Digits {
  negative: boolean;
  digits: string;
  scale: number;
}

const badFormat = (): Error => dotNetError('System.FormatException', 'Format specifier was invalid.');

function make(negative: boolean, text: string, scale: number): Digits {
  const lead = /^0*/.exec(text)?.[0].length ?? 0;
  const digits = text.slice(lead).replace(/0+$/, '');
  return { negative, digits, scale: digits === '' ? 0 : scale - lead };
}
function ofBig(n: bigint): Digits {
  const text = (n < 0n ? -n : n).toString();
  return make(n < 0n, text, text.length);
}
function ofDecimal({ coefficient, scale }: DecimalParts): Digits {
  const text = (coefficient < 0n ? -coefficient : coefficient).toString();
  return make(coefficient < 0n, text, text.length - scale);
}
/** Rounded to `count` significant digits. */
function ofDouble(value: number, count: number): Digits {
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(count - 1)
    .split('e') as [string, string];
  return make(
    value < 0 || Object.is(value, -0),
    mantissa.replace('.', ''),
    value === 0 ? 0 : Number(exponent) + 1,
  );
}
/** Every digit a double stands for. */
function exact(value: number): Digits {
  if (value === 0) return { negative: Object.is(value, -0), digits: '', scale: 0 };
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  const raw = bits.getBigUint64(0);
  const biased = Number(raw >> 52n);
  const fraction = raw & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const power = (biased === 0 ? 1 : biased) - 1075;
  if (power >= 0) {
    const text = (mantissa << BigInt(power)).toString();
    return make(value < 0, text, text.length);
  }
  const text = (mantissa * 5n ** BigInt(-power)).toString();
  return make(value < 0, text, text.length + power);
}
/** Keeps `count` digits. Halves go away from zero, or to the even digit. */
function round(n: Digits, count: number, toEven = false): Digits {
  if (count >= n.digits.length) return n;
  if (count < 0) return { negative: n.negative, digits: '', scale: 0 };
  const rest = n.digits.slice(count);
  const half = rest[0] === '5' && rest.length === 1;
  const last = count === 0 ? 0 : Number(n.digits[count - 1]);
  const up = (rest[0] as string) >= '5' && !(toEven && half && last % 2 === 0);
  const kept = n.digits.slice(0, count);
  if (!up) return make(n.negative, kept, n.scale);
  const bumped = (BigInt(kept === '' ? '0' : kept) + 1n).toString().padStart(count, '0');
  return make(n.negative, bumped, n.scale + (bumped.length - count));
}

const isFloating = (value: Numeric): boolean => {
  const kind = kindOf(value);
  return kind === 'double' || kind === 'single';
};
const floatOf = (value: Numeric): number =>
  value instanceof Boxed ? (value.value as number) : Number(value);
const customPrecision = (value: Numeric): number => (kindOf(value) === 'single' ? 7 : 15);

/** Digits of a number, at least as many as are needed for `significant` digits or `decimals` after the point. */
function digitsOf(value: Numeric): { n: Digits; toEven: boolean } {
  if (!isFloating(value)) {
    const kind = kindOf(value);
    if (kind === 'decimal') return { n: ofDecimal((value as Boxed).value as DecimalParts), toEven: false };
    return { n: ofBig(toBig(value)), toEven: false };
  }
  const f = floatOf(value);
  return isDesktop(differences.numbers.midpoints)
    ? { n: ofDouble(f, customPrecision(value)), toEven: false }
    : { n: exact(f), toEven: true };
}

/** Digits with the decimal point, no sign: `1234.50`. */
function fixed(n: Digits, decimals: number, grouped: boolean): string {
  let whole = n.scale <= 0 ? '0' : n.digits.slice(0, n.scale).padEnd(n.scale, '0');
  if (grouped) whole = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  if (decimals === 0) return whole;
  const part = n.scale <= 0 ? '0'.repeat(Math.min(-n.scale, decimals)) + n.digits : n.digits.slice(n.scale);
  return `${whole}.${part.slice(0, decimals).padEnd(decimals, '0')}`;
}
function scientific(n: Digits, decimals: number, mark: string, minimum: number): string {
  const first = n.digits[0] ?? '0';
  const rest = n.digits.slice(1);
  const exponent = n.digits === '' ? 0 : n.scale - 1;
  const tail = decimals > 0 ? `.${rest.slice(0, decimals).padEnd(decimals, '0')}` : '';
  return `${first}${tail}${exponentText(mark, exponent, minimum, true)}`;
}
const exponentText = (mark: string, exponent: number, minimum: number, plus: boolean): string =>
  `${mark}${exponent < 0 ? '-' : plus ? '+' : ''}${String(Math.abs(exponent)).padStart(minimum, '0')}`;

const isNegative = (n: Digits): boolean => n.negative && n.digits !== '';
/** In .NET 5 and later a negative zero keeps its sign; a negative number that rounds to zero too. */
const showsMinus = (n: Digits, before: Digits): boolean =>
  isDesktop(differences.numbers.negativeZero) ? isNegative(n) : before.negative;

function general(value: Numeric, precision: number, mark: string): string {
  if (precision <= 0) {
    const text = numberText(value);
    return mark === 'e' ? text.replace('E', 'e') : text;
  }
  const { n, toEven } = digitsOf(value);
  const rounded = round(n, precision, toEven);
  const sign = isNegative(rounded) ? '-' : '';
  const { digits, scale } = rounded;
  if (digits === '') return `${sign}0`;
  if (scale > precision || scale < -3) return `${sign}${scientific(rounded, digits.length - 1, mark, 2)}`;
  const decimals = Math.max(0, digits.length - scale);
  return sign + fixed(rounded, decimals, false);
}

function hex(value: Numeric, width: number, upper: boolean): string {
  const kind = kindOf(value) as 'int32';
  let n = toBig(value);
  const range = rangeOf(kind);
  let text: string;
  if (n < 0n && range) n += (range[1] + 1n) * 2n;
  if (n < 0n) {
    // BigInteger: as many bytes as two's complement takes.
    let bytes = 1n;
    while (-(1n << (bytes * 8n - 1n)) > n) bytes++;
    text = (n + (1n << (bytes * 8n))).toString(16).padStart(Number(bytes) * 2, '0');
  } else {
    text = n.toString(16);
    if ((kind as string) === 'biginteger' && /^[89a-f]/.test(text)) text = `0${text}`;
  }
  text = text.padStart(width, '0');
  return upper ? text.toUpperCase() : text;
}

/** A number under a standard or custom format string of .NET. */
export function formatNumber(value: Numeric, format: string, culture: CultureData): string {
  if (format === '') return numberText(value);
  if (isFloating(value)) {
    const f = floatOf(value);
    if (!Number.isFinite(f)) return numberText(value);
  }
  const standard = /^([A-Za-z])(\d{0,9})$/.exec(format);
  if (!standard) return customNumber(value, format);
  const letter = standard[1] as string;
  const precision = standard[2] === '' ? -1 : Number(standard[2]);
  const integral = !isFloating(value) && kindOf(value) !== 'decimal';
  switch (letter.toUpperCase()) {
    case 'D': {
      if (!integral) throw badFormat();
      const n = toBig(value);
      return `${n < 0n ? '-' : ''}${(n < 0n ? -n : n).toString().padStart(Math.max(precision, 0), '0')}`;
    }
    case 'X':
      if (!integral) throw badFormat();
      return hex(value, Math.max(precision, 0), letter === 'X');
    case 'B': {
      if (!integral || isDesktop(differences.numbers.binaryFormat)) throw badFormat();
      const n = toBig(value);
      const range = rangeOf(kindOf(value) as 'int32');
      return (n < 0n && range ? n + (range[1] + 1n) * 2n : n)
        .toString(2)
        .padStart(Math.max(precision, 0), '0');
    }
    case 'R':
      if (
        kindOf(value) === 'decimal' ||
        (integral && isDesktop(differences.numbers.roundTripFormat) && kindOf(value) !== 'biginteger')
      )
        throw badFormat();
      return numberText(value);
    case 'G':
      return general(value, precision, letter === 'G' ? 'E' : 'e');
    case 'F':
    case 'N': {
      const decimals = precision < 0 ? culture.decimals : precision;
      const { n, toEven } = digitsOf(value);
      const r = round(n, n.scale + decimals, toEven);
      return (showsMinus(r, n) ? '-' : '') + fixed(r, decimals, letter.toUpperCase() === 'N');
    }
    case 'C': {
      const decimals = precision < 0 ? culture.decimals : precision;
      const { n, toEven } = digitsOf(value);
      const r = round(n, n.scale + decimals, toEven);
      const pattern = showsMinus(r, n) ? culture.currencyNegative : culture.currencyPositive;
      return pattern.replace(/[$n]/g, (c) => (c === 'n' ? fixed(r, decimals, true) : culture.currencySymbol));
    }
    case 'P': {
      const decimals = precision < 0 ? culture.percentDecimals : precision;
      const { n, toEven } = digitsOf(value);
      if (n.digits !== '') n.scale += 2;
      const r = round(n, n.scale + decimals, toEven);
      const pattern = showsMinus(r, n) ? culture.percentNegative : culture.percentPositive;
      return pattern.replace('n', fixed(r, decimals, true));
    }
    case 'E': {
      const decimals = precision < 0 ? 6 : precision;
      const { n, toEven } = digitsOf(value);
      const r = round(n, decimals + 1, toEven);
      return (isNegative(r) ? '-' : '') + scientific(r, decimals, letter, 3);
    }
    default:
      throw badFormat();
  }
}

/** Start of a section of a custom format: 0 positive, 1 negative, 2 zero. */
function findSection(format: string, section: number): number {
  if (section === 0) return 0;
  let i = 0;
  for (;;) {
    if (i >= format.length) return 0;
    const c = format[i++] as string;
    if (c === "'" || c === '"') {
      while (i < format.length && format[i] !== c) i++;
      i++;
    } else if (c === '\\') i++;
    else if (c === ';') {
      if (--section !== 0) continue;
      return i < format.length && format[i] !== ';' ? i : 0;
    }
  }
}

function customNumber(value: Numeric, format: string): string {
  const floating = isFloating(value);
  let n = floating ? ofDouble(floatOf(value), customPrecision(value)) : digitsOf(value).n;
  let section = findSection(format, n.digits === '' ? 2 : n.negative ? 1 : 0);
  let digitCount: number, decimalPos: number, firstDigit: number, lastDigit: number;
  let thousandPos: number, thousandCount: number, scaleAdjust: number;
  let isScientific: boolean, groups: boolean;
  for (;;) {
    digitCount = 0;
    decimalPos = -1;
    firstDigit = 0x7fffffff;
    lastDigit = 0;
    isScientific = false;
    thousandPos = -1;
    thousandCount = 0;
    groups = false;
    scaleAdjust = 0;
    for (let i = section; i < format.length && format[i] !== ';';) {
      const c = format[i++] as string;
      if (c === '#') digitCount++;
      else if (c === '0') {
        if (firstDigit === 0x7fffffff) firstDigit = digitCount;
        digitCount++;
        lastDigit = digitCount;
      } else if (c === '.') {
        if (decimalPos < 0) decimalPos = digitCount;
      } else if (c === ',') {
        if (digitCount > 0 && decimalPos < 0) {
          if (thousandPos >= 0) {
            if (thousandPos === digitCount) {
              thousandCount++;
              continue;
            }
            groups = true;
          }
          thousandPos = digitCount;
          thousandCount = 1;
        }
      } else if (c === '%') scaleAdjust += 2;
      else if (c === '\u2030') scaleAdjust += 3;
      else if (c === "'" || c === '"') {
        while (i < format.length && format[i] !== c) i++;
        i++;
      } else if (c === '\\') i++;
      else if (c === 'E' || c === 'e') {
        const rest = /^[+-]?0+/.exec(format.slice(i));
        if (rest) {
          i += rest[0].length;
          isScientific = true;
        }
      }
    }
    if (decimalPos < 0) decimalPos = digitCount;
    if (thousandPos >= 0) {
      if (thousandPos === decimalPos) scaleAdjust -= thousandCount * 3;
      else groups = true;
    }
    if (n.digits !== '') {
      n = { ...n, scale: n.scale + scaleAdjust };
      n = round(n, isScientific ? digitCount : n.scale + digitCount - decimalPos);
      if (n.digits === '') {
        const zero = findSection(format, 2);
        if (zero !== section) {
          section = zero;
          continue;
        }
      }
    } else
      n = {
        negative: floating && !isDesktop(differences.numbers.negativeZero) ? n.negative : false,
        digits: '',
        scale: 0,
      };
    break;
  }
  const first = firstDigit < decimalPos ? decimalPos - firstDigit : 0;
  const last = lastDigit > decimalPos ? decimalPos - lastDigit : 0;
  let digitPos: number;
  let adjust: number;
  if (isScientific) {
    digitPos = decimalPos;
    adjust = 0;
  } else {
    digitPos = n.scale > decimalPos ? n.scale : decimalPos;
    adjust = n.scale - decimalPos;
  }
  const isGroup = (position: number): boolean => groups && position > 1 && (position - 1) % 3 === 0;
  let at = 0;
  const next = (): string => n.digits[at++] ?? '';
  let out = '';
  if (n.negative && section === 0 && (n.scale !== 0 || n.digits !== '')) out += '-';
  let pointWritten = false;
  for (let i = section; i < format.length && format[i] !== ';';) {
    const c = format[i++] as string;
    if (adjust > 0 && (c === '#' || c === '0' || c === '.')) {
      while (adjust > 0) {
        out += next() || '0';
        if (isGroup(digitPos)) out += ',';
        digitPos--;
        adjust--;
      }
    }
    switch (c) {
      case '#':
      case '0': {
        let digit: string;
        if (adjust < 0) {
          adjust++;
          digit = digitPos <= first ? '0' : '';
        } else digit = next() || (digitPos > last ? '0' : '');
        if (digit !== '') {
          out += digit;
          if (isGroup(digitPos)) out += ',';
        }
        digitPos--;
        break;
      }
      case '.':
        if (digitPos !== 0 || pointWritten) break;
        if (last < 0 || (decimalPos < digitCount && at < n.digits.length)) {
          out += '.';
          pointWritten = true;
        }
        break;
      case '%':
      case '\u2030':
        out += c;
        break;
      case ',':
        break;
      case "'":
      case '"':
        while (i < format.length && format[i] !== c) out += format[i++];
        i++;
        break;
      case '\\':
        if (i < format.length) out += format[i++];
        break;
      case 'E':
      case 'e': {
        const mark = /^([+-]?)(0+)/.exec(format.slice(i));
        if (!mark) {
          out += c;
          break;
        }
        i += mark[0].length;
        if (isScientific) {
          const exponent = n.digits === '' ? 0 : n.scale - decimalPos;
          out += exponentText(c, exponent, Math.min((mark[2] as string).length, 10), mark[1] === '+');
          isScientific = false;
        } else out += c + mark[0];
        break;
      }
      default:
        out += c;
    }
  }
  return out;
}
