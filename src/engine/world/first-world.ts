import type { DeviceId } from '../../base/ids.ts';
import { checkAnswers } from '../agent/disputes.ts';
import { cloud } from '../cloud/index.ts';
import { Queue } from '../clock/queue.ts';
import { bareDevice } from '../device/bare-device.ts';
import type { Device } from '../device/device.ts';
import type { World, WorldEntry } from './world.ts';
import type { WorldStart } from './world-start.ts';

/** Bare devices and an empty tenant. Devices stand in the order of their ids, so that nothing depends on the file's. */
export function firstWorld(start: WorldStart): World {
  const devices = new Map<DeviceId, Device>();
  const sorted = [...start.devices].sort((a, b) => (a.id < b.id ? -1 : 1));
  const common = start.disputes;
  for (const device of sorted) {
    const own = common ? { ...device, disputes: { ...common, ...device.disputes } } : device;
    checkAnswers(own.disputes ?? {});
    devices.set(device.id, bareDevice(own, start.start));
  }
  return {
    seed: start.seed,
    now: start.start,
    devices,
    cursors: new Map(),
    cloud: cloud.empty,
    queue: Queue.empty<WorldEntry>(),
    held: new Map(),
    snapshots: new Map(),
    sites: start.sites ?? [],
    inputs: 0,
    counters: new Map(),
  };
}
