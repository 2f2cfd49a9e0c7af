import { milliseconds } from '../../../base/time.ts';
import { utf8Decode, utf8Encode } from '../../../base/bytes.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import { answerOf } from '../disputes.ts';
import { jsonText } from '../json-text.ts';
import * as msg from '../messages/script-messages.ts';
import { deviceScope } from '../paths.ts';
import * as rules from '../rules/script-rules.ts';
import { callGateway, gatewayAnswer, logAnswer } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder, text } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';
import { textValue } from '../win32/stored.ts';
import type { Fetch } from './fetch.ts';
import { bare, fetchOf, fetchRuns, nextSession, shortenTimer } from './fetch.ts';
import type { ScriptPolicy } from './script-policy.ts';
import { platformScripts, untampered } from './script-policy.ts';
import {
  executorCommand,
  executorStart,
  policiesKey,
  policyKey,
  powershellFolder,
  resultFile,
  scriptFile,
} from './script-paths.ts';

/** Answer of the service that is being worked off. */
const policiesMemory = 'scripts.policies';

/** Process of the script that runs: one that an earlier process of the agent started may still end. */
const processMemory = 'scripts.process';

/** What became of one script. */
type Outcome = {
  readonly policy: string;
  readonly hash: string;
  readonly runAs: 1 | 2;
  readonly result: 'Success' | 'Failed';
  readonly errorCode: number;
  readonly message: string | null;
};

/** A pass that runs scripts: those still to run, the first is the current one, and what became of the others. */
type Pass = Fetch & { readonly plan: readonly string[]; readonly outcomes: readonly Outcome[] };

const passOf = (entry: QueueEntry): Pass => entry.data as unknown as Pass;
const withoutAnswer = (pass: Pass): Pass => ({
  ...bare(pass),
  plan: pass.plan,
  outcomes: pass.outcomes,
});

/** The service has answered with the scripts of the session. */
export function policies(read: DeviceReader, entry: QueueEntry): Step {
  const fetch = fetchOf(entry);
  if (!fetchRuns(read, fetch)) return nothing;
  const to = new StepBuilder(fetch.thread);
  const answer = gatewayAnswer(entry.data);
  logAnswer(to, answer?.sessionId ?? null);
  if (answer === null) {
    nextSession(to, fetch);
    return to.step();
  }
  const { session, user } = fetch.session;
  const found = platformScripts(answer.payload);
  to.log(rules.scriptRequest, msg.payload, [jsonOf(answer.payload)])
    .log(rules.scriptRequest, msg.got, [found.length, user, session])
    .memory(rules.scriptRequest, policiesMemory, answer.payload);
  if (found.length > 0) shortenTimer(to, read);
  to.log(rules.scriptRuns, msg.filtering);
  const plan = found.filter((policy) => isToRun(to, read, user, policy)).map(({ id }) => id);
  const waits = user === deviceScope && found.some(({ runAs }) => runAs === 'user');
  to.log(waits ? rules.scriptSkipsUser : rules.scriptRuns, msg.filtered, [plan.length, user, session])
    .log(rules.scriptFrame, msg.processing)
    .log(rules.scriptFrame, msg.espPhase, ['NotInEsp']);
  continueWith(to, { ...bare(fetch), plan, outcomes: [] });
  return to.step();
}

const jsonOf = (payload: QueueData): string =>
  payload !== null && typeof payload === 'object' ? jsonText(payload) : JSON.stringify(payload);

/** Runs allowed in all. */
const mostRuns = (read: DeviceReader): number =>
  answerOf(read, 'platform-script-runs') === 'three-after-first' ? 4 : 3;

/** Whether a script is due: never run, changed since, or failed with runs left. */
function isToRun(to: StepBuilder, read: DeviceReader, user: string, policy: ScriptPolicy): boolean {
  if (policy.runAs === 'user' && user === deviceScope) return false;
  const key = policyKey(user, policy.id);
  const kept = read.value('HKLM', key, 'PolicyHash');
  const result = read.value('HKLM', key, 'Result');
  const changed = textValue(kept) !== policy.hash;
  if (!changed && textValue(result) === 'Success') return false;
  const count = changed ? 0 : runCount(read, user, policy.id);
  const because = {
    cause: (changed ? kept : result)?.writer ?? null,
    compared: { downloadCount: count, most: mostRuns(read), changed },
  };
  to.log(
    changed && kept ? rules.scriptChanged : rules.scriptRuns,
    msg.downloadCount,
    [policy.id, user, count],
    because,
  );
  return count < mostRuns(read);
}

/** How often this script was downloaded to run; 0 where nothing or no number is stored. */
function runCount(read: DeviceReader, user: string, policy: string): number {
  const stored = textValue(read.value('HKLM', policyKey(user, policy), 'DownloadCount'));
  return stored !== undefined && /^\d{1,9}$/.test(stored) ? Number(stored) : 0;
}

/** Goes to the next script of the pass, or to its report. */
function continueWith(to: StepBuilder, pass: Pass): void {
  if (pass.plan.length > 0) to.enqueue(rules.scriptFetch, 'scripts.run', milliseconds(90), pass);
  else if (pass.outcomes.length > 0) to.enqueue(rules.scriptReport, 'scripts.report', milliseconds(90), pass);
  else nextSession(to, pass);
}

/** One script is prepared and started. */
export function run(read: DeviceReader, entry: QueueEntry): Step {
  const pass = withoutAnswer(passOf(entry));
  if (!fetchRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  const policy = currentPolicy(read, pass);
  if (!policy) {
    continueWith(to, { ...pass, plan: pass.plan.slice(1) });
    return to.step();
  }
  const { user } = pass.session;
  const key = policyKey(user, policy.id);
  const changed = textValue(read.value('HKLM', key, 'PolicyHash')) !== policy.hash;
  const count = (changed ? 0 : runCount(read, user, policy.id)) + 1;
  to.log(rules.scriptPrepared, msg.counting, [count])
    .set(rules.scriptStored, key, 'DownloadCount', text(String(count)))
    .set(rules.scriptHashKept, key, 'PolicyHash', text(policy.hash))
    .log(rules.scriptPrepared, msg.processingPolicy, [policy.id, user])
    .log(rules.scriptRequest, msg.body, [policy.body])
    .log(rules.scriptPrepared, msg.hash, [policy.hash]);
  if (!untampered(policy)) {
    // A policy that was changed on its way is not run; no line for it is public.
    finish(to, pass, { ...outcomeOf(policy), result: 'Failed', errorCode: failedCode, message: null });
    return to.step();
  }
  to.log(rules.scriptPrepared, msg.tamperPass);
  start(to, read, pass, policy);
  return to.step();
}

function start(to: StepBuilder, read: DeviceReader, pass: Pass, policy: ScriptPolicy): void {
  const { user, session, name } = pass.session;
  const asUser = policy.runAs === 'user';
  const script = scriptFile(user, policy.id);
  const folder = powershellFolder(policy.run64Bit);
  const files = (['output', 'error', 'timeout'] as const).map((kind) => resultFile(user, policy.id, kind));
  const args = `-powershell  ${[script, ...files].map((path) => `"${path}"`).join(' ')} 1800 "${folder}" ${Number(policy.enforceSignature)} ${Number(policy.run64Bit)}`;
  const id = read.newProcessId();
  to.change(rules.scriptPrepared, { kind: 'file.write', path: script, content: utf8Encode(policy.body) })
    .log(rules.scriptPrepared, msg.generated, [script])
    .log(rules.scriptLaunch, asUser ? msg.asUser : msg.asSystem)
    .log(rules.scriptSignature, msg.signature, [policy.enforceSignature])
    .log(rules.scriptLaunch, msg.runningMode, [Number(policy.run64Bit)])
    .log(rules.scriptLaunch, msg.commandLine, [executorCommand(args)]);
  if (asUser)
    to.log(rules.scriptUserLaunch, msg.impersonating, [session])
      .log(rules.scriptUserLaunch, msg.impersonated, [`AzureAD\\${name}`])
      .log(rules.scriptUserLaunch, msg.launchUser);
  else to.log(rules.scriptLaunch, msg.launchMachine);
  to.change(
    rules.scriptLaunch,
    executorStart(id, args, asUser ? session : null, 'scripts.ended', { ...pass, process: id }),
  )
    .memory(rules.scriptLaunch, processMemory, id)
    .log(rules.scriptLaunch, msg.created)
    .log(rules.scriptLaunch, msg.processId, [id]);
}

/** AgentExecutor has ended: its files say how the script went. */
export function ended(read: DeviceReader, entry: QueueEntry): Step {
  const pass = withoutAnswer(passOf(entry));
  const { exitCode, process } = entry.data as { readonly exitCode: number; readonly process: number };
  if (!fetchRuns(read, pass) || read.memory(processMemory)?.value !== process) return nothing;
  const to = new StepBuilder(pass.thread);
  to.memory(rules.scriptLaunch, processMemory, undefined);
  const policy = currentPolicy(read, pass);
  if (!policy) {
    continueWith(to, { ...pass, plan: pass.plan.slice(1) });
    return to.step();
  }
  const { user } = pass.session;
  const content = (kind: 'output' | 'error' | 'timeout'): string => {
    const bytes = read.content(resultFile(user, policy.id, kind));
    return bytes === undefined ? '' : utf8Decode(bytes).trim();
  };
  const error = content('error');
  const output = content('output');
  const timedOut = content('timeout') === '1';
  const failed = timedOut || error !== '' || exitCode !== 0;
  const message = failed ? (timedOut ? null : error === '' ? output : error) : output;
  to.log(rules.scriptOutcome, msg.done);
  for (const path of [
    scriptFile(user, policy.id),
    ...(['output', 'error', 'timeout'] as const).map((kind) => resultFile(user, policy.id, kind)),
  ])
    if (read.file(path) !== undefined) to.change(rules.scriptFilesRemoved, { kind: 'file.remove', path });
  finish(
    to,
    pass,
    {
      ...outcomeOf(policy),
      result: failed ? 'Failed' : 'Success',
      errorCode: failed ? failedCode : 0,
      message,
    },
    { exitCode, errors: error !== '', timedOut },
  );
  return to.step();
}

/** What Graph shows for any failed script. */
const failedCode = 99;

const outcomeOf = (policy: ScriptPolicy) => ({
  policy: policy.id,
  hash: policy.hash,
  runAs: policy.runAs === 'user' ? (2 as const) : (1 as const),
});

function finish(
  to: StepBuilder,
  pass: Pass,
  outcome: Outcome,
  compared: Readonly<Record<string, number | boolean>> = {},
): void {
  const { user } = pass.session;
  const rule = compared['errors'] === true ? rules.scriptOutcome : rules.scriptExitCode;
  to.log(
    outcome.result === 'Success' ? rules.scriptOutcome : rule,
    msg.result,
    [user, outcome.policy, outcome.result],
    { compared },
  );
  if (outcome.result === 'Success') to.log(rules.scriptOutcome, msg.success, [outcome.message?.length ?? 0]);
  else to.log(rule, msg.failure, [details(outcome)], { compared });
  to.log(rules.scriptFilesRemoved, msg.cleaned);
  continueWith(to, { ...pass, plan: pass.plan.slice(1), outcomes: [...pass.outcomes, outcome] });
}

const details = (outcome: Outcome): string =>
  JSON.stringify({
    Version: 1,
    SigningCode: 0,
    EncryptionCode: 0,
    SigningMsg: null,
    EncryptMsg: null,
    ExecutionMsg: outcome.message,
  });

function currentPolicy(read: DeviceReader, pass: Pass): ScriptPolicy | undefined {
  return platformScripts(read.memory(policiesMemory)?.value).find(({ id }) => id === pass.plan[0]);
}

/** All scripts of the session have run: their results go to the service. */
export function report(read: DeviceReader, entry: QueueEntry): Step {
  const pass = withoutAnswer(passOf(entry));
  if (!fetchRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  to.log(rules.scriptFrame, msg.noUnlock)
    .log(rules.scriptReport, msg.reporting)
    .log(rules.scriptReport, msg.sending);
  const payload = pass.outcomes.map((one) => ({
    PolicyId: one.policy,
    UserId: pass.session.user,
    PolicyHash: one.hash,
    Result: one.result,
    ResultDetails: details(one),
    ErrorCode: one.errorCode,
    RunAsAccount: one.runAs,
  }));
  callGateway(to, read, pass, { contentType: 'PolicyResult', payload }, 'scripts.reported', pass);
  return to.step();
}

/** The service has taken the results: now they are stored. */
export function reported(read: DeviceReader, entry: QueueEntry): Step {
  const pass = withoutAnswer(passOf(entry));
  if (!fetchRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  const answer = gatewayAnswer(entry.data);
  logAnswer(to, answer?.sessionId ?? null);
  if (answer !== null) {
    const { user } = pass.session;
    to.log(rules.scriptReport, msg.sent);
    for (const one of pass.outcomes) {
      const key = `${policiesKey(user)}\\${one.policy}`;
      to.set(rules.scriptStored, key, 'Result', text(one.result))
        .set(rules.scriptStored, key, 'ErrorCode', text(String(one.errorCode)))
        .set(rules.scriptStored, key, 'ResultDetails', text(details(one)))
        .set(rules.scriptStored, key, 'LastUpdatedTimeUtc', text(utcText(read.now)))
        .set(rules.scriptStored, key, 'RunAsAccount', text(String(one.runAs)));
    }
    to.log(rules.scriptStored, msg.saved, [pass.outcomes.length, user]);
  }
  nextSession(to, pass);
  return to.step();
}
