import type { Bytes } from '../../../base/bytes.ts';
import type { EventId, MessageId } from '../../../base/ids.ts';
import { eventId } from '../../../base/ids.ts';
import type { Duration, Instant } from '../../../base/time.ts';
import type { LogParameter } from '../change.ts';
import type { Owner } from '../keyed-map.ts';

/** One entry of a log file: a message of the agent's catalogue, or bytes that something else appended. */
export type LogRecord = MessageRecord | RawRecord;

export interface MessageRecord {
  readonly kind: 'message';
  readonly message: MessageId;
  readonly parameters: readonly LogParameter[];
  readonly thread: number;
  readonly at: Instant;
  /** Of local time at the writing: what the record shows does not follow a later change of zone. */
  readonly offset: Duration;
  readonly writer: EventId | null;
}

export interface RawRecord {
  readonly kind: 'raw';
  readonly data: Bytes;
  readonly writer: EventId | null;
}

/** The event that wrote a record in two parts, `prefix` and `number`: joined they are its id. */
export interface Writer {
  readonly prefix: string;
  readonly number: number;
}

export const writerId = ({ prefix, number }: Writer): EventId => eventId(`${prefix}${number}`);

export function writerOf(id: EventId): Writer {
  const at = id.lastIndexOf(':') + 1;
  return { prefix: id.slice(0, at), number: Number(id.slice(at)) };
}

/** Where a log is full and the next record begins a new chunk. */
export const chunkSize = 64;

/**
 * Records of a log, column by column and the newest chunk first in the chain: a thousand devices hold tens of millions,
 * and as objects each would take four times the memory. All but the newest chunk are full, so equal logs have equal chunks.
 */
export class LogChunk {
  readonly owner: Owner;
  readonly previous: LogChunk | null;
  digest: Uint8Array | undefined = undefined;
  /** Text of the chunk, kept once it is full and was read. */
  text: Bytes | undefined = undefined;
  /** Null where the record is raw: then its data are its one parameter. */
  #messages: (MessageId | null)[] = [];
  #parameters: LogParameter[] = [];
  /** Where the parameters of a record end. */
  #ends: number[] = [];
  /** One, where all records have the same. */
  #threads: number[] = [];
  #offsets: Duration[] = [];
  #times: number[] = [];
  /** What the ids of most writers begin with; those are kept as the number that follows. */
  #prefix: string | undefined = undefined;
  #writers: (number | EventId | null)[] = [];

  constructor(owner: Owner, previous: LogChunk | null) {
    this.owner = owner;
    this.previous = previous;
  }

  /** The same records, for another owner to push to. */
  copy(owner: Owner): LogChunk {
    const copy = new LogChunk(owner, this.previous);
    copy.#messages = this.#messages.slice();
    copy.#parameters = this.#parameters.slice();
    copy.#ends = this.#ends.slice();
    copy.#threads = this.#threads.slice();
    copy.#offsets = this.#offsets.slice();
    copy.#times = this.#times.slice();
    copy.#prefix = this.#prefix;
    copy.#writers = this.#writers.slice();
    return copy;
  }

  get size(): number {
    return this.#messages.length;
  }

  get records(): readonly LogRecord[] {
    return this.#messages.map((_, index) => this.record(index) as LogRecord);
  }

  record(index: number): LogRecord | undefined {
    const message = this.#messages[index];
    if (message === undefined) return undefined;
    const kept = this.#writers[index];
    const writer = typeof kept === 'number' ? eventId(`${this.#prefix}${kept}`) : (kept ?? null);
    const parameters = this.#parameters.slice(this.#ends[index - 1] ?? 0, this.#ends[index]);
    if (message === null) return { kind: 'raw', data: parameters[0] as Bytes, writer };
    return {
      kind: 'message',
      message,
      parameters,
      thread: this.#threads[index] ?? this.#threads[0] ?? 0,
      at: this.#times[index] as Instant,
      offset: (this.#offsets[index] ?? this.#offsets[0]) as Duration,
      writer,
    };
  }

  /** For the owner, of a chunk that is not full. */
  pushMessage(
    message: MessageId,
    parameters: readonly LogParameter[],
    thread: number,
    at: Instant,
    offset: Duration,
    writer: Writer | null,
  ): void {
    for (let i = 0; i < parameters.length; i++) this.#parameters.push(parameters[i] as LogParameter);
    this.#threads.push(thread);
    this.#offsets.push(offset);
    this.#times.push(at);
    if (writer === null) this.#pushed(message, null);
    else {
      this.#prefix ??= writer.prefix;
      const known = this.#prefix === writer.prefix;
      this.#pushed(message, known ? writer.number : writerId(writer));
    }
  }

  /** For the owner, of a chunk that is not full. */
  pushRaw(data: Bytes, writer: EventId | null): void {
    this.#parameters.push(data);
    this.#threads.push(0);
    this.#offsets.push(0 as Duration);
    this.#times.push(0);
    this.#pushed(null, writer);
  }

  #pushed(message: MessageId | null, writer: number | EventId | null): void {
    this.#ends.push(this.#parameters.length);
    this.#writers.push(writer);
    this.#messages.push(message);
    if (this.#messages.length < chunkSize) return;
    // A copy has no room to grow.
    this.#parameters = this.#parameters.slice();
    this.#threads = oneOrAll(this.#threads);
    this.#offsets = oneOrAll(this.#offsets);
    this.#times = this.#times.slice();
    this.#ends = this.#ends.slice();
    this.#writers = this.#writers.slice();
    this.#messages = this.#messages.slice();
  }
}

/** One where all are the same. */
function oneOrAll<T>(list: readonly T[]): T[] {
  for (const one of list) if (one !== list[0]) return list.slice();
  return list.slice(0, 1);
}
