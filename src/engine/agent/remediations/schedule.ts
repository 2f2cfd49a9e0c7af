import type { Instant } from '../../../base/time.ts';
import { days, hours, plus } from '../../../base/time.ts';
import { civilTime, fromCivil } from '../../clock/civil-time.ts';
import { padded } from '../../clock/time-text.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';

/** When a script runs. Times are of the UTC or the device's local clock. */
export type Schedule =
  | { readonly kind: 'once'; readonly utc: boolean; readonly date: Day; readonly time: TimeOfDay }
  | { readonly kind: 'hourly'; readonly interval: number }
  | {
      readonly kind: 'daily';
      readonly utc: boolean;
      /** Days. */
      readonly interval: number;
      readonly time: TimeOfDay;
    };

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** Each day at midnight: compliance scripts, and what cannot be read. */
const everyDay: Schedule = { kind: 'daily', utc: false, interval: 1, time: { hour: 0, minute: 0 } };

export function readSchedule(document: QueueData | undefined): Schedule {
  if (document === null || typeof document !== 'object' || Array.isArray(document)) return everyDay;
  const fields = document as { readonly [name: string]: QueueData };
  const utc = fields['UTC'] === true;
  const interval = typeof fields['Interval'] === 'number' && fields['Interval'] > 0 ? fields['Interval'] : 1;
  const [hour = 0, minute = 0] = numbers(fields['Time'], ':');
  const time = { hour, minute };
  if (fields['Type'] === 'Hourly') return { kind: 'hourly', interval };
  if (fields['Type'] !== 'Once') return { kind: 'daily', utc, interval, time };
  const [year = 0, month = 1, day = 1] = numbers(fields['Date'], '-');
  return { kind: 'once', utc, date: { year, month, day }, time };
}

const numbers = (text: QueueData | undefined, by: string): readonly number[] =>
  typeof text === 'string' ? text.split(by).map(Number) : [];

/** When a script is due next; null: never again. A time in the past means at once. `last`: its last run, if any. */
export function nextRun(read: DeviceReader, schedule: Schedule, last: Instant | undefined): Instant | null {
  switch (schedule.kind) {
    case 'hourly':
      return last === undefined ? read.now : plus(last, hours(schedule.interval));
    case 'once':
      return last === undefined ? at(read, schedule.utc, schedule.date, schedule.time) : null;
    case 'daily': {
      const from = last ?? read.now;
      const offset = schedule.utc ? 0 : read.offsetAt(from);
      const day = civilTime((from + offset) as Instant);
      const today = at(read, schedule.utc, day, schedule.time);
      if (last === undefined) return today;
      const then = civilTime(plus((from + offset) as Instant, days(schedule.interval)));
      return at(read, schedule.utc, then, schedule.time);
    }
  }
}

/** The instant of a clock reading; local readings with the offset that holds then. */
function at(read: DeviceReader, utc: boolean, day: Day, time: TimeOfDay): Instant {
  const reading = fromCivil({
    year: day.year,
    month: day.month,
    day: day.day,
    hour: time.hour,
    minute: time.minute,
    second: 0,
  });
  if (utc) return reading;
  const guess = (reading - read.offsetAt(reading)) as Instant;
  return (reading - read.offsetAt(guess)) as Instant;
}

/** `1:00:00 PM` of a time of day. */
export function timeText({ hour, minute }: TimeOfDay): string {
  return `${hour % 12 === 0 ? 12 : hour % 12}:${padded(minute, 2)}:00 ${hour < 12 ? 'AM' : 'PM'}`;
}

export const dateText = ({ year, month, day }: Day): string => `${month}/${day}/${year}`;
