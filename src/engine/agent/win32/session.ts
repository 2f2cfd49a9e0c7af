import type { Instant } from '../../../base/time.ts';
import { between } from '../../../base/time.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/check-in-messages.ts';
import { timerSuppressed } from '../messages/frame-messages.ts';
import * as graphMsg from '../messages/subgraph-messages.ts';
import { deviceScope, lastCheckInKey, reevaluationKey } from '../paths.ts';
import { deadlineOf, policiesMemory, policiesOf, startOf } from '../policy/app-policy.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import type { Subgraph } from '../policy/subgraph.ts';
import { sessionSubgraphs } from '../policy/subgraph.ts';
import * as rules from '../rules/check-in-rules.ts';
import { reevaluationPlace } from '../rules/evaluation-rules.ts';
import { jsonText } from '../json-text.ts';
import { callGateway, gatewayAnswer, logAnswer } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { deadlineGroup, nothing, StepBuilder, text } from '../step-builder.ts';
import { durationText, utcText } from '../utc-text.ts';
import { logBranding, logSender, logSessionEnrolment } from './frame.ts';
import { readReportingState } from './reporting-state.ts';
import { textValue, timeValue } from './stored.ts';
import { stageTimes } from './timing.ts';
import type { CheckIn, Work } from './work.ts';
import { checkInOf, runs } from './work.ts';

/** A pass for one session begins: the service is asked for its apps. */
export function session(read: DeviceReader, entry: QueueEntry): Step {
  const checkIn = checkInOf(entry);
  if (!runs(read, checkIn)) return nothing;
  const to = new StepBuilder(checkIn.thread);
  const { session: number, user, sid, name } = checkIn.session;
  to.log(rules.sessionMap, msg.sessionMap, [number, user]);
  logSessionEnrolment(to, checkIn.session)
    .log(rules.sessions, msg.sessionEsp)
    .log(rules.sessions, msg.sessionStarts, [number, user, sid]);
  if (user !== deviceScope)
    to.log(rules.sessionMap, msg.windowsSid, [sid]).log(rules.sessions, msg.impersonated, [name]);
  to.log(rules.policyRequest, checkIn.requested === null ? msg.requestRequired : msg.requestAvailable);
  callGateway(to, read, checkIn, { contentType: 'GetSelectedApp', payload: [] }, 'win32.policies', checkIn);
  return to.step();
}

/** The service has answered with the apps of the session. */
export function policies(read: DeviceReader, entry: QueueEntry): Step {
  const checkIn = checkInOf(entry);
  if (!runs(read, checkIn)) return nothing;
  const to = new StepBuilder(checkIn.thread);
  const answer = gatewayAnswer(entry.data);
  const bare = withRequestedId(bareCheckIn(checkIn), answer?.payload);
  logAnswer(to, answer?.sessionId ?? null);
  if (answer === null || !Array.isArray(answer.payload)) {
    to.enqueue(rules.noAnswer, 'win32.session-end', stageTimes.endOfSession, bare);
    return to.step();
  }
  const payload = answer.payload as readonly QueueData[];
  const { session: number, user } = checkIn.session;
  to.log(rules.policyRequest, msg.gotResult, [answer.sessionId]);
  if (payload.length === 0) to.log(rules.policyRequest, msg.noApps, [number]);
  else to.log(rules.policyRequest, msg.gotApps, [payload.length, user, number]);
  to.log(rules.policyRequest, msg.policies, [jsonText(payload)]);
  logBranding(to)
    .memory(rules.policyRequest, policiesMemory, payload)
    .enqueue(rules.policyRequest, 'win32.prepare', stageTimes.afterPolicies, bare);
  return to.step();
}

/** Company Portal may name an app by its name; from here on it goes by its id. */
function withRequestedId(checkIn: CheckIn, payload: QueueData | undefined): CheckIn {
  const named = (Array.isArray(payload) ? (payload as readonly QueueData[]) : []).find(
    (one) =>
      checkIn.requested !== null && (one as { readonly Name?: unknown } | null)?.Name === checkIn.requested,
  );
  return named === undefined ? checkIn : { ...checkIn, requested: (named as { readonly Id: string }).Id };
}

/** Stored state and times are read, then subgraphs are worked off. */
export function prepare(read: DeviceReader, entry: QueueEntry): Step {
  const checkIn = checkInOf(entry);
  if (!runs(read, checkIn)) return nothing;
  const to = new StepBuilder(checkIn.thread);
  const apps = policiesOf(read);
  const graphs = graphsOf(read, checkIn);
  const previous = read.value('HKLM', lastCheckInKey, 'Time');
  const stored = textValue(previous);
  if (stored === undefined) to.log(rules.checkInTime, msg.noPreviousCheckIn);
  else to.log(rules.checkInTime, msg.previousCheckIn, [stored], { cause: previous?.writer ?? null });
  for (const graph of graphs) {
    for (const app of graph.apps) logStored(to, read, graph, app, apps);
    const evaluated = read.value('HKLM', reevaluationKey(graph.scope), graph.hash);
    const time = textValue(evaluated);
    if (time === undefined) to.log(reevaluationPlace, graphMsg.noPreviousEvaluation, [graph.hash]);
    else
      to.log(reevaluationPlace, graphMsg.previousEvaluation, [time, graph.hash], {
        cause: evaluated?.writer ?? null,
      });
  }
  to.log(rules.subgraphs, msg.processingSubgraphs, [graphs.length]);
  next(to, read, checkIn, 0);
  return to.step();
}

function logStored(
  to: StepBuilder,
  read: DeviceReader,
  graph: Subgraph,
  app: string,
  apps: readonly AppPolicy[],
): void {
  const policy = apps.find((one) => one.id === app);
  if (!policy) return;
  const stored = readReportingState(read, graph.scope, policy);
  to.log(rules.reportingLoaded, stored.isNew ? msg.stateNew : msg.stateLoaded, [app, jsonText(stored.state)]);
}

/** What the session works off: all subgraphs, or the one of the app that a user asked for. */
function graphsOf(read: DeviceReader, { session: one, requested }: CheckIn): readonly Subgraph[] {
  const graphs = sessionSubgraphs(read, one.user);
  return requested === null ? graphs : graphs.filter((graph) => graph.apps.includes(requested));
}

/** Goes to the subgraph with this number, or to the end of the session. */
export function next(to: StepBuilder, read: DeviceReader, checkIn: CheckIn, position: number): void {
  const graphs = graphsOf(read, checkIn);
  const graph = graphs[position];
  if (!graph) {
    to.log(rules.subgraphs, msg.doneSubgraphs, [graphs.length]).enqueue(
      rules.subgraphs,
      'win32.results',
      stageTimes.endOfSession,
      bareCheckIn(checkIn),
    );
    return;
  }
  const work: Work = {
    ...bareCheckIn(checkIn),
    graph,
    position,
    found: {},
    applicable: {},
    plan: [],
    removes: [],
    app: graph.id,
    grs: [],
    phase: 'first',
    rule: 0,
    attempt: 0,
    began: 0,
    exitCode: null,
    exitType: null,
    downloadUrl: '',
    decryptInfo: '',
  };
  to.enqueue(rules.subgraphs, 'win32.subgraph', stageTimes.subgraph, work);
}

/** The session's pass is over: the next session, or the end of the check-in. */
export function sessionEnd(read: DeviceReader, entry: QueueEntry): Step {
  const checkIn = checkInOf(entry);
  if (!runs(read, checkIn)) return nothing;
  const to = new StepBuilder(checkIn.thread);
  const { session: number, user, sid } = checkIn.session;
  to.log(rules.grsScan, msg.grsCleanUp);
  const previous = read.value('HKLM', lastCheckInKey, 'Time');
  const stored = timeValue(previous);
  const interval = rules.checkInTime.parameters?.['interval'] as number;
  const compared = {
    stored: stored === undefined ? null : utcText(stored),
    now: utcText(read.now),
    interval: durationText(interval),
  };
  if (stored !== undefined && read.now - stored < interval)
    to.log(rules.checkInTime, msg.checkInTimeKept, [], { compared });
  else
    to.log(rules.checkInTime, msg.checkInTimeSaved, [], { compared }).set(
      rules.checkInTime,
      lastCheckInKey,
      'Time',
      text(utcText(read.now)),
      { compared },
    );
  to.log(rules.sessions, msg.sessionEnds, [number, user, sid]);
  const [following, ...later] = checkIn.later;
  if (following)
    to.enqueue(rules.sessions, 'win32.session', stageTimes.session, {
      ...bareCheckIn(checkIn),
      session: following,
      later,
    });
  else {
    logSender(to, checkIn);
    watchDeadlines(to, read);
    to.enqueue(rules.checkInFrame, 'win32.end', stageTimes.endOfCheckIn, bareCheckIn(checkIn));
  }
  return to.step();
}

/** Start times and deadlines of the apps that the last check-in was given. */
export const scheduledTimes = (read: DeviceReader): readonly number[] =>
  policiesOf(read).flatMap((policy) =>
    [startOf(read, policy), deadlineOf(read, policy)].filter((time) => time !== null),
  );

/** Sets the timer for the next start time or deadline of any app. */
function watchDeadlines(to: StepBuilder, read: DeviceReader): void {
  const times = scheduledTimes(read);
  const left = times.filter((time) => time > read.now);
  to.log(rules.deadlineTimer, msg.deadlineEntries, [times.length])
    .log(rules.deadlineTimer, msg.deadlineEntriesLeft, [left.length])
    .cancel(rules.deadlineTimer, deadlineGroup);
  if (left.length === 0) {
    to.log(rules.deadlineTimer, timerSuppressed);
    return;
  }
  const next = Math.min(...left);
  to.enqueue(
    rules.deadlineTimer,
    'win32.check-in',
    between(read.now, next as Instant),
    { reason: 'StartDeadline', requested: null, sid: null },
    deadlineGroup,
  );
}

/** Only what every stage carries, without what an answer or a subgraph added. */
export const bareCheckIn = ({ run, thread, reason, requested, session: one, later }: CheckIn): CheckIn => ({
  run,
  thread,
  reason,
  requested,
  session: one,
  later,
});
