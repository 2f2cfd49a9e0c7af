import { cbc } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { unzipSync } from 'fflate';
import { fromBase64, toBase64 } from '../../../base/base64.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { fromUint8Array, toUint8Array } from '../../../base/bytes.ts';

/** Key material of a package as the service sends it. */
export interface DecryptInfo {
  readonly encryptionKey: Uint8Array;
  readonly macKey: Uint8Array;
  readonly initializationVector: Uint8Array;
  /** Base64 of the authentication code and of the hash of the plain zip. */
  readonly mac: string;
  readonly fileDigest: string;
}

export function readDecryptInfo(json: string): DecryptInfo | undefined {
  let info: Record<string, unknown>;
  try {
    info = (JSON.parse(json) as Record<string, unknown> | null) ?? {};
  } catch {
    return undefined;
  }
  const [encryptionKey, macKey, initializationVector] = ['EncryptionKey', 'MacKey', 'IV'].map((name) =>
    fromBase64(String(info[name] ?? '')),
  );
  if (encryptionKey?.length !== 32 || macKey?.length !== 32 || initializationVector?.length !== 16)
    return undefined;
  return {
    encryptionKey,
    macKey,
    initializationVector,
    mac: String(info['Mac']),
    fileDigest: String(info['FileDigest']),
  };
}

/** True where the code over IV and cipher text is the stored one and the one the service named. */
export function verifyPackage(content: Bytes, info: DecryptInfo): boolean {
  const whole = toUint8Array(content);
  if (whole.length < 64) return false;
  const found = toBase64(hmac(sha256, info.macKey, whole.subarray(32)));
  return found === info.mac && found === toBase64(whole.subarray(0, 32));
}

/** The plain zip; undefined where it cannot be decrypted or is not the one that was packed. */
export function openPackage(content: Bytes, info: DecryptInfo): Bytes | undefined {
  const whole = toUint8Array(content);
  try {
    const zip = cbc(info.encryptionKey, info.initializationVector).decrypt(whole.subarray(48));
    return toBase64(sha256(zip)) === info.fileDigest ? fromUint8Array(zip) : undefined;
  } catch {
    // Wrong padding or length: the cipher refuses.
    return undefined;
  }
}

/** A file of a zip with its Windows path, or a folder. */
export interface Unpacked {
  readonly name: string;
  /** Null: a folder. */
  readonly content: Bytes | null;
}

/**
 * What is in a zip, in the order of the archive; undefined where it is none, where a name leads out of the folder, or
 * where it would take more than `room` bytes.
 */
export function unpackFolder(zip: Bytes, room: number): readonly Unpacked[] | undefined {
  let size = 0;
  try {
    const entries = Object.entries(
      unzipSync(toUint8Array(zip), {
        filter: ({ originalSize }) => (size += originalSize) <= room,
      }),
    );
    if (size > room) return undefined;
    const unpacked: Unpacked[] = [];
    for (const [entry, content] of entries) {
      const name = windowsName(entry);
      if (name === undefined) return undefined;
      unpacked.push({ name, content: /[\\/]$/.test(entry) ? null : fromUint8Array(content) });
    }
    return unpacked;
  } catch {
    return undefined;
  }
}

/** Name of an entry below the folder it is unpacked to; undefined where .NET refuses it: it would end elsewhere. */
function windowsName(entry: string): string | undefined {
  const parts = entry.replaceAll('/', '\\').replace(/\\$/, '').split('\\');
  const bad = (part: string): boolean =>
    part === '' || /^\.+ *$/.test(part) || /[<>:"|?*\u0000-\u001f]/.test(part);
  return parts.some(bad) ? undefined : parts.join('\\');
}
