import type { Instant } from '../../../base/time.ts';
import { days, milliseconds, plus, seconds } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/health-script-messages.ts';
import { deviceScope } from '../paths.ts';
import * as rules from '../rules/health-script-rules.ts';
import { mdmThumbprint, sessionsOf } from '../scripts/fetch.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { fromEnglishText, localText } from '../utc-text.ts';
import { newThread } from '../win32/check-in.ts';
import { textValue } from '../win32/stored.ts';
import type { CheckIn } from '../win32/work.ts';
import type { HealthPolicy } from './health-policy.ts';
import { complianceType, healthPolicies, onDemandMemory, policiesMemory } from './health-policy.ts';
import { executionKey, reportsKey } from './health-paths.ts';
import { earliestOf, inspect, resolvePolicies } from './plan.ts';
import { nextRun } from './schedule.ts';
import { jobMemory, queueJob } from './scheduler.ts';

/** What a pass of the runner is for: what is due, one remediation on demand, or the compliance scripts. */
export type RunnerKind = 'None' | 'OnDemand' | 'Compliance';

/** What one run of detection or remediation wrote. */
export type ScriptOutput = {
  readonly exitCode: number;
  readonly output: string;
  readonly error: string;
  readonly timedOut: boolean;
};

/** A pass of the runner: scripts still to run (the first is the current one), and results so far. */
export type Pass = CheckIn & {
  readonly kind: RunnerKind;
  readonly plan: readonly string[];
  readonly pre: ScriptOutput | null;
  readonly remediation: ScriptOutput | null;
  /** Policy id, version and result document of what has run in this session. */
  readonly done: readonly (readonly [policy: string, version: number, result: string])[];
};

const runningMemory = 'remediations.runner';
const countMemory = 'remediations.runner-count';

export const passOf = (entry: QueueEntry): Pass => {
  const data = entry.data as unknown as Pass;
  return {
    run: data.run,
    thread: data.thread,
    reason: data.reason,
    requested: null,
    session: data.session,
    later: data.later,
    kind: data.kind,
    plan: data.plan,
    pre: data.pre,
    remediation: data.remediation,
    done: data.done,
  };
};

/** False for a stage whose pass is over or whose process was ended. */
export const passRuns = (read: DeviceReader, pass: Pass): boolean =>
  read.memory(runningMemory)?.value === pass.run;

/** Scripts that a pass may run in its session. */
const policiesOfPass = (read: DeviceReader, pass: Pass): readonly HealthPolicy[] =>
  healthPolicies(read, pass.kind === 'OnDemand' ? onDemandMemory : policiesMemory(pass.session.user)).filter(
    ({ type }) => pass.kind !== 'Compliance' || type === complianceType,
  );

export const currentPolicy = (read: DeviceReader, pass: Pass): HealthPolicy | undefined =>
  policiesOfPass(read, pass).find(({ id }) => id === pass.plan[0]);

/** A queued job is due. */
export function runner(read: DeviceReader, entry: QueueEntry): Step {
  const { kind } = entry.data as { readonly kind: RunnerKind };
  const to = new StepBuilder(newThread(read));
  if (read.memory(runningMemory) !== undefined) {
    // A compliance run that is asked for while the runner works is dropped; others wait for their turn.
    if (kind !== 'Compliance')
      to.enqueue(rules.oneAfterAnother, 'remediations.runner', seconds(10), { kind });
    return to.step();
  }
  const count = read.memory(countMemory)?.value;
  const run = (typeof count === 'number' ? count : 0) + 1;
  const [session, ...later] = sessionsOf(read);
  if (!session) return nothing;
  const queued = read.memory(jobMemory)?.value;
  if (kind === 'None' && typeof queued === 'number')
    to.log(rules.jobQueue, msg.queueExpired, [localText(queued as Instant, 0)]).memory(
      rules.jobQueue,
      jobMemory,
      undefined,
    );
  const users = [session, ...later].filter(({ user }) => user !== deviceScope);
  const pass: Pass = {
    run,
    thread: to.thread,
    reason: 'MaintenanceTimer',
    requested: null,
    session,
    later: kind === 'OnDemand' ? [] : later,
    kind,
    plan: [],
    pre: null,
    remediation: null,
    done: [],
  };
  to.memory(rules.runnerFrame, countMemory, run)
    .memory(rules.runnerFrame, runningMemory, run)
    .log(rules.runnerFlights, msg.sessionFix)
    .log(rules.runnerFrame, msg.invocation, [kind])
    .log(rules.runnerFrame, msg.runnerStarts)
    .log(rules.runnerFrame, msg.runnerRefresh)
    .log(rules.runnerFrame, msg.runnerCertificate, [mdmThumbprint(read)])
    .log(rules.healthSessions, msg.sessionMap, [users.length])
    .log(rules.runnerFlights, msg.sendFirst)
    .log(rules.runnerFlights, msg.skipChain)
    .enqueue(rules.runnerFrame, 'remediations.pass', milliseconds(200), pass);
  return to.step();
}

/** A pass through one session: what is due? */
export function passSession(read: DeviceReader, entry: QueueEntry): Step {
  const pass = passOf(entry);
  if (!passRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  const { session, user } = pass.session;
  const stored = read.value('HKLM', reportsKey(user), 'LastFullReportTimeUTC');
  const fullText = textValue(stored) ?? '';
  const full = fromEnglishText(fullText);
  const shown = full === undefined ? '1/1/0001 12:00:00 AM' : localText(full, 0);
  to.log(rules.runnerFrame, msg.runnerSession, [session, user])
    .log(rules.fullReport, msg.loadSettings, [user])
    .log(rules.fullReport, msg.readFullTime, [fullText, shown])
    .log(rules.fullReport, msg.fullTime, [shown]);
  if (fullReportDue(read, user))
    to.log(rules.fullReport, msg.fullNeeded, [7, user], {
      cause: stored?.writer ?? null,
      compared: { lastFullReport: full ?? null, now: read.now },
    });
  to.log(rules.runnerFrame, msg.scriptsInvocation, [pass.kind])
    .log(rules.healthStored, msg.loadResults, [
      user,
      read.key('HKLM', reportsKey(user))?.value.subKeys.length ?? 0,
    ])
    .log(rules.runnerFlights, msg.installerSku, [skuOf(read)])
    .log(rules.runnerFlights, msg.scriptsSendFirst);
  const policies = resolvePolicies(to, read, user, policiesOfPass(read, pass));
  const plan: string[] = [];
  if (pass.kind === 'None')
    for (const { policy, next } of inspect(to, read, user, policies)) {
      if (next !== null && next <= read.now) plan.push(policy.id);
      else to.log(rules.schedules, msg.later, [policy.id, next === null ? '' : localText(next, 0)]);
    }
  else plan.push(...policies.map(({ id }) => id));
  continueWith(to, { ...pass, plan, done: [] });
  return to.step();
}

/** The edition as the agent writes it: 48 Professional, 4 Enterprise. */
function skuOf(read: DeviceReader): number {
  const edition = read.value('HKLM', 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'EditionID');
  return textValue(edition) === 'Enterprise' ? 4 : 48;
}

/** True where no full report was sent within its interval. */
export function fullReportDue(read: DeviceReader, user: string): boolean {
  const stored = textValue(read.value('HKLM', reportsKey(user), 'LastFullReportTimeUTC'));
  const last = fromEnglishText(stored ?? '');
  return last === undefined || read.now >= plus(last, days(7));
}

/** Goes to the next script of the session, or to its report. */
export function continueWith(to: StepBuilder, pass: Pass): void {
  const [policy] = pass.plan;
  if (policy === undefined) {
    to.enqueue(rules.healthReport, 'remediations.report', milliseconds(120), pass);
    return;
  }
  to.log(rules.oneAfterAnother, msg.now, [policy]).enqueue(
    rules.oneAfterAnother,
    'remediations.script',
    milliseconds(40),
    { ...pass, pre: null, remediation: null },
  );
}

/** The report of a session is done: the next session, or the end of the pass. */
export function sessionDone(to: StepBuilder, pass: Pass): void {
  to.log(rules.runnerFrame, msg.runnerSessionEnds, [pass.session.session, pass.session.user]);
  const [next, ...later] = pass.later;
  if (next)
    to.enqueue(rules.runnerFrame, 'remediations.pass', milliseconds(120), {
      ...pass,
      session: next,
      later,
      done: [],
    });
  else to.enqueue(rules.runnerFrame, 'remediations.runner-end', milliseconds(40), pass);
}

/** The pass is over: the next job is queued. */
export function runnerEnd(read: DeviceReader, entry: QueueEntry): Step {
  const pass = passOf(entry);
  if (!passRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  to.memory(rules.runnerFrame, runningMemory, undefined);
  if (pass.kind === 'OnDemand') to.memory(rules.onDemand, onDemandMemory, undefined);
  const next = nextOfAll(read);
  if (next !== null) {
    const soonest = plus(read.now, seconds(10));
    const at = next > soonest ? next : soonest;
    queueJob(to, read, at);
    to.log(rules.schedules, msg.runnerQueued, [localText(at, 0)]);
  }
  to.log(rules.runnerFrame, msg.runnerStopped);
  return to.step();
}

/** The earliest next run of all sessions, by what the registry says now. */
function nextOfAll(read: DeviceReader): Instant | null {
  return earliestOf(
    sessionsOf(read).flatMap(({ user }) =>
      healthPolicies(read, policiesMemory(user))
        .filter(
          (policy) => user !== deviceScope || policy.runAs === 'system' || policy.type === complianceType,
        )
        .map((policy) => {
          const stored = read.value('HKLM', executionKey(user, policy.id, policy.version), 'LastExecution');
          return { policy, next: nextRun(read, policy.schedule, fromEnglishText(textValue(stored) ?? '')) };
        }),
    ),
  );
}
