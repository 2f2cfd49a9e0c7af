import type { Instant } from '../../base/time.ts';
import type { Host } from '../powershell/host.ts';
import { unixEpochTicks } from '../powershell/types/scalars.ts';
import { dateParts } from '../powershell/types/text.ts';

export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Hundredths of a second. */
  readonly hundredths: number;
  /** 0 is Sunday. */
  readonly dayOfWeek: number;
}

/** An instant on the device's wall clock. */
export function localTime(at: Instant, host: Host): LocalTime {
  const parts = dateParts(BigInt(Math.round(at + host.clock.offsetAt(at))) * 10n + unixEpochTicks);
  return { ...parts, hundredths: Math.floor(parts.fraction / 100000) };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `11/25/2026` */
export const shortDate = (t: LocalTime): string => `${two(t.month)}/${two(t.day)}/${t.year}`;
/** `10:26 PM` */
export const shortTime = (t: LocalTime): string =>
  `${two(t.hour % 12 === 0 ? 12 : t.hour % 12)}:${two(t.minute)} ${t.hour < 12 ? 'AM' : 'PM'}`;
/** `11/25/2026, 10:26:51 PM` without leading zeros, as Windows' en-US long form has it. */
export const dateAndTime = (t: LocalTime, separator = ', '): string =>
  `${t.month}/${t.day}/${t.year}${separator}${t.hour % 12 === 0 ? 12 : t.hour % 12}:${two(t.minute)}:${two(t.second)} ${t.hour < 12 ? 'AM' : 'PM'}`;
export const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** `2026-11-25T22:26:51.1234560Z`, as event logs write an instant. */
export function utcText(at: Instant): string {
  const p = dateParts(BigInt(Math.round(at)) * 10n + unixEpochTicks);
  return `${p.year}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}:${two(p.second)}.${String(p.fraction).padStart(7, '0')}Z`;
}
