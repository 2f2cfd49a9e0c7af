import type { Duration, Instant } from '../../../base/time.ts';
import { duration } from '../../../base/time.ts';
import { fromCivil } from '../../clock/civil-time.ts';

/** One record of a log in CMTrace's form, as it stands in the file. */
export interface LogRecordRead {
  readonly kind: 'record';
  /** Message; line breaks as `\n`, blanks at the end left out. */
  readonly text: string;
  /** The time column, a local clock, as if it were UTC. */
  readonly local: Instant;
  /** What local time is ahead of UTC, where the record says so (the agent's never do). */
  readonly offset: Duration | null;
  readonly component: string;
  /** 1 information, 2 warning, 3 error. */
  readonly type: number;
  readonly thread: number;
  /** Line of the file that the record begins in, from 1. */
  readonly line: number;
  /** Another record stands inside this one: two processes wrote at once. */
  readonly torn: boolean;
  /** Characters left out because the record is longer than a reader keeps. */
  readonly cut: number;
}

/** A line that is no record, or what is left of a torn one. */
export interface LogTextRead {
  readonly kind: 'text';
  readonly text: string;
  readonly line: number;
  readonly torn: boolean;
  readonly cut: number;
}

export type LogEntry = LogRecordRead | LogTextRead;

const open = '<![LOG[';
const close = ']LOG]!>';
/** Some copies of logs break the line between attributes, write the date as ISO does, or leave the file out. */
const attributes =
  /<time="(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d+))?([+-]\d{1,4})?"\s+date="(\d{1,4})-(\d{1,2})-(\d{1,4})"\s+component="([^"]*)"\s+context="[^"]*"\s+type="(\d+)"\s+thread="(\d+)"(?:\s+file="[^"]*")?\s*>/y;
/** The attributes of a record are shorter than this. */
const attributesLimit = 4096;
/** Records nest this deep at most; deeper ones are text. */
const depthLimit = 8;

interface OpenRecord {
  text: string;
  /** Characters of the message that were not kept. */
  cut: number;
  readonly line: number;
  torn: boolean;
}

/**
 * Reads a log of any length piece by piece. Keeps at most `keep` characters of one record or line, whatever its length:
 * the rest is counted. Nothing is dropped: what is no record comes out as text, line by line.
 */
export class RecordReader {
  readonly #keep: number;
  #buffer = '';
  /** Where the search for an end goes on, so that a long record is not searched again and again. */
  #searched = 0;
  #line = 1;
  readonly #open: OpenRecord[] = [];
  /** A record inside the open one has just ended. */
  #innerEnded = false;
  /** A line without an end is being skipped: how much of it was. */
  #longLine: { readonly text: string; readonly line: number; cut: number } | undefined;

  constructor(keep = 1 << 20) {
    this.#keep = keep;
  }

  /** Entries that are complete with this piece. */
  push(piece: string): LogEntry[] {
    this.#buffer = this.#buffer === '' ? piece : this.#buffer + piece;
    return this.#read(false);
  }

  /** What is left at the end of the file. */
  end(): LogEntry[] {
    return this.#read(true);
  }

  #read(atEnd: boolean): LogEntry[] {
    const found: LogEntry[] = [];
    while (this.#open.length > 0 ? this.#inside(found, atEnd) : this.#outside(found, atEnd));
    return found;
  }

  /** Between records. False where more text is needed. */
  #outside(found: LogEntry[], atEnd: boolean): boolean {
    const start = this.#buffer.indexOf(open, this.#searched);
    if (start >= 0) {
      this.#lines(this.#buffer.slice(0, start), found, true);
      this.#drop(start + open.length);
      this.#open.push({ text: '', cut: 0, line: this.#line, torn: false });
      return true;
    }
    if (atEnd) {
      this.#lines(this.#buffer, found, true);
      this.#drop(this.#buffer.length);
      return false;
    }
    // Whole lines go out; the last, unfinished one may still turn into a record.
    const end = this.#buffer.lastIndexOf('\n') + 1;
    if (end > 0) {
      this.#lines(this.#buffer.slice(0, end), found, true);
      this.#drop(end);
    }
    if (this.#buffer.length > this.#keep) {
      // The start of a record may be cut in two by the piece's end.
      const whole = this.#buffer.length - open.length;
      this.#lines(this.#buffer.slice(0, whole), found, false);
      this.#drop(whole);
    }
    this.#searched = Math.max(0, this.#buffer.length - open.length);
    return false;
  }

  /** In a message. False where more text is needed. */
  #inside(found: LogEntry[], atEnd: boolean): boolean {
    const record = this.#open[this.#open.length - 1];
    if (!record) return false;
    if (this.#innerEnded) return this.#afterInner(found, atEnd);
    const end = this.#buffer.indexOf(close, this.#searched);
    const inner = this.#buffer.indexOf(open, this.#searched);
    if (inner >= 0 && (end < 0 || inner < end) && this.#open.length < depthLimit) {
      this.#append(record, inner);
      this.#drop(open.length);
      record.torn = true;
      this.#open.push({ text: '', cut: 0, line: this.#line, torn: true });
      return true;
    }
    if (end < 0) {
      if (atEnd) {
        this.#append(record, this.#buffer.length);
        this.#abandonAll(found);
        return false;
      }
      // What may be the beginning of an end, or of a record inside, stays.
      const sure = Math.max(0, this.#buffer.length - close.length);
      if (this.#buffer.length > this.#keep) this.#append(record, sure);
      else this.#searched = sure;
      return false;
    }
    attributes.lastIndex = end + close.length;
    const read = attributes.exec(this.#buffer);
    if (!read) {
      if (!atEnd && this.#buffer.length - end < attributesLimit) {
        this.#searched = end;
        return false;
      }
      // The end mark stands in the message itself.
      this.#append(record, end + close.length);
      return true;
    }
    this.#append(record, end);
    this.#open.pop();
    found.push(recordOf(record, read));
    this.#drop(attributes.lastIndex - end);
    this.#innerEnded = this.#open.length > 0;
    return true;
  }

  /**
   * A record that stood in another ended: the other goes on after the line break, unless the next record begins there.
   * False where more text is needed to tell.
   */
  #afterInner(found: LogEntry[], atEnd: boolean): boolean {
    this.#drop(/^[\r\n]*/.exec(this.#buffer)?.[0].length ?? 0);
    const next = this.#buffer.slice(0, open.length);
    if (!atEnd && open.startsWith(next) && next !== open) return false;
    this.#innerEnded = false;
    if (next === open) this.#abandonAll(found);
    return true;
  }

  #abandonAll(found: LogEntry[]): void {
    for (const record of this.#open)
      found.push({
        kind: 'text',
        text: clean(open + record.text),
        line: record.line,
        torn: true,
        cut: record.cut,
      });
    this.#open.length = 0;
  }

  /** Moves `count` characters of the buffer to a message. */
  #append(record: OpenRecord, count: number): void {
    const room = Math.max(0, this.#keep - record.text.length);
    record.text += this.#buffer.slice(0, Math.min(count, room));
    record.cut += Math.max(0, count - room);
    this.#drop(count);
  }

  #drop(count: number): void {
    this.#line += lineBreaks(this.#buffer, count);
    this.#buffer = this.#buffer.slice(count);
    this.#searched = 0;
  }

  /** Text between records, line by line; blank lines are nothing. Called before the text is dropped. */
  #lines(text: string, found: LogEntry[], ends: boolean): void {
    let line = this.#line;
    for (let at = 0; at < text.length;) {
      const end = text.indexOf('\n', at);
      const piece = text.slice(at, end < 0 ? undefined : end);
      const whole = end >= 0 || ends;
      const long = this.#longLine;
      if (long) long.cut += piece.length;
      else if (!whole)
        this.#longLine = {
          text: piece.slice(0, this.#keep),
          line,
          cut: Math.max(0, piece.length - this.#keep),
        };
      else if (piece.trim() !== '') found.push(textOf(piece, line, this.#keep));
      if (whole && long) {
        found.push({ kind: 'text', text: clean(long.text), line: long.line, torn: false, cut: long.cut });
        this.#longLine = undefined;
      }
      if (end < 0) return;
      line += 1;
      at = end + 1;
    }
    if (ends && this.#longLine && text === '') {
      const { text: kept, line: begun, cut } = this.#longLine;
      found.push({ kind: 'text', text: clean(kept), line: begun, torn: false, cut });
      this.#longLine = undefined;
    }
  }
}

function recordOf(record: OpenRecord, read: RegExpExecArray): LogRecordRead {
  const number = (group: number): number => Number(read[group] ?? 0);
  const bias = read[5];
  const [year, month, day] = (read[6]?.length ?? 0) > 2 ? ([6, 7, 8] as const) : ([8, 6, 7] as const);
  return {
    kind: 'record',
    text: clean(record.text),
    local: fromCivil({
      year: number(year),
      month: number(month),
      day: number(day),
      hour: number(1),
      minute: number(2),
      second: number(3),
      microsecond: Number((read[4] ?? '').padEnd(6, '0').slice(0, 6)),
    }),
    // Configuration Manager's form: minutes to add to local time to get UTC.
    offset: bias === undefined ? null : duration(Number(bias) * -60_000_000),
    component: read[9] ?? '',
    type: number(10),
    thread: number(11),
    line: record.line,
    torn: record.torn,
    cut: record.cut,
  };
}

function textOf(piece: string, line: number, keep: number): LogTextRead {
  const cut = Math.max(0, piece.length - keep);
  return { kind: 'text', text: clean(cut > 0 ? piece.slice(0, keep) : piece), line, torn: false, cut };
}

const clean = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).trimEnd();

function lineBreaks(text: string, before: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < before; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
