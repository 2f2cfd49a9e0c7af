import type { DeviceReader } from '../../device/device-reader.ts';
import * as msg from '../messages/subgraph-messages.ts';
import { reportingKey, statusReportsKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import * as rules from '../rules/portal-rules.ts';
import type { ApplicabilityState } from '../state-names.ts';
import { applicabilityStates, companyPortalStates } from '../state-names.ts';
import type { StepBuilder } from '../step-builder.ts';
import { text } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';
import type { ComplianceMessage, EnforcementMessage } from './state-message.ts';
import type { CheckIn } from './work.ts';

/** Keeps what Company Portal shows of an app, and sends it where the user waits for it there. */
export function tellCompanyPortal(
  to: StepBuilder,
  read: DeviceReader,
  checkIn: Pick<CheckIn, 'session' | 'requested'>,
  scope: string,
  policy: AppPolicy,
  compliance: ComplianceMessage,
  enforcement: EnforcementMessage | undefined,
  document: string,
): void {
  const { user } = checkIn.session;
  if (policy.intent === 0) {
    to.log(rules.portalNotTold, msg.notTargeted, [user, policy.id]);
    return;
  }
  const path = `${statusReportsKey}\\${user}\\${policy.id}`;
  const state = portalState(compliance, enforcement);
  to.log(rules.portalReport, msg.companyPortal, [document]);
  if (state !== null) to.set(rules.portalReport, path, 'Status', text(String(state)));
  else if (read.value('HKLM', path, 'Status') !== undefined)
    to.change(rules.portalNothing, { kind: 'registry.delete-value', hive: 'HKLM', path, name: 'Status' });
  to.set(
    rules.portalReport,
    reportingKey(scope, policy.id),
    'StatusServiceReportTime',
    text(utcText(read.now)),
  ).log(rules.portalReport, msg.statusSaved, [user, policy.id]);
  if (checkIn.requested === null || state === null)
    to.log(rules.portalReport, msg.noSubscriber, [user, policy.id]);
  else
    to.log(rules.portalOpen, msg.statusSending)
      .log(rules.portalOpen, msg.statusReceived)
      .log(rules.portalOpen, msg.statusUpdate, [
        user,
        policy.id,
        applicabilityStates[compliance.Applicability as ApplicabilityState],
        companyPortalStates[state],
        String(enforcement?.ErrorCode ?? compliance.ErrorCode),
      ]);
}

/** Null: the app is not there and not on its way, which is not a state of the report. */
function portalState(
  compliance: ComplianceMessage,
  enforcement: EnforcementMessage | undefined,
): keyof typeof companyPortalStates | null {
  const state = enforcement?.EnforcementState ?? 0;
  if (state === 2008) return 1003;
  if (compliance.ComplianceState === 1) return 1000;
  if (compliance.Applicability !== 0) return 2000;
  if (compliance.ComplianceState === 4 || (state >= 5000 && state < 6000)) return 3000;
  const onItsWay = compliance.DesiredState === 2 || (state >= 2000 && state < 3000);
  return onItsWay ? 1001 : null;
}
