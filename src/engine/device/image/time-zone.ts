import type { Instant } from '../../../base/time.ts';
import { civilTime, fromCivil } from '../../clock/civil-time.ts';
import { zoneOrUtc } from '../../clock/zone.ts';
import type { StoredRegistryValue } from '../registry/registry-value.ts';
import type { ImageValue } from './registry.ts';

const path = 'SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation';
const text = (data: string): StoredRegistryValue => ({ kind: 'String', data });
const word = (data: number): StoredRegistryValue => ({ kind: 'DWord', data: data >>> 0 });

/** What the registry says of a device's time zone, as of the year of an instant. */
export function zoneValues(zoneId: string, at: Instant): readonly ImageValue[] {
  // Minutes ahead of UTC: the registry has them the other way round.
  const zone = zoneOrUtc(zoneId);
  const { year } = civilTime(at);
  const ahead = [1, 4, 7, 10].map((month) => zone.offsetAt(fromCivil({ year, month })) / 60_000_000);
  const winter = Math.min(...ahead);
  const summer = Math.max(...ahead);
  const rows: readonly (readonly [string, StoredRegistryValue])[] = [
    ['TimeZoneKeyName', text(zoneId)],
    ['StandardName', text(zoneId)],
    ['DynamicDaylightTimeDisabled', word(0)],
    ['Bias', word(winter === 0 ? 0 : -winter)],
    ['StandardBias', word(0)],
    ['DaylightBias', word(winter - summer)],
    ['DaylightName', text(zoneId.replace(/Standard Time$/, 'Daylight Time'))],
  ];
  return rows.map(([name, value]) => ({ path, name, value }));
}
