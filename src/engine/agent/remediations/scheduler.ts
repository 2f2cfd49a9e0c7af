import type { Instant, minutes } from '../../../base/time.ts';
import { between, hours, milliseconds, plus, seconds } from '../../../base/time.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/health-script-messages.ts';
import { deviceScope } from '../paths.ts';
import * as rules from '../rules/health-script-rules.ts';
import { mdmThumbprint, sessionsOf } from '../scripts/fetch.ts';
import { callGateway, gatewayAnswer, logAnswer, newGuid } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { healthJobGroup, nothing, StepBuilder } from '../step-builder.ts';
import { localText } from '../utc-text.ts';
import { newThread } from '../win32/check-in.ts';
import type { CheckIn } from '../win32/work.ts';
import { onDemandMemory, policiesIn, policiesMemory } from './health-policy.ts';
import { earliestOf, inspect, resolvePolicies } from './plan.ts';
import type { RunnerKind } from './runner.ts';

/** One round of the scheduler: the earliest next run found so far. */
type Round = CheckIn & { readonly earliest: number | null; readonly count: number };

const runningMemory = 'remediations.scheduler';
const countMemory = 'remediations.scheduler-count';
/** Time of the queued job. */
export const jobMemory = 'remediations.job';

/** The start delay is over. */
export function beginHealthScripts(to: StepBuilder): void {
  to.enqueue(rules.schedulerRuns, 'remediations.timer', hours(8), {}).enqueue(
    rules.schedulerRuns,
    'remediations.scheduler',
    milliseconds(900),
    { reason: 'AgentRestart' },
  );
}

export function schedulerTimer(read: DeviceReader, _entry: QueueEntry): Step {
  const to = new StepBuilder(newThread(read));
  to.enqueue(rules.schedulerRuns, 'remediations.timer', hours(8), {});
  begin(to, read, 'MaintenanceTimer');
  return to.step();
}

export function schedulerWanted(read: DeviceReader, entry: QueueEntry): Step {
  const to = new StepBuilder(newThread(read));
  begin(to, read, (entry.data as { readonly reason: string }).reason);
  return to.step();
}

function begin(to: StepBuilder, read: DeviceReader, reason: string): void {
  if (read.memory(runningMemory) !== undefined) return;
  const count = read.memory(countMemory)?.value;
  const run = (typeof count === 'number' ? count : 0) + 1;
  const [session, ...later] = sessionsOf(read);
  if (!session) return;
  const users = [session, ...later].filter(({ user }) => user !== deviceScope);
  to.memory(rules.schedulerRuns, countMemory, run)
    .memory(rules.schedulerRuns, runningMemory, run)
    .log(rules.schedulerRuns, msg.schedulerStarts)
    .log(rules.schedulerRuns, msg.workplaceJoined)
    .log(rules.healthSessions, msg.schedulerRefresh)
    .log(rules.healthSessions, msg.activeSessions, [users.length]);
  for (const one of users) to.log(rules.healthSessions, msg.validSession, [one.session]);
  const round: Round = {
    run,
    thread: to.thread,
    reason,
    requested: null,
    session,
    later,
    earliest: null,
    count: 0,
  };
  to.log(rules.healthSessions, msg.validSessions, [users.length])
    .log(rules.schedulerRuns, msg.schedulerCertificate, [mdmThumbprint(read)])
    .enqueue(rules.healthSessions, 'remediations.scheduler-session', milliseconds(180), round);
}

const roundOf = (entry: QueueEntry): Round => entry.data as unknown as Round;
const runs = (read: DeviceReader, round: Round): boolean => read.memory(runningMemory)?.value === round.run;
const bare = (round: Round): Round => ({
  run: round.run,
  thread: round.thread,
  reason: round.reason,
  requested: null,
  session: round.session,
  later: round.later,
  earliest: round.earliest,
  count: round.count,
});

/** The service is asked for the scripts of one session. */
export function schedulerSession(read: DeviceReader, entry: QueueEntry): Step {
  const round = bare(roundOf(entry));
  if (!runs(read, round)) return nothing;
  const to = new StepBuilder(round.thread);
  const { session, user } = round.session;
  const sessionId = newGuid(read, 'agent.health-session');
  to.log(rules.healthSessions, msg.schedulerSession, [session, user]).log(
    rules.healthRequest,
    msg.requesting,
    [sessionId],
  );
  callGateway(
    to,
    read,
    round,
    { contentType: 'GetScript', payload: [], sessionId },
    'remediations.scheduler-policies',
    round,
  );
  return to.step();
}

/** The scripts of a session have come: when is each due? */
export function schedulerPolicies(read: DeviceReader, entry: QueueEntry): Step {
  const round = bare(roundOf(entry));
  if (!runs(read, round)) return nothing;
  const to = new StepBuilder(round.thread);
  const answer = gatewayAnswer(entry.data);
  logAnswer(to, answer?.sessionId ?? null);
  const { session, user } = round.session;
  let { earliest, count } = round;
  if (answer !== null) {
    const policies = policiesIn(answer.payload);
    to.log(rules.healthRequest, msg.gotResult, [answer.sessionId, truncated(answer.payload)])
      .log(rules.healthRequest, msg.got, [policies.length, user, session])
      .memory(rules.healthRequest, policiesMemory(user), answer.payload);
    const next = inspect(to, read, user, resolvePolicies(to, read, user, policies));
    const found = earliestOf(next);
    count += next.length;
    if (found !== null) {
      to.log(rules.schedules, msg.earliest, [localText(found, 0)]);
      if (earliest === null || found < earliest) earliest = found;
    }
  }
  to.log(rules.schedulerRuns, msg.schedulerSessionEnds, [session, user]);
  const [nextSession, ...later] = round.later;
  const after: Round = { ...round, earliest, count };
  if (nextSession)
    to.enqueue(rules.healthSessions, 'remediations.scheduler-session', milliseconds(120), {
      ...after,
      session: nextSession,
      later,
    });
  else to.enqueue(rules.schedulerRuns, 'remediations.scheduler-end', milliseconds(40), after);
  return to.step();
}

/** The beginning of the answer, on lines of its own as the agent writes it. */
function truncated(payload: QueueData): string {
  return JSON.stringify({ ResponsePayload: JSON.stringify(payload) }, null, 2)
    .slice(0, 400)
    .replaceAll('\n', '\r\n');
}

/** The round is over: the next job is queued. */
export function schedulerEnd(read: DeviceReader, entry: QueueEntry): Step {
  const round = bare(roundOf(entry));
  if (!runs(read, round)) return nothing;
  const to = new StepBuilder(round.thread);
  to.memory(rules.schedulerRuns, runningMemory, undefined);
  if (round.earliest !== null) {
    const soonest = plus(read.now, rules.jobQueue.parameters?.['least'] as ReturnType<typeof minutes>);
    const wanted = round.earliest > soonest ? (round.earliest as Instant) : soonest;
    const queued = queuedJob(read);
    if (queued !== null && queued <= wanted)
      to.log(rules.jobQueue, msg.alreadyEarlier, [localText(wanted, 0), localText(queued, 0)]);
    else {
      queueJob(to, read, wanted);
      to.log(rules.jobQueue, msg.schedulerQueued, [localText(wanted, 0)]);
    }
  }
  if (round.reason === complianceReason)
    to.enqueue(rules.complianceSync, 'remediations.runner', seconds(1), {
      kind: 'Compliance' satisfies RunnerKind,
    });
  to.log(rules.schedulerRuns, msg.schedulerStopped);
  return to.step();
}

/** Why a round begins that is to run the compliance scripts afterwards. */
export const complianceReason = 'SyncCompliance';

/** Time of a job that is still to come. */
function queuedJob(read: DeviceReader): Instant | null {
  const time = read.memory(jobMemory)?.value;
  return typeof time === 'number' && time > read.now ? (time as Instant) : null;
}

/** Queues the runner for a time; an earlier job goes. */
export function queueJob(to: StepBuilder, read: DeviceReader, at: Instant): void {
  const after = rules.runnerWakes.parameters?.['after'] as number;
  to.cancel(rules.jobQueue, healthJobGroup)
    .memory(rules.jobQueue, jobMemory, at)
    .enqueue(
      rules.runnerWakes,
      'remediations.runner',
      between(read.now, plus(at, after as ReturnType<typeof seconds>)),
      { kind: 'None' satisfies RunnerKind },
      healthJobGroup,
    );
}

/** An administrator wants a remediation to run now: the service is asked for it. */
export function onDemand(read: DeviceReader, entry: QueueEntry): Step {
  const to = new StepBuilder(newThread(read));
  const { script } = entry.data as { readonly script: string };
  const [session] = sessionsOf(read);
  if (!session) return nothing;
  const round: Round = {
    run: 0,
    thread: to.thread,
    reason: 'OnDemandRemediation',
    requested: null,
    session,
    later: [],
    earliest: null,
    count: 0,
  };
  const sessionId = newGuid(read, 'agent.health-session');
  to.log(rules.onDemand, msg.requesting, [sessionId]);
  callGateway(
    to,
    read,
    round,
    { contentType: 'GetScript', payload: { ScriptPolicyId: script }, sessionId },
    'remediations.on-demand-policies',
    round,
  );
  return to.step();
}

/** The remediation to run on demand has come. */
export function onDemandPolicies(_read: DeviceReader, entry: QueueEntry): Step {
  const round = bare(roundOf(entry));
  const to = new StepBuilder(round.thread);
  const answer = gatewayAnswer(entry.data);
  logAnswer(to, answer?.sessionId ?? null);
  if (answer === null) return to.step();
  const { session, user } = round.session;
  const policies = policiesIn(answer.payload);
  to.log(rules.onDemand, msg.got, [policies.length, user, session]);
  if (policies.length > 0)
    to.memory(rules.onDemand, onDemandMemory, answer.payload).enqueue(
      rules.onDemand,
      'remediations.runner',
      milliseconds(300),
      { kind: 'OnDemand' satisfies RunnerKind },
    );
  return to.step();
}
