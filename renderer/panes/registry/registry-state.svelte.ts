import type { LabSession } from '../../state/lab-session.svelte.ts';
import { ancestorsOf, parentOf, parseRegistryPath } from '../../state/registry-path.ts';
import { ViewStore } from '../../state/view-store.svelte.ts';
import type { ViewData } from '../../../src/protocol/views.ts';

export type TreeRow = ViewData<'registryTree'>['rows'][number];
export type ValueRow = ViewData<'registryKey'>['values'][number];

/** Rows asked for before and after those in sight, so that scrolling finds them there. */
const margin = 120;
const allRows = 20_000;
const valueRows = 500;

/** Where the registry browser stands. Paths start with the hive's full name. */
export class RegistryState {
  readonly tree: ViewStore<'registryTree'>;
  readonly key: ViewStore<'registryKey'>;
  selected = $state('HKEY_LOCAL_MACHINE');
  /** Name of the selected value; null where none is. */
  value = $state<string | null>(null);
  /** Row that the tree should bring into sight. */
  reveal = $state.raw<{ index: number } | null>(null);
  findText = '';
  readonly #session: LabSession;
  #expanded: readonly string[] = ['HKEY_LOCAL_MACHINE'];
  #first = 0;
  #count = margin;

  constructor(session: LabSession) {
    this.#session = session;
    this.tree = new ViewStore(session.engine, 'registryTree');
    this.key = new ViewStore(session.engine, 'registryKey');
    this.#showTree();
    this.select(this.selected);
    session.workspace.onTarget('registry', (target) => void this.goTo(target));
  }

  get row(): TreeRow | undefined {
    return this.tree.data?.rows.find((row) => sameKey(row.path, this.selected));
  }

  get valueRow(): ValueRow | undefined {
    return this.key.data?.values.find((row) => row.name === this.value);
  }

  /** The rows in sight, from the scrolling list. */
  inSight(first: number, last: number): void {
    this.#first = Math.max(0, Math.floor((first - margin) / 40) * 40);
    this.#count = Math.ceil((last - this.#first + margin) / 40) * 40;
    this.#showTree();
  }

  select(path: string): void {
    if (path !== this.selected) this.value = null;
    this.selected = path;
    this.key.show({ path, first: 0, count: valueRows });
  }

  toggle(path: string, open = !this.#isExpanded(path)): void {
    const rest = this.#expanded.filter((known) => !sameKey(known, path));
    this.#expanded = open ? [...rest, path] : rest;
    this.#showTree();
  }

  /** Opens every key above the path, selects it and brings it into sight. False where the text names no hive. */
  async goTo(text: string, value: string | null = null): Promise<boolean> {
    const asked = parseRegistryPath(text);
    if (!asked) return false;
    const key = await this.#session.engine.read('registryKey', { path: asked, first: 0, count: 1 });
    const path = key.exists ? key.path : asked;
    for (const above of ancestorsOf(path).slice(0, -1))
      if (!this.#isExpanded(above)) this.#expanded = [...this.#expanded, above];
    this.#showTree();
    this.select(path);
    this.value = value;
    await this.#bringIntoSight(path);
    return true;
  }

  async find(text: string): Promise<boolean> {
    this.findText = text;
    const found = await this.#session.engine.call('registry.find', { text, after: this.selected });
    return found.path !== null && (await this.goTo(found.path, found.value));
  }

  /** Moves the selection as a tree does. */
  async press(key: string, pageRows: number): Promise<void> {
    const row = this.row;
    const at = await this.#indexOf(this.selected);
    const total = this.tree.data?.total ?? 0;
    if (key === 'ArrowRight' && row?.expandable && !row.expanded) this.toggle(this.selected, true);
    else if (key === 'ArrowLeft' && row?.expanded) this.toggle(this.selected, false);
    else if (key === 'ArrowLeft') {
      const above = parentOf(this.selected);
      if (above) await this.#selectPath(above);
    } else {
      const to = {
        ArrowDown: at + 1,
        ArrowRight: at + 1,
        ArrowUp: at - 1,
        Home: 0,
        End: total - 1,
        PageDown: at + pageRows,
        PageUp: at - pageRows,
      }[key];
      if (to !== undefined) await this.#selectIndex(Math.max(0, Math.min(total - 1, to)));
    }
  }

  /** The next key below the selection whose name starts so; keys further away than what is loaded are not searched. */
  typeAhead(prefix: string): void {
    const rows = this.tree.data?.rows ?? [];
    const at = rows.findIndex((row) => sameKey(row.path, this.selected));
    const from = prefix.length > 1 ? Math.max(0, at) : at + 1;
    const found = [...rows.slice(from), ...rows.slice(0, from)].find((row) =>
      row.name.toLowerCase().startsWith(prefix.toLowerCase()),
    );
    if (found) void this.#selectPath(found.path);
  }

  #isExpanded(path: string): boolean {
    return this.#expanded.some((known) => sameKey(known, path));
  }

  #showTree(): void {
    this.tree.show({ expanded: [...this.#expanded], first: this.#first, count: this.#count });
  }

  async #selectPath(path: string): Promise<void> {
    this.select(path);
    await this.#bringIntoSight(path);
  }

  async #selectIndex(index: number): Promise<void> {
    const data = this.tree.data;
    const row =
      data?.rows[index - data.first] ??
      (
        await this.#session.engine.read('registryTree', {
          expanded: [...this.#expanded],
          first: index,
          count: 1,
        })
      ).rows[0];
    if (!row) return;
    this.select(row.path);
    this.reveal = { index };
  }

  async #bringIntoSight(path: string): Promise<void> {
    const index = await this.#indexOf(path);
    if (index >= 0) this.reveal = { index };
  }

  async #indexOf(path: string): Promise<number> {
    const rows = (
      await this.#session.engine.read('registryTree', {
        expanded: [...this.#expanded],
        first: 0,
        count: allRows,
      })
    ).rows;
    return rows.findIndex((row) => sameKey(row.path, path));
  }
}

export function sameKey(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
