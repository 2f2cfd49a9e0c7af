import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { SidecarError } from '../base/error.ts';
import { consoleId, deviceId } from '../base/ids.ts';
import type { DeviceId } from '../base/ids.ts';
import type { Instant } from '../base/time.ts';
import type { Account, Input } from '../engine/world/input.ts';
import { grade } from '../labs/grading.ts';
import type { Lab, Step } from '../labs/lab.ts';
import type { AttemptRecord } from '../labs/attempt.ts';
import { clientFrame } from '../protocol/frames.ts';
import type { ClientFrame, HostFrame } from '../protocol/frames.ts';
import { verbs } from '../protocol/verbs.ts';
import type { VerbName } from '../protocol/verbs.ts';
import { changesOf, noChanges } from '../views/latest-changes.ts';
import type { LatestChanges, ViewSource } from '../views/view.ts';
import { AttemptFile } from './attempt-file.ts';
import { writeSummary } from './attempt-folders.ts';
import { CheckRunner } from './check-runner.ts';
import { HostConsole } from './host-console.ts';
import { labStart } from './lab-start.ts';
import { labHash, loadLab } from './lab-folder.ts';
import { LiveClock } from './live-clock.ts';
import { passedBetween } from './passed-events.ts';
import { Timeline } from './timeline.ts';
import { answerVerb } from './verb-handlers.ts';
import { ViewFeed } from './view-feed.ts';

export interface EngineHostOptions {
  readonly labFolder: string;
  readonly attemptFolder: string;
  /** Names the engine in a new attempt. */
  readonly engine: string;
  /** The engine was ended because a command could not be stopped: go on without it. */
  readonly dropInFlight?: boolean;
  /** What the world of a new attempt is made from; left out: by chance. */
  readonly seed?: string;
}

/** Steps between two looks at the clock: mostly some microseconds each, but work on a large array can make one long. */
const slice = 4;
/** Milliseconds that slices may take before the event loop gets its turn. */
const turn = 12;
/** Characters of console output that a client may have ahead of it. */
const undrawnLimit = 100_000;
/** Milliseconds of rest before checks run, and while the clock plays. */
const checkDelay = { still: 150, playing: 3_000 };

interface AttachedConsole {
  readonly screen: HostConsole;
  readonly as: Account;
  columns: number;
  rows: number;
  undrawn: number;
  /** Ctrl+C was taken and the console has not come back to its prompt. */
  stopping: boolean;
}

/**
 * The open attempt: its file, its world, and what clients see of it. Everything that comes in is an input or a record;
 * everything runs in slices between which messages are heard.
 */
export class EngineHost {
  readonly lab: Lab;
  readonly device: DeviceId;
  readonly timeline: Timeline;
  readonly checks: CheckRunner;
  readonly clock: LiveClock;
  readonly #folder: string;
  readonly #file: AttemptFile;
  readonly #feed: ViewFeed;
  readonly #consoles = new Map<string, AttachedConsole>();
  readonly #notices: string[] = [];
  #send: ((frame: HostFrame) => void) | undefined;
  #drawnTo = 0;
  #drawnFrom: object | undefined;
  #pumping = false;
  #closed = false;
  #checkTimer: NodeJS.Timeout | undefined;
  #passed: ViewSource['clock']['passed'] = [];
  #sweepFrom: Instant;
  #clockState: ViewSource['clock'] | undefined;
  #changes:
    | { readonly events: object; readonly from: number; readonly to: number; readonly changes: LatestChanges }
    | undefined;
  #summary = '';
  #restingWaiters: (() => void)[] = [];

  constructor(options: EngineHostOptions) {
    this.lab = loadLab(options.labFolder);
    this.device = deviceId(this.lab.device);
    this.#folder = options.attemptFolder;
    const { file, records, cut } = AttemptFile.open(join(options.attemptFolder, 'attempt.journal'));
    this.#file = file;
    const start = startOf(records) ?? this.#begin(options);
    this.timeline = new Timeline(
      labStart(this.lab, start.seed),
      file,
      records.length > 0 ? records : [start],
    );
    if (start.labHash !== labHash(this.lab) || start.engine !== options.engine)
      this.#notices.push(
        'This attempt was begun with another version of the lab or the product. It was replayed with this one; what you see may differ. Start the lab afresh for a result that can be verified.',
      );
    if (cut > 0)
      this.#notices.push('The last input had not been saved whole when the engine ended; it is lost.');
    if (options.dropInFlight === true && this.timeline.abandonInFlight() !== null)
      this.#notices.push('The command that could not be stopped was taken back.');
    const differing = this.timeline.replay();
    if (differing.length > 0 && this.#notices.length === 0)
      this.#notices.push(
        'The replay of this attempt differs from what was recorded. Start the lab afresh for a result that can be verified.',
      );
    this.#sweepFrom = this.timeline.simulation.now;
    this.checks = new CheckRunner(this.lab, this.device, this.timeline, () => this.#nextTurn());
    this.#feed = new ViewFeed(
      () => this.#source(),
      (frame) => this.#send?.(frame),
    );
    this.clock = new LiveClock({
      timeline: this.timeline,
      device: this.device,
      advance: (to) => this.advance(to),
      changed: () => this.changed(),
    });
    this.#saveSummary();
    this.pump();
  }

  /** A client's port. It gets what views and consoles show; the one before is forgotten. */
  connect(send: (frame: HostFrame) => void): { receive(frame: unknown): void; close(): void } {
    this.#feed.close();
    this.#consoles.clear();
    this.#send = send;
    for (const text of this.#notices.splice(0)) send({ kind: 'notice', level: 'warning', text });
    return {
      receive: (raw) => {
        if (this.#send === send) this.#receive(raw);
      },
      close: () => {
        if (this.#send !== send) return;
        this.#send = undefined;
        this.#feed.close();
        this.#consoles.clear();
      },
    };
  }

  close(): void {
    this.#closed = true;
    this.clock.close();
    clearTimeout(this.#checkTimer);
    this.#feed.close();
    this.#send = undefined;
    this.timeline.sync();
    this.#file.close();
  }

  get current(): Step | undefined {
    const { step } = this.timeline.attempt;
    return this.lab.steps.find((one) => one.id === step) ?? this.lab.steps[0];
  }

  /** Takes an input and lets it run. Throws where it is refused. */
  take(input: Input): void {
    this.timeline.take(input);
    if (input.kind !== 'advance') this.#passed = [];
    this.changed();
    this.pump();
  }

  advance(to: Instant): void {
    this.#sweepFrom = this.timeline.simulation.now;
    this.take({ kind: 'advance', to });
  }

  /** Keeps a record that is no input. */
  record(record: Parameters<Timeline['record']>[0]): void {
    this.timeline.record(record);
    this.changed();
    this.#saveSummary();
  }

  /** Goes to a moment; consoles are drawn anew. */
  go(to: number): void {
    this.timeline.go(to);
    this.#passed = [];
    this.#drawnFrom = undefined;
    this.changed();
    this.pump();
  }

  /** Stops the foreground of a console where something runs in it. */
  interrupt(id: string): void {
    const attached = this.#consoles.get(id);
    const state = this.timeline.simulation.console(this.device, consoleId(id));
    if (state?.state !== 'running' || attached?.stopping === true) return;
    if (attached) attached.stopping = true;
    this.take({ kind: 'console.stop', device: this.device, console: consoleId(id) });
  }

  openConsole(id: string, as: Account, columns: number, rows: number): void {
    let attached = this.#consoles.get(id);
    if (!attached) {
      const screen: HostConsole = new HostConsole({
        device: this.device,
        id: consoleId(id),
        columns,
        simulation: () => this.timeline.simulation,
        write: (text) => this.#output(id, text),
        submit: (text) => this.#submit(id, text),
        interrupt: () => this.interrupt(id),
      });
      attached = { screen, as, columns, rows, undrawn: 0, stopping: false };
      this.#consoles.set(id, attached);
    }
    this.resizeConsole(id, columns, rows);
    this.#draw();
    attached.undrawn = 0;
    this.#openMissing();
    attached.screen.redraw(this.timeline.simulation.events.all());
  }

  resizeConsole(id: string, columns: number, rows: number): void {
    const attached = this.#console(id);
    attached.screen.resize(columns);
    const same = attached.columns === columns && attached.rows === rows;
    attached.columns = columns;
    attached.rows = rows;
    if (same || !this.timeline.simulation.console(this.device, consoleId(id))) return;
    this.take({
      kind: 'console.resize',
      device: this.device,
      console: consoleId(id),
      width: columns,
      height: rows,
    });
  }

  typeInConsole(id: string, text: string): void {
    this.#console(id).screen.type(text);
  }

  /** Something that views show may have changed. */
  changed(): void {
    this.#clockState = undefined;
    this.#feed.changed();
  }

  /** Resolves when the world has come to rest and no console runs anything. */
  atRest(): Promise<void> {
    if (this.#resting()) return Promise.resolve();
    return new Promise((resolve) => this.#restingWaiters.push(resolve));
  }

  #resting(): boolean {
    const { simulation, idle } = this.timeline;
    return (
      idle &&
      simulation.consoles.every(({ device, id }) => simulation.console(device, id)?.state !== 'running')
    );
  }

  /** Runs what can run, a slice at a time, until the world has come to rest. */
  pump(): void {
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    let sound = true;
    try {
      while (!this.#closed) {
        if (this.#heldBack()) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          continue;
        }
        const until = performance.now() + turn;
        let more = this.timeline.run(slice);
        while (more && performance.now() < until) more = this.timeline.run(slice);
        this.#draw();
        this.changed();
        if (!more) break;
        await this.#nextTurn();
      }
    } catch (error) {
      sound = this.#recover(error);
    } finally {
      this.#pumping = false;
    }
    if (this.#closed) return;
    if (this.timeline.idle) this.#settled();
    else if (sound) this.pump();
  }

  /** A fault of the engine in the middle of a command: the world is made anew from the file, without that command. */
  #recover(error: unknown): boolean {
    this.#trouble(error);
    if (this.#closed || (error instanceof SidecarError && error.code === 'attempt-not-saved')) return false;
    if (this.timeline.abandonInFlight() === null) return false;
    this.timeline.replay();
    this.#send?.({
      kind: 'notice',
      level: 'warning',
      text: 'The engine failed on the last command, so it was taken back. Everything before it is kept.',
    });
    this.#draw();
    this.changed();
    return true;
  }

  #settled(): void {
    const { simulation } = this.timeline;
    if (simulation.now > this.#sweepFrom) {
      const passed = passedBetween(simulation, this.timeline.latest, this.#sweepFrom, simulation.now);
      if (passed.length > 0) this.#passed = passed;
      this.#sweepFrom = simulation.now;
    }
    for (const [id, attached] of this.#consoles)
      if (simulation.console(this.device, consoleId(id))?.state !== 'running') attached.stopping = false;
    if (this.#openMissing()) return;
    this.changed();
    this.clock.settled();
    this.checkSoon();
    if (this.#resting()) for (const done of this.#restingWaiters.splice(0)) done();
  }

  /** Consoles of the window that the device has not: it was restarted, or the moment lies before they were opened. */
  #openMissing(): boolean {
    let opened = false;
    for (const [id, { as, columns, rows }] of this.#consoles) {
      if (this.timeline.simulation.console(this.device, consoleId(id))) continue;
      opened = true;
      this.take({
        kind: 'console.open',
        device: this.device,
        console: consoleId(id),
        as,
        width: columns,
        height: rows,
        shell: 'powershell',
        colour: true,
      });
    }
    return opened;
  }

  /** Runs the checks that were touched, once the device has been at rest for a moment. */
  checkSoon(): void {
    // Without a window nobody waits for them; the next one asks again.
    if (this.#checkTimer || this.#closed || !this.#send) return;
    this.#checkTimer = setTimeout(
      () => {
        this.#checkTimer = undefined;
        if (!this.timeline.idle || this.timeline.attempt.finished) return;
        this.checks
          .runTouched(this.current)
          .then(() => {
            if (this.#closed) return;
            this.changed();
            this.#saveSummary();
          })
          .catch((error: unknown) => this.#trouble(error));
      },
      this.clock.playing ? checkDelay.playing : checkDelay.still,
    );
  }

  #heldBack(): boolean {
    for (const { undrawn } of this.#consoles.values()) if (undrawn > undrawnLimit) return true;
    return false;
  }

  #nextTurn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  #draw(): void {
    const { events } = this.timeline.simulation;
    if (this.#drawnFrom !== events) {
      // Another history: what is on the screens belongs to the one before.
      this.#drawnFrom = events;
      this.#drawnTo = events.length;
      for (const { screen } of this.#consoles.values()) screen.redraw(events.all());
      return;
    }
    const news = events.since(this.#drawnTo);
    this.#drawnTo = events.length;
    if (news.length === 0) return;
    for (const { screen } of this.#consoles.values()) screen.draw(news);
  }

  #output(id: string, text: string): void {
    const attached = this.#consoles.get(id);
    if (!this.#send || !attached) return;
    attached.undrawn += text.length;
    this.#send({ kind: 'output', console: id, text });
  }

  #submit(id: string, text: string): void {
    try {
      this.take({ kind: 'console.line', device: this.device, console: consoleId(id), text });
    } catch (error) {
      this.#console(id).screen.refused(messageOf(error));
    }
  }

  #console(id: string): AttachedConsole {
    const attached = this.#consoles.get(id);
    if (!attached) throw new SidecarError('console-unknown', `Console ${id} is not open`, { id });
    return attached;
  }

  #receive(raw: unknown): void {
    const parsed = clientFrame.safeParse(raw);
    if (!parsed.success) {
      this.#send?.({ kind: 'notice', level: 'error', text: 'The window sent something malformed.' });
      return;
    }
    const frame = parsed.data;
    try {
      this.#handle(frame);
    } catch (error) {
      this.#trouble(error);
    }
  }

  #handle(frame: ClientFrame): void {
    switch (frame.kind) {
      case 'call':
        this.#call(frame.id, frame.verb, frame.request);
        return;
      case 'subscribe':
        this.#feed.subscribe(frame.key, frame.view, frame.params);
        return;
      case 'unsubscribe':
        this.#feed.unsubscribe(frame.key);
        return;
      case 'keys':
        this.#consoles.get(frame.console)?.screen.feed(frame.data);
        return;
      case 'drawn': {
        const attached = this.#consoles.get(frame.console);
        if (attached) attached.undrawn = Math.max(0, attached.undrawn - frame.characters);
        return;
      }
    }
  }

  #call(id: number, name: string, raw: unknown): void {
    const send = this.#send;
    const refuse = (error: unknown) => {
      const code = error instanceof SidecarError ? error.code : 'unexpected';
      send?.({ kind: 'refusal', id, code, message: messageOf(error) });
    };
    const verb = Object.hasOwn(verbs, name) ? (name as VerbName) : undefined;
    const request = verb && verbs[verb].request.safeParse(raw);
    if (!verb || !request?.success) {
      refuse(
        new SidecarError(
          'request-malformed',
          verb
            ? `Request to ${name} is malformed: ${request?.error?.message ?? ''}`
            : `There is no verb ${name}`,
        ),
      );
      return;
    }
    Promise.resolve()
      .then(() => answerVerb(this, verb, request.data))
      .then((value) => send?.({ kind: 'answer', id, value }), refuse);
  }

  #trouble(error: unknown): void {
    this.#send?.({ kind: 'notice', level: 'error', text: messageOf(error) });
  }

  #source(): ViewSource {
    const { timeline } = this;
    const { simulation, attempt } = timeline;
    this.#clockState ??= {
      playing: this.clock.playing,
      speed: this.clock.speed,
      busy: !this.#resting(),
      passed: this.#passed,
    };
    return {
      simulation,
      world: simulation.world,
      device: this.device,
      lab: this.lab,
      attempt,
      clock: this.#clockState,
      changes: this.#latestChanges(),
      options: this.checks.options,
      times: timeline.times,
    };
  }

  #latestChanges(): LatestChanges {
    const { events } = this.timeline.simulation;
    const from = this.timeline.latest;
    const to = events.length;
    const before = this.#changes;
    if (before?.events === events && before.from === from && before.to === to) return before.changes;
    const changes = from === to ? noChanges : changesOf(events.since(from), this.device);
    this.#changes = { events, from, to, changes };
    return changes;
  }

  #begin(options: EngineHostOptions): StartRecord {
    const record: StartRecord = {
      kind: 'start',
      format: 1,
      engine: options.engine,
      lab: this.lab.id,
      labHash: labHash(this.lab),
      seed: options.seed ?? randomBytes(6).toString('hex'),
      on: new Date().toISOString(),
    };
    this.#file.append(record);
    return record;
  }

  #saveSummary(): void {
    const { attempt } = this.timeline;
    const { earned, possible } = grade(this.lab, attempt);
    const summary = {
      id: basename(this.#folder),
      startedAt: attempt.start?.on ?? new Date().toISOString(),
      earned,
      possible,
      finished: attempt.finished !== null,
    };
    const text = JSON.stringify(summary);
    if (text === this.#summary) return;
    this.#summary = text;
    writeSummary(this.#folder, summary);
  }
}

type StartRecord = Extract<AttemptRecord, { kind: 'start' }>;

function startOf(records: readonly AttemptRecord[]): StartRecord | undefined {
  return records.find((record) => record.kind === 'start');
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
