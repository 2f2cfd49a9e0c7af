import { milliseconds } from '../../../base/time.ts';
import { complianceReason } from '../remediations/scheduler.ts';
import { complianceSync } from '../rules/health-script-rules.ts';
import type { StepBuilder } from '../step-builder.ts';

/** `intunemanagementextension://synccompliance`, as a user or script opens it. */
export const isComplianceSync = (uri: string): boolean =>
  /^intunemanagementextension:\/\/synccompliance\/?$/i.test(uri);

/** Compliance scripts are fetched and run at once. */
export function syncCompliance(to: StepBuilder): void {
  to.enqueue(complianceSync, 'remediations.scheduler', milliseconds(400), { reason: complianceReason });
}
