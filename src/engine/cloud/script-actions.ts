import type { AssignmentTarget } from './admin-actions.ts';

/** What an administrator does with scripts: platform scripts, remediations, custom compliance. */
export type ScriptAction =
  | { readonly action: 'script.create'; readonly data: ScriptCreate }
  | { readonly action: 'script.update'; readonly data: ScriptUpdate }
  | { readonly action: 'script.assign'; readonly data: ScriptAssign }
  | { readonly action: 'script.unassign'; readonly data: ScriptUnassign }
  | { readonly action: 'remediation.create'; readonly data: RemediationCreate }
  | { readonly action: 'remediation.update'; readonly data: RemediationUpdate }
  | { readonly action: 'remediation.assign'; readonly data: RemediationAssign }
  | { readonly action: 'remediation.unassign'; readonly data: ScriptUnassign }
  | { readonly action: 'remediation.run'; readonly data: RemediationRun }
  | { readonly action: 'compliance-script.create'; readonly data: ComplianceScriptCreate }
  | { readonly action: 'compliance-script.update'; readonly data: ComplianceScriptUpdate }
  | { readonly action: 'compliance-policy.create'; readonly data: CompliancePolicyCreate }
  | { readonly action: 'compliance-policy.assign'; readonly data: ScriptAssign }
  | { readonly action: 'compliance-policy.unassign'; readonly data: ScriptUnassign };

export type ScriptVerb = ScriptAction['action'];

/** The three switches that all scripts have in the admin centre. */
export type ScriptSettings = {
  /** Whose credentials it runs with: `user` is the one who is signed in. */
  readonly runAs?: 'system' | 'user';
  readonly enforceSignature?: boolean;
  /** Run in a 64-bit PowerShell host. */
  readonly run64Bit?: boolean;
};

/** A platform script; defaults of the admin centre: signed-in user, signature check on, 32-bit. */
export type ScriptCreate = ScriptSettings & {
  readonly id?: string;
  readonly name: string;
  readonly script: string;
};

/** Any field of `script.create` but the id, set anew. A script that changed runs again. */
export type ScriptUpdate = { readonly script: string; readonly set: Partial<Omit<ScriptCreate, 'id'>> };

export type ScriptAssign = {
  /** Script, remediation or compliance policy by name or id. */
  readonly script: string;
  readonly target: AssignmentTarget;
  readonly exclude?: boolean;
};

export type ScriptUnassign = { readonly script: string; readonly target: AssignmentTarget };

/** A remediation; defaults of the admin centre: SYSTEM, no signature check, 32-bit. */
export type RemediationCreate = ScriptSettings & {
  readonly id?: string;
  readonly name: string;
  readonly publisher?: string;
  readonly detection: string;
  /** Left out: detection only. */
  readonly remediation?: string;
};

export type RemediationUpdate = {
  readonly remediation: string;
  readonly set: Partial<Omit<RemediationCreate, 'id'>>;
};

export type RemediationSchedule =
  /** `date` `2026-05-05` and `time` `13:00`, read as `zone` says (default UTC). */
  | { readonly kind: 'once'; readonly date: string; readonly time: string; readonly zone?: 'utc' | 'local' }
  /** Hours, 1 to 23. */
  | { readonly kind: 'hourly'; readonly every: number }
  | {
      readonly kind: 'daily';
      /** Days between runs; default 1. */
      readonly every?: number;
      readonly time: string;
      readonly zone?: 'utc' | 'local';
    };

export type RemediationAssign = {
  readonly remediation: string;
  readonly target: AssignmentTarget;
  readonly exclude?: boolean;
  /** Default: every day at 00:00 in the device's local time. */
  readonly schedule?: RemediationSchedule;
};

/** Devices > a device > Run remediation: at once, without an assignment. */
export type RemediationRun = { readonly remediation: string; readonly device: string };

/** A discovery script of custom compliance; defaults: SYSTEM, no signature check, 32-bit. */
export type ComplianceScriptCreate = ScriptSettings & {
  readonly id?: string;
  readonly name: string;
  readonly script: string;
};

export type ComplianceScriptUpdate = {
  readonly script: string;
  readonly set: Partial<Omit<ComplianceScriptCreate, 'id'>>;
};

export type CompliancePolicyCreate = {
  readonly id?: string;
  readonly name: string;
  /** Discovery script by name or id. */
  readonly script: string;
  /** Text of the JSON file with the rules, as an administrator uploads it. */
  readonly rules: string;
};
