import { SidecarError } from '../../base/error.ts';
import { ok } from '../../base/result.ts';
import type { DeviceId, EventId } from '../../base/ids.ts';
import { eventId } from '../../base/ids.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { plus } from '../../base/time.ts';
import type { CloudState } from '../cloud/index.ts';
import type { Queue } from '../clock/queue.ts';
import type { DeviceChange, QueueData } from '../device/change.ts';
import type { Device } from '../device/device.ts';
import { DeviceDraft } from '../device/device-draft.ts';
import type { DeviceResult } from '../device/refusal.ts';
import type { EventData, WorldEvent } from './event.ts';
import type { EventStore } from './event-store.ts';
import { logPace } from './log-pace.ts';
import { logText } from './log-text.ts';
import { logRollOver } from './rules.ts';
import type { Counters, Snapshot, World, WorldEntry } from './world.ts';

/** Why something happens: the event that was read, the rule that read it, the values it compared. */
export interface Why {
  readonly cause: EventId | null;
  readonly rule: WorldEvent['rule'];
  readonly compared?: WorldEvent['compared'];
}

export interface Emitted {
  readonly id: EventId;
  /** False where the run leaves this event out: then its effect must not take place either. */
  readonly happens: boolean;
}

type Written = Exclude<DeviceChange, { readonly kind: 'log' }>;

/**
 * A world being changed. Devices are edited under an owner token and become immutable when somebody asks for the
 * world; until then a step costs only what it writes. Everything that happens is emitted first and done then.
 */
export class WorldDraft {
  readonly seed: string;
  readonly events: EventStore;
  readonly suppress: ReadonlySet<EventId>;
  now: Instant;
  cloud: CloudState;
  queue: Queue<WorldEntry>;
  snapshots: ReadonlyMap<string, Snapshot>;
  inputs: number;
  readonly #devices: Map<DeviceId, Device>;
  readonly #drafts = new Map<DeviceId, DeviceDraft>();
  readonly #cursors: Map<DeviceId, Instant>;
  readonly #counters: Map<string, Counters>;
  #frozen: World | undefined;

  constructor(world: World, events: EventStore, suppress: ReadonlySet<EventId>) {
    this.seed = world.seed;
    this.now = world.now;
    this.cloud = world.cloud;
    this.queue = world.queue;
    this.snapshots = world.snapshots;
    this.inputs = world.inputs;
    this.#devices = new Map(world.devices);
    this.#cursors = new Map(world.cursors);
    this.#counters = new Map(world.counters);
    this.events = events;
    this.suppress = suppress;
    this.#frozen = world;
  }

  get deviceIds(): readonly DeviceId[] {
    return [...this.#devices.keys()];
  }

  /** The time a device has come to: at least the world's, later where a script of its own has spent some. */
  timeOf(device: DeviceId): Instant {
    const cursor = this.#cursors.get(device);
    return cursor !== undefined && cursor > this.now ? cursor : this.now;
  }

  spend(device: DeviceId, until: Instant): void {
    this.#frozen = undefined;
    if (until > this.timeOf(device)) this.#cursors.set(device, until);
  }

  get latestCursor(): Instant {
    let latest = this.now;
    for (const cursor of this.#cursors.values()) if (cursor > latest) latest = cursor;
    return latest;
  }

  moveTo(at: Instant): void {
    if (at <= this.now) return;
    this.now = at;
    this.#frozen = undefined;
  }

  device(id: DeviceId): DeviceDraft {
    let draft = this.#drafts.get(id);
    if (!draft) {
      const device = this.#devices.get(id);
      if (!device) throw new SidecarError('device-unknown', `There is no device ${id} in this world`, { id });
      draft = new DeviceDraft(device, { now: () => this.timeOf(id), seed: this.seed, logText });
      this.#drafts.set(id, draft);
    }
    return draft;
  }

  hasDevice(id: DeviceId): boolean {
    return this.#devices.has(id);
  }

  replaceDevice(id: DeviceId, device: Device): void {
    this.#frozen = undefined;
    this.#drafts.delete(id);
    this.#devices.set(id, device);
  }

  /** False for an event that this run leaves out: what follows from it must not be done. */
  happened(id: EventId): boolean {
    return !this.suppress.has(id);
  }

  emit(device: DeviceId | '*', data: EventData, why: Why): Emitted {
    const id = this.#nextId(device);
    const happens = !this.suppress.has(id);
    if (happens) this.#add(id, device, data, why);
    return { id, happens };
  }

  /** Writes to a device. A refused write is no event and leaves the device as it was. */
  tryWrite(device: DeviceId, change: Written, why: Why): DeviceResult<EventId> {
    const draft = this.device(device);
    const before = draft.textBefore(change);
    const id = this.#peekId(device);
    if (!this.suppress.has(id)) {
      const result = draft.apply(change, id);
      if (!result.ok) return result;
      this.#nextId(device);
      this.#add(id, device, { kind: 'change', change, before }, why);
    } else this.#nextId(device);
    return ok(id);
  }

  /** The same where a refusal needs no answer: what was to be removed is not there. Null then. */
  write(device: DeviceId, change: Written, why: Why): EventId | null {
    const result = this.tryWrite(device, change, why);
    return result.ok ? result.value : null;
  }

  /** Appends a record to a log of the agent, which may first have to roll over. */
  log(device: DeviceId, change: Extract<DeviceChange, { kind: 'log' }>, why: Why): EventId {
    const draft = this.device(device);
    for (const before of draft.beforeLog(change))
      if (before.kind !== 'log') this.write(device, before, { cause: why.cause, rule: logRollOver.id });
    const { message, parameters, thread } = change;
    const file = logText.path(message, draft.agentVersion);
    const emitted = this.emit(device, { kind: 'log', message, parameters, thread, file }, why);
    if (emitted.happens) draft.apply(change, emitted.id);
    // Spent even where this run leaves the record out, so that its absence alone moves nothing else.
    this.spend(device, plus(this.timeOf(device), logPace(this.seed, emitted.id)));
    return emitted.id;
  }

  enqueue(
    device: DeviceId | '*',
    after: Duration,
    kind: string,
    data: QueueData,
    why: Why,
    group: string | null = null,
  ): EventId {
    const from = device === '*' ? this.now : this.timeOf(device);
    const at = plus(from, after);
    const emitted = this.emit(device, { kind: 'scheduled', entry: kind, due: at, data }, why);
    const counters = this.#countersOf(device);
    this.#counters.set(device, { ...counters, entries: counters.entries + 1 });
    if (emitted.happens)
      this.queue = this.queue.insert({
        at,
        device,
        seq: counters.entries + 1,
        id: emitted.id,
        kind,
        data,
        group,
      });
    return emitted.id;
  }

  cancel(device: DeviceId, group: string, why: Why): void {
    const { removed } = this.queue.removeGroup(device, group);
    if (removed.length === 0) return;
    const { happens } = this.emit(device, { kind: 'cancelled', group, count: removed.length }, why);
    if (happens) this.queue = this.queue.removeGroup(device, group).queue;
  }

  /** A number for an order among things of one device that are due at the same time. */
  nextSequence(device: DeviceId): number {
    this.#frozen = undefined;
    const counters = this.#countersOf(device);
    this.#counters.set(device, { ...counters, entries: counters.entries + 1 });
    return counters.entries + 1;
  }

  /** The world as a value. Costs nothing where nothing was written since the last call. */
  freeze(): World {
    const last = this.#frozen;
    // The fields that anybody may set are compared; what is private says itself when it changes.
    const same =
      last &&
      last.now === this.now &&
      last.cloud === this.cloud &&
      last.queue === this.queue &&
      last.snapshots === this.snapshots &&
      last.inputs === this.inputs;
    if (same && ![...this.#drafts.values()].some((draft) => draft.dirty)) return last;
    for (const [id, draft] of this.#drafts) this.#devices.set(id, draft.freeze());
    this.#frozen = {
      seed: this.seed,
      now: this.now,
      devices: new Map(this.#devices),
      cursors: new Map(this.#cursors),
      cloud: this.cloud,
      queue: this.queue,
      snapshots: this.snapshots,
      inputs: this.inputs,
      counters: new Map(this.#counters),
    };
    return this.#frozen;
  }

  #peekId(device: DeviceId | '*'): EventId {
    return eventId(`${device}:${this.#countersOf(device).events + 1}`);
  }

  #nextId(device: DeviceId | '*'): EventId {
    this.#frozen = undefined;
    const counters = this.#countersOf(device);
    this.#counters.set(device, { ...counters, events: counters.events + 1 });
    return eventId(`${device}:${counters.events + 1}`);
  }

  #add(id: EventId, device: DeviceId | '*', data: EventData, why: Why): void {
    this.events.add({
      id,
      at: device === '*' ? this.now : this.timeOf(device),
      device,
      data,
      cause: why.cause,
      rule: why.rule,
      ...(why.compared ? { compared: why.compared } : {}),
    });
  }

  #countersOf(device: string): Counters {
    return this.#counters.get(device) ?? { events: 0, entries: 0 };
  }
}
