import { SidecarError } from '../../base/error.ts';
import type { ConsoleId, DeviceId, EventId } from '../../base/ids.ts';
import { deviceId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import type { Session } from '../powershell/run/session.ts';
import { AccessLog } from './access-log.ts';
import { consoleState, foreground } from './consoles.ts';
import type { ConsoleState } from './consoles.ts';
import { EventStore } from './event-store.ts';
import { firstWorld } from './first-world.ts';
import type { Input } from './input.ts';
import { checkInput, takeInput } from './inputs.ts';
import type { Moment } from './moment.ts';
import { ProgramRuns } from './program-runs.ts';
import type { OpenConsole, Running } from './running.ts';
import { consoleKey } from './running.ts';
import { runScript } from './script-run.ts';
import type { ScriptRequest, ScriptResult } from './script-run.ts';
import { labelOf, stepOnce } from './scheduler.ts';
import type { Upcoming } from './scheduler.ts';
import { hashWorld } from './state-hash.ts';
import type { World } from './world.ts';
import { WorldDraft } from './world-draft.ts';
import type { WorldStart } from './world-start.ts';

export interface SimulationOptions {
  /** False where nobody reads events: many devices over many days. Default true. */
  readonly keepEvents?: boolean;
  /** Events that do not happen in this run, nor what they bring about. */
  readonly suppress?: ReadonlySet<EventId>;
  /** Notes what scripts read and write. */
  readonly trackAccess?: boolean;
}

/** An input may set this many steps going before the driver must move the clock; more is a loop of our own rules. */
const runawayLimit = 200_000_000;

/**
 * A world and what is alive in it. Inputs come in through `input`, work is done by `run` in slices of the caller's size,
 * everything that happens goes to `events`. Single-threaded and synchronous; the same inputs give the same bytes.
 */
export class Simulation {
  readonly events: EventStore;
  readonly access: AccessLog | undefined;
  readonly #world: WorldDraft;
  readonly #running: Running;
  #horizon: Instant;
  #steps = 0;

  private constructor(world: World, events: EventStore, options: SimulationOptions) {
    this.events = events;
    this.#world = new WorldDraft(world, events, options.suppress ?? new Set());
    this.access = options.trackAccess === true ? new AccessLog() : undefined;
    this.#running = {
      world: this.#world,
      runs: new ProgramRuns(this.#world),
      consoles: new Map<string, OpenConsole>(),
      access: this.access,
    };
    this.#horizon = world.now;
  }

  /** Bare devices, and the start inputs one after the other, each run until nothing more can happen. */
  static start(start: WorldStart, options: SimulationOptions = {}): Simulation {
    const world = firstWorld(start);
    const simulation = new Simulation(world, new EventStore(options.keepEvents ?? true), options);
    for (const device of world.devices.keys())
      simulation.#world.emit(device, { kind: 'world.start' }, { cause: null, rule: null });
    for (const input of start.inputs) {
      simulation.input(input);
      simulation.settle();
    }
    return simulation;
  }

  /** Goes on from a moment. Sessions of consoles are not part of one: open a console again. */
  static from(moment: Moment, options: SimulationOptions = {}): Simulation {
    const events = options.keepEvents === false ? new EventStore(false) : moment.events.copy(moment.length);
    return new Simulation(moment.world, events, options);
  }

  get devices(): readonly DeviceId[] {
    return this.#world.deviceIds;
  }

  get now(): Instant {
    return this.#world.now;
  }

  /** The world as an immutable value. */
  get world(): World {
    return this.#world.freeze();
  }

  get stepsSinceInput(): number {
    return this.#steps;
  }

  /** A device as it is now. */
  read(device: DeviceId): DeviceReader {
    return this.#world.device(device);
  }

  /** Takes an input. Throws `input-refused` where it cannot be taken, before anything has changed. */
  input(input: Input): void {
    checkInput(this.#running, input);
    this.#steps = 0;
    takeInput(this.#running, input, ++this.#world.inputs);
    if (input.kind === 'advance') this.#horizon = input.to;
  }

  /** Does at most `limit` steps. `idle`: nothing more can happen until the clock is moved or somebody types. */
  run(limit = Number.POSITIVE_INFINITY): 'idle' | 'more' {
    for (let done = 0; done < limit; done++) {
      if (!stepOnce(this.#running, this.#horizon)) {
        // What a script spent has passed for everybody once nothing else is to be done.
        const latest = this.#world.latestCursor;
        if (latest > this.#horizon) this.#horizon = latest;
        else {
          this.#world.moveTo(this.#horizon);
          return 'idle';
        }
        continue;
      }
      if (++this.#steps > runawayLimit)
        throw new SidecarError(
          'runaway',
          `${runawayLimit} steps after one input: a rule wakes itself for ever`,
        );
    }
    return 'more';
  }

  /** Runs until idle. */
  settle(): void {
    while (this.run(10_000) === 'more');
  }

  /** The first thing that will happen by itself when the clock is moved. */
  next(): Upcoming | null {
    return this.upcoming(1)[0] ?? null;
  }

  upcoming(limit: number): readonly Upcoming[] {
    const found: Upcoming[] = [];
    for (const entry of this.#world.queue.entries()) {
      if (found.length >= limit) break;
      found.push({
        at: entry.at,
        device: entry.device === '*' ? '*' : deviceId(entry.device),
        kind: entry.kind,
        label: labelOf(entry),
      });
    }
    for (const run of this.#running.runs.all) {
      if (run.state.kind === 'waiting' && run.state.until !== null)
        found.push({
          at: run.state.until,
          device: run.start.device,
          kind: 'script',
          label: 'a script goes on',
        });
    }
    return found.sort((a, b) => a.at - b.at).slice(0, limit);
  }

  console(device: DeviceId, console: ConsoleId): ConsoleState | undefined {
    const open = this.#running.consoles.get(consoleKey(device, console));
    return open && consoleState(this.#running, open);
  }

  get consoles(): readonly { readonly device: DeviceId; readonly id: ConsoleId }[] {
    return [...this.#running.consoles.values()].map(({ device, id }) => ({ device, id }));
  }

  /** The PowerShell session that a console's keys go to, for completion only. */
  session(device: DeviceId, console: ConsoleId): Session | undefined {
    return foreground(this.#running, device, console)?.session;
  }

  /** Runs a script to its end in a process of its own, moving the clock where it waits. */
  runScript(request: ScriptRequest): ScriptResult {
    return runScript(this, this.#running, request);
  }

  /** True while a program other than a shell at its prompt runs. */
  get inFlight(): boolean {
    return this.#running.runs.all.some((run) => !run.atPrompt);
  }

  /** The world as it is, to come back to; null while a script is in flight. */
  moment(): Moment | null {
    if (this.inFlight) return null;
    return {
      world: this.world,
      events: this.events,
      length: this.events.length,
      consoles: this.consoles,
    };
  }

  /** A copy that goes its own way. Programs in flight and consoles stay behind. */
  fork(options: SimulationOptions = {}): Simulation {
    return new Simulation(this.world, new EventStore(options.keepEvents ?? true), options);
  }

  hash(): string {
    return hashWorld(this.world);
  }
}
