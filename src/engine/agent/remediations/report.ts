import { milliseconds, seconds } from '../../../base/time.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/health-script-messages.ts';
import * as rules from '../rules/health-script-rules.ts';
import { callGateway, gatewayAnswer, logAnswer } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder, text } from '../step-builder.ts';
import { localText } from '../utc-text.ts';
import { textValue } from '../win32/stored.ts';
import { reportsKey, resultKey } from './health-paths.ts';
import type { Pass } from './runner.ts';
import { fullReportDue, passOf, passRuns, sessionDone } from './runner.ts';

/** Results of the session that are new, and all others where a full report is due. */
export function report(read: DeviceReader, entry: QueueEntry): Step {
  const pass = passOf(entry);
  if (!passRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  to.log(rules.healthReport, msg.reportStarts);
  if (rowsOf(read, pass).length === 0) {
    to.log(rules.healthReport, msg.noReport);
    sessionDone(to, pass);
    return to.step();
  }
  const wait = 1 + (read.random('agent.health-report-delay') % 30);
  to.log(rules.healthReport, msg.reportDelay, [wait]).enqueue(
    rules.healthReport,
    'remediations.send',
    seconds(wait),
    pass,
  );
  return to.step();
}

/** Result documents to send. */
function rowsOf(read: DeviceReader, pass: Pass): readonly string[] {
  const { user } = pass.session;
  const fresh = pass.done.map(([, , result]) => result);
  if (!fullReportDue(read, user)) return fresh;
  const sent = new Set(pass.done.map(([policy, version]) => `${policy}_${version}`.toLowerCase()));
  const stored = (read.key('HKLM', reportsKey(user))?.value.subKeys ?? []).flatMap((name) => {
    if (sent.has(name.toLowerCase())) return [];
    const result = textValue(read.value('HKLM', `${reportsKey(user)}\\${name}\\Result`, 'Result'));
    return result === undefined || parsed(result) === null ? [] : [result];
  });
  return [...fresh, ...stored];
}

/** A stored result that a script has overwritten may be anything. */
function parsed(json: string): QueueData {
  try {
    return JSON.parse(json) as QueueData;
  } catch {
    return null;
  }
}

export function send(read: DeviceReader, entry: QueueEntry): Step {
  const pass = passOf(entry);
  if (!passRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  const payload = rowsOf(read, pass).map(parsed);
  to.log(rules.runnerFlights, msg.reportFirst)
    .log(rules.healthReport, msg.page, [1])
    .log(rules.healthReport, msg.sending)
    .log(rules.healthReport, msg.put)
    .log(rules.healthReport, msg.request, [JSON.stringify(payload)]);
  callGateway(to, read, pass, { contentType: 'PolicyResult', payload }, 'remediations.sent', pass);
  return to.step();
}

/** The service has taken the results: now they are stored. Without an answer they count as new again next time. */
export function sent(read: DeviceReader, entry: QueueEntry): Step {
  const pass = passOf(entry);
  if (!passRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  const answer = gatewayAnswer(entry.data);
  logAnswer(to, answer?.sessionId ?? null);
  if (answer !== null) {
    const { user } = pass.session;
    to.log(rules.healthReport, msg.sent);
    for (const [policy, version, result] of pass.done)
      to.log(rules.healthStored, msg.different, [policy, version]).set(
        rules.healthStored,
        resultKey(user, policy, version),
        'Result',
        text(result),
      );
    if (pass.done.length > 0) to.log(rules.healthStored, msg.saving, [user]);
    if (fullReportDue(read, user))
      to.log(rules.fullReport, msg.fullSent, [user]).set(
        rules.fullReport,
        reportsKey(user),
        'LastFullReportTimeUTC',
        text(localText(read.now, 0)),
      );
  }
  to.enqueue(rules.runnerFrame, 'remediations.session-done', milliseconds(20), pass);
  return to.step();
}

export function sessionEnds(read: DeviceReader, entry: QueueEntry): Step {
  const pass = passOf(entry);
  if (!passRuns(read, pass)) return nothing;
  const to = new StepBuilder(pass.thread);
  sessionDone(to, pass);
  return to.step();
}
