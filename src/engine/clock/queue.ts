import type { Instant } from '../../base/time.ts';
import type { Compare, OrderedTree } from './ordered-tree.ts';
import { treeFirst, treeInsert, treeItems, treeRemove, treeSize, treeWithoutFirst } from './ordered-tree.ts';

/** What the queue needs to know of an entry. `seq` is unique within its device. */
export interface Queued {
  readonly at: Instant;
  /** A device id, or `*` for the cloud and the whole world. */
  readonly device: string;
  readonly seq: number;
  /** Entries of one device and group are dropped together. */
  readonly group: string | null;
}

/**
 * Pending work as an immutable value, ordered by (at, device, seq). Every change gives a new queue that shares with
 * the old one; it costs O(log n) and leaves the old one as it was.
 */
export class Queue<T extends Queued> {
  private readonly byTime: OrderedTree<T>;
  private readonly byGroup: OrderedTree<T>;

  private constructor(byTime: OrderedTree<T>, byGroup: OrderedTree<T>) {
    this.byTime = byTime;
    this.byGroup = byGroup;
  }

  static empty<T extends Queued>(): Queue<T> {
    return new Queue<T>(null, null);
  }

  get size(): number {
    return treeSize(this.byTime);
  }

  first(): T | undefined {
    return treeFirst(this.byTime);
  }

  insert(entry: T): Queue<T> {
    return new Queue(treeInsert(this.byTime, entry, inTime), treeInsert(this.byGroup, entry, inGroup));
  }

  /** Undefined where the queue is empty. */
  popFirst(): { readonly entry: T; readonly rest: Queue<T> } | undefined {
    const entry = treeFirst(this.byTime);
    if (entry === undefined) return undefined;
    return {
      entry,
      rest: new Queue(treeWithoutFirst(this.byTime), treeRemove(this.byGroup, entry, inGroup)),
    };
  }

  remove(entry: T): Queue<T> {
    const byTime = treeRemove(this.byTime, entry, inTime);
    return byTime === this.byTime ? this : new Queue(byTime, treeRemove(this.byGroup, entry, inGroup));
  }

  /** `removed` in the order of the queue; the same queue where the group has no entry. */
  removeGroup(device: string, group: string): { readonly queue: Queue<T>; readonly removed: readonly T[] } {
    const removed: T[] = [];
    for (const entry of treeItems(
      this.byGroup,
      (item) => text(item.device, device) || groups(item.group, group),
    )) {
      if (entry.device !== device || entry.group !== group) break;
      removed.push(entry);
    }
    return { queue: this.without(removed), removed };
  }

  /** Drops all that a device waits for (a snapshot of it is restored). */
  removeDevice(device: string): { readonly queue: Queue<T>; readonly removed: readonly T[] } {
    const removed = this.ofDevice(device);
    return { queue: this.without(removed), removed };
  }

  /** Entries of one device in the order of the queue. */
  ofDevice(device: string): readonly T[] {
    const found: T[] = [];
    for (const entry of treeItems(this.byGroup, (item) => text(item.device, device))) {
      if (entry.device !== device) break;
      found.push(entry);
    }
    return found.sort(inTime);
  }

  /** All entries in order; lazily, so the first few of many are cheap. */
  entries(): Generator<T, void, undefined> {
    return treeItems(this.byTime);
  }

  private without(removed: readonly T[]): Queue<T> {
    if (removed.length === 0) return this;
    let byTime = this.byTime;
    let byGroup = this.byGroup;
    for (const entry of removed) {
      byTime = treeRemove(byTime, entry, inTime);
      byGroup = treeRemove(byGroup, entry, inGroup);
    }
    return new Queue(byTime, byGroup);
  }
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const groups = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? -1 : b === null ? 1 : text(a, b);
const inTime: Compare<Queued> = (a, b) => a.at - b.at || text(a.device, b.device) || a.seq - b.seq;
const inGroup: Compare<Queued> = (a, b) =>
  text(a.device, b.device) || groups(a.group, b.group) || a.at - b.at || a.seq - b.seq;
