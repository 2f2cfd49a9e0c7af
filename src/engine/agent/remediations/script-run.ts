import { milliseconds } from '../../../base/time.ts';
import { utf8Decode, utf8Encode } from '../../../base/bytes.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import { answerOf } from '../disputes.ts';
import * as msg from '../messages/health-script-messages.ts';
import { deviceScope } from '../paths.ts';
import * as rules from '../rules/health-script-rules.ts';
import { executorCommand, executorStart, powershellFolder } from '../scripts/script-paths.ts';
import { untampered } from '../scripts/script-policy.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder, text } from '../step-builder.ts';
import { localText } from '../utc-text.ts';
import { textValue } from '../win32/stored.ts';
import type { HealthPolicy } from './health-policy.ts';
import { executionKey, healthFolder, onDemandKey, resultKey } from './health-paths.ts';
import { resultDocument } from './result.ts';
import type { Pass, ScriptOutput } from './runner.ts';
import { continueWith, currentPolicy, passOf, passRuns } from './runner.ts';

type Part = 'detect' | 'remediate' | 'detect-again';

/** Result files of both detections have the same names. */
const stem = { detect: 'PreDetectScript', remediate: 'RemediationScript', 'detect-again': 'PreDetectScript' };
const parsedAs = { ...stem, 'detect-again': 'PostDetectScript' };
const fileOf = { detect: 'detect.ps1', remediate: 'remediate.ps1', 'detect-again': 'detect.ps1' };
const then = {
  detect: 'remediations.detected',
  remediate: 'remediations.remediated',
  'detect-again': 'remediations.detected-again',
};
const endings = ['output', 'error', 'timeout', 'exit'] as const;

const resultFile = (policy: HealthPolicy, part: Part, ending: (typeof endings)[number]): string =>
  `${healthFolder(policy.id, policy.version)}\\${policy.id}_${stem[part]}.${ending}`;

/** The turn of one script: its files are written and detection starts. */
export function script(read: DeviceReader, entry: QueueEntry): Step {
  const pass = passOf(entry);
  if (!passRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  const policy = currentPolicy(read, pass);
  // A policy that was changed on its way is not run.
  if (!policy || !untampered(policy, policy.remediation ?? '')) {
    continueWith(to, { ...pass, plan: pass.plan.slice(1) });
    return to.step();
  }
  to.log(rules.runnerFlights, msg.scriptsSessionFix)
    .log(rules.oneAfterAnother, msg.processScript, [policy.id, policy.type])
    .log(rules.prepared, msg.legacyMode);
  const folder = healthFolder(policy.id, policy.version);
  for (const [name, body] of [
    ['detect.ps1', policy.body],
    ['remediate.ps1', policy.remediation],
  ] as const)
    if (body !== null)
      to.change(rules.prepared, {
        kind: 'file.write',
        path: `${folder}\\${name}`,
        content: utf8Encode(body),
      });
  start(to, read, pass, policy, 'detect');
  return to.step();
}

/** Starts detection or remediation in a process of its own. */
function start(to: StepBuilder, read: DeviceReader, pass: Pass, policy: HealthPolicy, part: Part): void {
  const { user, session } = pass.session;
  const asUser = policy.runAs === 'user' && user !== deviceScope;
  const script = `${healthFolder(policy.id, policy.version)}\\${fileOf[part]}`;
  const quoted = (path: string): string => `""${path}""`;
  const [out, err, timeout, exit] = endings.map((ending) => quoted(resultFile(policy, part, ending)));
  const args = `-remediationScript  ${quoted(script)} ${out} ${err} ${timeout} 3600 ${quoted(powershellFolder(policy.run64Bit))} ${Number(policy.enforceSignature)} ${exit} ${policy.run64Bit ? 'False' : 'True'} `;
  const id = read.newProcessId();
  to.log(rules.prepared, msg.outputFiles).log(rules.prepared, msg.outputAcl);
  if (part !== 'remediate') to.log(rules.prepared, msg.firstParty);
  to.log(rules.prepared, msg.installerPolicy);
  if (part !== 'remediate') to.log(rules.prepared, msg.hardware);
  to.log(rules.healthLaunch, msg.processing, [policy.id])
    .log(
      policy.runAs === 'user' && !asUser ? rules.complianceUser : rules.healthLaunch,
      asUser ? msg.asUser : msg.asSystem,
    )
    .log(rules.healthSignature, msg.settings, [policy.enforceSignature, Number(policy.run64Bit)])
    .log(rules.healthLaunch, msg.commandLine, [executorCommand(args)])
    .log(rules.healthLaunch, asUser ? msg.launchUser : msg.launchMachine)
    .change(
      rules.healthLaunch,
      executorStart(id, args, asUser ? session : null, then[part], { ...pass, process: id }),
    )
    .memory(rules.healthLaunch, processMemory, id)
    .log(rules.healthLaunch, msg.created, [id]);
}

/** Reads and removes what AgentExecutor left. */
function collect(
  to: StepBuilder,
  read: DeviceReader,
  policy: HealthPolicy,
  part: Part,
  exitCode: number,
): ScriptOutput {
  const content = (ending: (typeof endings)[number]): string => {
    const bytes = read.content(resultFile(policy, part, ending));
    return bytes === undefined ? '' : utf8Decode(bytes).trim();
  };
  const found: ScriptOutput = {
    exitCode,
    output: content('output'),
    error: content('error'),
    timedOut: content('timeout') === '1',
  };
  for (const ending of endings) {
    const path = resultFile(policy, part, ending);
    if (read.file(path) !== undefined) to.change(rules.healthOutput, { kind: 'file.remove', path });
  }
  to.log(rules.verdict, msg.exitCode, [exitCode])
    .log(rules.healthOutput, msg.errorOutput, [found.error])
    .log(rules.healthOutput, msg.standardOutput, [found.output])
    .log(rules.healthOutput, msg.parsed, [parsedAs[part]])
    .log(rules.verdict, msg.returned, [exitCode]);
  return found;
}

const exitOf = (entry: QueueEntry): number => (entry.data as { readonly exitCode: number }).exitCode;

/** Process of the script that runs: one that an earlier process of the agent started may still end. */
const processMemory = 'remediations.process';
const isCurrent = (read: DeviceReader, entry: QueueEntry): boolean =>
  read.memory(processMemory)?.value === (entry.data as { readonly process: number }).process;

/** A script of a pass has ended; where its policy is gone meanwhile, the pass goes on with the next. */
function ended(
  read: DeviceReader,
  entry: QueueEntry,
  goOn: (to: StepBuilder, pass: Pass, policy: HealthPolicy) => void,
): Step {
  const pass = passOf(entry);
  if (!passRuns(read, pass) || !isCurrent(read, entry)) return nothing;
  const to = new StepBuilder(pass.thread);
  const policy = currentPolicy(read, pass);
  if (policy) goOn(to, pass, policy);
  else continueWith(to, { ...pass, plan: pass.plan.slice(1) });
  return to.step();
}

/** The first detection has ended: its exit code decides. */
export const detected = (read: DeviceReader, entry: QueueEntry): Step =>
  ended(read, entry, (to, pass, policy) => {
    const pre = collect(to, read, policy, 'detect', exitOf(entry));
    const compared = { compared: { exitCode: pre.exitCode, timedOut: pre.timedOut } };
    to.log(rules.verdict, msg.scriptExit, [pre.exitCode], compared).log(
      pre.timedOut ? rules.detectionFails : rules.verdict,
      msg.compliance,
      [policy.id, pre.exitCode === 0],
      compared,
    );
    const oneOnly = answerOf(read, 'remediation-trigger') === 'one-only';
    const triggers = !pre.timedOut && (oneOnly ? pre.exitCode === 1 : pre.exitCode !== 0);
    if (triggers && policy.remediation !== null) {
      to.log(rules.trigger, msg.kickOff, [], compared).log(rules.trigger, msg.hasRemediation);
      start(to, read, { ...pass, pre }, policy, 'remediate');
    } else finish(to, read, { ...pass, pre }, policy, null);
  });

/** The remediation has ended. */
export const remediated = (read: DeviceReader, entry: QueueEntry): Step =>
  ended(read, entry, (to, pass, policy) => {
    const remediation = collect(to, read, policy, 'remediate', exitOf(entry));
    to.log(rules.remediationEnds, msg.remediationExit, [remediation.exitCode], {
      compared: { exitCode: remediation.exitCode },
    });
    const after: Pass = { ...pass, remediation };
    if (remediation.exitCode === 0) start(to, read, after, policy, 'detect-again');
    else finish(to, read, after, policy, null);
  });

/** The second detection has ended. */
export const detectedAgain = (read: DeviceReader, entry: QueueEntry): Step =>
  ended(read, entry, (to, pass, policy) => {
    const post = collect(to, read, policy, 'detect-again', exitOf(entry));
    to.log(rules.remediationEnds, msg.postCompliance, [policy.id, post.exitCode === 0], {
      compared: { exitCode: post.exitCode },
    });
    finish(to, read, pass, policy, post);
  });

/** One script is done: its time is stored, its result compared with the one before. */
function finish(
  to: StepBuilder,
  read: DeviceReader,
  pass: Pass,
  policy: HealthPolicy,
  post: ScriptOutput | null,
): void {
  const { user } = pass.session;
  const result = resultDocument(policy, user, pass.pre, pass.remediation, post);
  const stored = read.value('HKLM', resultKey(user, policy.id, policy.version), 'Result');
  const before = textValue(stored);
  const time = text(localText(read.now, 0));
  if (pass.kind === 'OnDemand')
    to.set(rules.onDemandKept, onDemandKey, 'PolicyId', text(policy.id)).set(
      rules.onDemandKept,
      onDemandKey,
      'ArchiveTime',
      time,
    );
  else to.set(rules.healthStored, executionKey(user, policy.id, policy.version), 'LastExecution', time);
  to.log(rules.healthResult, msg.newResult, [result]);
  if (before !== undefined)
    to.log(rules.healthResult, msg.oldResult, [before], { cause: stored?.writer ?? null });
  if (before === result) to.log(rules.healthResult, msg.same, [policy.id, policy.version]);
  const done = before === result ? pass.done : [...pass.done, [policy.id, policy.version, result] as const];
  const after: Pass = { ...pass, plan: pass.plan.slice(1), pre: null, remediation: null, done };
  if (after.plan.length === 0)
    to.enqueue(rules.healthReport, 'remediations.report', milliseconds(200), after);
  else continueWith(to, after);
}
