import { SidecarError } from '../base/error.ts';
import { days, hours, minutes, seconds } from '../base/time.ts';
import type { Duration } from '../base/time.ts';
import { durationOf } from '../labs/duration.ts';

const units: Readonly<Record<string, (n: number) => Duration>> = {
  s: seconds,
  m: minutes,
  h: hours,
  d: days,
};

/** `72h`, `7d`, `90m`, `30s` or an ISO 8601 duration. */
export function spanOf(text: string): Duration {
  const short = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text);
  const unit = units[short?.[2] ?? ''];
  if (short && unit) return unit(Number(short[1]));
  if (text.startsWith('P')) return durationOf(text);
  throw new SidecarError('span-malformed', `Expected a time span such as 72h, 7d or PT72H, found ${text}`, {
    text,
  });
}
