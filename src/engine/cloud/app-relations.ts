import type { Guid } from '../../base/ids.ts';
import { AdminDataError } from './admin-data.ts';
import type { CloudApp, CloudState } from './cloud-state.ts';

/** Most apps in a graph of dependencies or of supersedence, as documented; the app itself counts. */
export const relationLimits = { dependencies: 100, supersedence: 11 } as const;

type Apps = CloudState['apps'];

/** Edges from an app to those it depends on or supersedes, as the policy document writes them. */
export interface RelationEdge {
  readonly from: Guid;
  readonly to: Guid;
  /** 0 detect, 10 install, 100 update, 110 replace. */
  readonly action: 0 | 10 | 100 | 110;
  readonly level: number;
}

const ownEdges = (app: CloudApp, level: number): readonly RelationEdge[] => [
  ...app.dependencies.map(({ app: to, autoInstall }): RelationEdge => ({
    from: app.id,
    to,
    action: autoInstall ? 10 : 0,
    level,
  })),
  ...app.supersedes.map(({ app: to, uninstall }): RelationEdge => ({
    from: app.id,
    to,
    action: uninstall ? 110 : 100,
    level,
  })),
];

/** Edges that begin at an app and at all that it leads to, each once, nearest first. */
export function edgesFrom(apps: Apps, app: CloudApp): readonly RelationEdge[] {
  const seen = new Set<Guid>([app.id]);
  const out: RelationEdge[] = [];
  let from: readonly CloudApp[] = [app];
  for (let level = 0; from.length > 0; level++) {
    const edges = from.flatMap((one) => ownEdges(one, level));
    out.push(...edges);
    from = edges.flatMap(({ to }) => {
      const next = apps[to];
      if (next === undefined || seen.has(to)) return [];
      seen.add(to);
      return [next];
    });
  }
  return out;
}

/** By app those that supersede it directly. */
function successors(apps: Apps): ReadonlyMap<Guid, readonly Guid[]> {
  let found = successorsOf.get(apps);
  if (found === undefined) {
    const map = new Map<Guid, Guid[]>();
    for (const app of Object.values(apps))
      for (const { app: old } of app.supersedes) map.set(old, [...(map.get(old) ?? []), app.id]);
    successorsOf.set(apps, (found = map));
  }
  return found;
}

const successorsOf = new WeakMap<Apps, ReadonlyMap<Guid, readonly Guid[]>>();

/** Apps that supersede this one, directly or by a chain. */
export function supersedingApps(apps: Apps, app: Guid): readonly Guid[] {
  const above = successors(apps);
  const out: Guid[] = [];
  for (const queue = [app]; queue.length > 0;)
    for (const one of above.get(queue.shift() as Guid) ?? [])
      if (one !== app && !out.includes(one)) {
        out.push(one);
        queue.push(one);
      }
  return out;
}

/** Apps that this one supersedes, directly or by a chain. */
export const supersededApps = (apps: Apps, app: Guid): readonly Guid[] => {
  const first = apps[app];
  if (first === undefined) return [];
  const all = closure(first, (one) => one.supersedes.flatMap(({ app: id }) => apps[id] ?? []));
  return [...all].flatMap((one) => (one.id === app ? [] : [one.id]));
};

/** Apps whose policies a device needs to judge one that targets it: what it leads to, and all that supersede any of them. */
export function relatedApps(apps: Apps, app: CloudApp): readonly Guid[] {
  const out = new Set<Guid>();
  for (const queue: Guid[] = [app.id]; queue.length > 0;) {
    const id = queue.shift() as Guid;
    const one = apps[id];
    if (one === undefined || out.has(id)) continue;
    out.add(id);
    queue.push(...ownEdges(one, 0).map(({ to }) => to), ...(successors(apps).get(id) ?? []));
  }
  out.delete(app.id);
  return [...out];
}

/** Refuses relations that the service does not allow. `apps` holds the app as it would be. */
export function checkRelations(apps: Apps, app: CloudApp): void {
  const refuse = (message: string): never => {
    throw new AdminDataError('admin-data', message, { app: app.id });
  };
  const both = app.dependencies.find(({ app: one }) => app.supersedes.some((other) => other.app === one));
  if (both) refuse('app.supersedes: an app that it depends on cannot be superseded by it.');
  for (const [field, targets, limit] of [
    ['dependencies', (one: CloudApp) => one.dependencies, relationLimits.dependencies],
    ['supersedes', (one: CloudApp) => one.supersedes, relationLimits.supersedence],
  ] as const) {
    const down = closure(app, (one) => targets(one).flatMap(({ app: id }) => apps[id] ?? []));
    if (
      targets(app).some(({ app: id }) => id === app.id) ||
      [...down].some((one) => one !== app && targets(one).some(({ app: id }) => id === app.id))
    )
      refuse(
        field === 'dependencies'
          ? 'app.dependencies: an app cannot depend on itself.'
          : 'app.supersedes: an app cannot supersede itself.',
      );
    const whole =
      field === 'dependencies'
        ? down
        : closure(app, (one) =>
            [...targets(one).map(({ app: id }) => id), ...supersedingApps(apps, one.id)].flatMap(
              (id) => apps[id] ?? [],
            ),
          );
    if (whole.size > limit) refuse(`app.${field}: at most ${limit} apps in one graph, found ${whole.size}.`);
  }
}

function closure(app: CloudApp, next: (one: CloudApp) => readonly CloudApp[]): ReadonlySet<CloudApp> {
  const out = new Set<CloudApp>();
  for (const queue = [app]; queue.length > 0;) {
    const one = queue.shift() as CloudApp;
    if (out.has(one)) continue;
    out.add(one);
    queue.push(...next(one));
  }
  return out;
}

/** An app with any relation cannot be deleted. */
export const isRelated = (apps: Apps, app: CloudApp): boolean =>
  app.dependencies.length > 0 ||
  app.supersedes.length > 0 ||
  Object.values(apps).some((one) =>
    [...one.dependencies, ...one.supersedes].some(({ app: id }) => id === app.id),
  );
