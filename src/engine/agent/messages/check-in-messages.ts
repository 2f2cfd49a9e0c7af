import { define } from './message.ts';

/** AppWorkload.log: the frame of a check-in, sessions, policies and results. */
const work = (
  id: string,
  words: string,
  type: 1 | 2 | 3 = 1,
  origin: 'observed' | 'public' | 'inferred' = 'observed',
) => define('AppWorkload', `check-in.${id}`, words, origin, type);

const rule53 = '-'.repeat(53);

export const starts = work('starts', '[Win32AppAsync] Starting app check in');
export const lock = work('lock', `[Win32App] ${rule53} Lock DoWorkInternal ${rule53} `, 2);
export const pollerStarts = work(
  'poller-starts',
  `[Win32App] ${rule53} application poller starts. ${rule53} `,
  2,
);
export const espPhase = work('esp-phase', '[Win32App] The EspPhase: NotInEsp.', 2);
export const workplaceJoined = work('workplace-joined', '[Win32App] isDeviceWPJ = False');
export const notifyInbox = work('notify-inbox', 'Start CreateAppInstallNotifyInboxIfNotExist');
export const sender = work(
  'sender',
  '[Win32App] sender is null : {isNull}, ClientPlatformSupportsWNS: True, EspPhase: NotInEsp',
);
export const signedInUsers = work('signed-in-users', '[Win32App] loggedInIntuneUserIds = {users}');
export const sessionMap = work('session-map', '[Win32App] Enumerating SessionIdUserIdMap: {session}: {user}');
export const windowsSid = work('windows-sid', '[Win32App] WindowsSID : {sid}');
export const refreshSessions = work('refresh-sessions', '[Win32App] Refresh session info.', 2);
export const activeSessions = work('active-sessions', '[Win32App] Got {n} active user sessions');
export const validSession = work('valid-session', '[Win32App] valid AAD user session id : {session}');
export const validSessions = work('valid-sessions', '[Win32App] Total valid AAD User session count is {n}');
export const loadSettings = work('load-settings', '[Win32App] Load global Win32App settings');
export const sessionStarts = work(
  'session-starts',
  `[Win32App] ${'.'.repeat(21)} Processing user session {session}, userId: {user}, userSID: {sid} ${'.'.repeat(21)} `,
  2,
);
export const sessionEsp = work('session-esp', '[Win32App] The EspPhase: NotInEsp in session', 2);
export const impersonated = work('impersonated', '[Win32App] After impersonation: AzureAD\\{user}');
export const requestRequired = work('request-required', '[Win32App] Requesting required apps', 2);
export const availableStarts = work('available-starts', '[Win32AvailableAppAsync] Starting app check in');
export const availableEnds = work('available-ends', '[Win32AvailableAppAsync] End app check in');
export const requestAvailable = work('request-available', '[Win32App] Requesting available apps only', 2);
export const gotResult = work('got-result', '[Win32App] Got result with session id {sessionId}');
export const gotApps = work(
  'got-apps',
  '[Win32App] Got {n} Win32App(s) for user {user} in session {session}',
);
export const policies = work('policies', 'Get policies = {policies}');
export const noApps = work('no-apps', '[Win32App] Get 0 apps for user session {session}', 1, 'public');
export const previousCheckIn = work(
  'previous-check-in',
  '[Win32App][ReevaluationScheduleManager] Found previous reevaluation check-in time value: {time}.',
);
export const noPreviousCheckIn = work(
  'no-previous-check-in',
  '[Win32App][ReevaluationScheduleManager] Did not find any previous reevaluation check-in time.',
  2,
);
export const stateLoaded = work(
  'state-loaded',
  '[Win32App][ReportingManager] App with id: {app} and prior AppAuthority: V3 has been loaded and reporting state initialized. ReportingState: {state}',
);
export const stateNew = work(
  'state-new',
  '[Win32App][ReportingManager] App with id: {app} and prior AppAuthority: V2 could not be loaded from store. Reporting state initialized with initial values. ReportingState: {state}',
  1,
  'public',
);
export const processingSubgraphs = work(
  'processing-subgraphs',
  '[Win32App][V3Processor] Processing {n} subgraphs.',
);
export const doneSubgraphs = work('done-subgraphs', '[Win32App][V3Processor] Done processing {n} subgraphs.');
export const unchangedReports = work(
  'unchanged-reports',
  '[Win32App][ReportingCacheManager] Found unchanged cached reports for user with id: {user}. These reports will not be sent to the service until they change or during a full sync. Reports: {reports}',
);
export const sendingReports = work(
  'sending-reports',
  '[Win32App][ReportingCacheManager] Sending reports for user with id: {user}. Reports: {reports}',
);
export const resultsCount = work('results-count', '[Win32App] Win32AppResults count: {n}, size {size}');
export const sendingResults = work(
  'sending-results',
  '[Win32App] Sending results to service. session RequestPayload: {payload}',
);
export const acknowledged = work(
  'acknowledged',
  '[Win32App] Got result with session id {sessionId}. RequestContentType: Acknowledge',
);
export const grsCleanUp = work(
  'grs-clean-up',
  '[Win32App][GRSManager] Scanning GRS storage for values to clean up.',
);
export const checkInTimeKept = work(
  'time-kept',
  '[Win32App][ReevaluationScheduleManager] Skip saving the last evaluation check-in time as the previous evaluation check-in time is not expired.',
);
export const checkInTimeSaved = work(
  'time-saved',
  '[Win32App][ReevaluationScheduleManager] Saving the last evaluation check-in time as the previous evaluation check-in time has already expired.',
);
export const sessionEnds = work(
  'session-ends',
  `[Win32App] ${'.'.repeat(21)} Completed user session {session}, userId: {user}, userSID: {sid} ${'.'.repeat(21)} `,
  2,
);
export const deadlineEntries = work(
  'deadline-entries',
  '[Win32App] {n} entries for StartDeadlinetime schedule',
);
export const deadlineEntriesLeft = work(
  'deadline-entries-left',
  '[Win32App] {n} entries for StartDeadlinetime schedule after removed past ones',
);
export const timerInterval = work(
  'timer-interval',
  '[Win32App][CheckinIntervalManager] UpdateTimerIntervalForNextCheckin. Current interval of timer is {milliseconds}',
);
export const pollerStopped = work(
  'poller-stopped',
  `[Win32App] ${rule53} application poller stopped. ${rule53} `,
  2,
);
export const unlock = work('unlock', `[Win32App] ${rule53} Unlock DoWorkInternal ${rule53} `, 2);
export const ends = work('ends', '[Win32AppAsync] End app check in');
