import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { DateTimeValue } from '../scalars.ts';
import { dateParts, daysInMonth, ticksOfDate } from '../text.ts';
import type { CultureData } from './culture-data.ts';
import { dayNames, monthNames } from './culture-data.ts';
import { standardPattern } from './date-format.ts';
import { localNow, offsetAtLocal, offsetAtUtc } from './local-time.ts';

/** A date read from text: the clock it shows, and the offset from UTC (in ticks) where the text names one. */
export interface ParsedDate {
  readonly ticks: bigint;
  readonly offset: bigint | undefined;
  /** The offset was written as `Z`. */
  readonly isZulu: boolean;
  /** It fits the format, but its month has no such day. */
  readonly noSuchDay?: true;
}

/** Bits of DateTimeStyles. */
export const dateStyles = {
  noCurrentDateDefault: 8,
  adjustToUniversal: 16,
  assumeLocal: 32,
  assumeUniversal: 64,
  roundtripKind: 128,
} as const;

type Fail = (text: string) => Error;
export const badDate: Fail = (text) =>
  dotNetError(
    'System.FormatException',
    isDesktop(differences.errors.invalidDate)
      ? 'String was not recognized as a valid DateTime.'
      : `String '${text}' was not recognized as a valid DateTime.`,
  );
/** A date whose month has no such day. */
export const noSuchDate: Fail = (text) =>
  dotNetError(
    'System.FormatException',
    isDesktop(differences.errors.invalidDate)
      ? 'The DateTime represented by the string is not supported in calendar System.Globalization.GregorianCalendar.'
      : `The DateTime represented by the string '${text}' is not supported in calendar 'System.Globalization.GregorianCalendar'.`,
  );
const unknownWord = (text: string, index: number): Error =>
  dotNetError(
    'System.FormatException',
    isDesktop(differences.errors.invalidDate)
      ? `The string was not recognized as a valid DateTime. There is an unknown word starting at index ${index}.`
      : `The string '${text}' was not recognized as a valid DateTime. There is an unknown word starting at index '${index}'.`,
  );
const wrongDay = (text: string): Error =>
  dotNetError(
    'System.FormatException',
    isDesktop(differences.errors.invalidDate)
      ? 'String was not recognized as a valid DateTime because the day of week was incorrect.'
      : `String '${text}' was not recognized as a valid DateTime because the day of week was incorrect.`,
  );

const nameIndex = (names: readonly string[], word: string): number => {
  const lower = word.toLowerCase();
  return names.findIndex((n) => n.toLowerCase() === lower || n.slice(0, 3).toLowerCase() === lower);
};
/** Years of two digits: up to 49 are of this century in .NET 5 and later, up to 29 in the .NET Framework. */
const fullYear = (text: string): number => {
  const n = Number(text);
  if (text.length > 2) return n;
  return n <= (isDesktop(differences.numbers.twoDigitYears) ? 29 : 49) ? 2000 + n : 1900 + n;
};
const fractionTicks = (digits: string): bigint => {
  const eight = digits.slice(0, 8).padEnd(8, '0');
  return (BigInt(eight) + 5n) / 10n;
};
const offsetTicks = (sign: string, hours: string, minutes: string): bigint => {
  const n = BigInt(hours) * 36000000000n + BigInt(minutes || '0') * 600000000n;
  return sign === '-' ? -n : n;
};

/** DateTime.Parse for the cultures known here (month before day). Throws FormatException. */
export function parseDate(text: string, styles = 0): ParsedDate {
  let rest = text.trim();
  const blank = (found: string): string => ' '.repeat(found.length);
  const cut = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found)
      rest = rest.slice(0, found.index) + blank(found[0]) + rest.slice(found.index + found[0].length);
    return found;
  };
  const shift = text.length - text.trimStart().length;

  let timeTicks = 0n;
  let hasTime = false;
  let offset: bigint | undefined;
  let isZulu = false;
  const time =
    cut(
      /(?:(?<=\d)T|(?<![\d:.])|(?<=\s))(\d{1,2})(?:\s*:\s*(\d{1,2})(?:\s*:\s*(\d{1,2})(?:[.,](\d+))?)?)(?:\s*(AM|PM|A|P)(?![A-Za-z]))?/i,
    ) ?? cut(/(?<![\d:/.-])(\d{1,2})()()()\s*(AM|PM)(?![A-Za-z])/i);
  if (time) {
    hasTime = true;
    let hour = Number(time[1]);
    const minute = Number(time[2] || 0);
    const second = Number(time[3] || 0);
    const half = time[5]?.[0]?.toLowerCase();
    if (half !== undefined) {
      if (hour > 12) throw badDate(text);
      hour = (hour % 12) + (half === 'p' ? 12 : 0);
    }
    if (hour > 23 || minute > 59 || second > 59) throw badDate(text);
    timeTicks =
      BigInt(hour * 3600 + minute * 60 + second) * 10000000n + (time[4] ? fractionTicks(time[4]) : 0n);
    const end = time.index + time[0].length;
    const zone = /^\s*(?:(Z)|(GMT|UTC)|([+-])(\d{1,2})(?::?(\d{2}))?)(?![A-Za-z\d])/i.exec(rest.slice(end));
    if (zone) {
      isZulu = zone[1] !== undefined;
      offset = zone[3] === undefined ? 0n : offsetTicks(zone[3], zone[4] as string, zone[5] as string);
      rest = rest.slice(0, end) + blank(zone[0]) + rest.slice(end + zone[0].length);
    }
  }

  let month: number | undefined;
  let weekDay: number | undefined;
  let monthAt = 0;
  const numbers: string[] = [];
  const token = /(\d+)|([A-Za-z]+\.?)|([\s,/.-]+)|(.)/g;
  for (let m = token.exec(rest); m; m = token.exec(rest)) {
    if (m[1] !== undefined) numbers.push(m[1]);
    else if (m[2] !== undefined) {
      const word = m[2].replace(/\.$/, '');
      const asMonth = nameIndex(monthNames, word);
      const asDay = nameIndex(dayNames, word);
      if (asMonth >= 0 && month === undefined) {
        month = asMonth + 1;
        monthAt = numbers.length;
      } else if (asDay >= 0 && weekDay === undefined) weekDay = asDay;
      else if (/^T$/i.test(word) && hasTime) continue;
      else if (/^(AD)$/i.test(word)) continue;
      else throw unknownWord(text, shift + m.index);
    } else if (m[4] !== undefined) throw badDate(text);
  }
  let year: number | undefined;
  let day: number | undefined;
  const thisYear = (): number => dateParts(localNow().ticks).year;
  const [a, b, c] = numbers as [string?, string?, string?];
  if (numbers.length > 3 || numbers.some((n) => n.length > 4)) throw badDate(text);
  if (month !== undefined) {
    if (a === undefined || c !== undefined) throw badDate(text);
    if (b !== undefined) {
      if (a.length > 2 && monthAt < 2) [year, day] = [Number(a), Number(b)];
      else [day, year] = [Number(a), fullYear(b)];
    } else if (a.length > 2) [year, day] = [Number(a), 1];
    else [day, year] = [Number(a), thisYear()];
  } else if (c !== undefined && a !== undefined && b !== undefined) {
    if (a.length > 2) [year, month, day] = [Number(a), Number(b), Number(c)];
    else [month, day, year] = [Number(a), Number(b), fullYear(c)];
  } else if (a !== undefined && b !== undefined) {
    if (a.length > 2) [year, month, day] = [Number(a), Number(b), 1];
    else if (b.length > 2) [month, year, day] = [Number(a), Number(b), 1];
    else [month, day, year] = [Number(a), Number(b), thisYear()];
  } else if (a !== undefined || !hasTime) throw badDate(text);
  if (year === undefined || month === undefined || day === undefined) {
    if (styles & dateStyles.noCurrentDateDefault) return { ticks: timeTicks, offset, isZulu };
    const today = localNow().ticks;
    return { ticks: today - (today % 864000000000n) + timeTicks, offset, isZulu };
  }
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    throw badDate(text);
  const ticks = ticksOfDate(year, month, day) + timeTicks;
  if (weekDay !== undefined && dateParts(ticks).dayOfWeek !== weekDay) throw wrongDay(text);
  return { ticks, offset, isZulu };
}

/** DateTime.ParseExact with one format; undefined where the text does not fit. */
export function parseDateExact(
  text: string,
  format: string,
  culture: CultureData,
  styles = 0,
): ParsedDate | undefined {
  let pattern = format;
  if (format.length === 1) {
    const standard = standardPattern(format, culture, false);
    if (standard === undefined) return undefined;
    pattern = standard;
  }
  let at = 0;
  const source = styles & 1 ? text.trimStart() : text;
  let year: number | undefined;
  let month: number | undefined;
  let day: number | undefined;
  let weekDay: number | undefined;
  let hour = 0;
  let half: string | undefined;
  let minute = 0;
  let second = 0;
  let fraction = 0n;
  let offset: bigint | undefined;
  let isZulu = false;
  let hasDate = false;
  const take = (expression: RegExp): RegExpExecArray | undefined => {
    expression.lastIndex = at;
    const found = expression.exec(source);
    if (!found) return undefined;
    at += found[0].length;
    return found;
  };
  const digits = (min: number, max: number): number | undefined => {
    const found = take(new RegExp(`\\d{${min},${max}}`, 'y'));
    return found && Number(found[0]);
  };
  const name = (names: readonly string[], short: boolean): number | undefined => {
    const index = names.findIndex((n) =>
      source
        .slice(at)
        .toLowerCase()
        .startsWith((short ? n.slice(0, 3) : n).toLowerCase()),
    );
    if (index < 0) return undefined;
    at += short ? 3 : (names[index] as string).length;
    return index;
  };
  for (let i = 0; i < pattern.length;) {
    const c = pattern[i] as string;
    let n = 1;
    while (pattern[i + n] === c) n++;
    switch (c) {
      case 'y': {
        const found = take(new RegExp(`\\d{${n},${n <= 2 ? 2 : n === 3 ? 5 : n}}`, 'y'));
        if (!found) return undefined;
        year = n <= 2 ? fullYear(found[0].padStart(2, '0')) : Number(found[0]);
        hasDate = true;
        break;
      }
      case 'M': {
        const found = n <= 2 ? digits(n, 2) : monthOf(name(monthNames, n === 3));
        if (found === undefined) return undefined;
        month = found;
        hasDate = true;
        break;
      }
      case 'd':
        if (n <= 2) {
          day = digits(n, 2);
          hasDate = true;
          if (day === undefined) return undefined;
        } else {
          weekDay = name(dayNames, n === 3);
          if (weekDay === undefined) return undefined;
        }
        break;
      case 'h':
      case 'H':
      case 'm':
      case 's': {
        const found = digits(Math.min(n, 2), 2);
        if (found === undefined) return undefined;
        if (c === 'm') minute = found;
        else if (c === 's') second = found;
        else hour = found;
        if (c === 'h' && (found < 1 || found > 12)) return undefined;
        break;
      }
      case 'f': {
        const found = take(new RegExp(`\\d{${n}}`, 'y'));
        if (!found || n > 7) return undefined;
        fraction = BigInt(found[0].padEnd(7, '0'));
        break;
      }
      case 'F': {
        const found = take(new RegExp(`\\d{0,${n}}`, 'y'));
        fraction = BigInt((found?.[0] ?? '').padEnd(7, '0'));
        break;
      }
      case 't': {
        const found = take(n === 1 ? /[AP]/iy : /[AP]M/iy);
        if (!found) return undefined;
        half = found[0][0]?.toLowerCase();
        break;
      }
      case 'z':
      case 'K': {
        const found = take(
          c === 'K'
            ? /Z|([+-])(\d{2}):(\d{2})|/y
            : n <= 2
              ? /([+-])(\d{1,2})()/y
              : /([+-])(\d{1,2}):?(\d{2})|Z/y,
        );
        if (!found) return undefined;
        if (found[0] === '') break;
        isZulu = found[0] === 'Z';
        offset = isZulu ? 0n : offsetTicks(found[1] as string, found[2] as string, found[3] as string);
        break;
      }
      case "'":
      case '"': {
        const end = pattern.indexOf(c, i + 1);
        if (end < 0) return undefined;
        const literal = pattern.slice(i + 1, end);
        if (!source.startsWith(literal, at)) return undefined;
        at += literal.length;
        n = end + 1 - i;
        break;
      }
      case '%':
        n = 1;
        break;
      case '\\':
        if (source[at] !== pattern[i + 1]) return undefined;
        at++;
        n = 2;
        break;
      case '.':
        // `.FFF` may be left out as a whole.
        if (source[at] === '.') at++;
        else if (pattern[i + 1] !== 'F') return undefined;
        n = 1;
        break;
      case ' ':
        n = 1;
        if (styles & 4) while (source[at] === ' ') at++;
        else if (source[at] === ' ') at++;
        else return undefined;
        break;
      default:
        if (source[at] !== c) return undefined;
        at++;
        n = 1;
    }
    i += n;
  }
  if (styles & 2) while (source[at] === ' ') at++;
  if (at !== source.length) return undefined;
  if (half !== undefined) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const clock = BigInt(hour * 3600 + minute * 60 + second) * 10000000n + fraction;
  if (!hasDate) {
    const today = styles & dateStyles.noCurrentDateDefault ? 0n : localNow().ticks;
    return { ticks: today - (today % 864000000000n) + clock, offset, isZulu };
  }
  year ??= dateParts(localNow().ticks).year;
  month ??= 1;
  day ??= 1;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  if (day > daysInMonth(year, month)) return { ticks: 0n, offset, isZulu, noSuchDay: true };
  const ticks = ticksOfDate(year, month, day) + clock;
  if (weekDay !== undefined && dateParts(ticks).dayOfWeek !== weekDay) return undefined;
  return { ticks, offset, isZulu };
}
const monthOf = (index: number | undefined): number | undefined =>
  index === undefined ? undefined : index + 1;

/** A DateTime of what was read, its kind as DateTimeStyles asks. */
export function dateOf(parsed: ParsedDate, styles = 0): DateTimeValue {
  const toUtc = (styles & dateStyles.adjustToUniversal) !== 0;
  if (parsed.offset !== undefined) {
    const utc = parsed.ticks - parsed.offset;
    if (toUtc || (parsed.isZulu && styles & dateStyles.roundtripKind)) return new DateTimeValue(utc, 'Utc');
    return new DateTimeValue(utc + offsetAtUtc(utc), 'Local');
  }
  if (styles & dateStyles.assumeUniversal)
    return toUtc
      ? new DateTimeValue(parsed.ticks, 'Utc')
      : new DateTimeValue(parsed.ticks + offsetAtUtc(parsed.ticks), 'Local');
  if (styles & dateStyles.assumeLocal)
    return toUtc
      ? new DateTimeValue(parsed.ticks - offsetAtLocal(parsed.ticks), 'Utc')
      : new DateTimeValue(parsed.ticks, 'Local');
  return new DateTimeValue(parsed.ticks, 'Unspecified');
}
