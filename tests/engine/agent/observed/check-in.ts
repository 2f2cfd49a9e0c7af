import type { Observed } from '../../../support/observed-order.ts';

/** IntuneManagementExtension.log: the frame of a check-in. */
// prettier-ignore
export const frame: Observed = [
  ['[Win32AppAsync] Starting app check in', 'check-in'],
  ['co-mgt features is not available, ex = System.Management.ManagementException, not fatal', 'check-in'],
  ['Comgt app workload status False', 'check-in'],
  ['[APv2] Checking if device is in APv2 mode.', 'check-in'],
  ['[APv2] Found DevicePrepHintValue = {n}.', 'check-in'],
  ['[APv2] Device is in APv2 mode: False.', 'check-in'],
  ['[RebootHelper] CheckRebootFlagAndPop start...', 'check-in'],
  ['[RebootHelper] CheckRebootFlagAndPop complete', 'check-in'],
  ['[Win32App][Win32AppDownloadExecutor] Execution completed with action status: Timeout, enforcement state: InProgress, error code: , and download running in background: True.', 'rare; yes, 2026'],
  ['[Win32AppAsync] End app check in', 'check-in'],
];

/** IntuneManagementExtension.log: token of the user, throttling, a request to the service. */
// prettier-ignore
export const request: Observed = [
  ['Device join type = DSREG_DEVICE_JOIN', 'check-in'],
  ['Get {n} active user sessions', 'check-in; yes, 2025'],
  ['Total valid AAD User session count is {n}', 'check-in; yes, 2025'],
  ['starting impersonation, session id = {n}', 'check-in'],
  ['After impersonation: {domain}\\{user}', 'check-in'],
  ['get provider, provider name = {name}', 'check-in'],
  ['provider id = https://login.microsoft.com, authority = organizations', 'check-in'],
  ['[TokenManager::{method}]', 'check-in'],
  ['[TokenManager::GetTokenForNewRequestAsync]', 'check-in; yes, 2025'],
  ['Successfully get the token with client id {guid} and resource id {guid}', 'check-in'],
  ['Failed to get AAD token. len = {n} using client id {guid} and resource id {guid}, errorCode = {n}', 'each failed token; yes, 2025'],
  ['Need user interaction to continue.', 'each failed token; yes, 2025'],
  ['AAD User check is failed, exception is Intune Management Extension Error. ⏎ {text}', 'each failed token; yes, 2025'],
  ['AAD User check is failed, exception is System.ComponentModel.Win32Exception ({hex}): An attempt was made to reference a token that does not exist ⏎ {stack}', 'rare; yes, 2025'],
  ['AAD User check using device check in app is failed, now fallback to the Graph audience. ex = Intune Management Extension Error. ⏎ {text}', 'each failed token; yes, 2025'],
  ['AAD User check using device check in app is failed, now fallback to the Graph audience. ex = System.ComponentModel.Win32Exception ({hex}): An attempt was made to reference a token that does not exist ⏎ {stack}', 'rare; yes, 2025'],
  ['LogonUser failed with error code : {n}', 'rare; yes, 2025'],
  ['Checking throttle setting', 'check-in'],
  ['Successfully updated throttling info. workload AgentCheckIn, currentCnt = {n}', 'check-in'],
  ['Finish throttle checking.', 'check-in'],
  ['[ServiceBase], start delay {n} seconds', 'rare; yes, 2025'],
  ['[ServiceBase], check in using device check in AAD App', 'request'],
  ['PrepareHeaders, client-request-id: {guid}, Method: PUT', 'request'],
  ['Getting UserToken For Web Request...', 'request'],
  ['Add UserToken with length {n} into WebRequest', 'request'],
  ['Userless session, skip UserToken for device check-in', 'request, no user'],
  ['Add MdmDeviceCertificate {thumbprint} into WebRequest with True', 'request'],
  ['[SendWebRequestInternal] iteration [{n}] started, total retryCount: {n}', 'request'],
  ['[SendWebRequestInternal] Sending network request...  Current proxy is {url}', 'request'],
  ['[SendWebRequestInternal] Succeeded', 'request (2025); yes, 2025'],
  ['[SendWebRequestInternal] Succeeded, client-request-id: {guid}, AfdRef:␠', 'request (2026); yes, 2026'],
  ['[IsWebExceptionRetryable] web exception status = {NameResolutionFailure/ProtocolError}', 'rare; yes, 2025'],
  ['statuscode is {n}', 'rare; yes, 2025'],
  ['[SendWebRequestInternal] Web Exception occurs when sending network request, it\'s retryable, the exception is System.Net.WebException: The remote name could not be resolved: \'{host}\' ⏎ {stack}', 'rare; yes, 2025'],
  ['[SendWebRequestInternal] Web Exception occurs when sending network request, non-retryable, the exception is System.Net.WebException: The remote server returned an error: ({n}). ⏎ {stack}', 'rare; yes, 2025'],
  ['[ServiceBase](SendWebRequestInternal) {json: Message, Colmetadata, Col1..Col6}', 'rare; yes, 2025'],
  ['[ServiceBase] Non-retriable web exception happens with check in app id, ex = System.Net.WebException: {text} ⏎ {stack}', 'rare; yes, 2025'],
  ['[ServiceBase] start retry on different proxy.', 'rare; yes, 2025'],
  ['Failed to Get UserToken For Web Request with exception: System.Exception: A specified logon session does not exist. It may already have been terminated. (Exception from HRESULT: {hex}) ⏎ {stack}', 'rare; yes, 2025'],
];

/** AppWorkload.log: the head of a check-in. */
// prettier-ignore
export const head: Observed = [
  ['[Win32AppAsync] Starting app check in', 'check-in; yes, 2026'],
  ['[Win32App] ----------------------------------------------------- Lock DoWorkInternal -----------------------------------------------------␠', 'check-in; yes, 2026'],
  ['[Win32App] ----------------------------------------------------- application poller starts. -----------------------------------------------------␠', 'check-in; yes, 2026'],
  ['[Win32App] isDeviceWPJ = False', 'check-in; yes, 2026'],
  ['[Win32App] The EspPhase: NotInEsp.', 'check-in; yes, 2026'],
  ['Start CreateAppInstallNotifyInboxIfNotExist', 'check-in; yes, 2026'],
  ['Created Content folder', 'check-in; yes, 2026'],
  ['Content cache takes {n}% of whole drive.', 'rare; yes, 2026'],
  ['[Win32App] Refresh session info.', 'check-in; yes, 2026'],
  ['[Win32App] Got {n} active user sessions', 'check-in; yes, 2026'],
  ['[Win32App] valid AAD user session id : {n}', 'check-in; yes, 2026'],
  ['[Win32App] Total valid AAD User session count is {n}', 'check-in; yes, 2026'],
  ['[Win32App] isSessionLogOnAvailableCheckIn = False', 'check-in; yes, 2026'],
  ['[Win32App] isSessionScheduledAvailableCheckIn = {bool}', 'check-in; yes, 2026'],
  ['[Win32App] sender is null : {bool}, ClientPlatformSupportsWNS: True, EspPhase: NotInEsp', 'check-in; yes, 2026'],
  ['[Win32App] Creating checkin interval manager in order to update the required Win32 apps timer if needed.', 'check-in; yes, 2026'],
  ['[Win32App] loggedInIntuneUserIds = {userId}', 'check-in; yes, 2026'],
  ['[Win32App] Set MdmDeviceCertificate : {thumbprint}', 'check-in; yes, 2026'],
  ['[Win32App] Load global Win32App settings', 'check-in; yes, 2026'],
  ['[Win32App] {n} entries from stored allAppStartDeadlineTimeSchedule', 'check-in; yes, 2026'],
];

/** AppWorkload.log: the head of a session. */
// prettier-ignore
export const session: Observed = [
  ['[Win32App] Enumerating SessionIdUserIdMap: {n}: {userId}', 'session; yes, 2026'],
  ['[Win32App] Checking SessionId: {n},  CurrentInteractiveUserSessionId: {n}', 'session; yes, 2026'],
  ['[Win32App][EspHelper][CheckEspPhase] Checking ESP status and phase for sessionId: {n}', 'session; yes, 2026'],
  ['[Win32App][EspHelper][CheckEspPhase] Both pages are skipped, return ESP phase as NotInESP.', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Opening SOFTWARE\\\\Microsoft\\\\Enrollments', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Current interactive user sessionId: {n}, passed in sessionId: {n}', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Expected usersid for session {n} with name {name} is {sid}', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Found FirstSync under: SOFTWARE\\\\Microsoft\\\\Enrollments\\{enrollmentId}', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Getting logonId from FirstSyncReg for sessionId {n}. Current UserSIDFromFirstSync: {sid}, IsSyncDoneForUser: {bool}', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Check subkey: {sid} under: SOFTWARE\\\\Microsoft\\\\Enrollments\\{enrollmentId}\\FirstSync, nth = {n}', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Found userSIDFromFirstSync: {sid} under: SOFTWARE\\\\Microsoft\\\\Enrollments\\{enrollmentId}\\FirstSync', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Got isSyncDoneForUserStr: {text} under: SOFTWARE\\\\Microsoft\\\\Enrollments\\{enrollmentId}\\FirstSync\\{sid}', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Setting IsSyncDoneForUser as \'{bool}\' from isSyncDoneForUserStr value \'{text}\'', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] ShouldReturnCurrentUserSid returned True for sessionId: {n}, desiredUserSid: {sid}, userSIDFromFirstSyncCurrent: {sid}, isSyncDoneForUserCurrent: False', 'session; yes, 2026'],
  ['[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Returning UserSIDFromFirstSync: {sid}', 'session; yes, 2026'],
  ['[Win32App] The EspPhase: NotInEsp in session', 'session; yes, 2026'],
  ['[Win32App] ..................... Processing user session {n}, userId: {userId}, userSID: {sid} .....................␠', 'session; yes, 2026'],
  ['[Win32App] WindowsSID : {sid}', 'session; yes, 2026'],
  ['[Win32App] After impersonation: {domain}\\{user}', 'session, download; yes, 2026'],
];

/** AppWorkload.log: policies, and what is read before the subgraphs. */
// prettier-ignore
export const policies: Observed = [
  ['[Win32App] Requesting required apps', 'check-in; yes, 2026'],
  ['[Win32App] Got result with session id {guid}', 'check-in; yes, 2026'],
  ['[Win32App] Got {n} Win32App(s) for user {userId} in session {n}', 'check-in; yes, 2026'],
  ['Get policies = [{json: Id, Name, Version, Intent, TargetType, AppApplicabilityStateDueToAssginmentFilters, AssignmentFilterIds, DetectionRule, InstallCommandLine, UninstallCommandLine, RequirementRules, ExtendedRequirementRules, InstallEx, ReturnCodes, AvailableAppEnforcement, …}]', 'check-in; yes, 2026'],
  ['[Win32App][BrandManager] GetBrandingInfo brandingInfo: , FullSync: False', 'check-in; yes, 2026'],
  ['[Win32App][BrandManager] GetBrandingInfo brandingInfo: {json: CompanyName, ColorBackgroundLogoUri, WhiteBackgroundLogoUri, AccentColor}, FullSync: False', 'rare; yes, 2026'],
  ['[Win32App][BrandManager] GetBrandingInfo brandingInfoToReturn: {json: CompanyName, ColorBackgroundLogoUri, WhiteBackgroundLogoUri, AccentColor}', 'check-in; yes, 2026'],
  ['[Win32App][BrandManager] GetBrandingInfo returning brand info {json: CompanyName, ColorBackgroundLogoUri, WhiteBackgroundLogoUri, AccentColor}', 'check-in; yes, 2026'],
  ['[Win32App][BrandManager] UpdateBrandingForToast Set Brand for toast {json: CompanyName, ColorBackgroundLogoUri, WhiteBackgroundLogoUri, AccentColor}', 'check-in; yes, 2026'],
  ['[Win32App][ReevaluationScheduleManager] Found previous reevaluation check-in time value: {utc}.', 'check-in; yes, 2026'],
  ['[Win32App][ReevaluationScheduleManager] Did not find any previous reevaluation check-in time.', 'rare; yes, 2026'],
  ['[Win32App][ReportingCacheManager] Found a full sync time: {utc} for user: {userId}, which is not expired.', 'check-in; yes, 2026'],
  ['[Win32App][ReportingCacheManager] Found a full sync time: {utc} for user: {userId}, which is expired. All targeted apps will be evaluated and reported.', 'rare; yes, 2026'],
  ['[Win32App][ReportingManager] App with id: {appId} and prior AppAuthority: V3 has been loaded and reporting state initialized. ReportingState: {json: ApplicationId, ResultantAppState, ReportingImpact, WriteableToStorage, CanGenerateComplianceState, …}', 'app; yes, 2026'],
  ['[Win32App][ReevaluationScheduleManager] Found previous subgraph reevaluation time value: {utc} at key {hash}.', 'app; yes, 2026'],
  ['[Win32App][ReevaluationScheduleManager] Did not find any previous subgraph reevaluation time at key {hash}.', 'app, first time; yes, 2026'],
  ['[Win32App][V3Processor] Processing {n} subgraphs.', 'check-in; yes, 2026'],
];

/** AppWorkload.log: a subgraph whose app is in GRS or not due. */
// prettier-ignore
export const skipped: Observed = [
  ['[Win32App][V3Processor] Processing subgraph with app ids: {appId}', 'app; yes, 2026'],
  ['[Win32App][GRSManager] Reading GRS values from storage path: {userId}\\GRS\\{hash}\\.', 'app; yes, 2026'],
  ['[Win32App][GRSManager] Found GRS value: {utc} at key {userId}\\GRS\\{hash}\\{appId}.', 'app; yes, 2026'],
  ['[Win32App][GRSManager] App with id: {appId} is not expired. ⏎ Hash = {hash} ⏎ GRSTimeUTC = {utc}', 'app; yes, 2026'],
  ['[Win32App][ReevaluationScheduleManager] Subgraph reevaluation interval is not expired. ⏎ Hash = {hash} ⏎ {more, not recorded}', 'app, most; yes, 2026'],
  ['[Win32App][V3Processor] Done processing subgraph.', 'app, skipped; yes, 2026'],
  ['[Win32App][V3Processor] Done processing {n} subgraphs.', 'check-in; yes, 2026'],
];

/** AppWorkload.log: the end of a session and of the check-in, without new results. */
// prettier-ignore
export const tail: Observed = [
  ['[Win32App][ReportingCacheManager] Found unchanged cached reports for user with id: {userId}. These reports will not be sent to the service until they change or during a full sync. Reports: {json: AppId, InternalVersion, UserId, DeviceId, …}', 'check-in; yes, 2026'],
  ['[Win32App][ReportingCacheManager] Saved new full sync time: {utc} for user: {userId}.', 'rare; yes, 2026'],
  ['[Win32App][GRSManager] Scanning GRS storage for values to clean up.', 'check-in; yes, 2026'],
  ['[Win32App][ReevaluationScheduleManager] Skip saving the last evaluation check-in time as the previous evaluation check-in time is not expired. ⏎ {more, not recorded}', 'check-in; yes, 2026'],
  ['[Win32App][ReevaluationScheduleManager] Saving the last evaluation check-in time as the previous evaluation check-in time has already expired. ⏎ {more, not recorded}', 'rare; yes, 2026'],
  ['[Win32App] ..................... Completed user session {n}, userId: {userId}, userSID: {sid} .....................␠', 'session; yes, 2026'],
  ['[Win32App] Not in ESP processing. EspPhase: NotInEsp, sender: {AvailableAppRequest or empty}', 'check-in; yes, 2026'],
  ['[Win32App] {n} entries for StartDeadlinetime schedule', 'check-in; yes, 2026'],
  ['[Win32App] {n} entries for StartDeadlinetime schedule after removed past ones', 'check-in; yes, 2026'],
  ['[Win32App] StartDeadline timer suppressed.', 'check-in; yes, 2026'],
  ['[Win32App][CheckinIntervalManager] SetTimerInterval. shouldUpdateTimer: True, intervalForTimer: {n}', 'check-in; yes, 2026'],
  ['[Win32App][CheckinIntervalManager] UpdateTimerIntervalForNextCheckin.shouldUpdateTimer: True, intervalForTimer: {n}, setTimerIntervalToDefaultFlag: {bool}, Current Interval: {n}', 'check-in; yes, 2026'],
  ['[Win32App][CheckinIntervalManager] UpdateTimerIntervalForNextCheckin. Current interval of timer is {n}', 'check-in; yes, 2026'],
  ['[Win32App][CheckinIntervalManager] UpdateTimerIntervalForNextCheckin. Updated interval of timer is {n}', 'check-in; yes, 2026'],
  ['[Win32App] ----------------------------------------------------- application poller stopped. -----------------------------------------------------␠', 'check-in; yes, 2026'],
  ['[Win32App] ----------------------------------------------------- Unlock DoWorkInternal -----------------------------------------------------␠', 'check-in; yes, 2026'],
  ['[Win32AppAsync] End app check in', 'check-in; yes, 2026'],
];
