import type { DeviceReader } from '../../device/device-reader.ts';
import * as detection from '../messages/subgraph-messages.ts';
import * as install from '../messages/install-messages.ts';
import * as msg from '../messages/store-messages.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import * as rules from '../rules/store-rules.ts';
import { detectionRuns } from '../rules/evaluation-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import type { Work } from '../win32/work.ts';
import { installedVersion, storeCatalogue, storeUser } from './store-packages.ts';

export type Operation = 'Detection' | 'ApplicabilityCheck' | 'Install' | 'Uninstall';

const contextOf = (policy: AppPolicy): string => (policy.runAs === 'user' ? 'UserContext' : 'SystemContext');

/** Detection of an app of the Store begins: the source is asked for its package. */
export function beginStoreDetection(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
): void {
  to.log(detectionRuns, detection.detectionRunning, [policy.id])
    .log(rules.storeDetection, msg.creating)
    .log(rules.storeDetection, msg.detectionStarts, [policy.id, contextOf(policy)]);
  ask(to, read, work, policy, 'Detection', 'store.detected');
}

/** Applicability of an app of the Store: 0 where the Store offers its package. */
export function storeApplicability(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
): number {
  const operation: Operation = 'ApplicabilityCheck';
  to.log(rules.storeApplicability, msg.applicabilityStarts, [policy.id, contextOf(policy)]);
  helperStarts(to, read, work, policy, operation);
  to.log(rules.storeOperation, msg.operationStarts, [operation, policy.id, policy.storePackage]);
  const offered = work.latest?.[policy.id] !== undefined;
  const applicable = offered || work.found[policy.id] === 'Detected';
  if (policy.runAs === 'user') helperEnds(to, operation);
  else if (applicable) to.log(rules.storeApplicability, msg.resultOfApplicability);
  to.log(rules.storeOperation, msg.operationCompleted, [operation, policy.id, policy.storePackage]).log(
    rules.storeApplicability,
    msg.applicabilityCompleted,
    [policy.id],
    { compared: { offered } },
  );
  return applicable ? 0 : unsupported;
}

/** AppUnsupportedDueToUnknownReason */
const unsupported = 1011;

/** Install or uninstall begins. */
export function beginStoreExecution(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
): void {
  const removes = work.removes.includes(policy.id);
  const operation: Operation = removes ? 'Uninstall' : 'Install';
  to.log(rules.storeExecution, install.executionInvoked, [operation, policy.id]).log(
    rules.storeExecution,
    msg.executionStarts,
    [policy.id, contextOf(policy)],
  );
  const attempt: Work = { ...work, began: read.now };
  if (!removes && installedVersion(read, work.graph.scope, policy) === null)
    to.log(rules.storeExecution, msg.installing);
  ask(to, read, attempt, policy, operation, removes ? 'store.uninstall' : 'store.offered');
}

/** Asks the Store's catalogue; the answer wakes `then`. */
function ask(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  operation: Operation,
  then: string,
): void {
  helperStarts(to, read, work, policy, operation);
  to.log(rules.storeOperation, msg.operationStarts, [operation, policy.id, policy.storePackage]).request(
    rules.storeSource,
    {
      method: 'GET',
      url: `${storeCatalogue}/${encodeURIComponent(policy.storePackage ?? '')}`,
    },
    then,
    work,
  );
}

/** In user context a process in the user's session does the work: it begins … */
function helperStarts(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  operation: Operation,
): void {
  if (policy.runAs !== 'user') return;
  const scope = 'User';
  const user = storeUser(read, work.graph.scope);
  to.log(rules.storeHelper, msg.processor, [work.session.user, policy.id])
    .log(rules.storeHelper, msg.launching)
    .log(rules.storeHelper, msg.asUser)
    .log(rules.storeHelper, msg.impersonated, [user?.name ?? ''])
    .log(rules.storeHelper, msg.notElevating)
    .log(rules.storeHelper, msg.creatingProcess, [operation, policy.storePackage, scope])
    .log(rules.storeHelper, msg.createdProcess)
    .log(rules.storeExecutor, msg.executorOperation, [operation])
    .log(rules.storeExecutor, msg.executorRepository)
    .log(rules.storeExecutor, msg.executorPackage, [policy.storePackage])
    .log(rules.storeExecutor, msg.executorScope, [scope])
    .log(rules.storeExecutor, msg.executorCreating, [policy.storePackage])
    .log(rules.storeHelper, msg.waiting, [helperTimeout]);
}

/** Seconds; the number was masked in the logs that were seen. */
const helperTimeout = 3600;

/** … and ends with a result. */
export function helperEnds(to: StepBuilder, operation: Operation): void {
  to.log(rules.storeHelperResult, msg.resultMessage)
    .log(rules.storeHelperResult, msg.resultProcessed)
    .log(rules.storeHelperResult, msg.userResult, [operation])
    .log(rules.storeHelperResult, msg.exited, [0, 0])
    .log(rules.storeHelperResult, msg.controllerDone, [0]);
}
