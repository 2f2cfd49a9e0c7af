import type { AgentLog, Message } from './message.ts';
import { define } from './message.ts';

/** Apps of the Microsoft Store: AppWorkload.log, the package manager's lines in the main log, the helper of a user's session. */
const at =
  (log: AgentLog) =>
  (id: string, words: string, origin: Message['origin'] = 'observed') =>
    define(log, `store.${id}`, words, origin);
const work = at('AppWorkload');
const main = at('IntuneManagementExtension');
const executor = at('AgentExecutor');

const prefix = '[Win32App][WinGetApp]';

export const creating = work(
  'creating',
  '[WinGet] Creating Microsoft.Management.Clients.IntuneManagementExtension.Win32AppPlugIn.WinGetLocalProgressAndResultSender',
);
export const detectionStarts = work(
  'detection-starts',
  `${prefix}[WinGetAppDetectionExecutor] Starting detection of app with id: {app} and context: {context}.`,
);
export const detectionCompleted = work(
  'detection-completed',
  `${prefix}[WinGetAppDetectionExecutor] Completed detection for app with id: {app}.\r\nDetection state: {state}\r\nDetected version: {version}\r\nError code: `,
  'public',
);
export const applicabilityStarts = work(
  'applicability-starts',
  `${prefix}[WinGetAppApplicabilityExecutor] Starting applicability check of app with id: {app} and context: {context}.`,
);
export const applicabilityCompleted = work(
  'applicability-completed',
  `${prefix}[WinGetAppApplicabilityExecutor] Completed applicability check for app with id: {app}.`,
);
export const operationStarts = work(
  'operation-starts',
  `${prefix}[WinGetOperation] Starting {operation} for app with id: {app} and package id: {package}.`,
);
export const operationCompleted = work(
  'operation-completed',
  `${prefix}[WinGetOperation] Completed {operation} for app with id: {app} and package id: {package}.`,
);
export const connected = work(
  'connected',
  `${prefix}[AppPackageManager] Connect result status: {status} ({code}).`,
);
export const initialized = work(
  'initialized',
  `${prefix}[AppPackageManager] Package manager initialized with status: Ok (0x00000000).`,
);
export const searched = work(
  'searched',
  `${prefix}[AppPackageManager] Search result status: Ok (0x00000000).`,
);
export const found = work('found', `${prefix}[AppPackageManager] Found {n} app packages.`);
export const resultOfDetection = work(
  'detection-result',
  '[WinGet] Detection Operation result has arrived {state}.',
);
export const resultOfApplicability = work(
  'applicability-result',
  '[WinGet] ApplicabilityCheck Operation result has arrived Applicable.',
);

export const executionStarts = work(
  'execution-starts',
  `${prefix}[WinGetAppExecutionExecutor] Starting execution of app with id: {app} and context: {context}.`,
  'public',
);
export const installing = work(
  'installing',
  `${prefix}[AppPackageManager] No installed version found. Performing an app installation.`,
  'public',
);
export const progress = work(
  'progress',
  '[StatusService] Downloading app (id = {app}, name {name}) via WinGet, bytes {done}/{total} for user {user}',
  'public',
);
export const executionResult = work(
  'execution-result',
  '[WinGet] {operation} Operation Result has arrived {result}',
  'public',
);
export const executionCompleted = work(
  'execution-completed',
  `${prefix}[WinGetAppExecutionExecutor] Completed execution for app with id: {app}.\r\nAction status: {status}\r\nEnforcement state: {state}\r\nInstaller Exception message = {message}\r\nExecution result: {result}`,
  'public',
);

export const stateMachine = main('state-machine', 'Creating New State Machine.');
export const transition = main(
  'transition',
  'Processing state transition - Current State:{state} With Event: {event}.',
);
export const packageProgress = main(
  'package-progress',
  '[Package Manager] BytesRequired - {total}BytesDownloaded - {done}DownloadProgress - {downloaded}InstallationProgress - {installed}',
);

export const processor = work(
  'processor',
  '[WinGetMessageProcessor] Creating Message Processor for user: {user} and application {app}.',
);
export const launching = work(
  'launching',
  '[Win32AppPlugin] [AgentExecutorController`1] Launching Agent Executor process. ',
);
export const asUser = work('as-user', '[ProcessMonitor] Launch process as current user.');
export const impersonated = work('impersonated', '[ProcessMonitor] After impersonation: AzureAD\\{user}.');
export const notElevating = work(
  'not-elevating',
  `${prefix} Not elevating token for user, using default privileges.`,
);
export const creatingProcess = work(
  'creating-process',
  '[ProcessMonitor] Calling CreateProcessAsUser: \'"C:\\Program Files (x86)\\Microsoft Intune Management Extension\\agentexecutor.exe" -executeWinGet -operationType "{operation}" -repositoryType "MicrosoftStore" -packageId "{package}" -installScope "{scope}"\'',
);
export const createdProcess = work('created-process', '[ProcessMonitor] Proxy process created successfully.');
export const waiting = work(
  'waiting',
  '[WinGetMessageProcessor] Waiting for results to come in with timeout of {seconds} seconds.',
);
export const resultMessage = work(
  'result-message',
  '[WinGetMessageProcessor] Processing Incoming message OperationResult and data Microsoft.Management.Clients.IntuneManagementExtension.WinGetLibrary.WinGetOperationResult.',
);
export const helperDownloads = work(
  'helper-downloads',
  '[WinGetMessageProcessor] Processing Progress for app = {app} and user = {user} - Operation Phase = Downloading - Downloaded bytes = {done} - Total bytes = {total}.',
  'public',
);
export const helperInstalls = work(
  'helper-installs',
  '[WinGetMessageProcessor] Processing Progress for app = {app} and user = {user} - DebugInfo = State = Installing',
  'public',
);
export const resultProcessed = work('result-processed', 'Processing results for operation - Ok.');
export const userResult = work('user-result', '[WinGet] {operation} Operation Result has arrived Ok');
export const exited = work(
  'exited',
  '[ProcessMonitor] Process got lpExitCode: {exitCode}, lastWin32Error: {error}',
);
export const controllerDone = work(
  'controller-done',
  '[Win32AppPlugin] [AgentExecutorController`1] Agent Executor has exited with exit code {exitCode}. ',
);

export const executorOperation = executor(
  'executor-operation',
  'Adding argument operationType with value {operation} to the named argument list.',
);
export const executorRepository = executor(
  'executor-repository',
  'Adding argument repositoryType with value MicrosoftStore to the named argument list.',
);
export const executorPackage = executor(
  'executor-package',
  'Adding argument packageId with value {package} to the named argument list.',
);
export const executorScope = executor(
  'executor-scope',
  'Adding argument installScope with value {scope} to the named argument list.',
);
export const executorCreating = executor(
  'executor-creating',
  'Creating new WinGet Oepration for package: {package}',
);
