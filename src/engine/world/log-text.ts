import type { MessageId } from '../../base/ids.ts';
import { logFileOf, messageLength, messageOf, messageText } from '../agent/messages/index.ts';
import type { LogText } from '../device/filesystem/log-text.ts';

const logFolder = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';

/** Paths by message, of the agent version that was asked for last: asked for with each record. */
let paths = new Map<MessageId, string>();
let pathsOf: string | undefined;

/** The agent's words for the records that a device keeps. */
export const logText: LogText = {
  path(message, agentVersion) {
    if (agentVersion !== pathsOf) {
      paths = new Map();
      pathsOf = agentVersion;
    }
    let path = paths.get(message);
    if (path === undefined) {
      path = `${logFolder}\\${logFileOf(message, agentVersion)}.log`;
      paths.set(message, path);
    }
    return path;
  },
  record(message, parameters) {
    const found = messageOf(message);
    return { text: messageText(found, parameters), component: found.log, type: found.type };
  },
  length(message, parameters) {
    const found = messageOf(message);
    return messageLength(found, parameters) + found.log.length;
  },
};
