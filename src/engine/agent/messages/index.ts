import { SidecarError } from '../../../base/error.ts';
import type { MessageId } from '../../../base/ids.ts';
import { messageId } from '../../../base/ids.ts';
import * as healthScript from './health-script-messages.ts';
import * as executor from './executor-messages.ts';
import * as script from './script-messages.ts';
import * as action from './action-messages.ts';
import { allVersionsOf, writtenAs } from './agent-versions.ts';
import * as checkIn from './check-in-messages.ts';
import * as detection from './detection-messages.ts';
import * as frame from './frame-messages.ts';
import * as health from './health-messages.ts';
import * as inventory from './inventory-messages.ts';
import * as install from './install-messages.ts';
import type { AgentLog, Message } from './message.ts';
import * as restart from './restart-messages.ts';
import * as service from './service-messages.ts';
import * as start from './start-messages.ts';
import * as session from './session-messages.ts';
import * as store from './store-messages.ts';
import * as subgraph from './subgraph-messages.ts';

export { messageLength, messageText } from './message.ts';
export type { AgentLog, Message } from './message.ts';
export { compareVersions } from './agent-versions.ts';

/** Every log message of the agent by its id. */
export const messages: ReadonlyMap<MessageId, Message> = new Map(
  [
    service,
    start,
    checkIn,
    frame,
    subgraph,
    detection,
    action,
    install,
    health,
    inventory,
    executor,
    script,
    healthScript,
    restart,
    session,
    store,
  ]
    .flatMap((family) => Object.values(family))
    .map((message) => [message.id, message]),
);

/** Every entry that an agent of any version writes, by its id: what reads a log, or a record kept by a device, knows all. */
export const versionedMessages: ReadonlyMap<MessageId, Message> = new Map(
  [...messages.values()].flatMap(allVersionsOf).map((message) => [message.id, message]),
);

/** A message that code or data names; a world that names an unknown one was made by another engine. */
export function messageOf(id: MessageId): Message {
  const message = versionedMessages.get(id);
  if (!message) throw new SidecarError('message-unknown', `There is no log message ${id}`, { id });
  return message;
}

/** The message of the catalogue that an entry of some version belongs to: other words or another file are the same message. */
export const catalogueId = (id: MessageId): MessageId => messageId(id.replace(/@.*$/, ''));

/** What an agent of this version writes for a message; undefined where it has no such line. */
export const messageOfVersion = (id: MessageId, agentVersion: string): Message | undefined =>
  writtenAs(messageOf(id), agentVersion);

/** Name of the log, without `.log`, that a message goes to: app lines have files of their own since agent 1.83. */
export const logFileOf = (id: MessageId, agentVersion: string): AgentLog =>
  (messageOfVersion(id, agentVersion) ?? messageOf(id)).log;
