import { define } from './message.ts';

/** AppWorkload.log: content and execution. From the hash check on the words are public texts only. */
const work = (
  id: string,
  words: string,
  origin: 'observed' | 'public' | 'inferred' = 'public',
  type: 1 | 2 | 3 = 1,
) => define('AppWorkload', `install.${id}`, words, origin, type);

export const downloadInvoked = work(
  'download-invoked',
  '[Win32App][DownloadActionHandler] Handler invoked for policy with id: {app} and version: {revision}',
  'observed',
);
export const downloading = work(
  'downloading',
  '[Win32App] Downloading app on session {session}. App: {app}',
  'observed',
);
export const getContentInfo = work('get-content-info', 'Get content info from Intune', 'observed');
export const previousResults = work(
  'previous-results',
  '[Win32App] Load each existing app result for user: {user}',
  'observed',
);
export const previousChecked = work(
  'previous-checked',
  '[Win32App] Finished checking previous app report, the error code is {error}',
  'observed',
);
export const downloadReason = work(
  'download-reason',
  '[Win32App] espPhase = NotInEsp, isRetryNeeded = False, checkinReason = {reason}',
  'observed',
);
export const jobDefaultPriority = work(
  'job-default-priority',
  '[Win32App DO] DO Job default priority is BG_JOB_PRIORITY_NORMAL',
  'observed',
);
export const jobPriority = work(
  'job-priority',
  '[Win32App DO] DO Job set priority is BG_JOB_PRIORITY_NORMAL',
  'observed',
);
export const contentInfoRequest = work(
  'content-info-request',
  '[Win32App] content info request is {request}',
  'observed',
);
export const contentInfo = work('content-info', 'Get content info from service,ret = {answer}', 'observed');
export const downloadUrl = work(
  'download-url',
  '[Win32App] DownloadType = {type}, DownloadUrl = {url}',
  'observed',
);
export const cacheMiss = work(
  'cache-miss',
  '[Win32App] Content cache miss for app (id = {app}, name = {name}), start downloading...',
  'observed',
);
export const cacheFound = work('cache-found', '[Win32App] Content cache found for app id {app}');
export const downloadTime = work(
  'download-time',
  '[Win32App] Saving DownloadTime for user: {user}',
  'observed',
  2,
);
export const newJob = work(
  'new-job',
  '[Win32App DO] start creating a new download job, FileId = {file}, remote URL = {url}',
  'observed',
);
export const destination = work('destination', '[Win32App DO] destination path = {path}', 'observed');
export const job = work('job', '[Win32App DO] DO Job Id is {job}', 'observed');
export const progress = work(
  'progress',
  '[StatusService] Downloading app (id = {app}, name {name}) via DO, bytes {done}/{total} for user {user}',
  'observed',
);
export const noProgressSubscribers = work(
  'no-progress-subscribers',
  '[StatusService] No subscribers to DownloadProgressHandler.',
  'observed',
);
export const downloadDelta = work(
  'download-delta',
  '[Win32App][ReportingManager] Download state for app with id: {app} has been updated. Report delta: {delta}',
  'observed',
);
export const downloadCompleted = work(
  'download-completed',
  '[Win32App][DownloadActionHandler] Handler completed with action status: {status}.',
  'observed',
);
export const clearing = work(
  'clearing',
  '[Win32App][DownloadActionHandler] Clearing GRS and subgraph reevaluation time so the app can be enforced during the next check-in.',
  'observed',
);
export const fileSize = work('file-size', '[Win32App] Downloaded file size {size}');
export const verifying = work('verifying', 'Starts verifying encrypted hash');
export const hashPass = work('hash-pass', '[Win32App] file hash validation pass');
export const decrypted = work('decrypted', '[Win32App] Decryption is done successfully.');
export const decryptionFailed = work('decryption-failed', 'Decryption is failed for appId {app}');
export const unzipping = work(
  'unzipping',
  '[Win32App] Unzipping file on session {session} from {zip} to {folder}',
);
export const cleaning = work('cleaning', 'Cleaning up staging content {folder}');

export const executionInvoked = work(
  'execution-invoked',
  '[Win32App][ExecutionActionHandler] Handler invoked with execution type: {type} for policy with id: {app}',
);
export const executeWithRetry = work('execute-with-retry', '[Win32App] ===Step=== ExecuteWithRetry');
export const executeRetry = work('execute-retry', '[Win32App] ===Step=== Execute retry {attempt}');
export const installBehavior = work(
  'install-behavior',
  '[Win32App] ===Step=== InstallBehavior RegularWin32App, Intent {intent}, UninstallCommandLine {command}',
);
export const commandLine = work('command-line', '{command}');
export const currentDirectory = work('current-directory', '[Win32App] SetCurrentDirectory: {folder}');
export const launch = work('launch', '[Win32App] Launch Win32AppInstaller in {session} session');
export const created = work('created', '[Win32App] Create installer process successfully.');
export const notCreated = work(
  'not-created',
  '[Win32App] Failed to create installer process. Error code = {error}',
);
export const processId = work('process-id', '[Win32App] process id = {process}');
export const timeout = work('timeout', '[Win32App] Installer process timeout milliseconds: {milliseconds}');
export const done = work('done', '[Win32App] Installation is done, collecting result');
export const timedOut = work('timed-out', '[Win32App] Installation is timeout, collecting result');
export const timeoutKeeps = work(
  'timeout-keeps',
  'installer is running timeout, skip staged content clean up.',
);
export const exitCode = work('exit-code', '[Win32App] lpExitCode {exitCode}');
export const hresult = work('hresult', '[Win32App] hResultFromWin32 {hresult}');
export const definedAs = work('defined-as', '[Win32App] lpExitCode is defined as {type}');
export const notMapped = work(
  'not-mapped',
  '[Win32App] Admin did NOT set mapping for lpExitCode: {exitCode} of app: {app}',
);
export const errorWithoutMapping = work(
  'error-without-mapping',
  '[Win32App] Setting enforcementState as: Error with lpExitCode: {exitCode} without mapping',
);
export const restartBehavior = work('restart-behavior', 'DeviceRestartBehavior: {behavior}');
export const executionDelta = work(
  'execution-delta',
  '[Win32App][ReportingManager] Execution state for app with id: {app} has been updated. Report delta: {delta}',
);
export const executionCompleted = work(
  'execution-completed',
  '[ExecutionActionHandler] Handler completed with action status: {status}',
);
