import type { Duration } from '../../../base/time.ts';
import { hours, milliseconds, seconds } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import { answerOf } from '../disputes.ts';
import * as msg from '../messages/script-messages.ts';
import { scriptTimer as timerMessage } from '../messages/service-messages.ts';
import { agentKey, deviceScope } from '../paths.ts';
import * as rules from '../rules/script-rules.ts';
import type { Step } from '../step.ts';
import { nothing, scriptTimerGroup, StepBuilder } from '../step-builder.ts';
import { newThread } from '../win32/check-in.ts';
import type { CheckIn, Session } from '../win32/work.ts';
import { newGuid } from '../service/gateway.ts';
import { callGateway } from '../service/gateway.ts';
import { policiesKey } from './script-paths.ts';

/** One fetch of platform scripts, in the data of its stages; its run number is not that of app check-ins. */
export type Fetch = CheckIn;

export const fetchOf = (entry: QueueEntry): Fetch => entry.data as unknown as Fetch;

const runningMemory = 'scripts.fetch';
const waitingMemory = 'scripts.waiting';
const countMemory = 'scripts.count';
const timerMemory = 'scripts.timer';

/** False for a stage whose fetch is over or whose process was ended. */
export const fetchRuns = (read: DeviceReader, fetch: Fetch): boolean =>
  read.memory(runningMemory)?.value === fetch.run;

/** Hours between fetches: as built without scripts, shorter once one was found. */
function timerHours(read: DeviceReader, found: boolean): number {
  return found || answerOf(read, 'script-timer') === 'fixed-eight-hours' ? 8 : 24;
}

/** The service starts: says what its script timer is; returns the seconds it is set to. */
export function scriptTimerAtStart(to: StepBuilder, read: DeviceReader): number {
  const found = hasScripts(read);
  to.log(rules.scriptTimer, timerMessage, [timerHours(read, false)]);
  if (found) to.log(rules.scriptTimer, msg.timerChanged, [timerHours(read, true)]);
  return timerHours(read, found) * 3600;
}

/** Results of scripts that a device has: it has had scripts before. */
function hasScripts(read: DeviceReader): boolean {
  const root = `${agentKey}\\Policies`;
  return (read.key('HKLM', root)?.value.subKeys ?? []).some(
    (user) => (read.key('HKLM', policiesKey(user))?.value.subKeys.length ?? 0) > 0,
  );
}

/** The start delay is over: the timer runs and the first fetch begins. */
export function beginScripts(to: StepBuilder, read: DeviceReader): void {
  setTimer(to, read, timerHours(read, hasScripts(read)));
  to.enqueue(rules.scriptFetch, 'scripts.fetch', milliseconds(200), { reason: 'AgentRestart' });
}

function setTimer(to: StepBuilder, _read: DeviceReader, every: number): void {
  to.cancel(rules.scriptTimer, scriptTimerGroup)
    .memory(rules.scriptTimer, timerMemory, every)
    .enqueue(rules.scriptTimer, 'scripts.timer', hours(every), {}, scriptTimerGroup);
}

/** A script was found: the next fetch comes sooner. */
export function shortenTimer(to: StepBuilder, read: DeviceReader): void {
  const every = timerHours(read, true);
  if (read.memory(timerMemory)?.value === every) return;
  to.log(rules.scriptTimer, msg.timerChanged, [every]);
  setTimer(to, read, every);
}

/** The timer is over. */
export function timer(read: DeviceReader, _entry: QueueEntry): Step {
  const to = new StepBuilder(newThread(read));
  const every = read.memory(timerMemory)?.value;
  setTimer(to, read, typeof every === 'number' ? every : 24);
  begin(to, read, 'MaintenanceTimer');
  return to.step();
}

/** A fetch that a start or a sign-in asks for. */
export function wanted(read: DeviceReader, entry: QueueEntry): Step {
  const to = new StepBuilder(newThread(read));
  begin(to, read, (entry.data as { readonly reason: string }).reason);
  return to.step();
}

function begin(to: StepBuilder, read: DeviceReader, reason: string): void {
  if (read.memory(runningMemory) !== undefined) {
    to.memory(rules.scriptFetch, waitingMemory, reason);
    return;
  }
  const count = read.memory(countMemory)?.value;
  const run = (typeof count === 'number' ? count : 0) + 1;
  const [session, ...later] = sessionsOf(read);
  if (!session) return;
  const fetch: Fetch = { run, thread: to.thread, reason, requested: null, session, later };
  const users = [session, ...later].filter(({ user }) => user !== deviceScope);
  to.memory(rules.scriptFetch, countMemory, run)
    .memory(rules.scriptFetch, runningMemory, run)
    .log(rules.scriptFetch, msg.plugin)
    .log(rules.scriptFetch, msg.starts)
    .log(rules.scriptFetch, msg.throttle)
    .log(rules.scriptSessions, msg.refreshUsers)
    .log(rules.scriptSessions, msg.activeSessions, [users.length]);
  for (const one of users) to.log(rules.scriptSessions, msg.validSession, [one.session]);
  to.log(rules.scriptSessions, msg.validSessions, [users.length]);
  if (users.length === 0) to.log(rules.scriptSessions, msg.deviceSession, [session.session]);
  to.log(rules.scriptFetch, msg.certificate, [mdmThumbprint(read)]).enqueue(
    rules.scriptSessions,
    'scripts.session',
    milliseconds(190),
    fetch,
  );
}

/** Sessions with an Entra user, or session 0 for the device alone. */
export function sessionsOf(read: DeviceReader): readonly Session[] {
  const users = read.users.flatMap((user) =>
    user.sessionId === null
      ? []
      : [{ session: user.sessionId, user: user.entraId, sid: user.sid, name: user.name }],
  );
  return users.length > 0 ? users : [{ session: 0, user: deviceScope, sid: '', name: '' }];
}

/** Thumbprint of the certificate that enrolment put into the device's store; '' where there is none. */
export function mdmThumbprint(read: DeviceReader): string {
  const found = read.certificates.find(
    ({ certificate }) => certificate.store === 'LocalMachine' && /MDM Device CA/i.test(certificate.issuer),
  );
  return found?.certificate.thumbprint ?? '';
}

/** A pass for one session: the service is asked for its scripts. */
export function session(read: DeviceReader, entry: QueueEntry): Step {
  const fetch = fetchOf(entry);
  if (!fetchRuns(read, fetch)) return nothing;
  const to = new StepBuilder(fetch.thread);
  const { session: number, user } = fetch.session;
  const stored = read.key('HKLM', policiesKey(user))?.value.subKeys.length ?? 0;
  const sessionId = newGuid(read, 'agent.script-session');
  to.log(rules.scriptSessions, msg.processingSession, [number, user])
    .log(rules.scriptStored, msg.loaded, [stored])
    .log(rules.scriptRequest, msg.requesting, [sessionId]);
  callGateway(
    to,
    read,
    fetch,
    { contentType: 'PolicyRequest', payload: [], sessionId },
    'scripts.policies',
    fetch,
  );
  return to.step();
}

/** The pass is over: the next session, or the end. */
export function nextSession(to: StepBuilder, fetch: Fetch): void {
  const [next, ...later] = fetch.later;
  if (next)
    to.enqueue(rules.scriptSessions, 'scripts.session', milliseconds(120), {
      ...bare(fetch),
      session: next,
      later,
    });
  else to.enqueue(rules.scriptFetch, 'scripts.end', milliseconds(60), bare(fetch));
}

/** A fetch without what an answer added to it. */
export const bare = (fetch: Fetch): Fetch => ({
  run: fetch.run,
  thread: fetch.thread,
  reason: fetch.reason,
  requested: null,
  session: fetch.session,
  later: fetch.later,
});

/** Ends a fetch; one that was wanted meanwhile begins. */
export function end(read: DeviceReader, entry: QueueEntry): Step {
  const fetch = fetchOf(entry);
  if (!fetchRuns(read, fetch)) return nothing;
  const to = new StepBuilder(fetch.thread);
  to.log(rules.scriptFrame, msg.stopped)
    .log(rules.scriptFrame, msg.providerResult, ['ProvisioningComplete'])
    .memory(rules.scriptFetch, runningMemory, undefined);
  const waiting = read.memory(waitingMemory)?.value;
  if (typeof waiting === 'string')
    to.memory(rules.scriptFetch, waitingMemory, undefined).enqueue(rules.scriptFetch, 'scripts.fetch', soon, {
      reason: waiting,
    });
  return to.step();
}

const soon: Duration = seconds(1);
