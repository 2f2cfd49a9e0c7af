import type { DeviceReader, Written } from '../../device/device-reader.ts';
import type { StoredRegistryValue } from '../../device/registry/registry-value.ts';
import { appStateKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import * as rules from '../rules/enforcement-rules.ts';
import type { Because, StepBuilder } from '../step-builder.ts';
import { dword, text } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';
import { installedVersion } from '../store/store-packages.ts';
import { jsonValue } from './stored.ts';

/** Fields in the order in which the agent writes them. */
export interface ComplianceMessage {
  readonly Applicability: number;
  readonly ComplianceState: number;
  readonly DesiredState: number;
  readonly ErrorCode: number | null;
  readonly TargetingMethod: number;
  readonly InstallContext: number;
  readonly TargetType: number;
  readonly ProductVersion: string | null;
  readonly AssignmentFilterIds: readonly string[] | null;
}

export interface EnforcementMessage {
  readonly EnforcementState: number;
  readonly ErrorCode: number | null;
  readonly TargetingMethod: number;
}

interface StatePaths {
  readonly scope: string;
  readonly app: string;
  readonly compliance: string;
  readonly enforcement: string;
}

/** Paths by policy, for the scope that was asked for last: an app is mostly in one. */
const pathsBefore = new WeakMap<AppPolicy, StatePaths>();

function statePaths(scope: string, policy: AppPolicy): StatePaths {
  let paths = pathsBefore.get(policy);
  if (paths?.scope !== scope) {
    const app = appStateKey(scope, policy.id, policy.revision);
    paths = {
      scope,
      app,
      compliance: `${app}\\ComplianceStateMessage`,
      enforcement: `${app}\\EnforcementStateMessage`,
    };
    pathsBefore.set(policy, paths);
  }
  return paths;
}

/** Where the state of an app is kept. */
export const stateKey = (scope: string, policy: AppPolicy): string => statePaths(scope, policy).app;
const compliancePath = (scope: string, policy: AppPolicy): string => statePaths(scope, policy).compliance;
const enforcementPath = (scope: string, policy: AppPolicy): string => statePaths(scope, policy).enforcement;

/** The values as stored, for who keeps what was made of them. */
export const complianceValue = (
  read: DeviceReader,
  scope: string,
  policy: AppPolicy,
): Written<StoredRegistryValue> | undefined =>
  read.value('HKLM', compliancePath(scope, policy), 'ComplianceStateMessage');
export const enforcementValue = (
  read: DeviceReader,
  scope: string,
  policy: AppPolicy,
): Written<StoredRegistryValue> | undefined =>
  read.value('HKLM', enforcementPath(scope, policy), 'EnforcementStateMessage');

/** Stored compliance; undefined where there is none or it cannot be read. */
export const readCompliance = (
  read: DeviceReader,
  scope: string,
  policy: AppPolicy,
): ComplianceMessage | undefined =>
  jsonValue(complianceValue(read, scope, policy)) as ComplianceMessage | undefined;

export const readEnforcement = (
  read: DeviceReader,
  scope: string,
  policy: AppPolicy,
): EnforcementMessage | undefined =>
  jsonValue(enforcementValue(read, scope, policy)) as EnforcementMessage | undefined;

/** 0 where something targets the app itself, 1 where only a dependency brings it. */
export const targetingMethod = (policy: AppPolicy): number => (policy.intent === 0 ? 1 : 0);

export function writeCompliance(
  to: StepBuilder,
  read: DeviceReader,
  scope: string,
  policy: AppPolicy,
  state: Pick<ComplianceMessage, 'Applicability' | 'ComplianceState' | 'DesiredState' | 'ErrorCode'>,
  because: Because = {},
): ComplianceMessage {
  const key = stateKey(scope, policy);
  const message: ComplianceMessage = {
    Applicability: state.Applicability,
    ComplianceState: state.ComplianceState,
    DesiredState: state.DesiredState,
    ErrorCode: state.ErrorCode,
    TargetingMethod: targetingMethod(policy),
    InstallContext: policy.runAs === 'user' ? 1 : 2,
    TargetType: policy.targetType,
    ProductVersion: policy.storePackage === null ? null : installedVersion(read, scope, policy),
    AssignmentFilterIds: policy.filters,
  };
  to.set(rules.complianceState, key, 'Intent', dword(policy.intent))
    .set(rules.complianceState, key, 'LastUpdatedTimeUtc', text(utcText(read.now)))
    .set(
      rules.complianceState,
      compliancePath(scope, policy),
      'ComplianceStateMessage',
      text(JSON.stringify(message)),
      because,
    );
  return message;
}

export function writeEnforcement(
  to: StepBuilder,
  scope: string,
  policy: AppPolicy,
  state: number,
  errorCode: number | null,
  because: Because = {},
): EnforcementMessage {
  const message: EnforcementMessage = {
    EnforcementState: state,
    ErrorCode: errorCode,
    TargetingMethod: targetingMethod(policy),
  };
  to.set(
    rules.enforcementState,
    enforcementPath(scope, policy),
    'EnforcementStateMessage',
    text(JSON.stringify(message)),
    because,
  );
  return message;
}
