import type { EventId } from '../../../base/ids.ts';
import type { Instant } from '../../../base/time.ts';
import type { Keyed, KeyedMap, Owner } from '../keyed-map.ts';
import { keyed, keyedPart, mapGet, mapList } from '../keyed-map.ts';
import type { StoredRegistryValue } from './registry-value.ts';

/** A value as it stands in its key. Never changed: a write puts a new one in its place. */
export interface ValueNode extends Keyed {
  /** As first written; '' is the default value. */
  readonly name: string;
  readonly value: StoredRegistryValue;
  /** Place in the order in which the key's values were made. */
  readonly order: number;
  readonly writer: EventId | null;
}

/** A key. Changed in place by the draft that owns it, immutable for everybody else. */
export class KeyNode implements Keyed {
  readonly owner: Owner | null;
  readonly name: string;
  readonly folded: string;
  readonly code: number;
  keys: KeyedMap<KeyNode> = null;
  values: KeyedMap<ValueNode> = null;
  lastWrite: Instant;
  /** The event that made the key, or last changed its values. */
  writer: EventId | null;
  nextOrder = 0;
  digest: Uint8Array | undefined = undefined;

  constructor(
    owner: Owner | null,
    name: string,
    folded: string,
    code: number,
    at: Instant,
    writer: EventId | null,
  ) {
    this.owner = owner;
    this.name = name;
    this.folded = folded;
    this.code = code;
    this.lastWrite = at;
    this.writer = writer;
  }

  copy(owner: Owner, name = this.name): KeyNode {
    const { folded, code } = name === this.name ? this : keyed(name);
    const copy = new KeyNode(owner, name, folded, code, this.lastWrite, this.writer);
    copy.keys = this.keys;
    copy.values = this.values;
    copy.nextOrder = this.nextOrder;
    return copy;
  }
}

export function newKey(owner: Owner, name: string, at: Instant, writer: EventId | null): KeyNode {
  const { folded, code } = keyed(name);
  return new KeyNode(owner, name, folded, code, at, writer);
}

export function childKey(key: KeyNode, name: string): KeyNode | undefined {
  if (key.keys === null) return undefined;
  const { folded, code } = keyedPart(name);
  return mapGet(key.keys, folded, code);
}

export function findKey(root: KeyNode, path: string): KeyNode | undefined {
  let key: KeyNode | undefined = root;
  if (path === '') return key;
  for (const name of path.split('\\')) {
    key = childKey(key, name);
    if (key === undefined) return undefined;
  }
  return key;
}

export function findValue(key: KeyNode, name: string): ValueNode | undefined {
  const { folded, code } = keyed(name);
  return mapGet(key.values, folded, code);
}

/** In the order of the registry: by upper-cased name. */
export function subKeysOf(key: KeyNode): KeyNode[] {
  return mapList(key.keys).sort((a, b) => (a.folded < b.folded ? -1 : 1));
}

/** In the order in which they were made. */
export function valuesOf(key: KeyNode): ValueNode[] {
  return mapList(key.values).sort((a, b) => a.order - b.order);
}
