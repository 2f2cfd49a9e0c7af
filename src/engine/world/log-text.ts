import { logFileOf, messageOf, messageText } from '../agent/messages/index.ts';
import type { LogText } from '../device/filesystem/log-text.ts';

const logFolder = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';

/** The agent's words for the records that a device keeps. */
export const logText: LogText = {
  path: (message, agentVersion) => `${logFolder}\\${logFileOf(message, agentVersion)}.log`,
  record(message, parameters) {
    const found = messageOf(message);
    return { text: messageText(found, parameters), component: found.log, type: found.type };
  },
};
