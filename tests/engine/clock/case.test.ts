import fc from 'fast-check';
import { expect, test } from 'vitest';

import { compareIgnoreCase, equalsIgnoreCase, upperInvariant } from '../../../src/engine/clock/case.ts';

test('folds one code unit to one, also where the language would lengthen or fold into ASCII', () => {
  expect(['straße', 'ÄÖüé', 'ı', 'ſ', 'ÿ', 'ά', 'ж', 'ﬁ', '\ud801\udc28'].map(upperInvariant)).toEqual([
    'STRAßE',
    'ÄÖÜÉ',
    'ı',
    'ſ',
    'Ÿ',
    'Ά',
    'Ж',
    'ﬁ',
    '\ud801\udc28',
  ]);
});

test('keeps length and is stable under itself', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffff)), (units) => {
      const text = String.fromCharCode(...units);
      const upper = upperInvariant(text);
      return upper.length === text.length && upperInvariant(upper) === upper;
    }),
  );
});

test('orders by the upper-cased text: an underscore stands after letters', () => {
  expect(['a_b', 'aB', 'Ab', 'AA'].sort(compareIgnoreCase)).toEqual(['AA', 'aB', 'Ab', 'a_b']);
  expect([equalsIgnoreCase('Größe', 'GRÖßE'), equalsIgnoreCase('a', 'ab')]).toEqual([true, false]);
});
