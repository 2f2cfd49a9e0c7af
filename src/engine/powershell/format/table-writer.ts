import { accented } from '../types/dotnet/ps-style.ts';
import type { Alignment } from './packets.ts';
import { cells, firstLine, headOf, tailOf, wordWrap } from './word-wrap.ts';

const separator = 1;
const minimum = 1;

/** Gives the columns their final widths; -1 hides a column. 0 in `wanted` shares what is left. */
export function assignWidths(wanted: readonly number[], tableWidth: number): number[] {
  const widths = [...wanted];
  const total = (): number => {
    let sum = 0;
    let shown = 0;
    for (const w of widths)
      if (w > 0) {
        sum += w;
        shown++;
      }
    return sum + separator * Math.max(0, shown - 1);
  };
  if (widths.some((w) => w <= 0)) {
    const fixed = widths.map((w) => w > 0);
    for (let i = 0; i < widths.length; i++) if ((widths[i] as number) <= 0) widths[i] = minimum;
    let available = tableWidth - total();
    if (available > 0) {
      // One cell each in turn, as the console does; by division where that would take long.
      const open = fixed.flatMap((f, i) => (f ? [] : [i]));
      const each = Math.floor(available / open.length);
      for (const i of open) widths[i] = (widths[i] as number) + each;
      available -= each * open.length;
      for (let i = 0; i < available; i++)
        widths[open[i] as number] = (widths[open[i] as number] as number) + 1;
      return widths;
    }
    if (available === 0) return widths;
  }
  for (;;) {
    const excess = total() - tableWidth;
    if (excess <= 0) return widths;
    const last = widths.findLastIndex((w) => w >= minimum);
    if (last < 0) return widths;
    const rest = (widths[last] as number) - excess;
    widths[last] = rest < minimum ? -1 : rest;
  }
}

export interface TableLayout {
  readonly widths: readonly number[];
  readonly alignments: readonly Alignment[];
  /** Windows PowerShell pads the last column too and truncates with three dots. */
  readonly desktop: boolean;
}

/** Rows of a table as text. */
export class TableWriter {
  private readonly layout: TableLayout;
  private readonly visible: readonly number[];
  private readonly ellipsis: string;
  constructor(layout: TableLayout) {
    this.layout = layout;
    this.visible = layout.widths.flatMap((w, i) => (w > 0 ? [i] : []));
    this.ellipsis = layout.desktop ? '...' : '…';
  }

  /** `accent` is the escape sequence each label stands in; '' for none. */
  header(labels: readonly string[], accent = ''): string[] {
    if (this.visible.length === 0) return [];
    const dashes = labels.map((label, i) =>
      '-'.repeat(Math.max(0, Math.min(cells(label), this.layout.widths[i] as number))),
    );
    return [
      ...this.wrapped(labels, this.layout.alignments, accent),
      this.single(dashes, this.layout.alignments, accent),
    ];
  }

  row(
    values: readonly string[],
    alignments: readonly (Alignment | undefined)[],
    multiLine: boolean,
  ): string[] {
    if (this.visible.length === 0) return [];
    const aligned = this.layout.alignments.map((a, i) => alignments[i] ?? a);
    return multiLine ? this.wrapped(values, aligned) : [this.single(values, aligned)];
  }

  private single(values: readonly string[], alignments: readonly Alignment[], accent = ''): string {
    const { widths, desktop } = this.layout;
    let line = '';
    for (let k = 0; k < widths.length; k++) {
      const width = widths[k] as number;
      if (width <= 0) continue;
      const last = k === widths.length - 1;
      const text = this.field(values[k] ?? '', width, alignments[k] as Alignment, desktop || !last);
      line += accented(k > 0 ? ` ${text}` : text, accent);
    }
    return line;
  }

  private wrapped(values: readonly string[], alignments: readonly Alignment[], accent = ''): string[] {
    const { widths, desktop } = this.layout;
    const columns = this.visible.map((k, at) => {
      const width = widths[k] as number;
      const alignment = alignments[k] as Alignment;
      const pad = desktop || at < this.visible.length - 1;
      return wordWrap(values[k] ?? '', width).map((text) => {
        if (cells(text) >= width || (!pad && alignment === 'left')) return text;
        return this.field(text, width, alignment, pad);
      });
    });
    const height = Math.max(...columns.map((c) => c.length));
    const rows: string[] = [];
    for (let row = 0; row < height; row++) {
      const last = desktop ? columns.length - 1 : columns.findLastIndex((c) => row < c.length);
      let line = '';
      for (let at = 0; at <= last; at++) {
        const text = columns[at]?.[row] ?? ' '.repeat(widths[this.visible[at] as number] as number);
        const shown = !desktop && at === last && height > 1 ? text.trimEnd() : text;
        line += accented(at > 0 ? ` ${shown}` : shown, accent);
      }
      rows.push(line);
    }
    return rows;
  }

  private field(value: string, width: number, alignment: Alignment, pad: boolean): string {
    const text = firstLine(value, this.ellipsis);
    const size = cells(text);
    if (size === width) return text;
    if (size < width) {
      const blanks = width - size;
      if (alignment === 'right') return ' '.repeat(blanks) + text;
      if (alignment === 'center') {
        const left = blanks >> 1;
        return ' '.repeat(left) + text + (pad ? ' '.repeat(blanks - left) : '');
      }
      return pad ? text + ' '.repeat(blanks) : text;
    }
    return this.cut(text, width, alignment, pad);
  }

  private cut(text: string, width: number, alignment: Alignment, pad: boolean): string {
    const { ellipsis } = this;
    const room = width - ellipsis.length;
    let result: string;
    // Three dots or fewer leave no room for text: then it is cut without them.
    if (this.layout.desktop && room <= 0)
      result = alignment === 'right' ? tailOf(text, width) : headOf(text, width);
    else result = alignment === 'right' ? ellipsis + tailOf(text, room) : headOf(text, room) + ellipsis;
    // A wide character that was cut leaves one cell.
    if (cells(result) < width) return alignment === 'right' ? ` ${result}` : pad ? `${result} ` : result;
    return result;
  }
}
