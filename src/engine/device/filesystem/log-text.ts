import type { MessageId } from '../../../base/ids.ts';
import type { LogParameter } from '../change.ts';

/** Where the words of agent logs come from: the agent's message catalogue, which the device does not know. Pure. */
export interface LogText {
  /** Full path of the file that an agent of this version writes the message to. */
  path(message: MessageId, agentVersion: string): string;
  /** What stands in the record; `type` is 1 information, 2 warning, 3 error. */
  record(
    message: MessageId,
    parameters: readonly LogParameter[],
  ): { readonly text: string; readonly component: string; readonly type: number };
  /** Bytes that `record` takes in UTF-8, text and component: most records are never read. */
  length(message: MessageId, parameters: readonly LogParameter[]): number;
}
