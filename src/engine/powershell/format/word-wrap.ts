import { undecorated } from '../types/dotnet/ps-style.ts';

/** Text of several lines as its lines; a missing text is one empty line. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** A text cut at its first line break, with the ellipsis where there was one. */
export function firstLine(text: string, ellipsis: string): string {
  const at = text.search(/[\r\n]/);
  return at < 0 ? text : text.slice(0, at) + ellipsis;
}

/** Columns a text takes on the screen: East Asian wide characters take two. */
export function cells(given: string): number {
  const text = undecorated(given);
  let width = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x1100 && isWide(code)) width++;
  }
  return width;
}
const isWide = (code: number): boolean =>
  code <= 0x115f ||
  code === 0x2329 ||
  code === 0x232a ||
  (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
  (code >= 0xac00 && code <= 0xd7a3) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0xfe10 && code <= 0xfe19) ||
  (code >= 0xfe30 && code <= 0xfe6f) ||
  (code >= 0xff00 && code <= 0xff60) ||
  (code >= 0xffe0 && code <= 0xffe6);

/** The longest start of a text that fits. */
export function headOf(text: string, width: number): string {
  let used = 0;
  for (let i = 0; i < text.length; i++) {
    used += cells(text[i] as string);
    if (used > width) return text.slice(0, i);
  }
  return text;
}
/** The longest end of a text that fits. */
export function tailOf(text: string, width: number): string {
  let used = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    used += cells(text[i] as string);
    if (used > width) return text.slice(i + 1);
  }
  return text;
}

/**
 * Breaks a text into rows at blanks; the blank stays at the end of its row. Words longer than a row are cut.
 * `first` is the width of the first row of each line, `following` that of the others.
 */
export function wordWrap(text: string, first: number, following: number = first): string[] {
  const rows: string[] = [];
  for (const line of splitLines(text)) {
    if (cells(line) <= first) {
      rows.push(line);
      continue;
    }
    let width = first;
    let left = first;
    let row = '';
    const breakRow = (): void => {
      rows.push(row);
      row = '';
      width = following;
      left = following;
    };
    for (const word of line.match(/[^ \t]*[ \t]|[^ \t]+$/g) ?? []) {
      const size = cells(word);
      if (size > width) {
        for (const c of word) {
          const one = cells(c);
          if (one > left) breakRow();
          row += c;
          left -= one;
        }
      } else {
        if (size > left) breakRow();
        row += word;
        left -= size;
      }
    }
    rows.push(row);
  }
  return rows;
}
