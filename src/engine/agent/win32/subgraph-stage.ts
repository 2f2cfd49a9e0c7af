import type { EventId } from '../../../base/ids.ts';
import type { Instant } from '../../../base/time.ts';
import { instant, minutes } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/subgraph-messages.ts';
import * as action from '../messages/action-messages.ts';
import { deviceScope, grsKey, reevaluationKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { deadlineOf, policyOf, startOf } from '../policy/app-policy.ts';
import type { Subgraph } from '../policy/subgraph.ts';
import * as rules from '../rules/evaluation-rules.ts';
import { availableRequest, stateScope, subgraphs } from '../rules/check-in-rules.ts';
import { filteredOut } from '../rules/relation-rules.ts';
import type { Step } from '../step.ts';
import type { Because } from '../step-builder.ts';
import { nothing, StepBuilder, text } from '../step-builder.ts';
import { durationText, utcText } from '../utc-text.ts';
import { saveReportingState } from './reporting-state.ts';
import { bareCheckIn, next } from './session.ts';
import { readCompliance, writeCompliance } from './state-message.ts';
import { waitedForRestart } from './restart-settles.ts';
import { timeValue } from './stored.ts';
import { stageTimes } from './timing.ts';
import type { Work } from './work.ts';
import { runs, workOf } from './work.ts';

/** What is stored of an app's last attempt, against the window. */
export interface Grs {
  /** Undefined: no value, which counts as expired. */
  readonly time: Instant | undefined;
  readonly expired: boolean;
  readonly writer: EventId | null;
  readonly compared: NonNullable<Because['compared']>;
}

const grsWindow = rules.grsWindow.parameters?.['window'] as number;
const grsWindowText = durationText(grsWindow);

export function grsOf(read: DeviceReader, graph: Subgraph, app: string): Grs {
  const stored = read.value('HKLM', grsKey(graph.scope, graph.hash), app);
  // A value that is no time cannot be compared; it counts as none.
  const time = timeValue(stored);
  return {
    time,
    expired: time === undefined || read.now - time >= grsWindow,
    writer: stored?.writer ?? null,
    compared: {
      stored: time === undefined ? null : utcText(time),
      now: utcText(read.now),
      interval: grsWindowText,
      expires: time === undefined ? null : utcText(instant(time + grsWindow)),
    },
  };
}

/** A subgraph's turn: GRS values are read, then the re-evaluation time says whether it is looked at. */
export function subgraphStage(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const { graph } = work;
  const policies = graph.apps.flatMap((app) => policyOf(read, app) ?? []);
  to.log(subgraphs, msg.starts, [graph.apps.join(', ')]);
  if (
    policies.every((one) => one.filteredOut || one.intent === 0) &&
    policies.some((one) => one.filteredOut)
  ) {
    to.log(filteredOut, msg.filteredOut, [], {
      compared: { filters: policies.flatMap((one) => one.filters ?? []).join(', ') },
    });
    next(to, read, bareCheckIn(work), work.position + 1);
    return to.step();
  }
  to.log(stateScope, msg.grsReading, [graph.scope, graph.hash]);
  for (const app of graph.apps) logGrs(to, read, work, app);

  if (work.session.user === deviceScope && policies.every((one) => one.runAs === 'user')) {
    reportUnknown(to, read, work, policies);
    next(to, read, bareCheckIn(work), work.position + 1);
    return to.step();
  }
  if (!isDue(to, read, work, policies)) {
    to.log(rules.reevaluationInterval, msg.skipped);
    next(to, read, bareCheckIn(work), work.position + 1);
    return to.step();
  }
  const now = utcText(read.now);
  to.log(rules.reevaluationInterval, msg.evaluationSet, [now, graph.hash])
    .set(rules.reevaluationPlace, reevaluationKey(graph.scope), graph.hash, text(now))
    .log(rules.classification, action.initializing)
    .log(rules.detectionRuns, msg.detectionInvoked, [graph.apps.length])
    .enqueue(rules.detectionRuns, 'win32.detect', stageTimes.detection, {
      ...work,
      app: graph.apps[0] ?? graph.id,
    });
  return to.step();
}

function logGrs(to: StepBuilder, read: DeviceReader, work: Work, app: string): void {
  const { graph } = work;
  const grs = grsOf(read, graph, app);
  if (grs.time === undefined) {
    to.log(rules.grsWindow, msg.grsNone, [app, graph.hash]);
    return;
  }
  const time = utcText(grs.time);
  const because = { cause: grs.writer, compared: grs.compared };
  to.log(rules.grsRead, msg.grsFound, [time, graph.scope, graph.hash, app], because);
  if (!grs.expired && work.requested === app) to.log(availableRequest, msg.grsOverruled, [app, graph.hash]);
  else
    to.log(
      rules.grsWindow,
      grs.expired ? msg.grsExpired : msg.grsNotExpired,
      [app, graph.hash, time],
      because,
    );
}

/** Whether the subgraph is evaluated in this check-in, with the line that says why. */
function isDue(to: StepBuilder, read: DeviceReader, work: Work, policies: readonly AppPolicy[]): boolean {
  const { graph } = work;
  if (work.requested !== null) {
    to.log(availableRequest, msg.intervalIgnored, [graph.hash]);
    return true;
  }
  const evaluated = read.value('HKLM', reevaluationKey(graph.scope), graph.hash);
  const stored = timeValue(evaluated);
  if (stored === undefined) {
    to.log(rules.newSubgraph, msg.neverEvaluated, [graph.hash]);
    return true;
  }
  const interval = minutes(policies[0]?.reevaluationMinutes ?? 480);
  // The lines do not say the stored time, so its event is not their cause: without it the next check-in would store another.
  const because: Because = {
    compared: {
      stored: utcText(stored),
      now: utcText(read.now),
      interval: durationText(interval),
      due: utcText(instant(stored + interval)),
    },
  };
  if (read.now - stored >= interval) {
    to.log(rules.reevaluationInterval, msg.due, [graph.hash], because);
    return true;
  }
  const reason = policies.map((policy) => early(read, graph, policy, stored)).find((one) => one !== null);
  if (reason !== undefined) {
    to.log(rules.reevaluationIgnored, msg.intervalIgnored, [graph.hash], {
      compared: { ...because.compared, reason },
    });
    return true;
  }
  to.log(rules.reevaluationInterval, msg.notDue, [graph.hash], because);
  return false;
}

/** Why an app is evaluated although the interval is not over; null: it is not. */
function early(read: DeviceReader, graph: Subgraph, policy: AppPolicy, evaluated: Instant): string | null {
  if (policy.intent === 0) return null;
  const compliance = readCompliance(read, graph.scope, policy);
  if (compliance === undefined) return 'the state of the app is gone';
  // Most devices have not restarted since: then nothing is read for it.
  if (read.bootedAt > evaluated && waitedForRestart(read, graph.scope, policy))
    return 'the restart that the app waited for is done';
  const start = startOf(read, policy);
  const deadline = deadlineOf(read, policy);
  const passed = (time: Instant | null): boolean => time !== null && time > evaluated && time <= read.now;
  if (passed(start) || passed(deadline)) return 'a start time or deadline has passed';
  const mayInstall = (start === null || start <= read.now) && (deadline === null || deadline <= read.now);
  const missing =
    (policy.intent === 3 && compliance.ComplianceState === 2) ||
    (policy.intent === 4 && compliance.ComplianceState === 1);
  return missing &&
    compliance.Applicability === 0 &&
    mayInstall &&
    grsOf(read, graph, policy.id).time === undefined
    ? 'a wanted app is missing and has no GRS value'
    : null;
}

/** User-context apps while nobody is signed in: not evaluated, reported as unknown. */
function reportUnknown(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policies: readonly AppPolicy[],
): void {
  to.log(rules.userlessApp, msg.needsUser);
  for (const policy of policies) {
    const before = readCompliance(read, work.graph.scope, policy);
    if (before?.ComplianceState === 5 && before.Applicability === 1011) continue;
    const compliance = writeCompliance(to, read, work.graph.scope, policy, {
      Applicability: 1011,
      ComplianceState: 5,
      DesiredState: policy.intent === 4 ? 1 : 2,
      ErrorCode: null,
    });
    saveReportingState(to, read, work.graph.scope, work, policy, compliance, undefined, null);
  }
}
