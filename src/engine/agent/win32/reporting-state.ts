import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import { authorityKey, reportingKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import * as rules from '../rules/enforcement-rules.ts';
import { reportingImpact } from '../rules/relation-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import { dword, text } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';
import { tellCompanyPortal } from './company-portal.ts';
import type { ComplianceMessage, EnforcementMessage } from './state-message.ts';
import { readCompliance, readEnforcement, targetingMethod } from './state-message.ts';
import { jsonValue } from './stored.ts';
import type { CheckIn } from './work.ts';

/** The `ReportingState` document, fields in the agent's order. */
export type ReportingState = Readonly<Record<string, unknown>>;

/** The stored document of an app, or the initial one where none can be read. */
export function readReportingState(
  read: DeviceReader,
  scope: string,
  policy: AppPolicy,
): { readonly state: ReportingState; readonly isNew: boolean } {
  const stored = jsonValue(read.value('HKLM', reportingKey(scope, policy.id), 'ReportingState'));
  if (stored) return { state: stored, isNew: false };
  return {
    state: reportingState(
      policy,
      readCompliance(read, scope, policy),
      readEnforcement(read, scope, policy),
      null,
    ),
    isNew: true,
  };
}

function reportingState(
  policy: AppPolicy,
  compliance: ComplianceMessage | undefined,
  enforcement: EnforcementMessage | undefined,
  impact: QueueData,
): ReportingState {
  const state = compliance?.ComplianceState;
  const reportable = policy.intent !== 0;
  return {
    ApplicationId: policy.id,
    ResultantAppState: compliance ? resultantState(compliance, enforcement) : null,
    ReportingImpact: impact,
    WriteableToStorage: true,
    CanGenerateComplianceState: compliance !== undefined,
    CanGenerateEnforcementState: enforcement !== undefined,
    IsAppReportable: reportable,
    IsAppAggregatable: reportable,
    AvailableAppEnforcementFlag: 0,
    DesiredState: compliance?.DesiredState ?? null,
    DetectionState: state === 1 ? 1 : state === 2 ? 2 : null,
    DetectionErrorOccurred: state === undefined ? null : state === 4,
    DetectionErrorCode: state === 4 ? (compliance?.ErrorCode ?? null) : null,
    ApplicabilityState: compliance?.Applicability ?? null,
    ApplicabilityErrorOccurred: compliance ? false : null,
    ApplicabilityErrorCode: null,
    EnforcementState: enforcement?.EnforcementState ?? null,
    EnforcementErrorCode: enforcement?.ErrorCode ?? null,
    TargetingMethod: targetingMethod(policy),
    TargetingType: policy.targetType,
    InstallContext: policy.runAs === 'user' ? 1 : 2,
    Intent: policy.intent,
    InternalVersion: policy.revision,
    DetectedIdentityVersion: compliance?.ProductVersion ?? null,
    RemovalReason: null,
  };
}

/** The number that Microsoft Graph documents as `resultantAppState`. */
function resultantState(compliance: ComplianceMessage, enforcement: EnforcementMessage | undefined): number {
  const state = enforcement?.EnforcementState ?? 0;
  const detected = compliance.ComplianceState === 1;
  const removes = compliance.DesiredState === 1;
  if (compliance.Applicability !== 0 && !detected) return resultant.notApplicable;
  if (compliance.ComplianceState === 5) return resultant.unknown;
  if (detected && !removes) return resultant.installed;
  if (compliance.ComplianceState === 4 || (state >= 5000 && state < 6000))
    return removes ? resultant.uninstallFailed : resultant.failed;
  // Superseding apps stand in for it.
  if (detected || state === 1014) return resultant.installed;
  return compliance.DesiredState === 2 && state < 6000 ? resultant.pending : resultant.notInstalled;
}

const resultant = {
  installed: 1,
  failed: 2,
  notInstalled: 3,
  uninstallFailed: 4,
  pending: 5,
  unknown: 99,
  notApplicable: -1,
} as const;

/** Stores the document and tells Company Portal's store of it. */
export function saveReportingState(
  to: StepBuilder,
  read: DeviceReader,
  scope: string,
  checkIn: Pick<CheckIn, 'session' | 'requested'>,
  policy: AppPolicy,
  compliance: ComplianceMessage,
  enforcement: EnforcementMessage | undefined,
  impact: QueueData,
): void {
  const document = JSON.stringify(reportingState(policy, compliance, enforcement, impact));
  const key = reportingKey(scope, policy.id);
  if (read.value('HKLM', authorityKey, policy.id) === undefined)
    to.set(rules.appAuthority, authorityKey, policy.id, dword(3));
  to.set(impact === null ? rules.reportingState : reportingImpact, key, 'ReportingState', text(document)).set(
    rules.reportingState,
    key,
    'LastUpdatedTime',
    text(utcText(read.now)),
  );
  tellCompanyPortal(to, read, checkIn, scope, policy, compliance, enforcement, document);
}
