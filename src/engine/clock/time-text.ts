import type { Duration, Instant } from '../../base/time.ts';
import { civilTime } from './civil-time.ts';

/** Digits with leading zeros. */
export const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/**
 * Time of a CMTrace record, local: `10:35:07.1234567`. .NET writes ticks of 100 ns and an instant has microseconds: the
 * seventh digit is made from the others, the same for the same instant.
 */
export function cmTraceTime(at: Instant, offset: Duration | 0): string {
  const t = civilTime(at, offset);
  const tick = (Math.floor(t.microsecond / 7) + t.microsecond * 3 + t.second) % 10;
  return `${padded(t.hour, 2)}:${padded(t.minute, 2)}:${padded(t.second, 2)}.${padded(t.microsecond, 6)}${tick}`;
}

/** Date of a CMTrace record, local: `5-12-2026` (month, day, year). */
export function cmTraceDate(at: Instant, offset: Duration | 0): string {
  const t = civilTime(at, offset);
  return `${t.month}-${t.day}-${t.year}`;
}

/** Stamp in the name of a rolled-over log, local: `20260512-103507`. */
export function fileStamp(at: Instant, offset: Duration | 0): string {
  const t = civilTime(at, offset);
  return `${padded(t.year, 4)}${padded(t.month, 2)}${padded(t.day, 2)}-${padded(t.hour, 2)}${padded(t.minute, 2)}${padded(t.second, 2)}`;
}

/** `2026-05-12T10:35:07Z`, with six decimals of the second where it has any. */
export function isoTime(at: Instant): string {
  const t = civilTime(at);
  const fraction = t.microsecond === 0 ? '' : `.${padded(t.microsecond, 6)}`;
  return `${padded(t.year, 4)}-${padded(t.month, 2)}-${padded(t.day, 2)}T${padded(t.hour, 2)}:${padded(t.minute, 2)}:${padded(t.second, 2)}${fraction}Z`;
}
