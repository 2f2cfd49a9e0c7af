import { agentLogs, joinPath, samePath } from '../../state/agent-places.ts';
import type { LabSession } from '../../state/lab-session.svelte.ts';
import { ViewStore } from '../../state/view-store.svelte.ts';
import type { ViewData } from '../../../src/protocol/views.ts';
import type { LogRow } from './log-text.ts';

/** Rows asked for around those in sight. */
const margin = 150;
/** Rows read at once by a search. */
const chunk = 2000;

/** Which log is shown, how, and which line is selected. Positions count lines of the log as filtered. */
export class LogsState {
  readonly log: ViewStore<'log'>;
  readonly folder: ViewStore<'files'>;
  path = $state(joinPath(agentLogs, 'IntuneManagementExtension.log'));
  filter = $state('');
  follow = $state(true);
  selected = $state<number | null>(null);
  /** Marked in the lines, besides the filter. */
  found = $state('');
  /** Line that the list should bring into sight. */
  reveal = $state.raw<{ position: number } | null>(null);
  readonly #session: LabSession;
  #first = 0;
  #count = margin * 2;
  #search = 0;
  #kept: LogRow | null = null;

  constructor(session: LabSession) {
    this.#session = session;
    this.log = new ViewStore(session.engine, 'log');
    this.folder = new ViewStore(session.engine, 'files', { path: agentLogs, first: 0, count: 200 });
    this.#show();
    session.workspace.onTarget('logs', (target) => this.open(target));
  }

  get files(): string[] {
    const rows = this.folder.data?.rows ?? [];
    const known = rows
      .filter((row) => !row.directory && /\.(log|lo_)$/i.test(row.name))
      .map((row) => joinPath(agentLogs, row.name));
    return known.some((path) => samePath(path, this.path)) ? known : [this.path, ...known];
  }

  /** The selected line, also while it is scrolled out of what is loaded. */
  get row(): LogRow | null {
    if (this.selected === null) return null;
    return this.rowAt(this.selected) ?? this.#kept;
  }

  rowAt(position: number): LogRow | undefined {
    const data = this.log.data;
    return data?.rows[position - data.first];
  }

  open(path: string): void {
    if (samePath(path, this.path)) return;
    this.path = path;
    this.selected = null;
    this.found = '';
    this.filter = '';
    this.setFollow(true);
  }

  setFilter(text: string): void {
    this.filter = text;
    this.selected = null;
    this.#show();
  }

  setFollow(follow: boolean): void {
    this.follow = follow;
    this.#show();
  }

  inSight(first: number, last: number): void {
    this.#first = Math.max(0, Math.floor((first - margin) / 50) * 50);
    this.#count = Math.ceil((last - this.#first + margin) / 50) * 50;
    this.#show();
  }

  select(position: number | null): void {
    this.selected = position;
    this.#kept = position === null ? null : (this.rowAt(position) ?? this.#kept);
  }

  /** Selects a line and brings it into sight; what is not loaded is read first. */
  async go(position: number): Promise<void> {
    const total = this.log.data?.total ?? 0;
    if (total === 0) return;
    const to = Math.max(0, Math.min(total - 1, position));
    if (to < total - 1) this.setFollow(false);
    this.selected = to;
    this.reveal = { position: to };
    this.#kept = this.rowAt(to) ?? (await this.#read(to, 1)).rows[0] ?? null;
  }

  /** The next line, from the selected one on, that contains the text; around the end once. False where none does. */
  async find(text: string, back: boolean): Promise<boolean> {
    const search = ++this.#search;
    this.found = text;
    const total = this.log.data?.total ?? 0;
    const sought = text.toLowerCase();
    const matches = (row: LogRow) =>
      row.text.toLowerCase().includes(sought) || row.component.toLowerCase().includes(sought);
    const start = this.selected ?? (back ? total : -1);
    const ahead: [number, number] = back ? [0, start] : [start + 1, total];
    const wrapped: [number, number] = back ? [start, total] : [0, start + 1];
    for (const [from, to] of [ahead, wrapped]) {
      for (let done = 0; done < to - from; done += chunk) {
        const count = Math.min(chunk, to - from - done);
        const first = back ? to - done - count : from + done;
        const { rows } = await this.#read(first, count);
        if (search !== this.#search) return true;
        const at = back ? rows.findLastIndex(matches) : rows.findIndex(matches);
        if (at >= 0) {
          await this.go(first + at);
          return true;
        }
      }
    }
    return false;
  }

  /** The next warning or error, for the keys that step through them. */
  async nextProblem(back: boolean): Promise<boolean> {
    const total = this.log.data?.total ?? 0;
    let position = this.selected ?? (back ? total : -1);
    while (back ? position > 0 : position < total - 1) {
      const first = back ? Math.max(0, position - chunk) : position + 1;
      const { rows } = await this.#read(first, back ? position - first : chunk);
      const at = back ? rows.findLastIndex(isProblem) : rows.findIndex(isProblem);
      if (at >= 0) {
        await this.go(first + at);
        return true;
      }
      position = back ? first : first + rows.length - 1;
      if (rows.length === 0) return false;
    }
    return false;
  }

  #read(first: number, count: number): Promise<ViewData<'log'>> {
    return this.#session.engine.read('log', { path: this.path, filter: this.filter, first, count });
  }

  #show(): void {
    // While following, the window hangs at the end, so new lines come without being asked for.
    const first = this.follow ? -this.#count : this.#first;
    this.log.show({ path: this.path, filter: this.filter, first, count: this.#count });
  }
}

function isProblem(row: LogRow): boolean {
  return row.type > 1;
}
