import type { DeviceReader } from '../../device/device-reader.ts';
import { appStateKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { restartSettles } from '../rules/restart-rules.ts';
import { notDetectedAfterInstall } from '../state-names.ts';
import type { StepBuilder } from '../step-builder.ts';
import { storeOutcome } from './outcome.ts';
import { readEnforcement } from './state-message.ts';
import { timeValue } from './stored.ts';
import type { Work } from './work.ts';

const installed = 2008;
const uninstalled = 2011;

/** Whether the device has restarted since an app was left to wait for that. */
export function waitedForRestart(read: DeviceReader, scope: string, policy: AppPolicy): boolean {
  const key = appStateKey(scope, policy.id, policy.revision);
  const stored = timeValue(read.value('HKLM', key, 'LastUpdatedTimeUtc'));
  if (stored === undefined || stored >= read.bootedAt) return false;
  const state = readEnforcement(read, scope, policy)?.EnforcementState;
  return state === installed || state === uninstalled;
}

/** First evaluation after the restart: what detection finds now is the outcome of the attempt. */
export function settleAfterRestart(to: StepBuilder, read: DeviceReader, work: Work, policy: AppPolicy): void {
  if (!waitedForRestart(read, work.graph.scope, policy)) return;
  const found = work.found[policy.id];
  if (found !== 'Detected' && found !== 'NotDetected') return;
  const state = readEnforcement(read, work.graph.scope, policy)?.EnforcementState;
  const wanted = state === installed ? 'Detected' : 'NotDetected';
  const outcome =
    found === wanted
      ? { state: 1000, errorCode: 0 }
      : { state: 5000, errorCode: state === installed ? notDetectedAfterInstall : -2016215040 };
  storeOutcome(
    to,
    read,
    work,
    policy,
    outcome,
    { compared: { detection: found, was: state ?? null } },
    restartSettles,
  );
}
