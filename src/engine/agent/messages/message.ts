import type { LogParameter } from '../../device/change.ts';
import type { MessageId } from '../../../base/ids.ts';

export type AgentLog =
  | 'IntuneManagementExtension'
  | 'AppWorkload'
  | 'AppActionProcessor'
  | 'AgentExecutor'
  | 'HealthScripts'
  | 'ClientHealth'
  | 'ClientCertCheck'
  | 'Win32AppInventory';

/** One log message of the agent: its words are observed or public, never ours, unless marked inferred. */
export interface Message {
  readonly id: MessageId;
  /** File since agent 1.83; before it app lines stood in IntuneManagementExtension.log. */
  readonly log: AgentLog;
  /** 1 information, 2 warning or banner, 3 error. */
  readonly type: 1 | 2 | 3;
  /** Words with `{0}`, `{1}` … for the parameters; a line break inside a record is `\r\n`. */
  readonly template: string;
  /** What each parameter is, in order. */
  readonly parameters: readonly string[];
  readonly origin: 'observed' | 'public' | 'inferred';
}

/** Text of a record: the template with its parameters. */
export function messageText(message: Message, parameters: readonly LogParameter[]): string {
  return message.template.replace(/\{(\d+)\}/g, (_, n: string) => String(parameters[Number(n)] ?? ''));
}
