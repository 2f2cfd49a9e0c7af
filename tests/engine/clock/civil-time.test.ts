import fc from 'fast-check';
import { expect, test } from 'vitest';

import { duration, instant } from '../../../src/base/time.ts';
import {
  civilTime,
  dayOfWeek,
  dayOfYear,
  daysInMonth,
  fromCivil,
} from '../../../src/engine/clock/civil-time.ts';
import { cmTraceDate, cmTraceTime, fileStamp, isoTime } from '../../../src/engine/clock/time-text.ts';

const at = fc.integer({ min: -9_000_000_000_000_000, max: 9_000_000_000_000_000 }).map(instant);
const offset = fc.integer({ min: -56, max: 56 }).map((quarters) => duration(quarters * 900_000_000));

test('fields and instant are two forms of the same', () => {
  fc.assert(fc.property(at, offset, (time, ahead) => fromCivil(civilTime(time, ahead), ahead) === time));
});

test('agrees with the calendar of the platform', () => {
  fc.assert(
    fc.property(at, (time) => {
      const date = new Date(Math.floor(time / 1000));
      const t = civilTime(time);
      expect([t.year, t.month, t.day, t.hour, t.minute, t.second, dayOfWeek(time)]).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
        date.getUTCDay(),
      ]);
      expect(daysInMonth(t.year, t.month)).toBe(new Date(Date.UTC(t.year, t.month, 0)).getUTCDate());
    }),
  );
});

test('texts', () => {
  const time = fromCivil({
    year: 2026,
    month: 5,
    day: 12,
    hour: 8,
    minute: 35,
    second: 7,
    microsecond: 123456,
  });
  const ahead = duration(7_200_000_000);
  expect([
    cmTraceTime(time, ahead),
    cmTraceDate(time, ahead),
    fileStamp(time, ahead),
    isoTime(time),
    isoTime(fromCivil({ year: 2026 })),
    dayOfYear(time),
  ]).toEqual([
    '10:35:07.1234561',
    '5-12-2026',
    '20260512-103507',
    '2026-05-12T08:35:07.123456Z',
    '2026-01-01T00:00:00Z',
    132,
  ]);
});
