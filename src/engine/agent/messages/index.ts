import { SidecarError } from '../../../base/error.ts';
import type { MessageId } from '../../../base/ids.ts';
import * as action from './action-messages.ts';
import * as checkIn from './check-in-messages.ts';
import * as detection from './detection-messages.ts';
import * as install from './install-messages.ts';
import type { AgentLog, Message } from './message.ts';
import * as service from './service-messages.ts';
import * as subgraph from './subgraph-messages.ts';

export { messageLength, messageText } from './message.ts';
export type { AgentLog, Message } from './message.ts';

/** Every log message of the agent by its id. */
export const messages: ReadonlyMap<MessageId, Message> = new Map(
  [service, checkIn, subgraph, detection, action, install]
    .flatMap((family) => Object.values(family))
    .map((message) => [message.id, message]),
);

/** A message that code or data names; a world that names an unknown one was made by another engine. */
export function messageOf(id: MessageId): Message {
  const message = messages.get(id);
  if (!message) throw new SidecarError('message-unknown', `There is no log message ${id}`, { id });
  return message;
}

/** Name of the log, without `.log`, that a message goes to: app lines have files of their own since agent 1.83. */
export function logFileOf(id: MessageId, agentVersion: string): AgentLog {
  const { log } = messageOf(id);
  const always = log !== 'AppWorkload' && log !== 'AppActionProcessor';
  return always || hasAppLogs(agentVersion) ? log : 'IntuneManagementExtension';
}

function hasAppLogs(agentVersion: string): boolean {
  let known = split.get(agentVersion);
  if (known === undefined) {
    const [major = 0, minor = 0] = agentVersion.split('.').map(Number);
    known = agentVersion === '' || major > 1 || minor >= 83;
    split.set(agentVersion, known);
  }
  return known;
}

/** Answers given so far, by version: asked for each record. */
const split = new Map<string, boolean>();
