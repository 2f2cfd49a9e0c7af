import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration, plus } from '../../base/time.ts';
import { closeConsole } from './consoles.ts';
import { bootEntry } from './power.ts';
import { finishRun } from './processes.ts';
import { snapshotRestore } from './rules.ts';
import type { Running } from './running.ts';

export const snapshotKey = (device: DeviceId, name: string): string => `${device}/${name}`;

export function takeSnapshot(running: Running, device: DeviceId, name: string): void {
  const { world } = running;
  const state = world.freeze().devices.get(device);
  if (!state) return;
  world.snapshots = new Map(world.snapshots).set(snapshotKey(device, name), {
    name,
    takenAt: world.timeOf(device),
    device: state,
  });
}

/**
 * Puts one device back to how it was. Nothing that ran on it survives, and it starts as after a restart; clock, service
 * and other devices go on.
 */
export function restoreSnapshot(running: Running, device: DeviceId, name: string, by: EventId): void {
  const { world } = running;
  const snapshot = world.snapshots.get(snapshotKey(device, name));
  if (!snapshot) return;
  for (const console of [...running.consoles.values()])
    if (console.device === device) closeConsole(running, console);
  for (const run of [...running.runs.of(device)].reverse()) {
    run.kill();
    finishRun(running, run, 1);
  }
  world.queue = world.queue.removeDevice(device).queue;
  const held = new Map(world.held);
  if (held.delete(device)) world.held = held;
  world.replaceDevice(device, snapshot.device);
  world.enqueue(
    device,
    duration(0),
    bootEntry,
    { down: plus(snapshot.takenAt, snapshot.device.machine.clockAhead) },
    { cause: by, rule: snapshotRestore.id },
  );
}
