import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { toBase64 } from '../../base/base64.ts';
import { toUint8Array, utf8Encode, utf8Length } from '../../base/bytes.ts';
import type { DeviceId, Guid } from '../../base/ids.ts';
import type { QueueData } from '../device/change.ts';
import type { CloudState } from './cloud-state.ts';
import type { RemediationSchedule } from './script-actions.ts';
import type { CloudScript } from './script-state.ts';
import { targetedScripts } from './script-targets.ts';
import type { TargetedScript } from './script-targets.ts';

/** Number of a policy's type, as agents log 6 and 8; the one of platform scripts is inferred. */
const policyTypes: Record<CloudScript['kind'], number> = { platform: 1, remediation: 6, compliance: 8 };

/** Platform scripts of a session, as JSON: bodies are plain text. */
export function platformPolicies(state: CloudState, device: DeviceId, user: Guid | null): string {
  const found = targetedScripts(state, device, user).filter(({ script }) => script.kind === 'platform');
  return JSON.stringify(found.map((one) => platformPolicy(state, one)));
}

function platformPolicy(state: CloudState, { script, targetType }: TargetedScript): QueueData {
  return {
    AccountId: state.tenant.id,
    PolicyId: script.id,
    DisplayName: script.name,
    PolicyType: policyTypes[script.kind],
    DocumentSchemaVersion: '1.0',
    PolicyHash: policyHash(script),
    PolicyBody: script.script,
    EncryptedPolicyBody: null,
    PolicyBodySize: utf8Length(script.script),
    PolicyScriptParameters: null,
    ContentSignature: null,
    isTombStoned: false,
    isRecurring: false,
    ...runSettings(script, targetType),
  };
}

/**
 * Remediations and compliance scripts of a session, as JSON: bodies are base64. `onDemand`: only this one, whether it is
 * assigned or not.
 */
export function healthPolicies(
  state: CloudState,
  device: DeviceId,
  user: Guid | null,
  onDemand: string | null,
): string {
  const wanted = onDemand === null ? undefined : state.scripts.items[onDemand];
  const found =
    onDemand === null
      ? targetedScripts(state, device, user).filter(({ script }) => script.kind !== 'platform')
      : wanted?.kind === 'remediation' && state.scripts.onDemand[device] === wanted.id
        ? [{ script: wanted, targetType: 2 as const, schedule: null }]
        : [];
  return JSON.stringify(found.map((one) => healthPolicy(state, one)));
}

function healthPolicy(state: CloudState, { script, targetType, schedule }: TargetedScript): QueueData {
  const { remediation } = script;
  return {
    AccountId: state.tenant.id,
    PolicyId: script.id,
    PolicyType: policyTypes[script.kind],
    DocumentSchemaVersion: '1.0',
    PolicyHash: policyHash(script),
    PolicyBody: base64(script.script),
    RemediationScript: remediation === null ? null : base64(remediation),
    EncryptedPolicyBody: null,
    EncryptedRemediationScript: null,
    PolicyBodySize: utf8Length(script.script),
    RemediateScriptHash: remediation === null ? null : hash(remediation),
    ContentSignature: null,
    PolicyScriptParameters: null,
    RemediationScriptParameters: null,
    InternalVersion: script.revision,
    Schedule: scheduleDocument(schedule),
    ...runSettings(script, targetType),
  };
}

/** Names and numbers of these fields are inferred, but for the two numbers of `RunAsAccount` and `TargetType`. */
const runSettings = (script: CloudScript, targetType: 1 | 2) => ({
  ExecutionContext: script.runAs === 'user' ? 1 : 0,
  EnforceSignatureCheck: script.enforceSignature,
  RunningMode: script.run64Bit ? 1 : 0,
  TargetType: targetType,
  RunAsAccount: script.runAs === 'user' ? 2 : 1,
});

/** Compliance scripts have none of their own and run daily. */
function scheduleDocument(schedule: RemediationSchedule | null): QueueData {
  if (schedule === null) return null;
  const utc = schedule.kind === 'hourly' ? false : schedule.zone !== 'local';
  return {
    Type: schedule.kind === 'once' ? 'Once' : schedule.kind === 'hourly' ? 'Hourly' : 'Daily',
    UTC: utc,
    Interval: schedule.kind === 'once' ? null : (schedule.every ?? 1),
    Time: schedule.kind === 'hourly' ? null : schedule.time,
    Date: schedule.kind === 'once' ? schedule.date : null,
  };
}

/** Over all that changes what runs, so that any change gives a new hash; what it is really made of is not public. */
const policyHash = (script: CloudScript): string =>
  hash(
    [
      script.script,
      script.remediation ?? '',
      script.runAs,
      String(script.enforceSignature),
      String(script.run64Bit),
    ].join('\u0000'),
  );

const hash = (text: string): string => bytesToHex(sha256(toUint8Array(utf8Encode(text)))).toUpperCase();
const base64 = (text: string): string => toBase64(toUint8Array(utf8Encode(text)));
