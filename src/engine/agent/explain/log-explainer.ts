import type { Instant } from '../../../base/time.ts';
import { knownMessage } from './known-words.ts';
import type { LogEntry } from './record-reader.ts';
import { own, Story } from './story.ts';
import { tellLine } from './tell-line.ts';

/** A line that nothing recognised. */
export interface UnknownLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface Counts {
  records: number;
  recognised: number;
  unknown: number;
  /** Lines outside any record. */
  text: number;
  torn: number;
  /** Records and lines longer than a reader keeps. */
  cut: number;
}

/** Unknown lines kept word by word; of more, only the number. Whoever needs them all takes them as they come. */
const unknownKept = 5000;
/** Characters of an unknown line that are kept. */
const unknownLength = 2000;

/**
 * Reads the entries of logs in the order of their time and makes a story of them. Memory does not grow with the logs:
 * long stories keep their beginning and their end, unknown lines are kept up to a limit and always counted.
 */
export class LogExplainer {
  readonly story = new Story();
  readonly counts: Counts = { records: 0, recognised: 0, unknown: 0, text: 0, torn: 0, cut: 0 };
  readonly unknown: UnknownLine[] = [];
  first: Instant | null = null;
  last: Instant | null = null;
  readonly #onUnknown: ((line: UnknownLine) => void) | undefined;

  constructor(onUnknown?: (line: UnknownLine) => void) {
    this.#onUnknown = onUnknown;
  }

  take(file: string, entry: LogEntry): void {
    if (entry.torn) this.counts.torn += 1;
    if (entry.cut > 0) this.counts.cut += 1;
    if (entry.kind === 'text') {
      this.counts.text += 1;
      // Of a record that another one overwrote, the words may be whole.
      if (entry.torn && knownMessage(entry.text.replace(/^<!\[LOG\[/, ''))) this.counts.recognised += 1;
      else this.#unknownLine(file, entry);
      return;
    }
    this.counts.records += 1;
    this.first ??= entry.local;
    this.last = this.last === null || entry.local > this.last ? entry.local : this.last;
    if (entry.offset !== null) this.story.offset = entry.offset;
    if (tellLine(this.story, file, entry)) this.counts.recognised += 1;
    else this.#unknownLine(file, entry);
  }

  #unknownLine(file: string, entry: LogEntry): void {
    this.counts.unknown += 1;
    if (this.unknown.length >= unknownKept && !this.#onUnknown) return;
    const line = { file, line: entry.line, text: own(entry.text.slice(0, unknownLength)) };
    if (this.unknown.length < unknownKept) this.unknown.push(line);
    this.#onUnknown?.(line);
  }
}
