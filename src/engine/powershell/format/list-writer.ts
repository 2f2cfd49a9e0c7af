import { accented } from '../types/dotnet/ps-style.ts';
import { cells, headOf, splitLines, wordWrap } from './word-wrap.ts';

/** `Label : value` lines; the labels are as wide as the widest, values wrap behind them. */
export function listLines(
  fields: readonly (readonly [string, string])[],
  width: number,
  accent = '',
): string[] {
  if (fields.length === 0) return [];
  const room = width - 4;
  let labelWidth = 1;
  for (const [label] of fields) labelWidth = Math.max(labelWidth, cells(label));
  if (labelWidth > room) labelWidth = Math.max(1, room);
  const prefix = labelWidth + 3;
  const blanks = ' '.repeat(prefix);
  const lines: string[] = [];
  for (const [label, value] of fields) {
    const shown = headOf(label, labelWidth);
    let start = accented(`${shown}${' '.repeat(labelWidth - cells(shown))} : `, accent);
    for (const line of splitLines(value))
      for (const row of wordWrap(line, Math.max(1, width - prefix))) {
        lines.push(start + row);
        start = blanks;
      }
  }
  return lines;
}
