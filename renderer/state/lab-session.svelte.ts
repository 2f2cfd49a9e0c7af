import { callMain, Engine } from '../bridge.ts';
import type { VerbName, VerbRequest } from '../../src/protocol/verbs.ts';
import { Consoles } from './consoles.svelte.ts';
import { ExplainCards } from './explain-cards.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { ViewStore } from './view-store.svelte.ts';
import { Workspace } from './workspace.svelte.ts';

/** One open attempt: the engine behind it, the views that the whole page reads, and what can be asked. */
export class LabSession {
  readonly lab: string;
  readonly engine: Engine;
  readonly notices: Notices;
  readonly clock: ViewStore<'clock'>;
  readonly guide: ViewStore<'guide'>;
  readonly status: ViewStore<'status'>;
  readonly drafts: ViewStore<'drafts'>;
  readonly moments: ViewStore<'moments'>;
  readonly consoles = new Consoles();
  readonly explain = new ExplainCards();
  readonly workspace: Workspace;
  /** True between an engine host's end and the port of the next. */
  restarting = $state(false);
  readonly #kept = new Map<string, unknown>();

  constructor(lab: string, notices: Notices, layout: string | undefined) {
    this.lab = lab;
    this.notices = notices;
    this.engine = new Engine(notices.add);
    this.workspace = new Workspace(layout);
    this.clock = new ViewStore(this.engine, 'clock', {});
    this.guide = new ViewStore(this.engine, 'guide', {});
    this.status = new ViewStore(this.engine, 'status', {});
    this.drafts = new ViewStore(this.engine, 'drafts', {});
    this.moments = new ViewStore(this.engine, 'moments', {});
  }

  /** State of a pane, made once and kept while the pane is out of sight. */
  keep<T>(name: string, make: () => T): T {
    if (!this.#kept.has(name)) this.#kept.set(name, make());
    return this.#kept.get(name) as T;
  }

  get device(): string {
    return this.guide.data?.device ?? '';
  }

  get offset(): number {
    return this.clock.data?.offsetMinutes ?? 0;
  }

  attach(port: MessagePort): void {
    this.restarting = false;
    this.engine.attach(port);
  }

  /** Asks the engine; a refusal becomes a notice. True where it was carried out. */
  async ask<N extends VerbName>(verb: N, request: VerbRequest<N>): Promise<boolean> {
    try {
      await this.engine.call(verb, request);
      return true;
    } catch (error) {
      this.notices.report(error);
      return false;
    }
  }

  runInConsole(text: string): void {
    this.consoles.focus();
    void this.consoles.type(this.engine, text.trimEnd()).catch(this.notices.report);
  }

  /** Ctrl+C: the key for the line editor or the script, and main's watch in case no safepoint comes. */
  interrupt(console: string): void {
    this.engine.keys(console, '\x03');
    if (this.clock.data?.busy) void callMain('lab.interrupt', { console }).catch(this.notices.report);
  }

  toggleClock(): void {
    const clock = this.clock.data;
    if (!clock) return;
    if (clock.playing) void this.ask('clock.pause', {});
    else void this.ask('clock.play', { speed: Math.max(1, clock.speed) });
  }

  advance(microseconds: number): void {
    const now = this.clock.data?.now;
    if (now !== undefined) void this.ask('clock.advance', { to: now + microseconds });
  }

  close(): void {
    this.engine.close();
  }
}
