import { define } from './message.ts';

/** AppWorkload.log: one detection rule. */
const work = (
  id: string,
  words: string,
  type: 1 | 2 | 3 = 1,
  origin: 'observed' | 'public' | 'inferred' = 'observed',
) => define('AppWorkload', `detection.${id}`, words, origin, type);

export const starts = work('starts', '[Win32App] ProcessDetectionRules starts');
export const parsing = work('parsing', '[Win32App] ProcessDetectionRules Parsing InstallEx...');
export const type = work('type', '[Win32App] DetectionType {type}');
export const manager = work('manager', '[Win32App] Start detectionManager SideCar{kind}DetectionManager');
/** The 32-bit agent looks at 64-bit folders. */
export const redirectionOff = work('redirection-off', '[Win32App] Disable Wow64FsRedirection');
export const redirectionOn = work('redirection-on', '[Win32App] Revert Wow64FsRedirection');
export const fileFound = work(
  'file-found',
  '[Win32App] Checked filePath: {path}, Exists: True, applicationDetected: True',
);
export const fileMissing = work(
  'file-missing',
  "[Win32App] Path doesn't exists: {path} applicationDetected: False",
  2,
);
export const fileVersion = work(
  'file-version',
  '[Win32App] GreaterThanOrEqual: actualVersion: {actual}, compareVersion: {compare}, applicationDetected: {detected}',
);
export const fileChecked = work(
  'file-checked',
  '[Win32App] Checked under Path: {path}, filePath:{file}, agent was checking under expanded: {expanded}, applicationDetected: {detected}',
);
export const registryFullPath = define(
  'IntuneManagementExtension',
  'detection.registry-full-path',
  'RegistryKeyExistsFullPath opening full path {path}...',
);
export const registrySubPath = define(
  'IntuneManagementExtension',
  'detection.registry-sub-path',
  'RegistryKeyExistsFullPath opening subPath {path}',
);
export const registryExists = work(
  'registry-exists',
  '[Win32App] To check Exist, Path: {path}, valueName: {name} applicationDetected: {detected}',
);
export const registryValue = work(
  'registry-value',
  '[Win32App]  Got reg value path: {path}, name: {name}, value: {value}',
);
export const registryChecked = work(
  'registry-checked',
  '[Win32App] Checked reg path: {path}, name: {name}, operator: {operator}, type: {type}, value: {value} , result of applicationDetected: {detected}',
);
export const msiMissingTry = work(
  'msi-missing-try',
  'CheckProductCodeExists fails with product code {code}, errorCode = {error}, try without brace',
  2,
);
export const msiMissingAgain = work(
  'msi-missing-again',
  'CheckProductCodeExists fails with product code {code}, errorCode = {error}',
  3,
);
export const msiMissing = work(
  'msi-missing',
  '[Win32App] Checked ProductCode {code}, Cannot find, applicationDetected: False',
);
export const msiFound = work(
  'msi-found',
  '[Win32App] Checked ProductCode {code}, Found it. sideCarProductCodeDetectionMetadata.ProductVersionOperator is {operator} applicationDetected: {detected}',
);
export const scriptSaved = work('script-saved', '[Win32App] {kind} script file {path} is saved.');
export const scriptLaunch = work(
  'script-launch',
  '[Win32App] SideCarScript{kind}Manager Launch powershell executor in {session} session',
);
export const scriptProcess = work(
  'script-process',
  '[Win32App] SideCarScript{kind}Manager process id = {process}',
);
export const scriptDone = work(
  'script-done',
  '[Win32App] SideCarScript{kind}Manager Execution is done, collecting result',
);
export const scriptExit = work(
  'script-exit',
  '[Win32App] SideCarScript{kind}Manager Powershell ExitCode: {exitCode}',
);
export const scriptOutput = work('script-output', '[Win32App] Checked Powershell script result: {output}');
export const scriptChecked = work(
  'script-checked',
  '[Win32App] Checked Powershell script exitCode: {exitCode} EnforceSignatureCheck: {signature} RunAs32Bit: {bitness} InstallExRunAs: {runAs}, result of applicationDetected: {detected}',
);
export const scriptDeleted = work('script-deleted', '[Win32App] {kind} script file {path} is deleted.');
export const ruleResult = work(
  'rule-result',
  '[Win32App] detectionManager SideCar{kind}DetectionManager got applicationDetectedByCurrentRule: {detected} as system',
);
export const ruleCompleted = work(
  'rule-completed',
  '[Win32App] Completed detectionManager SideCar{kind}DetectionManager, applicationDetectedByCurrentRule: {detected}',
);
export const scriptStream = work('script-stream', '[Win32App] Using FileStream');
export const scriptFiles = work(
  'script-files',
  '[Win32App] SideCarScript{kind}Manager create files for outputs',
);
export const scriptCommandLine = work('script-command-line', '{commandLine}');
export const scriptAcl = work(
  'script-acl',
  '[Win32App] SideCarScript{kind}Manager configuring ACL for current user',
);
export const scriptProfile = work(
  'script-profile',
  '[Win32App] SideCarScript{kind}Manager User profile successfully loaded, the user name is {user}',
);
export const scriptEnvironment = work(
  'script-environment',
  '[Win32App] SideCarScript{kind}Manager environment block is created successfuly.',
);
export const scriptCreated = work(
  'script-created',
  '[Win32App] SideCarScript{kind}Manager Create proxy process successfully.',
);
export const scriptTimeout = work(
  'script-timeout',
  '[Win32App] SideCarScript{kind}Manager Powershell execution process timeout milliseconds: {milliseconds}.',
);
export const scriptLpExit = work(
  'script-lp-exit',
  '[Win32App] SideCarScript{kind}Manager Powershell execution got lpExitCode: {exitCode} lastWin32Error: {error}',
);
