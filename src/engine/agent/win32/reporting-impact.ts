import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { AppPolicy, DependencyEdge } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import type { Relations } from '../policy/relations.ts';
import { edgeActions, isSupersedence, relationsOf } from '../policy/relations.ts';
import type { Work } from './work.ts';

/** Numbers of the document; what 1 means in both fields is read off two samples, the other numbers are inferred. */
const relationshipTypes = { supersedence: 1, dependency: 2 } as const;
const relativeTypes = { child: 1, parent: 2 } as const;
const classifications = { conflict: 1, satisfied: 2, superseded: 3 } as const;
const conflictReasons = { none: 0, supersededDependency: 1, dependencyNotInstalled: 2 } as const;

/** Relations of the subgraph that the work is in, as its state stands now. */
export function workRelations(read: DeviceReader, work: Work): Relations {
  return relationsOf(
    work.graph.apps.flatMap((app) => policyOf(read, app) ?? []),
    work,
  );
}

/** `ReportingImpact` of an app: which related apps bear on it; null where none does. */
export function impactOf(read: DeviceReader, work: Work, policy: AppPolicy): QueueData {
  if (work.graph.apps.length < 2) return null;
  const relations = workRelations(read, work);
  const edges = work.graph.apps.flatMap(
    (app) => policyOf(read, app)?.edges.filter((edge) => edge.parent === app) ?? [],
  );
  const near = edges.filter((edge) => edge.parent === policy.id || edge.child === policy.id);
  const missing = near.filter(
    (edge) =>
      edge.parent === policy.id &&
      edge.action === edgeActions.detectOnly &&
      work.found[edge.child] !== 'Detected',
  );
  const superseded = relations.supersededBy.has(policy.id);
  const conflict = relations.conflicts.get(policy.id);
  const bearing = superseded
    ? near.filter((edge) => isSupersedence(edge) && edge.child === policy.id)
    : conflict !== undefined
      ? near.filter((edge) => edge.child === conflict)
      : missing.length > 0
        ? missing
        : near.filter((edge) => edge.parent === policy.id);
  if (bearing.length === 0) return null;
  const desired = (app: string): number =>
    ({ 3: 3, 4: 2 })[relations.intents.get(app) ?? 0] ?? (relations.supersededBy.has(app) ? 2 : 0);
  return {
    DesiredState: desired(policy.id),
    Classification: superseded
      ? classifications.superseded
      : conflict !== undefined || missing.length > 0
        ? classifications.conflict
        : classifications.satisfied,
    ConflictReason: superseded
      ? conflictReasons.none
      : conflict !== undefined
        ? conflictReasons.supersededDependency
        : missing.length > 0
          ? conflictReasons.dependencyNotInstalled
          : conflictReasons.none,
    ImpactingApps: bearing.map((edge) => impacting(edge, policy.id, desired)),
  };
}

function impacting(edge: DependencyEdge, app: string, desired: (app: string) => number): QueueData {
  const isChild = edge.parent === app;
  const other = isChild ? edge.child : edge.parent;
  return {
    AppId: other,
    RelationshipType: isSupersedence(edge) ? relationshipTypes.supersedence : relationshipTypes.dependency,
    RelativeType: isChild ? relativeTypes.child : relativeTypes.parent,
    DesiredState: desired(other),
  };
}
