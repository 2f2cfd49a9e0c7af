import type { EventId } from '../../../base/ids.ts';
import type { Instant } from '../../../base/time.ts';
import type { Owner } from '../keyed-map.ts';
import { keyed, mapDelete, mapPut } from '../keyed-map.ts';
import type { KeyNode, ValueNode } from './key-node.ts';
import { childKey, findKey, findValue, newKey } from './key-node.ts';
import type { RegistryHiveName, StoredRegistryValue } from './registry-value.ts';

/**
 * The two hives being edited. Keys that the editor made it changes in place; others it copies, with their parents,
 * when they are first written. Keys that were written, and the last one read, are remembered by their path.
 */
export class RegistryEditor {
  #owner: Owner = {};
  #hklm: KeyNode;
  #hku: KeyNode;
  #readHive: RegistryHiveName = 'HKLM';
  #readPath = '';
  #readKey: KeyNode | undefined;
  /** Keys that may be changed in place, by the path they were written through. */
  readonly #owned: Readonly<Record<RegistryHiveName, Map<string, KeyNode>>> = {
    HKLM: new Map(),
    HKU: new Map(),
  };
  /** What was found by path and is no key that may be changed in place; until any key is copied, made or removed. */
  readonly #found: Readonly<Record<RegistryHiveName, Map<string, KeyNode | undefined>>> = {
    HKLM: new Map(),
    HKU: new Map(),
  };
  #version = 0;
  /** The last value that was looked up: who writes one has mostly just read what was there. */
  #valueKey: KeyNode | undefined;
  #valueName = '';
  #value: ValueNode | undefined;

  constructor(hklm: KeyNode, hku: KeyNode) {
    this.#hklm = hklm;
    this.#hku = hku;
  }

  /** Changes with every write: who keeps something that it read compares it. */
  get version(): number {
    return this.#version;
  }

  root(hive: RegistryHiveName): KeyNode {
    return hive === 'HKLM' ? this.#hklm : this.#hku;
  }

  /** Gives up the ownership of all that was made: what `root` gave so far is immutable from now on. */
  release(): void {
    this.#owner = {};
    this.#owned.HKLM.clear();
    this.#owned.HKU.clear();
  }

  find(hive: RegistryHiveName, path: string): KeyNode | undefined {
    if (this.#readKey !== undefined && this.#readPath === path && this.#readHive === hive)
      return this.#readKey;
    const key = this.#owned[hive].get(path) ?? this.#look(hive, path);
    this.#readHive = hive;
    this.#readPath = path;
    this.#readKey = key;
    return key;
  }

  #look(hive: RegistryHiveName, path: string): KeyNode | undefined {
    const found = this.#found[hive];
    let key = found.get(path);
    if (key === undefined && !found.has(path)) {
      key = findKey(this.root(hive), path);
      if (found.size >= 1024) found.clear();
      found.set(path, key);
    }
    return key;
  }

  value(hive: RegistryHiveName, path: string, name: string): ValueNode | undefined {
    const key = this.find(hive, path);
    return key === undefined ? undefined : this.#valueOf(key, name);
  }

  #valueOf(key: KeyNode, name: string): ValueNode | undefined {
    if (this.#valueKey !== key || this.#valueName !== name) {
      this.#value = findValue(key, name);
      this.#valueKey = key;
      this.#valueName = name;
    }
    return this.#value;
  }

  create(hive: RegistryHiveName, path: string, at: Instant, writer: EventId | null): void {
    if (this.find(hive, path) === undefined) this.#own(hive, path, at, writer);
  }

  /** Makes the key and its parents where they are missing. */
  set(
    hive: RegistryHiveName,
    path: string,
    name: string,
    value: StoredRegistryValue,
    at: Instant,
    writer: EventId | null,
  ): void {
    const key = this.#own(hive, path, at, writer);
    const { folded, code } = keyed(name);
    const before = this.#valueOf(key, name);
    const node: ValueNode = {
      folded,
      code,
      name: before?.name ?? name,
      value,
      order: before?.order ?? key.nextOrder++,
      writer,
    };
    key.values = mapPut(key.values, node, this.#owner);
    this.#value = node;
    key.lastWrite = at;
    key.writer = writer;
  }

  /** False where there is no such value. */
  deleteValue(
    hive: RegistryHiveName,
    path: string,
    name: string,
    at: Instant,
    writer: EventId | null,
  ): boolean {
    if (this.value(hive, path, name) === undefined) return false;
    const key = this.#own(hive, path, at, writer);
    const { folded, code } = keyed(name);
    key.values = mapDelete(key.values, folded, code, this.#owner);
    this.#valueKey = undefined;
    key.lastWrite = at;
    key.writer = writer;
    return true;
  }

  /** With all below it. False where there is no such key; the root of a hive stays. */
  deleteKey(hive: RegistryHiveName, path: string, at: Instant, writer: EventId | null): boolean {
    const key = this.find(hive, path);
    if (key === undefined || path === '') return false;
    const parent = this.#own(hive, parentOf(path), at, writer);
    parent.keys = mapDelete(parent.keys, key.folded, key.code, this.#owner);
    parent.lastWrite = at;
    this.#forget();
    return true;
  }

  /** Takes a key with all below it off the registry; undefined where it is not there. */
  detach(hive: RegistryHiveName, path: string, at: Instant, writer: EventId | null): KeyNode | undefined {
    const key = this.find(hive, path);
    return key !== undefined && this.deleteKey(hive, path, at, writer) ? key : undefined;
  }

  /** Puts a key with all below it under the root of a hive; one of the name is replaced. */
  attach(hive: RegistryHiveName, node: KeyNode, name: string, at: Instant, writer: EventId | null): void {
    const root = this.#own(hive, '', at, writer);
    root.keys = mapPut(root.keys, node.copy(this.#owner, name), this.#owner);
    this.#forget();
  }

  /** False where the key is missing or the new name is taken. */
  renameKey(hive: RegistryHiveName, path: string, to: string, at: Instant, writer: EventId | null): boolean {
    const key = this.find(hive, path);
    if (key === undefined || path === '') return false;
    const parent = this.#own(hive, parentOf(path), at, writer);
    const taken = childKey(parent, to);
    if (taken !== undefined && taken.folded !== key.folded) return false;
    parent.keys = mapDelete(parent.keys, key.folded, key.code, this.#owner);
    parent.keys = mapPut(parent.keys, key.copy(this.#owner, to), this.#owner);
    parent.lastWrite = at;
    this.#forget();
    return true;
  }

  /** The key as one that may be changed in place, made with its parents where it is missing. */
  #own(hive: RegistryHiveName, path: string, at: Instant, writer: EventId | null): KeyNode {
    this.#version++;
    const known = this.#owned[hive].get(path);
    if (known !== undefined) return known;
    const owner = this.#owner;
    let key = this.root(hive);
    if (key.owner !== owner) {
      key = key.copy(owner);
      this.#found[hive].clear();
      if (hive === 'HKLM') this.#hklm = key;
      else this.#hku = key;
    }
    for (const name of path === '' ? [] : path.split('\\')) {
      const known = childKey(key, name);
      let next: KeyNode;
      if (known === undefined) {
        next = newKey(owner, name, at, writer);
        key.lastWrite = at;
      } else next = known.owner === owner ? known : known.copy(owner);
      if (next !== known) {
        key.keys = mapPut(key.keys, next, owner);
        this.#found[hive].clear();
      }
      key = next;
    }
    this.#owned[hive].set(path, key);
    this.#readKey = undefined;
    return key;
  }

  #forget(): void {
    this.#readKey = undefined;
    this.#found.HKLM.clear();
    this.#found.HKU.clear();
    this.#owned.HKLM.clear();
    this.#owned.HKU.clear();
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('\\'), 0));
