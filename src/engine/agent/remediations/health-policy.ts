import { fromBase64 } from '../../../base/base64.ts';
import { fromUint8Array, utf8Decode } from '../../../base/bytes.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { ScriptPolicy } from '../scripts/script-policy.ts';
import { readPolicies } from '../scripts/script-policy.ts';
import type { Schedule } from './schedule.ts';
import { readSchedule } from './schedule.ts';

/** A remediation or compliance script as the policy document describes it. */
export interface HealthPolicy extends ScriptPolicy {
  readonly version: number;
  readonly remediation: string | null;
  readonly schedule: Schedule;
}

export const complianceType = 8;

/** Memory of the last answer for a user, and of the remediation that is run on demand. */
export const policiesMemory = (user: string): string => `remediations.policies.${user}`;
export const onDemandMemory = 'remediations.on-demand';

export const healthPolicies = (read: DeviceReader, memory: string): readonly HealthPolicy[] =>
  policiesIn(read.memory(memory)?.value);

export function policiesIn(payload: QueueData | undefined): readonly HealthPolicy[] {
  if (payload === null || typeof payload !== 'object') return [];
  let found = readBefore.get(payload);
  if (found === undefined) {
    found = readPolicies(payload, (fields) => {
      const body = textIn(fields['PolicyBody']);
      const version = fields['InternalVersion'];
      return body === undefined
        ? undefined
        : {
            body,
            version: typeof version === 'number' ? version : 1,
            remediation: textIn(fields['RemediationScript']) ?? null,
            schedule: readSchedule(fields['Schedule']),
          };
    });
    readBefore.set(payload, found);
  }
  return found;
}

/** An answer is read once as long as it is kept. */
const readBefore = new WeakMap<object, readonly HealthPolicy[]>();

function textIn(base64: QueueData | undefined): string | undefined {
  const decoded = typeof base64 === 'string' ? fromBase64(base64) : undefined;
  return decoded && utf8Decode(fromUint8Array(decoded));
}
