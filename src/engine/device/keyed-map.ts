import { upperInvariant } from '../clock/case.ts';

/**
 * Persistent map of named things, a 32-way trie over a hash of the folded name. Its shape depends only on the names in
 * it, never on how they got there, so equal maps have equal hashes and two versions can be compared branch by branch.
 *
 * Edits are made under an owner: what a draft made itself it changes in place, what it found it copies first. An owner
 * that is given up (a frozen draft) leaves an immutable map.
 */
export interface Keyed {
  /** Upper-cased name; unique in its map. */
  readonly folded: string;
  /** `codeOf(folded)`. */
  readonly code: number;
}

/** Identity of a draft; compared by reference only. */
export type Owner = object;

export type KeyedMap<T extends Keyed> = Branch<T> | null;

type Slot<T extends Keyed> = T | Branch<T>;

/** Deeper than the bits of a hash: names whose hashes are equal stand in one bucket, ordered by name. */
const bucketDepth = 7;

export class Branch<T extends Keyed> {
  owner: Owner | null;
  /** Which of the 32 slots are filled; 0 in a bucket. */
  mask: number;
  readonly slots: Slot<T>[];
  size: number;
  /** Hash of the content, made when asked for; undefined after an edit. */
  digest: Uint8Array | undefined;

  constructor(owner: Owner | null, mask: number, slots: Slot<T>[], size: number) {
    this.owner = owner;
    this.mask = mask;
    this.slots = slots;
    this.size = size;
    this.digest = undefined;
  }
}

const knownNames: string[] = new Array<string>(512).fill('');
const knownKeys: Keyed[] = new Array<Keyed>(512).fill({ folded: '', code: codeOf('') });

/**
 * Upper-cased name and its hash. Some of the last answers are kept, each in the place that length and some characters of
 * the name say: names come again and again, and a write looks its name up more than once.
 */
export function keyed(name: string): Keyed {
  const { length } = name;
  const place =
    length === 0
      ? 0
      : (length * 67 +
          name.charCodeAt(0) * 5 +
          name.charCodeAt(length >> 1) * 11 +
          name.charCodeAt(length - 1) * 31) &
        511;
  if (knownNames[place] === name) return knownKeys[place] as Keyed;
  const folded = upperInvariant(name);
  const key = { folded, code: codeOf(folded) };
  knownNames[place] = name;
  knownKeys[place] = key;
  return key;
}

const parts = new Map<string, Keyed>();

/** As `keyed`, for parts of paths, which come again and again: their answers are kept. */
export function keyedPart(name: string): Keyed {
  let key = parts.get(name);
  if (key === undefined) {
    const folded = upperInvariant(name);
    key = { folded, code: codeOf(folded) };
    if (parts.size >= 8192) parts.clear();
    parts.set(name, key);
  }
  return key;
}

/** The same where upper and lower case differ (memory keys, purposes). */
export function keyedExactly(name: string): Keyed {
  return { folded: name, code: codeOf(name) };
}

/** 32 bit, of the folded name. */
export function codeOf(folded: string): number {
  let code = 0x811c9dc5;
  for (let i = 0; i < folded.length; i++) code = Math.imul(code ^ folded.charCodeAt(i), 0x01000193);
  // The trie takes the low bits first, where FNV is weakest.
  code ^= code >>> 15;
  code = Math.imul(code, 0x2c1b3c6d);
  return (code ^ (code >>> 13)) >>> 0;
}

export const mapSize = <T extends Keyed>(map: KeyedMap<T>): number => (map === null ? 0 : map.size);

export function mapGet<T extends Keyed>(map: KeyedMap<T>, folded: string, code: number): T | undefined {
  let at = map;
  for (let depth = 0; at !== null; depth++) {
    if (depth === bucketDepth) return (at.slots as T[]).find((entry) => entry.folded === folded);
    const bit = 1 << ((code >>> (depth * 5)) & 31);
    if ((at.mask & bit) === 0) return undefined;
    const found: Slot<T> | undefined = at.slots[ones(at.mask & (bit - 1))];
    if (!(found instanceof Branch)) return found?.folded === folded ? found : undefined;
    at = found;
  }
  return undefined;
}

/** Adds the entry or replaces the one of the same name. */
export function mapPut<T extends Keyed>(map: KeyedMap<T>, entry: T, owner: Owner): Branch<T> {
  return put(map ?? new Branch<T>(owner, 0, [], 0), entry, owner, 0);
}

/** The same map where there is no such name; null where the last entry went. */
export function mapDelete<T extends Keyed>(
  map: KeyedMap<T>,
  folded: string,
  code: number,
  owner: Owner,
): KeyedMap<T> {
  if (map === null) return null;
  const left = without(map, folded, code, owner, 0);
  return left.size > 0 ? left : null;
}

/** Entries in the order of the trie: the same for equal maps, but no order a person would know. */
export function* mapEntries<T extends Keyed>(map: KeyedMap<T>): Generator<T, void, undefined> {
  if (map === null) return;
  for (const slot of map.slots) {
    if (slot instanceof Branch) yield* mapEntries(slot);
    else yield slot;
  }
}

/** The same as a list. */
export function mapList<T extends Keyed>(map: KeyedMap<T>): T[] {
  const list: T[] = [];
  if (map !== null) collect(map, list);
  return list;
}

/** Calls `differ` for each name whose entry is not the same object in both; shared branches are skipped. */
export function mapDiff<T extends Keyed>(
  a: KeyedMap<T>,
  b: KeyedMap<T>,
  differ: (before: T | undefined, after: T | undefined) => void,
): void {
  if (a === b) return;
  diffSlots(a ?? undefined, b ?? undefined, 0, differ);
}

function put<T extends Keyed>(branch: Branch<T>, entry: T, owner: Owner, depth: number): Branch<T> {
  const own = owned(branch, owner);
  if (depth === bucketDepth) {
    const at = (own.slots as T[]).findIndex((one) => one.folded >= entry.folded);
    if (at >= 0 && (own.slots[at] as T).folded === entry.folded) own.slots[at] = entry;
    else {
      own.slots.splice(at < 0 ? own.slots.length : at, 0, entry);
      own.size++;
    }
    return own;
  }
  const bit = 1 << ((entry.code >>> (depth * 5)) & 31);
  const index = ones(own.mask & (bit - 1));
  if ((own.mask & bit) === 0) {
    insertAt(own.slots, index, entry);
    own.mask |= bit;
    own.size++;
    return own;
  }
  const found = own.slots[index] as Slot<T>;
  if (found instanceof Branch) {
    const before = found.size;
    const after = put(found, entry, owner, depth + 1);
    own.slots[index] = after;
    own.size += after.size - before;
  } else if (found.folded === entry.folded) own.slots[index] = entry;
  else {
    own.slots[index] = pairOf(found, entry, owner, depth + 1);
    own.size++;
  }
  return own;
}

/** A branch of two entries of different names. */
function pairOf<T extends Keyed>(a: T, b: T, owner: Owner, depth: number): Branch<T> {
  if (depth === bucketDepth) return new Branch<T>(owner, 0, a.folded < b.folded ? [a, b] : [b, a], 2);
  const left = (a.code >>> (depth * 5)) & 31;
  const right = (b.code >>> (depth * 5)) & 31;
  if (left === right) return new Branch<T>(owner, 1 << left, [pairOf(a, b, owner, depth + 1)], 2);
  return new Branch<T>(owner, (1 << left) | (1 << right), left < right ? [a, b] : [b, a], 2);
}

function without<T extends Keyed>(
  branch: Branch<T>,
  folded: string,
  code: number,
  owner: Owner,
  depth: number,
): Branch<T> {
  if (depth === bucketDepth) {
    const at = (branch.slots as T[]).findIndex((one) => one.folded === folded);
    if (at < 0) return branch;
    const own = owned(branch, owner);
    own.slots.splice(at, 1);
    own.size--;
    return own;
  }
  const bit = 1 << ((code >>> (depth * 5)) & 31);
  if ((branch.mask & bit) === 0) return branch;
  const index = ones(branch.mask & (bit - 1));
  const found = branch.slots[index] as Slot<T>;
  if (found instanceof Branch) {
    const before = found.size;
    const after = without(found, folded, code, owner, depth + 1);
    if (after.size === before) return branch;
    const own = owned(branch, owner);
    // A branch with one entry left gives way to it, as if there had never been another.
    own.slots[index] =
      after.size === 1 && !(after.slots[0] instanceof Branch) ? (after.slots[0] as T) : after;
    own.size--;
    return own;
  }
  if (found.folded !== folded) return branch;
  const own = owned(branch, owner);
  own.slots.splice(index, 1);
  own.mask &= ~bit;
  own.size--;
  return own;
}

function owned<T extends Keyed>(branch: Branch<T>, owner: Owner): Branch<T> {
  if (branch.owner === owner) {
    branch.digest = undefined;
    return branch;
  }
  return new Branch(owner, branch.mask, branch.slots.slice(), branch.size);
}

/** As `splice`, which costs several times more on arrays this small. */
function insertAt<T>(list: T[], index: number, item: T): void {
  list.push(item);
  for (let i = list.length - 1; i > index; i--) list[i] = list[i - 1] as T;
  list[index] = item;
}

function collect<T extends Keyed>(branch: Branch<T>, list: T[]): void {
  for (const slot of branch.slots) {
    if (slot instanceof Branch) collect(slot, list);
    else list.push(slot);
  }
}

function diffSlots<T extends Keyed>(
  a: Slot<T> | undefined,
  b: Slot<T> | undefined,
  depth: number,
  differ: (before: T | undefined, after: T | undefined) => void,
): void {
  if (a === b) return;
  if (a instanceof Branch && b instanceof Branch && depth < bucketDepth) {
    let bits = a.mask | b.mask;
    while (bits !== 0) {
      const bit = bits & -bits;
      bits ^= bit;
      const left = (a.mask & bit) === 0 ? undefined : a.slots[ones(a.mask & (bit - 1))];
      const right = (b.mask & bit) === 0 ? undefined : b.slots[ones(b.mask & (bit - 1))];
      diffSlots(left, right, depth + 1, differ);
    }
    return;
  }
  const before = entriesOf(a);
  const after = new Map(entriesOf(b).map((entry) => [entry.folded, entry]));
  for (const entry of before) {
    const other = after.get(entry.folded);
    after.delete(entry.folded);
    if (other !== entry) differ(entry, other);
  }
  for (const entry of after.values()) differ(undefined, entry);
}

function entriesOf<T extends Keyed>(slot: Slot<T> | undefined): T[] {
  return slot === undefined ? [] : slot instanceof Branch ? mapList(slot) : [slot];
}

/** Number of bits that are set. */
function ones(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
