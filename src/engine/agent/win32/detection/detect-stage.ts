import { utf8Decode } from '../../../../base/bytes.ts';
import { fromUint8Array } from '../../../../base/bytes.ts';
import { fromBase64 } from '../../../../base/base64.ts';
import type { DeviceReader } from '../../../device/device-reader.ts';
import type { QueueEntry } from '../../agent.ts';
import * as msg from '../../messages/detection-messages.ts';
import * as graphMsg from '../../messages/subgraph-messages.ts';
import type { AppPolicy, PolicyRule } from '../../policy/app-policy.ts';
import { policyOf } from '../../policy/app-policy.ts';
import * as rules from '../../rules/evaluation-rules.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Step } from '../../step.ts';
import { nothing, StepBuilder } from '../../step-builder.ts';
import { beginStoreDetection } from '../../store/store-search.ts';
import { stageTimes } from '../timing.ts';
import type { Detection, Work } from '../work.ts';
import { runs, workOf } from '../work.ts';
import { userOf } from './expand.ts';
import type { RuleOutcome } from './file-rule.ts';
import { fileRule } from './file-rule.ts';
import { msiRule } from './msi-rule.ts';
import { registryRule } from './registry-rule.ts';
import { finishScript, scriptWork, startScript } from './script-run.ts';

const kinds = ['Registry', 'ProductCode', 'File', 'Script'] as const;
const names = { type: 'DetectionType', value: 'DetectionValue' };

/** Runs the detection rules of one app, from rule `work.rule` on; a script rule is waited for. */
export function detect(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (policy !== undefined && policy.storePackage !== null) {
    beginStoreDetection(to, read, work, policy);
    return to.step();
  }
  to.log(rules.detectionRuns, graphMsg.detectionRunning, [work.app])
    .log(rules.detectionRuns, msg.starts)
    .log(rules.detectionRuns, msg.parsing);
  detectFrom(to, read, work, policy);
  return to.step();
}

/** A detection script has ended. */
export function detectScriptEnded(read: DeviceReader, entry: QueueEntry): Step {
  const work = scriptWork(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  const exit = finishScript(to, read, entry, policy, work);
  const body = policy?.detection?.[work.rule]?.body ?? {};
  const met = exit.exitCode === 0 && exit.stdout !== '' && exit.stderr === '';
  to.log(rules.scriptDetection, msg.scriptOutput, [exit.stdout.trimEnd()]).log(
    rules.scriptDetection,
    msg.scriptChecked,
    [
      exit.exitCode,
      number(body['EnforceSignatureCheck']),
      number(body['RunAs32Bit']),
      policy?.runAs === 'user' ? 2 : 1,
      met,
    ],
    { compared: { exitCode: exit.exitCode, output: exit.stdout !== '', errors: exit.stderr !== '' } },
  );
  logRuleEnd(to, rules.scriptDetection, 'Script', met);
  if (met) detectFrom(to, read, { ...work, rule: work.rule + 1 }, policy);
  else concludeDetection(to, work, 'NotDetected');
  return to.step();
}

function detectFrom(to: StepBuilder, read: DeviceReader, work: Work, policy: AppPolicy | undefined): void {
  const list = policy?.detection;
  if (policy === undefined || list === undefined || list.length === 0) {
    concludeDetection(to, work, 'Failed');
    return;
  }
  for (let i = work.rule; i < list.length; i++) {
    const one = list[i] as PolicyRule;
    const kind = kinds[one.type];
    to.log(rules.detectionRuns, msg.type, [one.type]);
    if (kind === undefined) {
      concludeDetection(to, work, 'Failed');
      return;
    }
    to.log(rules.detectionRuns, msg.manager, [kind]);
    if (kind === 'Script') {
      const text = scriptText(one);
      if (text === undefined) concludeDetection(to, work, 'Failed');
      else startScript(to, read, { ...work, rule: i }, policy, one, text, 'win32.detect-script');
      return;
    }
    const outcome = evaluate(to, read, work, one, kind);
    if (outcome.met === undefined) {
      concludeDetection(to, work, 'Failed');
      return;
    }
    logRuleEnd(to, ruleOf[kind], kind, outcome.met);
    if (!outcome.met) {
      concludeDetection(to, work, 'NotDetected');
      return;
    }
  }
  concludeDetection(to, work, 'Detected');
}

const ruleOf = {
  Registry: rules.registryDetection,
  ProductCode: rules.msiDetection,
  File: rules.fileDetection,
} as const;

function evaluate(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  rule: PolicyRule,
  kind: 'Registry' | 'ProductCode' | 'File',
): RuleOutcome {
  const user = userOf(read, work.session.user);
  if (kind === 'File') {
    const outcome = fileRule(read, rule.body, names, user);
    const looksAt64 = rule.body['Check32BitOn64System'] !== true;
    if (looksAt64) to.log(rules.fileDetection, msg.redirectionOff);
    logFile(to, rule, outcome);
    if (looksAt64) to.log(rules.fileDetection, msg.redirectionOn);
    return outcome;
  }
  if (kind === 'Registry') {
    const outcome = registryRule(read, rule.body, names, user);
    logRegistry(to, rule, outcome);
    return outcome;
  }
  const outcome = msiRule(read, rule.body);
  if (outcome.actual === null)
    to.log(rules.msiDetection, msg.msiMissingTry, [outcome.path, 1605])
      .log(rules.msiDetection, msg.msiMissingAgain, [outcome.path.replace(/[{}]/g, ''), 87])
      .log(rules.msiDetection, msg.msiMissing, [outcome.path]);
  else
    to.log(
      rules.msiDetection,
      msg.msiFound,
      [outcome.path, number(rule.body['ProductVersionOperator']), outcome.met === true],
      compared(outcome, rule, 'ProductVersion'),
    );
  return outcome;
}

function logFile(to: StepBuilder, rule: PolicyRule, outcome: RuleOutcome): void {
  const met = outcome.met === true;
  const because = compared(outcome, rule, 'DetectionValue');
  if (rule.body['DetectionType'] === 1)
    to.log(rules.fileDetection, met ? msg.fileFound : msg.fileMissing, [outcome.path], because);
  // Only the words of "greater or equal" are known.
  else if (rule.body['DetectionType'] === 4 && rule.body['Operator'] === 5 && outcome.actual !== null)
    to.log(
      rules.fileDetection,
      msg.fileVersion,
      [outcome.actual, String(rule.body['DetectionValue']), met],
      because,
    );
  to.log(
    rules.fileDetection,
    msg.fileChecked,
    [String(rule.body['Path']), outcome.name, outcome.path, met],
    because,
  );
}

function logRegistry(to: StepBuilder, rule: PolicyRule, outcome: RuleOutcome): void {
  const met = outcome.met === true;
  const because = compared(outcome, rule, 'DetectionValue');
  to.log(rules.registryDetection, msg.registryFullPath, [outcome.path]).log(
    rules.registryDetection,
    msg.registrySubPath,
    [outcome.path.slice(outcome.path.indexOf('\\') + 1)],
  );
  // Only the words of a value that exists are known.
  if (rule.body['DetectionType'] === 1 && met)
    to.log(rules.registryDetection, msg.registryExists, [outcome.path, outcome.name, met], because);
  else if (outcome.actual !== null)
    to.log(rules.registryDetection, msg.registryValue, [outcome.path, outcome.name, outcome.actual], because);
  to.log(
    rules.registryDetection,
    msg.registryChecked,
    [
      outcome.path,
      outcome.name,
      number(rule.body['Operator']),
      number(rule.body['DetectionType']),
      outcome.actual ?? '',
      met,
    ],
    because,
  );
}

const compared = (outcome: RuleOutcome, rule: PolicyRule, wanted: string) => ({
  compared: {
    found: outcome.actual ?? outcome.met === true,
    wanted: rule.body[wanted] === undefined ? null : String(rule.body[wanted]),
  },
});

function logRuleEnd(to: StepBuilder, rule: Rule, kind: string, met: boolean): void {
  to.log(rule, msg.ruleResult, [kind, met]).log(rule, msg.ruleCompleted, [kind, met]);
}

/** Detection of one app is over: the next app, or what comes after detection. */
export function concludeDetection(to: StepBuilder, work: Work, state: Detection): void {
  if (state === 'Failed') to.log(rules.detectionError, graphMsg.detectionFailed, [work.app]);
  else to.log(rules.detectionRuns, graphMsg.detectionResult, [work.app, state]);
  const after: Work = { ...work, rule: 0, found: { ...work.found, [work.app]: state } };
  const nextApp = work.graph.apps[work.graph.apps.indexOf(work.app) + 1];
  if (work.phase === 'first' && nextApp !== undefined) {
    to.enqueue(rules.detectionRuns, 'win32.detect', stageTimes.detection, { ...after, app: nextApp });
    return;
  }
  to.log(rules.detectionRuns, graphMsg.detectionCompleted);
  if (work.phase === 'first')
    to.log(rules.applicabilityRuns, graphMsg.applicabilityInvoked, [work.graph.apps.length]).enqueue(
      rules.applicabilityRuns,
      'win32.applicability',
      stageTimes.applicability,
      { ...after, app: work.graph.apps[0] ?? work.app },
    );
  else
    to.enqueue(
      rules.detectionRuns,
      work.phase === 'before-install' ? 'win32.detected-before' : 'win32.detected-after',
      stageTimes.detectionRule,
      after,
    );
}

function scriptText(rule: PolicyRule): string | undefined {
  const body = rule.body['ScriptBody'];
  const decoded = typeof body === 'string' ? fromBase64(body) : undefined;
  return decoded && utf8Decode(fromUint8Array(decoded));
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
