import type { MessageId } from '../../../base/ids.ts';
import type { Duration, Instant } from '../../../base/time.ts';
import { cmTraceDate, cmTraceTime } from '../../clock/time-text.ts';
import type { LogParameter } from '../../device/change.ts';
import { messageOf } from './index.ts';
import { messageText } from './message.ts';

/** A record as a device keeps it: everything but its words. */
export interface LogRecord {
  readonly at: Instant;
  readonly message: MessageId;
  readonly parameters: readonly LogParameter[];
  readonly thread: number;
}

/**
 * One record in the form that log viewers read, without the line end; `component` is the name of its file. The time
 * column is local (`offset` from UTC), times inside the message are UTC.
 */
export function logRecordText(record: LogRecord, offset: Duration | 0, component: string): string {
  const message = messageOf(record.message);
  const words = messageText(message, record.parameters);
  return `<![LOG[${words}]LOG]!><time="${cmTraceTime(record.at, offset)}" date="${cmTraceDate(record.at, offset)}" component="${component}" context="" type="${message.type}" thread="${record.thread}" file="">`;
}
