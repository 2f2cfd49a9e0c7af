/** Instants are microseconds since 1970 UTC; offsets are minutes from UTC. */

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function civil(at: number, offsetMinutes: number): Date {
  return new Date(Math.floor(at / 1000) + offsetMinutes * 60_000);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `Tue 12 May` */
export function dayText(at: number, offsetMinutes: number): string {
  const date = civil(at, offsetMinutes);
  return `${days[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** `10:35:07` */
export function clockText(at: number, offsetMinutes: number): string {
  const date = civil(at, offsetMinutes);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** `10:35` */
export function minuteText(at: number, offsetMinutes: number): string {
  return clockText(at, offsetMinutes).slice(0, 5);
}

/** `10:35:07.123` */
export function millisecondText(at: number, offsetMinutes: number): string {
  const date = civil(at, offsetMinutes);
  return `${clockText(at, offsetMinutes)}.${String(date.getUTCMilliseconds()).padStart(3, '0')}`;
}

/** `+02:00` */
export function offsetText(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The time alone when both fall on one day, else with the day: `13 May 10:20`. */
export function nearText(at: number, now: number, offsetMinutes: number): string {
  const day = dayText(at, offsetMinutes);
  const time = minuteText(at, offsetMinutes);
  return day === dayText(now, offsetMinutes) ? time : `${day.slice(4)} ${time}`;
}

/** `2026-05-12 10:35:07` */
export function stampText(at: number, offsetMinutes: number): string {
  const date = civil(at, offsetMinutes);
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${clockText(at, offsetMinutes)}`;
}

/** `2 h 5 min`, `45 s` */
export function spanText(microseconds: number): string {
  const seconds = Math.round(microseconds / 1e6);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const shown = parts.filter(([count]) => count > 0).slice(0, 2);
  return shown.length === 0 ? '0 s' : shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

/** `PT1H30M` or `P1D` in microseconds; null where it is no ISO 8601 duration of days to seconds. */
export function durationOf(text: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i.exec(text.trim());
  if (!match || text.trim().length < 3) return null;
  const [, d = '0', h = '0', m = '0', s = '0'] = match;
  return Math.round((Number(d) * 86400 + Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1e6);
}

/** `+1h 30m`, `90m`, `2d` as people type it, in microseconds. */
export function typedDuration(text: string): number | null {
  const found = [...text.matchAll(/(\d+)\s*(d|h|m|min|s)\b/gi)];
  if (found.length === 0) return null;
  const units: Record<string, number> = { d: 86400, h: 3600, m: 60, min: 60, s: 1 };
  return found.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[(unit ?? '').toLowerCase()] ?? 0) * 1e6,
    0,
  );
}
