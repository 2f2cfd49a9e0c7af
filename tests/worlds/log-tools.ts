/**
 * What public tools look for in agent logs, written anew: each event in our words, with the texts that must stand in one
 * message, in this order. Where this generation of the agent does not write it, `unwritten` says why.
 */
export interface LookedFor {
  readonly event: string;
  readonly texts: readonly string[];
  readonly unwritten?:
    | 'older agents'
    | 'Enrollment Status Page'
    | 'removed in 1.104'
    | 'newest agents, words unknown'
    | 'beginning of the line unknown';
}

export interface LogTool {
  /** Repository and file. */
  readonly origin: string;
  readonly looksFor: readonly LookedFor[];
}

const event = (name: string, ...texts: readonly string[]): LookedFor => ({ event: name, texts });
const unwritten = (
  why: NonNullable<LookedFor['unwritten']>,
  name: string,
  ...texts: readonly string[]
): LookedFor => ({
  event: name,
  texts,
  unwritten: why,
});
const older = (name: string, ...texts: readonly string[]): LookedFor =>
  unwritten('older agents', name, ...texts);
const esp = (name: string, ...texts: readonly string[]): LookedFor =>
  unwritten('Enrollment Status Page', name, ...texts);

export const logTools: readonly LogTool[] = [
  {
    origin: 'okieselbach/Autopilot-Monitor, rules/ime-log-patterns',
    looksFor: [
      event(
        'a detection script says compliant or not',
        '[HS] the pre-remdiation detection script compliance result for ',
        ' is ',
      ),
      event('exit code of a remediation', '[HS] exit code of the script is '),
      event('context of a remediation', '[HS] The policy needs be run as '),
      event('a remediation begins', '[HS] ProcessScript PolicyId: ', ' PolicyType: '),
      event('errors of a remediation', '[HS] err output = '),
      event('output of a remediation', '[HS] std output = '),
      event('version of the agent', 'Agent version is: '),
      event(
        'a detection rule finds the app',
        '[Win32App] Completed detectionManager SideCar',
        'DetectionManager, applicationDetectedByCurrentRule: True',
      ),
      older('success is stored', '[Win32App] Setting enforcementState as', 'Success'),
      event('a package cannot be decrypted', 'Decryption is failed for appId '),
      event(
        'an app was found by detection',
        'Detection state for app with id: ',
        ' has been updated. Report delta: {"DetectionState":{"OldValue":',
        '"NewValue":"Installed"',
      ),
      event(
        'detection finds an app',
        '[Win32App][DetectionActionHandler] Detection for policy with id: ',
        ' resulted in action status: Success and detection state: Detected',
      ),
      older('detection finds an app, old words', '[Win32App] Detected app '),
      unwritten('removed in 1.104', 'telemetry of Delivery Optimization', '[DO TEL] = {'),
      event(
        'a download runs',
        '[StatusService] Downloading app (id = ',
        ') via ',
        ', bytes ',
        '/',
        ' for user',
      ),
      event(
        'an install was a success',
        'Execution state for app with id: ',
        '"OldValue":"InProgressDownloadCompleted","NewValue":"Success"',
      ),
      event(
        'a download failed',
        'Download state for app with id: ',
        '"OldValue":"InProgress","NewValue":"ErrorDownloadingContent"',
      ),
      event('an error is stored', '[Win32App] Setting enforcementState as', 'Error'),
      event(
        'an execution changes its state',
        'Execution state for app with id: ',
        ' has been updated. Report delta: {"EnforcementState":{"OldValue":"',
        '"NewValue":"',
      ),
      event('an installer runs too long', '[Win32App] Installation is timeout'),
      event(
        'an exit code that nobody listed',
        '[Win32App] Admin did NOT set mapping for lpExitCode: ',
        ' of app: ',
      ),
      event('phase of the Enrollment Status Page', '[Win32App] The EspPhase: '),
      esp(
        'an app changes its state on the page',
        '[Win32App][EspManager] Updating ESP tracked install status from ',
      ),
      event('the agent takes on an identity', 'After impersonation: '),
      event(
        'an install begins',
        '[Win32App][ExecutionActionHandler] Handler invoked with execution type: Install for policy with id: ',
      ),
      event('an installer is started', '[Win32App] Launch Win32AppInstaller in ', ' session'),
      event('nothing to do for an app', '[Win32App][ActionProcessor] No action required for app with id: '),
      event(
        'requirements are not met',
        '[Win32App][ApplicabilityActionHandler] Applicability check for policy with id: ',
        'applicability state: NotApplicable',
      ),
      event(
        'a requirement script is not met',
        'Applicability state for app with id: ',
        '"NewValue":"ScriptRequirementRuleNotMet"',
      ),
      event('an app is wanted by nobody', 'Desired state for app with id: ', '"NewValue":"None"'),
      event('an app is not wanted', 'Desired state for app with id: ', '"NewValue":"NotPresent"'),
      event(
        'a required app that is not applicable',
        '[Win32App][ActionProcessor] App with id: ',
        ', targeted intent: RequiredInstall, and enforceability: Enforceable has projected enforcement classification: NotApplicableOrNotTargeted with desired state: None.',
      ),
      event('policies arrive', 'Get policies = '),
      event('a session changes', 'OnSessionChange'),
      older('an app with its dependencies', '[Win32App] ProcessAppWithDependencies starts for '),
      older('an app is processed', '[Win32App] ExecManager: processing targeted app'),
      older('an app is presented', '[Win32App] ===Step=== Start to Present app '),
      event('the working folder of an installer', '[Win32App] SetCurrentDirectory: ', '\\'),
      event('the agent is told to stop', 'EMS Agent received shutdown signal'),
      event(
        'filters leave all apps out',
        '[Win32App][V3Processor] All apps in the subgraph are not applicable due to assignment filters. Skipping processing.',
      ),
      older('a dependency is only detected', '[Win32App] app ', ' is a dependency ', 'Detect Only mode'),
      event('the agent starts', 'EMS Agent Started'),
      event('a subgraph is processed', '[Win32App][V3Processor] Processing subgraph with app ids: '),
      event('a token was had', 'Successfully get the token'),
      event(
        'a user session is done',
        '[Win32App] ...',
        ' Completed user session ',
        ', userId: ',
        ', userSID: S-',
        ' ...',
      ),
      esp('an app in the list of the page', '[Win32App] Got InstanceID: Win32App_'),
      event(
        'a Store app is being installed',
        '[WinGetMessageProcessor] Processing Progress for app = ',
        'Installing',
      ),
      event('errors of a script', 'error from script ='),
      event('exit code of a script', 'Powershell exit code is '),
      event('output of a script', 'write output done. output = ', ', error = '),
      event(
        'a platform script in AgentExecutor',
        'Adding argument powershell with value C:\\',
        '\\Policies\\Scripts\\',
        '.ps1',
      ),
      event('session of a script', 'Launch powershell executor in ', ' session'),
      event('a script has ended', 'Powershell execution is done, exitCode = '),
      event('a script file is made', 'Script file C:\\', '\\Policies\\Scripts\\', '.ps1 is generated'),
      event('result of a platform script', '[PowerShell] User Id = ', ', Policy id = ', ', policy result = '),
      event('exit code of an installer', '[Win32App] lpExitCode '),
      event('exit code as HRESULT', '[Win32App] hResultFromWin32 '),
      event('number of a try', '[Win32App] ===Step=== Execute retry '),
      event('an app in GRS', ' to install is in GRS. The app will not be enforced.'),
    ],
  },
  {
    origin: 'fadwen/IntuneScriptLab, Private/Get-IslAgentLogEvent.ps1',
    looksFor: [
      event('scripts are fetched', '[PowerShell] Get ', ' policies'),
      event('scripts after the filter', '[PowerShell] After filter, get ', ' policies'),
      event('download count of a script', '[PowerShell] Policy ', ' for user ', ' has download count = '),
      event('a script is processed', '[PowerShell] Processing policy with id = '),
      event('result of a script', '[PowerShell] User Id = ', ' policy result = '),
      event('a script has ended', 'Powershell execution is done, exitCode = '),
      event('session of a script', 'Launch powershell executor in ', ' session'),
      event('the first check-in after a start', 'first check in on start'),
      event('a check-in without a user', 'Userless session, skip UserToken for device check-in'),
      event(
        'phase before a script',
        'Finished ESP phase check before kicking off PowerShell script. ESP phase ',
      ),
      event('schedule of a remediation', '[HS] inspect ', ' schedule for policy'),
      event('a remediation is queued', '[HS] Runner : Job is queued and will be scheduled to run at '),
      event('a remediation begins', '[HS] Runner: script ', ' will try to execute now'),
      event(
        'result of the first detection',
        '[HS] the pre-remdiation detection script compliance result for ',
        ' is ',
      ),
      event('result of a remediation', '[HS] new result = {', '"Result":'),
      event('apps are fetched', 'Get policies = ['),
      event('an app is filtered out', 'not applicable due to assignment filters'),
      event('a subgraph', '[V3Processor] Processing subgraph with app ids: '),
      event(
        'a subgraph needs a user',
        '[V3Processor] All of the apps in the subgraph require user-context processing',
      ),
      event(
        'relations in a report',
        'Sending status to company portal based on report: {"ApplicationId":"',
        '"ReportingImpact":{"DesiredState":',
        '"Classification":',
        '"ConflictReason":',
        '"ImpactingApps":[{"AppId":"',
      ),
      event('notification of a dependency', '-toast "ToastDependencyAppInstall"'),
      event(
        'an app nobody is targeted with',
        'because the app does not have available, required, or uninstall intent',
      ),
      event(
        'content is fetched',
        '[DownloadActionHandler] Handler invoked for policy with id: ',
        ' and version: ',
      ),
      unwritten(
        'beginning of the line unknown',
        'an app of a user without a user',
        'has user install context and this is a userless check-in',
      ),
      event(
        'applicability',
        'Applicability check for policy with id: ',
        ' resulted in action status: ',
        ' and applicability state: ',
      ),
      event('a requirement is checked', '[Win32App] applicationRequirementMetadata', 'skip check'),
      event('a requirement is compared', '[Win32App] RequiredOSArchitecture', 'applicability'),
      event('a requirement script', 'result of requirementMet: '),
      event(
        'detection',
        'Detection for policy with id: ',
        ' resulted in action status: ',
        ' and detection state: ',
      ),
      event('a file rule finds', 'Checked filePath', 'applicationDetected: '),
      event('a registry rule', 'Checked reg path', 'applicationDetected: '),
      event('a script rule', 'Checked Powershell script', 'applicationDetected: '),
      event('a file rule does not find', "Path doesn't exists", 'applicationDetected: '),
      event('a version rule', 'actualVersion:', 'applicationDetected: '),
      event('an execution', 'Handler invoked with execution type: ', ' for policy with id'),
      event('exit code of an installer', '[Win32App] lpExitCode '),
      event('what an exit code means', '[Win32App] lpExitCode is defined as '),
      event(
        'a report',
        'Sending status to company portal based on report: {"ApplicationId":"',
        '"ResultantAppState":',
      ),
      event('phase of the page', '[Win32App] The EspPhase: '),
      esp('apps of a phase', '[ESPAppLockInProcessor] Found '),
      esp('an app is registered', '[EspManager] In EspPhase: '),
      esp('all apps of a phase are done', 'apps completed for '),
      esp('the page is done', 'ESP completed. Triggering immediate app workload check-in'),
      event('AgentExecutor starts a script', 'Prepare to run Powershell Script'),
      event('exit code in AgentExecutor', 'Powershell exit code is '),
      event('output in AgentExecutor', 'write output done. output = '),
      event('errors in AgentExecutor', 'error from script ='),
    ],
  },
  {
    origin:
      'petripaavola/Get-IntuneManagementExtensionDiagnostics, DeveloperVersion/Get-IntuneManagementExtensionDiagnostics.ps1',
    looksFor: [
      event('the user of a session', 'Expected usersid for session ', ' with name ', ' is '),
      event('the agent takes on an identity', 'After impersonation: '),
      event('the agent starts', 'EMS Agent Started'),
      event('the agent stops', 'EMS Agent Stopped'),
      event('the page is not shown', '[Win32App] The EspPhase: NotInEsp in session'),
      esp('the page is in the device phase', '[Win32App] In EspPhase: DeviceSetup'),
      event('policies arrive', 'Get policies = [', ']'),
      esp('apps of a phase', '[Win32App][ESPAppLockInProcessor] Found '),
      event('an installer has ended', '[Win32App] Installation is done, collecting result'),
      event(
        'an installer could not be started',
        '[Win32App] Failed to create installer process. Error code = ',
      ),
      event('exit code', '[Win32App] lpExitCode '),
      event('what it means', '[Win32App] lpExitCode is defined as '),
      event('process of the installer', '[Win32App] process id ='),
      event('working folder', '[Win32App] SetCurrentDirectory: C:\\Windows\\IMECache\\', '_'),
      event(
        'how it is installed',
        '[Win32App] ===Step=== InstallBehavior RegularWin32App, Intent ',
        ', UninstallCommandLine ',
      ),
      unwritten('removed in 1.104', 'telemetry of Delivery Optimization', '[DO TEL] = {'),
      event('a subgraph', '[Win32App][V3Processor] Processing subgraph with app ids: '),
      event('a subgraph is done', 'Done processing subgraph.'),
      older('an app is processed', '[Win32App] ExecManager: processing targeted app'),
      event(
        'a report for Company Portal',
        '[Win32App][ReportingManager] Sending status to company portal based on report: ',
      ),
      event(
        'a Store app is downloaded',
        '[StatusService] Downloading app (id = ',
        ', name ',
        ') via WinGet, bytes ',
        '/',
        ' for user ',
      ),
      event('a Store app is installed', '[WinGet] Install Operation Result has arrived '),
      event(
        'a Store app begins',
        '[WinGetAppExecutionExecutor] Starting execution of app with id: ',
        ' and context: ',
      ),
    ],
  },
  {
    origin: 'YeehomZhu/Win32AppLogAnalyzer, Analyze-Win32AppWorkload.ps1',
    looksFor: [
      event('policies arrive', 'Get policies = ['),
      event(
        'detection',
        '[DetectionActionHandler]',
        'Detection for policy with id:',
        'resulted in action status:',
      ),
      event('applicability', '[ApplicabilityActionHandler]', 'applicability state: '),
      event('content', '[DownloadActionHandler] Handler invoked for policy with id:'),
      unwritten(
        'newest agents, words unknown',
        'content by the newest manager',
        '[ContentManagerV2]',
        'Completed',
      ),
      event(
        'install',
        '[ExecutionActionHandler] Handler invoked with execution type:',
        'Install',
        'for policy with id:',
      ),
      event('what an exit code means', 'lpExitCode is defined as'),
      event('end of an execution', '[ExecutionActionHandler] Handler completed with action status:'),
      event('a check-in begins', '[Win32AppAsync] Starting app check in'),
      event('sessions', 'Got ', ' active user sessions'),
    ],
  },
  {
    origin:
      'ztrhgf/useful_powershell_modules, IntuneStuff (Get-IntuneLogWin32AppData, Invoke-IntuneWin32AppRedeploy)',
    looksFor: [
      event('policies arrive', 'Get policies = [{"Id":'),
      event('results are sent', '[Win32App] Sending results to service. session RequestPayload:'),
      event('settings are loaded', 'Load global Win32App settings'),
      event('a check-in ends', 'application poller stopped.'),
      event('a GRS key', '[Win32App][GRSManager]', '\\GRS\\', '\\'),
    ],
  },
];
