import { SidecarError } from '../../base/error.ts';
import { ok } from '../../base/result.ts';
import type { DeviceId, EventId } from '../../base/ids.ts';
import { eventId } from '../../base/ids.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { plus } from '../../base/time.ts';
import type { CloudState } from '../cloud/index.ts';
import type { Queue } from '../clock/queue.ts';
import type { DeviceChange, DeviceWrite, QueueData } from '../device/change.ts';
import type { Device } from '../device/device.ts';
import { DeviceDraft } from '../device/device-draft.ts';
import type { DeviceResult } from '../device/refusal.ts';
import type { EventData, WorldEvent } from './event.ts';
import type { EventStore } from './event-store.ts';
import { logPace, paceStart } from './log-pace.ts';
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

/**
 * A world being changed. Devices are edited under an owner token and become immutable when somebody asks for the
 * world; until then a step costs only what it writes. Everything that happens is emitted first and done then.
 */
export class WorldDraft {
  readonly seed: string;
  readonly sites: World['sites'];
  readonly events: EventStore;
  readonly suppress: ReadonlySet<EventId>;
  now: Instant;
  cloud: CloudState;
  queue: Queue<WorldEntry>;
  held: World['held'];
  snapshots: ReadonlyMap<string, Snapshot>;
  inputs: number;
  /** By device id, in the order of the world; `*` last. */
  readonly #places = new Map<string, Place>();
  readonly #common: Place;
  /** The last one that was asked for. */
  #last: Place;
  #frozen: World | undefined;

  constructor(world: World, events: EventStore, suppress: ReadonlySet<EventId>) {
    this.seed = world.seed;
    this.sites = world.sites;
    this.now = world.now;
    this.cloud = world.cloud;
    this.queue = world.queue;
    this.held = world.held;
    this.snapshots = world.snapshots;
    this.inputs = world.inputs;
    for (const [id, device] of world.devices) this.#places.set(id, placeOf(world, id, device));
    this.#common = placeOf(world, '*', undefined);
    this.#places.set('*', this.#common);
    this.#last = this.#common;
    this.events = events;
    this.suppress = suppress;
    this.#frozen = world;
  }

  get deviceIds(): readonly DeviceId[] {
    return [...this.#places.keys()].filter((id) => id !== '*') as DeviceId[];
  }

  /** The time a device has come to: at least the world's, later where a script of its own has spent some. */
  timeOf(device: DeviceId | '*'): Instant {
    const { cursor } = this.#place(device);
    return cursor > this.now ? cursor : this.now;
  }

  spend(device: DeviceId, until: Instant): void {
    this.#frozen = undefined;
    if (until > this.timeOf(device)) this.#place(device).cursor = until;
  }

  get latestCursor(): Instant {
    let latest = this.now;
    for (const { cursor } of this.#places.values()) if (cursor > latest) latest = cursor;
    return latest;
  }

  moveTo(at: Instant): void {
    if (at <= this.now) return;
    this.now = at;
    this.#frozen = undefined;
  }

  device(id: DeviceId): DeviceDraft {
    return this.#draftAt(this.#place(id));
  }

  hasDevice(id: DeviceId): boolean {
    return id !== '*' && this.#places.has(id);
  }

  replaceDevice(id: DeviceId, device: Device): void {
    this.#frozen = undefined;
    const place = this.#place(id);
    place.draft = undefined;
    place.device = device;
  }

  /** False for an event that this run leaves out: what follows from it must not be done. */
  happened(id: EventId): boolean {
    return this.suppress.size === 0 || !this.suppress.has(id);
  }

  emit(device: DeviceId | '*', data: EventData, why: Why): Emitted {
    const place = this.#place(device);
    const id = this.#nextId(place);
    const happens = this.happened(id);
    if (happens) this.#add(id, place, data, why);
    return { id, happens };
  }

  /** Writes to a device. A refused write is no event and leaves the device as it was. */
  tryWrite(device: DeviceId, change: DeviceWrite, why: Why): DeviceResult<EventId> {
    const place = this.#place(device);
    const draft = this.#draftAt(place);
    const before = this.events.keeps ? draft.textBefore(change) : null;
    const id = eventId(`${place.prefix}${place.events + 1}`);
    const happens = this.happened(id);
    if (happens) {
      const result = draft.apply(change, id);
      if (!result.ok) return result;
    }
    this.#nextId(place);
    if (happens) this.#add(id, place, { kind: 'change', change, before }, why);
    return ok(id);
  }

  /** The same where a refusal needs no answer: what was to be removed is not there. Null then. */
  write(device: DeviceId, change: DeviceWrite, why: Why): EventId | null {
    const result = this.tryWrite(device, change, why);
    return result.ok ? result.value : null;
  }

  /**
   * Appends a record to a log of the agent, which may first have to roll over. An agent of a version that has no such
   * line writes nothing.
   */
  log(device: DeviceId, change: Extract<DeviceChange, { kind: 'log' }>, why: Why): void {
    const place = this.#place(device);
    const draft = this.#draftAt(place);
    const written = draft.logWritten(change.message);
    if (written === null) return;
    for (const before of draft.beforeLog(written.path))
      if (before.kind !== 'log') this.write(device, before, { cause: why.cause, rule: logRollOver.id });
    this.#frozen = undefined;
    const { parameters, thread } = change;
    const writer = { prefix: place.prefix, number: ++place.events };
    if (!this.events.keeps && this.suppress.size === 0) draft.log(written, parameters, thread, writer);
    else {
      const id = eventId(`${writer.prefix}${writer.number}`);
      if (this.happened(id)) {
        const { message, path: file } = written;
        this.#add(id, place, { kind: 'log', message, parameters, thread, file }, why);
        draft.log(written, parameters, thread, writer);
      }
    }
    // Spent even where this run leaves the record out, so that its absence alone moves nothing else.
    const from = place.cursor > this.now ? place.cursor : this.now;
    place.cursor = plus(from, logPace(place.pace, place.events));
  }

  enqueue(
    device: DeviceId | '*',
    after: Duration,
    kind: string,
    data: QueueData,
    why: Why,
    group: string | null = null,
  ): EventId {
    const at = plus(this.timeOf(device), after);
    const emitted = this.emit(device, { kind: 'scheduled', entry: kind, due: at, data }, why);
    const seq = ++this.#place(device).entries;
    if (emitted.happens)
      this.queue = this.queue.insert({
        at,
        device,
        seq,
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
    return ++this.#place(device).entries;
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
      last.held === this.held &&
      last.snapshots === this.snapshots &&
      last.inputs === this.inputs;
    if (same && ![...this.#places.values()].some(({ draft }) => draft?.dirty === true)) return last;
    const devices = new Map<DeviceId, Device>();
    const cursors = new Map<DeviceId, Instant>();
    const counters = new Map<string, Counters>();
    for (const place of this.#places.values()) {
      const { id, draft, cursor, events, entries } = place;
      if (draft) place.device = draft.freeze();
      if (events > 0 || entries > 0) counters.set(id, { events, entries });
      if (id === '*') continue;
      if (place.device) devices.set(id, place.device);
      if (cursor !== noTime) cursors.set(id, cursor);
    }
    this.#frozen = {
      seed: this.seed,
      now: this.now,
      devices,
      cursors,
      cloud: this.cloud,
      queue: this.queue,
      held: this.held,
      snapshots: this.snapshots,
      sites: this.sites,
      inputs: this.inputs,
      counters,
    };
    return this.#frozen;
  }

  #place(id: DeviceId | '*'): Place {
    if (this.#last.id === id) return this.#last;
    const place = this.#places.get(id);
    if (!place) throw new SidecarError('device-unknown', `There is no device ${id} in this world`, { id });
    this.#last = place;
    return place;
  }

  #draftAt(place: Place): DeviceDraft {
    if (place.draft === undefined) {
      const { id, device } = place;
      if (!device || id === '*')
        throw new SidecarError('device-unknown', `There is no device ${id} in this world`, { id });
      place.draft = new DeviceDraft(device, { now: () => this.timeOf(id), seed: this.seed, logText });
    }
    return place.draft;
  }

  #nextId(place: Place): EventId {
    this.#frozen = undefined;
    return eventId(`${place.prefix}${++place.events}`);
  }

  #add(id: EventId, place: Place, data: EventData, why: Why): void {
    if (!this.events.keeps) return;
    const at = place.cursor > this.now ? place.cursor : this.now;
    const { cause, rule, compared } = why;
    const device = place.id;
    this.events.add(
      compared ? { id, at, device, data, cause, rule, compared } : { id, at, device, data, cause, rule },
    );
  }
}

/** Before every time: nothing was spent yet. */
const noTime = Number.NEGATIVE_INFINITY as Instant;

/** A device as it is being changed, or what concerns the cloud and the whole world. */
interface Place {
  readonly id: DeviceId | '*';
  /** What its event ids begin with. */
  readonly prefix: string;
  readonly pace: number;
  device: Device | undefined;
  draft: DeviceDraft | undefined;
  /** How far its own time has come. */
  cursor: Instant;
  events: number;
  entries: number;
}

function placeOf(world: World, id: DeviceId | '*', device: Device | undefined): Place {
  const { events, entries } = world.counters.get(id) ?? { events: 0, entries: 0 };
  return {
    id,
    prefix: `${id}:`,
    pace: paceStart(world.seed, id),
    device,
    draft: undefined,
    cursor: id === '*' ? noTime : (world.cursors.get(id) ?? noTime),
    events,
    entries,
  };
}
