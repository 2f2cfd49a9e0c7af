import type { DeviceReader } from '../../device/device-reader.ts';
import type { Message } from '../messages/message.ts';
import * as msg from '../messages/subgraph-messages.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import type { Relations } from '../policy/relations.ts';
import { complianceState } from '../rules/enforcement-rules.ts';
import { reportedApplicable } from '../rules/evaluation-rules.ts';
import {
  applicabilityStates,
  complianceStates,
  desiredStates,
  invalidDetectionRule,
} from '../state-names.ts';
import type { StepBuilder } from '../step-builder.ts';
import { impactOf } from './reporting-impact.ts';
import { saveReportingState } from './reporting-state.ts';
import type { ComplianceMessage } from './state-message.ts';
import { readCompliance, readEnforcement, writeCompliance } from './state-message.ts';
import type { Work } from './work.ts';

/** What applicability is reported: a successor out of reach counts for an app that nobody targets. */
export const applicabilityOf = (work: Work, policy: AppPolicy, relations: Relations): number =>
  policy.filteredOut ? 1010 : relations.unreached.has(policy.id) ? 1009 : (work.applicable[policy.id] ?? 0);

/** 0 none, 1 not present, 2 present, 4 available. */
export function desiredOf(work: Work, policy: AppPolicy, relations: Relations): number {
  const intent = relations.intents.get(policy.id) ?? 0;
  const outOfReach = applicabilityOf(work, policy, relations) !== 0 && work.found[policy.id] !== 'Detected';
  if (outOfReach && intent !== 4) return 0;
  return intent === 4 ? 1 : intent === 3 ? 2 : intent === 1 ? 4 : 0;
}

/** Stores what detection and applicability found of an app, and says what is different from before. */
export function storeCompliance(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  relations: Relations,
): void {
  const { scope } = work.graph;
  const before = readCompliance(read, scope, policy);
  const detection = work.found[policy.id];
  const failed = detection === 'Failed' || detection === undefined;
  const applicability = applicabilityOf(work, policy, relations);
  const desired = desiredOf(work, policy, relations);
  const counts = applicability !== 0 && !failed && (detection === 'Detected' || desired === notPresent);
  if (counts)
    to.log(reportedApplicable, msg.reportedApplicable, [
      policy.id,
      nameIn(applicabilityStates, applicability),
    ]);
  const compliance = writeCompliance(
    to,
    read,
    scope,
    policy,
    {
      Applicability: counts ? 0 : applicability,
      ComplianceState: failed ? 4 : detection === 'Detected' ? 1 : 2,
      DesiredState: desired,
      ErrorCode: failed ? invalidDetectionRule : null,
    },
    { compared: { detection: detection ?? 'NotComputed', applicability } },
  );
  logDeltas(to, policy.id, before, compliance);
  saveReportingState(
    to,
    read,
    scope,
    work,
    policy,
    compliance,
    readEnforcement(read, scope, policy),
    impactOf(read, work, policy),
  );
}

/** Desired state of an app that is to be gone. */
const notPresent = 1;

/** Lines on what is different from the stored state. */
export function logDeltas(
  to: StepBuilder,
  app: string,
  before: ComplianceMessage | undefined,
  now: ComplianceMessage,
): void {
  const differs = (
    field: 'ComplianceState' | 'Applicability' | 'DesiredState',
    message: Message,
    shown: string,
    names: Readonly<Record<number, string>>,
  ): void => {
    if (before?.[field] === now[field]) return;
    const change = { OldValue: nameIn(names, before?.[field]), NewValue: nameIn(names, now[field]) ?? '' };
    to.log(complianceState, message, [app, JSON.stringify({ [shown]: change })]);
  };
  differs('ComplianceState', msg.detectionDelta, 'DetectionState', complianceStates);
  differs('Applicability', msg.applicabilityDelta, 'ApplicabilityState', applicabilityStates);
  differs('DesiredState', msg.desiredDelta, 'DesiredState', desiredStates);
}

const nameIn = (table: Readonly<Record<number, string>>, value: number | undefined): string | null =>
  value === undefined ? null : (table[value] ?? null);
