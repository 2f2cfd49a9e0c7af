import { ListValue, SequenceValue, SetValue } from './collections.ts';
import { DotNetType } from './dotnet-type.ts';
import { hooks } from './hooks.ts';
import { DotNetObject, PSArray } from './objects.ts';
import type { Value } from './value.ts';
import { automationNull } from './value.ts';
import { dotNetError } from './errors.ts';

/**
 * The elements of a value that a pipeline unrolls; undefined for a scalar (strings and dictionaries are scalars).
 * The array may be the collection's own: do not keep or change it.
 */
export function elementsOf(value: Value): readonly Value[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof PSArray) return value.items;
  if (value instanceof ListValue)
    return value.type.name === 'Stack`1' || value.type.name === 'Stack'
      ? value.items.toReversed()
      : value.items;
  if (value instanceof SetValue) return [...value.entries.values()];
  if (value instanceof SequenceValue) return [...value.iterate()];
  if (value === automationNull) return [];
  if (isScriptEnumerable(value)) return [...enumerate(hooks.invokeMethod(value, 'GetEnumerator', []))];
  return undefined;
}

const isScriptEnumerable = (value: Value): value is DotNetObject<unknown> =>
  value instanceof DotNetObject &&
  value.type.scriptClass !== undefined &&
  value.type.isAssignableTo(enumerableType);
const enumerableType = new DotNetType({
  fullName: 'System.Collections.IEnumerable',
  kind: 'interface',
  baseType: null,
});

/** Elements one at a time; throws as .NET does when a list is changed on the way. */
export function* enumerate(value: Value): Generator<Value, void> {
  if (value instanceof ListValue) {
    const watched = value.owner ?? value;
    const { version } = watched;
    const items = value.type.name.startsWith('Stack') ? value.items.toReversed() : value.items;
    for (let i = 0; i < items.length; i++) {
      yield items[i] as Value;
      if (watched.version !== version)
        throw dotNetError(
          'System.InvalidOperationException',
          'Collection was modified; enumeration operation may not execute.',
        );
    }
    return;
  }
  if (value instanceof SequenceValue) {
    yield* value.iterate();
    return;
  }
  const elements = elementsOf(value);
  if (elements) for (let i = 0; i < elements.length; i++) yield elements[i] as Value;
  else yield value;
}
export const isEnumerable = (value: Value): boolean =>
  value instanceof PSArray ||
  value instanceof ListValue ||
  value instanceof SetValue ||
  value instanceof SequenceValue ||
  isScriptEnumerable(value);

/** What an expression makes of the objects written: nothing, the one, or an array. */
export function collected(items: Value[]): Value {
  if (items.length === 0) return automationNull;
  return items.length === 1 ? (items[0] as Value) : new PSArray(items);
}
