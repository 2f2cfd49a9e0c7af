import type { Duration, Instant } from '../../base/time.ts';
import { duration } from '../../base/time.ts';
import { zoneTable } from './zone-table.ts';

export interface Zone {
  readonly windowsId: string;
  readonly ianaId: string;
  /** Offset of local time from UTC at an instant, daylight saving included. Exact from 2020 to 2036; outside as at the ends. */
  offsetAt(at: Instant): Duration;
}

const minute = 60_000_000;
/** 2020-01-01T00:00Z in minutes since 1970. */
const tableStart = 26_297_280;
const made = new Map<string, Zone>();

export const zoneIds: readonly string[] = zoneTable.map(([windowsId]) => windowsId);

/** The zone of a Windows id, compared without case; undefined for an unknown one. */
export function findZone(windowsId: string): Zone | undefined {
  const known = made.get(windowsId);
  if (known) return known;
  const wanted = windowsId.toLowerCase();
  const row = zoneTable.find(([name]) => name.toLowerCase() === wanted);
  if (!row) return undefined;
  const zone = makeZone(row);
  made.set(windowsId, zone);
  return zone;
}

/** As `findZone`; Windows falls back to UTC where the registry names a zone that it does not know. */
export function zoneOrUtc(windowsId: string): Zone {
  return findZone(windowsId) ?? (findZone('UTC') as Zone);
}

function makeZone([windowsId, ianaId, base, text]: (typeof zoneTable)[number]): Zone {
  const times: number[] = [];
  const offsets = [duration(base * minute)];
  let at = tableStart;
  for (const word of text === '' ? [] : text.split(' ')) {
    const colon = word.indexOf(':');
    at += parseInt(word.slice(0, colon), 36);
    times.push(at * minute);
    offsets.push(duration(Number(word.slice(colon + 1)) * minute));
  }
  return {
    windowsId,
    ianaId,
    offsetAt(instant) {
      let low = 0;
      let high = times.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((times[middle] as number) <= instant) low = middle + 1;
        else high = middle;
      }
      return offsets[low] as Duration;
    },
  };
}
