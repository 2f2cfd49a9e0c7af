import { SidecarError } from '../../base/error.ts';
import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import type { Instant } from '../../base/time.ts';
import { canSnoozeRestart } from '../agent/win32/restart-manager.ts';
import { field, userOf } from './device-action.ts';
import type { Action, ActionHandlers } from './device-action.ts';
import { occurred } from './effects.ts';
import { bootEntry, goDown, shutDown, sleep, switchOn, wake } from './power.ts';
import { startServiceEntry } from './restart-entry.ts';
import { deviceRestart, parameter } from './rules.ts';
import type { Running } from './running.ts';
import { readServices, startAutomaticServices } from './service-start.ts';
import { askService } from './services.ts';
import { sessionActions } from './session-actions.ts';
import { settingActions } from './setting-actions.ts';
import { planTasksAtBoot, triggerTasks } from './task-triggers.ts';
import type { WorldEntry } from './world.ts';

/** What can be done at the device itself, by its name in an input. */
const actions: ActionHandlers = {
  ...sessionActions,
  ...settingActions,
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
