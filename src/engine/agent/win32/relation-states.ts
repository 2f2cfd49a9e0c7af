import type { DeviceReader } from '../../device/device-reader.ts';
import * as msg from '../messages/install-messages.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import type { Relations } from '../policy/relations.ts';
import { edgeActions, isSupersedence } from '../policy/relations.ts';
import * as rules from '../rules/relation-rules.ts';
import type { Rule } from '../rules/rule.ts';
import type { StepBuilder } from '../step-builder.ts';
import { enforcementDelta } from './report-delta.ts';
import { impactOf, workRelations } from './reporting-impact.ts';
import { saveReportingState } from './reporting-state.ts';
import { readCompliance, readEnforcement, writeEnforcement } from './state-message.ts';
import type { Work } from './work.ts';

/** Enforcement states that an app has because of another; see `state-names.ts`. */
interface Reason {
  readonly state: number;
  readonly rule: Rule;
  /** The other app. */
  readonly app: string;
}

/** Why an app that is to be installed cannot be attempted: its relations; undefined where nothing is in the way. */
export function blockedBy(read: DeviceReader, work: Work, policy: AppPolicy): Reason | undefined {
  if (work.removes.includes(policy.id) || work.graph.apps.length < 2) return undefined;
  const relations = workRelations(read, work);
  const conflict = relations.conflicts.get(policy.id);
  if (conflict !== undefined) return { state: 5006, rule: rules.relationConflict, app: conflict };
  for (const [old, successor] of relations.replacedBy) {
    if (successor !== policy.id || work.found[old] === 'NotDetected') continue;
    const pending = enforcementOf(read, work, old) === 2011;
    const state = work.found[old] !== 'Detected' ? 6013 : pending ? 6010 : 6009;
    return { state, rule: rules.replacesFirst, app: old };
  }
  for (const edge of policy.edges) {
    if (edge.parent !== policy.id || isSupersedence(edge) || work.found[edge.child] === 'Detected') continue;
    return {
      state: missingDependency(read, work, edge.action, edge.child),
      rule: rules.dependencyBlocks,
      app: edge.child,
    };
  }
  return undefined;
}

function missingDependency(read: DeviceReader, work: Work, action: number, child: string): number {
  if (action !== edgeActions.install) return 6005;
  if ((work.applicable[child] ?? 0) !== 0) return 6003;
  return enforcementOf(read, work, child) === 2008 ? 6002 : 6001;
}

const enforcementOf = (read: DeviceReader, work: Work, app: string): number | undefined => {
  const policy = policyOf(read, app);
  return policy && readEnforcement(read, work.graph.scope, policy)?.EnforcementState;
};

/** Says of each app that waits for others of the plan what it waits for. */
export function storeProgress(to: StepBuilder, read: DeviceReader, work: Work, relations: Relations): void {
  for (const app of work.plan) {
    const policy = policyOf(read, app);
    if (policy === undefined || work.removes.includes(app)) continue;
    const removes = work.removes.some((old) => relations.replacedBy.get(old) === app);
    const needs = policy.edges.some(
      (edge) => edge.parent === app && !isSupersedence(edge) && work.plan.includes(edge.child),
    );
    if (removes || needs) storeState(to, read, work, policy, rules.relationProgress, removes ? 2010 : 2007);
  }
}

/** At the end of a subgraph: states that apps have because of others, where they are not stored already. */
export function storeRelationStates(to: StepBuilder, read: DeviceReader, work: Work): void {
  if (work.graph.apps.length < 2) return;
  const relations = workRelations(read, work);
  for (const app of work.graph.apps) {
    const policy = policyOf(read, app);
    if (policy === undefined || policy.filteredOut) continue;
    const because = relationState(read, work, policy, relations);
    if (because === undefined || enforcementOf(read, work, app) === because.state) continue;
    storeState(to, read, work, policy, because.rule, because.state, because.app);
  }
}

function relationState(
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  relations: Relations,
): Reason | undefined {
  const { id } = policy;
  const found = work.found[id];
  const now = enforcementOf(read, work, id);
  const successor = relations.supersededBy.get(id);
  if (successor !== undefined) {
    if (found !== 'NotDetected') return undefined;
    // An uninstall that was cut short leaves a state of progress; the app is gone all the same.
    const attempted = now === 1000 || (now !== undefined && now >= 2000 && now < 3000);
    const states = { rule: rules.supersedenceStates, app: successor };
    if (relations.replacedBy.has(id) && attempted) return { state: 1016, ...states };
    return now !== 1016 && work.found[successor] === 'Detected' ? { state: 1014, ...states } : undefined;
  }
  const untargeted = relations.untargeted.get(id);
  if (untargeted !== undefined && found === 'NotDetected')
    return { state: 6011, rule: rules.supersedenceStates, app: untargeted };
  if (found === 'Detected') return detectedState(read, work, policy, relations);
  const onlyDetected = work.graph.apps.some((parent) =>
    policyOf(read, parent)?.edges.some(
      (edge) => edge.parent === parent && edge.child === id && edge.action === edgeActions.detectOnly,
    ),
  );
  return onlyDetected && policy.intent === 0 && found === 'NotDetected' && relations.intents.get(id) === 0
    ? { state: 6004, rule: rules.dependencyBlocks, app: id }
    : undefined;
}

/** An installed app beside a superseded one that is still there, or without one that it needs. */
function detectedState(
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  relations: Relations,
): Reason | undefined {
  const { id } = policy;
  if (relations.intents.get(id) !== 3) return undefined;
  for (const [old, successor] of relations.supersededBy) {
    if (successor !== id || work.found[old] !== 'Detected') continue;
    if (!relations.replacedBy.has(old)) return { state: 1015, rule: rules.supersedenceStates, app: old };
    const pending = enforcementOf(read, work, old) === 2011;
    return { state: pending ? 1013 : 1012, rule: rules.supersedenceStates, app: old };
  }
  for (const edge of policy.edges) {
    if (edge.parent !== id || isSupersedence(edge) || work.found[edge.child] !== 'NotDetected') continue;
    const blocked = missingDependency(read, work, edge.action, edge.child);
    const state = { 6005: 1007, 6003: 1005, 6002: 1006 }[blocked] ?? 1004;
    return { state, rule: rules.dependencyLater, app: edge.child };
  }
  // Nothing is the matter any more.
  const now = enforcementOf(read, work, id) ?? 1000;
  return now > 1003 && now <= 1018 && now !== 1011
    ? { state: 1000, rule: rules.supersedenceStates, app: id }
    : undefined;
}

function storeState(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  rule: Rule,
  state: number,
  because: string = policy.id,
): void {
  const { scope } = work.graph;
  const before = readEnforcement(read, scope, policy);
  const errorCode = state < 2000 ? 0 : null;
  to.log(
    rule,
    msg.executionDelta,
    [policy.id, enforcementDelta(before, { EnforcementState: state, ErrorCode: errorCode })],
    { compared: { state, because } },
  );
  const enforcement = writeEnforcement(to, scope, policy, state, errorCode, { compared: { because } });
  const compliance = readCompliance(read, scope, policy);
  if (compliance !== undefined)
    saveReportingState(to, read, scope, work, policy, compliance, enforcement, impactOf(read, work, policy));
}
