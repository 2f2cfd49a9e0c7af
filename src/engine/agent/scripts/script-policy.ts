import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { toUint8Array, utf8Encode } from '../../../base/bytes.ts';
import type { QueueData } from '../../device/change.ts';

/** A script as the service's policy document describes it; remediations and compliance scripts have more. */
export interface ScriptPolicy {
  readonly id: string;
  /** 1 platform script, 6 remediation, 8 custom compliance. */
  readonly type: number;
  readonly hash: string;
  readonly runAs: 'system' | 'user';
  readonly enforceSignature: boolean;
  readonly run64Bit: boolean;
  /** 1 user group, 2 device group. */
  readonly targetType: number;
  readonly body: string;
}

type Fields = Readonly<Record<string, QueueData>>;

/** Policies that can be read; `bodyOf` gives the text of a body. Others are left out. */
export function readPolicies<More>(
  payload: QueueData | undefined,
  more: (fields: Fields) => (More & { readonly body: string }) | undefined,
): readonly (ScriptPolicy & More)[] {
  if (!Array.isArray(payload)) return [];
  return (payload as readonly QueueData[]).flatMap((one) => {
    if (one === null || typeof one !== 'object' || Array.isArray(one)) return [];
    const fields = one as Fields;
    const { PolicyId: id, PolicyHash: hash, PolicyType: type } = fields;
    const rest = more(fields);
    if (typeof id !== 'string' || typeof hash !== 'string' || typeof type !== 'number' || !rest) return [];
    return [
      {
        id,
        type,
        hash,
        runAs: fields['RunAsAccount'] === 2 ? ('user' as const) : ('system' as const),
        // On by default: only a policy that says so switches it off.
        enforceSignature: fields['EnforceSignatureCheck'] !== false,
        run64Bit: fields['RunningMode'] === 1,
        targetType: typeof fields['TargetType'] === 'number' ? fields['TargetType'] : 0,
        ...rest,
      },
    ];
  });
}

export const platformScripts = (payload: QueueData | undefined): readonly ScriptPolicy[] =>
  readPolicies(payload, ({ PolicyBody: body }) => (typeof body === 'string' ? { body } : undefined));

/** True where the hash is that of the policy's script and settings: nobody changed it on its way. */
export function untampered(policy: ScriptPolicy, remediation = ''): boolean {
  const parts = [
    policy.body,
    remediation,
    policy.runAs,
    String(policy.enforceSignature),
    String(policy.run64Bit),
  ];
  const made = bytesToHex(sha256(toUint8Array(utf8Encode(parts.join('\u0000'))))).toUpperCase();
  return made === policy.hash;
}
