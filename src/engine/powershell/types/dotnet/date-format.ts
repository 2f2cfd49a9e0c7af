import { dotNetError } from '../errors.ts';
import type { DateTimeValue } from '../scalars.ts';
import { DateTimeOffsetValue } from '../scalars.ts';
import { dateParts, offsetText } from '../text.ts';
import type { CultureData } from './culture-data.ts';
import { dayNames, invariantCulture, monthNames } from './culture-data.ts';
import { offsetAtLocal, toUtcTicks } from './local-time.ts';

const badFormat = (): Error =>
  dotNetError('System.FormatException', 'Input string was not in a correct format.');
const pad = (n: number, width: number): string => String(n).padStart(width, '0');

const roundTrip = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";

/** The pattern a standard format letter stands for; undefined where the letter is none. */
export function standardPattern(letter: string, c: CultureData, isOffset: boolean): string | undefined {
  switch (letter) {
    case 'd':
      return c.shortDate;
    case 'D':
      return c.longDate;
    case 'f':
      return `${c.longDate} ${c.shortTime}`;
    case 'F':
      return `${c.longDate} ${c.longTime}`;
    case 'g':
      return `${c.shortDate} ${c.shortTime}`;
    case 'G':
      return `${c.shortDate} ${c.longTime}`;
    case 'm':
    case 'M':
      return c.monthDay;
    case 'o':
    case 'O':
      return isOffset ? roundTrip.replace('K', 'zzz') : roundTrip;
    case 'r':
    case 'R':
      return "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";
    case 's':
      return "yyyy'-'MM'-'dd'T'HH':'mm':'ss";
    case 't':
      return c.shortTime;
    case 'T':
      return c.longTime;
    case 'u':
      return "yyyy'-'MM'-'dd HH':'mm':'ss'Z'";
    case 'U':
      return isOffset ? undefined : `${c.longDate} ${c.longTime}`;
    case 'y':
    case 'Y':
      return c.yearMonth;
    default:
      return undefined;
  }
}

/** A date under a standard or custom format string of .NET. */
export function formatDate(
  value: DateTimeValue | DateTimeOffsetValue,
  format: string,
  culture: CultureData,
): string {
  const isOffset = value instanceof DateTimeOffsetValue;
  let { ticks } = value;
  let pattern = format;
  if (format === '') pattern = `${culture.shortDate} ${culture.longTime}${isOffset ? ' zzz' : ''}`;
  else if (format.length === 1) {
    const standard = standardPattern(format, culture, isOffset);
    if (standard === undefined) throw badFormat();
    pattern = standard;
    if (isOffset && /[rRu]/.test(format)) ticks -= value.offset;
    else if (!isOffset && format === 'U') ticks = toUtcTicks(value);
  }
  // R, s and u mean the same in every culture.
  const invariant = format.length === 1 && /[rRsu]/.test(format);
  return customDate(value, ticks, pattern, invariant ? invariantCulture : culture);
}

function customDate(
  value: DateTimeValue | DateTimeOffsetValue,
  ticks: bigint,
  pattern: string,
  culture: CultureData,
): string {
  const p = dateParts(ticks);
  const offset = (): bigint =>
    value instanceof DateTimeOffsetValue
      ? value.offset
      : value.kind === 'Utc'
        ? 0n
        : offsetAtLocal(value.ticks);
  let out = '';
  let i = 0;
  const run = (c: string): number => {
    let n = 1;
    while (pattern[i + n] === c) n++;
    return n;
  };
  while (i < pattern.length) {
    const c = pattern[i] as string;
    let n = 1;
    switch (c) {
      case 'g':
        n = run(c);
        out += 'A.D.';
        break;
      case 'h':
        n = run(c);
        out += pad(p.hour % 12 === 0 ? 12 : p.hour % 12, Math.min(n, 2));
        break;
      case 'H':
        n = run(c);
        out += pad(p.hour, Math.min(n, 2));
        break;
      case 'm':
        n = run(c);
        out += pad(p.minute, Math.min(n, 2));
        break;
      case 's':
        n = run(c);
        out += pad(p.second, Math.min(n, 2));
        break;
      case 'f':
      case 'F': {
        n = run(c);
        if (n > 7) throw badFormat();
        const fraction = pad(p.fraction, 7).slice(0, n);
        if (c === 'f') out += fraction;
        else {
          const shown = fraction.replace(/0+$/, '');
          if (shown !== '') out += shown;
          else if (out.endsWith('.')) out = out.slice(0, -1);
        }
        break;
      }
      case 't':
        n = run(c);
        out += n === 1 ? (p.hour < 12 ? 'A' : 'P') : p.hour < 12 ? 'AM' : 'PM';
        break;
      case 'd':
        n = run(c);
        if (n <= 2) out += pad(p.day, n);
        else {
          const day = (culture.days ?? dayNames)[p.dayOfWeek] as string;
          out += n === 3 ? (culture.shortDays?.[p.dayOfWeek] ?? day.slice(0, 3)) : day;
        }
        break;
      case 'M':
        n = run(c);
        if (n <= 2) out += pad(p.month, n);
        else {
          const month = (culture.months ?? monthNames)[p.month - 1] as string;
          out += n === 3 ? month.slice(0, 3) : month;
        }
        break;
      case 'y':
        n = run(c);
        out += n <= 2 ? pad(p.year % 100, n) : pad(p.year, n);
        break;
      case 'z': {
        n = run(c);
        const text = offsetText(offset());
        out += n === 1 ? text.slice(0, 3).replace(/^([+-])0/, '$1') : n === 2 ? text.slice(0, 3) : text;
        break;
      }
      case 'K':
        if (value instanceof DateTimeOffsetValue) out += offsetText(value.offset);
        else if (value.kind === 'Local') out += offsetText(offset());
        else if (value.kind === 'Utc') out += 'Z';
        break;
      case "'":
      case '"': {
        let j = i + 1;
        for (;;) {
          if (j >= pattern.length) throw badFormat();
          const q = pattern[j++] as string;
          if (q === c) break;
          if (q === '\\') {
            if (j >= pattern.length) throw badFormat();
            out += pattern[j++];
          } else out += q;
        }
        n = j - i;
        break;
      }
      case '%': {
        const following = pattern[i + 1];
        if (following === undefined || following === '%') throw badFormat();
        out += customDate(value, ticks, following, culture);
        n = 2;
        break;
      }
      case '\\':
        if (i + 1 >= pattern.length) throw badFormat();
        out += pattern[i + 1];
        n = 2;
        break;
      default:
        out += c;
    }
    i += n;
  }
  return out;
}
