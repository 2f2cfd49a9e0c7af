import { define } from './message.ts';

/** IntuneManagementExtension.log: what Windows tells the agent of sessions, and a request that needs a user. */
const main = (id: string, words: string, type: 1 | 2 | 3) =>
  define('IntuneManagementExtension', `session.${id}`, words, 'observed', type);

export const locked = main('locked', 'OnSessionChange: SessionLock', 2);
export const unlocked = main('unlocked', 'OnSessionChange: SessionUnlock', 2);
export const connected = main('connected', 'OnSessionChange: ConsoleConnect', 2);
export const disconnected = main('disconnected', 'OnSessionChange: ConsoleDisconnect', 2);
export const checkInStarts = main('check-in-starts', '[ProcessAppsOnSessionChange] Starting app check in', 1);
export const checkInEnds = main('check-in-ends', '[ProcessAppsOnSessionChange] End app check in', 1);
export const noUserToken = main(
  'no-user-token',
  'Failed to Get UserToken For Web Request with exception: System.Exception: A specified logon session does not exist. It may already have been terminated. (Exception from HRESULT: {hresult})',
  2,
);
