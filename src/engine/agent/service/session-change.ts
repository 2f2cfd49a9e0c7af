import type { Duration } from '../../../base/time.ts';
import { seconds } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { Occurrence } from '../agent.ts';
import { logonRequest } from '../messages/script-messages.ts';
import * as main from '../messages/service-messages.ts';
import * as msg from '../messages/session-messages.ts';
import { schedulerRuns } from '../rules/health-script-rules.ts';
import { scriptLogon } from '../rules/script-rules.ts';
import { sessionChange, sessionCheckIn, syncProtocol } from '../rules/service-rules.ts';
import { sessionNotice, syncNeedsUser } from '../rules/session-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import type { Wanted } from '../win32/check-in.ts';

/** From what happened to the work that it starts. */
export const soon: Duration = seconds(1);

export const checkInFor = (reason: string): Wanted => ({ reason, requested: null, sid: null });

/** A user signs in: his scripts are asked for, then his apps. Where somebody else has the desktop, he has to leave it. */
export function signedIn(to: StepBuilder, read: DeviceReader, sessionId: number): void {
  if (read.users.some((user) => user.sessionId !== null && user.sessionId !== sessionId))
    to.log(sessionChange, main.sessionChange)
      .log(sessionNotice, msg.disconnected)
      .log(sessionChange, main.sessionChange)
      .log(sessionNotice, msg.connected);
  to.log(sessionChange, main.sessionChange)
    .log(sessionChange, main.logon)
    .log(scriptLogon, logonRequest)
    .enqueue(scriptLogon, 'scripts.fetch', soon, { reason: 'SessionChange' })
    .enqueue(schedulerRuns, 'remediations.scheduler', soon, { reason: 'SessionChange' })
    .enqueue(sessionCheckIn, 'win32.check-in', soon, checkInFor('SessionChange'));
}

export function signedOut(to: StepBuilder): void {
  to.log(sessionChange, main.sessionChange).log(sessionChange, main.logoff);
}

const notices = {
  lock: msg.locked,
  unlock: msg.unlocked,
  connect: msg.connected,
  disconnect: msg.disconnected,
} as const;

/** A session is locked or unlocked, connected or disconnected: the agent only writes it down. */
export function sessionChanged(
  to: StepBuilder,
  { change }: Extract<Occurrence, { kind: 'session.change' }>,
): void {
  to.log(sessionChange, main.sessionChange).log(sessionNotice, notices[change]);
}

const noSuchLogonSession = '0x80070520';

/** `intunemanagementextension://syncapp` was opened. */
export function syncApp(to: StepBuilder, read: DeviceReader): void {
  if (read.users.every((user) => user.sessionId === null))
    to.log(syncNeedsUser, msg.noUserToken, [noSuchLogonSession]);
  else to.enqueue(syncProtocol, 'win32.check-in', soon, checkInFor('SyncApp'));
}

export const isAppSync = (uri: string): boolean => /^intunemanagementextension:\/\/syncapp\/?$/i.test(uri);
