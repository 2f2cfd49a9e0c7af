import type { DeviceId } from '../../base/ids.ts';
import { field, userOf } from './device-action.ts';
import type { Action, ActionHandler, ActionHandlers } from './device-action.ts';
import { occurred } from './effects.ts';
import { finishRun } from './processes.ts';
import { sessionLock } from './rules.ts';
import type { Running } from './running.ts';
import { triggerTasks } from './task-triggers.ts';
import type { Why } from './world-draft.ts';

/** Signing in and out, locking and unlocking. */
export const sessionActions: ActionHandlers = {
  lock: lock(true),
  unlock: lock(false),
  'sign-in': {
    refuses: (running, action) => {
      const user = userOf(running, action);
      if (!user) return `${action.device} has no user ${field(action.data, 'user')}`;
      return user.sessionId === null ? undefined : `${user.name} is signed in already`;
    },
    take: (running, action, by) => {
      const user = userOf(running, action);
      if (!user) return;
      const { device } = action;
      const used = running.world.device(device).users.map((one) => one.sessionId ?? 0);
      const sessionId = Math.max(0, ...used) + 1;
      const id = running.world.write(
        device,
        { kind: 'session.sign-in', sid: user.sid, sessionId },
        { cause: by, rule: null },
      );
      occurred(running, device, { kind: 'session.sign-in', sid: user.sid, sessionId }, id ?? by);
      triggerTasks(
        running,
        device,
        (trigger) => trigger.kind === 'logon' && (trigger.user === null || trigger.user === user.sid),
        id ?? by,
      );
    },
  },
  'sign-out': {
    refuses: (running, action) => {
      const user = userOf(running, action);
      return user && user.sessionId !== null
        ? undefined
        : `Nobody of that name is signed in to ${action.device}`;
    },
    take: (running, action, by) => {
      const user = userOf(running, action);
      if (!user || user.sessionId === null) return;
      const { device } = action;
      const { sid, sessionId } = user;
      endPrograms(running, device, sessionId);
      const id = running.world.write(device, { kind: 'session.sign-out', sid }, { cause: by, rule: null });
      occurred(running, device, { kind: 'session.sign-out', sid, sessionId }, id ?? by);
    },
  },
};

function lock(locked: boolean): ActionHandler {
  const session = (running: Running, action: Action) => {
    const user = userOf(running, action);
    return running.world.device(action.device).sessions.find((one) => one.sid === user?.sid);
  };
  return {
    refuses: (running, action) => {
      const found = session(running, action);
      if (!found) return `Nobody of that name is signed in to ${action.device}`;
      return found.locked === locked ? `It is ${locked ? '' : 'not '}locked already` : undefined;
    },
    take: (running, action, by) => {
      const found = session(running, action);
      if (!found) return;
      const { device } = action;
      const { sid, sessionId } = found;
      const why: Why = { cause: by, rule: sessionLock.id };
      const id = running.world.write(device, { kind: 'session.lock', sid, locked }, why) ?? by;
      if (!running.world.happened(id)) return;
      const change = locked ? 'lock' : 'unlock';
      occurred(running, device, { kind: 'session.change', change, sid, sessionId }, id);
      triggerTasks(
        running,
        device,
        (trigger) =>
          trigger.kind === 'session' &&
          trigger.change === change &&
          (trigger.user === null || trigger.user === sid),
        id,
      );
    },
  };
}

/** What Windows ends a program with whose session ends (DBG_TERMINATE_PROCESS). */
const endedBySignOut = 0x40010004;

/** Ends the programs of a session; what runs in a learner's console stays, as that is how the device is looked at. */
function endPrograms(running: Running, device: DeviceId, sessionId: number): void {
  for (const run of [...running.runs.of(device)].reverse()) {
    if (run.start.identity.sessionId !== sessionId || run.start.console !== undefined) continue;
    run.kill();
    finishRun(running, run, endedBySignOut);
  }
}
