import { callBlock } from '../run/invoke.ts';
import type { Session } from '../run/session.ts';
import { hashtable } from '../types/collections.ts';
import { elementsOf } from '../types/enumerate.ts';
import { getProperty } from '../types/member.ts';
import type { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull } from '../types/value.ts';
import { item } from './item.ts';
import type { CompletionItem } from './item.ts';

/** What Register-ArgumentCompleter put there: by command and parameter, in lower case, a bar between. */
export function completersOf(session: Session): Map<string, ScriptBlockValue> {
  const known = session.state.get('argument-completers') as Map<string, ScriptBlockValue> | undefined;
  if (known) return known;
  const made = new Map<string, ScriptBlockValue>();
  session.state.set('argument-completers', made);
  return made;
}

/** What a script's completer offers for a parameter; undefined where there is none, or it offers nothing. */
export function completedByScript(
  session: Session,
  command: string,
  parameter: string,
  word: string,
): CompletionItem[] | undefined {
  const completers = completersOf(session);
  const lower = parameter.toLowerCase();
  const block = completers.get(`${command.toLowerCase()}|${lower}`) ?? completers.get(`|${lower}`);
  if (!block) return undefined;
  const result = session.drain(
    callBlock(session, block, [command, parameter, word, null, hashtable()], session.rootFrame),
  );
  if (isNull(result) || result === automationNull) return undefined;
  const text = (value: Value, name: string): string => toText(getProperty(value, name) ?? null);
  return (elementsOf(result) ?? [result]).map((one) =>
    getProperty(one, 'CompletionText') === undefined
      ? item('value', 'ParameterValue', toText(one))
      : item(
          'value',
          text(one, 'ResultType'),
          text(one, 'CompletionText'),
          text(one, 'ListItemText'),
          text(one, 'ToolTip'),
        ),
  );
}
