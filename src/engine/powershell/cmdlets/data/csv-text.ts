/** Fields of delimited text as PowerShell reads them, record by record. */
export class CsvReader {
  private readonly text: string;
  private readonly delimiter: string;
  private at = 0;
  constructor(text: string, delimiter: string) {
    this.text = text;
    this.delimiter = delimiter;
  }

  /** The rest of the current line, and past its end; undefined at the end of the text. */
  line(): string | undefined {
    if (this.at >= this.text.length) return undefined;
    const match = /\r\n|\n|\r/g;
    match.lastIndex = this.at;
    const end = match.exec(this.text);
    const line = this.text.slice(this.at, end ? end.index : undefined);
    this.at = end ? end.index + end[0].length : this.text.length;
    return line;
  }
  /** The line to come, not taken. */
  peekLine(): string | undefined {
    const { at } = this;
    const line = this.line();
    this.at = at;
    return line;
  }

  /** Fields of the next record; blank lines are passed over; undefined at the end. */
  record(): string[] | undefined {
    for (let next = this.peekLine(); next !== undefined && next.trim() === ''; next = this.peekLine())
      this.line();
    if (this.at >= this.text.length) return undefined;
    const { text, delimiter } = this;
    const fields: string[] = [];
    for (;;) {
      const { value, end } = this.field();
      fields.push(value);
      this.at = end;
      if (text.startsWith(delimiter, this.at)) {
        this.at += delimiter.length;
        continue;
      }
      if (text.startsWith('\r\n', this.at)) this.at += 2;
      else if (this.at < text.length) this.at++;
      return fields;
    }
  }

  private field(): { readonly value: string; readonly end: number } {
    const { text, delimiter } = this;
    let i = this.at;
    const blank = (c: string | undefined): boolean => c === ' ' || (c === '\t' && delimiter !== '\t');
    while (delimiter !== ' ' && blank(text[i])) i++;
    let value = '';
    if (text[i] === '"') {
      i++;
      while (i < text.length) {
        if (text[i] === '"') {
          if (text[i + 1] !== '"') break;
          i++;
        }
        value += text[i];
        i++;
      }
      i++;
      // What follows the closing quote up to the delimiter belongs to the value, blanks at its end do not.
      let tail = '';
      while (i < text.length && !text.startsWith(delimiter, i) && text[i] !== '\n' && text[i] !== '\r')
        tail += text[i++];
      return { value: value + tail.trimEnd(), end: i };
    }
    while (i < text.length && !text.startsWith(delimiter, i) && text[i] !== '\n' && text[i] !== '\r')
      value += text[i++];
    return { value, end: i };
  }
}

export interface CsvStyle {
  readonly delimiter: string;
  readonly quotes: 'Always' | 'AsNeeded' | 'Never';
  /** Lower-case names of the only columns with quotes. */
  readonly quoteFields: ReadonlySet<string> | undefined;
}

export function csvField(value: string, name: string, style: CsvStyle): string {
  const quote = (): string => `"${value.replace(/"/g, '""')}"`;
  if (style.quoteFields) return style.quoteFields.has(name.toLowerCase()) ? quote() : value;
  switch (style.quotes) {
    case 'Always':
      return quote();
    case 'Never':
      return value;
    case 'AsNeeded':
      return value.includes(style.delimiter) || /["\r\n]/.test(value) ? quote() : value;
  }
}
