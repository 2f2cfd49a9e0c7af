import { minutes } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** Restarts that apps need, and notifications. */
const learn = 'Microsoft Learn: Add, assign, and monitor a Win32 app';

export const restartBehavior = rule('win32.restart.behavior', {
  says: 'By return codes, a hard reboot code restarts the device and a soft one only notifies; an app that may restart the device gives the user 120 minutes after a hard reboot code; with no specific action nothing is restarted; Intune can also force a restart after every successful install.',
  confidence: 'documented',
  sources: [learn, 'MicrosoftDocs/memdocs issue 2766 and pull request 4122'],
  parameters: { allowed: minutes(120), allowedCountdown: minutes(15) },
  workshop: ['W22'],
});
export const restartGrace = rule('win32.restart.grace', {
  says: 'The restart grace period starts when the install ends; before its end a countdown is shown, then the device restarts. It holds for hard reboot codes and forced restarts; without it the device may restart without warning.',
  confidence: 'documented',
  sources: [learn, 'MicrosoftDocs/memdocs pull request 4122', 'petervanderwoude.nl: restart grace period'],
  parameters: { gracePeriod: minutes(1440), countdown: minutes(15) },
});
export const restartSnooze = rule('win32.restart.snooze', {
  says: 'Where the assignment allows it, the user can put the restart notification off for the snooze time, not beyond the countdown.',
  confidence: 'documented',
  sources: [learn, 'petervanderwoude.nl: restart grace period'],
  parameters: { snooze: minutes(240) },
});
export const restartFlag = rule('win32.restart.flag', {
  says: 'A restart that an app needs is noted under RebootSettings\\RebootFlag until the device has restarted.',
  confidence: 'observed',
  sources: ['PSAppDeployToolkit', 'adbertram/Random-PowerShell-Work pull request 37'],
});
export const restartFlagValues = rule('win32.restart.flag-values', {
  says: 'Values of RebootFlag hold the deadline in UTC, the countdown and the snooze time in minutes.',
  confidence: 'inferred',
  sources: ['Agent logs name a flag and its deadline; only the key is public'],
});
export const restartCheck = rule('win32.restart.check', {
  says: 'The agent looks for a pending restart at its start and in every check-in.',
  confidence: 'observed',
  sources: ['Agent logs of 2025 and 2026'],
});
export const restartBlocks = rule('win32.restart.blocks', {
  says: 'After a hard reboot code no further app is installed before the restart; those that would be are not attempted.',
  confidence: 'documented',
  sources: [learn, 'byteben/MEM'],
});
export const restartSettles = rule('win32.restart.settles', {
  says: 'An app that waited for the restart is evaluated in the first check-in after it: in the wanted state it has succeeded, else it has failed.',
  confidence: 'inferred',
  sources: ['Names of the states InProgressPendingReboot and Success'],
});

export const deadlineKept = rule('win32.schedule.deadline-kept', {
  says: 'Since version 1.106 the deadline of an app that waits in the cache is kept in OperationalState until its installer is started.',
  confidence: 'observed',
  sources: ['okieselbach/Autopilot-Monitor'],
  parameters: { since: '1.106' },
  workshop: ['W42'],
});

export const toastSetting = rule('win32.toast.setting', {
  says: 'ToastState says which notifications the user gets: 0 all, 1 those of restarts, 2 none.',
  confidence: 'disputed',
  sources: ['Microsoft Graph: win32LobAppNotification', 'Radu Bogdan (a policy with all notifications)'],
  otherwise: 'A log analyser reads 0 as hidden and 2 as shown.',
});
export const toastShown = rule('win32.toast.shown', {
  says: 'Notifications are drawn by AgentExecutor in the session of the user: when a download begins and when an install fails, among others.',
  confidence: 'observed',
  sources: ['Agent logs of 2026', 'fadwen/IntuneScriptLab'],
  workshop: ['W25'],
});
export const toastText = rule('win32.toast.text', {
  says: 'Words of a notification, and the names of those for success and restart.',
  confidence: 'inferred',
  sources: ['Only names of three notifications are public'],
});
