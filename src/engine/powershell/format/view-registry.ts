import { differences } from '../dialects/index.ts';
import type { Value } from '../types/value.ts';
import { typeNamesOf } from '../types/type-of.ts';
import { commandViews } from './views/commands.ts';
import { deviceViews } from './views/device.ts';
import { errorViews } from './views/errors.ts';
import { fileViews } from './views/files.ts';
import { objectViews } from './views/objects.ts';
import { registryViews } from './views/registry.ts';
import { systemViews } from './views/system.ts';
import { timeViews } from './views/time.ts';
import { cimViews } from './views/cim.ts';
import { context } from '../types/ambient.ts';
import type { Session } from '../run/session.ts';
import type { Shape, View } from './view.ts';

const all: readonly View[] = [
  ...timeViews,
  ...objectViews,
  ...commandViews,
  ...fileViews,
  ...registryViews,
  ...systemViews,
  ...cimViews,
  ...deviceViews,
  ...errorViews,
];

const byType = new Map<string, View[]>();
for (const view of all)
  for (const type of view.types) {
    const key = type.toLowerCase();
    const list = byType.get(key);
    if (list) list.push(view);
    else byType.set(key, [view]);
  }

const stateKey = 'format-views';
const addedViews = (session: Session): readonly View[] =>
  (session.state.get(stateKey) as readonly View[] | undefined) ?? [];

/** Adds views of format files to a session: before or behind what it has of files so far. */
export function addViews(session: Session, views: readonly View[], prepend: boolean): void {
  const known = addedViews(session);
  session.state.set(stateKey, prepend ? [...views, ...known] : [...known, ...views]);
}

/** Views of a type: those of format files first. */
function viewsOf(type: string): readonly View[] {
  const lower = type.toLowerCase();
  const own = byType.get(lower) ?? [];
  const added = addedViews(context().session as Session);
  return added.length === 0
    ? own
    : [...added.filter((v) => v.types.some((t) => t.toLowerCase() === lower)), ...own];
}

export interface ViewQuery {
  /** undefined: any. */
  readonly shape?: Shape | undefined;
  readonly name?: string | undefined;
  readonly outOfBand?: boolean;
  readonly desktop: boolean;
}

function find(names: readonly string[], query: ViewQuery): View | undefined {
  for (const type of names)
    for (const view of viewsOf(type)) {
      if (view.dialect !== undefined && differences.format.views.desktopIn(view.dialect) !== query.desktop)
        continue;
      if ((view.outOfBand ?? false) !== (query.outOfBand ?? false)) continue;
      if (query.shape !== undefined && view.kind !== query.shape) continue;
      if (query.name !== undefined && view.name.toLowerCase() !== query.name.toLowerCase()) continue;
      return view;
    }
  return undefined;
}

/** The view for an object: that of its nearest type. Names of deserialized objects count as the original ones. */
export function viewFor(value: Value, query: ViewQuery): View | undefined {
  const names = typeNamesOf(value);
  const found = find(names, query);
  if (found) return found;
  const originals = names
    .filter((n) => n.startsWith('Deserialized.'))
    .map((n) => n.slice('Deserialized.'.length));
  return originals.length > 0 ? find(originals, query) : undefined;
}

/** Whether a layout made by this view can show the object. */
export function applies(view: View, value: Value): boolean {
  const known = new Set(view.types.map((t) => t.toLowerCase()));
  return typeNamesOf(value).some(
    (n) =>
      known.has(n.toLowerCase()) || (n.startsWith('Deserialized.') && known.has(n.slice(13).toLowerCase())),
  );
}

/** Names of the views a type has of one shape, for the error of an unknown view. */
export function viewNames(value: Value, shape: Shape, desktop: boolean): string[] {
  const names: string[] = [];
  for (const type of typeNamesOf(value))
    for (const view of viewsOf(type))
      if (
        view.kind === shape &&
        (view.dialect === undefined || differences.format.views.desktopIn(view.dialect) === desktop)
      )
        names.push(view.name);
  return names;
}
