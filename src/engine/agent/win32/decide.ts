import type { Instant } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as action from '../messages/action-messages.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import type { Relations } from '../policy/relations.ts';
import { relationsOf } from '../policy/relations.ts';
import * as rules from '../rules/evaluation-rules.ts';
import * as relationRules from '../rules/relation-rules.ts';
import type { Rule } from '../rules/rule.ts';
import type { ApplicabilityState } from '../state-names.ts';
import { applicabilityStates, desiredStates } from '../state-names.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { localText } from '../utc-text.ts';
import { installedVersion } from '../store/store-packages.ts';
import { applicabilityOf, desiredOf, storeCompliance } from './compliance.ts';
import { compareVersions } from './detection/compare.ts';
import { storeProgress } from './relation-states.ts';
import type { Times } from './schedule.ts';
import { isBefore, timesOf } from './schedule.ts';
import { readEnforcement } from './state-message.ts';
import { settleAfterRestart } from './restart-settles.ts';
import { grsOf } from './subgraph-stage.ts';
import { stageTimes } from './timing.ts';
import type { Work } from './work.ts';
import { runs, workOf } from './work.ts';

/** What is to be done with one app. */
type Verdict = 'install' | 'uninstall' | 'download' | 'nothing' | 'in-grs' | 'waits' | 'uninstalled';

/** An app with what is to be done with it. */
interface Judged {
  readonly policy: AppPolicy;
  readonly verdict: Verdict;
  readonly times: Times;
}

/** From detection, applicability, relations, times and GRS to the plan of the subgraph; compliance is stored for each app. */
export function decide(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policies = work.graph.apps.flatMap((app) => policyOf(read, app) ?? []);
  const relations = relationsOf(policies, work);
  const judged = policies.map((policy): Judged => {
    const times = timesOf(read, policy, policies, relations);
    return { policy, verdict: verdictOf(read, work, policy, relations, times), times };
  });
  for (const one of judged) {
    logState(to, read, work, one, relations);
    if (!one.policy.filteredOut) storeCompliance(to, read, work, one.policy, relations);
    settleAfterRestart(to, read, work, one.policy);
  }
  if (policies.length > 1) to.log(rules.actionPlan, action.calculating);
  for (const one of judged) logPlan(to, read, work, one, relations, policies.length > 1);
  const chosen = (...verdicts: readonly Verdict[]): readonly string[] =>
    judged.flatMap(({ policy, verdict }) => (verdicts.includes(verdict) ? [policy.id] : []));
  const removes = chosen('uninstall');
  const plan = [...removes, ...chosen('install', 'download')];
  const [first] = plan;
  const planned: Work = { ...work, plan, removes, app: first ?? work.app };
  if (policies.length > 1) storeProgress(to, read, planned, relations);
  to.enqueue(
    rules.actionPlan,
    first === undefined ? 'win32.subgraph-end' : 'win32.next-app',
    stageTimes.decision,
    planned,
  );
  return to.step();
}

function verdictOf(
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  relations: Relations,
  { start, deadline }: Times,
): Verdict {
  const intent = relations.intents.get(policy.id);
  const detection = work.found[policy.id];
  const applicable = work.applicable[policy.id] === 0;
  if (detection === 'Failed' || detection === undefined) return 'nothing';
  if (intent === 4) {
    if (detection === 'NotDetected') return 'uninstalled';
    if (isBefore(read, start) || isBefore(read, deadline)) return 'waits';
    return mayTry(read, work, policy) ? 'uninstall' : 'in-grs';
  }
  if (intent !== 3 || !applicable) return 'nothing';
  if (detection === 'Detected' && !isOutdated(read, work, policy)) return 'nothing';
  if (isBefore(read, start)) return 'waits';
  if (isBefore(read, deadline))
    // Cached once; until the deadline there is nothing else to do. What it needs comes with it then.
    return policy.intent === 0 || readEnforcement(read, work.graph.scope, policy)?.EnforcementState === 2009
      ? 'waits'
      : 'download';
  return mayTry(read, work, policy) ? 'install' : 'in-grs';
}

/** An app of the Store is wanted in its newest version. */
function isOutdated(read: DeviceReader, work: Work, policy: AppPolicy): boolean {
  const latest = work.latest?.[policy.id];
  const installed = latest === undefined ? null : installedVersion(read, work.graph.scope, policy);
  return latest !== undefined && installed !== null && (compareVersions(installed, latest) ?? 0) < 0;
}

const mayTry = (read: DeviceReader, work: Work, policy: AppPolicy): boolean =>
  work.requested !== null || grsOf(read, work.graph, policy.id).expired;

function logState(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  { policy, verdict, times }: Judged,
  relations: Relations,
): void {
  const grs = grsOf(read, work.graph, policy.id);
  const intent = relations.intents.get(policy.id) ?? 0;
  const applicable = applicabilityOf(work, policy, relations) as ApplicabilityState;
  const classification =
    intent === 0 || (applicable !== 0 && work.found[policy.id] !== 'Detected')
      ? 'NotApplicableOrNotTargeted'
      : verdict === 'waits' || intent === 1
        ? 'Ignore'
        : 'EnforcementPoint';
  const desired = desiredOf(work, policy, relations);
  to.log(
    rules.classification,
    action.state,
    [
      policy.id,
      work.graph.apps.length > 1 ? 'effective' : 'targeted',
      intentNames[intent] ?? 'NotTargeted',
      intent === 1 ? 'DetectOnly' : 'Enforceable',
      classification,
      desiredStates[desired as keyof typeof desiredStates],
      work.found[policy.id] === 'Failed' ? 'NotComputed' : (work.found[policy.id] ?? 'NotComputed'),
      applicabilityStates[applicable],
      'Clean',
      timeText(read, times.start),
      timeText(read, times.deadline),
      grs.expired,
    ],
    { compared: grs.compared },
  );
}

const intentNames: Readonly<Record<number, string>> = {
  // What a user asked for keeps its intent in the line and is enforceable.
  1: 'AvailableInstall',
  3: 'RequiredInstall',
  4: 'RequiredUninstall',
};

const timeText = (read: DeviceReader, time: Instant | null): string =>
  time === null ? '1/1/0001 12:00:00 AM' : localText(time, read.offsetAt(time));

/** What the action processor says of one app: what it wants, and whether something is done for it. */
function logPlan(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  { policy, verdict }: Judged,
  relations: Relations,
  related: boolean,
): void {
  const intent = relations.intents.get(policy.id);
  const why = whyOf(policy, relations);
  if (related) to.log(why.rule, action.updating, [policy.id], why);
  const removes = verdict === 'uninstall';
  const installs = intent === 3 && !['nothing', 'waits'].includes(verdict);
  to.log(rules.actionPlan, action.toUninstall, [removes ? 1 : 0, removes ? policy.id : ''])
    .log(rules.actionPlan, action.toInstall, [installs ? 1 : 0, installs ? policy.id : ''])
    .log(rules.actionPlan, action.toUninstallAfter, [0])
    .log(rules.actionPlan, action.evaluating, [policy.id]);
  if (verdict === 'in-grs') {
    const grs = grsOf(read, work.graph, policy.id);
    to.log(rules.grsBlocks, action.inGrs, [policy.id], { cause: grs.writer, compared: grs.compared });
  } else if (verdict === 'uninstalled') to.log(rules.actionPlan, action.uninstallDone, [policy.id]);
  else if (verdict === 'nothing' || verdict === 'waits')
    to.log(rules.actionPlan, action.noAction, [policy.id]);
}

/** The relation that makes of an app what it would not be by its own intent. */
function whyOf(
  policy: AppPolicy,
  relations: Relations,
): { readonly rule: Rule; readonly compared?: Readonly<Record<string, string>> } {
  const replacedBy = relations.replacedBy.get(policy.id);
  if (replacedBy !== undefined) return { rule: relationRules.replacesFirst, compared: { replacedBy } };
  const supersededBy = relations.supersededBy.get(policy.id);
  if (supersededBy !== undefined) return { rule: relationRules.supersedes, compared: { supersededBy } };
  const conflict = relations.conflicts.get(policy.id);
  if (conflict !== undefined) return { rule: relationRules.relationConflict, compared: { conflict } };
  return policy.intent === 0 && relations.intents.get(policy.id) === 3
    ? { rule: relationRules.dependencyWanted }
    : { rule: rules.actionPlan };
}
