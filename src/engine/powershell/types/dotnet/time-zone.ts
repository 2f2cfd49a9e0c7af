import { context } from '../ambient.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { dotNetError } from '../errors.ts';
import { DotNetObject, PSArray } from '../objects.ts';
import { defineType } from '../registry.ts';
import { DateTimeOffsetValue, DateTimeValue, TimeSpanValue } from '../scalars.ts';
import { dateParts, offsetText, ticksOfDate } from '../text.ts';
import type { Value } from '../value.ts';
import { required, state, str } from './arguments.ts';
import { method, property, staticMethod, staticProperty } from './define.ts';
import { offsetAtLocal, offsetAtUtc, toUtcTicks } from './local-time.ts';

/** The zone of the device, or UTC: the clock knows no others. */
interface Zone {
  readonly id: string;
  readonly isUtc: boolean;
}
const type: DotNetType = defineType('System.TimeZoneInfo');
const z = (v: Value | undefined): Zone => state<Zone>(v);
const utcZone = new DotNetObject<Zone>(type, { id: 'UTC', isUtc: true });
const localZone = (): DotNetObject<Zone> => {
  const { windowsId } = context().host.clock.zone;
  return windowsId === 'UTC' ? utcZone : new DotNetObject<Zone>(type, { id: windowsId, isUtc: false });
};
/** Offsets in January and July of the year now: the smaller is standard time. */
function offsets(zone: Zone): readonly [bigint, bigint] {
  if (zone.isUtc) return [0n, 0n];
  const { year } = dateParts(
    toUtcTicks(new DateTimeValue(BigInt(context().host.clock.now()) * 10n + 621355968000000000n, 'Utc')),
  );
  const [a, b] = [offsetAtUtc(ticksOfDate(year, 1, 1)), offsetAtUtc(ticksOfDate(year, 7, 1))];
  return a < b ? [a, b] : [b, a];
}
const baseOffset = (zone: Zone): bigint => offsets(zone)[0];
const displayName = (zone: Zone): string =>
  zone.isUtc ? '(UTC) Coordinated Universal Time' : `(UTC${offsetText(baseOffset(zone))}) ${zone.id}`;
function zoneById(id: string): Value {
  const lower = id.toLowerCase();
  const { windowsId, ianaId } = context().host.clock.zone;
  if (lower === 'utc' || lower === 'etc/utc') return utcZone;
  if (lower === windowsId.toLowerCase() || lower === ianaId.toLowerCase()) return localZone();
  throw dotNetError(
    'System.TimeZoneNotFoundException',
    `The time zone ID '${id}' was not found on the local computer.`,
  );
}
const offsetIn = (zone: Zone, utcTicks: bigint): bigint => (zone.isUtc ? 0n : offsetAtUtc(utcTicks));
/** UTC of a date whose unspecified kind means the clock of `source`. */
const utcOf = (date: DateTimeValue, source: Zone | undefined): bigint =>
  date.kind === 'Unspecified' && source
    ? date.ticks - (source.isUtc ? 0n : offsetAtLocal(date.ticks))
    : toUtcTicks(date);
function shown(utcTicks: bigint, zone: Zone): Value {
  if (zone.isUtc) return new DateTimeValue(utcTicks, 'Utc');
  return new DateTimeValue(
    utcTicks + offsetIn(zone, utcTicks),
    zone.id === context().host.clock.zone.windowsId ? 'Local' : 'Unspecified',
  );
}
function convert(value: Value | undefined, target: Value | undefined, source?: Value): Value {
  const zone = z(target);
  if (value instanceof DateTimeOffsetValue) {
    const utc = value.ticks - value.offset;
    const offset = offsetIn(zone, utc);
    return new DateTimeOffsetValue(utc + offset, offset);
  }
  return shown(utcOf(value as DateTimeValue, source === undefined ? undefined : z(source)), zone);
}
const utcArgument = (v: Value | undefined): DateTimeValue => {
  const date = v as DateTimeValue;
  if (date.kind === 'Local')
    throw dotNetError(
      'System.ArgumentException',
      "The conversion could not be completed because the supplied DateTime did not have the Kind property set correctly. (Parameter 'sourceTimeZone')",
    );
  return new DateTimeValue(date.ticks, 'Utc');
};

defineType(type.fullName, {
  members: [
    property('Id', 'string', (v) => z(v).id),
    property('HasIanaId', 'bool', () => false),
    property('DisplayName', 'string', (v) => displayName(z(v))),
    property('StandardName', 'string', (v) => (z(v).isUtc ? 'Coordinated Universal Time' : z(v).id)),
    property('DaylightName', 'string', (v) =>
      z(v).isUtc ? 'Coordinated Universal Time' : z(v).id.replace('Standard', 'Daylight'),
    ),
    property('BaseUtcOffset', 'timespan', (v) => new TimeSpanValue(baseOffset(z(v)))),
    property('SupportsDaylightSavingTime', 'bool', (v) => offsets(z(v))[0] !== offsets(z(v))[1]),
    method(
      [
        'timespan GetUtcOffset(datetime dateTime)',
        (v, a) => new TimeSpanValue(offsetIn(z(v), utcOf(a[0] as DateTimeValue, z(v)))),
      ],
      [
        'timespan GetUtcOffset(System.DateTimeOffset dateTimeOffset)',
        (v, a) =>
          new TimeSpanValue(
            offsetIn(z(v), (a[0] as DateTimeOffsetValue).ticks - (a[0] as DateTimeOffsetValue).offset),
          ),
      ],
    ),
    method([
      'bool IsDaylightSavingTime(datetime dateTime)',
      (v, a) => offsetIn(z(v), utcOf(a[0] as DateTimeValue, z(v))) !== baseOffset(z(v)),
    ]),
    method([
      'bool Equals(System.TimeZoneInfo other)',
      (v, a) => a[0] instanceof DotNetObject && z(a[0]).id === z(v).id,
    ]),
    method(['string ToString()', (v) => displayName(z(v))]),
    staticProperty('Local', 'System.TimeZoneInfo', localZone),
    staticProperty('Utc', 'System.TimeZoneInfo', () => utcZone),
    staticMethod([
      'System.TimeZoneInfo FindSystemTimeZoneById(string id)',
      (_v, a) => zoneById(required(a[0], 'id')),
    ]),
    staticMethod(['System.Object GetSystemTimeZones()', () => new PSArray([utcZone, localZone()], type)]),
    staticMethod(
      [
        'datetime ConvertTime(datetime dateTime, System.TimeZoneInfo destinationTimeZone)',
        (_v, a) => convert(a[0], a[1]),
      ],
      [
        'System.DateTimeOffset ConvertTime(System.DateTimeOffset dateTimeOffset, System.TimeZoneInfo destinationTimeZone)',
        (_v, a) => convert(a[0], a[1]),
      ],
      [
        'datetime ConvertTime(datetime dateTime, System.TimeZoneInfo sourceTimeZone, System.TimeZoneInfo destinationTimeZone)',
        (_v, a) => convert(a[0], a[2], a[1]),
      ],
    ),
    staticMethod([
      'datetime ConvertTimeBySystemTimeZoneId(datetime dateTime, string destinationTimeZoneId)',
      (_v, a) => convert(a[0], zoneById(str(a[1]))),
    ]),
    staticMethod([
      'datetime ConvertTimeFromUtc(datetime dateTime, System.TimeZoneInfo destinationTimeZone)',
      (_v, a) => convert(utcArgument(a[0]), a[1]),
    ]),
    staticMethod(
      [
        'datetime ConvertTimeToUtc(datetime dateTime)',
        (_v, a) => new DateTimeValue(toUtcTicks(a[0] as DateTimeValue), 'Utc'),
      ],
      [
        'datetime ConvertTimeToUtc(datetime dateTime, System.TimeZoneInfo sourceTimeZone)',
        (_v, a) => new DateTimeValue(utcOf(a[0] as DateTimeValue, z(a[1])), 'Utc'),
      ],
    ),
  ],
});
