import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { Rows } from '../cloud/rows.ts';
import { hashDevice } from '../device/device-hash.ts';
import type { World } from './world.ts';

const known = new WeakMap<object, string>();

/**
 * Hash of plain data, independent of the order in which fields were made. Remembered per object: with structural
 * sharing only what changed since the last hash is read again.
 */
export function hashData(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `${typeof value}:${String(value)}`;
  const before = known.get(value);
  if (before !== undefined) return before;
  const parts = Array.isArray(value)
    ? ['[', ...value.map(hashData)]
    : value instanceof Rows
      ? ['{', ...value.entries().flatMap(([key, row]) => [key, hashData(row)])]
      : [
          '{',
          ...Object.keys(value)
            .sort()
            .flatMap((key) => [key, hashData((value as Record<string, unknown>)[key])]),
        ];
  const hash = digest(parts);
  known.set(value, hash);
  return hash;
}

function digest(parts: readonly string[]): string {
  return bytesToHex(sha256(utf8ToBytes(parts.map((part) => `${part.length}:${part}`).join('')))).slice(0, 32);
}

/** Names a world's state: equal for equal worlds, whatever way led to them. Events are no part of it. */
export function hashWorld(world: World): string {
  const parts = [world.seed, String(world.now), String(world.inputs), hashData(world.cloud)];
  for (const [id, device] of world.devices)
    parts.push(id, hashDevice(device), String(world.cursors.get(id) ?? world.now));
  for (const entry of world.queue.entries())
    parts.push(
      String(entry.at),
      entry.device,
      String(entry.seq),
      entry.kind,
      hashData(entry.data),
      entry.group ?? '',
    );
  for (const id of [...world.held.keys()].sort())
    for (const { at, seq, kind, data, group } of world.held.get(id) ?? [])
      parts.push('held', id, String(at), String(seq), kind, hashData(data), group ?? '');
  for (const key of [...world.snapshots.keys()].sort()) {
    const snapshot = world.snapshots.get(key);
    if (snapshot) parts.push(key, String(snapshot.takenAt), hashDevice(snapshot.device));
  }
  for (const key of [...world.counters.keys()].sort()) {
    const counters = world.counters.get(key);
    parts.push(key, `${counters?.events ?? 0}/${counters?.entries ?? 0}`);
  }
  return digest(parts);
}
