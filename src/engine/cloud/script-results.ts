import { guid } from '../../base/ids.ts';
import type { Guid } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { minutes } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import type { CloudDevice, CloudState } from './cloud-state.ts';
import type { CloudOutcome } from './cloud.ts';
import { evaluateRule } from './compliance-rules.ts';
import type { CloudScript, ComplianceReport, ScriptReport } from './script-state.ts';
import { scriptReportKey } from './script-state.ts';
import { policiesWith } from './script-targets.ts';

type Fields = Readonly<Record<string, QueueData>>;

/** How long a result takes from the gateway to the admin centre. */
const reportLag = minutes(5);
/** Characters of output that the service keeps of a remediation (documented). */
const outputLimit = 2048;

export const reportShown = 'cloud.script-report.shown';

/** Takes results of scripts that a device sends: rows `ScriptResult` or `PolicyResult` of the agent. */
export function receiveScriptResults(
  state: CloudState,
  payload: readonly unknown[],
  device: CloudDevice,
  at: Instant,
): CloudOutcome<CloudState> {
  const rows = payload.flatMap((row) => (isRecord(row) ? (report(state, row, device, at) ?? []) : []));
  const received = rows.reduce(
    (all, row) => all.with(scriptReportKey(row.script, row.device, row.user), row),
    state.scripts.received,
  );
  return {
    state: { ...state, scripts: { ...state.scripts, received } },
    events: rows.map((row) => ({
      what: 'script-report.received',
      data: { ...row },
      rule: 'cloud.script-report.received',
    })),
    later: rows.map((row) => ({
      after: reportLag,
      kind: reportShown,
      data: { key: scriptReportKey(row.script, row.device, row.user) },
      rule: 'cloud.report.lag',
    })),
    push: [],
  };
}

/** A received result reaches the admin centre; that of a compliance script is held against the rules of its policies. */
export function showScriptReport(state: CloudState, key: string): CloudOutcome<CloudState> {
  const row = state.scripts.received.get(key);
  if (row === undefined || state.scripts.reports.get(key) === row)
    return { state, events: [], later: [], push: [] };
  const reports = state.scripts.reports.with(key, row);
  const verdicts = complianceOf(state, row);
  const compliance = verdicts.reduce(
    (all, one) => all.with(scriptReportKey(one.policy, one.device, one.user), one),
    state.scripts.compliance,
  );
  return {
    state: { ...state, scripts: { ...state.scripts, reports, compliance } },
    events: [
      { what: 'script-report.shown', data: { ...row }, rule: 'cloud.report.lag' },
      ...verdicts.map((one) => ({
        what: 'compliance.evaluated',
        data: { policy: one.policy, device: one.device, user: one.user, state: one.state },
        rule: 'cloud.compliance.custom',
      })),
    ],
    later: [],
    push: [],
  };
}

function report(state: CloudState, row: Fields, device: CloudDevice, at: Instant): ScriptReport | null {
  const script = state.scripts.items[textOf(row['PolicyId'])];
  if (script === undefined) return null;
  const user = textOf(row['UserId']);
  const head = {
    script: script.id,
    revision: numberOf(row['InternalVersion']) ?? script.revision,
    device: device.id,
    user: Object.hasOwn(state.users, user) ? guid(user) : null,
    receivedAt: at,
    errorCode: numberOf(row['ErrorCode']) ?? 0,
  };
  if (script.kind === 'platform') {
    const failed = textOf(row['Result']) !== 'Success';
    const said = messageOf(row['ResultDetails']);
    return {
      ...head,
      status: failed ? 'Failed' : 'Succeeded',
      output: failed ? '' : said,
      error: failed ? said : '',
      remediationError: '',
      postOutput: '',
      postError: '',
    };
  }
  // Only remediations are cut: a compliance script may say up to 1 MB.
  const cut = (name: string): string => {
    const text = textOf(row[name]);
    return script.kind === 'remediation' ? text.slice(-outputLimit) : text;
  };
  return {
    ...head,
    status: statusOf(script, numberOf(row['Result']) ?? 0, numberOf(row['RemediationStatus']) ?? 0),
    output: cut('PreRemediationDetectScriptOutput'),
    error: cut('PreRemediationDetectScriptError'),
    remediationError: cut('RemediationScriptErrorDetails'),
    postOutput: cut('PostRemediationDetectScriptOutput'),
    postError: cut('PostRemediationDetectScriptError'),
  };
}

/** Numbers as measured (`Result` 3 without issues, 4 with, 5 detection failed; `RemediationStatus` 1 fixed, 2 recurred, 3 failed). */
function statusOf(script: CloudScript, result: number, remediation: number): ScriptReport['status'] {
  if (result === 5) return 'Failed';
  if (script.kind === 'compliance') return 'Succeeded';
  if (result === 3) return 'Without issues';
  return remediation === 1
    ? 'Issue fixed'
    : remediation === 2
      ? 'Recurred'
      : remediation === 3
        ? 'Failed'
        : 'With issues';
}

function complianceOf(state: CloudState, row: ScriptReport): readonly ComplianceReport[] {
  if (state.scripts.items[row.script]?.kind !== 'compliance') return [];
  const user: Guid | null = row.user ?? state.devices.get(row.device)?.primaryUser ?? null;
  const found = row.status === 'Failed' ? undefined : parsed(row.output);
  return policiesWith(state, row.script, row.device, user).map((policy) => {
    const settings = policy.rules.map((rule) => evaluateRule(rule, found ?? {}));
    const states = settings.map((one) => one.state);
    return {
      policy: policy.id,
      device: row.device,
      user: row.user,
      receivedAt: row.receivedAt,
      state: states.includes('Error')
        ? ('Error' as const)
        : states.includes('Not compliant')
          ? ('Not compliant' as const)
          : ('Compliant' as const),
      settings,
    };
  });
}

function parsed(json: string): Fields | undefined {
  try {
    const found: unknown = JSON.parse(json);
    return isRecord(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function messageOf(details: QueueData | undefined): string {
  return textOf(parsed(textOf(details))?.['ExecutionMsg']);
}

const isRecord = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | null =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && /^-?\d+$/.test(value)
      ? Number(value)
      : null;
