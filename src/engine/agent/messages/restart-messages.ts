import { define } from './message.ts';

/** Looking for a pending restart, and notifications. */
export const checkStarts = define(
  'IntuneManagementExtension',
  'restart.check-starts',
  '[RebootHelper] CheckRebootFlagAndPop start...',
  'observed',
  2,
);
export const checkComplete = define(
  'IntuneManagementExtension',
  'restart.check-complete',
  '[RebootHelper] CheckRebootFlagAndPop complete',
  'observed',
  2,
);
export const coordinatorFlag = define(
  'AppWorkload',
  'restart.coordinator-flag',
  '[RebootCoordinator] rebootFlag is {flag}, returning rebootDeadlineUTC: {deadline}',
  'observed',
  2,
);
export const coordinatorResult = define(
  'AppWorkload',
  'restart.coordinator-result',
  '[RebootCoordinator] GetRebootFlagAndDeadlineUTC result {flag}, {deadline}',
  'observed',
  2,
);
export const startFlag = define(
  'AppWorkload',
  'restart.start-flag',
  '[RebootHelper] CheckRebootFlagAndPop Checking reboot flag for ServiceStart, got reboot flag: {flag} with deadline: {deadline}',
  'observed',
  2,
);
export const startSkip = define(
  'AppWorkload',
  'restart.start-skip',
  '[RebootHelper] skip CheckRebootFlagAndPop rebootFlag: {flag}',
  'observed',
  2,
);

export const toast = define(
  'AppWorkload',
  'toast.message',
  '[Win32App] Toast message with: "C:\\Program Files (x86)\\Microsoft Intune Management Extension\\agentexecutor.exe"  -toast "{name}" "{app}" "{organization}" "{session}"',
  'observed',
);
export const toastArgument = define(
  'AgentExecutor',
  'toast.argument',
  'Adding argument toast with value {name} to the named argument list.',
  'observed',
);
