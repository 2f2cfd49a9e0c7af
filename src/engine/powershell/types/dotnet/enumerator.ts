import { DictionaryEntryValue, SequenceValue } from '../collections.ts';
import { dotNetError } from '../errors.ts';
import { defineType } from '../registry.ts';
import type { Value } from '../value.ts';
import { method, property } from './define.ts';

const self = (v: Value): EnumeratorValue => v as EnumeratorValue;

const enumeratorType = defineType('System.Collections.IEnumerator', {
  members: [
    property('Current', 'System.Object', (v) => self(v).current),
    method(['bool MoveNext()', (v) => self(v).moveNext()]),
    method([
      'void Reset()',
      (v) => {
        self(v).index = -1;
      },
    ]),
    method(['void Dispose()', () => undefined]),
  ],
});
const entry = (v: Value): DictionaryEntryValue => self(v).current as DictionaryEntryValue;
const dictionaryEnumeratorType = defineType('System.Collections.IDictionaryEnumerator', {
  baseType: enumeratorType,
  kind: 'interface',
  members: [
    property('Key', 'System.Object', (v) => entry(v).key),
    property('Value', 'System.Object', (v) => entry(v).value),
    property('Entry', 'System.Collections.DictionaryEntry', entry),
    property('Name', 'System.Object', (v) => entry(v).key),
  ],
});

/** What `GetEnumerator()` gives: a position in a collection, and for a pipeline the elements from there on. */
export class EnumeratorValue extends SequenceValue {
  readonly items: readonly Value[];
  index = -1;
  readonly #changed: () => boolean;
  constructor(items: readonly Value[], changed: () => boolean, ofDictionary: boolean) {
    super(ofDictionary ? dictionaryEnumeratorType : enumeratorType, () => this.rest());
    this.items = items;
    this.#changed = changed;
  }
  get current(): Value {
    const item = this.items[this.index];
    if (item === undefined)
      throw dotNetError(
        'System.InvalidOperationException',
        this.index < 0
          ? 'Enumeration has not started. Call MoveNext.'
          : 'Enumeration already finished.',
      );
    return item;
  }
  moveNext(): boolean {
    if (this.#changed())
      throw dotNetError(
        'System.InvalidOperationException',
        'Collection was modified; enumeration operation may not execute.',
      );
    if (this.index < this.items.length) this.index++;
    return this.index < this.items.length;
  }
  *rest(): Generator<Value, void> {
    while (this.moveNext()) yield this.current;
  }
}

/** An enumerator over `items`; with the collection it notices that the collection was changed meanwhile. */
export function enumeratorOf(
  items: readonly Value[],
  collection?: { readonly version: number },
  ofDictionary = false,
): EnumeratorValue {
  const version = collection?.version;
  return new EnumeratorValue(items, () => collection?.version !== version, ofDictionary);
}
