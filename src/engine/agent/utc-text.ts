import type { Instant } from '../../base/time.ts';
import { civilTime, fromCivil } from '../clock/civil-time.ts';
import { padded } from '../clock/time-text.ts';

/** The agent's stored times: `11/22/2026 08:55:35`, UTC, whole seconds. */
export function utcText(at: Instant): string {
  const second = Math.floor(at / 1_000_000);
  let text = texts.get(second);
  if (text === undefined) {
    text = secondText(at);
    if (texts.size >= 1024) texts.clear();
    texts.set(second, text);
  }
  return text;
}

/** A check-in writes the same few times for each app: what was made is kept for a while. */
const texts = new Map<number, string>();

function secondText(at: Instant): string {
  const t = civilTime(at);
  return `${padded(t.month, 2)}/${padded(t.day, 2)}/${padded(t.year, 4)} ${padded(t.hour, 2)}:${padded(t.minute, 2)}:${padded(t.second, 2)}`;
}

/** Reads a stored time; undefined where the text is none (a script wrote something else). */
export function fromUtcText(text: string): Instant | undefined {
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2})$/.exec(text.trim());
  if (!parts) return undefined;
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return fromCivil({ year, month, day, hour, minute, second });
}

/** Local clock as the log writes it in en-US: `11/22/2026 8:55:35 AM`. */
export function localText(at: Instant, offset: number): string {
  const t = civilTime((at + offset) as Instant);
  const hour = t.hour % 12 === 0 ? 12 : t.hour % 12;
  return `${t.month}/${t.day}/${t.year} ${hour}:${padded(t.minute, 2)}:${padded(t.second, 2)} ${t.hour < 12 ? 'AM' : 'PM'}`;
}

/** Reads what `localText` writes; undefined where the text is none. */
export function fromEnglishText(text: string): Instant | undefined {
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) (AM|PM)$/.exec(text.trim());
  if (!parts) return undefined;
  const [month, day, year, hour, minute, second] = parts.slice(1, 7);
  const afternoon = parts[7] === 'PM' ? 12 : 0;
  return fromUtcText(`${month}/${day}/${year} ${(Number(hour) % 12) + afternoon}:${minute}:${second}`);
}

/** `24:00:00` for the explanation of a comparison. */
export function durationText(microseconds: number): string {
  const seconds = Math.floor(Math.abs(microseconds) / 1_000_000);
  const sign = microseconds < 0 ? '-' : '';
  return `${sign}${padded(Math.floor(seconds / 3600), 2)}:${padded(Math.floor(seconds / 60) % 60, 2)}:${padded(seconds % 60, 2)}`;
}
