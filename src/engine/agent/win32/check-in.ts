import type { DeviceReader } from '../../device/device-reader.ts';
import { minutes } from '../../../base/time.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/check-in-messages.ts';
import * as main from '../messages/service-messages.ts';
import * as sessionMsg from '../messages/session-messages.ts';
import { deviceScope } from '../paths.ts';
import * as frame from '../messages/frame-messages.ts';
import * as rules from '../rules/check-in-rules.ts';
import * as frameRules from '../rules/frame-rules.ts';
import { logAvailable, logCertificate, logNextCheckIn, logOwnership, logTokens } from './frame.ts';
import { checkInInterval } from '../rules/service-rules.ts';
import { sessionApps } from '../rules/session-rules.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { checkRestart } from './restart-manager.ts';
import { scheduledTimes } from './session.ts';
import { stageTimes } from './timing.ts';
import type { CheckIn, Session } from './work.ts';
import { checkInMemory, checkInOf, runNumber, runs } from './work.ts';

/** The check-in that waits for the running one. */
const waitingMemory = 'check-in-waiting';
const countMemory = 'check-in-count';

/** The hourly timer. */
export function timer(read: DeviceReader, _entry: QueueEntry): Step {
  const to = new StepBuilder(newThread(read));
  to.enqueue(checkInInterval, 'win32.timer', minutes(60), {});
  begin(to, read, { reason: 'MaintenanceTimer', requested: null, sid: null });
  return to.step();
}

/** What asks for a check-in. */
export type Wanted = {
  readonly reason: string;
  /** App and user of a request in Company Portal. */
  readonly requested: string | null;
  readonly sid: string | null;
};

/** A check-in that something else asks for. */
export function wanted(read: DeviceReader, entry: QueueEntry): Step {
  const to = new StepBuilder(newThread(read));
  begin(to, read, entry.data as Wanted);
  return to.step();
}

/** Begins a check-in, or notes that one is wanted where another runs. */
export function begin(to: StepBuilder, read: DeviceReader, what: Wanted): void {
  if (runNumber(read) !== null) {
    // A request of a user is not forgotten for the timer's sake.
    if (what.requested !== null || read.memory(waitingMemory) === undefined)
      to.memory(rules.checkInFrame, waitingMemory, what);
    return;
  }
  const count = read.memory(countMemory)?.value;
  const run = (typeof count === 'number' ? count : 0) + 1;
  const [session, ...later] = sessionsOf(read).filter(({ sid }) => what.sid === null || sid === what.sid);
  if (!session) return;
  const { reason, requested } = what;
  const checkIn: CheckIn = { run, thread: to.thread, reason, requested, session, later };
  to.memory(rules.checkInFrame, countMemory, run).memory(rules.checkInFrame, checkInMemory, run);
  if (requested === null) {
    to.log(
      ...(reason === 'SessionChange'
        ? ([sessionApps, sessionMsg.checkInStarts] as const)
        : ([rules.checkInFrame, main.checkInStarts] as const)),
    );
    logOwnership(to).log(rules.checkInFrame, msg.starts);
  } else to.log(rules.availableRequest, msg.availableStarts);
  to.log(rules.checkInFrame, msg.lock)
    .log(rules.checkInFrame, msg.pollerStarts)
    .log(rules.checkInSettings, msg.workplaceJoined)
    .log(rules.checkInSettings, msg.espPhase)
    .log(rules.checkInSettings, msg.notifyInbox)
    .log(frameRules.checkInPreparation, frame.contentFolder)
    .enqueue(rules.checkInFrame, 'win32.head', stageTimes.head, checkIn);
}

function sessionsOf(read: DeviceReader): readonly Session[] {
  const users = read.users.flatMap((user) =>
    user.sessionId === null
      ? []
      : [{ session: user.sessionId, user: user.entraId, sid: user.sid, name: user.name }],
  );
  return users.length > 0 ? users : [{ session: 0, user: deviceScope, sid: '', name: '' }];
}

/** Sessions are counted, settings loaded. */
export function head(read: DeviceReader, entry: QueueEntry): Step {
  const checkIn = checkInOf(entry);
  if (!runs(read, checkIn)) return nothing;
  const to = new StepBuilder(checkIn.thread);
  const users = [checkIn.session, ...checkIn.later].filter(({ user }) => user !== deviceScope);
  logTokens(to, [checkIn.session, ...checkIn.later], checkIn.run);
  to.log(rules.sessions, msg.refreshSessions).log(rules.sessions, msg.activeSessions, [users.length]);
  for (const { session } of users) to.log(rules.sessions, msg.validSession, [session]);
  to.log(rules.sessions, msg.validSessions, [users.length]);
  logAvailable(to)
    .log(rules.checkInSettings, msg.sender, [checkIn.reason !== 'MaintenanceTimer'])
    .log(frameRules.checkInPreparation, frame.intervalManager)
    .log(rules.sessionMap, msg.signedInUsers, [users.map(({ user }) => user).join(', ')]);
  logCertificate(to, read)
    .log(rules.checkInSettings, msg.loadSettings)
    .log(frameRules.checkInPreparation, frame.storedSchedule, [scheduledTimes(read).length])
    .enqueue(rules.sessions, 'win32.session', stageTimes.session, checkIn);
  return to.step();
}

/** Ends a check-in; one that was wanted meanwhile begins. */
export function end(read: DeviceReader, entry: QueueEntry): Step {
  const checkIn = checkInOf(entry);
  if (!runs(read, checkIn)) return nothing;
  const to = new StepBuilder(checkIn.thread);
  logNextCheckIn(to).log(rules.checkInFrame, msg.pollerStopped).log(rules.checkInFrame, msg.unlock);
  checkRestart(to, read);
  if (checkIn.requested === null)
    to.log(rules.checkInFrame, msg.ends).log(
      ...(checkIn.reason === 'SessionChange'
        ? ([sessionApps, sessionMsg.checkInEnds] as const)
        : ([rules.checkInFrame, main.checkInEnds] as const)),
    );
  else to.log(rules.availableRequest, msg.availableEnds);
  to.memory(rules.checkInFrame, checkInMemory, undefined);
  const waiting = read.memory(waitingMemory)?.value;
  if (waiting !== undefined)
    to.memory(rules.checkInFrame, waitingMemory, undefined).enqueue(
      rules.checkInFrame,
      'win32.check-in',
      stageTimes.endOfCheckIn,
      waiting,
    );
  return to.step();
}

/** Small number of the thread that works; all records of a check-in carry it. */
export const newThread = (read: DeviceReader): number => 4 + (read.random('agent.thread') % 40);
