import { messageId } from '../../../base/ids.ts';
import type { MessageId } from '../../../base/ids.ts';
import type { LogParameter } from '../../device/change.ts';

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
  let pieces = piecesOf.get(message);
  if (!pieces) {
    pieces = message.template.split(/\{(\d+)\}/);
    piecesOf.set(message, pieces);
  }
  let out = pieces[0] ?? '';
  for (let i = 1; i < pieces.length; i += 2)
    out += textOf(parameters[Number(pieces[i])]) + (pieces[i + 1] ?? '');
  return out;
}

/** Words and numbers of parameters in turn: a week writes a template some thousand times. */
const piecesOf = new WeakMap<Message, readonly string[]>();

/** As .NET writes it: True and False, nothing for null. */
function textOf(parameter: LogParameter | undefined): string {
  if (typeof parameter === 'boolean') return parameter ? 'True' : 'False';
  return String(parameter ?? '');
}

/**
 * An entry of the catalogue. Named placeholders `{app}` in `words` become numbered ones in the order of their first
 * appearance, which is the order of the parameters; a placeholder that comes again takes the same parameter.
 */
export function define(
  log: AgentLog,
  id: string,
  words: string,
  origin: Message['origin'] = 'observed',
  type: Message['type'] = 1,
): Message {
  const parameters: string[] = [];
  const template = words.replace(/\{([a-z][A-Za-z]*)\}/g, (_, name: string) => {
    if (!parameters.includes(name)) parameters.push(name);
    return `{${parameters.indexOf(name)}}`;
  });
  return Object.freeze({ id: messageId(id), log, type, template, parameters, origin });
}
