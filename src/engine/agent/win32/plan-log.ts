import type { Instant } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import * as action from '../messages/action-messages.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import type { Relations } from '../policy/relations.ts';
import * as rules from '../rules/evaluation-rules.ts';
import * as relationRules from '../rules/relation-rules.ts';
import type { Rule } from '../rules/rule.ts';
import { storeLatest } from '../rules/store-rules.ts';
import type { ApplicabilityState } from '../state-names.ts';
import { applicabilityStates, desiredStates } from '../state-names.ts';
import type { StepBuilder } from '../step-builder.ts';
import { localText } from '../utc-text.ts';
import { applicabilityOf, desiredOf } from './compliance.ts';
import { grsOf } from './subgraph-stage.ts';
import type { Judged } from './verdict.ts';
import type { Work } from './work.ts';

/** The line that tells all the action processor knows of one app. */
export function logState(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  { policy, verdict, times }: Judged,
  relations: Relations,
  which: 'targeted' | 'effective',
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
      which,
      policy.intent === 1 && intent === 3 ? 'AvailableInstall' : (intentNames[intent] ?? 'NotTargeted'),
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
  1: 'AvailableInstall',
  3: 'RequiredInstall',
  4: 'RequiredUninstall',
};

const timeText = (read: DeviceReader, time: Instant | null): string =>
  time === null ? '1/1/0001 12:00:00 AM' : localText(time, read.offsetAt(time));

/**
 * What the action processor says of one app: what it wants, and whether something is done for it. `attempted`: apps whose
 * turn was in an earlier pass.
 */
export function logPlan(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  { policy, verdict }: Judged,
  relations: Relations,
  attempted: readonly string[] = [],
): void {
  const intent = relations.intents.get(policy.id);
  const why = whyOf(read, work, policy, relations);
  if (work.graph.apps.length > 1) to.log(why.rule, action.updating, [policy.id], why);
  // Both lists name what is wanted, whether something is left to do for it or not.
  const removes = intent === 4;
  const installs = intent === 3 && (work.applicable[policy.id] ?? 0) === 0;
  const tries = ['install', 'download', 'in-grs'].includes(verdict) && installs;
  // Only an app of the Store that is there is wanted again: in a newer version.
  const isNewer = tries && work.found[policy.id] === 'Detected';
  to.log(rules.actionPlan, action.toUninstall, [removes ? 1 : 0, removes ? policy.id : ''])
    .log(isNewer ? storeLatest : rules.actionPlan, action.toInstall, [
      installs ? 1 : 0,
      installs ? policy.id : '',
    ])
    .log(rules.actionPlan, action.toUninstallAfter, [0])
    .log(rules.actionPlan, action.evaluating, [policy.id]);
  if (tries && attempted.includes(policy.id)) to.log(rules.attemptedOnce, action.attempted, [policy.id]);
  else if (verdict === 'in-grs') {
    const grs = grsOf(read, work.graph, policy.id);
    to.log(rules.grsBlocks, action.inGrs, [policy.id], { cause: grs.writer, compared: grs.compared });
  } else if (verdict === 'uninstalled') to.log(rules.actionPlan, action.uninstallDone, [policy.id]);
  else if (verdict === 'nothing' || verdict === 'waits')
    to.log(rules.actionPlan, action.noAction, [policy.id]);
}

/** The relation that makes of an app what it would not be by its own intent. */
function whyOf(
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  relations: Relations,
): { readonly rule: Rule; readonly compared?: Readonly<Record<string, string>> } {
  const supersededBy = relations.supersededBy.get(policy.id);
  if (supersededBy !== undefined) {
    const direct = policyOf(read, supersededBy)?.edges.some(
      (edge) => edge.parent === supersededBy && edge.child === policy.id,
    );
    if (direct !== true) return { rule: relationRules.supersedenceChain, compared: { supersededBy } };
    if (!relations.replacedBy.has(policy.id))
      return { rule: relationRules.supersedes, compared: { supersededBy } };
    const beside = work.found[supersededBy] === 'Detected';
    return {
      rule: beside ? relationRules.replacesLater : relationRules.replacesFirst,
      compared: { replacedBy: supersededBy },
    };
  }
  const conflict = relations.conflicts.get(policy.id);
  if (conflict !== undefined) return { rule: relationRules.relationConflict, compared: { conflict } };
  return policy.intent === 0 && relations.intents.get(policy.id) === 3
    ? { rule: relationRules.dependencyWanted }
    : { rule: rules.actionPlan };
}
