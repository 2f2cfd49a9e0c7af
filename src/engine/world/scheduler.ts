import type { DeviceId } from '../../base/ids.ts';
import { deviceId } from '../../base/ids.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { duration, instant, milliseconds, plus } from '../../base/time.ts';
import { agent } from './device-agents.ts';
import type { Occurrence } from '../agent/agent.ts';
import type { QueueData } from '../device/change.ts';
import { enrolmentId, isEnrolled } from '../mdm/enrolment.ts';
import { pushTask } from '../mdm/enrolment-traces.ts';
import type { Suspend } from '../powershell/host.ts';
import { causeOf, finishRun } from './processes.ts';
import { boot, restartDevice } from './device-actions.ts';
import { bootEntry } from './power.ts';
import { delayedServicesEntry, startDelayedServices } from './service-start.ts';
import { restartEntry, startServiceEntry } from './restart-entry.ts';
import { applyStep, occurred } from './effects.ts';
import { answerProcess, resumeWithAnswer, sendRequest, worldEntryDue } from './network.ts';
import { noMemoryExit } from './program-runs.ts';
import type { ProgramRun } from './program-runs.ts';
import { pushMissed, pushNotification } from './rules.ts';
import type { Running } from './running.ts';
import { taskEnded, taskHasEnded } from './scheduled-tasks.ts';
import { askService, serviceIsSettled, serviceSettles } from './services.ts';
import { taskDueEntry, taskIsDue } from './task-triggers.ts';
import type { WorldEntry } from './world.ts';

/**
 * Does the next thing that is due: an entry of the queue, or one slice of a program up to its next safepoint. Order is
 * (time, device, sequence). A program that is ready always goes on, and takes time with it: entries due meanwhile come
 * first. Entries and waits beyond the horizon stay. False where nothing can happen before the clock is moved.
 */
export function stepOnce(running: Running, horizon: Instant): boolean {
  const { world, runs } = running;
  const run = runs.next();
  const entry = world.queue.first();
  const ready = runs.earliestReady();
  const limit = ready !== undefined && ready > horizon ? ready : horizon;
  const runDue = run !== undefined && (run.ready || run.at <= limit);
  const entryDue = entry !== undefined && entry.at <= limit;
  if (runDue && (!entryDue || before(run, entry))) {
    world.moveTo(run.at);
    continueRun(running, run.run);
    return true;
  }
  if (!entryDue) return false;
  const popped = world.queue.popFirst();
  if (!popped) return false;
  world.queue = popped.rest;
  world.moveTo(entry.at);
  entryIsDue(running, entry);
  return true;
}

function before(run: { readonly run: ProgramRun; readonly at: Instant }, entry: WorldEntry): boolean {
  if (run.at !== entry.at) return run.at < entry.at;
  const { device } = run.run.start;
  if (device !== entry.device) return device < entry.device;
  return run.run.sequence < entry.seq;
}

function entryIsDue(running: Running, entry: WorldEntry): void {
  if (entry.device === '*') {
    worldEntryDue(running, entry);
    return;
  }
  const device = deviceId(entry.device);
  const { world } = running;
  const { power } = world.device(device);
  if (power !== 'on' && entry.kind !== bootEntry) {
    missed(running, device, entry, power === 'off');
    return;
  }
  switch (entry.kind) {
    case serviceSettles:
      serviceIsSettled(running, device, entry);
      return;
    case startServiceEntry:
      askService(running, device, (entry.data as { readonly service: string }).service, 'start', entry.id);
      return;
    case taskEnded:
      taskHasEnded(running, device, entry);
      return;
    case taskDueEntry:
      taskIsDue(running, device, entry);
      return;
    case bootEntry:
      boot(running, device, entry);
      return;
    case restartEntry:
      restartDevice(running, device, entry.id);
      return;
    case answerProcess:
      resumeWithAnswer(running, device, entry);
      return;
    case delayedServicesEntry:
      startDelayedServices(running, device, entry.id);
      return;
    case 'network.push':
      if (!world.device(device).networkUp) missed(running, device, entry, true);
      else pushArrives(running, device, entry);
      return;
    default:
      applyStep(
        running,
        device,
        agent.due(running.world.device(device), {
          id: entry.id,
          kind: entry.kind,
          due: entry.at,
          data: entry.data,
          group: entry.group,
        }),
        entry.id,
      );
  }
}

/**
 * A push has reached the device. On an enrolled one it starts the task PushLaunch, which has the client sync; without the
 * task, or with it disabled, nothing follows.
 */
function pushArrives(running: Running, device: DeviceId, entry: WorldEntry): void {
  const { world } = running;
  const read = world.device(device);
  const what = pushed(entry.data);
  let by = entry.id;
  if (what.kind === 'mdm.sync' && isEnrolled(read)) {
    const { path, name } = pushTask(enrolmentId(read));
    if (read.task(path, name)?.definition.enabled !== true) return;
    const why = { cause: entry.id, rule: pushNotification.id };
    by = world.write(device, { kind: 'task.run', path, name, result: 0 }, why) ?? by;
    if (!world.happened(by)) return;
  }
  occurred(running, device, what, by);
}

/** What comes for a device that cannot take it: lost, or kept until it wakes. A push is lost either way. */
function missed(running: Running, device: DeviceId, entry: WorldEntry, lost: boolean): void {
  const { world } = running;
  if (entry.kind === 'network.push')
    world.emit(
      device,
      { kind: 'cancelled', group: entry.kind, count: 1 },
      { cause: entry.id, rule: pushMissed.id },
    );
  else if (!lost) world.held = new Map(world.held).set(device, [...(world.held.get(device) ?? []), entry]);
}

/** Lets a program go on to the next thing it waits for. */
function continueRun(running: Running, run: ProgramRun): void {
  const { state } = run;
  let wanted: Suspend | number;
  if (state.kind === 'ready') wanted = run.step(state.resume);
  else {
    // Its wait is over: an instant reached, or a deadline passed without what it waited for.
    const { wanted: waited } = state;
    wanted = run.step(
      waited.kind === 'process'
        ? { kind: 'process', exit: undefined }
        : waited.kind === 'service'
          ? { kind: 'service', reached: false }
          : { kind: 'until' },
    );
  }
  if (typeof wanted === 'number') finishRun(running, run, wanted);
  else if (run.overflowed) {
    run.kill();
    finishRun(running, run, noMemoryExit);
  } else awaitWanted(running, run, wanted);
}

function awaitWanted(running: Running, run: ProgramRun, wanted: Suspend): void {
  const { world, runs } = running;
  const { device } = run.start;
  const now = world.timeOf(device);
  if (wanted.kind !== 'safepoint') run.safepoints = 0;
  switch (wanted.kind) {
    case 'safepoint':
      world.spend(device, plus(now, busySpell(run)));
      run.state = { kind: 'ready', at: world.timeOf(device), resume: { kind: 'safepoint' } };
      run.sequence = world.nextSequence(device);
      return;
    case 'until':
      run.state = { kind: 'waiting', wanted, until: trueTime(running, device, wanted.at) };
      run.sequence = world.nextSequence(device);
      return;
    case 'process': {
      const exit = run.children.get(wanted.id);
      if (exit) runs.resume(run, { kind: 'process', exit });
      else if (!world.device(device).process(wanted.id))
        runs.resume(run, { kind: 'process', exit: undefined });
      else
        run.state = {
          kind: 'waiting',
          wanted,
          until: wanted.deadline === undefined ? null : trueTime(running, device, wanted.deadline),
        };
      return;
    }
    case 'service':
      if (world.device(device).service(wanted.name)?.value.status === wanted.status)
        runs.resume(run, { kind: 'service', reached: true });
      else
        run.state = {
          kind: 'waiting',
          wanted,
          until: wanted.deadline === undefined ? null : trueTime(running, device, wanted.deadline),
        };
      return;
    case 'line':
      if (run.start.console === undefined) {
        if (run.start.hidden) {
          run.state = { kind: 'waiting', wanted, until: null };
          return;
        }
        // Nobody can answer where there is no console.
        runs.resume(run, { kind: 'line', text: undefined });
        return;
      }
      run.state = { kind: 'waiting', wanted, until: null };
      world.emit(
        device,
        { kind: 'console', console: run.start.console, stream: 'prompt', text: wanted.prompt },
        { cause: causeOf(running, run), rule: null },
      );
      return;
    case 'http':
      run.state = { kind: 'waiting', wanted, until: null };
      sendRequest(
        running,
        device,
        wanted.request,
        { kind: 'process', process: run.start.id },
        { cause: causeOf(running, run), rule: null },
      );
      return;
  }
}

/** A program waits by its device's clock, the world by the true one. */
const trueTime = (running: Running, device: DeviceId, at: Instant): Instant =>
  instant(at - running.world.device(device).machine.clockAhead);

/**
 * A script that computes for ever must come to its time limit, and an hour of steps is more than any host does while
 * somebody waits. So one that nobody watches, and that has not waited for anything for so many safepoints (about 40
 * seconds of its time), takes longer and longer for each. Chosen; scripts of the field are done long before.
 */
const busyAfter = 10_000;
const busyDoubling = 1_000;
const busyUnit = milliseconds(4);

function busySpell(run: ProgramRun): Duration {
  const over = ++run.safepoints - busyAfter;
  if (over <= 0 || run.start.console !== undefined) return duration(0);
  return duration(busyUnit * (2 ** Math.min(20, Math.floor(over / busyDoubling)) - 1));
}

/** What comes next by itself. */
export interface Upcoming {
  readonly at: Instant;
  readonly device: DeviceId | '*';
  readonly kind: string;
  readonly label: string;
}

const labels: Readonly<Record<string, string>> = {
  [serviceSettles]: 'service state',
  [startServiceEntry]: 'service starts',
  [bootEntry]: 'Windows starts',
  [taskEnded]: 'scheduled task ends',
  [taskDueEntry]: 'scheduled task',
  [delayedServicesEntry]: 'delayed services start',
  [restartEntry]: 'Windows restarts',
  [answerProcess]: 'answer to a script',
  'network.push': 'sync from the admin centre',
  'network.arrive': 'request reaches the service',
};

/** What a push notification tells the device. */
function pushed(data: QueueData): Occurrence {
  const { script } = data as { readonly script?: string };
  return script === undefined
    ? { kind: 'mdm.sync', from: 'admin-centre' }
    : { kind: 'remediation.run', script };
}

/** What an entry means to a learner. */
export function labelOf(entry: Pick<WorldEntry, 'kind' | 'data'>): string {
  return labels[entry.kind] ?? agent.label(entry.kind, entry.data);
}
