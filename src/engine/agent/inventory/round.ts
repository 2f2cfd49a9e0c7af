import type { Duration } from '../../../base/time.ts';
import { between } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/inventory-messages.ts';
import * as rules from '../rules/inventory-rules.ts';
import { callGateway } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { StepBuilder, text } from '../step-builder.ts';
import { durationText, fromUtcText, utcText } from '../utc-text.ts';
import { newThread } from '../win32/check-in.ts';
import { collectApplications } from './collect.ts';
import { deltaOf } from './delta.ts';
import type { ReportType } from './report.ts';
import { reportOf, reportText } from './report.ts';
import {
  inventoriesKey,
  inventorySettingKey,
  inventoryWriter,
  storedInventory,
  storeInventory,
} from './stored-inventory.ts';
import type { Application } from './stored-inventory.ts';

/** Deleting any of them forces a full inventory. */
const marks = [
  { path: inventoriesKey, name: 'FirstTimeRun' },
  { path: inventorySettingKey, name: 'FirstTimeSwitch' },
  { path: inventorySettingKey, name: 'LastFullSyncTimeUtc' },
] as const;
const [firstTimeRun, firstTimeSwitch, lastFullSync] = marks;

type Collected = {
  readonly thread: number;
  readonly session: number;
  readonly user: string;
  readonly sid: string;
  readonly name: string;
};

/** The timer, or a start of the service: a round begins where somebody is signed in. */
export function roundBegins(read: DeviceReader, _entry: QueueEntry): Step {
  const to = new StepBuilder(newThread(read));
  const again = rules.inventoryRound.parameters?.['every'] as Duration;
  to.enqueue(rules.inventoryRound, 'inventory.round', again, {})
    .log(rules.inventoryRound, msg.throttle)
    .log(rules.inventoryRound, msg.starts);
  const users = read.users.filter(({ sessionId }) => sessionId !== null);
  const [user] = users;
  if (!user || user.sessionId === null)
    return to
      .log(rules.inventoryUser, msg.noSessions)
      .log(rules.inventoryUser, msg.nobody)
      .log(rules.inventoryRound, msg.stopped)
      .step();
  to.log(rules.inventoryRound, msg.collecting);
  for (const one of users) to.log(rules.inventoryRound, msg.session, [one.sessionId, one.entraId]);
  to.log(rules.inventorySource, msg.wmi);
  const data: Collected = {
    thread: to.thread,
    session: user.sessionId,
    user: user.entraId,
    sid: user.sid,
    name: user.name,
  };
  const takes = rules.inventorySource.parameters?.['duration'] as Duration;
  return to.enqueue(rules.inventorySource, 'inventory.collected', takes, data).step();
}

/** WMI has answered: the list is reported in full, or what changed since the stored one. */
export function collected(read: DeviceReader, entry: QueueEntry): Step {
  const who = entry.data as Collected;
  const to = new StepBuilder(who.thread);
  const programs = collectApplications(read);
  for (const { id, name, version } of programs)
    to.log(rules.inventorySource, msg.program, [id, name, version]);
  to.log(rules.inventorySource, msg.count, [programs.length]);
  const full = whyFull(read);
  const type: ReportType = full ? 1 : 0;
  to.log(full?.rule ?? rules.inventoryDelta, msg.reportType, [type], full?.because ?? {});
  let changes = {
    added: programs,
    modified: [] as readonly Application[],
    deleted: [] as readonly Application[],
  };
  if (!full) {
    const stored = storedInventory(read);
    printAll(to, programs, [...stored.values()]);
    changes = deltaOf(programs, stored);
    const { added, modified, deleted } = changes;
    const because = { cause: inventoryWriter(read) };
    to.log(rules.inventoryDelta, msg.computing, [programs.length, stored.size], because).log(
      rules.inventoryDelta,
      msg.computed,
      [added.length, modified.length, deleted.length],
      because,
    );
    if (added.length + modified.length + deleted.length === 0)
      return to.log(rules.inventorySend, msg.unchanged).log(rules.inventoryRound, msg.stopped).step();
  }
  const report = reportOf(type, changes);
  to.log(rules.inventorySend, msg.sending, [type, reportText(report)]);
  callGateway(
    to,
    read,
    {
      run: 0,
      thread: who.thread,
      reason: '',
      requested: null,
      session: { session: who.session, user: who.user, sid: who.sid, name: who.name },
      later: [],
    },
    { contentType: 'Win32AppInventory', payload: report },
    'inventory.answered',
    { thread: who.thread, type, programs },
  );
  return to.step();
}

/** The service's answer: what it took is kept; what did not arrive is found again at the next round. */
export function answered(read: DeviceReader, entry: QueueEntry): Step {
  const { thread, type, programs, status } = entry.data as {
    readonly thread: number;
    readonly type: ReportType;
    readonly programs: readonly Application[];
    readonly status: number;
  };
  const to = new StepBuilder(thread);
  if (status !== 200) return to.log(rules.inventoryRound, msg.stopped).step();
  to.log(rules.inventorySend, msg.sent);
  storeInventory(to, read, programs);
  if (type === 1)
    to.set(rules.inventoryFull, firstTimeRun.path, firstTimeRun.name, text('False'))
      .set(rules.inventoryFull, firstTimeSwitch.path, firstTimeSwitch.name, text('False'))
      .set(rules.inventoryFull, lastFullSync.path, lastFullSync.name, text(utcText(read.now)));
  return to.log(rules.inventoryStore, msg.savedReport).log(rules.inventoryRound, msg.stopped).step();
}

/** Whether this round is full, and by which rule; undefined for a delta. */
function whyFull(read: DeviceReader) {
  const found = marks.map(({ path, name }) => read.value('HKLM', path, name));
  const missing = marks.filter((_, i) => found[i] === undefined).map(({ name }) => name);
  if (missing.length === marks.length) return { rule: rules.inventoryFull, because: {} };
  if (missing.length > 0)
    return { rule: rules.inventoryForced, because: { compared: { missing: missing.join(', ') } } };
  const last = read.value('HKLM', lastFullSync.path, lastFullSync.name);
  const at = last?.value.kind === 'String' ? fromUtcText(last.value.data) : undefined;
  const cause = last?.writer ?? null;
  const every = rules.inventoryFull.parameters?.['every'] as Duration;
  // A time that cannot be read counts as none.
  if (at === undefined) return { rule: rules.inventoryForced, because: { cause } };
  const passed = between(at, read.now);
  if (passed < every) return undefined;
  const compared = { passed: durationText(passed), interval: durationText(every) };
  return { rule: rules.inventoryFull, because: { cause, compared } };
}

function printAll(to: StepBuilder, programs: readonly Application[], stored: readonly Application[]): void {
  const details = (one: Application) => [
    one.id,
    one.name,
    one.version,
    one.publisher,
    one.language,
    one.date,
  ];
  to.log(rules.inventoryDetails, msg.printCollected);
  for (const one of programs) to.log(rules.inventoryDetails, msg.collected, details(one));
  to.log(rules.inventoryDetails, msg.printSaved);
  for (const one of stored) to.log(rules.inventoryDetails, msg.saved, details(one));
}
