import { clockText, millisecondText, offsetText, stampText } from '../../state/time-text.ts';
import type { ViewData } from '../../../src/protocol/views.ts';

export type LogRow = ViewData<'log'>['rows'][number];

/** `2026-05-12 10:35:07.123`, device time. */
export function rowStamp(at: number, offset: number): string {
  const day = stampText(at, offset).slice(0, -clockText(at, offset).length);
  return `${day}${millisecondText(at, offset)}`;
}

/** As CMTrace shows a thread: `14 (0xE)`. */
export function threadText(thread: number): string {
  return `${thread} (0x${thread.toString(16).toUpperCase()})`;
}

export function typeWord(type: number): string {
  return type === 3 ? 'Error' : type === 2 ? 'Warning' : 'Information';
}

/** One line for the clipboard, columns parted by tabs. */
export function rowText(row: LogRow, offset: number): string {
  return [
    row.text,
    row.component,
    `${rowStamp(row.at, offset)} ${offsetText(offset)}`,
    threadText(row.thread),
  ].join('\t');
}
