import type { Instant } from '../../../base/time.ts';
import { between, instant, minutes, plus } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/restart-messages.ts';
import { logToast, showAppToast } from '../notification/toast.ts';
import { agentService, rebootFlagKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import * as rules from '../rules/restart-rules.ts';
import type { Step } from '../step.ts';
import { dword, nothing, restartGroup, StepBuilder, text } from '../step-builder.ts';
import { localText, utcText } from '../utc-text.ts';
import { timeValue } from './stored.ts';
import type { Work } from './work.ts';

/** Numbers of `DeviceRestartBehavior`. */
const restartBehaviors = { byReturnCode: 0, allow: 1, suppress: 2, force: 3 } as const;
const softReboot = 2;
const hardReboot = 3;

/** A restart that is noted in the registry. */
interface Pending {
  /** When the device restarts; undefined: the agent does not restart it. */
  readonly deadline: Instant | undefined;
  readonly countdown: number;
  /** Minutes; undefined: it cannot be put off. */
  readonly snooze: number | undefined;
  readonly blocks: boolean;
  readonly quiet: boolean;
}

/** What the registry says of a restart that is needed; undefined: none is. */
function pendingRestart(read: DeviceReader): Pending | undefined {
  if (read.key('HKLM', rebootFlagKey) === undefined) return undefined;
  const number = (name: string): number | undefined => {
    const value = read.value('HKLM', rebootFlagKey, name)?.value;
    return value?.kind === 'DWord' ? value.data : undefined;
  };
  return {
    deadline: timeValue(read.value('HKLM', rebootFlagKey, 'RebootDeadlineUTC')),
    countdown: number('CountdownInMinutes') ?? 15,
    snooze: number('SnoozeInMinutes'),
    blocks: number('HardReboot') === 1,
    quiet: number('HideNotification') === 1,
  };
}

/** Whether installs wait for a restart. */
export const restartBlocks = (read: DeviceReader): boolean => pendingRestart(read)?.blocks === true;

/** After an attempt that went well: whether the device must restart for it, and by when. */
export function noteRestart(to: StepBuilder, read: DeviceReader, work: Work, policy: AppPolicy): void {
  const behavior = policy.restartBehavior;
  const hard = work.exitType === hardReboot;
  const forced = behavior === restartBehaviors.force;
  if (!hard && !forced) {
    if (work.exitType === softReboot && behavior !== restartBehaviors.suppress)
      showAppToast(to, read, work.session, policy, 'ToastRestartMessage');
    return;
  }
  const compared = {
    exitCode: work.exitCode,
    restartBehavior: behavior,
    grace: policy.restartGrace?.minutes ?? null,
  };
  to.change(
    rules.restartFlag,
    { kind: 'registry.create-key', hive: 'HKLM', path: rebootFlagKey },
    { compared },
  );
  if (hard) to.set(rules.restartBlocks, rebootFlagKey, 'HardReboot', dword(1));
  if (behavior === restartBehaviors.suppress) return;
  const { deadline, countdown, snooze } = planOf(read, policy);
  const before = pendingRestart(read)?.deadline;
  // Of several the earliest holds.
  if (before !== undefined && before <= deadline) return;
  const why =
    policy.restartGrace !== null && behavior !== restartBehaviors.allow
      ? rules.restartGrace
      : rules.restartBehavior;
  to.set(why, rebootFlagKey, 'RebootDeadlineUTC', text(utcText(deadline)), { compared })
    .set(rules.restartFlagValues, rebootFlagKey, 'CountdownInMinutes', dword(countdown))
    .set(rules.restartFlagValues, rebootFlagKey, 'HideNotification', dword(policy.toasts === 'none' ? 1 : 0));
  if (snooze !== null) to.set(rules.restartFlagValues, rebootFlagKey, 'SnoozeInMinutes', dword(snooze));
}

function planOf(
  read: DeviceReader,
  policy: AppPolicy,
): { readonly deadline: Instant; readonly countdown: number; readonly snooze: number | null } {
  const inMinutes = (name: string): number =>
    (rules.restartBehavior.parameters?.[name] as number) / minutes(1);
  if (policy.restartBehavior === restartBehaviors.allow)
    return {
      deadline: plus(read.now, minutes(inMinutes('allowed'))),
      countdown: inMinutes('allowedCountdown'),
      snooze: null,
    };
  const grace = policy.restartGrace;
  // Without a grace period there is no warning.
  if (grace === null) return { deadline: read.now, countdown: 0, snooze: null };
  return {
    deadline: plus(read.now, minutes(grace.minutes)),
    countdown: grace.countdown,
    snooze: grace.snooze,
  };
}

/** In each check-in: a restart that is needed is announced, or done where its time has come. */
export function checkRestart(to: StepBuilder, read: DeviceReader): void {
  to.log(rules.restartCheck, msg.checkStarts);
  popRestart(to, read);
  to.log(rules.restartCheck, msg.checkComplete);
}

/** At the start of the service: the same, with what is found. */
export function checkRestartAtStart(to: StepBuilder, read: DeviceReader): void {
  const deadline = pendingRestart(read)?.deadline;
  const flag = deadline !== undefined;
  const time = deadline === undefined ? noTime : localText(deadline, minutes(0));
  to.log(rules.restartCheck, msg.coordinatorFlag, [flag, time])
    .log(rules.restartCheck, msg.coordinatorResult, [flag, time])
    .log(rules.restartCheck, msg.startFlag, [flag, time]);
  if (flag) popRestart(to, read);
  else to.log(rules.restartCheck, msg.startSkip, [flag]);
}

/** Text of the time that .NET begins with. */
const noTime = '1/1/0001 12:00:00 AM';

const scheduledMemory = 'restart-scheduled';

function popRestart(to: StepBuilder, read: DeviceReader): void {
  const pending = pendingRestart(read);
  const deadline = pending?.deadline;
  if (pending === undefined || deadline === undefined) return;
  if (read.memory(scheduledMemory)?.value === deadline) return;
  to.cancel(rules.restartGrace, restartGroup).memory(rules.restartGrace, scheduledMemory, deadline);
  if (deadline <= read.now) {
    to.restart(rules.restartGrace);
    return;
  }
  const countdownAt = Math.max(read.now, deadline - minutes(pending.countdown)) as Instant;
  if (countdownAt > read.now) announce(to, read, pending);
  to.enqueue(
    rules.restartGrace,
    'win32.restart-countdown',
    between(read.now, countdownAt),
    {},
    restartGroup,
  ).enqueue(rules.restartGrace, 'win32.restart-due', between(read.now, deadline), {}, restartGroup);
}

/** The notification of a restart that can be put off. */
export const restartReminderToast = 'ToastRestartReminder';
const lastMinutes = 'ToastRestartCountdown';

function announce(to: StepBuilder, read: DeviceReader, pending: Pending): void {
  showToAll(
    to,
    read,
    pending,
    restartReminderToast,
    'Your organization requires the device to restart',
    'Restart it before {0}.',
  );
}

function showToAll(
  to: StepBuilder,
  read: DeviceReader,
  { deadline, quiet }: Pending,
  name: string,
  title: string,
  words: string,
): void {
  if (quiet || deadline === undefined) return;
  for (const { sid, sessionId } of read.users) {
    if (sessionId === null) continue;
    logToast(to, name, '', sessionId, 'restarts');
    const when = localText(deadline, read.offsetAt(deadline));
    to.change(rules.toastText, {
      kind: 'toast',
      sid,
      name,
      subject: '',
      title,
      text: words.replace('{0}', when),
    });
  }
}

/** The last minutes before a restart: the countdown is shown and cannot be put off. */
export function restartCountdown(read: DeviceReader, _entry: QueueEntry): Step {
  const pending = pendingRestart(read);
  if (pending === undefined) return nothing;
  const to = new StepBuilder(1);
  dismissReminder(to, read);
  showToAll(
    to,
    read,
    pending,
    lastMinutes,
    'The device is about to restart',
    'Save your work: it restarts at {0}.',
  );
  return to.step();
}

/** The grace period is over. */
export function restartDue(read: DeviceReader, _entry: QueueEntry): Step {
  // Somebody may have removed the flag meanwhile.
  if (pendingRestart(read) === undefined) return nothing;
  return new StepBuilder(1).restart(rules.restartGrace).step();
}

/** A notification that was put off comes again. */
export function restartReminder(read: DeviceReader, _entry: QueueEntry): Step {
  const pending = pendingRestart(read);
  if (pending === undefined) return nothing;
  const to = new StepBuilder(1);
  announce(to, read, pending);
  return to.step();
}

/** Whether a notification of a restart is shown that the user can put off. */
export const canSnoozeRestart = (read: DeviceReader): boolean =>
  pendingRestart(read)?.snooze !== undefined && read.toasts.some(({ name }) => name === restartReminderToast);

/** The user puts the notification off; it comes again after the snooze time, unless the countdown is shown before. */
export function restartSnoozed(read: DeviceReader): Step {
  const pending = pendingRestart(read);
  if (pending?.snooze === undefined || pending.deadline === undefined) return nothing;
  if (read.service(agentService)?.value.status !== 'Running') return nothing;
  const to = new StepBuilder(1);
  dismissReminder(to, read);
  const again = plus(read.now, minutes(pending.snooze));
  if (again < instant(pending.deadline - minutes(pending.countdown)))
    to.enqueue(rules.restartSnooze, 'win32.restart-reminder', minutes(pending.snooze), {}, restartGroup);
  return to.step();
}

function dismissReminder(to: StepBuilder, read: DeviceReader): void {
  for (const { sid, name, subject } of read.toasts)
    if (name === restartReminderToast)
      to.change(rules.restartSnooze, { kind: 'toast.dismiss', sid, name, subject });
}

/** Windows has started: what asked for it is done. */
export function restarted(read: DeviceReader): Step {
  const to = new StepBuilder(1);
  if (read.key('HKLM', rebootFlagKey) !== undefined)
    to.change(rules.restartFlag, { kind: 'registry.delete-key', hive: 'HKLM', path: rebootFlagKey });
  for (const { sid, name, subject } of read.toasts)
    if (name === restartReminderToast || name === lastMinutes || name === 'ToastRestartMessage')
      to.change(rules.restartFlag, { kind: 'toast.dismiss', sid, name, subject });
  return to.step();
}
