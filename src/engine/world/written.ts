import type { DeviceId, EventId } from '../../base/ids.ts';
import type { DeviceChange } from '../device/change.ts';
import type { Running } from './running.ts';
import { startTask } from './scheduled-tasks.ts';
import { eventWritten, planTask, planTasksAnew } from './task-triggers.ts';

/**
 * What a change brings about by itself, whoever wrote it: tasks are planned and started, events start
 * tasks, a new time plans them anew. */
export function written(running: Running, device: DeviceId, change: DeviceChange, by: EventId): void {
  switch (change.kind) {
    case 'task.run':
      startTask(running, device, change.path, change.name, by);
      return;
    case 'task.register':
    case 'task.unregister':
    case 'task.enable':
      planTask(running, device, change, by);
      return;
    case 'clock.set':
      planTasksAnew(running, device, by);
      return;
    case 'registry.set':
      if (change.name === 'TimeZoneKeyName') planTasksAnew(running, device, by);
      return;
    case 'event-log':
      eventWritten(running, device, change, by);
      return;
    default:
  }
}
