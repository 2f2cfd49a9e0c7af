import type { Duration, Instant } from '../../base/time.ts';
import { instant } from '../../base/time.ts';

/** Calendar fields of a point in time, in the proleptic Gregorian calendar, as .NET's DateTime counts. */
export interface CivilTime {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 to 999,999 */
  readonly microsecond: number;
}

const secondLength = 1_000_000;
const dayLength = 86_400 * secondLength;

/** Fields of `at` on a clock that is `offset` ahead of UTC (0: UTC itself). */
export function civilTime(at: Instant, offset: Duration | 0 = 0): CivilTime {
  const local = at + offset;
  const day = Math.floor(local / dayLength);
  const rest = local - day * dayLength;
  const second = Math.floor(rest / secondLength);
  return {
    ...civilDate(day),
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
    microsecond: rest - second * secondLength,
  };
}

/** The instant at which a clock `offset` ahead of UTC shows these fields; missing ones are 0, month and day 1. */
export function fromCivil(
  fields: Partial<CivilTime> & { readonly year: number },
  offset: Duration | 0 = 0,
): Instant {
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0, microsecond = 0 } = fields;
  const seconds = dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return instant(seconds * secondLength + microsecond - offset);
}

/** 0 Sunday to 6 Saturday. */
export function dayOfWeek(at: Instant, offset: Duration | 0 = 0): number {
  const day = Math.floor((at + offset) / dayLength);
  return (((day + 4) % 7) + 7) % 7;
}

/** 1 to 366. */
export function dayOfYear(at: Instant, offset: Duration | 0 = 0): number {
  const { year, month, day } = civilTime(at, offset);
  return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1;
}

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export function daysInMonth(year: number, month: number): number {
  return month === 2
    ? isLeapYear(year)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;
}

/** Days since 1970-01-01. Counts in eras of 400 years whose years begin in March, so a leap day is the last. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfMarchYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfMarchYear -
    719_468
  );
}

function civilDate(number: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = number + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfMarchYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfMarchYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfMarchYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}
