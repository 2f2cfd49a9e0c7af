import type { DeviceId, EventId } from '../../base/ids.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { duration, plus } from '../../base/time.ts';
import type { DeviceChange, TaskDefinition } from '../device/change.ts';
import type { DeviceDraft } from '../device/device-draft.ts';
import type { TaskRecord } from '../device/device.ts';
import { isTimed, nextStart } from '../device/tasks/next-start.ts';
import { defaultTaskSettings } from '../device/tasks/task-trigger.ts';
import type { TaskTrigger } from '../device/tasks/task-trigger.ts';
import { parameter, taskMissed, taskTrigger } from './rules.ts';
import type { Running } from './running.ts';
import { runTask, taskIsRunning } from './scheduled-tasks.ts';
import type { WorldEntry } from './world.ts';

export const taskDueEntry = 'windows.task.due';

/** What waits in the queue for one trigger of a task. */
type Due = {
  readonly path: string;
  readonly name: string;
  readonly trigger: number;
  /** The time the trigger names, without delays: the next one counts from it. */
  readonly base: Instant;
  /** When what it waits for happened; null for triggers by the clock. */
  readonly fired: Instant | null;
  /** Makes up for a missed start: nothing follows from it. */
  readonly late: boolean;
};

const groupOf = ({ path, name }: { readonly path: string; readonly name: string }): string =>
  `task:${path}${name}`.toLowerCase();

const triggersOf = (task: TaskDefinition): readonly TaskTrigger[] => task.triggers ?? [];

/** A task was registered, changed, enabled, disabled or taken away: what it waits for is planned anew. */
export function planTask(
  running: Running,
  device: DeviceId,
  change: Extract<DeviceChange, { kind: 'task.register' | 'task.unregister' | 'task.enable' }>,
  by: EventId,
): void {
  const { world } = running;
  const { path, name } = change.kind === 'task.register' ? change.task : change;
  const why = { cause: by, rule: taskTrigger.id };
  world.cancel(device, groupOf({ path, name }), why);
  const task = world.device(device).task(path, name);
  if (!task?.definition.enabled) return;
  triggersOf(task.definition).forEach((trigger, i) => {
    if (trigger.enabled === false) return;
    const { now } = world.device(device);
    if (isTimed(trigger)) planTimed(running, device, task, i, now, by);
    else if (trigger.kind === 'registration' && change.kind === 'task.register')
      fire(running, device, task, i, now, by);
  });
}

/** The clock or zone of the device was changed: starts by the clock are planned anew. */
export function planTasksAnew(running: Running, device: DeviceId, by: EventId): void {
  const { world } = running;
  for (const task of world.device(device).tasks) {
    const triggers = triggersOf(task.definition);
    if (!task.definition.enabled || !triggers.some(isTimed)) continue;
    world.cancel(device, groupOf(task.definition), { cause: by, rule: taskTrigger.id });
    triggers.forEach((trigger, i) => {
      if (trigger.enabled !== false && isTimed(trigger))
        planTimed(running, device, task, i, world.device(device).now, by);
    });
  }
}

/** Starts that were missed since an instant, while the device was off or asleep. */
export function makeUpMissed(running: Running, device: DeviceId, since: Instant, by: EventId): void {
  const { now, tasks } = running.world.device(device);
  for (const task of tasks) {
    if (!task.definition.enabled) continue;
    triggersOf(task.definition).forEach((trigger, i) => {
      if (trigger.enabled !== false && isTimed(trigger)) makeUp(running, device, task, i, since, now, by);
    });
  }
}

/**
 * Windows has started: Task Scheduler plans every task. `since` is when it went down: starts missed in between are
 * made up for where the task asks for it, some minutes after the start.
 */
export function planTasksAtBoot(running: Running, device: DeviceId, since: Instant, by: EventId): void {
  makeUpMissed(running, device, since, by);
  const { now, tasks } = running.world.device(device);
  for (const task of tasks) {
    if (!task.definition.enabled) continue;
    triggersOf(task.definition).forEach((trigger, i) => {
      if (trigger.enabled !== false && isTimed(trigger)) planTimed(running, device, task, i, now, by);
    });
  }
}

/** A start between the two instants was missed. */
function makeUp(
  running: Running,
  device: DeviceId,
  task: TaskRecord,
  i: number,
  since: Instant,
  now: Instant,
  by: EventId,
): void {
  const trigger = triggersOf(task.definition)[i];
  if (!trigger || !isTimed(trigger)) return;
  if (!(task.definition.settings ?? defaultTaskSettings).startWhenAvailable) return;
  const read = running.world.device(device);
  const missed = nextStart(trigger, since, (at) => read.offsetAt(at));
  if (missed === null || missed > now) return;
  enqueue(
    running,
    device,
    task,
    duration(parameter(taskMissed, 'after')),
    { trigger: i, base: missed, fired: null, late: true },
    by,
  );
}

/** Starts what waits for something that happened: a boot, a sign-in, a lock, an event. */
export function triggerTasks(
  running: Running,
  device: DeviceId,
  waitsFor: (trigger: TaskTrigger) => boolean,
  by: EventId,
): void {
  const { now, tasks } = running.world.device(device);
  for (const task of tasks) {
    if (!task.definition.enabled) continue;
    triggersOf(task.definition).forEach((trigger, i) => {
      if (trigger.enabled !== false && !isTimed(trigger) && waitsFor(trigger))
        fire(running, device, task, i, now, by);
    });
  }
}

/** An event was written to a log of the device. */
export function eventWritten(
  running: Running,
  device: DeviceId,
  { log, provider, id }: Extract<DeviceChange, { kind: 'event-log' }>,
  by: EventId,
): void {
  triggerTasks(
    running,
    device,
    (trigger) =>
      trigger.kind === 'event' &&
      trigger.log.toLowerCase() === log.toLowerCase() &&
      (trigger.provider === null || trigger.provider.toLowerCase() === provider.toLowerCase()) &&
      (trigger.ids.length === 0 || trigger.ids.includes(id)),
    by,
  );
}

/** The time of a trigger has come. */
export function taskIsDue(running: Running, device: DeviceId, entry: WorldEntry): void {
  const due = entry.data as unknown as Due;
  const { world } = running;
  const task = world.device(device).task(due.path, due.name);
  const trigger = task && triggersOf(task.definition)[due.trigger];
  if (!task || !trigger || !task.definition.enabled) return;
  if (!due.late) {
    if (isTimed(trigger)) planTimed(running, device, task, due.trigger, due.base, entry.id);
    else repeatFired(running, device, task, due, trigger, entry.id);
  }
  const { multipleInstances } = task.definition.settings ?? defaultTaskSettings;
  if (multipleInstances !== 'Parallel' && taskIsRunning(task)) return;
  runTask(running, device, due.path, due.name, {
    cause: entry.id,
    rule: (due.late ? taskMissed : taskTrigger).id,
  });
}

function planTimed(
  running: Running,
  device: DeviceId,
  task: TaskRecord,
  i: number,
  after: Instant,
  by: EventId,
): void {
  const trigger = triggersOf(task.definition)[i];
  if (!trigger || !isTimed(trigger)) return;
  const { world } = running;
  const read = world.device(device);
  const base = nextStart(trigger, after, (at) => read.offsetAt(at));
  if (base === null) return;
  const wait = duration(Math.max(0, base - read.now) + drawDelay(read, trigger.randomDelay));
  enqueue(running, device, task, wait, { trigger: i, base, fired: null, late: false }, by);
}

function fire(
  running: Running,
  device: DeviceId,
  task: TaskRecord,
  i: number,
  now: Instant,
  by: EventId,
): void {
  const trigger = triggersOf(task.definition)[i];
  if (!trigger) return;
  const delay = trigger.delay ?? duration(0);
  enqueue(running, device, task, delay, { trigger: i, base: plus(now, delay), fired: now, late: false }, by);
}

function repeatFired(
  running: Running,
  device: DeviceId,
  task: TaskRecord,
  due: Due,
  { repeat, delay }: TaskTrigger,
  by: EventId,
): void {
  if (!repeat || repeat.every <= 0 || due.fired === null) return;
  const base = plus(due.base, repeat.every);
  const began = plus(due.fired, delay ?? duration(0));
  if (repeat.within !== null && base - began >= repeat.within) return;
  const wait = duration(Math.max(0, base - running.world.device(device).now));
  enqueue(running, device, task, wait, { trigger: due.trigger, base, fired: due.fired, late: false }, by);
}

function enqueue(
  running: Running,
  device: DeviceId,
  { definition: { path, name } }: TaskRecord,
  after: Duration,
  due: Omit<Due, 'path' | 'name'>,
  by: EventId,
): void {
  const data: Due = { path, name, ...due };
  running.world.enqueue(
    device,
    after,
    taskDueEntry,
    data,
    { cause: by, rule: (due.late ? taskMissed : taskTrigger).id },
    groupOf({ path, name }),
  );
}

function drawDelay(read: DeviceDraft, longest: Duration | undefined): number {
  if (longest === undefined || longest <= 0) return 0;
  return (read.random('task.delay') % Math.max(1, Math.floor(longest / 1_000_000))) * 1_000_000;
}
