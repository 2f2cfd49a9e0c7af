import type { EventId } from '../../base/ids.ts';
import type { QueueData } from '../device/change.ts';
import type { UserRead } from '../device/device-reader.ts';
import type { Input } from './input.ts';
import type { Running } from './running.ts';

export type Action = Extract<Input, { kind: 'device.action' }>;

/** One thing that can be done at a device. */
export interface ActionHandler {
  /** Why the action cannot be taken now; undefined where it can. */
  refuses?(running: Running, action: Action): string | undefined;
  take(running: Running, action: Action, by: EventId): void;
}

export type ActionHandlers = Readonly<Record<string, ActionHandler>>;

/** A text of an action's data; '' where it is missing or none. */
export function field(data: QueueData, name: string): string {
  const value =
    data !== null && typeof data === 'object' && !Array.isArray(data)
      ? (data as Record<string, QueueData>)[name]
      : undefined;
  return typeof value === 'string' ? value : '';
}

/** Whom an action means: the user it names, else the first of the device. */
export function userOf(running: Running, { device, data }: Action): UserRead | undefined {
  const wanted = field(data, 'user').toLowerCase();
  return running.world
    .device(device)
    .users.find(
      (user) => wanted === '' || user.upn.toLowerCase() === wanted || user.name.toLowerCase() === wanted,
    );
}
