import { SidecarError } from '../../base/error.ts';
import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { findZone } from '../clock/zone.ts';
import { zoneValues } from '../device/image/time-zone.ts';
import { proxyKey } from '../device/network/proxy.ts';
import { readBoundary } from '../device/tasks/next-start.ts';
import { canSnoozeRestart } from '../agent/win32/restart-manager.ts';
import type { QueueData } from '../device/change.ts';
import { occurred } from './effects.ts';
import type { Input } from './input.ts';
import { cutConnections } from './network.ts';
import { bootEntry, goDown, shutDown, sleep, switchOn, wake } from './power.ts';
import { finishRun } from './processes.ts';
import { clockSet, deviceRestart, parameter, sessionLock } from './rules.ts';
import { startServiceEntry } from './restart-entry.ts';
import type { Running } from './running.ts';
import { readServices, startAutomaticServices } from './service-start.ts';
import { askService } from './services.ts';
import { planTasksAtBoot, triggerTasks } from './task-triggers.ts';
import type { Why } from './world-draft.ts';
import type { WorldEntry } from './world.ts';
import { written } from './written.ts';

type Action = Extract<Input, { kind: 'device.action' }>;

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
  'power.sleep': { take: (running, { device }, by) => sleep(running, device, 'asleep', by) },
  'power.hibernate': { take: (running, { device }, by) => sleep(running, device, 'hibernated', by) },
  'power.shutdown': { take: (running, { device }, by) => shutDown(running, device, by) },
  /** Its power button: from off Windows starts, from sleep it goes on. */
  'power.on': {
    refuses: (running, { device }) =>
      running.world.device(device).power === 'on' ? `${device} is on already` : undefined,
    take: (running, { device }, by) =>
      running.world.device(device).power === 'off'
        ? switchOn(running, device, by)
        : wake(running, device, by),
  },
  lock: lock(true),
  unlock: lock(false),
  'clock.set': {
    refuses: (_running, { data }) =>
      readBoundary(field(data, 'to')) ? undefined : 'Expected to: a time such as 2026-05-12T09:00:00',
    take: (running, { device, data }, by) => {
      const wanted = readBoundary(field(data, 'to'));
      const { world } = running;
      const read = world.device(device);
      if (!wanted) return;
      const local = wanted.utc ? wanted.reading : wanted.reading - read.offsetAt(wanted.reading as Instant);
      setClock(running, device, duration(local - world.timeOf(device)), by);
    },
  },
  /** The clock is synchronised with a time server. */
  'clock.sync': {
    refuses: (running, { device }) =>
      running.world.device(device).networkUp ? undefined : `${device} has no network`,
    take: (running, { device }, by) => setClock(running, device, duration(0), by),
  },
  'clock.zone': {
    refuses: (_running, { data }) =>
      findZone(field(data, 'zone')) ? undefined : `There is no time zone ${field(data, 'zone')}`,
    take: (running, { device, data }, by) => {
      const zone = findZone(field(data, 'zone'))?.windowsId ?? '';
      for (const { path, name, value } of zoneValues(zone, running.world.device(device).now)) {
        const change = { kind: 'registry.set', hive: 'HKLM', path, name, value } as const;
        const id = running.world.write(device, change, { cause: by, rule: clockSet.id });
        if (id !== null && running.world.happened(id)) written(running, device, change, id);
      }
    },
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
      endPrograms(running, device, sessionId);
      const id = running.world.write(device, { kind: 'session.sign-out', sid }, { cause: by, rule: null });
      occurred(running, device, { kind: 'session.sign-out', sid, sessionId }, id ?? by);
    },
  },
  /** A proxy is set for the system and everybody at the device; without one it is taken away. */
  'network.proxy': {
    take: (running, { device, data }, by) => {
      const server = field(data, 'server');
      const users = running.world.device(device).sessions.map(({ sid }) => sid);
      for (const sid of ['S-1-5-18', ...users])
        for (const [name, value] of [
          ['ProxyEnable', { kind: 'DWord', data: server === '' ? 0 : 1 }],
          ['ProxyServer', { kind: 'String', data: server }],
        ] as const)
          running.world.write(
            device,
            { kind: 'registry.set', hive: 'HKU', path: proxyKey(sid), name, value },
            { cause: by, rule: null },
          );
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

function lock(locked: boolean): Handler {
  const session = (running: Running, action: Action) => {
    const user = userOf(running, action);
    return running.world.device(action.device).sessions.find((one) => one.sid === user?.sid);
  };
  return {
    refuses: (running, action) => {
      const found = session(running, action);
      if (!found) return `Nobody of that name is signed in to ${action.device}`;
      return found.locked === locked ? `It is ${locked ? '' : 'not '}locked already` : undefined;
    },
    take: (running, action, by) => {
      const found = session(running, action);
      if (!found) return;
      const { device } = action;
      const { sid, sessionId } = found;
      const why: Why = { cause: by, rule: sessionLock.id };
      const id = running.world.write(device, { kind: 'session.lock', sid, locked }, why) ?? by;
      if (!running.world.happened(id)) return;
      const change = locked ? 'lock' : 'unlock';
      occurred(running, device, { kind: 'session.change', change, sid, sessionId }, id);
      triggerTasks(
        running,
        device,
        (trigger) =>
          trigger.kind === 'session' &&
          trigger.change === change &&
          (trigger.user === null || trigger.user === sid),
        id,
      );
    },
  };
}

function setClock(running: Running, device: DeviceId, ahead: Duration, by: EventId): void {
  const change = { kind: 'clock.set', ahead } as const;
  const id = running.world.write(device, change, { cause: by, rule: clockSet.id });
  if (id !== null && running.world.happened(id)) written(running, device, change, id);
}

function network(up: boolean): Handler {
  return {
    refuses: (running, { device }) =>
      running.world.device(device).networkUp === up
        ? `The network of ${device} is ${up ? 'up' : 'down'} already`
        : undefined,
    take: (running, { device }, by) => {
      const id = running.world.write(device, { kind: 'network.state', up }, { cause: by, rule: null });
      if (!up && id !== null && running.world.happened(id)) cutConnections(running, device, id);
      occurred(running, device, { kind: 'network', up }, id ?? by);
    },
  };
}

/** What Windows ends a program with whose session ends (DBG_TERMINATE_PROCESS). */
const endedBySignOut = 0x40010004;

/** Ends the programs of a session; what runs in a learner's console stays, as that is how the device is looked at. */
function endPrograms(running: Running, device: DeviceId, sessionId: number): void {
  for (const run of [...running.runs.of(device)].reverse()) {
    if (run.start.identity.sessionId !== sessionId || run.start.console !== undefined) continue;
    run.kill();
    finishRun(running, run, endedBySignOut);
  }
}

export function refuseDeviceAction(running: Running, action: Action): void {
  const handler = actions[action.action];
  const refuse = (message: string) => {
    throw new SidecarError('input-refused', message, { device: action.device, action: action.action });
  };
  if (!handler)
    refuse(`There is no device action ${action.action}; there are ${Object.keys(actions).sort().join(', ')}`);
  const { power } = running.world.device(action.device);
  if (power !== 'on' && action.action !== 'power.on') refuse(`${action.device} is ${power}`);
  const reason = handler?.refuses?.(running, action);
  if (reason !== undefined) refuse(reason);
}

export function takeDeviceAction(running: Running, action: Action, by: EventId): void {
  actions[action.action]?.take(running, action, by);
}

/** Ends all that runs, and starts Windows again after the time it is down. */
export function restartDevice(running: Running, device: DeviceId, by: EventId): void {
  goDown(running, device, by);
  const { world } = running;
  world.enqueue(
    device,
    duration(parameter(deviceRestart, 'down')),
    bootEntry,
    { down: world.device(device).now },
    { cause: by, rule: deviceRestart.id },
  );
}

/** Windows starts: automatic services run, tasks are planned, and the agent learns of it. */
export function boot(running: Running, device: DeviceId, entry: WorldEntry): void {
  const { world } = running;
  const id =
    world.write(device, { kind: 'device.boot' }, { cause: entry.id, rule: deviceRestart.id }) ?? entry.id;
  readServices(running, device, id);
  const { down } = entry.data as { readonly down: Instant };
  planTasksAtBoot(running, device, down, id);
  triggerTasks(running, device, (trigger) => trigger.kind === 'boot', id);
  occurred(running, device, { kind: 'device.booted' }, id);
  startAutomaticServices(running, device, id);
}
