import type { Keyed, KeyedMap, Owner } from './keyed-map.ts';
import { keyed, mapDelete, mapGet, mapList, mapPut } from './keyed-map.ts';

/** A map of a device being edited, by names without case. */
export class Table<T extends Keyed> {
  #owner: Owner = {};
  #map: KeyedMap<T>;

  constructor(map: KeyedMap<T>) {
    this.#map = map;
  }

  /** Immutable from the next `release` on. */
  get map(): KeyedMap<T> {
    return this.#map;
  }

  release(): void {
    this.#owner = {};
  }

  get(name: string): T | undefined {
    const { folded, code } = keyed(name);
    return mapGet(this.#map, folded, code);
  }

  put(entry: T): void {
    this.#map = mapPut(this.#map, entry, this.#owner);
  }

  /** False where there is no such entry. */
  delete(entry: Keyed | undefined): boolean {
    if (entry === undefined || mapGet(this.#map, entry.folded, entry.code) === undefined) return false;
    this.#map = mapDelete(this.#map, entry.folded, entry.code, this.#owner);
    return true;
  }

  clear(): void {
    this.#map = null;
  }

  /** By name. */
  list(): T[] {
    return mapList(this.#map).sort((a, b) => (a.folded < b.folded ? -1 : 1));
  }
}
