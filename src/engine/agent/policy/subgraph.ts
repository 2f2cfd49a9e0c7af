import { sha256 } from '@noble/hashes/sha2.js';
import { toUint8Array, utf8Encode } from '../../../base/bytes.ts';
import { toBase64 } from '../../../base/base64.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import { deviceScope } from '../paths.ts';
import type { AppPolicy } from './app-policy.ts';
import { documentsOf, policiesOf } from './app-policy.ts';

/** An app with all that is linked to it by dependency or supersedence: what the agent judges together. */
export type Subgraph = {
  /** Id of its first targeted app. */
  readonly id: string;
  /** All-zero id for the device, else the user's object id. */
  readonly scope: string;
  /** 44 characters of base64. */
  readonly hash: string;
  /** Children before the apps that need or supersede them. */
  readonly apps: readonly string[];
};

/** Subgraphs of the last answer; cut once for each answer and user. */
export function sessionSubgraphs(read: DeviceReader, user: string): readonly Subgraph[] {
  const documents = documentsOf(read);
  const before = cutBefore.get(documents)?.get(user);
  if (before) return before;
  const graphs = subgraphsOf(policiesOf(read), user);
  cutBefore.set(documents, new Map(cutBefore.get(documents)).set(user, graphs));
  return graphs;
}

const cutBefore = new WeakMap<object, Map<string, readonly Subgraph[]>>();

/** Cuts the policies of a session into subgraphs, in the order of the policies. */
export function subgraphsOf(policies: readonly AppPolicy[], user: string): readonly Subgraph[] {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const done = new Set<string>();
  const graphs: Subgraph[] = [];
  for (const policy of policies) {
    if (done.has(policy.id) || (policy.intent === 0 && !policy.filteredOut)) continue;
    const members = linked(policy, policies);
    const apps: string[] = [];
    for (const member of members) childrenFirst(member, byId, apps);
    for (const app of apps) done.add(app);
    const inGraph = apps.flatMap((app) => byId.get(app) ?? []);
    graphs.push({
      id: policy.id,
      scope: inGraph.some((one) => one.targetType === 1) ? user : deviceScope,
      hash: hashOf(inGraph),
      apps: inGraph.map((one) => one.id),
    });
  }
  return graphs;
}

/**
 * Apps that a relation links to the first, the first included. Without its own edges an app stands here only as what
 * another needs or supersedes; it comes in through that one.
 */
function linked(first: AppPolicy, policies: readonly AppPolicy[]): readonly AppPolicy[] {
  const apps = new Set([first.id, ...first.edges.map((edge) => edge.child)]);
  for (let grown = true; grown;) {
    grown = false;
    for (const policy of policies) {
      const touches = apps.has(policy.id) || policy.edges.some((edge) => apps.has(edge.child));
      const adds = [policy.id, ...policy.edges.map((edge) => edge.child)].filter((id) => !apps.has(id));
      if (touches && adds.length > 0) {
        for (const id of adds) apps.add(id);
        grown = true;
      }
    }
  }
  return policies.filter(
    (policy) =>
      apps.has(policy.id) && (policy.intent !== 0 || policy.edges.length > 0 || policy.id === first.id),
  );
}

/** `above`: apps that are being looked at; an edge back to one of them closes a circle and is left out. */
function childrenFirst(
  policy: AppPolicy,
  byId: ReadonlyMap<string, AppPolicy>,
  out: string[],
  above: readonly string[] = [],
): void {
  if (out.includes(policy.id) || above.includes(policy.id)) return;
  for (const edge of policy.edges) {
    const child = edge.parent === policy.id ? byId.get(edge.child) : undefined;
    if (child) childrenFirst(child, byId, out, [...above, policy.id]);
  }
  if (!out.includes(policy.id)) out.push(policy.id);
}

/**
 * Opaque to everybody but the agent; what exactly goes into it is not public. A new revision, intent or relation gives
 * a new hash, so the subgraph counts as new.
 */
function hashOf(apps: readonly AppPolicy[]): string {
  const canonical = apps
    .map((app) => {
      const edges = app.edges.map((edge) => `${edge.parent}>${edge.child}:${edge.action}`);
      return [app.id, app.revision, app.intent, ...edges].join(',');
    })
    .sort()
    .join(';');
  return toBase64(sha256(toUint8Array(utf8Encode(canonical))));
}
