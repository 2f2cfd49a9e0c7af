import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as action from '../messages/action-messages.ts';
import * as rules from '../rules/evaluation-rules.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { storeCompliance } from './compliance.ts';
import { logPlan, logState } from './plan-log.ts';
import { storeProgress } from './relation-states.ts';
import { settleAfterRestart } from './restart-settles.ts';
import { stageTimes } from './timing.ts';
import type { Verdict } from './verdict.ts';
import { judge } from './verdict.ts';
import type { Work } from './work.ts';
import { runs, workOf } from './work.ts';

/** From detection, applicability, relations, times and GRS to the plan of the subgraph; compliance is stored for each app. */
export function decide(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const { judged, relations } = judge(read, work);
  const related = judged.length > 1;
  for (const one of judged) {
    logState(to, read, work, one, relations, related ? 'effective' : 'targeted');
    if (!one.policy.filteredOut) storeCompliance(to, read, work, one.policy, relations);
    settleAfterRestart(to, read, work, one.policy);
  }
  if (related) to.log(rules.actionPlan, action.calculating);
  for (const one of judged) logPlan(to, read, work, one, relations);
  const chosen = (...verdicts: readonly Verdict[]): readonly string[] =>
    judged.flatMap(({ policy, verdict }) => (verdicts.includes(verdict) ? [policy.id] : []));
  const removes = chosen('uninstall');
  const plan = [...removes, ...chosen('install', 'download')];
  const [first] = plan;
  const planned: Work = { ...work, plan, removes, app: first ?? work.app };
  if (related) storeProgress(to, read, planned, relations);
  to.enqueue(
    rules.actionPlan,
    first === undefined ? 'win32.subgraph-end' : 'win32.next-app',
    stageTimes.decision,
    planned,
  );
  return to.step();
}

/** After the apps of the plan had their turn the subgraph is judged once more; what was attempted is not attempted again. */
export function laterPass(to: StepBuilder, read: DeviceReader, work: Work): void {
  const attempted = work.grs.map(([app]) => app);
  const { judged, relations } = judge(read, work);
  for (const one of judged) logState(to, read, work, one, relations, 'effective');
  if (judged.length > 1) to.log(rules.actionPlan, action.calculating);
  for (const one of judged) logPlan(to, read, work, one, relations, attempted);
}
