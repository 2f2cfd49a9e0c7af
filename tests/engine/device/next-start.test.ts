import { expect, test } from 'vitest';
import { hours, instant, minutes } from '../../../src/base/time.ts';
import type { Instant } from '../../../src/base/time.ts';
import { isoTime } from '../../../src/engine/clock/time-text.ts';
import { zoneOrUtc } from '../../../src/engine/clock/zone.ts';
import { nextStart } from '../../../src/engine/device/tasks/next-start.ts';
import type { TimedTrigger } from '../../../src/engine/device/tasks/next-start.ts';

const berlin = zoneOrUtc('W. Europe Standard Time');
const at = (text: string): Instant => instant(Date.parse(text) * 1000);

/** The first starts after an instant. */
function starts(trigger: TimedTrigger, after: string, count: number): readonly (string | null)[] {
  const found: (string | null)[] = [];
  let from = at(after);
  for (let i = 0; i < count; i++) {
    const next = nextStart(trigger, from, (time) => berlin.offsetAt(time));
    found.push(next === null ? null : isoTime(next));
    if (next === null) break;
    from = next;
  }
  return found;
}

test('a time comes once', () => {
  expect(starts({ kind: 'time', start: '2026-05-12T09:00:00' }, '2026-05-12T06:00:00Z', 2)).toEqual([
    '2026-05-12T07:00:00Z',
    null,
  ]);
});

test('repetitions come until the time they are for is over', () => {
  const trigger: TimedTrigger = {
    kind: 'time',
    start: '2026-05-12T07:00:00Z',
    repeat: { every: minutes(3), within: minutes(15) },
  };
  expect(starts(trigger, '2026-05-12T07:01:00Z', 9)).toEqual([
    '2026-05-12T07:03:00Z',
    '2026-05-12T07:06:00Z',
    '2026-05-12T07:09:00Z',
    '2026-05-12T07:12:00Z',
    null,
  ]);
});

test('a time of day stays the local time of day over the change to summer time, a repetition keeps its length', () => {
  const daily: TimedTrigger = { kind: 'daily', start: '2026-03-01T06:30:00', days: 1 };
  expect(starts(daily, '2026-03-28T00:00:00Z', 3)).toEqual([
    '2026-03-28T05:30:00Z',
    '2026-03-29T04:30:00Z',
    '2026-03-30T04:30:00Z',
  ]);
  const every8: TimedTrigger = {
    kind: 'time',
    start: '2026-03-28T18:00:00',
    repeat: { every: hours(8), within: null },
  };
  expect(starts(every8, '2026-03-28T16:00:00Z', 4)).toEqual([
    '2026-03-28T17:00:00Z',
    '2026-03-29T01:00:00Z',
    '2026-03-29T09:00:00Z',
    '2026-03-29T17:00:00Z',
  ]);
});

test('a time of day that the change to summer time leaves out comes at the hour after it', () => {
  expect(starts({ kind: 'daily', start: '2026-03-01T02:30:00', days: 1 }, '2026-03-28T12:00:00Z', 2)).toEqual(
    ['2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z'],
  );
});

test('every third day, and Tuesdays and Fridays of every second week', () => {
  expect(
    starts({ kind: 'daily', start: '2026-05-01T12:00:00Z', days: 3 }, '2026-05-02T00:00:00Z', 2),
  ).toEqual(['2026-05-04T12:00:00Z', '2026-05-07T12:00:00Z']);
  expect(
    starts(
      { kind: 'weekly', start: '2026-05-05T12:00:00Z', weeks: 2, daysOfWeek: [2, 5] },
      '2026-05-05T13:00:00Z',
      3,
    ),
  ).toEqual(['2026-05-08T12:00:00Z', '2026-05-19T12:00:00Z', '2026-05-22T12:00:00Z']);
});

test('a daily task that repeats within its day', () => {
  const trigger: TimedTrigger = {
    kind: 'daily',
    start: '2026-05-01T08:00:00Z',
    days: 1,
    repeat: { every: hours(4), within: hours(9) },
  };
  expect(starts(trigger, '2026-05-03T10:00:00Z', 4)).toEqual([
    '2026-05-03T12:00:00Z',
    '2026-05-03T16:00:00Z',
    '2026-05-04T08:00:00Z',
    '2026-05-04T12:00:00Z',
  ]);
});

test('a boundary that is none starts nothing', () => {
  expect(starts({ kind: 'time', start: 'tomorrow' }, '2026-05-02T00:00:00Z', 1)).toEqual([null]);
});
