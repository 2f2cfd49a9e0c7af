import { cbc } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { zipSync } from 'fflate';
import type { Bytes } from '../../base/bytes.ts';
import { fromUint8Array, toUint8Array, utf8Encode } from '../../base/bytes.ts';
import type { AppContent } from './admin-actions.ts';
import { toBase64 } from '../../base/base64.ts';
import type { CloudPackage } from './cloud-state.ts';
import { keyFromHash } from './guid-from-hash.ts';

/**
 * The encrypted content of an app as the packaging tool makes it and the service serves it:
 * `[HMAC-SHA256 of the rest][IV][AES-256-CBC of the zip of the folder]`. Keys come from the hash of the parts, so the
 * same folder gives the same bytes.
 */
export function packContent(
  content: AppContent,
  path: string,
  ...seed: readonly string[]
): { readonly bytes: Bytes; readonly package: CloudPackage } {
  const zip = zipFolder(content);
  const digest = sha256(zip);
  const encryptionKey = keyFromHash('encryption', ...seed, toBase64(digest));
  const macKey = keyFromHash('mac', ...seed, toBase64(digest));
  const initializationVector = keyFromHash('iv', ...seed, toBase64(digest)).subarray(0, 16);
  const body = join(initializationVector, cbc(encryptionKey, initializationVector).encrypt(zip));
  const mac = hmac(sha256, macKey, body);
  const whole = join(mac, body);
  return {
    bytes: fromUint8Array(whole),
    package: {
      path,
      size: whole.length,
      encryptionKey: toBase64(encryptionKey),
      macKey: toBase64(macKey),
      initializationVector: toBase64(initializationVector),
      mac: toBase64(mac),
      fileDigest: toBase64(digest),
    },
  };
}

function zipFolder(content: AppContent): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  for (const { name, text } of content.files)
    files[name.replaceAll('\\', '/')] = toUint8Array(utf8Encode(text));
  // A fixed date: zip keeps local time, and the package must not depend on when it was made.
  return zipSync(files, { level: 6, mtime: '2026-01-01T00:00:00' });
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const out = new Uint8Array(first.length + second.length);
  out.set(first);
  out.set(second, first.length);
  return out;
}
