import { utf8Decode, utf8Encode } from '../../../base/bytes.ts';
import type { ProcessId } from '../../../base/ids.ts';
import type { Duration } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/health-messages.ts';
import { messageText } from '../messages/message.ts';
import * as rules from '../rules/health-rules.ts';
import { gatewayUrl } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { healthGroup, mdmCertificates } from './agent-program.ts';
import type { Finding } from './evaluate-rule.ts';
import { evaluateRule } from './evaluate-rule.ts';
import type { HealthCheck } from './health-check-file.ts';
import { healthCheckFile, readHealthChecks } from './health-check-file.ts';
import { sendHeartbeat } from './heartbeat.ts';
import type { RuleResult } from './heartbeat.ts';

/** An evaluation in progress: its process, the rules it read, where it is, what it found. */
export type Evaluation = {
  readonly process: ProcessId;
  readonly thread: number;
  readonly next: number;
  readonly results: readonly RuleResult[];
};

const healthLog = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\ClientHealth.log';

const times = rules.healthEvaluation.parameters as { readonly starts: Duration; readonly rule: Duration };

/** ClientHealthEval.exe has been started. */
export function evaluationStarts(read: DeviceReader, process: ProcessId): Step {
  const to = new StepBuilder(1);
  const found = mdmCertificates(read);
  if (read.processCount('ClientHealthEval.exe') > 1)
    // The other one writes before this record is whole: the next one begins within it.
    to.change(rules.healthTornRecord, {
      kind: 'file.append',
      path: healthLog,
      content: utf8Encode(`<![LOG[${messageText(msg.starts, [])}`),
    });
  else to.log(rules.healthEvaluation, msg.starts);
  to.log(rules.healthEnvironment, msg.publicCloud).log(rules.healthEnvironment, msg.certificates, [
    found.length,
  ]);
  const [thumbprint] = found;
  if (thumbprint !== undefined) to.log(rules.healthEnvironment, msg.setCertificate, [thumbprint]);
  to.log(rules.healthEnvironment, msg.serviceUrl, [gatewayUrl])
    .log(rules.healthEnvironment, msg.flightingStarts)
    .log(rules.healthEnvironment, msg.aria, [read.intuneDeviceId, read.osVersion])
    .log(rules.healthEnvironment, msg.telemetry);
  const evaluation: Evaluation = { process, thread: 1, next: 0, results: [] };
  return to.enqueue(rules.healthEvaluation, 'health.rules', times.starts, evaluation, healthGroup).step();
}

/** Goes through the rules up to one that repairs something: what comes after it must see the repaired device. */
export function evaluateRules(read: DeviceReader, entry: QueueEntry): Step {
  const evaluation = entry.data as Evaluation;
  if (!read.process(evaluation.process)) return nothing;
  const to = new StepBuilder(evaluation.thread);
  const file = read.content(healthCheckFile);
  const checks: ReturnType<typeof readHealthChecks> =
    file === undefined
      ? { error: `Could not find file '${healthCheckFile}'.` }
      : readHealthChecks(utf8Decode(file));
  if ('error' in checks) {
    const exception = `System.Xml.XmlException: ${checks.error}`;
    to.log(rules.healthRules, msg.ruleException, ['', healthCheckFile, exception]);
    return completed(to, read, evaluation, []);
  }
  const writer = read.file(healthCheckFile)?.writer ?? null;
  const results = [...evaluation.results];
  for (let next = evaluation.next; next < checks.length; next++) {
    const check = checks[next] as HealthCheck;
    if (!applies(read, check)) continue;
    to.log(rules.healthRules, msg.ruleStarts, [check.description], { cause: writer });
    const finding = evaluateRule(read, check);
    if (finding.kind === 'repair') {
      to.change(finding.rule, finding.change, { compared: finding.compared });
      const starting = finding.starts === undefined ? {} : { starts: finding.starts };
      const after =
        finding.starts === undefined ? times.rule : (rules.healthStatus.parameters?.['pending'] as Duration);
      const repaired = { ...evaluation, next, results, ...starting };
      return to.enqueue(finding.rule, 'health.repaired', after, repaired, healthGroup).step();
    }
    results.push(concludes(to, check, finding));
  }
  return completed(to, read, evaluation, results);
}

/** What a rule repaired has taken effect. */
export function repaired(read: DeviceReader, entry: QueueEntry): Step {
  const { starts, ...evaluation } = entry.data as Evaluation & { readonly starts?: string };
  if (!read.process(evaluation.process)) return nothing;
  const to = new StepBuilder(evaluation.thread);
  const file = read.content(healthCheckFile);
  const checks = file === undefined ? [] : readHealthChecks(utf8Decode(file));
  const check = 'error' in checks ? undefined : checks[evaluation.next];
  const status = starts === undefined ? undefined : read.service(starts)?.value.status;
  if (starts !== undefined && status === 'StopPending') {
    to.change(rules.healthMemory, { kind: 'service.state', name: starts, status: 'Stopped' }).change(
      rules.healthMemory,
      { kind: 'service.state', name: starts, status: 'StartPending' },
    );
    const after = rules.healthStatus.parameters?.['pending'] as Duration;
    return to
      .enqueue(rules.healthMemory, 'health.repaired', after, { ...evaluation, starts }, healthGroup)
      .step();
  }
  if (starts !== undefined && status === 'StartPending')
    to.change(rules.healthStatus, { kind: 'service.state', name: starts, status: 'Running' });
  const results = [...evaluation.results];
  if (check) {
    to.log(rules.healthRemediation, msg.remediated, [check.description]);
    results.push(concludes(to, check, { kind: 'pass', rule: rules.healthRemediation }, true));
  }
  const then: Evaluation = { ...evaluation, next: evaluation.next + 1, results };
  return to.enqueue(rules.healthEvaluation, 'health.rules', times.rule, then, healthGroup).step();
}

/** The lines that end a rule. */
function concludes(
  to: StepBuilder,
  check: HealthCheck,
  finding: Exclude<Finding, { kind: 'repair' }>,
  remediated = false,
): RuleResult {
  const { description, id } = check;
  if (finding.kind === 'exception')
    to.log(rules.healthRules, msg.ruleException, [id, description, finding.exception]);
  else to.log(rules.healthRules, msg.ruleEnds, [description]);
  const details =
    finding.kind === 'pass'
      ? 'N/A'
      : finding.kind === 'fail'
        ? finding.details
        : `Exception happens when processing non-leaf rule, rule id = ${id}, rule description = ${description}, exception = ${finding.exception}`;
  const result = finding.kind === 'pass' ? 'Pass' : 'Fail';
  to.log(finding.rule, msg.summary, [description, id, result, details]);
  return { id, description, result, details, remediated };
}

function completed(
  to: StepBuilder,
  read: DeviceReader,
  evaluation: Evaluation,
  results: readonly RuleResult[],
): Step {
  to.log(rules.healthEvaluation, msg.completes);
  sendHeartbeat(to, read, { process: evaluation.process, thread: evaluation.thread }, results);
  return to.step();
}

const applies = (read: DeviceReader, check: HealthCheck): boolean =>
  (check.os === 'ALL' || check.os === read.os) &&
  (check.clientVersion === 'ALL' || check.clientVersion === read.agentVersion);
