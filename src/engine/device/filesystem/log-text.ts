import type { MessageId } from '../../../base/ids.ts';
import type { LogParameter } from '../change.ts';

/** Where the words of agent logs come from: the agent's message catalogue, which the device does not know. Pure. */
export interface LogText {
  /** How an agent of this version writes a message; null where it has no such line. */
  written(message: MessageId, agentVersion: string): WrittenAs | null;
  /** What stands in the record; `type` is 1 information, 2 warning, 3 error. */
  record(
    message: MessageId,
    parameters: readonly LogParameter[],
  ): { readonly text: string; readonly component: string; readonly type: number };
  /** Bytes that `record` takes in UTF-8, text and component: most records are never read. */
  length(message: MessageId, parameters: readonly LogParameter[]): number;
}

export interface WrittenAs {
  /** The entry of the catalogue with the words of that version. */
  readonly message: MessageId;
  /** Full path of the file that it goes to. */
  readonly path: string;
}
