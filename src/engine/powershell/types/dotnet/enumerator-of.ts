import { DictionaryEntryValue } from '../collections.ts';
import { EnumeratorValue, enumeratorType } from '../enumerator.ts';
import { defineType } from '../registry.ts';
import type { Value } from '../value.ts';
import { property } from './define.ts';

const dictionaryEnumeratorType = defineType('System.Collections.IDictionaryEnumerator', {
  baseType: enumeratorType,
  members: [
    property('Entry', 'System.Collections.DictionaryEntry', (v) => (v as EnumeratorValue).current),
    property('Name', 'System.Object', (v) => {
      const { current } = v as EnumeratorValue;
      return current instanceof DictionaryEntryValue ? current.key : null;
    }),
  ],
});

/** An enumerator over `items`; with the collection it notices that the collection was changed meanwhile. */
export const enumeratorOf = (
  items: readonly Value[],
  collection?: { readonly version: number },
  ofDictionary = false,
): EnumeratorValue =>
  new EnumeratorValue(ofDictionary ? dictionaryEnumeratorType : enumeratorType, items, collection);
