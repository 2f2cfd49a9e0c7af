import { utf8Length } from '../../../base/bytes.ts';
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
  /** File that it goes to; agents older than that file wrote it to IntuneManagementExtension.log (`agent-versions.ts`). */
  readonly log: AgentLog;
  /** What its records name as component: the file's name, but for shared code in ClientHealth.log. */
  readonly component: string;
  /** 1 information, 2 warning or banner, 3 error. */
  readonly type: 1 | 2 | 3;
  /** Words with `{0}`, `{1}` … for the parameters; a line break inside a record is `\r\n`. */
  readonly template: string;
  /** What each parameter is, in order. */
  readonly parameters: readonly string[];
  readonly origin: 'observed' | 'public' | 'inferred';
  /** First agent version that writes it; undefined: all that we know. */
  readonly since: string | undefined;
  /** First agent version that no longer writes it. */
  readonly until: string | undefined;
  /** The same record in other words: entries of their own, for agents before their `until`; oldest first. */
  readonly earlier: readonly Message[];
}

/** Agent versions of a message, such as `1.98` or `1.105.152`, and what is particular to it. */
export interface MessageVersions {
  readonly since?: string;
  readonly until?: string;
  /** Words that agents before `until` had, oldest first; parameters by the same names. */
  readonly earlier?: readonly { readonly until: string; readonly words: string }[];
  readonly component?: string;
}

/** Text of a record: the template with its parameters. */
export function messageText(message: Message, parameters: readonly LogParameter[]): string {
  const { words, numbers } = partsOf(message);
  let out = words[0] ?? '';
  for (let i = 0; i < numbers.length; i++) out += textOf(parameters[numbers[i] ?? 0]) + (words[i + 1] ?? '');
  return out;
}

/** Bytes of that text in UTF-8. */
export function messageLength(message: Message, parameters: readonly LogParameter[]): number {
  const { numbers, wordsLength } = partsOf(message);
  let length = wordsLength;
  for (const number of numbers) length += utf8Length(textOf(parameters[number]));
  return length;
}

/** A template taken apart: a week writes each some thousand times. */
interface Parts {
  readonly words: readonly string[];
  /** Parameters between the words. */
  readonly numbers: readonly number[];
  /** Bytes of the words in UTF-8. */
  readonly wordsLength: number;
}

const partsBefore = new WeakMap<Message, Parts>();

function partsOf(message: Message): Parts {
  let parts = partsBefore.get(message);
  if (!parts) {
    const pieces = message.template.split(/\{(\d+)\}/);
    const words = pieces.filter((_, i) => i % 2 === 0);
    parts = {
      words,
      numbers: pieces.filter((_, i) => i % 2 === 1).map(Number),
      wordsLength: words.reduce((sum, one) => sum + utf8Length(one), 0),
    };
    partsBefore.set(message, parts);
  }
  return parts;
}

/** As .NET writes it: True and False, nothing for null. */
function textOf(parameter: LogParameter | undefined): string {
  if (typeof parameter === 'string') return parameter;
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
  versions: MessageVersions = {},
): Message {
  const parameters: string[] = [];
  const numbered = (text: string): string =>
    text.replace(/\{([a-z][A-Za-z]*)\}/g, (_, name: string) => {
      if (!parameters.includes(name)) parameters.push(name);
      return `{${parameters.indexOf(name)}}`;
    });
  const { since, until, component = log } = versions;
  const template = numbered(words);
  const common = { log, component, type, parameters, origin } as const;
  const earlier = (versions.earlier ?? []).map((one) =>
    Object.freeze({
      ...common,
      id: messageId(`${id}@${one.until}`),
      template: numbered(one.words),
      since: undefined,
      until: one.until,
      earlier: [],
    }),
  );
  return Object.freeze({ ...common, id: messageId(id), template, since, until, earlier });
}
