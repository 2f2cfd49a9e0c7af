import { hours, minutes, seconds } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** Content, execution, exit codes, state. */
const flow =
  'Microsoft Support: Understanding the flow behind deployment, delivery, and processing of a Win32 application';

export const contentInfo = rule('win32.content.info', {
  says: 'Before a download the agent asks the service where the content is and how to decrypt it.',
  confidence: 'documented',
  sources: [flow],
  workshop: ['W17'],
});
export const contentDownload = rule('win32.content.download', {
  says: 'Delivery Optimization downloads the encrypted package to Content\\Incoming.',
  confidence: 'documented',
  sources: [flow],
  workshop: ['W17'],
});
export const downloadPriority = rule('win32.content.priority', {
  says: 'A job of Delivery Optimization runs in the background with normal priority.',
  confidence: 'observed',
  sources: ['Agent logs of 2026'],
});
export const downloadState = rule('win32.content.download-state', {
  says: 'A running download shows as InProgress, a finished one as InProgressDownloadCompleted.',
  confidence: 'observed',
  sources: ['okieselbach/Autopilot-Monitor', 'IME log interpreter in Python'],
});
export const downloadFails = rule('win32.content.download-fails', {
  says: 'After a download that ran out of time GRS value and evaluation time are cleared, so that the next check-in tries again.',
  confidence: 'observed',
  sources: ['Agent logs of 2026 (download time-out)'],
});
export const contentNotReached = rule('win32.content.not-reached', {
  says: 'Content that cannot be reached without a network is treated like a download that ran out of time; a package that is not what it should be is a failed attempt with a GRS value.',
  confidence: 'inferred',
  sources: ['Only the time-out was observed'],
});
export const contentVerified = rule('win32.content.verified', {
  says: 'Hash and authentication code of the package are checked before it is decrypted.',
  confidence: 'documented',
  sources: [flow, 'svrooij/ContentPrep'],
  workshop: ['W18'],
});
export const contentUnpacked = rule('win32.content.unpacked', {
  says: 'The decrypted zip is unpacked to IMECache; what was downloaded and staged is removed.',
  confidence: 'documented',
  sources: [flow],
  workshop: ['W19'],
});
export const contentReused = rule('win32.content.reused', {
  says: 'Content that lies unpacked in the cache is used without another download.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Win32 app management'],
  workshop: ['W43'],
});
export const contentRemoved = rule('win32.content.removed', {
  says: 'The cache folder of an app is removed about 20 seconds after its install.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab'],
  parameters: { after: seconds(20) },
  workshop: ['W22'],
});
export const installContext = rule('win32.execution.context', {
  says: 'The install command runs in the cache folder, as SYSTEM or as the signed-in user, started by the 32-bit agent.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', 'okieselbach/Autopilot-Monitor'],
  workshop: ['W20', 'W21'],
});
export const installProcess = rule('win32.execution.process', {
  says: 'The agent waits for the installer up to the run time that the app allows, 60 minutes where nothing is set.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Add, assign, and monitor a Win32 app'],
  parameters: { runTime: minutes(60) },
});
export const installTimeout = rule('win32.execution.timeout', {
  says: 'An installer that runs longer than the app allows is left running; the attempt has failed with 0x87D300C9 and its content stays.',
  confidence: 'observed',
  sources: ['Admin notes with a complete sequence of 2020 to 2022', 'anoopcnair.com'],
});
export const sessionEnds = rule('win32.execution.session-ends', {
  says: 'An installer that runs for a user ends with the session of that user; the attempt has failed with 0x87D300CD.',
  confidence: 'inferred',
  sources: ['anoopcnair.com names the code for a user who logs off while an app is processed'],
});
export const installResult = rule('win32.execution.result', {
  says: 'The exit code of the installer is read and turned into an HRESULT.',
  confidence: 'observed',
  sources: ['okieselbach/Autopilot-Monitor', 'petripaavola/Get-IntuneManagementExtensionDiagnostics'],
  workshop: ['W22'],
});
export const mappedExitCode = rule('win32.exit-code.mapped', {
  says: 'A listed exit code means what the app says: by default 0 and 1707 success, 3010 soft reboot, 1641 hard reboot, 1618 retry.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Add, assign, and monitor a Win32 app'],
});
export const failedExitCode = rule('win32.exit-code.failed', {
  says: 'A failed or unlisted exit code ends the attempt; the app waits for its GRS time.',
  confidence: 'disputed',
  sources: ['The workshop', 'Microsoft Learn: return codes'],
  otherwise:
    'Microsoft on dependencies and several authors: every failure is tried three times, 5 minutes apart.',
  workshop: ['W32', 'W44'],
});
export const immediateRetry = rule('win32.retry.immediate', {
  says: 'A retry exit code is tried again 5 minutes later, three times after the first try, within the same check-in.',
  confidence: 'disputed',
  sources: ['The workshop', 'MaxRetries 3 and RetryIntervalInMinutes 5 of the policy'],
  otherwise: 'Other sources count three tries in all.',
  parameters: { retries: 3, interval: minutes(5) },
  workshop: ['W33', 'W37', 'W44'],
});
export const detectionDecides = rule('win32.detection.decides', {
  says: 'After an install detection runs again and decides: an app that is not found has failed with 0x87D1041C, whatever the exit code.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Win32 app installation errors', 'fadwen/IntuneScriptLab'],
  workshop: ['W23'],
});
export const detectionBeforeInstall = rule('win32.detection.before-install', {
  says: 'Detection runs once more between download and install; an app found then is not installed.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', 'IME log interpreter in Python'],
  workshop: ['W20'],
});
export const restart = rule('win32.exit-code.restart', {
  says: 'A soft reboot code is a success that asks for a restart; after a hard reboot code the app is pending until the restart.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Add, assign, and monitor a Win32 app'],
  workshop: ['W22'],
});
export const grsSaved = rule('win32.grs.saved', {
  says: 'After an attempt its start time, in UTC, is stored as GRS value of the app, whether it worked or not; each attempt sets it anew.',
  confidence: 'inferred',
  sources: ['Agent logs name the value, not the moment it holds', 'The workshop'],
  parameters: { window: hours(24) },
  workshop: ['W34', 'W36', 'W38'],
});
export const complianceState = rule('win32.state.compliance', {
  says: 'ComplianceStateMessage says what detection found: 1 installed, 2 not installed, 4 error, 5 unknown.',
  confidence: 'observed',
  sources: ['byteben/MEM', 'fadwen/IntuneScriptLab'],
  workshop: ['W24', 'W30', 'W31'],
});
export const enforcementState = rule('win32.state.enforcement', {
  says: 'EnforcementStateMessage says how the last attempt went, with its error code.',
  confidence: 'observed',
  sources: ['byteben/MEM', 'ztrhgf/useful_powershell_modules'],
  workshop: ['W24', 'W29', 'W31'],
});
export const operationalState = rule('win32.state.operational', {
  says: 'OperationalState tells how far download and execution have come; a completed execution says nothing about success.',
  confidence: 'observed',
  sources: ['okieselbach/Autopilot-Monitor'],
});
export const reportingState = rule('win32.state.reporting', {
  says: 'The reporting state of an app is stored for the service and for Company Portal.',
  confidence: 'observed',
  sources: ['Agent logs of 2026', 'okieselbach/Autopilot-Monitor'],
  workshop: ['W25'],
});
export const appAuthority = rule('win32.state.authority', {
  says: 'AppAuthority notes which generation of the processor owns an app: 3 for the present one.',
  confidence: 'inferred',
  sources: ['Agent logs name the authorities V2 and V3; the numbers stored are not public'],
});
export const durations = rule('win32.durations', {
  says: 'A stand-alone app takes 40 to 50 seconds from detection to second detection.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab'],
});
