import type { DeviceReader } from '../../device/device-reader.ts';
import * as msg from '../messages/install-messages.ts';
import { appStateKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import * as rules from '../rules/enforcement-rules.ts';
import type { Rule } from '../rules/rule.ts';
import type { Because, StepBuilder } from '../step-builder.ts';
import { dword } from '../step-builder.ts';
import { logDeltas } from './compliance.ts';
import { enforcementDelta } from './report-delta.ts';
import { impactOf } from './reporting-impact.ts';
import { saveReportingState } from './reporting-state.ts';
import { readCompliance, readEnforcement, writeCompliance, writeEnforcement } from './state-message.ts';
import { stageTimes } from './timing.ts';
import type { Work } from './work.ts';

export interface Outcome {
  /** Enforcement state and error code, see `state-names.ts`. */
  readonly state: number;
  readonly errorCode: number | null;
}

/** Stores how an attempt went: enforcement, exit code, compliance as detection last found it, reporting state. */
export function storeOutcome(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  outcome: Outcome,
  because: Because = {},
  rule: Rule = rules.enforcementState,
): void {
  const { scope } = work.graph;
  const before = readEnforcement(read, scope, policy);
  // Content that did not come is the end of the download, not of an execution.
  to.log(rule, outcome.state === 5003 ? msg.downloadDelta : msg.executionDelta, [
    policy.id,
    enforcementDelta(before, { EnforcementState: outcome.state, ErrorCode: outcome.errorCode }),
  ]);
  const enforcement = writeEnforcement(to, scope, policy, outcome.state, outcome.errorCode, because);
  if (work.exitCode !== null)
    to.set(
      rules.enforcementState,
      appStateKey(scope, policy.id, policy.revision),
      'ExitCode',
      dword(work.exitCode),
    );
  const old = readCompliance(read, scope, policy);
  const compliance = writeCompliance(to, read, scope, policy, {
    Applicability: old?.Applicability ?? 0,
    ComplianceState: work.found[policy.id] === 'Detected' ? 1 : work.found[policy.id] === 'Failed' ? 4 : 2,
    DesiredState: old?.DesiredState ?? 0,
    ErrorCode: old?.ErrorCode ?? null,
  });
  logDeltas(to, policy.id, old, compliance);
  saveReportingState(to, read, scope, work, policy, compliance, enforcement, impactOf(read, work, policy));
}

/** Goes to the next app of the plan, or to the end of the subgraph. */
export function afterApp(to: StepBuilder, work: Work): void {
  const plan = work.plan.slice(1);
  const [next] = plan;
  to.enqueue(
    rules.durations,
    next === undefined ? 'win32.subgraph-end' : 'win32.next-app',
    stageTimes.finish,
    {
      ...work,
      plan,
      app: next ?? work.app,
      rule: 0,
      attempt: 0,
      began: 0,
      exitCode: null,
      exitType: null,
      downloadUrl: '',
      decryptInfo: '',
    },
  );
}
