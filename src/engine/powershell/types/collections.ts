import { allocate } from './memory.ts';
import { DotNetType, objectType, valueTypeType } from './dotnet-type.ts';
import { Boxed, CharValue, EnumValue } from './objects.ts';
import type { Value } from './value.ts';
import { PSReference, PSWrapped } from './value.ts';

const dictionaryInterfaces = [
  'System.Collections.IDictionary',
  'System.Collections.ICollection',
  'System.Collections.IEnumerable',
];
const listInterfaces = [
  'System.Collections.IList',
  'System.Collections.ICollection',
  'System.Collections.IEnumerable',
];

export const hashtableType = new DotNetType({
  fullName: 'System.Collections.Hashtable',
  baseType: objectType,
  interfaces: [...dictionaryInterfaces, 'System.ICloneable'],
});
export const orderedDictionaryType = new DotNetType({
  fullName: 'System.Collections.Specialized.OrderedDictionary',
  baseType: objectType,
  interfaces: [...dictionaryInterfaces, 'System.Collections.Specialized.IOrderedDictionary'],
});
export const arrayListType = new DotNetType({
  fullName: 'System.Collections.ArrayList',
  baseType: objectType,
  interfaces: [...listInterfaces, 'System.ICloneable'],
});
export const dictionaryEntryType = new DotNetType({
  fullName: 'System.Collections.DictionaryEntry',
  baseType: valueTypeType,
  kind: 'struct',
});

/** Where a key's value equality is not identity, a JS primitive that stands for the key. */
export interface HashKeyed {
  hashKey(): string;
}
const hasHashKey = (value: object): value is HashKeyed => 'hashKey' in value;

/** The Map key of a dictionary key. Strings fold where the dictionary ignores case. */
export function keyOf(key: Value, ignoreCase: boolean): unknown {
  if (typeof key === 'string') return ignoreCase ? key.toLowerCase() : key;
  if (key instanceof PSWrapped) return keyOf(key.base, ignoreCase);
  if (key instanceof Boxed) {
    const text =
      typeof key.value === 'object' ? `${key.value.coefficient}e-${key.value.scale}` : String(key.value);
    return `\0${key.kind}:${text}`;
  }
  if (key instanceof CharValue) return `\0char:${key.value}`;
  if (key instanceof EnumValue) return `\0${key.type.fullName}:${key.value}`;
  if (typeof key === 'object' && key !== null && hasHashKey(key)) return `\0${key.hashKey()}`;
  return key;
}

/** Any dictionary: Hashtable, OrderedDictionary, Dictionary[K,V], SortedDictionary. Keeps the order of insertion. */
export class DictionaryValue extends PSReference {
  readonly type: DotNetType;
  readonly ignoreCase: boolean;
  readonly entries: Map<unknown, { readonly key: Value; value: Value }> = new Map();
  /** Counts changes, so that an enumeration can tell that the collection was modified. */
  version = 0;
  isReadOnly = false;
  constructor(type: DotNetType, ignoreCase: boolean) {
    super();
    this.type = type;
    this.ignoreCase = ignoreCase;
  }
  get dotNetType(): DotNetType {
    return this.type;
  }
  get count(): number {
    return this.entries.size;
  }
  has(key: Value): boolean {
    return this.entries.has(keyOf(key, this.ignoreCase));
  }
  /** `undefined` where the key is absent. */
  get(key: Value): Value | undefined {
    return this.entries.get(keyOf(key, this.ignoreCase))?.value;
  }
  set(key: Value, value: Value): void {
    const hash = keyOf(key, this.ignoreCase);
    const entry = this.entries.get(hash);
    if (entry) {
      entry.value = value;
      // Generic dictionaries do not mind a new value for a known key.
      if (this.type.genericArguments.length > 0) return;
    } else {
      if ((this.entries.size & 4095) === 4095) allocate(64 * 4096);
      this.entries.set(hash, { key, value });
    }
    this.version++;
  }
  delete(key: Value): boolean {
    this.version++;
    return this.entries.delete(keyOf(key, this.ignoreCase));
  }
  clear(): void {
    this.version++;
    this.entries.clear();
  }
  keys(): Value[] {
    return Array.from(this.entries.values(), (e) => e.key);
  }
  values(): Value[] {
    return Array.from(this.entries.values(), (e) => e.value);
  }
}

/** `@{}`: string keys without case. */
export const hashtable = (pairs: Iterable<readonly [Value, Value]> = []): DictionaryValue => {
  const result = new DictionaryValue(hashtableType, true);
  for (const [key, value] of pairs) result.set(key, value);
  return result;
};
/** `[ordered]@{}`. */
export const orderedDictionary = (pairs: Iterable<readonly [Value, Value]> = []): DictionaryValue => {
  const result = new DictionaryValue(orderedDictionaryType, true);
  for (const [key, value] of pairs) result.set(key, value);
  return result;
};

/** ArrayList, List[T], Collection[T], Queue, Stack: an ordered, growing collection. A stack's top is the last item. */
export class ListValue extends PSReference {
  readonly type: DotNetType;
  items: Value[];
  version = 0;
  isReadOnly = false;
  /** The dictionary whose keys or values these are. */
  owner: { readonly version: number } | undefined = undefined;
  constructor(type: DotNetType, items: Value[] = []) {
    super();
    this.type = type;
    this.items = items;
  }
  get dotNetType(): DotNetType {
    return this.type;
  }
}
export const arrayList = (items: Value[] = []): ListValue => new ListValue(arrayListType, items);

/** HashSet[T], SortedSet[T]. */
export class SetValue extends PSReference {
  readonly type: DotNetType;
  readonly ignoreCase: boolean;
  readonly entries: Map<unknown, Value> = new Map();
  constructor(type: DotNetType, ignoreCase: boolean) {
    super();
    this.type = type;
    this.ignoreCase = ignoreCase;
  }
  get dotNetType(): DotNetType {
    return this.type;
  }
}

export class DictionaryEntryValue extends PSReference {
  readonly key: Value;
  readonly value: Value;
  readonly type: DotNetType;
  constructor(key: Value, value: Value, type: DotNetType = dictionaryEntryType) {
    super();
    this.key = key;
    this.value = value;
    this.type = type;
  }
  get dotNetType(): DotNetType {
    return this.type;
  }
}

/** A lazy or one-pass sequence (enumerators, LINQ results). */
export class SequenceValue extends PSReference {
  readonly type: DotNetType;
  readonly iterate: () => Iterable<Value>;
  constructor(type: DotNetType, iterate: () => Iterable<Value>) {
    super();
    this.type = type;
    this.iterate = iterate;
  }
  get dotNetType(): DotNetType {
    return this.type;
  }
}
