import type { Instant } from '../../../../base/time.ts';
import { context } from '../ambient.ts';
import { DateTimeValue, unixEpochTicks } from '../scalars.ts';

const instantOf = (utcTicks: bigint): Instant => Number((utcTicks - unixEpochTicks) / 10n) as Instant;

/** Offset of device time from UTC, in ticks, at a time given in UTC. */
export const offsetAtUtc = (utcTicks: bigint): bigint =>
  BigInt(context().host.clock.offsetAt(instantOf(utcTicks))) * 10n;

/** Offset at a time given in device time. In an hour that comes twice it is the later one's (standard time). */
export function offsetAtLocal(localTicks: bigint): bigint {
  const guess = offsetAtUtc(localTicks);
  const before = offsetAtUtc(localTicks - guess);
  const after = offsetAtUtc(localTicks - before);
  return after < before ? after : before;
}

export const utcNowTicks = (): bigint => {
  const now = context().host.clock.now();
  return BigInt(now) * 10n + unixEpochTicks;
};
export const localNow = (): DateTimeValue => {
  const utc = utcNowTicks();
  return new DateTimeValue(utc + offsetAtUtc(utc), 'Local');
};

/** Ticks in UTC; a time of unspecified kind counts as local. */
export const toUtcTicks = (date: DateTimeValue): bigint =>
  date.kind === 'Utc' ? date.ticks : date.ticks - offsetAtLocal(date.ticks);
/** Ticks in device time; a time of unspecified kind counts as UTC. */
export const toLocalTicks = (date: DateTimeValue): bigint =>
  date.kind === 'Local' ? date.ticks : date.ticks + offsetAtUtc(date.ticks);
