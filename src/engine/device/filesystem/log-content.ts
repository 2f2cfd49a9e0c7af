import type { Bytes } from '../../../base/bytes.ts';
import { utf8Encode } from '../../../base/bytes.ts';
import type { EventId, MessageId } from '../../../base/ids.ts';
import type { Duration, Instant } from '../../../base/time.ts';
import { cmTraceDate, cmTraceTime } from '../../clock/time-text.ts';
import type { LogParameter } from '../change.ts';
import type { Owner } from '../keyed-map.ts';
import type { LogText } from './log-text.ts';
import { PackedRecords } from './packed-records.ts';

/** One entry of a log file: a message of the agent's catalogue, or bytes that something else appended. */
export type LogRecord =
  | {
      readonly kind: 'message';
      readonly message: MessageId;
      readonly parameters: readonly LogParameter[];
      readonly thread: number;
      readonly at: Instant;
      /** Of local time at the writing: what the record shows does not follow a later change of zone. */
      readonly offset: Duration;
      readonly writer: EventId | null;
    }
  | { readonly kind: 'raw'; readonly data: Bytes; readonly writer: EventId | null };

const chunkSize = 64;

/** Records in chunks, the newest first in the chain; all but the newest are full, so equal logs have equal chunks. */
export class LogChunk {
  readonly owner: Owner;
  readonly previous: LogChunk | null;
  digest: Uint8Array | undefined = undefined;
  /** Text of the chunk, kept once it is full and was read. */
  text: Bytes | undefined = undefined;
  /** As they came, or packed once the chunk is full: a thousand devices hold tens of millions. */
  #records: LogRecord[] | PackedRecords;

  constructor(owner: Owner, previous: LogChunk | null, records: LogRecord[]) {
    this.owner = owner;
    this.previous = previous;
    this.#records = records;
  }

  get size(): number {
    return this.#records instanceof PackedRecords ? this.#records.size : this.#records.length;
  }

  get records(): readonly LogRecord[] {
    return this.#records instanceof PackedRecords ? this.#records.all() : this.#records;
  }

  record(index: number): LogRecord | undefined {
    return this.#records instanceof PackedRecords ? this.#records.at(index) : this.#records[index];
  }

  /** For the owner, of a chunk that is not full. */
  push(record: LogRecord): void {
    if (this.#records instanceof PackedRecords) return;
    this.#records.push(record);
    if (this.#records.length >= chunkSize) this.#records = PackedRecords.of(this.#records) ?? this.#records;
  }
}

export interface LogContent {
  readonly kind: 'log';
  readonly tail: LogChunk;
  /** Bytes of the text. */
  readonly length: number;
}

/** What a text file becomes when the agent first writes to it. */
export function startLog(data: Bytes, owner: Owner): LogContent {
  const records: LogRecord[] = data === '' ? [] : [{ kind: 'raw', data, writer: null }];
  return {
    kind: 'log',
    tail: new LogChunk(owner, null, records),
    length: data.length,
  };
}

export function appendRecord(log: LogContent, record: LogRecord, owner: Owner, text: LogText): LogContent {
  const length = log.length + recordLength(record, text);
  const { tail } = log;
  if (tail.size >= chunkSize) return { kind: 'log', tail: new LogChunk(owner, tail, [record]), length };
  const own = tail.owner === owner ? tail : new LogChunk(owner, tail.previous, [...tail.records]);
  own.push(record);
  return { kind: 'log', tail: own, length };
}

/** All records, oldest first. */
export function logRecords(log: LogContent): LogRecord[] {
  return chunks(log).flatMap((chunk) => chunk.records);
}

export function logBytes(log: LogContent, text: LogText): Bytes {
  const parts = chunks(log).map((chunk) => {
    if (chunk.text !== undefined) return chunk.text;
    const made = chunk.records.map((record) => recordText(record, text)).join('') as Bytes;
    if (chunk.size >= chunkSize) chunk.text = made;
    return made;
  });
  return parts.join('') as Bytes;
}

/** When the newest record of the agent was written; undefined where there is none. */
export function lastMessageAt(
  log: LogContent,
): { readonly at: Instant; readonly offset: Duration } | undefined {
  for (let chunk: LogChunk | null = log.tail; chunk !== null; chunk = chunk.previous) {
    for (let i = chunk.size - 1; i >= 0; i--) {
      const record = chunk.record(i);
      if (record?.kind === 'message') return record;
    }
  }
  return undefined;
}

function recordText(record: LogRecord, text: LogText): Bytes {
  if (record.kind === 'raw') return record.data;
  const { text: words, component, type } = text.record(record.message, record.parameters);
  const time = cmTraceTime(record.at, record.offset);
  const date = dateText(record);
  return utf8Encode(
    `<![LOG[${words}]LOG]!><time="${time}" date="${date}" component="${component}" context="" type="${type}" thread="${record.thread}" file="">\r\n`,
  );
}

/** Bytes of `recordText` but for what differs from record to record; a time of day takes 16, a type one digit. */
const frameLength =
  '<![LOG[]LOG]!><time="" date="" component="" context="" type="1" thread="" file="">\r\n'.length + 16;

/** As long as `recordText`, without making it: most records are never read. */
function recordLength(record: LogRecord, text: LogText): number {
  if (record.kind === 'raw') return record.data.length;
  return (
    frameLength +
    text.length(record.message, record.parameters) +
    dateText(record).length +
    String(record.thread).length
  );
}

let lastDay = Number.NaN;
let lastDate = '';

/** Records of one day follow each other: its text is kept. */
function dateText({ at, offset }: { readonly at: Instant; readonly offset: Duration }): string {
  const day = Math.floor((at + offset) / 86_400_000_000);
  if (day !== lastDay) {
    lastDate = cmTraceDate(at, offset);
    lastDay = day;
  }
  return lastDate;
}

function chunks(log: LogContent): LogChunk[] {
  const list: LogChunk[] = [];
  for (let chunk: LogChunk | null = log.tail; chunk !== null; chunk = chunk.previous) list.push(chunk);
  return list.reverse();
}
