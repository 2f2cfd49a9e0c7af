import { sha256 } from '@noble/hashes/sha2.js';
import { guid } from '../../base/ids.ts';
import type { Guid } from '../../base/ids.ts';
import { toUint8Array, utf8Encode } from '../../base/bytes.ts';

/** A GUID that looks like a random one (version 4) and is always the same for the same parts. */
export function guidFromHash(...parts: readonly string[]): Guid {
  const digest = sha256(toUint8Array(utf8Encode(parts.join('\n'))));
  const hex = [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'[parseInt(hex[16] ?? '0', 16) & 3] ?? '8';
  return guid(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
}

/** 32 bytes for a key, from the hash of its parts. */
export function keyFromHash(...parts: readonly string[]): Uint8Array {
  return sha256(toUint8Array(utf8Encode(parts.join('\n'))));
}
