import type { DeviceId, EventId } from '../../base/ids.ts';
import type { WorldEvent } from './event.ts';

/**
 * Events of one run of a world, in the order they came about. They are output, never state: a store may be dropped at
 * any time, and replay fills a new one with the same events.
 */
export class EventStore {
  readonly #events: WorldEvent[];
  /** Filled up to `#indexed` when somebody first asks by id. */
  readonly #byId = new Map<EventId, WorldEvent>();
  #indexed = 0;
  /** False where events are forgotten at once: then none need be made. */
  readonly keeps: boolean;

  constructor(keep: boolean, events: readonly WorldEvent[] = []) {
    this.keeps = keep;
    this.#events = [...events];
  }

  get length(): number {
    return this.#events.length;
  }

  add(event: WorldEvent): void {
    if (this.keeps) this.#events.push(event);
  }

  /** Lets the text of console output go: a command that writes without end must not fill the host's memory. */
  forgetText(index: number): void {
    const event = this.#events[index];
    if (event?.data.kind !== 'console') return;
    const forgotten: WorldEvent = { ...event, data: { ...event.data, text: '' } };
    this.#events[index] = forgotten;
    if (index < this.#indexed) this.#byId.set(event.id, forgotten);
  }

  all(): readonly WorldEvent[] {
    return this.#events;
  }

  since(index: number): readonly WorldEvent[] {
    return index <= 0 ? this.#events : this.#events.slice(index);
  }

  get(id: EventId): WorldEvent | undefined {
    for (; this.#indexed < this.#events.length; this.#indexed++) {
      const event = this.#events[this.#indexed];
      if (event) this.#byId.set(event.id, event);
    }
    return this.#byId.get(id);
  }

  of(device: DeviceId | '*'): readonly WorldEvent[] {
    return this.#events.filter((event) => event.device === device);
  }

  /** From an event back to the input or the start of the world that it goes back to; the event itself first. */
  chain(id: EventId): readonly WorldEvent[] {
    const chain: WorldEvent[] = [];
    const seen = new Set<EventId>();
    for (let at: EventId | null = id; at !== null && !seen.has(at);) {
      seen.add(at);
      const event = this.get(at);
      if (!event) break;
      chain.push(event);
      at = event.cause;
    }
    return chain;
  }

  /** A store that begins with the first `length` of these events; the two then go their own ways. */
  copy(length: number): EventStore {
    return new EventStore(this.keeps, this.#events.slice(0, length));
  }
}
