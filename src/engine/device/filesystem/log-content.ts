import type { Bytes } from '../../../base/bytes.ts';
import { utf8Encode } from '../../../base/bytes.ts';
import type { EventId, MessageId } from '../../../base/ids.ts';
import type { Duration, Instant } from '../../../base/time.ts';
import { cmTraceDate, cmTraceTime } from '../../clock/time-text.ts';
import type { LogParameter } from '../change.ts';
import type { Owner } from '../keyed-map.ts';
import { chunkSize, LogChunk } from './log-chunk.ts';
import type { LogRecord } from './log-chunk.ts';
import type { LogText } from './log-text.ts';

export interface LogContent {
  readonly kind: 'log';
  readonly tail: LogChunk;
  /** Bytes of the text. */
  readonly length: number;
}

/** A file that the agent begins has the mark of UTF-8 before its first record. */
const byteOrderMark = '\xEF\xBB\xBF' as Bytes;

/** What a text file becomes when the agent first writes to it. */
export function startLog(data: Bytes, owner: Owner): LogContent {
  const tail = new LogChunk(owner, null);
  if (data !== '') tail.pushRaw(data, null);
  return { kind: 'log', tail, length: data === '' ? byteOrderMark.length : data.length };
}

/** With bytes that something else than the agent appended. */
export function appendBytes(log: LogContent, data: Bytes, writer: EventId | null, owner: Owner): LogContent {
  const tail = chunkFor(log.tail, owner);
  tail.pushRaw(data, writer);
  return { kind: 'log', tail, length: log.length + data.length };
}

/** The chunk that the owner may push the next record to. */
export function chunkFor(tail: LogChunk, owner: Owner): LogChunk {
  if (tail.size >= chunkSize) return new LogChunk(owner, tail);
  return tail.owner === owner ? tail : tail.copy(owner);
}

/** All records, oldest first. */
export function logRecords(log: LogContent): LogRecord[] {
  return chunks(log).flatMap((chunk) => chunk.records);
}

export function logBytes(log: LogContent, text: LogText): Bytes {
  const all = chunks(log);
  const parts = all.map((chunk) => {
    if (chunk.text !== undefined) return chunk.text;
    const made = chunk.records.map((record) => recordText(record, text)).join('') as Bytes;
    if (chunk.size >= chunkSize) chunk.text = made;
    return made;
  });
  if (all[0]?.record(0)?.kind === 'message') parts.unshift(byteOrderMark);
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
  const date = dateText(record.at, record.offset);
  return utf8Encode(
    `<![LOG[${words}]LOG]!><time="${time}" date="${date}" component="${component}" context="" type="${type}" thread="${record.thread}" file="">\r\n`,
  );
}

/** Bytes of `recordText` but for what differs from record to record; a time of day takes 16, a type one digit. */
const frameLength =
  '<![LOG[]LOG]!><time="" date="" component="" context="" type="1" thread="" file="">\r\n'.length + 16;

/** As long as the text of the record, without making it: most records are never read. */
export function messageRecordLength(
  message: MessageId,
  parameters: readonly LogParameter[],
  thread: number,
  at: Instant,
  offset: Duration,
  text: LogText,
): number {
  return (
    frameLength +
    text.length(message, parameters) +
    dateText(at, offset).length +
    (thread < 10 ? 1 : String(thread).length)
  );
}

let lastDay = Number.NaN;
let lastDate = '';

/** Records of one day follow each other: its text is kept. */
function dateText(at: Instant, offset: Duration): string {
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
