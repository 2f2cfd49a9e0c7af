import { DictionaryValue, ListValue, orderedDictionaryType, SequenceValue } from '../types/collections.ts';
import { convertTo } from '../types/convert.ts';
import { elementsOf } from '../types/enumerate.ts';
import { ConversionError, DotNetError, runtimeError } from '../types/errors.ts';
import { callMethod, invokeOverloads } from '../types/member.ts';
import { CharValue, DotNetObject, int32Type, PSArray } from '../types/objects.ts';
import { typeNameOf, typeOf } from '../types/type-of.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull, unwrap } from '../types/value.ts';
import type { DotNetType } from '../types/dotnet-type.ts';

function toIndex(value: Value): number {
  const bare = unwrap(value);
  if (typeof bare === 'number' && (bare | 0) === bare) return bare;
  try {
    return Number(convertTo(bare, int32Type));
  } catch (error) {
    if (error instanceof ConversionError)
      throw runtimeError(error.errorId, error.message, 'InvalidArgument', null, undefined, error.inner);
    throw error;
  }
}

const outOfRange = (index: Value): Error =>
  runtimeError(
    'System.IndexOutOfRangeException',
    'Index was outside the bounds of the array.',
    'OperationStopped',
    index,
    'System.IndexOutOfRangeException',
  );

/** `target[index]`. */
/** The items of a tuple, which count from 0 like those of an array. */
const tupleItems = (value: Value): readonly Value[] | undefined =>
  value instanceof DotNetObject && /^System\.(Value)?Tuple`/.test(value.type.fullName)
    ? (value.state as Value[])
    : undefined;

export function indexValue(target: Value, index: Value, strict: number): Value {
  if (target instanceof PSArray && typeof index === 'number' && target.lengths === undefined) {
    const { items } = target;
    const at = index < 0 ? items.length + index : index;
    if (at >= 0 && at < items.length && (at | 0) === at) return items[at] as Value;
  }
  if (isNull(target)) throw runtimeError('NullArray', 'Cannot index into a null array.');
  const bare = unwrap(target);
  if (bare instanceof DictionaryValue) {
    const list = index instanceof PSArray ? index : undefined;
    if (bare.type === orderedDictionaryType && typeof unwrap(index) === 'number') {
      const entry = [...bare.entries.values()].at(unwrap(index) as number);
      return entry ? entry.value : null;
    }
    if (list && !bare.has(index)) return new PSArray(list.items.map((i) => bare.get(unwrap(i)) ?? null));
    const key = unwrap(index);
    if (key === null)
      throw runtimeError('NullArrayIndex', 'Index operation failed; the array index evaluated to null.');
    const found = bare.get(key);
    if (
      found === undefined &&
      bare.type.fullName.startsWith('System.Collections.Generic.') &&
      bare.type.fullName.includes('Dictionary')
    )
      return null;
    return found ?? null;
  }
  // A collection with an indexer of its own (by name, say) is asked itself.
  const elements =
    bare instanceof SequenceValue && bare.type.findMember('get_item')
      ? undefined
      : (elementsOf(bare) ?? tupleItems(bare));
  if (elements || typeof bare === 'string') {
    if (isNull(index))
      throw runtimeError(
        'NullArrayIndex',
        'Index operation failed; the array index evaluated to null.',
        'InvalidOperation',
        target,
      );
    const length = elements ? elements.length : (bare as string).length;
    const at = (i: number): Value =>
      elements ? (elements[i] as Value) : new CharValue((bare as string)[i] as string);
    if (bare instanceof PSArray && bare.lengths && bare.lengths.length > 1) return multi(bare, index);
    const many = elementsOf(index);
    if (many) {
      const found: Value[] = [];
      for (const one of many) {
        let i = toIndex(one);
        if (i < 0) i += length;
        if (i >= 0 && i < length) found.push(at(i));
        else if (strict >= 3) throw outOfRange(one);
      }
      return new PSArray(found);
    }
    let i: number;
    try {
      i = toIndex(index);
    } catch (error) {
      // What is no number finds nothing.
      if (strict < 3 && bare instanceof PSArray) return null;
      throw error;
    }
    if (i < 0) i += length;
    if (i >= 0 && i < length) return at(i);
    if (strict >= 3) throw outOfRange(index);
    return null;
  }
  const type = typeOf(bare) as DotNetType;
  const item = type.findMember('get_item');
  if (item?.kind === 'method') {
    const many = elementsOf(index);
    try {
      return invokeOverloads(bare, 'Item', type, item.overloads, many ? [...many] : [index]);
    } catch (error) {
      if (error instanceof DotNetError) throw error;
      throw error;
    }
  }
  // A scalar is a list of one to numbers; other indexes find nothing in it.
  const zero = unwrap(index);
  if (zero === 0 || zero === -1) return target;
  if (strict >= 3) return cannotIndex(bare);
  return null;
}
function cannotIndex(value: Value): never {
  throw runtimeError(
    'CannotIndex',
    `Unable to index into an object of type "${typeNameOf(value) === 'System.Management.Automation.PSCustomObject' ? 'System.Management.Automation.PSObject' : typeNameOf(value)}".`,
  );
}

function offset(array: PSArray, index: Value): number {
  const lengths = array.lengths as readonly number[];
  const parts = (elementsOf(index) ?? [index]).map(toIndex);
  if (parts.length !== lengths.length)
    throw runtimeError(
      'NeedMultidimensionalIndex',
      `The array index evaluated to the wrong number of dimensions.`,
      'InvalidOperation',
    );
  let at = 0;
  for (let i = 0; i < lengths.length; i++) {
    const p = parts[i] as number;
    if (p < 0 || p >= (lengths[i] as number)) throw outOfRange(index);
    at = at * (lengths[i] as number) + p;
  }
  return at;
}
/** Reading outside the bounds gives nothing, as for arrays of one dimension. */
function multi(array: PSArray, index: Value): Value {
  const lengths = array.lengths as readonly number[];
  const list = elementsOf(index) ?? [index];
  if (list.length !== lengths.length || list.some((i) => elementsOf(i)))
    return new PSArray(list.map((i) => array.items[offset(array, i)] as Value));
  const parts = list.map(toIndex);
  if (parts.some((p, i) => p < 0 || p >= (lengths[i] as number))) return null;
  return array.items[offset(array, index)] as Value;
}

/** `target[index] = value`. */
export function assignIndex(target: Value, index: Value, value: Value): void {
  const stored = value === automationNull ? null : value;
  if (isNull(target)) throw runtimeError('NullArray', 'Cannot index into a null array.');
  const bare = unwrap(target);
  if (bare instanceof DictionaryValue) {
    const key = unwrap(index);
    if (key === null)
      throw runtimeError(
        'NullArrayIndex',
        'Index operation failed; the array index evaluated to null.',
        'InvalidOperation',
        target,
      );
    if (bare.type === orderedDictionaryType && typeof key === 'number') {
      const entry = [...bare.entries.values()][key];
      if (entry) {
        entry.value = stored;
        return;
      }
    }
    const [keyType, valueType] = bare.type.genericArguments;
    if (keyType && valueType) bare.set(convertTo(key, keyType), convertTo(stored, valueType));
    else bare.set(key, stored);
    return;
  }
  if (bare instanceof PSArray || bare instanceof ListValue) {
    if (isNull(index))
      throw runtimeError(
        'NullArrayIndex',
        'Index operation failed; the array index evaluated to null.',
        'InvalidOperation',
        target,
      );
    const { items } = bare;
    let i: number;
    if (bare instanceof PSArray && bare.lengths && bare.lengths.length > 1) i = offset(bare, index);
    else {
      i = toIndex(index);
      if (i < 0) i += items.length;
    }
    if (i < 0 || i >= items.length) throw bare instanceof PSArray ? outOfRange(index) : listOutOfRange();
    const element = bare instanceof PSArray ? bare.elementType : bare.type.genericArguments[0];
    try {
      items[i] = element ? convertTo(stored, element) : stored;
    } catch (error) {
      if (error instanceof ConversionError)
        throw runtimeError(error.errorId, error.message, 'InvalidArgument', null, undefined, error.inner);
      throw error;
    }
    if (bare instanceof ListValue) bare.version++;
    return;
  }
  const type = typeOf(bare) as DotNetType;
  if (type.findMember('set_item')) {
    callMethod(bare, 'set_Item', [...(elementsOf(index) ?? [index]), stored]);
    return;
  }
  cannotIndex(bare);
}
const listOutOfRange = (): Error =>
  runtimeError(
    'System.ArgumentOutOfRangeException',
    "Index was out of range. Must be non-negative and less than the size of the collection. (Parameter 'index')",
    'OperationStopped',
    null,
    'System.ArgumentOutOfRangeException',
  );
