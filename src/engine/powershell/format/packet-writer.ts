import { listLines } from './list-writer.ts';
import type { CustomLine, EntryInfo, PacketInfo, ShapeInfo } from './packets.ts';
import { assignWidths, TableWriter } from './table-writer.ts';
import type { Accents } from '../types/dotnet/ps-style.ts';
import { undecorated } from '../types/dotnet/ps-style.ts';
import { cells, wordWrap } from './word-wrap.ts';

export interface PacketWriterOptions {
  /** Columns that lists and text may take; Infinity is unbounded. */
  readonly width: number;
  /** Columns of a table. */
  readonly tableWidth: number;
  readonly desktop: boolean;
  readonly newline: string;
  readonly write: (text: string) => void;
  /** Device time in microseconds: a table of unknown widths waits 300 ms for rows. */
  readonly now: () => number;
  /** What stands around labels; undefined where output is plain, as it always is in Windows PowerShell. */
  readonly accents: () => Accents | undefined;
}

type Entry = Extract<PacketInfo, { kind: 'entry' }>;

/** Prints packets. Blank lines fall where the console prints them, which differs between the dialects. */
export class PacketWriter {
  private readonly options: PacketWriterOptions;
  private shape: ShapeInfo | undefined;
  private inGroup = false;
  private groups = 0;
  private table: TableWriter | undefined;
  private tableColumns = 0;
  private wide: { readonly writer: TableWriter; readonly columns: number; row: string[] } | undefined;
  /** Entries of the group that wait for its widths. */
  private cache: Entry[] | undefined;
  private cacheUntil = Infinity;

  constructor(options: PacketWriterOptions) {
    this.options = options;
  }

  /** Whether a layout has begun and not ended. */
  get open(): boolean {
    return this.shape !== undefined;
  }

  packet(info: PacketInfo): void {
    switch (info.kind) {
      case 'formatStart':
        if (this.shape) this.close();
        this.shape = info.shape;
        this.groups = 0;
        this.line('');
        return;
      case 'groupStart':
        this.startGroup(info.label);
        return;
      case 'entry':
        if (this.cache) {
          this.cache.push(info);
          if (this.options.now() > this.cacheUntil) this.flushCache();
        } else this.entry(info);
        return;
      case 'groupEnd':
        this.endGroup();
        return;
      case 'formatEnd':
        this.endFormat();
        return;
    }
  }

  /** Ends what is open, as if its end had come. */
  close(): void {
    if (this.inGroup) this.endGroup();
    if (this.shape) this.endFormat();
  }

  private startGroup(label: readonly CustomLine[] | undefined): void {
    const { desktop } = this.options;
    this.inGroup = true;
    if (desktop) {
      if (label) this.line('');
    } else if (this.groups > 0) this.line('');
    this.groups++;
    if (label) {
      this.custom(label);
      this.line('');
    }
    const { shape } = this;
    if (shape?.kind === 'list' && desktop) this.line('');
    if (shape?.kind === 'table') {
      const unknown = shape.columns.length > 0 && shape.columns[0]?.width === 0;
      if (shape.autosize || unknown) {
        this.cache = [];
        this.cacheUntil = shape.autosize ? Infinity : this.options.now() + 300_000;
      } else this.startTable(shape.columns.map((c) => c.width));
    } else if (shape?.kind === 'wide') {
      if (shape.autosize) {
        this.cache = [];
        this.cacheUntil = Infinity;
      } else this.startWide(shape.columns);
    }
  }

  private flushCache(): void {
    const entries = this.cache;
    this.cache = undefined;
    if (!entries) return;
    const { shape } = this;
    if (shape?.kind === 'table') {
      const widths = shape.columns.map((c) => cells(c.label));
      for (const { entry } of entries) {
        if (entry.kind !== 'row') continue;
        for (let i = 0; i < widths.length; i++)
          widths[i] = Math.max(widths[i] as number, cells(entry.values[i] ?? ''));
      }
      this.startTable(widths);
    } else if (shape?.kind === 'wide') {
      let longest = 1;
      for (const { entry } of entries)
        if (entry.kind === 'wide') longest = Math.max(longest, cells(entry.text));
      this.startWide(Math.max(1, Math.floor((this.options.tableWidth + 1) / (longest + 1))));
    }
    for (const entry of entries) this.entry(entry);
  }

  private startTable(widths: readonly number[]): void {
    const { shape, options } = this;
    if (shape?.kind !== 'table') return;
    this.tableColumns = widths.length;
    if (widths.length === 0) return;
    this.table = new TableWriter({
      widths: assignWidths(widths, options.tableWidth),
      alignments: shape.columns.map((c) => c.alignment),
      desktop: options.desktop,
    });
    if (!shape.hideHeader)
      this.lines(
        this.table.header(
          shape.columns.map((c) => c.label),
          options.accents()?.header,
        ),
      );
  }

  private startWide(columns: number): void {
    const { options } = this;
    this.wide = {
      writer: new TableWriter({
        widths: assignWidths(new Array<number>(columns).fill(0), options.tableWidth),
        alignments: new Array<'left'>(columns).fill('left'),
        desktop: options.desktop,
      }),
      columns,
      row: [],
    };
  }

  private flushWide(): void {
    const { wide } = this;
    if (!wide || wide.row.length === 0) return;
    const values = wide.row;
    wide.row = [];
    while (values.length < wide.columns) values.push('');
    this.lines(wide.writer.row(values, [], false));
  }

  private endGroup(): void {
    this.flushCache();
    this.flushWide();
    this.inGroup = false;
    this.table = undefined;
    this.wide = undefined;
    if (this.options.desktop) this.line('');
  }

  private endFormat(): void {
    const { shape } = this;
    this.shape = undefined;
    // A list has written a blank line after its last object.
    if (shape?.kind === 'list' && !this.options.desktop) return;
    this.line('');
  }

  private entry(info: Entry): void {
    if (info.outOfBand || !this.shape) this.outOfBand(info.entry);
    else this.inBand(info.entry);
  }

  private inBand(entry: EntryInfo): void {
    switch (entry.kind) {
      case 'row':
        if (this.table)
          this.lines(
            this.table.row(entry.values.slice(0, this.tableColumns), entry.alignments, entry.multiLine),
          );
        return;
      case 'list':
        this.lines(listLines(entry.fields, this.options.width, this.options.accents()?.label));
        this.line('');
        return;
      case 'wide':
        if (!this.wide) return;
        this.wide.row.push(entry.text);
        if (this.wide.row.length === this.wide.columns) this.flushWide();
        return;
      case 'custom':
        this.custom(entry.lines);
        return;
      case 'text':
        this.line(entry.text);
        return;
      case 'aside':
        entry.write();
        return;
    }
  }

  private outOfBand(entry: EntryInfo): void {
    if (entry.kind === 'list') {
      this.line('');
      this.lines(listLines(entry.fields, this.options.width, this.options.accents()?.label));
      this.line('');
    } else if (entry.kind === 'custom' && !this.options.desktop) {
      // Errors and other records are not wrapped in PowerShell 7.
      for (const { indent, text } of entry.lines) this.line(text === '' ? '' : ' '.repeat(indent) + text);
    } else this.inBand(entry);
  }

  private custom(lines: readonly CustomLine[]): void {
    for (const { indent, text } of lines) {
      const blanks = ' '.repeat(indent);
      this.lines(
        wordWrap(text, Math.max(1, this.options.width - indent)).map((row) =>
          row === '' ? '' : blanks + row,
        ),
      );
    }
  }

  private lines(rows: readonly string[]): void {
    const plain = !this.options.desktop && !this.options.accents();
    for (const row of rows) this.line(plain ? undecorated(row) : row);
  }
  private line(text: string): void {
    this.options.write(text + this.options.newline);
  }
}
