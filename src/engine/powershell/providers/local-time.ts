import type { Instant } from '../../../base/time.ts';
import type { Host } from '../host.ts';
import { DateTimeValue, unixEpochTicks } from '../types/scalars.ts';

/** An instant on the clock of the device's zone. */
export const localTime = (host: Host, at: Instant): DateTimeValue =>
  new DateTimeValue(BigInt(Math.round(at + host.clock.offsetAt(at))) * 10n + unixEpochTicks, 'Local');

export const utcTime = (at: Instant): DateTimeValue =>
  new DateTimeValue(BigInt(Math.round(at)) * 10n + unixEpochTicks, 'Utc');

/** The instant a date shows; one of no kind is local, as .NET's file times take it. */
export function instantOf(host: Host, date: DateTimeValue): Instant {
  const local = Number((date.ticks - unixEpochTicks) / 10n);
  if (date.kind === 'Utc') return local as Instant;
  const guess = (local - host.clock.offsetAt(local as Instant)) as Instant;
  return (local - host.clock.offsetAt(guess)) as Instant;
}
