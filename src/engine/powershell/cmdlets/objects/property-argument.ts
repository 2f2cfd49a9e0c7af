import type { Session } from '../../run/session.ts';
import { DictionaryValue } from '../../types/collections.ts';
import type { ErrorCategory } from '../../types/error-record.ts';
import { ErrorRecord, ScriptError } from '../../types/error-record.ts';
import { exception } from '../../types/errors.ts';
import { hooks } from '../../types/hooks.ts';
import { ownMember } from '../../types/member.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';
import { hasWildcard } from '../../types/wildcard.ts';
import { hasProperty, matchingNames, readProperty, realName } from '../../format/properties.ts';
import type { CmdletContext } from '../cmdlet.ts';

/** A -Property argument as it was written: an expression and what the hashtable form adds. */
export interface PropertyArgument {
  readonly expression: string | ScriptBlockValue;
  /** Values of the other keys, by the key's full name. */
  readonly entries: ReadonlyMap<string, Value>;
}

/** An error whose text is in ErrorDetails, as the parameter parser of these cmdlets makes it. */
export function detailedError(
  context: CmdletContext,
  id: string,
  category: ErrorCategory,
  message: string,
  target: Value = null,
): never {
  const record = new ErrorRecord(
    exception('System.NotSupportedException', 'Specified method is not supported.'),
    id,
    category,
    target,
  );
  record.details = { message, recommendedAction: '' };
  return context.fail(record);
}

/** Reads -Property. `keys` are the hashtable keys the cmdlet knows; shortened ones count. */
export function propertyArguments(
  context: CmdletContext,
  values: readonly Value[],
  keys: readonly string[],
): PropertyArgument[] {
  return values.map((given) => propertyArgument(context, unwrap(given), keys));
}

function propertyArgument(context: CmdletContext, value: Value, keys: readonly string[]): PropertyArgument {
  if (value instanceof ScriptBlockValue) return { expression: value, entries: new Map() };
  if (!(value instanceof DictionaryValue)) return { expression: toText(value), entries: new Map() };
  const entries = new Map<string, Value>();
  let expression: string | ScriptBlockValue | undefined;
  for (const { key, value: entry } of value.entries.values()) {
    const text = toText(key);
    const lower = text.toLowerCase();
    const found = keys.filter((k) => k.startsWith(lower));
    const [only] = found.includes(lower) ? [lower] : found;
    if (only === undefined || lower === '')
      detailedError(context, 'DictionaryKeyIllegal', 'InvalidArgument', `The ${text} key is not valid.`);
    if (found.length > 1 && !found.includes(lower))
      detailedError(
        context,
        'DictionaryKeyAmbiguous',
        'InvalidArgument',
        `The ${text} key is ambiguous; possible matches are ${found.map((k) => `{${k}}`).join(', ')}.`,
      );
    const inner = unwrap(entry);
    if (only === 'expression') {
      if (isNull(inner))
        detailedError(
          context,
          'DictionaryKeyMandatoryEntry',
          'InvalidArgument',
          'The Expression key has no value.',
        );
      expression = inner instanceof ScriptBlockValue ? inner : toText(inner);
    } else entries.set(only === 'name' ? 'label' : only, inner);
  }
  if (expression === undefined)
    detailedError(
      context,
      'DictionaryKeyMandatoryEntry',
      'InvalidArgument',
      'The Expression key is mandatory.',
    );
  return { expression: expression as string | ScriptBlockValue, entries };
}

/** A value an argument gives for an object, with the name it goes by. */
export interface PropertyResult {
  readonly name: string;
  readonly value: Value;
  readonly exists: boolean;
}

/** Runs a script block for one object; AutomationNull where it writes nothing; an error leaves null and is remembered in `$Error` only. */
export function blockValue(context: CmdletContext, block: ScriptBlockValue, item: Value): Value {
  try {
    return hooks.invokeWithItem(block, item, []);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    (context.session as Session).recordError(error.record);
    return null;
  }
}

/** What an argument means on an object: one value, or several where it is a pattern or a property set. */
export function resultsOf(context: CmdletContext, argument: PropertyArgument, item: Value): PropertyResult[] {
  const label = argument.entries.get('label');
  const { expression } = argument;
  if (expression instanceof ScriptBlockValue)
    return [
      {
        name: isNull(label ?? null) ? blockName(expression) : toText(label as Value),
        value: blockValue(context, expression, item),
        exists: true,
      },
    ];
  const renamed = (name: string): string => (isNull(label ?? null) ? name : toText(label as Value));
  if (hasWildcard(expression))
    return matchingNames(item, expression).map((name) => ({
      name: renamed(name),
      value: readProperty(item, name),
      exists: true,
    }));
  if (item instanceof DictionaryValue && item.has(expression))
    return [
      { name: renamed(dictionaryKey(item, expression)), value: item.get(expression) ?? null, exists: true },
    ];
  const set = isNull(item) ? undefined : ownMember(item, expression.toLowerCase());
  if (set?.kind === 'PropertySet')
    return set.properties.map((name) => ({
      name: realName(item, name),
      value: readProperty(item, name),
      exists: hasProperty(item, name),
    }));
  const exists = hasProperty(item, expression);
  return [
    {
      name: renamed(exists ? realName(item, expression) : expression),
      value: exists ? readProperty(item, expression) : null,
      exists,
    },
  ];
}

const dictionaryKey = (item: DictionaryValue, name: string): string => {
  const lower = name.toLowerCase();
  return toText(item.keys().find((k) => toText(k).toLowerCase() === lower) ?? name);
};

/** A column without a name goes by the text of its block. */
export const blockName = (block: ScriptBlockValue): string => block.text.replace(/^\{|\}$/g, '');

/** First value only: what Sort-Object, Group-Object and the like compare. */
export function singleResult(
  context: CmdletContext,
  argument: PropertyArgument,
  item: Value,
): PropertyResult {
  return resultsOf(context, argument, item)[0] ?? { name: '', value: null, exists: false };
}
