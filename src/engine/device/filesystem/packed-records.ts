import { eventId } from '../../../base/ids.ts';
import type { MessageId } from '../../../base/ids.ts';
import type { Duration, Instant } from '../../../base/time.ts';
import type { LogParameter } from '../change.ts';
import type { LogRecord } from './log-content.ts';

/** Records of the agent, column by column: a quarter of the memory of the records themselves. */
export class PackedRecords {
  readonly #messages: MessageId[] = [];
  readonly #parameters: readonly LogParameter[];
  /** Where the parameters of a record end. */
  readonly #ends: number[] = [];
  readonly #threads: readonly number[];
  readonly #times: number[] = [];
  readonly #offsets: readonly Duration[];
  /** What the ids of the writers begin with, and their numbers. */
  readonly #prefix: string;
  readonly #numbers: readonly number[];

  private constructor(records: readonly MessageRecord[], prefix: string, numbers: number[]) {
    const parameters: LogParameter[] = [];
    const threads: number[] = [];
    const offsets: Duration[] = [];
    for (const record of records) {
      this.#messages.push(record.message);
      for (const parameter of record.parameters) parameters.push(parameter);
      this.#ends.push(parameters.length);
      threads.push(record.thread);
      this.#times.push(record.at);
      offsets.push(record.offset);
    }
    // A copy has no room to grow.
    this.#parameters = parameters.slice();
    this.#threads = oneOrAll(threads);
    this.#offsets = oneOrAll(offsets);
    this.#prefix = prefix;
    this.#numbers = numbers;
  }

  /** Undefined where a record came from elsewhere, or not all were written by one device: those stay as they are. */
  static of(records: readonly LogRecord[]): PackedRecords | undefined {
    const first = records[0]?.writer;
    const prefix = first?.slice(0, first.lastIndexOf(':') + 1) ?? '';
    const numbers: number[] = [];
    for (const { kind, writer } of records) {
      const number = writer === null ? undefined : numberAfter(prefix, writer);
      if (kind !== 'message' || number === undefined) return undefined;
      numbers.push(number);
    }
    return new PackedRecords(records as readonly MessageRecord[], prefix, numbers);
  }

  get size(): number {
    return this.#messages.length;
  }

  at(index: number): LogRecord | undefined {
    const message = this.#messages[index];
    if (message === undefined) return undefined;
    return {
      kind: 'message',
      message,
      parameters: this.#parameters.slice(this.#ends[index - 1] ?? 0, this.#ends[index]),
      thread: this.#threads[index] ?? this.#threads[0] ?? 0,
      at: this.#times[index] as Instant,
      offset: (this.#offsets[index] ?? this.#offsets[0]) as Duration,
      writer: eventId(`${this.#prefix}${this.#numbers[index]}`),
    };
  }

  all(): readonly LogRecord[] {
    return this.#messages.map((_, index) => this.at(index) as LogRecord);
  }
}

type MessageRecord = Extract<LogRecord, { readonly kind: 'message' }>;

/** The number that makes `prefix + number` this id; undefined where none does. */
function numberAfter(prefix: string, id: string): number | undefined {
  const digits = id.length - prefix.length;
  if (prefix === '' || digits < 1 || digits > 15 || !id.startsWith(prefix)) return undefined;
  let number = 0;
  for (let i = prefix.length; i < id.length; i++) {
    const digit = id.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9 || (number === 0 && digit === 0)) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

/** One where all are the same. */
function oneOrAll<T>(list: readonly T[]): readonly T[] {
  for (const one of list) if (one !== list[0]) return list;
  return list.slice(0, 1);
}
