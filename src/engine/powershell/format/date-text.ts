import { DateTimeValue } from '../types/scalars.ts';
import { dateParts } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { plainText } from './display-text.ts';
import { readProperty } from './properties.ts';

export const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const two = (n: number): string => String(n).padStart(2, '0');

export const longDate = (ticks: bigint): string => {
  const p = dateParts(ticks);
  return `${dayNames[p.dayOfWeek]}, ${monthNames[p.month - 1]} ${p.day}, ${p.year}`;
};
export const longTime = (ticks: bigint): string => {
  const p = dateParts(ticks);
  return `${p.hour % 12 === 0 ? 12 : p.hour % 12}:${two(p.minute)}:${two(p.second)} ${p.hour < 12 ? 'AM' : 'PM'}`;
};
export const shortDate = (ticks: bigint): string => {
  const p = dateParts(ticks);
  return `${p.month}/${p.day}/${p.year}`;
};
export const shortTime = (ticks: bigint): string => longTime(ticks).replace(/:\d\d (?=[AP])/, ' ');

/** A date as the console prints it: long date and time, or what `Get-Date -DisplayHint` left of it. */
export function dateText(value: Value): string {
  if (!(value instanceof DateTimeValue)) return plainText(value);
  const hint = plainText(value.members?.get('DisplayHint') ? readProperty(value, 'DisplayHint') : null);
  if (hint === 'Date') return longDate(value.ticks);
  if (hint === 'Time') return longTime(value.ticks);
  return `${longDate(value.ticks)} ${longTime(value.ticks)}`;
}
