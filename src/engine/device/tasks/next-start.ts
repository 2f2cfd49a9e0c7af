import type { Duration, Instant } from '../../../base/time.ts';
import { days, instant } from '../../../base/time.ts';
import { fromCivil } from '../../clock/civil-time.ts';
import type { TaskTrigger } from './task-trigger.ts';

export type TimedTrigger = Extract<TaskTrigger, { readonly start: string }>;

export const isTimed = (trigger: TaskTrigger): trigger is TimedTrigger => 'start' in trigger;

type OffsetAt = (at: Instant) => Duration;

/** The instant of a reading of the local clock; a reading that a clock change leaves out counts as the one after it. */
function atLocal(local: number, offsetAt: OffsetAt): Instant {
  const guess = instant(local - offsetAt(instant(local)));
  return instant(local - offsetAt(guess));
}

/** `2026-05-12T09:00:00`, with `Z` where it is UTC. Undefined where it is not of that form. */
export function readBoundary(text: string): { readonly reading: number; readonly utc: boolean } | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?(Z?)$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const microsecond = Number((match[7] ?? '').padEnd(7, '0').slice(0, 6));
  return {
    reading: fromCivil({ year, month, day, hour, minute, second, microsecond }),
    utc: match[8] === 'Z',
  };
}

/**
 * The first start after an instant that the trigger's times and repetitions name; null where there is none any more.
 * Times of day follow the local clock through daylight saving, repetitions count real time from their start.
 */
export function nextStart(trigger: TimedTrigger, after: Instant, offsetAt: OffsetAt): Instant | null {
  const boundary = readBoundary(trigger.start);
  if (!boundary) return null;
  const { reading, utc } = boundary;
  const zone: OffsetAt = utc ? () => 0 as Duration : offsetAt;
  if (trigger.kind === 'time') return withRepetition(atLocal(reading, zone), null, trigger, after);
  const day = days(1);
  const timeOfDay = ((reading % day) + day) % day;
  const firstDay = Math.floor(reading / day);
  const isDue = (number: number): boolean => {
    if (number < firstDay) return false;
    if (trigger.kind === 'daily') return (number - firstDay) % Math.max(1, trigger.days) === 0;
    // Weeks begin on Sunday; day 0 of the calendar was a Thursday.
    const week = (one: number): number => Math.floor((one + 4) / 7);
    return (
      (week(number) - week(firstDay)) % Math.max(1, trigger.weeks) === 0 &&
      trigger.daysOfWeek.includes((((number + 4) % 7) + 7) % 7)
    );
  };
  const at = (number: number): Instant => atLocal(number * day + timeOfDay, zone);
  const today = Math.max(firstDay, Math.floor((after + zone(after)) / day));
  const span = trigger.kind === 'daily' ? Math.max(1, trigger.days) : 7 * Math.max(1, trigger.weeks);
  // The last one before may still repeat.
  let last: number | null = null;
  for (let number = today; number > today - span - 1 && last === null; number--)
    if (isDue(number) && at(number) <= after) last = number;
  let next: number | null = null;
  for (let number = today; number <= today + span + 1 && next === null; number++)
    if (isDue(number) && at(number) > after) next = number;
  const upcoming = next === null ? null : at(next);
  return last === null ? upcoming : withRepetition(at(last), upcoming, trigger, after);
}

/** `base` with its repetitions, up to the next time of the trigger itself. */
function withRepetition(
  base: Instant,
  next: Instant | null,
  { repeat }: TaskTrigger,
  after: Instant,
): Instant | null {
  if (base > after) return base;
  if (!repeat || repeat.every <= 0) return next;
  const count = Math.floor((after - base) / repeat.every) + 1;
  const at = instant(base + count * repeat.every);
  if (repeat.within !== null && at - base >= repeat.within) return next;
  return next !== null && next < at ? next : at;
}
