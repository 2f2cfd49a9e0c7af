import { SidecarError } from '../base/error.ts';
import type { Instant } from '../base/time.ts';
import type { Input, JournalEntry } from '../engine/world/input.ts';
import type { Moment } from '../engine/world/moment.ts';
import { Simulation } from '../engine/world/simulation.ts';
import { applyRecord, emptyAttempt, pathTo } from '../labs/attempt.ts';
import type { Attempt, AttemptRecord } from '../labs/attempt.ts';
import type { AttemptFile } from './attempt-file.ts';

/**
 * An attempt and its world, kept in step: each input is in the file before anything it does can be seen, and the world
 * at any input is what replaying the file gives.
 */
export class Timeline {
  readonly #start: Moment;
  readonly #file: AttemptFile;
  #attempt: Attempt = emptyAttempt;
  #simulation: Simulation;
  #times = new Map<number, Instant>();
  #idle = true;
  /** Index of the first event after the latest input. */
  #latest = 0;

  constructor(start: Moment, file: AttemptFile, records: readonly AttemptRecord[]) {
    this.#start = start;
    this.#file = file;
    for (const record of records) this.#attempt = applyRecord(this.#attempt, record);
    this.#simulation = Simulation.from(start);
    this.#times.set(0, this.#simulation.now);
    // Moments of other branches are not replayed before somebody goes there; the clock at least is known.
    for (const [seq, { parent, input }] of this.#attempt.entries) {
      const at = input.kind === 'advance' ? input.to : this.#times.get(parent);
      if (at !== undefined) this.#times.set(seq, at);
    }
  }

  get attempt(): Attempt {
    return this.#attempt;
  }

  get simulation(): Simulation {
    return this.#simulation;
  }

  get times(): ReadonlyMap<number, Instant> {
    return this.#times;
  }

  /** Nothing more can happen until the clock is moved or somebody types. */
  get idle(): boolean {
    return this.#idle;
  }

  get latest(): number {
    return this.#latest;
  }

  /** Adds a record that is no input: it changes what the attempt counts, never the world. */
  record(record: Exclude<AttemptRecord, { kind: 'input' | 'hash' | 'go' | 'abandon' }>): void {
    this.#append(record);
  }

  /**
   * Takes an input. Refused ones leave no trace. What it brings about runs in `run`; until then nothing was shown, and it
   * is in the file when this returns.
   */
  take(input: Input): number {
    const { lastSeq, current } = this.#attempt;
    const entry: JournalEntry = {
      seq: lastSeq + 1,
      parent: current,
      after: this.#idle ? 'idle' : this.#simulation.stepsSinceInput,
      input,
    };
    const latest = this.#simulation.events.length;
    this.#simulation.input(input);
    try {
      this.#append({ kind: 'input', entry, on: new Date().toISOString() });
    } catch (error) {
      // The world went on where the file could not: back to what the file says.
      this.replay();
      throw error;
    }
    this.#times = new Map(this.#times).set(entry.seq, this.#simulation.now);
    this.#latest = latest;
    this.#idle = false;
    return entry.seq;
  }

  /** Does at most `limit` steps; true where there is more to do. When all is done the state's hash goes to the file. */
  run(limit: number): boolean {
    if (this.#idle) return false;
    if (this.#simulation.run(limit) === 'more') return true;
    this.#idle = true;
    const { current, hashes } = this.#attempt;
    // A moment is the world after its input: its time is the one at which all of it had run.
    if (this.#times.get(current) !== this.#simulation.now)
      this.#times = new Map(this.#times).set(current, this.#simulation.now);
    if (current !== 0 && !hashes.has(current))
      this.#append({ kind: 'hash', seq: current, hash: this.#simulation.hash() });
    return false;
  }

  /** Goes to the moment after input `to` (0: the start). What comes next branches from there. */
  go(to: number): void {
    if (to !== 0 && (!this.#attempt.entries.has(to) || this.#attempt.abandoned.has(to)))
      throw new SidecarError('moment-unknown', `The attempt has no moment ${to}`, { to });
    this.#append({ kind: 'go', to });
    this.replay();
  }

  /**
   * Takes back the newest command that was in flight when the engine was ended, with all that came after it. Null where
   * none was.
   */
  abandonInFlight(): number | null {
    const path = pathTo(this.#attempt, this.#attempt.current);
    const newest = path.at(-1);
    // With a hash the world had come to rest, so nothing hung.
    if (!newest || this.#attempt.hashes.has(newest.seq)) return null;
    const command = path.findLast(
      ({ input }) => input.kind === 'console.line' || input.kind === 'script.run',
    );
    const entry = command ?? newest;
    this.#append({ kind: 'abandon', seq: entry.seq, parent: entry.parent });
    return entry.seq;
  }

  /** Makes the world anew from the file. Returns the inputs whose state differs from what the file says it was. */
  replay(): readonly number[] {
    const { attempt } = this;
    const simulation = Simulation.from(this.#start);
    const times = new Map([[0, simulation.now]]);
    const differing: number[] = [];
    const path = pathTo(attempt, attempt.current);
    this.#latest = simulation.events.length;
    for (const [n, entry] of path.entries()) {
      runTo(simulation, entry.after);
      const before = path[n - 1]?.seq;
      times.set(before ?? 0, simulation.now);
      const known = before === undefined ? undefined : attempt.hashes.get(before);
      if (entry.after === 'idle' && known !== undefined && known !== simulation.hash())
        differing.push(before ?? 0);
      this.#latest = simulation.events.length;
      simulation.input(entry.input);
      times.set(entry.seq, simulation.now);
    }
    this.#simulation = simulation;
    // Times of other branches stay known, so that their moments can be shown.
    this.#times = new Map([...this.#times, ...times]);
    this.#idle = path.length === 0;
    return differing;
  }

  sync(): void {
    this.#file.sync();
  }

  #append(record: AttemptRecord): void {
    this.#file.append(record);
    this.#attempt = applyRecord(this.#attempt, record);
  }
}

/** Runs until so many steps were done since the last input, or until nothing more can happen. */
function runTo(simulation: Simulation, after: number | 'idle'): void {
  if (after === 'idle') {
    simulation.settle();
    return;
  }
  while (simulation.stepsSinceInput < after) {
    if (simulation.run(after - simulation.stepsSinceInput) === 'idle')
      throw new SidecarError(
        'replay-differs',
        `The journal says that an input came after ${after} steps; the world came to rest after ${simulation.stepsSinceInput}`,
      );
  }
}
