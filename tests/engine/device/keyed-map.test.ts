import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Keyed, KeyedMap } from '../../../src/engine/device/keyed-map.ts';
import {
  Branch,
  mapDelete,
  mapDiff,
  mapGet,
  mapList,
  mapPut,
  mapSize,
} from '../../../src/engine/device/keyed-map.ts';

interface Entry extends Keyed {
  readonly value: number;
}
type Command = {
  readonly put: boolean;
  readonly name: string;
  readonly value: number;
  readonly freeze: boolean;
};

/** Few hashes, so that names collide at every depth and in buckets. */
const codes: Readonly<Record<string, number>> = {
  A: 0,
  B: 0,
  C: 0,
  D: 1,
  E: 32,
  F: 0x80000000,
  G: 0x80000001,
  H: 7,
  I: 7,
};
const entry = (name: string, value: number): Entry => ({ folded: name, code: codes[name] ?? 0, value });
const command: fc.Arbitrary<Command> = fc.record({
  put: fc.boolean(),
  name: fc.constantFrom(...Object.keys(codes)),
  value: fc.nat(3),
  freeze: fc.boolean(),
});

const shape = (map: KeyedMap<Entry>): unknown =>
  map && [
    map.mask,
    map.size,
    map.slots.map((slot) => (slot instanceof Branch ? shape(slot) : [slot.folded, slot.value])),
  ];

function run(
  commands: readonly Command[],
  seen?: (map: KeyedMap<Entry>, model: Map<string, number>) => void,
) {
  let map: KeyedMap<Entry> = null;
  const model = new Map<string, number>();
  let owner = {};
  for (const { put, name, value, freeze } of commands) {
    if (put) {
      map = mapPut(map, entry(name, value), owner);
      model.set(name, value);
    } else {
      map = mapDelete(map, name, codes[name] ?? 0, owner);
      model.delete(name);
    }
    if (freeze) {
      owner = {};
      seen?.(map, new Map(model));
    }
  }
  return { map, model };
}

test('holds what was put in, and older versions stay as they were', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const frozen: [KeyedMap<Entry>, Map<string, number>][] = [];
      run(commands, (map, model) => frozen.push([map, model]));
      for (const [map, model] of frozen) {
        expect(new Map(mapList(map).map(({ folded, value }) => [folded, value]))).toEqual(model);
        expect(mapSize(map)).toBe(model.size);
        for (const name of Object.keys(codes))
          expect(mapGet(map, name, codes[name] ?? 0)?.value).toBe(model.get(name));
      }
    }),
  );
});

test('its shape depends only on what is in it', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const { map, model } = run(commands);
      const direct = run([...model].map(([name, value]) => ({ put: true, name, value, freeze: false })));
      expect(shape(map)).toEqual(shape(direct.map));
    }),
  );
});

test('differences of two versions are those of their contents', () => {
  fc.assert(
    fc.property(
      fc.array(command, { maxLength: 30 }),
      fc.array(command, { maxLength: 30 }),
      (first, second) => {
        const a = run(first);
        const b = run([...first, { put: true, name: 'A', value: 9, freeze: true }, ...second]);
        const found = new Map<string, readonly [number | undefined, number | undefined]>();
        mapDiff(a.map, b.map, (before, after) => {
          if (before?.value !== after?.value)
            found.set((before ?? after)?.folded ?? '', [before?.value, after?.value]);
        });
        const names = new Set([...a.model.keys(), ...b.model.keys()]);
        const expected = new Map(
          [...names]
            .map((name) => [name, [a.model.get(name), b.model.get(name)]] as const)
            .filter(([, [before, after]]) => before !== after),
        );
        expect(new Map([...found].sort())).toEqual(new Map([...expected].sort()));
      },
    ),
  );
});
