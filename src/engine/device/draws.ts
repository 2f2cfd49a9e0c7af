import type { DrawRecord } from './device.ts';
import type { KeyedMap, Owner } from './keyed-map.ts';
import { keyedExactly, mapGet, mapPut } from './keyed-map.ts';
import { RandomNumbers } from './random.ts';

/** How many numbers each purpose has drawn, and the next one. Counts are written to the map when it is asked for. */
export class Draws {
  readonly #numbers: RandomNumbers;
  readonly #counts = new Map<string, number>();
  #map: KeyedMap<DrawRecord>;

  constructor(map: KeyedMap<DrawRecord>, seed: string, device: string) {
    this.#map = map;
    this.#numbers = new RandomNumbers(seed, device);
  }

  next(purpose: string): number {
    let count = this.#counts.get(purpose);
    if (count === undefined) {
      const { folded, code } = keyedExactly(purpose);
      count = mapGet(this.#map, folded, code)?.count ?? 0;
    }
    this.#counts.set(purpose, count + 1);
    return this.#numbers.draw(purpose, count + 1);
  }

  release(): KeyedMap<DrawRecord> {
    const owner: Owner = {};
    for (const [purpose, count] of this.#counts)
      this.#map = mapPut(this.#map, { ...keyedExactly(purpose), count }, owner);
    this.#counts.clear();
    return this.#map;
  }
}
