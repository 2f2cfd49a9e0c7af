import { convertTo } from './convert.ts';
import { DotNetType } from './dotnet-type.ts';
import { runtimeError } from './errors.ts';
import { elementsOf } from './enumerate.ts';
import { hooks } from './hooks.ts';
import { ListValue } from './collections.ts';
import { PSArray, stringType } from './objects.ts';
import { closeGeneric, listType, resolveType } from './registry.ts';
import { isTrue } from './truth.ts';
import { toText } from './text.ts';
import type { Value } from './value.ts';
import { automationNull } from './value.ts';
import { objectType } from './dotnet-type.ts';
import { ScriptBlockValue } from './script-block.ts';
import { getProperty, setProperty, tryMethod } from './member.ts';

let objectCollection: DotNetType | undefined;
/** `Collection[psobject]`, which ForEach() and Where() return. */
export const psCollection = (items: Value[]): ListValue => {
  objectCollection ??= closeGeneric(resolveType('System.Collections.ObjectModel.Collection`1') ?? listType, [
    resolveType('psobject') ?? objectType,
  ]);
  return new ListValue(objectCollection, items);
};

/** `ForEach` and `Where`, which every object has; undefined for any other name. */
export function collectionMethod(value: Value, lower: string, args: Value[]): Value | undefined {
  if (lower === 'foreach' || lower === 'psforeach') return forEachMethod(value, args);
  if (lower === 'where' || lower === 'pswhere') return whereMethod(value, args);
  return undefined;
}

function forEachMethod(value: Value, args: Value[]): Value {
  const items = elementsOf(value) ?? [value];
  const first = args[0];
  const rest = args.slice(1);
  const results: Value[] = [];
  for (const item of items) {
    if (first instanceof ScriptBlockValue) {
      const one = hooks.invokeWithItem(first, item, rest);
      const inner = elementsOf(one);
      if (inner) results.push(...inner);
      else results.push(one);
    } else if (first instanceof DotNetType) results.push(convertTo(item, first));
    else {
      const name = toText(first ?? null);
      const called = rest.length > 0 ? tryMethod(item, name, rest) : undefined;
      if (called !== undefined && called !== automationNull) results.push(called);
      else if (rest.length > 0 && called === undefined) setProperty(item, name, rest[0] as Value);
      else {
        const property = getProperty(item, name);
        const isMethod = property !== undefined && hooks.isMethodInfo(property);
        const one = isMethod ? tryMethod(item, name, []) : property;
        if (one !== undefined && one !== automationNull) results.push(one);
      }
    }
  }
  return psCollection(results);
}

function whereMethod(value: Value, args: Value[]): Value {
  const items = elementsOf(value) ?? [value];
  const block = args[0];
  if (!(block instanceof ScriptBlockValue))
    throw runtimeError(
      'MethodArgumentConversionInvalidCastArgument',
      `Cannot convert argument "expression", with value: "${toText(block ?? null)}", for "Where" to type "System.Management.Automation.ScriptBlock"`,
      'NotSpecified',
      null,
      'System.Management.Automation.MethodException',
    );
  const mode = args[1] === undefined ? 'default' : toText(convertTo(args[1], stringType)).toLowerCase();
  const count = args[2] === undefined ? 0 : Number(args[2]);
  const test = (item: Value): boolean => isTrue(hooks.invokeWithItem(block, item, []));
  const found: Value[] = [];
  switch (mode) {
    case 'first': {
      for (const item of items) {
        if (!test(item)) continue;
        found.push(item);
        if (found.length >= Math.max(count, 1)) break;
      }
      break;
    }
    case 'last': {
      for (const item of items) if (test(item)) found.push(item);
      return psCollection(found.slice(-Math.max(count, 1)));
    }
    case 'until': {
      for (const item of items) {
        if (test(item)) break;
        found.push(item);
        if (count > 0 && found.length >= count) break;
      }
      break;
    }
    case 'skipuntil': {
      let on = false;
      for (const item of items) {
        on ||= test(item);
        if (on) found.push(item);
        if (count > 0 && found.length >= count) break;
      }
      break;
    }
    case 'split': {
      const others: Value[] = [];
      for (const item of items)
        (test(item) && (count === 0 || found.length < count) ? found : others).push(item);
      return new PSArray([psCollection(found), psCollection(others)]);
    }
    default:
      for (const item of items) {
        if (test(item)) found.push(item);
        if (count > 0 && found.length >= count) break;
      }
  }
  return psCollection(found);
}
