import type { LabSession } from '../../state/lab-session.svelte.ts';
import { graphRows } from './lanes.ts';
import type { GraphRow, Moment } from './lanes.ts';

/** The history of the attempt: which moment is selected, which is being named. */
export class MomentsState {
  selected = $state<number | null>(null);
  naming = $state<number | null>(null);
  reveal = $state.raw<{ position: number } | null>(null);
  readonly #session: LabSession;
  readonly #graph = $derived.by(() => graphRows(this.#session.moments.data?.moments ?? []));

  constructor(session: LabSession) {
    this.#session = session;
    session.workspace.onTarget('moments', (target) => this.select(Number(target)));
  }

  get rows(): readonly GraphRow[] {
    return this.#graph.rows;
  }

  get lanes(): number {
    return this.#graph.lanes;
  }

  get current(): Moment | undefined {
    return this.rows.find((row) => row.moment.current)?.moment;
  }

  get moment(): Moment | undefined {
    return this.rows.find((row) => row.moment.id === this.selected)?.moment;
  }

  get position(): number {
    return this.rows.findIndex((row) => row.moment.id === this.selected);
  }

  select(id: number | null): void {
    this.selected = id;
    const position = this.position;
    if (position >= 0) this.reveal = { position };
  }

  selectAt(position: number): void {
    const row = this.rows[Math.max(0, Math.min(this.rows.length - 1, position))];
    if (row) this.select(row.moment.id);
  }

  async go(id: number): Promise<void> {
    if (await this.#session.ask('moment.go', { id })) this.select(id);
  }

  async name(id: number, name: string): Promise<void> {
    this.naming = null;
    await this.#session.ask('moment.name', { id, name: name.trim() });
  }

  find(text: string, back: boolean): boolean {
    const sought = text.toLowerCase();
    const at = Math.max(-1, this.position);
    const order = [...this.rows.slice(at + 1), ...this.rows.slice(0, at + 1)];
    const found = (back ? order.slice(0, -1).reverse() : order).find(({ moment }) =>
      `${moment.name ?? ''} ${moment.label}`.toLowerCase().includes(sought),
    );
    if (found) this.select(found.moment.id);
    return found !== undefined;
  }
}
