import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { Assignment } from './cloud-state.ts';
import type { ComplianceRule } from './compliance-rules.ts';
import type { RemediationSchedule } from './script-actions.ts';
import { Rows } from './rows.ts';

/** Scripts of the tenant, whom they are assigned to and what devices reported. */
export interface CloudScripts {
  readonly items: Readonly<Record<string, CloudScript>>;
  readonly compliancePolicies: Readonly<Record<string, CompliancePolicy>>;
  /** In the order they were made; `script` is an id of a script or of a compliance policy. */
  readonly assignments: readonly ScriptAssignment[];
  /** Last results received, by `scriptReportKey`; the admin centre shows them after the lag. */
  readonly received: Rows<ScriptReport>;
  readonly reports: Rows<ScriptReport>;
  /** Custom compliance of devices, by `scriptReportKey` of policy, device and user. */
  readonly compliance: Rows<ComplianceReport>;
  /** Remediations that an administrator has asked for and the device has not fetched, by device: the last one counts. */
  readonly onDemand: Readonly<Record<string, Guid>>;
}

/** `policyType` 1 platform script, 6 remediation, 8 custom compliance. */
export interface CloudScript {
  readonly id: Guid;
  readonly name: string;
  readonly kind: 'platform' | 'remediation' | 'compliance';
  /** Counts changes. */
  readonly revision: number;
  /** The script itself, or the detection of a remediation. */
  readonly script: string;
  readonly remediation: string | null;
  readonly runAs: 'system' | 'user';
  readonly enforceSignature: boolean;
  readonly run64Bit: boolean;
}

export interface CompliancePolicy {
  readonly id: Guid;
  readonly name: string;
  readonly script: Guid;
  readonly rules: readonly ComplianceRule[];
}

export interface ScriptAssignment {
  readonly script: Guid;
  readonly target: Assignment['target'];
  readonly exclude: boolean;
  /** Of remediations only. */
  readonly schedule: RemediationSchedule | null;
}

/** What a device says of one run of a script: a row of the device and user status. */
export interface ScriptReport {
  readonly script: Guid;
  readonly revision: number;
  readonly device: DeviceId;
  /** Null: the device itself. */
  readonly user: Guid | null;
  readonly receivedAt: Instant;
  /** As the admin centre words it. */
  readonly status: 'Succeeded' | 'Failed' | 'Without issues' | 'With issues' | 'Issue fixed' | 'Recurred';
  readonly errorCode: number;
  /** Output and errors of the script, or of detection before remediation. */
  readonly output: string;
  readonly error: string;
  readonly remediationError: string;
  /** Of detection after remediation. */
  readonly postOutput: string;
  readonly postError: string;
}

export interface SettingResult {
  readonly setting: string;
  readonly state: 'Compliant' | 'Not compliant' | 'Error';
  /** What the script found, as text; null where it said nothing of the setting. */
  readonly actual: string | null;
  readonly expected: string;
  /** Title and text for the user where the setting is not met. */
  readonly title: string;
  readonly description: string;
}

/** Custom compliance of one device under one policy. */
export interface ComplianceReport {
  readonly policy: Guid;
  readonly device: DeviceId;
  readonly user: Guid | null;
  readonly receivedAt: Instant;
  readonly state: 'Compliant' | 'Not compliant' | 'Error';
  readonly settings: readonly SettingResult[];
}

export const noScripts: CloudScripts = Object.freeze({
  items: {},
  compliancePolicies: {},
  assignments: [],
  received: Rows.none<ScriptReport>(),
  reports: Rows.none<ScriptReport>(),
  compliance: Rows.none<ComplianceReport>(),
  onDemand: {},
});

export const scriptReportKey = (script: string, device: string, user: string | null): string =>
  `${script}|${device}|${user ?? ''}`;
