import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import { closeConsole } from './consoles.ts';
import { occurred } from './effects.ts';
import { finishRun } from './processes.ts';
import { deviceRestart, deviceSleep, parameter } from './rules.ts';
import type { Running } from './running.ts';
import { makeUpMissed } from './task-triggers.ts';
import type { Why } from './world-draft.ts';
import { written } from './written.ts';

export const bootEntry = 'windows.boot';

/**
 * The device stands still: what waits on it waits on, programs stop where they are, nothing answers. What comes for it
 * meanwhile is kept by `holdEntry`.
 */
export function sleep(running: Running, device: DeviceId, state: 'asleep' | 'hibernated', by: EventId): void {
  const { world } = running;
  const why: Why = { cause: by, rule: deviceSleep.id };
  const record = world.write(
    device,
    {
      kind: 'event-log',
      log: 'System',
      provider: 'Microsoft-Windows-Kernel-Power',
      id: 42,
      level: 4,
      message: 'The system is entering sleep.\r\n\r\nSleep Reason: Application API',
    },
    why,
  );
  const id = world.write(
    device,
    { kind: 'power.state', state },
    { cause: record ?? by, rule: deviceSleep.id },
  );
  if (id === null || !world.happened(id)) return;
  const { queue, removed } = world.queue.removeDevice(device);
  world.queue = queue;
  world.held = new Map(world.held).set(device, removed);
}

/** The device goes on where it stopped: what was due meanwhile is due now. */
export function wake(running: Running, device: DeviceId, by: EventId): void {
  const { world } = running;
  const since = world.device(device).machine.powerSince;
  const id = world.write(device, { kind: 'power.state', state: 'on' }, { cause: by, rule: deviceSleep.id });
  if (id === null || !world.happened(id)) return;
  const held = world.held.get(device) ?? [];
  const rest = new Map(world.held);
  rest.delete(device);
  world.held = rest;
  const now = world.timeOf(device);
  for (const entry of held) world.queue = world.queue.insert(entry.at < now ? { ...entry, at: now } : entry);
  makeUpMissed(running, device, since, id);
  const change = {
    kind: 'event-log',
    log: 'System',
    provider: 'Microsoft-Windows-Power-Troubleshooter',
    id: 1,
    level: 4,
    message: 'The system has returned from a low power state.\r\n\r\nWake Source: Unknown',
  } as const;
  const record = world.write(device, change, { cause: id, rule: deviceSleep.id });
  if (record !== null && world.happened(record)) written(running, device, change, record);
  occurred(running, device, { kind: 'device.resumed' }, id);
}

/** Windows goes down: every program ends, services stop, everybody is signed out, and what was in memory is gone. */
export function goDown(running: Running, device: DeviceId, by: EventId): void {
  const { world } = running;
  const why: Why = { cause: by, rule: deviceRestart.id };
  for (const console of [...running.consoles.values()])
    if (console.device === device) closeConsole(running, console);
  for (const run of [...running.runs.of(device)].reverse()) {
    run.kill();
    finishRun(running, run, 1);
  }
  for (const { definition, status } of world.device(device).services) {
    if (status === 'Stopped') continue;
    const { name } = definition;
    const id = world.write(device, { kind: 'service.state', name, status: 'Stopped' }, why);
    occurred(running, device, { kind: 'service.stopped', service: name, crashed: false }, id ?? by);
  }
  for (const user of world.device(device).users)
    if (user.sessionId !== null) world.write(device, { kind: 'session.sign-out', sid: user.sid }, why);
  // What was to happen on the device was in the memory of processes that are gone.
  world.queue = world.queue.removeDevice(device).queue;
  world.device(device).clearMemory();
}

/** Shut down and off until somebody switches it on. */
export function shutDown(running: Running, device: DeviceId, by: EventId): void {
  goDown(running, device, by);
  running.world.write(device, { kind: 'power.state', state: 'off' }, { cause: by, rule: deviceRestart.id });
}

/** Windows is loaded; `boot` follows when that is done. */
export function switchOn(running: Running, device: DeviceId, by: EventId): void {
  const { world } = running;
  world.enqueue(
    device,
    duration(parameter(deviceRestart, 'down')),
    bootEntry,
    { down: world.device(device).machine.powerSince },
    { cause: by, rule: deviceRestart.id },
  );
}
