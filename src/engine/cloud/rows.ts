import type { OrderedTree } from '../clock/ordered-tree.ts';
import { treeInsert, treeItems, treeRemove, treeSize } from '../clock/ordered-tree.ts';

interface Row<V> {
  readonly key: string;
  readonly value: V;
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;

/**
 * A table of the service: an immutable map in the order of its keys. A changed row costs the logarithm of the table's
 * size, where copying a table for each answer of a fleet would cost its size.
 */
export class Rows<V> {
  readonly #tree: OrderedTree<Row<V>>;

  private constructor(tree: OrderedTree<Row<V>>) {
    this.#tree = tree;
  }

  static readonly #none = new Rows<never>(null);

  static none<V>(): Rows<V> {
    return Rows.#none as Rows<V>;
  }

  get size(): number {
    return treeSize(this.#tree);
  }

  get(key: string): V | undefined {
    let at = this.#tree;
    while (at !== null) {
      if (key === at.item.key) return at.item.value;
      at = key < at.item.key ? at.left : at.right;
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** With the row added, or in the place of the one with its key. */
  with(key: string, value: V): Rows<V> {
    return new Rows(treeInsert(this.#tree, { key, value }, byKey));
  }

  /** Without the row; the same table where there is none. */
  without(key: string): Rows<V> {
    const found = this.get(key);
    return found === undefined ? this : new Rows(treeRemove(this.#tree, { key, value: found }, byKey));
  }

  /** Only the rows that `keep` is true for; the same table where it is for all. */
  filter(keep: (value: V, key: string) => boolean): Rows<V> {
    return this.entries().reduce<Rows<V>>(
      (rows, [key, value]) => (keep(value, key) ? rows : rows.without(key)),
      this,
    );
  }

  /** In the order of the keys. */
  values(): V[] {
    return Array.from(treeItems(this.#tree), ({ value }) => value);
  }

  entries(): (readonly [string, V])[] {
    return Array.from(treeItems(this.#tree), ({ key, value }) => [key, value] as const);
  }
}
