import { define } from './message.ts';

/** AppWorkload.log: GRS, re-evaluation, detection, applicability and the end of a subgraph. */
const work = (
  id: string,
  words: string,
  type: 1 | 2 | 3 = 1,
  origin: 'observed' | 'public' | 'inferred' = 'observed',
) => define('AppWorkload', `subgraph.${id}`, words, origin, type);

export const previousEvaluation = work(
  'previous-evaluation',
  '[Win32App][ReevaluationScheduleManager] Found previous subgraph reevaluation time value: {time} at key {hash}.',
);
export const noPreviousEvaluation = work(
  'no-previous-evaluation',
  '[Win32App][ReevaluationScheduleManager] Did not find any previous subgraph reevaluation time at key {hash}.',
  2,
);
export const starts = work('starts', '[Win32App][V3Processor] Processing subgraph with app ids: {apps}');
export const grsReading = work(
  'grs-reading',
  '[Win32App][GRSManager] Reading GRS values from storage path: {scope}\\GRS\\{hash}\\.',
);
export const grsFound = work(
  'grs-found',
  '[Win32App][GRSManager] Found GRS value: {time} at key {scope}\\GRS\\{hash}\\{app}.',
);
export const grsExpired = work(
  'grs-expired',
  '[Win32App][GRSManager] App with id: {app} is expired.\r\nHash = {hash}\r\nGRSTimeUTC = {time}',
);
export const grsNotExpired = work(
  'grs-not-expired',
  '[Win32App][GRSManager] App with id: {app} is not expired.\r\nHash = {hash}\r\nGRSTimeUTC = {time}',
);
export const grsNone = work(
  'grs-none',
  '[Win32App][GRSManager] App with id: {app} has no recorded GRS value which will be treated as expired.\r\nHash = {hash}',
);
export const grsOverruled = work(
  'grs-overruled',
  '[Win32App][GRSManager] App with id: {app} is not expired but will be enforced due to targeting intent on the subgraph.\r\nHash = {hash}',
  1,
  'public',
);
export const notDue = work(
  'not-due',
  '[Win32App][ReevaluationScheduleManager] Subgraph reevaluation interval is not expired.\r\nHash = {hash}',
);
export const due = work(
  'due',
  '[Win32App][ReevaluationScheduleManager] Subgraph reevaluation interval is expired.\r\nHash = {hash}',
);
export const neverEvaluated = work(
  'never-evaluated',
  '[Win32App][ReevaluationScheduleManager] Subgraph has no recorded reevaluation info which will be treated as expired.\r\nHash = {hash}',
);
export const intervalIgnored = work(
  'interval-ignored',
  '[Win32App][ReevaluationScheduleManager] Ignoring reevaluation interval for subgraph.\r\nHash = {hash}',
);
export const evaluationSet = work(
  'evaluation-set',
  '[Win32App][ReevaluationScheduleManager] Setting subgraph reevaluation time with value: {time} for subgraph with hash {hash}.',
);
export const needsUser = work(
  'needs-user',
  '[Win32App][V3Processor] All of the apps in the subgraph require user-context processing, and the target user is not logged in',
  1,
  'public',
);
export const filteredOut = work(
  'filtered-out',
  '[Win32App][V3Processor] All apps in the subgraph are not applicable due to assignment filters. Skipping processing.',
);
export const grsSaving = work('grs-saving', '[Win32App][GRSManager] Saving GRS values to storage.');
export const grsSaved = work(
  'grs-saved',
  '[Win32App][GRSManager] Saved GRS value: {time} to path: {scope}\\GRS\\{hash}\\{app}',
);
export const grsCleared = work(
  'grs-cleared',
  '[Win32App][GRSManager] Cleared GRS value for app: {app} and user: {scope}.',
);
export const skipped = work('skipped', '[Win32App][V3Processor] Done processing subgraph.');
export const done = work('done', '[Win32App][V3Processor] Done processing subgraph.\r\nHash = {hash}');

export const detectionInvoked = work(
  'detection-invoked',
  '[Win32App][DetectionActionHandler] Handler invoked for {n} app detections.',
);
export const detectionRunning = work(
  'detection-running',
  '[Win32App][DetectionActionHandler] Detection running for policy with id: {app}.',
);
export const detectionResult = work(
  'detection-result',
  '[Win32App][DetectionActionHandler] Detection for policy with id: {app} resulted in action status: Success and detection state: {state}.',
);
export const detectionFailed = work(
  'detection-failed',
  '[Win32App][DetectionActionHandler] Detection for policy with id: {app} resulted in action status: Failed and detection state: NotComputed.',
  1,
  'public',
);
export const detectionCompleted = work(
  'detection-completed',
  '[Win32App][DetectionActionHandler] Handler completed.',
);
export const detectionDelta = work(
  'detection-delta',
  '[Win32App][ReportingManager] Detection state for app with id: {app} has been updated. Report delta: {delta}',
  1,
  'public',
);

export const applicabilityInvoked = work(
  'applicability-invoked',
  '[Win32App][ApplicabilityActionHandler] Handler invoked for {n} app applicability checks.',
);
export const nativeMachine = work(
  'native-machine',
  '[Win32App] Found native machine from WoW64 process: {machine}',
  3,
);
export const architecture = work(
  'architecture',
  '[Win32App] RequiredOSArchitecture: {required},is64BitOperatingSystem: True,isArm64: False,applicability: ApplicableBuild: {build}.',
);
export const architectureSkipped = work(
  'architecture-skipped',
  '[Win32App] applicationRequirementMetadata.RequiredOSArchitecture is 0 or 3, skip check.',
);
export const cpuSkipped = work(
  'cpu-skipped',
  '[Win32App] applicationRequirementMetadata.RequiredCPUSpeed is , skip check.',
);
export const processorsSkipped = work(
  'processors-skipped',
  '[Win32App] applicationRequirementMetadata.MinimumNumberOfProcessors is , skip check.',
);
export const osVersion = work(
  'os-version',
  '[Win32App] applicationRequirementMetadata expected version: {expected}, client version: {found}, applicability: {applicability}.',
);
export const osVersionSkipped = work(
  'os-version-skipped',
  '[Win32App] applicationRequirementMetadata.MinimumWindows10BuildNumer is empty, skip check.',
);
export const freeSpace = work(
  'free-space',
  '[Win32App] applicationRequirementMetadata RequiredFreespace: {expected}, availableFreeSpaceInMB: {found} on Drive C:\\, applicability: {applicability}.',
);
export const freeSpaceSkipped = work(
  'free-space-skipped',
  '[Win32App] applicationRequirementMetadata.RequiredFreespace is , skip check.',
);
export const memorySkipped = work(
  'memory-skipped',
  '[Win32App] applicationRequirementMetadata.RequiredMemory is , skip check.',
);
// The words of these three are those of the free space.
export const memory = work(
  'memory',
  '[Win32App] applicationRequirementMetadata RequiredMemory: {expected}, totalMemoryInMB: {found}, applicability: {applicability}.',
  1,
  'inferred',
);
export const cpu = work(
  'cpu',
  '[Win32App] applicationRequirementMetadata RequiredCPUSpeed: {expected}, cpuSpeed: {found}, applicability: {applicability}.',
  1,
  'inferred',
);
export const processors = work(
  'processors',
  '[Win32App] applicationRequirementMetadata MinimumNumberOfProcessors: {expected}, numberOfProcessors: {found}, applicability: {applicability}.',
  1,
  'inferred',
);
export const requirementStarts = work('requirement-starts', '[Win32App] ProcessRequirementRules starts');
export const requirementType = work('requirement-type', '[Win32App] RequirementType {type}');
export const requirementScript = work(
  'requirement-script',
  '[Win32App] Start requirementManager SideCarScriptRequirementManager',
);
export const requirementExit = work(
  'requirement-exit',
  '[Win32App] Checked Powershell script exitCode: {exitCode} EnforceSignatureCheck: {signature} RunAs32Bit: {bitness} InstallExRunAs: {runAs}, Operator: {operator}, result of requirementMet: {met}',
);
export const applicabilityResult = work(
  'applicability-result',
  '[Win32App][ApplicabilityActionHandler] Applicability check for policy with id: {app} resulted in action status: Success and applicability state: {state}.',
);
export const applicabilityCompleted = work(
  'applicability-completed',
  '[Win32App][ApplicabilityActionHandler] Handler completed.',
);
export const reportedApplicable = work(
  'reported-applicable',
  '[Win32App][ReportingManager] App with id: {app} has applicability state: {state} but is detected or has NotPresent desired state. App will instead be reported as Applicable.',
);
export const applicabilityDelta = work(
  'applicability-delta',
  '[Win32App][ReportingManager] Applicability state for app with id: {app} has been updated. Report delta: {delta}',
  1,
  'public',
);
export const desiredDelta = work(
  'desired-delta',
  '[Win32App][ReportingManager] Desired state for app with id: {app} has been updated. Report delta: {delta}',
  1,
  'public',
);

export const companyPortal = work(
  'company-portal',
  '[Win32App][ReportingManager] Sending status to company portal based on report: {state}',
);
export const notTargeted = work(
  'not-targeted',
  '[Win32App][ReportingManager] Not sending status update for user with id: {user} and app: {app} because the app does not have available, required, or uninstall intent.',
);
export const statusSaved = work(
  'status-saved',
  '[Win32App][StatusServiceReportsStore] Saved AppInstallStatusReport for user {user} for app {app} in the StatusServiceReports registry.',
);
export const noSubscriber = work(
  'no-subscriber',
  '[Win32App][RealTimeStatusManager] Not sending status update for user with id: {user} and app: {app} because there is currently no subscriber for status updates.',
);
export const statusSending = work(
  'status-sending',
  '[StatusService] Sending update from StatusServicePublisher.',
  1,
  'public',
);
export const statusReceived = work(
  'status-received',
  '[StatusService] Received AppInstallStatusUpdate to send via Callback.',
  1,
  'public',
);
export const statusUpdate = work(
  'status-update',
  '[StatusService] Sending an update to user {user} via callback for app: {app}. Applicability: {applicability}, Status: {status}, ErrorCode: {errorCode}',
  1,
  'public',
);
