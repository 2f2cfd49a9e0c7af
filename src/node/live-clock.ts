import type { DeviceId } from '../base/ids.ts';
import type { Instant } from '../base/time.ts';
import { instant } from '../base/time.ts';
import type { Timeline } from './timeline.ts';

/** An advance of the playing clock comes once a second: each is an input, and the file must not fill with them. */
const tick = 1_000;
/** How long the clock keeps the learner's pace while the foreground of a console waits. */
const patience = 2_000;

interface Ports {
  readonly timeline: Timeline;
  readonly device: DeviceId;
  /** Takes an advance and lets it run. */
  readonly advance: (to: Instant) => void;
  readonly changed: () => void;
}

/**
 * The clock of an attempt. It plays at a speed, and when the foreground of a console waits for an instant it goes at the
 * learner's pace for two seconds and then to that instant, one event of the device after the other.
 */
export class LiveClock {
  readonly #ports: Ports;
  #speed = 60;
  #playing = false;
  #timer: NodeJS.Timeout | undefined;
  /** Host time at which the foreground began to wait; undefined while it does not. */
  #waitsSince: number | undefined;
  #last = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get playing(): boolean {
    return this.#playing;
  }

  get speed(): number {
    return this.#speed;
  }

  play(speed: number): void {
    this.#speed = speed;
    this.#playing = true;
    this.#last = performance.now();
    this.settled();
    this.#ports.changed();
  }

  pause(): void {
    this.#playing = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.settled();
    this.#ports.changed();
  }

  close(): void {
    this.#playing = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The world has come to rest: says when the clock moves next, if it does. */
  settled(): void {
    if (this.#timer || !this.#ports.timeline.idle) return;
    const waiting = this.#foregroundWaits();
    const now = performance.now();
    if (waiting === null) {
      this.#waitsSince = undefined;
      if (this.#playing) this.#in(Math.max(0, this.#last + tick - now));
      return;
    }
    if (this.#waitsSince === undefined) {
      this.#waitsSince = now;
      if (!this.#playing) this.#last = now;
    }
    const { simulation } = this.#ports.timeline;
    if (now - this.#waitsSince >= patience) {
      // One event after the other, so that a wait for a service ends when the service is there.
      this.#in(0);
      return;
    }
    const left = (waiting - simulation.now) / 1_000 / this.#pace;
    this.#in(Math.max(0, Math.min(this.#last + tick - now, left)));
  }

  get #pace(): number {
    return this.#playing ? this.#speed : 1;
  }

  /** When a waiting foreground goes on at the latest; null where none waits. */
  #foregroundWaits(): Instant | null {
    const { simulation } = this.#ports.timeline;
    let first: Instant | null = null;
    for (const { device, id } of simulation.consoles) {
      const state = simulation.console(device, id);
      if (state?.state !== 'running') continue;
      const until = state.waitsUntil ?? simulation.next()?.at;
      if (until !== undefined && (first === null || until < first)) first = until;
    }
    return first;
  }

  #in(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#move();
    }, milliseconds);
  }

  #move(): void {
    const { timeline, advance } = this.#ports;
    if (!timeline.idle) return;
    const { simulation } = timeline;
    const now = performance.now();
    const waiting = this.#foregroundWaits();
    let to = simulation.now + Math.round((now - this.#last) * 1_000 * this.#pace);
    if (waiting !== null) {
      const over = this.#waitsSince !== undefined && now - this.#waitsSince >= patience;
      to = over ? Math.min(waiting, simulation.next()?.at ?? waiting) : Math.min(waiting, to);
    } else if (!this.#playing) return;
    this.#last = now;
    advance(instant(Math.max(to, simulation.now)));
  }
}
