import type { Bytes } from '../../base/bytes.ts';
import { emptyBytes, utf8Encode } from '../../base/bytes.ts';
import type { ConsoleId, DeviceId, EventId, ProcessId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { plus } from '../../base/time.ts';
import type { Host, Identity, OutputPort, ProcessExit, Resume, Suspend } from '../powershell/host.ts';
import type { Session } from '../powershell/run/session.ts';
import type { Program, ProgramContext } from '../console/program.ts';
import { controlCExit } from '../console/program.ts';
import type { QueueData } from '../device/change.ts';
import { startCost } from './start-cost.ts';
import type { WorldDraft } from './world-draft.ts';

/** Wakes a stage of the agent when a program ends. */
export interface WhenEnded {
  readonly entry: string;
  readonly data: QueueData;
  readonly group: string | null;
}

export interface RunStart {
  readonly device: DeviceId;
  readonly id: ProcessId;
  readonly program: Program;
  readonly file: string;
  readonly arguments: string;
  readonly workingDirectory: string;
  readonly stdin: Bytes | undefined;
  readonly identity: Identity;
  readonly host: (run: ProgramRun) => Host;
  /** Where inherited output goes; streams that are captured are kept for the parent. */
  readonly output: OutputPort;
  readonly capture: { readonly stdout: boolean; readonly stderr: boolean };
  readonly parent: ProgramRun | undefined;
  readonly console: ConsoleId | undefined;
  /** Event of the start, the cause of all that the program does. */
  readonly startedBy: EventId;
  readonly whenEnded: WhenEnded | undefined;
  /** Without a window that anybody sees: a question in it is never answered. */
  readonly hidden: boolean;
  /** Writes to a log of the agent: see `ProgramContext`. */
  readonly log: (run: ProgramRun, ...record: Parameters<NonNullable<ProgramContext['log']>>) => void;
}

type State =
  | { readonly kind: 'ready'; readonly at: Instant; readonly resume: Resume | undefined }
  /** `until`: when it goes on by itself at the latest; null where only somebody else can wake it. */
  | { readonly kind: 'waiting'; readonly wanted: Suspend; readonly until: Instant | null };

/**
 * Characters of output that are kept for who started a program. One that writes without end is ended with the status of a
 * process for which there is no memory; chosen, since how much a pipe's reader can hold differs from device to device.
 */
const captureLimit = 64 * 1024 * 1024;
/** STATUS_NO_MEMORY. */
export const noMemoryExit = -1073741801;

/** A program in flight. It is alive (a generator), so no moment holds it: replay makes it again. */
export class ProgramRun {
  readonly start: RunStart;
  readonly host: Host;
  /** Where it writes, and what programs it starts inherit: its pipes or its console. */
  readonly output: OutputPort;
  state: State;
  /** Order among what is due at one time on its device. */
  sequence: number;
  /** Passed since it last waited for something. */
  safepoints = 0;
  readonly #work: Generator<Suspend, number, Resume>;
  readonly #out: string[] = [];
  readonly #error: string[] = [];
  #captured = 0;
  #stop: (() => void) | undefined;
  /** Exits of programs it started, for when it asks. */
  readonly children = new Map<ProcessId, ProcessExit>();
  onExit: ((exit: ProcessExit) => void) | undefined;
  /** The PowerShell session of a shell, for completion. */
  session: Session | undefined;

  constructor(start: RunStart, at: Instant, sequence: number) {
    this.start = start;
    this.sequence = sequence;
    this.host = start.host(this);
    this.state = { kind: 'ready', at, resume: undefined };
    const { output, capture } = start;
    this.output = {
      console: start.console,
      get width() {
        return capture.stdout ? 0 : output.width;
      },
      colour: !capture.stdout && output.colour,
      write: (stream, text) => {
        if (stream === 'out' && capture.stdout) this.#capture(this.#out, text);
        else if (stream === 'error' && capture.stderr) this.#capture(this.#error, text);
        else output.write(stream, text);
      },
    };
    this.#work = start.program.run({
      host: this.host,
      file: start.file,
      arguments: start.arguments,
      workingDirectory: start.workingDirectory,
      stdin: start.stdin,
      output: this.output,
      log: (rule, message, parameters) => start.log(this, rule, message, parameters),
      onInterrupt: (stop) => (this.#stop = stop),
      onSession: (session) => (this.session = session),
    });
  }

  /** Goes on to the next thing it waits for; a number is its exit code. */
  step(resume: Resume | undefined): Suspend | number {
    const result = resume === undefined ? this.#work.next() : this.#work.next(resume);
    return result.done ? result.value : result.value;
  }

  #capture(into: string[], text: string): void {
    this.#captured += text.length;
    if (this.#captured <= captureLimit) into.push(text);
  }

  /** Wrote more than who reads its output can hold. */
  get overflowed(): boolean {
    return this.#captured > captureLimit;
  }

  /** True where the program handles Ctrl+C itself; then it was told. */
  interrupt(): boolean {
    if (!this.#stop) return false;
    this.#stop();
    return true;
  }

  /** Ends the generator; what it would still wait for in its clean-up is not waited for. */
  kill(): void {
    this.#work.return(controlCExit);
  }

  exit(exitCode: number): ProcessExit {
    const bytes = (parts: readonly string[]) =>
      parts.length === 0 ? emptyBytes : utf8Encode(parts.join(''));
    return { exitCode, stdout: bytes(this.#out), stderr: bytes(this.#error) };
  }

  /** At a shell's prompt: nothing is in flight here. */
  get atPrompt(): boolean {
    return (
      this.state.kind === 'waiting' &&
      this.state.wanted.kind === 'line' &&
      this.state.wanted.purpose === 'command'
    );
  }
}

/** All programs in flight, and who waits for what. */
export class ProgramRuns {
  readonly #world: WorldDraft;
  readonly #runs = new Map<string, ProgramRun>();

  constructor(world: WorldDraft) {
    this.#world = world;
  }

  get all(): readonly ProgramRun[] {
    return [...this.#runs.values()];
  }

  get(device: DeviceId, id: ProcessId): ProgramRun | undefined {
    return this.#runs.get(key(device, id));
  }

  start(start: RunStart): ProgramRun {
    const at = plus(this.#world.timeOf(start.device), startCost(start.program.name));
    const run = new ProgramRun(start, at, this.#world.nextSequence(start.device));
    this.#runs.set(key(start.device, start.id), run);
    return run;
  }

  /** The run that goes on next: ready ones at their time, waiting ones at the end of their wait. */
  next(): { readonly run: ProgramRun; readonly at: Instant; readonly ready: boolean } | undefined {
    let found: { run: ProgramRun; at: Instant; ready: boolean } | undefined;
    for (const run of this.#runs.values()) {
      const { state } = run;
      const at = state.kind === 'ready' ? state.at : state.until;
      if (at === null || this.#stands(run)) continue;
      const earlier =
        !found ||
        at < found.at ||
        (at === found.at &&
          (run.start.device < found.run.start.device ||
            (run.start.device === found.run.start.device && run.sequence < found.run.sequence)));
      if (earlier) found = { run, at, ready: state.kind === 'ready' };
    }
    return found;
  }

  /** The earliest time at which a run is ready to go on: until then everything due happens first. */
  earliestReady(): Instant | undefined {
    let earliest: Instant | undefined;
    for (const run of this.#runs.values()) {
      const { state } = run;
      if (state.kind !== 'ready' || this.#stands(run)) continue;
      if (earliest === undefined || state.at < earliest) earliest = state.at;
    }
    return earliest;
  }

  /** On a device that is asleep nothing goes on. */
  #stands(run: ProgramRun): boolean {
    return this.#world.held.size > 0 && this.#world.held.has(run.start.device);
  }

  resume(run: ProgramRun, resume: Resume): void {
    run.state = { kind: 'ready', at: this.#world.timeOf(run.start.device), resume };
    run.sequence = this.#world.nextSequence(run.start.device);
  }

  ended(run: ProgramRun, exitCode: number): ProcessExit {
    const { device, id, parent } = run.start;
    this.#runs.delete(key(device, id));
    const exit = run.exit(exitCode);
    parent?.children.set(id, exit);
    run.onExit?.(exit);
    for (const other of this.#runs.values()) {
      if (other.start.device !== device || other.state.kind !== 'waiting') continue;
      const { wanted } = other.state;
      if (wanted.kind === 'process' && wanted.id === id) this.resume(other, { kind: 'process', exit });
    }
    return exit;
  }

  /** A process without a program in it was ended: whoever waits for it goes on. */
  closed(device: DeviceId, id: ProcessId): void {
    for (const other of this.#runs.values()) {
      if (other.start.device !== device || other.state.kind !== 'waiting') continue;
      const { wanted } = other.state;
      if (wanted.kind === 'process' && wanted.id === id)
        this.resume(other, { kind: 'process', exit: undefined });
    }
  }

  of(device: DeviceId): readonly ProgramRun[] {
    return this.all.filter((run) => run.start.device === device);
  }

  inConsole(device: DeviceId, console: ConsoleId): readonly ProgramRun[] {
    return this.of(device).filter((run) => run.start.console === console);
  }
}

const key = (device: DeviceId, id: ProcessId): string => `${device}/${id}`;
