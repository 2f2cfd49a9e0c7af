import type { DeviceId, EventId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { CloudState } from '../cloud/index.ts';
import type { Queue, Queued } from '../clock/queue.ts';
import type { QueueData } from '../device/change.ts';
import type { Device } from '../device/device.ts';
import type { Site } from './sites.ts';

/** Pending work as data: what to wake, when, with what. `id` is the event that scheduled it. */
export interface WorldEntry extends Queued {
  readonly id: EventId;
  readonly kind: string;
  readonly data: QueueData;
}

/** A device's state under a name, as Hyper-V keeps a checkpoint. Clock and cloud are not part of it. */
export interface Snapshot {
  readonly name: string;
  readonly takenAt: Instant;
  readonly device: Device;
}

/**
 * Everything there is, as one immutable value: the next world is a function of this and an input. What is derived
 * (events) or alive (scripts in flight, sessions of consoles) is not part of it.
 */
export interface World {
  readonly seed: string;
  readonly now: Instant;
  readonly devices: ReadonlyMap<DeviceId, Device>;
  /** How far each device's own time has come: scripts spend time on their device only. */
  readonly cursors: ReadonlyMap<DeviceId, Instant>;
  readonly cloud: CloudState;
  readonly queue: Queue<WorldEntry>;
  /** What waits on devices that are asleep, and what came for them since; goes back to the queue when they wake. */
  readonly held: ReadonlyMap<DeviceId, readonly WorldEntry[]>;
  /** By `device/name`. */
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  /** What hosts other than the service's answer. */
  readonly sites: readonly Site[];
  /** Inputs taken so far. */
  readonly inputs: number;
  /** Numbers given so far, by device or `*`: never taken back, so that an id names one event for ever. */
  readonly counters: ReadonlyMap<string, Counters>;
}

export interface Counters {
  readonly events: number;
  readonly entries: number;
}
