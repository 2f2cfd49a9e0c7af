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
    info = JSON.parse(json) as Record<string, unknown>;
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

/** Files of the zip with Windows paths, in the order of the archive; undefined where it is none. */
export function unpackFolder(
  zip: Bytes,
): readonly { readonly name: string; readonly content: Bytes }[] | undefined {
  try {
    return Object.entries(unzipSync(toUint8Array(zip))).map(([name, content]) => ({
      name: name.replaceAll('/', '\\'),
      content: fromUint8Array(content),
    }));
  } catch {
    return undefined;
  }
}
