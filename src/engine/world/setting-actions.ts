import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { findZone } from '../clock/zone.ts';
import { zoneValues } from '../device/image/time-zone.ts';
import { proxyKey } from '../device/network/proxy.ts';
import { readBoundary } from '../device/tasks/next-start.ts';
import { field } from './device-action.ts';
import type { ActionHandler, ActionHandlers } from './device-action.ts';
import { occurred } from './effects.ts';
import { cutConnections } from './network.ts';
import { clockSet } from './rules.ts';
import type { Running } from './running.ts';
import { written } from './written.ts';

/** Clock, zone, network and proxy of a device. */
export const settingActions: ActionHandlers = {
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
};

function setClock(running: Running, device: DeviceId, ahead: Duration, by: EventId): void {
  const change = { kind: 'clock.set', ahead } as const;
  const id = running.world.write(device, change, { cause: by, rule: clockSet.id });
  if (id !== null && running.world.happened(id)) written(running, device, change, id);
}

function network(up: boolean): ActionHandler {
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
