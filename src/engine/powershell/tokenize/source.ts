/** A text that is parsed, with the name of its file if it has one. Positions are UTF-16 units from its start. */
export class Source {
  readonly text: string;
  readonly file: string | undefined;
  private starts: Int32Array | undefined;
  constructor(text: string, file: string | undefined) {
    this.text = text;
    this.file = file;
  }

  /** Offsets of line starts, found when a position is first asked for. */
  get lineStarts(): Int32Array {
    return (this.starts ??= findLineStarts(this.text));
  }

  /** Line of an offset, from 1. */
  lineOf(offset: number): number {
    const starts = this.lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
  /** Column of an offset, from 1. */
  columnOf(offset: number): number {
    return offset - (this.lineStarts[this.lineOf(offset) - 1] as number) + 1;
  }
  /** Text of a line (from 1) without its line end. */
  lineText(line: number): string {
    const starts = this.lineStarts;
    const start = starts[line - 1] ?? this.text.length;
    let end = starts[line] ?? this.text.length;
    while (end > start && isLineEnd(this.text.charCodeAt(end - 1))) end--;
    return this.text.slice(start, end);
  }
}
const isLineEnd = (c: number): boolean => c === 10 || c === 13;

function findLineStarts(text: string): Int32Array {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 13) {
      if (text.charCodeAt(i + 1) === 10) i++;
      starts.push(i + 1);
    } else if (c === 10) starts.push(i + 1);
  }
  return Int32Array.from(starts);
}

/** Where a node, token or error stands. `endOffset` is exclusive; lines and columns count from 1. */
export class Extent {
  readonly source: Source;
  readonly startOffset: number;
  readonly endOffset: number;
  constructor(source: Source, startOffset: number, endOffset: number) {
    this.source = source;
    this.startOffset = startOffset;
    this.endOffset = endOffset;
  }
  get file(): string | undefined {
    return this.source.file;
  }
  get text(): string {
    return this.source.text.slice(this.startOffset, this.endOffset);
  }
  get startLineNumber(): number {
    return this.source.lineOf(this.startOffset);
  }
  get startColumnNumber(): number {
    return this.source.columnOf(this.startOffset);
  }
  get endLineNumber(): number {
    return this.source.lineOf(this.endOffset);
  }
  get endColumnNumber(): number {
    return this.source.columnOf(this.endOffset);
  }
  get lineText(): string {
    return this.source.lineText(this.startLineNumber);
  }
}
