import type { MessageId } from '../../base/ids.ts';
import { messageLength, messageOf, messageOfVersion, messageText } from '../agent/messages/index.ts';
import type { LogText, WrittenAs } from '../device/filesystem/log-text.ts';

const logFolder = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';

/** Entries and paths by message, for each agent version: asked for with each record. */
const known = new Map<string, Map<MessageId, WrittenAs | null>>();
let last = new Map<MessageId, WrittenAs | null>();
let lastVersion: string | undefined;

/** Lengths of messages without parameters, which are most lines of an idle hour. */
const constant = new Map<MessageId, number>();

/** The agent's words for the records that a device keeps. */
export const logText: LogText = {
  written(message, agentVersion) {
    if (agentVersion !== lastVersion) {
      last = known.get(agentVersion) ?? new Map<MessageId, WrittenAs | null>();
      known.set(agentVersion, last);
      lastVersion = agentVersion;
    }
    let written = last.get(message);
    if (written === undefined) {
      const entry = messageOfVersion(message, agentVersion);
      written = entry ? { message: entry.id, path: `${logFolder}\\${entry.log}.log` } : null;
      last.set(message, written);
    }
    return written;
  },
  record(message, parameters) {
    const found = messageOf(message);
    return { text: messageText(found, parameters), component: found.component, type: found.type };
  },
  length(message, parameters) {
    const always = parameters.length === 0 ? constant.get(message) : undefined;
    if (always !== undefined) return always;
    const found = messageOf(message);
    const length = messageLength(found, parameters) + found.component.length;
    if (found.parameters.length === 0) constant.set(message, length);
    return length;
  },
};
