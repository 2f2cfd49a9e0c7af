import { differences } from '../../dialects/index.ts';
import type { Instant } from '../../../../base/time.ts';
import type { Host } from '../../host.ts';
import { ScriptError } from '../../types/error-record.ts';
import { hooks } from '../../types/hooks.ts';
import { enumValue } from '../../types/enum-text.ts';
import { defineEnum } from '../../types/registry.ts';
import { DateTimeValue, unixEpochTicks } from '../../types/scalars.ts';
import { dateParts, daysInMonth, offsetText, ticksOfDate, toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';
import { dayNames, monthNames } from '../../format/date-text.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

const hintType = defineEnum('Microsoft.PowerShell.Commands.DisplayHintType', 'Date,Time,DateTime');

/** Offset of local time from UTC, in ticks, at a local time. */
export const offsetAtLocal = (host: Host, ticks: bigint): bigint =>
  BigInt(host.clock.offsetAt(Number((ticks - unixEpochTicks) / 10n) as Instant)) * 10n;

/** Device time now on the clock of its zone. */
export function localNow(host: Host): DateTimeValue {
  const now = host.clock.now();
  return new DateTimeValue(
    BigInt(Math.round(now + host.clock.offsetAt(now))) * 10n + unixEpochTicks,
    'Local',
  );
}

const two = (n: number, fill = '0'): string => String(n).padStart(2, fill);

/** `-UFormat`: the Unix date format as each dialect knows it. */
export function unixFormat(format: string, date: DateTimeValue, host: Host, desktop: boolean): string {
  const p = dateParts(date.ticks);
  const offset = date.kind === 'Utc' ? 0n : offsetAtLocal(host, date.ticks);
  const hour12 = p.hour % 12 === 0 ? 12 : p.hour % 12;
  const half = p.hour < 12 ? 'AM' : 'PM';
  const dayName = dayNames[p.dayOfWeek] as string;
  const monthName = monthNames[p.month - 1] as string;
  const time = `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`;
  const usDate = `${two(p.month)}/${two(p.day)}/${two(p.year % 100)}`;
  const local = BigInt(date.ticks - unixEpochTicks);
  const week = isoWeek(p.year, p.dayOfYear, p.dayOfWeek);
  const value = (code: string): string => {
    switch (code) {
      case 'A':
        return dayName;
      case 'a':
        return dayName.slice(0, 3);
      case 'B':
        return monthName;
      case 'b':
      case 'h':
        return monthName.slice(0, 3);
      case 'C':
        return String(Math.floor(p.year / 100));
      case 'c':
        return desktop
          ? `${dayName.slice(0, 3)} ${monthName.slice(0, 3)} ${String(p.day).padStart(2)} ${time} ${p.year}`
          : `${dayName.slice(0, 3)} ${two(p.day)} ${monthName.slice(0, 3)} ${p.year} ${time}`;
      case 'D':
      case 'x':
        return usDate;
      case 'd':
        return two(p.day);
      case 'e':
        return String(p.day).padStart(2);
      case 'F':
        return desktop ? '%F' : `${String(p.year).padStart(4, '0')}-${two(p.month)}-${two(p.day)}`;
      case 'G':
        return String(desktop ? p.year : week.year);
      case 'g':
        return two((desktop ? p.year : week.year) % 100);
      case 'H':
        return two(p.hour);
      case 'I':
        return two(hour12);
      case 'j':
        return desktop ? String(p.dayOfYear) : String(p.dayOfYear).padStart(3, '0');
      case 'k':
        return desktop ? two(p.hour) : two(p.hour, ' ');
      case 'l':
        return desktop ? two(hour12) : two(hour12, ' ');
      case 'M':
        return two(p.minute);
      case 'm':
        return two(p.month);
      case 'n':
        return '\n';
      case 'p':
        return half;
      case 'R':
        return `${two(p.hour)}:${two(p.minute)}`;
      case 'r':
        return `${two(hour12)}:${two(p.minute)}:${two(p.second)} ${half}`;
      case 'S':
        return two(p.second);
      case 's': {
        if (!desktop) return String((local - offset) / 10000000n);
        const seconds = Number(local) / 10000000;
        return String(Math.round(seconds * 100000) / 100000);
      }
      case 'T':
      case 'X':
        return time;
      case 't':
        return '\t';
      case 'U':
      case 'W':
        return String(Math.floor(p.dayOfYear / 7));
      case 'u':
        return String(!desktop && p.dayOfWeek === 0 ? 7 : p.dayOfWeek);
      case 'V':
        return desktop ? String(Math.floor(p.dayOfYear / 7) + 1) : two(week.week);
      case 'w':
        return String(p.dayOfWeek);
      case 'Y':
        return String(p.year).padStart(4, '0');
      case 'y':
        return two(p.year % 100);
      case 'Z':
        return offsetText(offset).slice(0, 3);
      default:
        return code;
    }
  };
  return format.replace(/^\+/, '').replace(/%(.)/gs, (_, code: string) => value(code));
}

function isoWeek(
  year: number,
  dayOfYear: number,
  dayOfWeek: number,
): { readonly year: number; readonly week: number } {
  const weekday = dayOfWeek === 0 ? 7 : dayOfWeek;
  const week = Math.floor((dayOfYear - weekday + 10) / 7);
  const weeksIn = (y: number): number => {
    const jan1 = Number((ticksOfDate(y, 1, 1) / 864000000000n + 1n) % 7n);
    const leap = daysInMonth(y, 2) === 29;
    return jan1 === 4 || (leap && jan1 === 3) ? 53 : 52;
  };
  if (week < 1) return { year: year - 1, week: weeksIn(year - 1) };
  if (week > weeksIn(year)) return { year: year + 1, week: 1 };
  return { year, week };
}

/** The date asked for: given or now, with the parts that were named put in. */
function chosen(context: CmdletContext): DateTimeValue {
  let date = localNow(context.host);
  if (context.has('UnixTimeSeconds')) {
    const utc = BigInt(Math.trunc(context.number('UnixTimeSeconds', 0))) * 10000000n + unixEpochTicks;
    date = new DateTimeValue(utc + offsetAtLocal(context.host, utc), 'Local');
  } else {
    const given = context.get('Date');
    if (given instanceof DateTimeValue) date = given;
  }
  const names = ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second', 'Millisecond'];
  if (names.some((name) => context.has(name))) {
    const p = dateParts(date.ticks);
    const year = context.number('Year', p.year);
    const month = context.number('Month', p.month);
    // .NET moves to the named month and year first, which keeps the day within the month.
    const day = context.has('Day') ? context.number('Day', 1) : Math.min(p.day, daysInMonth(year, month));
    const rest = BigInt(p.fraction % 10000);
    const ticks =
      ticksOfDate(year, month, 1) +
      BigInt(day - 1) * 864000000000n +
      BigInt(context.number('Hour', p.hour)) * 36000000000n +
      BigInt(context.number('Minute', p.minute)) * 600000000n +
      BigInt(context.number('Second', p.second)) * 10000000n +
      BigInt(context.number('Millisecond', Math.floor(p.fraction / 10000))) * 10000n +
      (context.has('Millisecond') ? 0n : rest);
    date = new DateTimeValue(ticks, date.kind);
  }
  if (context.switch('AsUTC')) {
    const ticks = date.kind === 'Utc' ? date.ticks : date.ticks - offsetAtLocal(context.host, date.ticks);
    date = new DateTimeValue(ticks, 'Utc');
  }
  return date;
}

const formats: Readonly<Record<string, string>> = {
  filedate: 'yyyyMMdd',
  filedateuniversal: 'yyyyMMddZ',
  filedatetime: 'yyyyMMddTHHmmssffff',
  filedatetimeuniversal: 'yyyyMMddTHHmmssffffZ',
};

const net = ['DateAndFormat', 'UnixTimeSecondsAndFormat'];
const unix = ['DateAndUFormat', 'UnixTimeSecondsAndUFormat'];
const part = (name: string, min: number, max: number) =>
  ({ name, type: 'int', validate: [{ kind: 'range', min, max }] }) as const;

/** A pattern that .NET refuses is the cmdlet's own error. */
function formattedDate(context: CmdletContext, date: Value, pattern: string): string {
  try {
    return toText(hooks.invokeMethod(date, 'ToString', [pattern]));
  } catch (error) {
    const inner = error instanceof ScriptError ? error.record.exception.inner : null;
    if (!inner) throw error;
    return context.fail({
      id: inner.type.fullName,
      category: 'NotSpecified',
      message: inner.message,
      exception: inner.type.fullName,
    });
  }
}

export const getDate: Cmdlet = {
  name: 'Get-Date',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.GetDateCommand',
  defaultSet: 'DateAndFormat',
  parameters: [
    {
      name: 'Date',
      type: 'datetime',
      aliases: ['LastWriteTime'],
      sets: [
        { set: 'DateAndFormat', position: 0, pipeline: true, pipelineByName: true },
        { set: 'DateAndUFormat', position: 0, pipeline: true, pipelineByName: true },
      ],
    },
    {
      name: 'UnixTimeSeconds',
      type: 'double',
      aliases: ['UnixTime'],
      dialect: 'core',
      sets: [
        { set: 'UnixTimeSecondsAndFormat', mandatory: true },
        { set: 'UnixTimeSecondsAndUFormat', mandatory: true },
      ],
    },
    part('Year', 1, 9999),
    part('Month', 1, 12),
    part('Day', 1, 31),
    part('Hour', 0, 23),
    part('Minute', 0, 59),
    part('Second', 0, 59),
    part('Millisecond', 0, 999),
    { name: 'DisplayHint', type: 'Microsoft.PowerShell.Commands.DisplayHintType' },
    { name: 'UFormat', type: 'string', sets: unix.map((set) => ({ set, mandatory: true })) },
    { name: 'Format', type: 'string', sets: net },
    { name: 'AsUTC', type: 'switch', dialect: 'core' },
  ],
  start: (context) => ({
    process() {
      const date = chosen(context);
      if (context.has('UFormat')) {
        context.write(
          unixFormat(
            context.string('UFormat'),
            date,
            context.host,
            differences.commands.unixDates.desktopIn(context.dialect),
          ),
        );
        return undefined;
      }
      if (context.has('Format')) {
        const given = context.string('Format');
        const special = formats[given.toLowerCase()];
        const universal = given.toLowerCase().endsWith('universal') && special !== undefined;
        const shown: Value =
          universal && date.kind !== 'Utc'
            ? new DateTimeValue(date.ticks - offsetAtLocal(context.host, date.ticks), 'Utc')
            : date;
        const pattern = special?.replace('Z', "'Z'").replace('T', "'T'") ?? given;
        context.write(formattedDate(context, shown, pattern));
        return undefined;
      }
      const result = new DateTimeValue(date.ticks, date.kind);
      result.members = new MemberBag();
      const hint = context.has('DisplayHint') ? toText(context.get('DisplayHint')) : 'DateTime';
      result.members.set({ kind: 'NoteProperty', name: 'DisplayHint', value: enumValue(hintType, hint) });
      context.write(result);
      return undefined;
    },
  }),
};
