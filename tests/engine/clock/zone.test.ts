import { expect, test } from 'vitest';

import { microseconds, plus } from '../../../src/base/time.ts';
import { fromCivil } from '../../../src/engine/clock/civil-time.ts';
import { isoTime } from '../../../src/engine/clock/time-text.ts';
import { findZone, zoneIds, zoneOrUtc } from '../../../src/engine/clock/zone.ts';

const hour = 3_600_000_000;
const second = microseconds(1_000_000);

/** Published changes of clocks: zone, UTC instant of the change, hours ahead of UTC before and after. */
const changes: readonly (readonly [string, string, number, number])[] = [
  ['W. Europe Standard Time', '2026-03-29T01:00', 1, 2],
  ['W. Europe Standard Time', '2026-10-25T01:00', 2, 1],
  ['W. Europe Standard Time', '2035-03-25T01:00', 1, 2],
  ['GMT Standard Time', '2020-03-29T01:00', 0, 1],
  ['Pacific Standard Time', '2026-03-08T10:00', -8, -7],
  ['Pacific Standard Time', '2026-11-01T09:00', -7, -8],
  ['Eastern Standard Time', '2027-03-14T07:00', -5, -4],
  ['AUS Eastern Standard Time', '2026-04-04T16:00', 11, 10],
  ['AUS Eastern Standard Time', '2026-10-03T16:00', 10, 11],
  ['New Zealand Standard Time', '2026-09-26T14:00', 12, 13],
  ['Newfoundland Standard Time', '2026-03-08T05:30', -3.5, -2.5],
  ['Lord Howe Standard Time', '2026-04-04T15:00', 11, 10.5],
  ['Jordan Standard Time', '2022-10-27T21:00', 3, 3],
  ['E. South America Standard Time', '2026-03-08T10:00', -3, -3],
  ['Chatham Islands Standard Time', '2026-09-26T14:00', 12.75, 13.75],
  ['Israel Standard Time', '2026-03-27T00:00', 2, 3],
];

test.each(changes)('%s at %s goes from %d to %d hours', (id, at, before, after) => {
  const [year = 0, month = 0, day = 0, hours = 0, minute = 0] = at.split(/[-T:]/).map(Number);
  const change = fromCivil({ year, month, day, hour: hours, minute });
  const zone = zoneOrUtc(id);
  expect([zone.offsetAt(plus(change, microseconds(-second))) / hour, zone.offsetAt(change) / hour]).toEqual([
    before,
    after,
  ]);
});

test('has every zone of Windows, named without case', () => {
  expect(zoneIds.length).toBeGreaterThan(135);
  expect(findZone('w. europe standard time')?.ianaId).toBe('Europe/Berlin');
  expect([findZone('Mars Standard Time'), zoneOrUtc('Mars Standard Time').windowsId]).toEqual([
    undefined,
    'UTC',
  ]);
});

test('offsets are whole quarters of an hour within a day', () => {
  for (const id of zoneIds) {
    for (let year = 2020; year < 2036; year++) {
      const offset = zoneOrUtc(id).offsetAt(fromCivil({ year, month: 7 }));
      expect(
        Math.abs(offset) <= 14 * hour && offset % (hour / 4) === 0,
        `${id} ${isoTime(fromCivil({ year }))}`,
      ).toBe(true);
    }
  }
});
