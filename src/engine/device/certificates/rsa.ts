import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { PKCS1_SHA1, PKCS1_SHA256, PKCS1_SHA384, PKCS1_SHA512 } from 'micro-rsa-dsa-dh/rsa.js';

/** One hash with what it is called and how RSA signs with it (PKCS#1 v1.5). */
export interface HashName {
  readonly name: 'SHA1' | 'SHA256' | 'SHA384' | 'SHA512';
  readonly oid: string;
  /** RSA with this hash. */
  readonly rsaOid: string;
  hash(bytes: Uint8Array): Uint8Array;
  readonly signer: typeof PKCS1_SHA256;
}

export const hashes: readonly HashName[] = [
  { name: 'SHA1', oid: '1.3.14.3.2.26', rsaOid: '1.2.840.113549.1.1.5', hash: sha1, signer: PKCS1_SHA1 },
  {
    name: 'SHA256',
    oid: '2.16.840.1.101.3.4.2.1',
    rsaOid: '1.2.840.113549.1.1.11',
    hash: sha256,
    signer: PKCS1_SHA256,
  },
  {
    name: 'SHA384',
    oid: '2.16.840.1.101.3.4.2.2',
    rsaOid: '1.2.840.113549.1.1.12',
    hash: sha384,
    signer: PKCS1_SHA384,
  },
  {
    name: 'SHA512',
    oid: '2.16.840.1.101.3.4.2.3',
    rsaOid: '1.2.840.113549.1.1.13',
    hash: sha512,
    signer: PKCS1_SHA512,
  },
];

/** By the identifier of the hash or of RSA with it. */
export const hashOf = (oid: string): HashName | undefined =>
  hashes.find((one) => one.oid === oid || one.rsaOid === oid);

export interface PublicKey {
  readonly n: bigint;
  readonly e: bigint;
}
/** The private exponent with its modulus; the public exponent is always 65537. */
export interface PrivateKey {
  readonly n: bigint;
  readonly d: bigint;
}

export function verifies(
  key: PublicKey,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return hash.signer.verify(key, message, signature);
  } catch {
    // A signature of the wrong length, or a key that is none.
    return false;
  }
}

export const sign = (key: PrivateKey, hash: HashName, message: Uint8Array): Uint8Array =>
  hash.signer.sign(key, message);

/** How a private key is kept beside its certificate. */
export const keyText = ({ n, d }: PrivateKey): string => `${n.toString(16)}:${d.toString(16)}`;

export function keyFromText(text: string): PrivateKey | undefined {
  const parts = /^([0-9a-f]+):([0-9a-f]+)$/.exec(text);
  return parts ? { n: BigInt(`0x${parts[1]}`), d: BigInt(`0x${parts[2]}`) } : undefined;
}
