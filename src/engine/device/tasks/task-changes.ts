import { ok } from '../../../base/result.ts';
import type { DeviceChange } from '../change.ts';
import type { DeviceParts, Stamp } from '../device-parts.ts';
import { keyed } from '../keyed-map.ts';
import type { DeviceResult } from '../refusal.ts';
import { missing } from '../refusal.ts';

export type TaskChange = Extract<DeviceChange, { kind: `task.${string}` }>;

/** Task Scheduler's result of a task that has not run yet. */
const neverRun = 267_011;

export function applyTaskChange(
  { tasks }: DeviceParts,
  change: TaskChange,
  { at, writer }: Stamp,
): DeviceResult<void> {
  if (change.kind === 'task.register') {
    const { task: definition } = change;
    tasks.put({
      ...keyed(definition.path + definition.name),
      definition,
      lastRun: null,
      lastResult: neverRun,
      writer,
    });
    return ok(undefined);
  }
  const task = tasks.get(change.path + change.name);
  if (task === undefined) return missing(change.path + change.name);
  switch (change.kind) {
    case 'task.unregister':
      tasks.delete(task);
      break;
    case 'task.enable':
      tasks.put({ ...task, definition: { ...task.definition, enabled: change.enabled }, writer });
      break;
    case 'task.run':
      tasks.put({ ...task, lastRun: at, lastResult: change.result, writer });
      break;
    case 'task.end':
      tasks.put({ ...task, lastResult: change.result, writer });
  }
  return ok(undefined);
}
