import { allocate } from '../memory.ts';
import { compare, equals } from '../compare.ts';
import { convertTo } from '../convert.ts';
import {
  arrayListType,
  DictionaryEntryValue,
  DictionaryValue,
  hashtableType,
  keyOf,
  ListValue,
  orderedDictionaryType,
  SetValue,
} from '../collections.ts';
import type { DotNetMember, DotNetType } from '../dotnet-type.ts';
import { objectType, valueTypeType } from '../dotnet-type.ts';
import { elementsOf } from '../enumerate.ts';
import { dotNetError } from '../errors.ts';
import { hooks } from '../hooks.ts';
import { arrayBaseType, PSArray } from '../objects.ts';
import { closeGeneric, defineType, listType } from '../registry.ts';
import { ScriptBlockValue } from '../script-block.ts';
import { isTrue } from '../truth.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { defaultOf } from '../member.ts';
import { constructors, method, property, staticMethod } from './define.ts';
import { compareWith, ignoresCase } from './comparers.ts';
import { enumeratorOf } from './enumerator-of.ts';
import { isReference } from '../../compile/reference.ts';

interface Reference {
  readonly state: { set(value: Value): void };
}
/** Adds to a list, which is counted now and then. */
const push = (items: Value[], value: Value): void => {
  if ((items.length & 4095) === 4095) allocate(64 * 4096);
  items.push(value);
};
const list = (v: Value): ListValue => v as ListValue;
const dict = (v: Value): DictionaryValue => v as DictionaryValue;
const n = (v: Value | undefined): number => Number(v);
const out = (message: string, name = 'index'): Error =>
  dotNetError('System.ArgumentOutOfRangeException', `${message} (Parameter '${name}')`);
const badIndex = (): Error =>
  out('Index was out of range. Must be non-negative and less than the size of the collection.');
const same = (a: Value, b: Value): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : equals(a, b, false);
const find = (items: readonly Value[], value: Value, from = 0): number => {
  for (let i = from; i < items.length; i++) if (same(items[i] as Value, value)) return i;
  return -1;
};
/** A script block used as a predicate or comparison. */
const call = (block: Value | undefined, ...args: Value[]): Value =>
  hooks.invokeDelegate(block as Value, args);
const order = (a: Value, b: Value): number => compareValues(a, b);
function compareValues(a: Value, b: Value): number {
  if (isNull(a) || isNull(b)) return isNull(a) ? (isNull(b) ? 0 : -1) : 1;
  return compare(a, b, false);
}
const sorter = (block: Value | undefined): ((a: Value, b: Value) => number) => {
  if (block === undefined || isNull(block)) return order;
  if (block instanceof ScriptBlockValue) return (a, b) => n(call(block, a, b));
  return (a, b) => compareWith(block, a, b);
};
const changed = (v: Value): void => void list(v).version++;
const items = (v: Value | undefined): readonly Value[] =>
  elementsOf(v ?? null) ?? (isNull(v ?? null) ? [] : [v as Value]);
const element = (v: Value): DotNetType => list(v).type.genericArguments[0] ?? objectType;
const copyTo = (source: readonly Value[], target: Value | undefined, at: number): void => {
  const into = (target as PSArray).items;
  source.forEach((x, i) => (into[at + i] = x));
};

function listMembers(T: string, isArrayList: boolean): DotNetMember[] {
  return [
    property('Count', 'int', (v) => list(v).items.length),
    property(
      'Capacity',
      'int',
      (v) => Math.max(4, list(v).items.length),
      () => undefined,
    ),
    property('IsReadOnly', 'bool', () => false),
    property('IsFixedSize', 'bool', () => false),
    property('IsSynchronized', 'bool', () => false),
    property('SyncRoot', 'System.Object', (v) => v),
    method([
      `${isArrayList ? 'int' : 'void'} Add(${T} item)`,
      (v, a) => {
        if (list(v).isReadOnly)
          throw dotNetError('System.NotSupportedException', 'Collection was of a fixed size.');
        push(list(v).items, a[0] as Value);
        changed(v);
        return isArrayList ? list(v).items.length - 1 : undefined;
      },
    ]),
    method([
      `void AddRange(${isArrayList ? 'System.Collections.ICollection c' : 'System.Collections.Generic.IEnumerable[T] collection'})`,
      (v, a) => {
        for (const x of items(a[0])) push(list(v).items, x);
        changed(v);
      },
    ]),
    method([
      'void Clear()',
      (v) => {
        list(v).items.length = 0;
        changed(v);
      },
    ]),
    method([`bool Contains(${T} item)`, (v, a) => find(list(v).items, a[0] as Value) >= 0]),
    method(
      [`int IndexOf(${T} item)`, (v, a) => find(list(v).items, a[0] as Value)],
      [`int IndexOf(${T} item, int index)`, (v, a) => find(list(v).items, a[0] as Value, n(a[1]))],
    ),
    method([
      `int LastIndexOf(${T} item)`,
      (v, a) => {
        const l = list(v).items;
        for (let i = l.length - 1; i >= 0; i--) if (same(l[i] as Value, a[0] as Value)) return i;
        return -1;
      },
    ]),
    method([
      `void Insert(int index, ${T} item)`,
      (v, a) => {
        if (n(a[0]) < 0 || n(a[0]) > list(v).items.length)
          throw isArrayList
            ? out('Insertion index was out of range. Must be non-negative and less than or equal to size.')
            : out('Index must be within the bounds of the List.');
        list(v).items.splice(n(a[0]), 0, a[1] as Value);
        changed(v);
      },
    ]),
    method([
      `void InsertRange(int index, ${isArrayList ? 'System.Collections.ICollection c' : 'System.Collections.Generic.IEnumerable[T] collection'})`,
      (v, a) => {
        list(v).items.splice(n(a[0]), 0, ...items(a[1]));
        changed(v);
      },
    ]),
    method([
      `${isArrayList ? 'void' : 'bool'} Remove(${T} item)`,
      (v, a) => {
        const i = find(list(v).items, a[0] as Value);
        if (i >= 0) {
          list(v).items.splice(i, 1);
          changed(v);
        }
        return isArrayList ? undefined : i >= 0;
      },
    ]),
    method([
      'void RemoveAt(int index)',
      (v, a) => {
        if (n(a[0]) < 0 || n(a[0]) >= list(v).items.length) throw badIndex();
        list(v).items.splice(n(a[0]), 1);
        changed(v);
      },
    ]),
    method([
      'void RemoveRange(int index, int count)',
      (v, a) => {
        list(v).items.splice(n(a[0]), n(a[1]));
        changed(v);
      },
    ]),
    method([
      'void Reverse()',
      (v) => {
        list(v).items.reverse();
        changed(v);
      },
    ]),
    method(
      [
        'void Sort()',
        (v) => {
          sortItems(list(v).items, order);
          changed(v);
        },
      ],
      [
        isArrayList
          ? 'void Sort(System.Collections.IComparer comparer)'
          : 'void Sort(System.Object comparison)',
        (v, a) => {
          sortItems(list(v).items, sorter(a[0]));
          changed(v);
        },
      ],
    ),
    method([
      `${isArrayList ? 'System.Object[]' : 'T[]'} ToArray()`,
      (v) => new PSArray([...list(v).items], isArrayList ? objectType : element(v)),
    ]),
    method(['System.Collections.IEnumerator GetEnumerator()', (v) => enumeratorOf(list(v).items, list(v))]),
    method(
      [`void CopyTo(array array)`, (v, a) => copyTo(list(v).items, a[0], 0)],
      [`void CopyTo(array array, int arrayIndex)`, (v, a) => copyTo(list(v).items, a[0], n(a[1]))],
    ),
    method([
      `${T} get_Item(int index)`,
      (v, a) => {
        const i = n(a[0]);
        if (i < 0 || i >= list(v).items.length) throw badIndex();
        return list(v).items[i] as Value;
      },
    ]),
    method([
      `void set_Item(int index, ${T} value)`,
      (v, a) => {
        list(v).items[n(a[0])] = a[1] as Value;
        changed(v);
      },
    ]),
    method([
      `System.Object GetRange(int index, int count)`,
      (v, a) => new ListValue(list(v).type, list(v).items.slice(n(a[0]), n(a[0]) + n(a[1]))),
    ]),
    method([`int BinarySearch(${T} item)`, (v, a) => binarySearch(list(v).items, a[0] as Value)]),
    method(['System.Object Clone()', (v) => new ListValue(list(v).type, [...list(v).items])]),
  ];
}
function binarySearch(l: readonly Value[], wanted: Value): number {
  let lo = 0;
  let hi = l.length - 1;
  while (lo <= hi) {
    const mid = (lo + hi) >> 1;
    const c = order(l[mid] as Value, wanted);
    if (c === 0) return mid;
    if (c < 0) lo = mid + 1;
    else hi = mid - 1;
  }
  return ~lo;
}
function sortItems(l: Value[], by: (a: Value, b: Value) => number): void {
  const sorted = [...l].sort(by);
  sorted.forEach((x, i) => (l[i] = x));
}
const delegates: DotNetMember[] = [
  method([
    'void ForEach(System.Object action)',
    (v, a) => {
      for (const x of [...list(v).items]) call(a[0], x);
    },
  ]),
  method(['T Find(System.Object match)', (v, a) => list(v).items.find((x) => isTrue(call(a[0], x))) ?? null]),
  method([
    'System.Object FindAll(System.Object match)',
    (v, a) =>
      new ListValue(
        list(v).type,
        list(v).items.filter((x) => isTrue(call(a[0], x))),
      ),
  ]),
  method([
    'int FindIndex(System.Object match)',
    (v, a) => list(v).items.findIndex((x) => isTrue(call(a[0], x))),
  ]),
  method([
    'T FindLast(System.Object match)',
    (v, a) => list(v).items.findLast((x) => isTrue(call(a[0], x))) ?? null,
  ]),
  method(['bool Exists(System.Object match)', (v, a) => list(v).items.some((x) => isTrue(call(a[0], x)))]),
  method([
    'bool TrueForAll(System.Object match)',
    (v, a) => list(v).items.every((x) => isTrue(call(a[0], x))),
  ]),
  method([
    'int RemoveAll(System.Object match)',
    (v, a) => {
      const l = list(v);
      const before = l.items.length;
      l.items = l.items.filter((x) => !isTrue(call(a[0], x)));
      l.version++;
      return before - l.items.length;
    },
  ]),
  method([
    'System.Object ConvertAll(System.Object converter)',
    (v, a) =>
      new ListValue(
        closeGeneric(listType, [objectType]),
        list(v).items.map((x) => call(a[0], x)),
      ),
  ]),
  method([
    'System.Object AsReadOnly()',
    (v) => {
      const copy = new ListValue(closeGeneric(readOnlyType, [element(v)]), list(v).items);
      copy.isReadOnly = true;
      return copy;
    },
  ]),
];
const readOnlyType = defineType('System.Collections.ObjectModel.ReadOnlyCollection`1', {
  interfaces: ['System.Collections.IList', 'System.Collections.IEnumerable'],
  members: [
    property('Count', 'int', (v) => list(v).items.length),
    method(['bool Contains(T item)', (v, a) => find(list(v).items, a[0] as Value) >= 0]),
  ],
});
defineType(arrayListType.fullName, {
  members: listMembers('System.Object', true),
  constructors: constructors(
    ['ArrayList new()', () => new ListValue(arrayListType)],
    [
      'ArrayList new(System.Collections.ICollection c)',
      (_v, a) => new ListValue(arrayListType, [...items(a[0])]),
    ],
    ['ArrayList new(int capacity)', () => new ListValue(arrayListType)],
  ),
});
defineType(arrayListType.fullName, {
  members: [
    staticMethod([
      'System.Object Repeat(System.Object value, int count)',
      (_v, a) => new ListValue(arrayListType, new Array<Value>(n(a[1])).fill(a[0] as Value)),
    ]),
  ],
});
/** Constructors of generic types get the closed type as `self`. */
for (const name of [
  'System.Collections.Generic.List`1',
  'System.Collections.ObjectModel.Collection`1',
  'System.Collections.ObjectModel.ObservableCollection`1',
]) {
  defineType(name, {
    interfaces: [
      'System.Collections.IList',
      'System.Collections.ICollection',
      'System.Collections.IEnumerable',
    ],
    members: [...listMembers('T', false), ...delegates],
    constructors: constructors(
      [`${name} new()`, (v) => new ListValue(v as DotNetType)],
      [
        `${name} new(System.Collections.Generic.IEnumerable[T] collection)`,
        (v, a) => new ListValue(v as DotNetType, [...items(a[0])]),
      ],
      [`${name} new(int capacity)`, (v) => new ListValue(v as DotNetType)],
    ),
  });
}
defineType('System.Collections.Specialized.StringCollection', {
  interfaces: ['System.Collections.IList', 'System.Collections.IEnumerable'],
  members: listMembers('string', true),
  constructors: constructors(['StringCollection new()', (v) => new ListValue(v as DotNetType)]),
});

const empty = (what: string): Error => dotNetError('System.InvalidOperationException', `${what} empty.`);
for (const [name, T] of [
  ['System.Collections.Generic.Queue`1', 'T'],
  ['System.Collections.Queue', 'System.Object'],
] as const)
  defineType(name, {
    interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
    members: [
      property('Count', 'int', (v) => list(v).items.length),
      method([
        `void Enqueue(${T} item)`,
        (v, a) => {
          push(list(v).items, a[0] as Value);
          changed(v);
        },
      ]),
      method([
        `${T} Dequeue()`,
        (v) => {
          if (list(v).items.length === 0) throw empty('Queue');
          changed(v);
          return list(v).items.shift() as Value;
        },
      ]),
      method([
        `${T} Peek()`,
        (v) => {
          if (list(v).items.length === 0) throw empty('Queue');
          return list(v).items[0] as Value;
        },
      ]),
      method([
        `bool TryDequeue([ref] ${T} result)`,
        (v, a) => {
          const l = list(v).items;
          if (isReference(a[0] as Value))
            (a[0] as never as { state: { set(x: Value): void } }).state.set(l[0] ?? null);
          return l.length > 0 ? (l.shift(), true) : false;
        },
      ]),
      method([
        'void Clear()',
        (v) => {
          list(v).items.length = 0;
          changed(v);
        },
      ]),
      method([`bool Contains(${T} item)`, (v, a) => find(list(v).items, a[0] as Value) >= 0]),
      method([
        `${T === 'T' ? 'T[]' : 'System.Object[]'} ToArray()`,
        (v) => new PSArray([...list(v).items], element(v)),
      ]),
    ],
    constructors: constructors(
      [`Queue new()`, (v) => new ListValue(v as DotNetType)],
      [
        `Queue new(${T === 'T' ? 'System.Collections.Generic.IEnumerable[T] collection' : 'System.Collections.ICollection col'})`,
        (v, a) => new ListValue(v as DotNetType, [...items(a[0])]),
      ],
      ['Queue new(int capacity)', (v) => new ListValue(v as DotNetType)],
    ),
  });
for (const [name, T] of [
  ['System.Collections.Generic.Stack`1', 'T'],
  ['System.Collections.Stack', 'System.Object'],
] as const)
  defineType(name, {
    interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
    members: [
      property('Count', 'int', (v) => list(v).items.length),
      method([
        `void Push(${T} item)`,
        (v, a) => {
          push(list(v).items, a[0] as Value);
          changed(v);
        },
      ]),
      method([
        `${T} Pop()`,
        (v) => {
          if (list(v).items.length === 0) throw empty('Stack');
          changed(v);
          return list(v).items.pop() as Value;
        },
      ]),
      method([
        `${T} Peek()`,
        (v) => {
          if (list(v).items.length === 0) throw empty('Stack');
          return list(v).items.at(-1) as Value;
        },
      ]),
      method([
        'void Clear()',
        (v) => {
          list(v).items.length = 0;
          changed(v);
        },
      ]),
      method([`bool Contains(${T} item)`, (v, a) => find(list(v).items, a[0] as Value) >= 0]),
      method([
        `${T === 'T' ? 'T[]' : 'System.Object[]'} ToArray()`,
        (v) => new PSArray(list(v).items.toReversed(), element(v)),
      ]),
    ],
    constructors: constructors(
      [`Stack new()`, (v) => new ListValue(v as DotNetType)],
      [
        `Stack new(${T === 'T' ? 'System.Collections.Generic.IEnumerable[T] collection' : 'System.Collections.ICollection col'})`,
        (v, a) => new ListValue(v as DotNetType, [...items(a[0])]),
      ],
      ['Stack new(int capacity)', (v) => new ListValue(v as DotNetType)],
    ),
  });

const entries = (v: Value): { readonly key: Value; value: Value }[] => [...dict(v).entries.values()];
const keyCollection = (name: string): DotNetType =>
  defineType(name, {
    interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
    members: [property('Count', 'int', (v) => list(v).items.length)],
  });
const hashKeys = keyCollection('System.Collections.Hashtable+KeyCollection');
const hashValues = keyCollection('System.Collections.Hashtable+ValueCollection');
function partOf(owner: DictionaryValue, type: DotNetType, items: Value[]): ListValue {
  const part = new ListValue(type, items);
  part.owner = owner;
  return part;
}
const duplicate = (key: Value, known: Value): Error =>
  dotNetError(
    'System.ArgumentException',
    `Item has already been added. Key in dictionary: '${toText(known)}'  Key being added: '${toText(key)}'`,
  );
const duplicateGeneric = (key: Value): Error =>
  dotNetError(
    'System.ArgumentException',
    `An item with the same key has already been added. Key: ${toText(key)}`,
  );
const nullKey = (): Error =>
  dotNetError('System.ArgumentNullException', "Value cannot be null. (Parameter 'key')");
const pairType = defineType('System.Collections.Generic.KeyValuePair`2', {
  kind: 'struct',
  baseType: valueTypeType,
});
const pairMembers = [
  property('Key', 'System.Object', (v) => (v as DictionaryEntryValue).key),
  property('Value', 'System.Object', (v) => (v as DictionaryEntryValue).value),
];
defineType('System.Collections.Generic.KeyValuePair`2', {
  members: pairMembers,
  constructors: constructors([
    'KeyValuePair new(TKey key, TValue value)',
    (v, a) => new DictionaryEntryValue(a[0] as Value, a[1] as Value, v as DotNetType),
  ]),
});
defineType('System.Collections.DictionaryEntry', {
  members: [property('Name', 'System.Object', (v) => (v as DictionaryEntryValue).key), ...pairMembers],
  constructors: constructors([
    'DictionaryEntry new(System.Object key, System.Object value)',
    (_v, a) => new DictionaryEntryValue(a[0] as Value, a[1] as Value),
  ]),
});
/** What enumerating a dictionary gives. */
export function dictionaryEntries(v: DictionaryValue): Value[] {
  const [k, w] = v.type.genericArguments;
  const type = k && w ? closeGeneric(pairType, [k, w]) : undefined;
  return [...v.entries.values()].map((e) =>
    type ? new DictionaryEntryValue(e.key, e.value, type) : new DictionaryEntryValue(e.key, e.value),
  );
}

function dictionaryMembers(K: string, V: string, generic: boolean): DotNetMember[] {
  return [
    property('Count', 'int', (v) => dict(v).count),
    property('Keys', 'System.Collections.ICollection', (v) => partOf(dict(v), hashKeys, dict(v).keys())),
    property('Values', 'System.Collections.ICollection', (v) =>
      partOf(dict(v), hashValues, dict(v).values()),
    ),
    property('IsReadOnly', 'bool', (v) => dict(v).isReadOnly),
    property('IsFixedSize', 'bool', () => false),
    property('IsSynchronized', 'bool', () => false),
    property('SyncRoot', 'System.Object', (v) => v),
    method([
      `void Add(${K} key, ${V} value)`,
      (v, a) => {
        if (isNull(a[0] as Value)) throw nullKey();
        const known = dict(v).entries.get(keyOf(a[0] as Value, dict(v).ignoreCase));
        if (known) throw generic ? duplicateGeneric(a[0] as Value) : duplicate(a[0] as Value, known.key);
        dict(v).set(a[0] as Value, a[1] as Value);
      },
    ]),
    method([
      `bool TryAdd(${K} key, ${V} value)`,
      (v, a) => {
        if (dict(v).has(a[0] as Value)) return false;
        dict(v).set(a[0] as Value, a[1] as Value);
        return true;
      },
    ]),
    method(['void Clear()', (v) => dict(v).clear()]),
    method([`bool Contains(${K} key)`, (v, a) => dict(v).has(a[0] as Value)]),
    method([
      `bool ContainsKey(${K} key)`,
      (v, a) => {
        if (isNull(a[0] as Value)) throw nullKey();
        return dict(v).has(a[0] as Value);
      },
    ]),
    method([`bool ContainsValue(${V} value)`, (v, a) => find(dict(v).values(), a[0] as Value) >= 0]),
    method([
      `${generic ? 'bool' : 'void'} Remove(${K} key)`,
      (v, a) => {
        const had = dict(v).delete(a[0] as Value);
        return generic ? had : undefined;
      },
    ]),
    method([
      `bool TryGetValue(${K} key, [ref] ${V} value)`,
      (v, a) => {
        const found = dict(v).get(a[0] as Value);
        if (isReference(a[1] as Value))
          (a[1] as never as { state: { set(x: Value): void } }).state.set(
            found ?? defaultOf(dict(v).type.genericArguments[1] ?? objectType),
          );
        return found !== undefined;
      },
    ]),
    method([
      `${V} get_Item(${K} key)`,
      (v, a) => {
        const found = dict(v).get(a[0] as Value);
        if (found === undefined && generic)
          throw dotNetError(
            'System.Collections.Generic.KeyNotFoundException',
            `The given key '${toText(a[0] as Value)}' was not present in the dictionary.`,
          );
        return found ?? null;
      },
    ]),
    method([`void set_Item(${K} key, ${V} value)`, (v, a) => dict(v).set(a[0] as Value, a[1] as Value)]),
    method([
      'System.Collections.IDictionaryEnumerator GetEnumerator()',
      (v) => enumeratorOf(dictionaryEntries(dict(v)), dict(v), true),
    ]),
    method([
      'void CopyTo(array array, int index)',
      (v, a) => copyTo(dictionaryEntries(dict(v)), a[0], n(a[1])),
    ]),
  ];
}
const clone = (v: Value): DictionaryValue => {
  const copy = new DictionaryValue(dict(v).type, dict(v).ignoreCase);
  for (const e of entries(v)) copy.set(e.key, e.value);
  return copy;
};
const fillFrom = (target: DictionaryValue, source: Value | undefined): DictionaryValue => {
  if (source instanceof DictionaryValue) for (const e of source.entries.values()) target.set(e.key, e.value);
  return target;
};
defineType(hashtableType.fullName, {
  members: [
    ...dictionaryMembers('System.Object', 'System.Object', false),
    method(['System.Object Clone()', clone]),
  ],
  constructors: constructors(
    ['Hashtable new()', () => new DictionaryValue(hashtableType, false)],
    [
      'Hashtable new(System.Collections.IDictionary d)',
      (_v, a) => fillFrom(new DictionaryValue(hashtableType, false), a[0]),
    ],
    ['Hashtable new(int capacity)', () => new DictionaryValue(hashtableType, false)],
    [
      'Hashtable new(System.Collections.IEqualityComparer equalityComparer)',
      (_v, a) => new DictionaryValue(hashtableType, ignoresCase(a[0])),
    ],
  ),
});
defineType(orderedDictionaryType.fullName, {
  members: [
    ...dictionaryMembers('System.Object', 'System.Object', false),
    method([
      'void Insert(int index, System.Object key, System.Object value)',
      (v, a) => {
        const all = entries(v);
        if (dict(v).has(a[1] as Value)) throw duplicate(a[1] as Value, a[1] as Value);
        all.splice(n(a[0]), 0, { key: a[1] as Value, value: a[2] as Value });
        dict(v).entries.clear();
        for (const e of all) dict(v).set(e.key, e.value);
      },
    ]),
    method([
      'void RemoveAt(int index)',
      (v, a) => {
        const e = entries(v)[n(a[0])];
        if (!e) throw badIndex();
        dict(v).delete(e.key);
      },
    ]),
  ],
  constructors: constructors(
    ['OrderedDictionary new()', (v) => new DictionaryValue(v as DotNetType, false)],
    ['OrderedDictionary new(int capacity)', (v) => new DictionaryValue(v as DotNetType, false)],
    [
      'OrderedDictionary new(System.Collections.IEqualityComparer comparer)',
      (v, a) => new DictionaryValue(v as DotNetType, ignoresCase(a[0])),
    ],
  ),
});
for (const name of ['Dictionary', 'SortedDictionary', 'SortedList', 'OrderedDictionary']) {
  const sorted = name.startsWith('Sorted');
  const make = (v: Value, ignoreCase: boolean): DictionaryValue =>
    sorted
      ? new SortedDictionaryValue(v as DotNetType, ignoreCase)
      : new DictionaryValue(v as DotNetType, ignoreCase);
  defineType(`System.Collections.Generic.${name}\`2`, {
    interfaces: [
      'System.Collections.IDictionary',
      'System.Collections.ICollection',
      'System.Collections.IEnumerable',
    ],
    members: [...dictionaryMembers('TKey', 'TValue', true)],
    constructors: constructors(
      [`${name} new()`, (v) => make(v, false)],
      [`${name} new(System.Collections.IDictionary dictionary)`, (v, a) => fillTyped(make(v, false), a[0])],
      [`${name} new(int capacity)`, (v) => make(v, false)],
      [`${name} new(System.Collections.IEqualityComparer comparer)`, (v, a) => make(v, ignoresCase(a[0]))],
      [
        `${name} new(System.Collections.IDictionary dictionary, System.Collections.IEqualityComparer comparer)`,
        (v, a) => fillTyped(make(v, ignoresCase(a[1])), a[0]),
      ],
    ),
  });
}
defineType('System.Collections.SortedList', {
  interfaces: ['System.Collections.IDictionary', 'System.Collections.IEnumerable'],
  members: [...dictionaryMembers('System.Object', 'System.Object', false)],
  constructors: constructors(['SortedList new()', (v) => new SortedDictionaryValue(v as DotNetType, false)]),
});
function fillTyped(target: DictionaryValue, source: Value | undefined): DictionaryValue {
  const [k, w] = target.type.genericArguments;
  if (source instanceof DictionaryValue && k && w)
    for (const e of source.entries.values()) target.set(convertTo(e.key, k), convertTo(e.value, w));
  return target;
}
/** Keeps its entries in the order of the keys. */
class SortedDictionaryValue extends DictionaryValue {
  override set(key: Value, value: Value): void {
    const isNew = !this.has(key);
    super.set(key, value);
    if (!isNew) return;
    const all = [...this.entries.entries()].sort((a, b) => compareValues(a[1].key, b[1].key));
    this.entries.clear();
    for (const [hash, entry] of all) this.entries.set(hash, entry);
  }
}

for (const [name, add, remove, last] of [
  ['ConcurrentQueue', 'Enqueue', 'TryDequeue', false],
  ['ConcurrentStack', 'Push', 'TryPop', true],
  ['ConcurrentBag', 'Add', 'TryTake', true],
] as const) {
  const next = (v: Value): Value | undefined => (last ? list(v).items.at(-1) : list(v).items[0]);
  defineType(`System.Collections.Concurrent.${name}\`1`, {
    interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
    members: [
      property('Count', 'int', (v) => list(v).items.length),
      property('IsEmpty', 'bool', (v) => list(v).items.length === 0),
      method([
        `void ${add}(T item)`,
        (v, a) => {
          push(list(v).items, a[0] as Value);
        },
      ]),
      method([
        `bool ${remove}([ref] T result)`,
        (v, a) => {
          const found = next(v);
          if (found === undefined) return false;
          if (last) list(v).items.pop();
          else list(v).items.shift();
          if (isReference(a[0] as Value)) (a[0] as never as Reference).state.set(found);
          return true;
        },
      ]),
      method([
        'bool TryPeek([ref] T result)',
        (v, a) => {
          const found = next(v);
          if (found !== undefined && isReference(a[0] as Value))
            (a[0] as never as Reference).state.set(found);
          return found !== undefined;
        },
      ]),
      method([
        'void Clear()',
        (v) => {
          list(v).items.length = 0;
        },
      ]),
      method([
        'T[] ToArray()',
        (v) => new PSArray(last ? list(v).items.toReversed() : [...list(v).items], element(v)),
      ]),
    ],
    constructors: constructors(
      [`${name} new()`, (v) => new ListValue(v as DotNetType)],
      [
        `${name} new(System.Collections.Generic.IEnumerable[T] collection)`,
        (v, a) => new ListValue(v as DotNetType, [...items(a[0])]),
      ],
    ),
  });
}
defineType('System.Collections.Concurrent.ConcurrentDictionary`2', {
  interfaces: [
    'System.Collections.IDictionary',
    'System.Collections.ICollection',
    'System.Collections.IEnumerable',
  ],
  members: [
    ...dictionaryMembers('TKey', 'TValue', true),
    property('IsEmpty', 'bool', (v) => dict(v).count === 0),
    method([
      'bool TryRemove(TKey key, [ref] TValue value)',
      (v, a) => {
        const found = dict(v).get(a[0] as Value);
        if (isReference(a[1] as Value)) (a[1] as never as Reference).state.set(found ?? null);
        return found !== undefined && dict(v).delete(a[0] as Value);
      },
    ]),
    method([
      'TValue GetOrAdd(TKey key, System.Object value)',
      (v, a) => {
        const found = dict(v).get(a[0] as Value);
        if (found !== undefined) return found;
        const made = a[1] instanceof ScriptBlockValue ? call(a[1], a[0] as Value) : (a[1] as Value);
        dict(v).set(a[0] as Value, made);
        return made;
      },
    ]),
    method([
      'TValue AddOrUpdate(TKey key, System.Object addValue, System.Object updateValueFactory)',
      (v, a) => {
        const key = a[0] as Value;
        const found = dict(v).get(key);
        const first = a[1] as Value;
        const made =
          found === undefined
            ? first instanceof ScriptBlockValue
              ? call(first, key)
              : first
            : call(a[2], key, found);
        dict(v).set(key, made);
        return made;
      },
    ]),
  ],
  constructors: constructors(
    ['ConcurrentDictionary new()', (v) => new DictionaryValue(v as DotNetType, false)],
    [
      'ConcurrentDictionary new(System.Collections.IEqualityComparer comparer)',
      (v, a) => new DictionaryValue(v as DotNetType, ignoresCase(a[0])),
    ],
  ),
});
defineType('System.Collections.BitArray', {
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
  members: [
    property('Length', 'int', (v) => list(v).items.length),
    property('Count', 'int', (v) => list(v).items.length),
    method(['bool Get(int index)', (v, a) => bit(v, n(a[0]))]),
    method(['bool get_Item(int index)', (v, a) => bit(v, n(a[0]))]),
    method(['void Set(int index, bool value)', (v, a) => setBit(v, n(a[0]), a[1] as Value)]),
    method(['void set_Item(int index, bool value)', (v, a) => setBit(v, n(a[0]), a[1] as Value)]),
    method(['void SetAll(bool value)', (v, a) => void list(v).items.fill(a[0] as Value)]),
    method([
      'System.Collections.BitArray Not()',
      (v) => {
        list(v).items = list(v).items.map((x) => x !== true);
        return v;
      },
    ]),
    ...(['And', 'Or', 'Xor'] as const).map((name) =>
      method([
        `System.Collections.BitArray ${name}(System.Collections.BitArray value)`,
        (v, a) => {
          const other = list(a[0] as Value).items;
          list(v).items = list(v).items.map((x, i) => {
            const [p, q] = [x === true, other[i] === true];
            return name === 'And' ? p && q : name === 'Or' ? p || q : p !== q;
          });
          return v;
        },
      ]),
    ),
  ],
  constructors: constructors(
    [
      'BitArray new(int length)',
      (v, a) => new ListValue(v as DotNetType, new Array<Value>(n(a[0])).fill(false)),
    ],
    [
      'BitArray new(int length, bool defaultValue)',
      (v, a) => new ListValue(v as DotNetType, new Array<Value>(n(a[0])).fill(a[1] as Value)),
    ],
    ['BitArray new(bool[] values)', (v, a) => new ListValue(v as DotNetType, [...items(a[0])])],
  ),
});
function bit(v: Value, index: number): Value {
  const found = list(v).items[index];
  if (found === undefined) throw badIndex();
  return found;
}
function setBit(v: Value, index: number, to: Value): void {
  if (index < 0 || index >= list(v).items.length) throw badIndex();
  list(v).items[index] = to;
}

const set = (v: Value): SetValue => v as SetValue;
const keySet = (v: Value, given: Value | undefined): Map<unknown, Value> =>
  new Map(items(given).map((x) => [keyOf(x, set(v).ignoreCase), x]));
const setMembers: DotNetMember[] = [
  property('Count', 'int', (v) => set(v).entries.size),
  method([
    'bool Add(T item)',
    (v, a) => {
      const k = keyOf(a[0] as Value, set(v).ignoreCase);
      if (set(v).entries.has(k)) return false;
      set(v).entries.set(k, a[0] as Value);
      sortSet(v);
      return true;
    },
  ]),
  method(['bool Remove(T item)', (v, a) => set(v).entries.delete(keyOf(a[0] as Value, set(v).ignoreCase))]),
  method(['bool Contains(T item)', (v, a) => set(v).entries.has(keyOf(a[0] as Value, set(v).ignoreCase))]),
  method(['void Clear()', (v) => set(v).entries.clear()]),
  method([
    'void UnionWith(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => {
      for (const [k, x] of keySet(v, a[0])) if (!set(v).entries.has(k)) set(v).entries.set(k, x);
      sortSet(v);
    },
  ]),
  method([
    'void IntersectWith(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => {
      const o = keySet(v, a[0]);
      for (const k of [...set(v).entries.keys()]) if (!o.has(k)) set(v).entries.delete(k);
    },
  ]),
  method([
    'void ExceptWith(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => {
      for (const k of keySet(v, a[0]).keys()) set(v).entries.delete(k);
    },
  ]),
  method([
    'void SymmetricExceptWith(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => {
      for (const [k, x] of keySet(v, a[0])) if (!set(v).entries.delete(k)) set(v).entries.set(k, x);
      sortSet(v);
    },
  ]),
  method([
    'bool IsSubsetOf(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => {
      const o = keySet(v, a[0]);
      return [...set(v).entries.keys()].every((k) => o.has(k));
    },
  ]),
  method([
    'bool IsSupersetOf(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => [...keySet(v, a[0]).keys()].every((k) => set(v).entries.has(k)),
  ]),
  method([
    'bool IsProperSubsetOf(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => {
      const o = keySet(v, a[0]);
      return o.size > set(v).entries.size && [...set(v).entries.keys()].every((k) => o.has(k));
    },
  ]),
  method([
    'bool Overlaps(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => [...keySet(v, a[0]).keys()].some((k) => set(v).entries.has(k)),
  ]),
  method([
    'bool SetEquals(System.Collections.Generic.IEnumerable[T] other)',
    (v, a) => {
      const o = keySet(v, a[0]);
      return o.size === set(v).entries.size && [...o.keys()].every((k) => set(v).entries.has(k));
    },
  ]),
  method(['void CopyTo(T[] array)', (v, a) => copyTo([...set(v).entries.values()], a[0], 0)]),
  method([
    'System.Collections.IEnumerator GetEnumerator()',
    (v) => enumeratorOf([...set(v).entries.values()]),
  ]),
];
function sortSet(v: Value): void {
  if (!set(v).type.fullName.includes('Sorted')) return;
  const all = [...set(v).entries.entries()].sort((a, b) => compareValues(a[1], b[1]));
  set(v).entries.clear();
  for (const [k, x] of all) set(v).entries.set(k, x);
}
for (const name of ['HashSet', 'SortedSet']) {
  const make = (v: Value, source: Value | undefined, ignoreCase: boolean): SetValue => {
    const s = new SetValue(v as DotNetType, ignoreCase);
    for (const x of items(source)) {
      const k = keyOf(x, ignoreCase);
      if (!s.entries.has(k)) s.entries.set(k, x);
    }
    sortSet(s);
    return s;
  };
  defineType(`System.Collections.Generic.${name}\`1`, {
    interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
    members: [
      ...setMembers,
      property('Min', 'T', (v) => [...set(v).entries.values()][0] ?? null),
      property('Max', 'T', (v) => [...set(v).entries.values()].at(-1) ?? null),
    ],
    constructors: constructors(
      [`${name} new()`, (v) => make(v, undefined, false)],
      [`${name} new(System.Collections.Generic.IEnumerable[T] collection)`, (v, a) => make(v, a[0], false)],
      [
        `${name} new(System.Collections.IEqualityComparer comparer)`,
        (v, a) => make(v, undefined, ignoresCase(a[0])),
      ],
      [
        `${name} new(System.Collections.Generic.IEnumerable[T] collection, System.Collections.IEqualityComparer comparer)`,
        (v, a) => make(v, a[0], ignoresCase(a[1])),
      ],
    ),
  });
}

const arr = (v: Value): PSArray => v as PSArray;
const part = (a: PSArray, i: number): number => (a.lengths ? (a.lengths[i] as number) : a.items.length);
defineType(arrayBaseType.fullName, {
  members: [
    property('Length', 'int', (v) => arr(v).items.length),
    property('LongLength', 'long', (v) => BigInt(arr(v).items.length)),
    property('Rank', 'int', (v) => arr(v).lengths?.length ?? 1),
    property('SyncRoot', 'System.Object', (v) => v),
    property('IsReadOnly', 'bool', () => false),
    property('IsFixedSize', 'bool', () => true),
    property('IsSynchronized', 'bool', () => false),
    property('Count', 'int', (v) => arr(v).items.length),
    method([
      'System.Object Clone()',
      (v) => new PSArray([...arr(v).items], arr(v).elementType, arr(v).lengths),
    ]),
    method(['void CopyTo(array array, int index)', (v, a) => copyTo(arr(v).items, a[0], n(a[1]))]),
    method(['System.Collections.IEnumerator GetEnumerator()', (v) => enumeratorOf(arr(v).items)]),
    method(['int GetLength(int dimension)', (v, a) => part(arr(v), n(a[0]))]),
    method(['int GetLowerBound(int dimension)', () => 0]),
    method(['int GetUpperBound(int dimension)', (v, a) => part(arr(v), n(a[0])) - 1]),
    method([
      'System.Object GetValue(int index)',
      (v, a) => {
        const x = arr(v).items[n(a[0])];
        if (x === undefined)
          throw dotNetError('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
        return x;
      },
    ]),
    method([
      'void SetValue(System.Object value, int index)',
      (v, a) => {
        arr(v).items[n(a[1])] = convertTo(a[0] as Value, arr(v).elementType);
      },
    ]),
    method(['void Initialize()', () => undefined]),
    method(['int IndexOf(System.Object value)', (v, a) => find(arr(v).items, a[0] as Value)]),
    method(['bool Contains(System.Object value)', (v, a) => find(arr(v).items, a[0] as Value) >= 0]),
    method([
      'int Add(System.Object value)',
      () => {
        throw dotNetError('System.NotSupportedException', 'Collection was of a fixed size.');
      },
    ]),
    method([
      'void Remove(System.Object value)',
      () => {
        throw dotNetError('System.NotSupportedException', 'Collection was of a fixed size.');
      },
    ]),
    method([
      'void RemoveAt(int index)',
      () => {
        throw dotNetError('System.NotSupportedException', 'Collection was of a fixed size.');
      },
    ]),
    method([
      'void Insert(int index, System.Object value)',
      () => {
        throw dotNetError('System.NotSupportedException', 'Collection was of a fixed size.');
      },
    ]),
    method([
      'void Clear()',
      (v) => {
        arr(v).items.fill(defaultOf(arr(v).elementType));
      },
    ]),
    method([`System.Object get_Item(int index)`, (v, a) => arr(v).items[n(a[0])] ?? null]),
    method([
      'void set_Item(int index, System.Object value)',
      (v, a) => {
        arr(v).items[n(a[0])] = a[1] as Value;
      },
    ]),
    staticMethod(
      ['void Sort(array array)', (_v, a) => sortItems(arr(a[0] as Value).items, order)],
      ['void Sort(array keys, array items)', (_v, a) => sortPairs(arr(a[0] as Value), arr(a[1] as Value))],
      [
        'void Sort(array array, System.Object comparer)',
        (_v, a) => sortItems(arr(a[0] as Value).items, sorter(a[1])),
      ],
    ),
    staticMethod(
      ['void Reverse(array array)', (_v, a) => void arr(a[0] as Value).items.reverse()],
      [
        'void Reverse(array array, int index, int length)',
        (_v, a) => {
          const l = arr(a[0] as Value).items;
          const piece = l.slice(n(a[1]), n(a[1]) + n(a[2])).reverse();
          piece.forEach((x, i) => (l[n(a[1]) + i] = x));
        },
      ],
    ),
    staticMethod(
      [
        'int IndexOf(array array, System.Object value)',
        (_v, a) => find(arr(a[0] as Value).items, a[1] as Value),
      ],
      [
        'int IndexOf(array array, System.Object value, int startIndex)',
        (_v, a) => find(arr(a[0] as Value).items, a[1] as Value, n(a[2])),
      ],
    ),
    staticMethod([
      'int LastIndexOf(array array, System.Object value)',
      (_v, a) => {
        const l = arr(a[0] as Value).items;
        for (let i = l.length - 1; i >= 0; i--) if (same(l[i] as Value, a[1] as Value)) return i;
        return -1;
      },
    ]),
    staticMethod(
      [
        'void Copy(array sourceArray, array destinationArray, int length)',
        (_v, a) => copyTo(arr(a[0] as Value).items.slice(0, n(a[2])), a[1], 0),
      ],
      [
        'void Copy(array sourceArray, int sourceIndex, array destinationArray, int destinationIndex, int length)',
        (_v, a) => copyTo(arr(a[0] as Value).items.slice(n(a[1]), n(a[1]) + n(a[4])), a[2], n(a[3])),
      ],
    ),
    staticMethod([
      'void Resize([ref] System.Object array, int newSize)',
      (_v, a) => {
        if (!isReference(a[0] as Value)) return;
        const ref = (a[0] as never as { state: { get(): Value; set(v: Value): void } }).state;
        const before = ref.get() as PSArray;
        const next = before.items.slice(0, n(a[1]));
        while (next.length < n(a[1])) next.push(defaultOf(before.elementType));
        ref.set(new PSArray(next, before.elementType));
      },
    ]),
    staticMethod([
      'array CreateInstance(type elementType, int length)',
      (_v, a) =>
        new PSArray(new Array<Value>(n(a[1])).fill(defaultOf(a[0] as DotNetType)), a[0] as DotNetType),
    ]),
    staticMethod([
      'int BinarySearch(array array, System.Object value)',
      (_v, a) => binarySearch(arr(a[0] as Value).items, a[1] as Value),
    ]),
    staticMethod(
      [
        'void Clear(array array)',
        (_v, a) => void arr(a[0] as Value).items.fill(defaultOf(arr(a[0] as Value).elementType)),
      ],
      [
        'void Clear(array array, int index, int length)',
        (_v, a) =>
          void arr(a[0] as Value).items.fill(
            defaultOf(arr(a[0] as Value).elementType),
            n(a[1]),
            n(a[1]) + n(a[2]),
          ),
      ],
    ),
    staticMethod([
      'System.Object Find(array array, System.Object match)',
      (_v, a) => arr(a[0] as Value).items.find((x) => isTrue(call(a[1], x))) ?? null,
    ]),
    staticMethod([
      'System.Object FindAll(array array, System.Object match)',
      (_v, a) =>
        new PSArray(
          arr(a[0] as Value).items.filter((x) => isTrue(call(a[1], x))),
          arr(a[0] as Value).elementType,
        ),
    ]),
    staticMethod([
      'int FindIndex(array array, System.Object match)',
      (_v, a) => arr(a[0] as Value).items.findIndex((x) => isTrue(call(a[1], x))),
    ]),
    staticMethod([
      'bool Exists(array array, System.Object match)',
      (_v, a) => arr(a[0] as Value).items.some((x) => isTrue(call(a[1], x))),
    ]),
    staticMethod([
      'System.Object ConvertAll(array array, System.Object converter)',
      (_v, a) => new PSArray(arr(a[0] as Value).items.map((x) => call(a[1], x))),
    ]),
    staticMethod(['System.Object Empty()', () => new PSArray([])]),
  ],
});
function sortPairs(keys: PSArray, values: PSArray): void {
  const pairs = keys.items
    .map((k, i) => [k, values.items[i] as Value] as const)
    .sort((a, b) => order(a[0], b[0]));
  pairs.forEach(([k, v], i) => {
    keys.items[i] = k;
    values.items[i] = v;
  });
}
