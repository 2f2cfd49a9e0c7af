import type { Instant } from '../../../base/time.ts';
import { instant } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as action from '../messages/action-messages.ts';
import * as msg from '../messages/subgraph-messages.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { deadlineOf, policyOf, startOf } from '../policy/app-policy.ts';
import { complianceState } from '../rules/enforcement-rules.ts';
import * as rules from '../rules/evaluation-rules.ts';
import type { ApplicabilityState } from '../state-names.ts';
import {
  applicabilityStates,
  complianceStates,
  desiredStates,
  invalidDetectionRule,
} from '../state-names.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { localText } from '../utc-text.ts';
import { saveReportingState } from './reporting-state.ts';
import type { ComplianceMessage } from './state-message.ts';
import { readCompliance, readEnforcement, writeCompliance } from './state-message.ts';
import { grsOf } from './subgraph-stage.ts';
import { stageTimes } from './timing.ts';
import type { Work } from './work.ts';
import { runs, workOf } from './work.ts';

/** What is to be done with one app. */
type Verdict =
  | { readonly kind: 'install' | 'uninstall' | 'download' }
  | { readonly kind: 'nothing' | 'in-grs' | 'waits' | 'uninstalled' };

/** From detection, applicability, times and GRS to the plan of the subgraph; compliance is stored for each app. */
export function decide(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policies = work.graph.apps.flatMap((app) => policyOf(read, app) ?? []);
  const plan: string[] = [];
  const verdicts = policies.map((policy) => ({ policy, verdict: verdictOf(read, work, policy, policies) }));
  for (const { policy, verdict } of verdicts) {
    logState(to, read, work, policy, policies, verdict);
    storeCompliance(to, read, work, policy, policies);
  }
  const installs = verdicts.filter(({ verdict }) => ['install', 'download', 'in-grs'].includes(verdict.kind));
  const removals = verdicts.filter(({ verdict }) => verdict.kind === 'uninstall');
  if (policies.length > 1)
    to.log(rules.actionPlan, action.calculating).log(rules.actionPlan, action.updating, [work.graph.id]);
  to.log(rules.actionPlan, action.toUninstall, [removals.length, idsOf(removals)]);
  to.log(rules.actionPlan, action.toInstall, [installs.length, idsOf(installs)]);
  for (const { policy, verdict } of verdicts) {
    to.log(rules.actionPlan, action.evaluating, [policy.id]);
    if (verdict.kind === 'in-grs') {
      const grs = grsOf(read, work.graph, policy.id);
      to.log(rules.grsBlocks, action.inGrs, [policy.id], { cause: grs.writer, compared: grs.compared });
    } else if (verdict.kind === 'uninstalled') to.log(rules.actionPlan, action.uninstallDone, [policy.id]);
    else if (verdict.kind === 'nothing' || verdict.kind === 'waits')
      to.log(rules.actionPlan, action.noAction, [policy.id]);
    else plan.push(policy.id);
  }
  to.log(rules.actionPlan, action.toUninstallAfter, [0]);
  const [first] = plan;
  to.enqueue(
    rules.actionPlan,
    first === undefined ? 'win32.subgraph-end' : 'win32.next-app',
    stageTimes.decision,
    { ...work, plan, app: first ?? work.app },
  );
  return to.step();
}

const idsOf = (list: readonly { readonly policy: AppPolicy }[]): string =>
  list.map(({ policy }) => policy.id).join(', ');

/** 3 required, 4 uninstall, 1 available; a dependency is wanted where an app that needs it is and may bring it. */
export function effectiveIntent(
  policy: AppPolicy,
  policies: readonly AppPolicy[],
  requested: string | null,
): number {
  // What a user asked for is wanted like a required app.
  if (policy.intent === 1 && policy.id === requested) return 3;
  if (policy.intent !== 0) return policy.intent;
  const wanted = policies.some(
    (parent) =>
      (parent.intent === 3 || parent.id === requested) &&
      parent.edges.some((edge) => edge.child === policy.id && edge.action === 10),
  );
  return wanted ? 3 : 0;
}

function verdictOf(
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  policies: readonly AppPolicy[],
): Verdict {
  const intent = effectiveIntent(policy, policies, work.requested);
  const detection = work.found[policy.id];
  const applicable = work.applicable[policy.id] === 0;
  if (detection === 'Failed' || detection === undefined) return { kind: 'nothing' };
  if (intent === 4) {
    if (detection === 'NotDetected') return { kind: 'uninstalled' };
    if (isBefore(read, startOf(read, policy)) || isBefore(read, deadlineOf(read, policy)))
      return { kind: 'waits' };
    return { kind: grsOf(read, work.graph, policy.id).expired ? 'uninstall' : 'in-grs' };
  }
  if (intent !== 3 || detection === 'Detected' || !applicable) return { kind: 'nothing' };
  if (isBefore(read, startOf(read, policy))) return { kind: 'waits' };
  if (isBefore(read, deadlineOf(read, policy)))
    // Cached once; until the deadline there is nothing else to do.
    return readEnforcement(read, work.graph.scope, policy)?.EnforcementState === 2009
      ? { kind: 'waits' }
      : { kind: 'download' };
  return {
    kind: work.requested !== null || grsOf(read, work.graph, policy.id).expired ? 'install' : 'in-grs',
  };
}

const isBefore = (read: DeviceReader, time: Instant | null): boolean => time !== null && read.now < time;

function logState(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  policies: readonly AppPolicy[],
  verdict: Verdict,
): void {
  const grs = grsOf(read, work.graph, policy.id);
  const applicable = (work.applicable[policy.id] ?? 0) as ApplicabilityState;
  const classification =
    applicable !== 0 && work.found[policy.id] !== 'Detected'
      ? 'NotApplicableOrNotTargeted'
      : verdict.kind === 'waits' || (policy.intent === 1 && policy.id !== work.requested)
        ? 'Ignore'
        : 'EnforcementPoint';
  const desired = desiredOf(work, policy, policies);
  to.log(
    rules.classification,
    action.state,
    [
      policy.id,
      policies.length > 1 ? 'effective' : 'targeted',
      { 0: 'NotTargeted', 1: 'AvailableInstall', 3: 'RequiredInstall', 4: 'RequiredUninstall' }[
        policy.intent === 0 ? effectiveIntent(policy, policies, work.requested) : policy.intent
      ] ?? 'NotTargeted',
      policy.intent === 1 && policy.id !== work.requested ? 'DetectOnly' : 'Enforceable',
      classification,
      desiredStates[desired as keyof typeof desiredStates],
      work.found[policy.id] === 'Failed' ? 'NotComputed' : (work.found[policy.id] ?? 'NotComputed'),
      applicabilityStates[applicable],
      'Clean',
      timeText(read, startOf(read, policy)),
      timeText(read, deadlineOf(read, policy)),
      grs.expired,
    ],
    { compared: grs.compared },
  );
}

function timeText(read: DeviceReader, time: Instant | null): string {
  return time === null ? '1/1/0001 12:00:00 AM' : localText(instant(time), read.offsetAt(time));
}

/** 0 none, 1 not present, 2 present, 4 available. */
function desiredOf(work: Work, policy: AppPolicy, policies: readonly AppPolicy[]): number {
  const intent = policy.intent === 1 ? 1 : effectiveIntent(policy, policies, work.requested);
  const outOfReach = (work.applicable[policy.id] ?? 0) !== 0 && work.found[policy.id] !== 'Detected';
  if (outOfReach || intent === 0) return 0;
  return intent === 4 ? 1 : intent === 1 ? 4 : 2;
}

function storeCompliance(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  policies: readonly AppPolicy[],
): void {
  const { scope } = work.graph;
  const before = readCompliance(read, scope, policy);
  const detection = work.found[policy.id];
  const failed = detection === 'Failed' || detection === undefined;
  const compliance = writeCompliance(
    to,
    read,
    scope,
    policy,
    {
      // A detected app counts as applicable whatever its requirements say.
      Applicability: detection === 'Detected' ? 0 : (work.applicable[policy.id] ?? 0),
      ComplianceState: failed ? 4 : detection === 'Detected' ? 1 : 2,
      DesiredState: desiredOf(work, policy, policies),
      ErrorCode: failed ? invalidDetectionRule : null,
    },
    { compared: { detection: detection ?? 'NotComputed', applicability: work.applicable[policy.id] ?? 0 } },
  );
  logDeltas(to, policy.id, before, compliance);
  saveReportingState(
    to,
    read,
    scope,
    work.session.user,
    policy,
    compliance,
    readEnforcement(read, scope, policy),
  );
}

/** Lines on what is different from the stored state. */
export function logDeltas(
  to: StepBuilder,
  app: string,
  before: ComplianceMessage | undefined,
  now: ComplianceMessage,
): void {
  const delta = (field: string, old: string | null, value: string): string =>
    JSON.stringify({ [field]: { OldValue: old, NewValue: value } });
  if (before?.ComplianceState !== now.ComplianceState)
    to.log(complianceState, msg.detectionDelta, [
      app,
      delta(
        'DetectionState',
        nameIn(complianceStates, before?.ComplianceState),
        nameIn(complianceStates, now.ComplianceState) ?? '',
      ),
    ]);
  if (before?.Applicability !== now.Applicability)
    to.log(complianceState, msg.applicabilityDelta, [
      app,
      delta(
        'ApplicabilityState',
        nameIn(applicabilityStates, before?.Applicability),
        nameIn(applicabilityStates, now.Applicability) ?? '',
      ),
    ]);
  if (before?.DesiredState !== now.DesiredState)
    to.log(complianceState, msg.desiredDelta, [
      app,
      delta(
        'DesiredState',
        nameIn(desiredStates, before?.DesiredState),
        nameIn(desiredStates, now.DesiredState) ?? '',
      ),
    ]);
}

const nameIn = (table: Readonly<Record<number, string>>, value: number | undefined): string | null =>
  value === undefined ? null : (table[value] ?? null);
