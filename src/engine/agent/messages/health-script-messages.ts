import { define } from './message.ts';

/** HealthScripts.log: remediations and custom compliance scripts. */
const hs = (
  id: string,
  words: string,
  type: 1 | 2 | 3 = 1,
  origin: 'observed' | 'public' | 'inferred' = 'observed',
) => define('HealthScripts', `health-scripts.${id}`, words, origin, type);

const line = '-----------------------------------------------------';
const dots = '.....................';

// Scheduler: fetches policies and plans.
export const schedulerStarts = hs('scheduler-starts', `[HS] Scheduler ${line} Scheduler starts. ${line} `, 2);
export const workplaceJoined = hs('workplace-joined', 'Device WPJ? = False');
export const schedulerRefresh = hs('scheduler-refresh', '[HS] Scheduler Refresh session info.', 2);
export const activeSessions = hs('active-sessions', '[HS] Get {n} active user sessions');
export const validSession = hs('valid-session', '[HS] valid AAD user session id : {session}');
export const validSessions = hs('valid-sessions', '[HS] Total valid AAD User session count is {n}');
export const schedulerCertificate = hs(
  'scheduler-certificate',
  '[HS] Scheduler Set MdmDeviceCertificate : {thumbprint}',
);
export const schedulerSession = hs(
  'scheduler-session',
  `[HS] Scheduler ${dots} Processing user session {session}, userId: {user}, userSID:  ${dots} `,
  2,
);
export const requesting = hs('requesting', '[HS] Requesting health scripts with session id {sessionId} ...');
export const gotResult = hs(
  'got-result',
  '[HS] Got result with session id {sessionId}. Result (truncated): {result}',
);
export const got = hs('got', '[HS] Got {n} script(s) for user {user} in session {session}');
export const loadExecution = hs('load-execution', '[HS] Load {n} user keys under execution.');
export const startResolved = hs('start-resolved', '[HS] start ProcessResolvedPolicies');
export const noUserLogOn = hs('no-user-log-on', '[HS] hasNoUserLogOn = {none}');
export const finishResolved = hs(
  'finish-resolved',
  '[HS] finish ProcessResolvedPolicies, resolved policy count is {n}',
);
export const hourly = hs(
  'hourly',
  '[HS] inspect hourly schedule for policy {policy}: UTC = {utc}, Interval = {interval}, Time = ',
);
export const dailyLast = hs('daily-last', '[HS] Daily handler: last execution time for {policy} is {utc}');
export const daily = hs(
  'daily',
  '[HS] inspect daily schedule for policy {policy}, UTC = {utc}, Interval = {interval}, Time = {time}',
);
export const once = hs(
  'once',
  '[HS] inspect once schedule for policy {policy}, UTC = {utc}, Time = {time} Date = {date}',
  1,
  'public',
);
export const past = hs(
  'past',
  '[HS] The calculated next run time is in the past, schedule it now, nextRunTime = {utc}',
  2,
);
export const earliest = hs('earliest', '[HS] Calcuated earliest time is {utc}');
export const schedulerSessionEnds = hs(
  'scheduler-session-ends',
  `[HS] Scheduler ${dots} Scheduler completed user session {session}, userId: {user}, userSID:  ${dots} `,
  2,
);
export const schedulerQueued = hs(
  'scheduler-queued',
  '[HS] Scheduler : Job is queued and will be scheduled to run at UTC {utc}.',
);
export const schedulerStopped = hs(
  'scheduler-stopped',
  `[HS] Scheduler ${line} policy poller stopped. ${line} `,
  2,
);
export const alreadyEarlier = hs(
  'already-earlier',
  '[HS] Runner : There is already an earlier time scheduled, incoming is {incoming}, in-queue is {queued}, skip.',
  2,
);

// Runner: executes.
export const queueExpired = hs(
  'queue-expired',
  '[HS] Runner : queued time : {utc} is expired.., clear the queue',
  2,
);
export const sessionFix = hs('session-fix', '[HS] Runner: FlightingV2 EnableUserSessionFix = False');
export const invocation = hs('invocation', '[HS] PolicyPoller::Run invocationType: {type}');
export const runnerStarts = hs('runner-starts', `[HS] Runner${line} Runner starts. ${line} `, 2);
export const runnerRefresh = hs('runner-refresh', '[HS] Runner Refresh session info.', 2);
export const runnerCertificate = hs(
  'runner-certificate',
  '[HS] Runner Set MdmDeviceCertificate : {thumbprint}',
);
export const sessionMap = hs('session-map', '[HS] Runner: SessionIdUserIdMap contains {n} AAD users.');
export const sendFirst = hs('send-first', '[HS] Runner: FlightingV2 RemediationSendResultFirst = True');
export const skipChain = hs(
  'skip-chain',
  '[HS] Runner: FlightingV2 SkipV2ChainValidation = False, existing value = False',
);
export const runnerSession = hs(
  'runner-session',
  `[HS] Runner${dots} Processing user session {session}, userId: {user}, userSID:  ${dots} `,
  2,
);
export const loadSettings = hs('load-settings', '[HS] Load per user script settings {user}');
export const readFullTime = hs(
  'read-full-time',
  '[HS] Read lastFullResultReportTimeUTCString = {text}; Set lastFullResultReportTimeUTC = {utc}',
);
export const fullTime = hs('full-time', '[HS] scriptSettingPerUser.LastFullReportTimeUTC = {utc}');
export const fullNeeded = hs(
  'full-needed',
  '[HS] Runner Need to report full results now, FullResultReportIntervalInDays {days}, userid {user}',
  2,
);
export const fullSent = hs(
  'full-sent',
  '[HS] Full results sent successfully, update LastFullReportTimeUTC for userid {user}',
  2,
);
export const scriptsInvocation = hs('scripts-invocation', '[HS] ProcessScripts invocationType: {type}');
export const loadResults = hs(
  'load-results',
  '[HS] Load each existing script results for user: {user}, count: {n}',
);
export const installerSku = hs('installer-sku', '[ManagedInstallerSync] SKU is {sku}.');
export const scriptsSendFirst = hs(
  'scripts-send-first',
  '[HS] ProcessScripts: RemediationSendResultFirst = True',
);
export const later = hs(
  'later',
  '[HS] Runner: script {policy}, run State = RunLater, next Run Time = {utc}',
  2,
);
export const now = hs('now', '[HS] Runner: script {policy} will try to execute now.');

// One script.
export const scriptsSessionFix = hs(
  'scripts-session-fix',
  '[HS] ProcessScripts: EnableUserSessionFix = False',
);
export const processScript = hs('process-script', '[HS] ProcessScript PolicyId: {policy} PolicyType: {type}');
export const legacyMode = hs(
  'legacy-mode',
  '[EmsPolicyDecryption] Run in legacy security mode and skip decryption.',
);
export const outputFiles = hs('output-files', '[HS] Create output files successfully.');
export const outputAcl = hs('output-acl', '[HS] ACL output files successfully');
export const firstParty = hs('first-party', '[HS] currentPolicy.IsFirstPartyScript: False');
export const installerPolicy = hs('installer-policy', '[HS] Is managed installer policy: False');
export const hardware = hs('hardware', '[HS] Is HardwareConfiguration policy: False');
export const processing = hs('processing', '[HS] Processing policy with id = {policy}');
export const asSystem = hs('as-system', '[HS] The policy needs be run as System');
export const asUser = hs('as-user', '[HS] The policy needs be run as User', 1, 'public');
export const settings = hs('settings', '[HS]: Enforce signature check = {enforce}, Running mode = {mode}');
export const commandLine = hs('command-line', '{commandLine}');
export const launchMachine = hs('launch-machine', 'Launch powershell executor in machine session');
export const launchUser = hs('launch-user', 'Launch powershell executor in user session', 1, 'public');
export const created = hs('created', 'Create proxy process successfully. Process id = {process}');
export const exitCode = hs('exit-code', 'Powershell execution is done, exitCode = {exitCode}');
export const errorOutput = hs('error-output', '[HS] err output = {text}');
export const standardOutput = hs('standard-output', '[HS] std output = {text}');
export const parsed = hs('parsed', '[HS] {script} parsing result is done ');
export const returned = hs('returned', '[HS] Returned exitcode from child process is {exitCode}');
export const scriptExit = hs('script-exit', '[HS] exit code of the script is {exitCode}');
export const compliance = hs(
  'compliance',
  '[HS] the pre-remdiation detection script compliance result for {policy} is {compliant}',
);
export const kickOff = hs('kick-off', '[HS] remediation is not optional, kick off remediation script');
export const hasRemediation = hs(
  'has-remediation',
  '[HS] currentPolicy.IsFirstPartyScript: False, string.IsNullOrEmpty(currentPolicy.RemediationScript): False',
);
export const remediationExit = hs('remediation-exit', '[HS] remediation script exit code is {exitCode}');
export const postCompliance = hs(
  'post-compliance',
  '[HS] the post detection script result for {policy} is {compliant}',
);
export const newResult = hs('new-result', '[HS] new result = {result}');
export const oldResult = hs('old-result', '[HS] old result = {result}');
export const same = hs(
  'same',
  '[HS] app result (id = {policy}, version = {version}) is the same as cached one, no need to save.',
);

// Report and end of a pass.
export const reportStarts = hs('report-starts', '[HS] starting to send report');
export const noReport = hs('no-report', '[HS] There is no report to send.');
export const reportDelay = hs('report-delay', 'Policy Result workload is delayed for {seconds} secs');
export const reportFirst = hs('report-first', '[HS] ReportManager: RemediationSendResultFirst = True');
export const page = hs('page', '[HS] Processing page {n} report..');
export const sending = hs('sending', '[HS] sending results to service..');
export const put = hs(
  'put',
  '[HS] ECS EnablePutWithTupleResult is false, sending report to ECS service with Put',
);
export const request = hs('request', 'data in request = {data}');
export const sent = hs('sent', '[HS] Reports are sent successfully, mark them as sent in local cache.');
export const different = hs(
  'different',
  '[HS] script result (id = {policy}, version = {version}) is different from cached one, save to cache.',
);
export const saving = hs('saving', '[HS] Saving policy results for user: {user}', 2);
export const runnerSessionEnds = hs(
  'runner-session-ends',
  `[HS] Runner ${dots} Completed user session {session}, userId: {user}, userSID:  ${dots} `,
  2,
);
export const runnerQueued = hs(
  'runner-queued',
  '[HS] Runner : Job is queued and will be scheduled to run at UTC {utc}.',
);
export const runnerStopped = hs('runner-stopped', `[HS] Runner${line} policy poller stopped. ${line} `, 2);
