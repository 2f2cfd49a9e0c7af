import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Rows } from '../../../src/engine/cloud/rows.ts';

const key = fc.string({ unit: fc.constantFrom('a', 'B', 'é', '1'), maxLength: 3 });
const edit = fc.oneof(
  fc.record({ put: key, value: fc.nat() }),
  fc.record({ remove: key }),
  fc.record({ keepBelow: fc.nat({ max: 1_000_000 }) }),
);

test('rows are a map in the order of its keys, and an older table stays as it was', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
      const expected = new Map<string, number>();
      let rows = Rows.none<number>();
      for (const one of edits) {
        const before = rows;
        const held = before.entries();
        if ('put' in one) {
          rows = rows.with(one.put, one.value);
          expected.set(one.put, one.value);
        } else if ('remove' in one) {
          rows = rows.without(one.remove);
          expected.delete(one.remove);
        } else {
          rows = rows.filter((value) => value < one.keepBelow);
          for (const [name, value] of expected) if (value >= one.keepBelow) expected.delete(name);
        }
        expect(before.entries()).toEqual(held);
      }
      const sorted = [...expected].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(rows.entries()).toEqual(sorted);
      expect(rows.values()).toEqual(sorted.map(([, value]) => value));
      expect(rows.size).toBe(expected.size);
      for (const name of ['a', 'B', '']) expect(rows.get(name)).toBe(expected.get(name));
    }),
  );
});
