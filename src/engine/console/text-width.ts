/** Columns a terminal gives a character: 0 for combining marks, 2 for East Asian wide and emoji, else 1. */
export function charWidth(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (
    (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x200b && code <= 0x200d) ||
    (code >= 0xfe00 && code <= 0xfe0f)
  )
    return 0;
  if (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  ) {
    return 2;
  }
  return 1;
}

/** Where the cursor stands after text is written from a column, in a terminal of a width that wraps. */
export function advance(
  text: string,
  column: number,
  columns: number,
): { readonly rows: number; readonly column: number } {
  let rows = 0;
  let at = column;
  for (const char of text) {
    if (char === '\n') {
      rows++;
      at = 0;
      continue;
    }
    const width = charWidth(char);
    if (at + width > columns) {
      rows++;
      at = 0;
    }
    at += width;
  }
  return { rows, column: at };
}
