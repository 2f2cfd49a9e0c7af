import { milliseconds, minutes, seconds } from '../../base/time.ts';
import type { Rule } from '../agent/rules/rule.ts';
import { rule } from '../agent/rules/rule.ts';

/** What Windows and the network do around the agent. Durations are ours to choose: real ones vary by machine. */

export const serviceStart = rule('windows.service.start', {
  says: 'A service asked to start passes through StartPending and then runs.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Service State Transitions'],
  parameters: { pending: milliseconds(900) },
});

export const serviceStop = rule('windows.service.stop', {
  says: 'A service asked to stop passes through StopPending; its process and what it kept in memory are gone then.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Service State Transitions'],
  parameters: { pending: milliseconds(700) },
});

export const deviceRestart = rule('windows.restart', {
  says: 'A restart ends every process; services that start automatically are started again while Windows boots.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Automatically Starting Services'],
  parameters: { down: seconds(35) },
});

export const serviceRecovery = rule('windows.service.recovery', {
  says: 'Where the process of a service ends without being asked to, Windows writes it to the System log and takes the recovery action that is set for that many failures.',
  confidence: 'documented',
  sources: ['Microsoft Learn: SERVICE_FAILURE_ACTIONS; events 7031 and 7034 of the Service Control Manager'],
});

export const serviceDatabase = rule('windows.service.database', {
  says: 'The service control manager reads start modes from the registry when Windows starts; who writes there himself changes nothing until then.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Database of Installed Services'],
});

export const delayedStart = rule('windows.service.delayed-start', {
  says: 'Services with a delayed automatic start are started two minutes after the others.',
  confidence: 'documented',
  sources: ['Microsoft Learn: SERVICE_DELAYED_AUTO_START_INFO; AutoStartDelay'],
  parameters: { after: minutes(2) },
});

export const deviceSleep = rule('windows.sleep', {
  says: 'While a device sleeps or hibernates nothing runs on it and nothing reaches it; when it wakes everything goes on, and timers that have run out meanwhile fire at once.',
  confidence: 'inferred',
  sources: ['Microsoft Learn: System Sleep States; System Wake-up Events'],
});

export const sessionLock = rule('windows.session.lock', {
  says: 'Locking a session leaves its programs running; services that asked for it are told.',
  confidence: 'documented',
  sources: ['Microsoft Learn: WM_WTSSESSION_CHANGE'],
});

export const clockSet = rule('windows.clock', {
  says: 'A clock that is set changes what programs read as the time. What was to happen after a span of time still comes after that span; scheduled tasks go by the new time.',
  confidence: 'inferred',
  sources: ['Microsoft Learn: Waitable Timer Objects (relative and absolute times)'],
});

export const networkExchange = rule('network.exchange', {
  says: 'A request reaches its host after the latency of the line and the answer comes back at its bandwidth.',
  confidence: 'inferred',
  sources: [],
  parameters: { latency: milliseconds(45), bytesPerSecond: 6_000_000 },
});

export const networkDown = rule('network.down', {
  says: 'Without a network a request fails: the name cannot be resolved.',
  confidence: 'documented',
  sources: ['Microsoft Learn: WSAHOST_NOT_FOUND'],
  parameters: { after: seconds(2) },
});

export const networkProxy = rule('network.proxy', {
  says: 'Programs send their requests through the proxy that the Internet settings of their account name; one that does not answer lets nothing through. The agent and the MDM client go by the settings of the system.',
  confidence: 'documented',
  sources: ['Microsoft Learn: HttpWebRequest and default proxies; proxy settings of the LocalSystem account'],
});

export const processEnd = rule('windows.process.end', {
  says: 'Who started a process and waits for it gets its exit code when it ends.',
  confidence: 'documented',
  sources: ['Microsoft Learn: GetExitCodeProcess'],
});

export const taskEnd = rule('windows.task.end', {
  says: 'A scheduled task that is started runs its program; the exit code is its last result.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Task Scheduler, IRegisteredTask LastTaskResult'],
});

export const taskTrigger = rule('windows.task.trigger', {
  says: 'Task Scheduler starts a task when a time of its triggers comes, with their repetitions and delays, or when what they wait for happens.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Task Scheduler, task triggers'],
});

export const taskMissed = rule('windows.task.missed', {
  says: 'A start that was missed while the device was off is made up for where the task may start when available, 10 minutes after Windows started.',
  confidence: 'documented',
  sources: ['Microsoft Learn: TaskSettings.StartWhenAvailable'],
  parameters: { after: minutes(10) },
});

export const pushMissed = rule('intune.push.missed', {
  says: 'A push to a device that is off, asleep or without a network is lost; the device learns of it at its next sync.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Sync devices with Intune', 'Microsoft support: Remediations'],
});

export const pushNotification = rule('intune.push', {
  says: 'A sync from the admin centre reaches an online device as a push notification within moments.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Sync devices with Intune'],
  parameters: { after: seconds(12) },
});

export const snapshotRestore = rule('device.snapshot.restore', {
  says: 'Restoring a checkpoint puts one device back; the clock and the service go on, so both know things the device does not.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Using checkpoints to revert virtual machines to a previous state'],
  workshop: ['W09'],
});

export const logRollOver = rule('agent.logs.roll-over', {
  says: 'A log that has reached its limit is renamed by its time and a new one begun; the oldest copies go.',
  confidence: 'disputed',
  sources: ['Intune documentation: monitor and troubleshoot Win32 apps', 'observed'],
  otherwise: 'The limit is 2 MB.',
  workshop: ['W05'],
});

export const worldRules: readonly Rule[] = [
  serviceStart,
  serviceStop,
  deviceRestart,
  serviceRecovery,
  serviceDatabase,
  delayedStart,
  deviceSleep,
  sessionLock,
  clockSet,
  networkExchange,
  networkDown,
  networkProxy,
  processEnd,
  taskEnd,
  taskTrigger,
  taskMissed,
  pushNotification,
  pushMissed,
  snapshotRestore,
  logRollOver,
];

/** A duration that a rule names. */
export function parameter(of: Rule, name: string): number {
  const value = of.parameters?.[name];
  if (typeof value !== 'number') throw new RangeError(`Rule ${of.id} has no number ${name}`);
  return value;
}
