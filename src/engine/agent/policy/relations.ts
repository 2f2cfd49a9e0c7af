import type { Detection } from '../win32/work.ts';
import type { AppPolicy, DependencyEdge } from './app-policy.ts';

/** Actions of the edges between apps, as the service numbers them. */
export const edgeActions = { detectOnly: 0, install: 10, update: 100, replace: 110 } as const;

export const isSupersedence = (edge: DependencyEdge): boolean => edge.action >= edgeActions.update;

/** What is known of the apps of a subgraph when their relations are worked out. */
export interface Known {
  /** App that the user asked for in Company Portal. */
  readonly requested: string | null;
  readonly found: Readonly<Record<string, Detection>>;
  /** 0 applicable; an app that was not looked at yet counts as applicable. */
  readonly applicable: Readonly<Record<string, number>>;
}

/** What the relations of a subgraph make of the intents that its apps are targeted with. */
export interface Relations {
  /** 0 left alone, 1 available and not asked for, 3 to be installed, 4 to be removed. */
  readonly intents: ReadonlyMap<string, number>;
  /** Superseded apps, each with the app that takes its place in the end. */
  readonly supersededBy: ReadonlyMap<string, string>;
  /** Superseded apps that are removed, each with the app that has it removed. */
  readonly replacedBy: ReadonlyMap<string, string>;
  /** Apps that need something which supersedence or an uninstall takes away, each with that app. */
  readonly conflicts: ReadonlyMap<string, string>;
  /** Apps that an app nobody targets supersedes and is detected, each with that app. */
  readonly untargeted: ReadonlyMap<string, string>;
  /** Apps nobody targets whose targeted successors are all not applicable. */
  readonly unreached: ReadonlySet<string>;
}

/**
 * Works out supersedence first, then dependencies: an app whose successor is wanted and applicable gives way to it; what
 * a wanted app needs is wanted too, unless it gives way. Successors that nobody targets do nothing.
 */
export function relationsOf(policies: readonly AppPolicy[], known: Known): Relations {
  const edges = policies.flatMap((policy) => policy.edges.filter((edge) => edge.parent === policy.id));
  const intents = new Map(policies.map((policy) => [policy.id, ownIntent(policy, known.requested)]));
  if (edges.length === 0)
    return {
      intents,
      supersededBy: none,
      replacedBy: none,
      conflicts: none,
      untargeted: none,
      unreached: nobody,
    };
  const valid = validSupersedence(edges, intents);
  const supersededBy = new Map<string, string>();
  const replacedBy = new Map<string, string>();
  const untargeted = new Map<string, string>();
  const unreached = new Set<string>();
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  /** A successor that nobody targets and is there all the same. */
  const inTheWay = (app: string): string | undefined =>
    ancestors(app, valid).find((one) => byId.get(one)?.intent === 0 && known.found[one] === 'Detected');
  const takesPlace = (app: string): boolean => {
    const policy = byId.get(app);
    if (policy === undefined || policy.intent === 0) return false;
    if (known.found[app] === 'Detected') return policy.intent !== 4;
    return intents.get(app) === 3 && (known.applicable[app] ?? 0) === 0 && inTheWay(app) === undefined;
  };
  for (const { id } of policies) {
    const above = ancestors(id, valid);
    // A circle, which the service does not allow, supersedes nothing.
    const successors = above.filter((one) => takesPlace(one) && !ancestors(one, valid).includes(id));
    const last = successors.find((one) => !ancestors(one, valid).some((other) => successors.includes(other)));
    if (last !== undefined) {
      supersededBy.set(id, last);
      const removes = valid.some((edge) => edge.child === id && edge.action === edgeActions.replace);
      if (removes && intents.get(last) === 3) replacedBy.set(id, last);
    } else {
      const there = inTheWay(id);
      if (there !== undefined) untargeted.set(id, there);
      const targeted = above.filter((one) => (byId.get(one)?.intent ?? 0) !== 0);
      if (intents.get(id) === 0 && targeted.length > 0 && targeted.every((one) => known.applicable[one] ?? 0))
        unreached.add(id);
    }
  }
  for (const [app] of supersededBy) if (intents.get(app) !== 4) intents.set(app, replacedBy.has(app) ? 4 : 0);
  for (const [app] of untargeted)
    if (intents.get(app) === 3 && known.found[app] !== 'Detected') intents.set(app, 0);
  const conflicts = wantDependencies(policies, edges, intents, supersededBy, known);
  return { intents, supersededBy, replacedBy, conflicts, untargeted, unreached };
}

const none: ReadonlyMap<string, string> = new Map();
const nobody: ReadonlySet<string> = new Set();

/** 3 required, 4 uninstall, 1 available; what a user asked for, or the service for the user, is wanted like a required app. */
function ownIntent(policy: AppPolicy, requested: string | null): number {
  const asked = policy.id === requested || policy.availableEnforcement;
  return policy.intent === 1 && asked ? 3 : policy.intent;
}

/** Supersedence does not go through between two apps that one wanted app needs both. */
function validSupersedence(
  edges: readonly DependencyEdge[],
  intents: ReadonlyMap<string, number>,
): readonly DependencyEdge[] {
  const needs = (parent: string, child: string): boolean =>
    edges.some((edge) => edge.parent === parent && edge.child === child && !isSupersedence(edge));
  const wanted = [...intents].flatMap(([app, intent]) => (intent === 3 ? [app] : []));
  return edges.filter(
    (edge) =>
      isSupersedence(edge) && !wanted.some((app) => needs(app, edge.parent) && needs(app, edge.child)),
  );
}

/** Apps that supersede this one, directly or by a chain; nearest first. */
function ancestors(app: string, edges: readonly DependencyEdge[]): readonly string[] {
  const out: string[] = [];
  const from = [app];
  for (let one = from.shift(); one !== undefined; one = from.shift())
    for (const edge of edges)
      if (edge.child === one && edge.parent !== app && !out.includes(edge.parent)) {
        out.push(edge.parent);
        from.push(edge.parent);
      }
  return out;
}

/** Makes wanted what wanted apps need; gives the apps whose need cannot be met because another wish is against it. */
function wantDependencies(
  policies: readonly AppPolicy[],
  edges: readonly DependencyEdge[],
  intents: Map<string, number>,
  supersededBy: ReadonlyMap<string, string>,
  known: Known,
): ReadonlyMap<string, string> {
  const conflicts = new Map<string, string>();
  // What becomes wanted is looked at in its turn; each app becomes so at most once.
  const queue = policies.flatMap(({ id }) => (intents.get(id) === 3 ? [id] : []));
  for (let id = queue.shift(); id !== undefined; id = queue.shift())
    for (const edge of edges) {
      if (edge.parent !== id || isSupersedence(edge) || !intents.has(edge.child)) continue;
      const intent = intents.get(edge.child);
      const against = supersededBy.has(edge.child) || intent === 4;
      if (against && (known.found[edge.child] !== 'Detected' || intent === 4)) conflicts.set(id, edge.child);
      else if (!against && edge.action === edgeActions.install && intent !== 3) {
        intents.set(edge.child, 3);
        queue.push(edge.child);
      }
    }
  return conflicts;
}
