import { sha256 } from '@noble/hashes/sha2.js';
import { isProbablePrimeRSA } from 'micro-rsa-dsa-dh/primality.js';
import { bytesToNumber, gcd, invert } from 'micro-rsa-dsa-dh/utils.js';
import type { PrivateKey, PublicKey } from './rsa.ts';

interface KeyPair {
  readonly publicKey: PublicKey;
  readonly privateKey: PrivateKey;
}

type RandomBytes = (length: number) => Uint8Array;

const exponent = 65537n;

/**
 * An RSA key pair from eight random numbers of 32 bit: the same numbers make the same key. (The library has a key
 * generator of its own, but it draws some of its random numbers from the host.)
 */
export function makeKeyPair(size: number, random: () => number): KeyPair {
  const seed = new Uint8Array(32);
  for (let i = 0; i < 32; i += 4) {
    const draw = random();
    for (let j = 0; j < 4; j++) seed[i + j] = (draw >>> (8 * j)) & 0xff;
  }
  const name = `${size}:${seed.join()}`;
  let pair = madeBefore.get(name);
  if (pair === undefined) {
    pair = pairOf(size, stream(seed));
    if (madeBefore.size >= 64) madeBefore.clear();
    madeBefore.set(name, pair);
  }
  return pair;
}

/** Finding primes takes a while, and a journal that is replayed makes the same keys again. */
const madeBefore = new Map<string, KeyPair>();

/** Bytes without end from a seed. */
function stream(seed: Uint8Array): RandomBytes {
  let block = 0;
  return (length) => {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      const next = sha256(Uint8Array.of(...seed, block >>> 24, block >>> 16, block >>> 8, block));
      out.set(next.subarray(0, Math.min(32, length - at)), at);
      block++;
    }
    return out;
  };
}

function pairOf(size: number, random: RandomBytes): KeyPair {
  const p = findPrime(size / 2, random);
  let q = findPrime(size / 2, random);
  while (q === p) q = findPrime(size / 2, random);
  const n = p * q;
  const lambda = ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n);
  return { publicKey: { n, e: exponent }, privateKey: { n, d: invert(exponent, lambda) } };
}

/** The first prime at or after a random number whose two highest bits are set, so that the product has its full length. */
function findPrime(bits: number, random: RandomBytes): bigint {
  for (;;) {
    const start = bytesToNumber(random(bits / 8)) | (3n << BigInt(bits - 2)) | 1n;
    // What is left by small divisors is tested; the remainders are kept in numbers, which is quick.
    const remainders = smallPrimes.map((prime) => Number(start % BigInt(prime)));
    for (let step = 0; step < 20_000; step += 2) {
      if (smallPrimes.some((prime, i) => ((remainders[i] ?? 0) + step) % prime === 0)) continue;
      const candidate = start + BigInt(step);
      if (isProbablePrimeRSA(candidate, random) && gcd(candidate - 1n, exponent) === 1n) return candidate;
    }
  }
}

const smallPrimes: readonly number[] = primesBelow(4000).slice(1);

function primesBelow(limit: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; n < limit; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
