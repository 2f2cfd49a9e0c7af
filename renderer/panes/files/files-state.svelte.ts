import { folderOf, joinPath, labFolder, samePath } from '../../state/agent-places.ts';
import type { LabSession } from '../../state/lab-session.svelte.ts';
import { placeOf } from '../../state/place.ts';
import { ViewStore } from '../../state/view-store.svelte.ts';
import type { ViewData } from '../../../src/protocol/views.ts';

export type FileRow = ViewData<'files'>['rows'][number];
export type SortColumn = 'name' | 'modified' | 'size';

/** Rows of a folder that are read; more are counted, not shown. */
const folderRows = 10_000;
const previewLines = 1000;

/** Which folder is shown, in which order, and which entry is selected. */
export class FilesState {
  readonly folder: ViewStore<'files'>;
  readonly text: ViewStore<'fileText'>;
  path = $state('');
  /** Name of the selected entry. */
  selected = $state<string | null>(null);
  sort = $state.raw<{ column: SortColumn; down: boolean }>({ column: 'name', down: false });
  reveal = $state.raw<{ position: number } | null>(null);
  readonly #session: LabSession;
  readonly #sorted = $derived.by(() => sorted(this.folder.data?.rows ?? [], this.sort));

  constructor(session: LabSession) {
    this.#session = session;
    this.folder = new ViewStore(session.engine, 'files');
    this.text = new ViewStore(session.engine, 'fileText');
    this.show(labFolder);
    session.workspace.onTarget('files', (target) => void this.goTo(target));
  }

  get rows(): readonly FileRow[] {
    return this.#sorted;
  }

  get row(): FileRow | undefined {
    return this.rows.find((row) => row.name === this.selected);
  }

  get position(): number {
    return this.rows.findIndex((row) => row.name === this.selected);
  }

  pathOf(row: FileRow): string {
    return joinPath(this.path, row.name);
  }

  show(path: string, select: string | null = null): void {
    const bare = path.replace(/\\+$/, '');
    this.path = /^[A-Za-z]:$/.test(bare) ? `${bare}\\` : bare;
    this.folder.show({ path: this.path, first: 0, count: folderRows });
    this.select(select);
  }

  select(name: string | null): void {
    this.selected = name;
    if (name === null) this.text.close();
    else this.text.show({ path: joinPath(this.path, name), first: 0, count: previewLines });
  }

  selectAt(position: number): void {
    const to = Math.max(0, Math.min(this.rows.length - 1, position));
    const row = this.rows[to];
    if (!row) return;
    this.select(row.name);
    this.reveal = { position: to };
  }

  /** A folder is shown; a file is selected in its folder. False where the path names no drive. */
  async goTo(text: string): Promise<boolean> {
    const path = text
      .trim()
      .replace(/^["']|["']$/g, '')
      .replaceAll('/', '\\');
    if (!/^[A-Za-z]:(\\|$)/.test(path)) return false;
    const asked = await this.#session.engine.read('files', { path, first: 0, count: 1 });
    if (asked.exists) this.show(asked.path);
    else {
      const above = folderOf(path);
      const folder = await this.#session.engine.read('files', { path: above, first: 0, count: folderRows });
      const name = path.replace(/\\+$/, '').split('\\').at(-1) ?? '';
      const entry = folder.rows.find((row) => row.name.toLowerCase() === name.toLowerCase());
      if (entry) this.show(above, entry.name);
      else this.show(path);
    }
    return true;
  }

  up(): void {
    const name = this.path.replace(/\\+$/, '').split('\\').at(-1) ?? null;
    const above = folderOf(this.path);
    if (above !== '' && !samePath(above, this.path)) this.show(above, name);
  }

  /** A folder opens here; a log, a script or another file where it is read best. */
  open(row: FileRow): void {
    const path = this.pathOf(row);
    const place = placeOf(path);
    if (row.directory) this.show(path);
    else if (place && place.pane !== 'files') this.#session.workspace.open(place.pane, place.target);
    else if (this.text.data?.text) this.#session.workspace.open('script', path);
  }

  sortBy(column: SortColumn): void {
    this.sort = { column, down: this.sort.column === column ? !this.sort.down : column !== 'name' };
  }

  /** The next entry whose name starts so. */
  typeAhead(prefix: string): void {
    const from = this.position + (prefix.length > 1 ? 0 : 1);
    const order = [...this.rows.slice(from), ...this.rows.slice(0, from)];
    const found = order.find((row) => row.name.toLowerCase().startsWith(prefix.toLowerCase()));
    if (found) this.selectAt(this.rows.indexOf(found));
  }

  find(text: string, back: boolean): boolean {
    const sought = text.toLowerCase();
    const at = this.position;
    const order = [...this.rows.slice(at + 1), ...this.rows.slice(0, at + 1)];
    const found = (back ? order.slice(0, -1).reverse() : order).find((row) =>
      row.name.toLowerCase().includes(sought),
    );
    if (found) this.selectAt(this.rows.indexOf(found));
    return found !== undefined;
  }
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Folders first, as Explorer shows them. */
function sorted(rows: readonly FileRow[], by: { column: SortColumn; down: boolean }): FileRow[] {
  const sign = by.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (a.directory !== b.directory) return a.directory ? -1 : 1;
    const names = order.compare(a.name, b.name);
    if (by.column === 'name') return names * sign;
    return (a[by.column] - b[by.column]) * sign || names;
  });
}
