import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64 } from '../../../base/base64.ts';
import { toUint8Array, utf8Encode } from '../../../base/bytes.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { StoredRegistryValue } from '../../device/registry/registry-value.ts';
import type { QueueEntry } from '../agent.ts';
import { answerOf } from '../disputes.ts';
import * as msg from '../messages/check-in-messages.ts';
import { keptPath, reportingKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import { sessionSubgraphs } from '../policy/subgraph.ts';
import * as rules from '../rules/check-in-rules.ts';
import { callGateway, gatewayAnswer, logAnswer } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder, text } from '../step-builder.ts';
import type { GoneApp } from './cleanup.ts';
import { cleanupRows, goneApps, noteClean, removeGone } from './cleanup.ts';
import { bareCheckIn } from './session.ts';
import {
  complianceValue,
  enforcementValue,
  readCompliance,
  readEnforcement,
  stateKey,
} from './state-message.ts';
import { textValue } from './stored.ts';
import { stageTimes } from './timing.ts';
import type { CheckIn } from './work.ts';
import { checkInOf, runs } from './work.ts';

/** What is to be stored when the service has taken a result: where and which hashes. */
type Sent = {
  readonly app: string;
  readonly scope: string;
  readonly hash: string;
  readonly subgraph: string;
};
type Sending = CheckIn & { readonly sent: readonly Sent[]; readonly gone: readonly GoneApp[] };

/** Results that differ from what was last sent go to the service. */
export function results(read: DeviceReader, entry: QueueEntry): Step {
  const checkIn = bareCheckIn(checkInOf(entry));
  if (!runs(read, checkIn)) return nothing;
  const to = new StepBuilder(checkIn.thread);
  const { user } = checkIn.session;
  const rows: Made[] = [];
  const subgraphs = new Map<Made, string>();
  for (const graph of sessionSubgraphs(read, user))
    for (const app of graph.apps) {
      const policy = policyOf(read, app);
      const result = policy && resultOf(read, graph.scope, policy);
      if (result === undefined) continue;
      rows.push(result);
      subgraphs.set(result, graph.hash);
    }
  const changed = rows.filter(({ policy, scope, hash }) => hash !== lastHash(read, policy.id, scope));
  const same = changed.length === 0 ? rows : rows.filter((one) => !changed.includes(one));
  if (same.length > 0) to.log(rules.unchangedResults, msg.unchangedReports, [user, listText(same)]);
  // A request in Company Portal is about one app only.
  const gone = checkIn.requested === null ? goneApps(read, user) : [];
  if (changed.length === 0 && gone.length === 0) {
    if (checkIn.requested === null) noteClean(to, read, user);
    to.enqueue(rules.sendResults, 'win32.session-end', stageTimes.endOfSession, checkIn);
    return to.step();
  }
  const cleanup = cleanupRows(to, read, gone);
  const payload = [...changed.map(({ row }) => row), ...cleanup];
  const json = cleanup.length === 0 ? listText(changed) : JSON.stringify(payload);
  to.log(rules.sendResults, msg.sendingReports, [user, json])
    .log(rules.sendResults, msg.resultsCount, [payload.length, json.length])
    .log(rules.sendResults, msg.sendingResults, [json]);
  const sending: Sending = {
    ...checkIn,
    sent: changed.map((one) => ({
      app: one.policy.id,
      scope: one.scope,
      hash: one.hash,
      subgraph: subgraphs.get(one) ?? '',
    })),
    gone,
  };
  callGateway(to, read, checkIn, { contentType: 'AppResult', payload }, 'win32.results-taken', sending);
  return to.step();
}

/** The service has taken the results, or could not be reached: then they are sent with the next check-in. */
export function resultsTaken(read: DeviceReader, entry: QueueEntry): Step {
  const sending = entry.data as unknown as Sending;
  if (!runs(read, sending)) return nothing;
  const to = new StepBuilder(sending.thread);
  const answer = gatewayAnswer(entry.data);
  logAnswer(to, answer?.sessionId ?? null);
  if (answer !== null) {
    to.log(rules.sendResults, msg.acknowledged, [answer.sessionId]);
    const ofSubgraph = answerOf(read, 'last-hash-value') === 'of-the-subgraph';
    for (const { app, scope, hash, subgraph } of sending.sent) {
      const key = cacheKey(app, scope);
      to.set(rules.lastHashValue, key, 'LastHashValue', text(ofSubgraph ? subgraph : hash));
      // Then the hash that tells a changed report must be somewhere else; where is not known.
      if (ofSubgraph) to.set(rules.sendResults, key, reportHash, text(hash));
    }
    removeGone(to, read, sending.session.user, sending.gone);
    if (sending.requested === null) noteClean(to, read, sending.session.user);
  }
  to.enqueue(rules.sendResults, 'win32.session-end', stageTimes.endOfSession, bareCheckIn(sending));
  return to.step();
}

/** One app's row of the report, with its JSON and the hash that says whether it was sent before. */
interface Made {
  readonly row: QueueData;
  readonly json: string;
  readonly hash: string;
  /** Stored values, policy and place that it was made of. */
  readonly enforcement: StoredRegistryValue | undefined;
  readonly exitCode: StoredRegistryValue | undefined;
  readonly policy: AppPolicy;
  readonly scope: string;
  readonly device: string;
}

/** By the stored compliance: most check-ins find everything as the last one left it. */
const madeBefore = new WeakMap<StoredRegistryValue, Made>();

function resultOf(read: DeviceReader, scope: string, policy: AppPolicy): Made | undefined {
  const compliance = complianceValue(read, scope, policy);
  if (compliance === undefined) return undefined;
  const enforcement = enforcementValue(read, scope, policy)?.value;
  const exitCode = read.value('HKLM', stateKey(scope, policy), 'ExitCode')?.value;
  const device = read.intuneDeviceId;
  const made = madeBefore.get(compliance.value);
  const same =
    made?.enforcement === enforcement &&
    made?.exitCode === exitCode &&
    made?.policy === policy &&
    made.scope === scope &&
    made.device === device;
  if (same) return made;
  const row = resultRow(read, scope, policy, exitCode);
  if (row === undefined) return undefined;
  const json = JSON.stringify(row);
  const hash = toBase64(sha256(toUint8Array(utf8Encode(json))));
  const result: Made = { row, json, hash, enforcement, exitCode, policy, scope, device };
  madeBefore.set(compliance.value, result);
  return result;
}

/** Lists by their first result: the list of what did not change is mostly that of the check-in before. */
const lists = new WeakMap<Made, { readonly results: readonly Made[]; readonly text: string }>();

/** JSON of the rows. */
function listText(results: readonly Made[]): string {
  const first = results[0];
  const before = first && lists.get(first);
  if (before?.results.length === results.length && results.every((one, n) => one === before.results[n]))
    return before.text;
  const text = `[${results.map(({ json }) => json).join(',')}]`;
  if (first) lists.set(first, { results, text });
  return text;
}

function resultRow(
  read: DeviceReader,
  scope: string,
  policy: AppPolicy,
  exitCode: StoredRegistryValue | undefined,
): QueueData | undefined {
  const compliance = readCompliance(read, scope, policy);
  if (compliance === undefined) return undefined;
  const enforcement = readEnforcement(read, scope, policy);
  return {
    AppId: policy.id,
    InternalVersion: policy.revision,
    UserId: scope,
    DeviceId: read.intuneDeviceId,
    ExitCode: exitCode?.kind === 'DWord' ? exitCode.data | 0 : null,
    ComplianceStateMessage: compliance as unknown as QueueData,
    EnforcementStateMessage: (enforcement ?? null) as QueueData,
    ApplicationName: policy.name,
  };
}

const cacheKeyOf = keptPath((scope, app) => `${reportingKey(scope, app)}\\ReportCache\\${scope}`);
const cacheKey = (app: string, scope: string): string => cacheKeyOf(scope, app);
/** Hash of the report that was last sent. */
const lastHash = (read: DeviceReader, app: string, scope: string): string | undefined =>
  textValue(
    read.value(
      'HKLM',
      cacheKey(app, scope),
      answerOf(read, 'last-hash-value') === 'of-the-subgraph' ? reportHash : 'LastHashValue',
    ),
  );
const reportHash = 'LastReportHash';
