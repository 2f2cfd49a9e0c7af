import { SidecarError } from '../base/error.ts';
import { seconds } from '../base/time.ts';
import type { Duration } from '../base/time.ts';

/** ISO 8601 duration of days, hours, minutes and seconds, seconds with a fraction where wanted. Throws SidecarError. */
export function durationOf(text: string): Duration {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,6})?)S)?)?$/.exec(text);
  if (!match || /[PT]$/.test(text))
    throw new SidecarError('duration-malformed', `Expected a duration such as PT1H30M, found ${text}`, {
      text,
    });
  const [days = 0, hours = 0, minutes = 0, rest = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return seconds(((days * 24 + hours) * 60 + minutes) * 60 + rest);
}
