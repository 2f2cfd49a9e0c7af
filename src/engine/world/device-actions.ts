import { SidecarError } from '../../base/error.ts';
import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import type { Instant } from '../../base/time.ts';
import { canSnoozeRestart } from '../agent/win32/restart-manager.ts';
import type { QueueData } from '../device/change.ts';
import { closeConsole } from './consoles.ts';
import { occurred } from './effects.ts';
import type { Input } from './input.ts';
import { finishRun } from './processes.ts';
import { deviceRestart, parameter } from './rules.ts';
import type { Running } from './running.ts';
import { askService } from './services.ts';
import { planTasksAtBoot, triggerTasks } from './task-triggers.ts';
import type { Why } from './world-draft.ts';
import type { WorldEntry } from './world.ts';

type Action = Extract<Input, { kind: 'device.action' }>;

export const bootEntry = 'windows.boot';

interface Handler {
  /** Why the action cannot be taken now; undefined where it can. */
  refuses?(running: Running, action: Action): string | undefined;
  take(running: Running, action: Action, by: EventId): void;
}

const field = (data: QueueData, name: string): string => {
  const value =
    data !== null && typeof data === 'object' && !Array.isArray(data)
      ? (data as Record<string, QueueData>)[name]
      : undefined;
  return typeof value === 'string' ? value : '';
};

const userOf = (running: Running, { device, data }: Action) => {
  const wanted = field(data, 'user').toLowerCase();
  return running.world
    .device(device)
    .users.find(
      (user) => wanted === '' || user.upn.toLowerCase() === wanted || user.name.toLowerCase() === wanted,
    );
};

/** What can be done at the device itself, by its name in an input. */
const actions: Readonly<Record<string, Handler>> = {
  restart: {
    take: (running, { device }, by) => restartDevice(running, device, by),
  },
  'sign-in': {
    refuses: (running, action) => {
      const user = userOf(running, action);
      if (!user) return `${action.device} has no user ${field(action.data, 'user')}`;
      return user.sessionId === null ? undefined : `${user.name} is signed in already`;
    },
    take: (running, action, by) => {
      const user = userOf(running, action);
      if (!user) return;
      const { device } = action;
      const used = running.world.device(device).users.map((one) => one.sessionId ?? 0);
      const sessionId = Math.max(0, ...used) + 1;
      const id = running.world.write(
        device,
        { kind: 'session.sign-in', sid: user.sid, sessionId },
        { cause: by, rule: null },
      );
      occurred(running, device, { kind: 'session.sign-in', sid: user.sid, sessionId }, id ?? by);
      triggerTasks(
        running,
        device,
        (trigger) => trigger.kind === 'logon' && (trigger.user === null || trigger.user === user.sid),
        id ?? by,
      );
    },
  },
  'sign-out': {
    refuses: (running, action) => {
      const user = userOf(running, action);
      return user && user.sessionId !== null
        ? undefined
        : `Nobody of that name is signed in to ${action.device}`;
    },
    take: (running, action, by) => {
      const user = userOf(running, action);
      if (!user || user.sessionId === null) return;
      const { device } = action;
      const { sid, sessionId } = user;
      const id = running.world.write(device, { kind: 'session.sign-out', sid }, { cause: by, rule: null });
      occurred(running, device, { kind: 'session.sign-out', sid, sessionId }, id ?? by);
    },
  },
  'network.disconnect': network(false),
  'network.connect': network(true),
  /** Settings > Accounts > Access work or school > Info > Sync. */
  'settings.sync': {
    take: (running, { device }, by) => occurred(running, device, { kind: 'mdm.sync', from: 'settings' }, by),
  },
  'company-portal.sync': {
    take: (running, { device }, by) =>
      occurred(running, device, { kind: 'mdm.sync', from: 'company-portal' }, by),
  },
  'company-portal.install': {
    refuses: (_running, { data }) => (field(data, 'app') === '' ? 'Expected the app to install' : undefined),
    take: (running, action, by) => {
      const user = userOf(running, action);
      occurred(
        running,
        action.device,
        { kind: 'company-portal.install', app: field(action.data, 'app'), sid: user?.sid ?? '' },
        by,
      );
    },
  },
  /** The button of a restart notification. */
  'restart.snooze': {
    refuses: (running, { device }) =>
      canSnoozeRestart(running.world.device(device))
        ? undefined
        : 'No restart notification that can be put off is shown',
    take: (running, { device }, by) => occurred(running, device, { kind: 'restart.snoozed' }, by),
  },
  /** A URI opened from Start or Run. */
  'open-uri': {
    refuses: (_running, { data }) =>
      /^[a-z][a-z0-9+.-]*:/i.test(field(data, 'uri')) ? undefined : 'Expected a URI',
    take: (running, { device, data }, by) =>
      occurred(running, device, { kind: 'protocol', uri: field(data, 'uri') }, by),
  },
  'service.restart': {
    refuses: (running, { device, data }) =>
      running.world.device(device).service(field(data, 'service'))
        ? undefined
        : `${device} has no service ${field(data, 'service')}`,
    take: (running, { device, data }, by) => {
      const service = field(data, 'service');
      askService(running, device, service, 'stop', by);
      running.world.enqueue(
        device,
        duration(2_000_000),
        startServiceEntry,
        { service },
        { cause: by, rule: null },
      );
    },
  },
};

export const startServiceEntry = 'windows.service.start';

function network(up: boolean): Handler {
  return {
    refuses: (running, { device }) =>
      running.world.device(device).networkUp === up
        ? `The network of ${device} is ${up ? 'up' : 'down'} already`
        : undefined,
    take: (running, { device }, by) => {
      const id = running.world.write(device, { kind: 'network.state', up }, { cause: by, rule: null });
      occurred(running, device, { kind: 'network', up }, id ?? by);
    },
  };
}

export function refuseDeviceAction(running: Running, action: Action): void {
  const handler = actions[action.action];
  const refuse = (message: string) => {
    throw new SidecarError('input-refused', message, { device: action.device, action: action.action });
  };
  if (!handler)
    refuse(`There is no device action ${action.action}; there are ${Object.keys(actions).sort().join(', ')}`);
  const reason = handler?.refuses?.(running, action);
  if (reason !== undefined) refuse(reason);
}

export function takeDeviceAction(running: Running, action: Action, by: EventId): void {
  actions[action.action]?.take(running, action, by);
}

/** Ends all that runs, and starts Windows again after the time it is down. */
export function restartDevice(running: Running, device: DeviceId, by: EventId): void {
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
  world.enqueue(
    device,
    duration(parameter(deviceRestart, 'down')),
    bootEntry,
    { down: world.timeOf(device) },
    why,
  );
}

/** Windows starts: automatic services run, tasks are planned, and the agent learns of it. */
export function boot(running: Running, device: DeviceId, entry: WorldEntry): void {
  const { world } = running;
  const why: Why = { cause: entry.id, rule: deviceRestart.id };
  const id = world.write(device, { kind: 'device.boot' }, why) ?? entry.id;
  const { down } = entry.data as { readonly down: Instant };
  planTasksAtBoot(running, device, down, id);
  triggerTasks(running, device, (trigger) => trigger.kind === 'boot', id);
  occurred(running, device, { kind: 'device.booted' }, id);
  for (const { definition, status } of world.device(device).services) {
    if (!definition.startMode.startsWith('Automatic') || status === 'Running') continue;
    const { name } = definition;
    const started = world.write(
      device,
      { kind: 'service.state', name, status: 'Running' },
      { cause: id, rule: deviceRestart.id },
    );
    occurred(running, device, { kind: 'service.started', service: name }, started ?? id);
  }
}
