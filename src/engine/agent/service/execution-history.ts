import type { DeviceReader } from '../../device/device-reader.ts';
import * as service from '../messages/service-messages.ts';
import * as msg from '../messages/start-messages.ts';
import { agentKey } from '../paths.ts';
import { executionHistory } from '../rules/start-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import { dword, text } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';

/** The key is observed, the names of its values are inferred from the lines. */
const key = `${agentKey}\\AgentExecutionHistorySetting`;
const names = {
  start: 'LastAgentExecutionStartTime',
  end: 'LastAgentExecutionEndTime',
  crashes: 'CrashCount',
} as const;

/** At the first work after a start: what is known of the run before, and the beginning of this one. */
export function beginsRun(to: StepBuilder, read: DeviceReader): void {
  const known = read.key('HKLM', key) !== undefined;
  const time = (name: string): string => {
    const value = read.value('HKLM', key, name)?.value;
    return value?.kind === 'String' ? value.data : '';
  };
  const stored = read.value('HKLM', key, names.crashes)?.value;
  const start = time(names.start);
  const end = time(names.end);
  // A run that ended by itself has an end; of one that was killed the end is missing.
  const crashes = (stored?.kind === 'DWord' ? stored.data : 0) + (start !== '' && end === '' ? 1 : 0);
  const because = { cause: read.value('HKLM', key, names.end)?.writer ?? null };
  if (!known) to.log(executionHistory, msg.historyKey);
  to.log(executionHistory, msg.lastStart, [start])
    .log(executionHistory, msg.lastEnd, [end])
    .log(executionHistory, service.crashCount, [crashes], because)
    .log(executionHistory, msg.history, [start, end, crashes], because)
    .set(executionHistory, key, names.start, text(utcText(read.now)))
    .set(executionHistory, key, names.end, text(''))
    .set(executionHistory, key, names.crashes, dword(crashes))
    .log(executionHistory, msg.crashesSet, [crashes]);
}

/** The service stops by itself. */
export const endsRun = (to: StepBuilder, read: DeviceReader): StepBuilder =>
  read.key('HKLM', key) === undefined
    ? to
    : to.set(executionHistory, key, names.end, text(utcText(read.now)));
