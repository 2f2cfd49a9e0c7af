import { DotNetObject, EnumValue } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { DateTimeValue } from '../scalars.ts';
import { dateParts, daysInMonth, isLeapYear, ticksOfDate } from '../text.ts';
import type { Value } from '../value.ts';
import { bits, int } from './arguments.ts';
import { constructors, method, property } from './define.ts';

const ruleType = defineEnum(
  'System.Globalization.CalendarWeekRule',
  'FirstDay,FirstFullWeek,FirstFourDayWeek',
);
export const dayOfWeekType = defineEnum(
  'System.DayOfWeek',
  'Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday',
);
const type = defineType('System.Globalization.Calendar', { isAbstract: true });
const gregorianType = defineType('System.Globalization.GregorianCalendar', { baseType: type });
export const gregorian: DotNetObject = new DotNetObject(gregorianType, null);

const p = (v: Value | undefined): ReturnType<typeof dateParts> => dateParts((v as DateTimeValue).ticks);
const dayTicks = 864000000000n;

/** Week of the year as .NET counts: `firstDay` 0 is Sunday. */
export function weekOfYear(date: DateTimeValue, rule: number, firstDay: number): number {
  const { dayOfYear, dayOfWeek, year } = dateParts(date.ticks);
  const day = dayOfYear - 1;
  const dayForJan1 = (dayOfWeek - (day % 7) + 14) % 7;
  const lead = (dayForJan1 - firstDay + 14) % 7;
  if (rule === 0) return Math.floor((day + lead) / 7) + 1;
  const full = rule === 1 ? 7 : 4;
  const offset = (firstDay - dayForJan1 + 14) % 7;
  const start = offset !== 0 && offset >= full ? offset - 7 : offset;
  const into = day - start;
  if (into >= 0) return Math.floor(into / 7) + 1;
  // It belongs to the last week of the year before.
  return weekOfYear(new DateTimeValue(ticksOfDate(year, 1, 1) - dayTicks, date.kind), rule, firstDay);
}
defineType(type.fullName, {
  members: [
    property('TwoDigitYearMax', 'int', () => 2049),
    method([
      `int GetWeekOfYear(datetime time, ${ruleType.fullName} rule, System.DayOfWeek firstDayOfWeek)`,
      (_v, a) => weekOfYear(a[0] as DateTimeValue, bits(a[1]), bits(a[2])),
    ]),
    method(['int GetYear(datetime time)', (_v, a) => p(a[0]).year]),
    method(['int GetMonth(datetime time)', (_v, a) => p(a[0]).month]),
    method(['int GetDayOfMonth(datetime time)', (_v, a) => p(a[0]).day]),
    method(['int GetDayOfYear(datetime time)', (_v, a) => p(a[0]).dayOfYear]),
    method([
      'System.DayOfWeek GetDayOfWeek(datetime time)',
      (_v, a) => new EnumValue(dayOfWeekType, p(a[0]).dayOfWeek),
    ]),
    method(['int GetDaysInMonth(int year, int month)', (_v, a) => daysInMonth(int(a[0]), int(a[1]))]),
    method(['int GetDaysInYear(int year)', (_v, a) => (isLeapYear(int(a[0])) ? 366 : 365)]),
    method(['int GetMonthsInYear(int year)', () => 12]),
    method(['bool IsLeapYear(int year)', (_v, a) => isLeapYear(int(a[0]))]),
    method(['string ToString()', () => gregorianType.fullName]),
  ],
});
gregorianType.constructors = constructors(['GregorianCalendar new()', () => gregorian]);
defineType('System.Globalization.ISOWeek', {
  members: [
    {
      kind: 'method',
      name: 'GetWeekOfYear',
      isStatic: true,
      overloads: [
        {
          signature: 'int GetWeekOfYear(datetime date)',
          call: (_v, a) => weekOfYear(a[0] as DateTimeValue, 2, 1),
        },
      ],
    },
  ],
});
