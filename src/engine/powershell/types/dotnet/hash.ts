import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { context } from '../ambient.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { byte, DotNetObject } from '../objects.ts';
import type { PSArray } from '../objects.ts';
import { defineType } from '../registry.ts';
import type { Value } from '../value.ts';
import { byteArray, bytesOf, int, required, state, str } from './arguments.ts';
import { constructors, method, property, staticMethod } from './define.ts';
import { isStream, streamOf } from './stream.ts';

const algorithms = { MD5: md5, SHA1: sha1, SHA256: sha256, SHA384: sha384, SHA512: sha512 } as const;
type Algorithm = keyof typeof algorithms;
interface HashState {
  readonly algorithm: Algorithm;
  /** Of a keyed one. */
  key: Uint8Array | undefined;
  hash: Uint8Array | undefined;
  /** What TransformBlock was given so far. */
  pending: number[];
}
const namespace = 'System.Security.Cryptography';
const hashType = defineType(`${namespace}.HashAlgorithm`, {
  isAbstract: true,
  interfaces: ['System.IDisposable'],
});
const keyedType = defineType(`${namespace}.HMAC`, {
  baseType: hashType,
  isAbstract: true,
  interfaces: ['System.IDisposable'],
});

export function digest(algorithm: Algorithm, data: Uint8Array, key?: Uint8Array): Uint8Array {
  return key ? hmac(algorithms[algorithm], key, data) : algorithms[algorithm](data);
}
const h = (v: Value): HashState => state<HashState>(v);
function dataOf(a: readonly Value[]): Uint8Array {
  const [source] = a;
  if (isStream(source)) {
    const s = streamOf(source);
    const rest = s.bytes.subarray(s.position, s.length);
    s.position = s.length;
    return rest;
  }
  if (source === null || source === undefined) required(null, 'buffer');
  const all = bytesOf(source);
  return a.length < 3 ? all : all.subarray(int(a[1]), int(a[1]) + int(a[2]));
}
function compute(v: Value, data: Uint8Array): Value {
  const own = h(v);
  own.hash = digest(own.algorithm, data, own.key);
  return byteArray(own.hash);
}
defineType(hashType.fullName, {
  members: [
    property('HashSize', 'int', (v) => algorithms[h(v).algorithm].outputLen * 8),
    property('Hash', 'byte[]', (v) => {
      const { hash } = h(v);
      return hash ? byteArray(hash) : null;
    }),
    property(
      'Key',
      'byte[]',
      (v) => byteArray(h(v).key ?? new Uint8Array(0)),
      (v, value) => {
        h(v).key = bytesOf(value);
      },
    ),
    property('HashName', 'string', (v) => h(v).algorithm),
    method(
      ['byte[] ComputeHash(System.IO.Stream inputStream)', (v, a) => compute(v, dataOf(a))],
      ['byte[] ComputeHash(byte[] buffer)', (v, a) => compute(v, dataOf(a))],
      ['byte[] ComputeHash(byte[] buffer, int offset, int count)', (v, a) => compute(v, dataOf(a))],
    ),
    method([
      'int TransformBlock(byte[] inputBuffer, int inputOffset, int inputCount, byte[] outputBuffer, int outputOffset)',
      (v, a) => {
        h(v).pending.push(...dataOf(a));
        return int(a[2]);
      },
    ]),
    method([
      'byte[] TransformFinalBlock(byte[] inputBuffer, int inputOffset, int inputCount)',
      (v, a) => {
        const own = h(v);
        own.pending.push(...dataOf(a));
        compute(v, Uint8Array.from(own.pending));
        own.pending = [];
        return byteArray(dataOf(a));
      },
    ]),
    method([
      'void Initialize()',
      (v) => {
        h(v).pending = [];
      },
    ]),
    method(['void Clear()', () => undefined]),
    method(['void Dispose()', () => undefined]),
    staticMethod([
      `${namespace}.HashAlgorithm Create(string hashName)`,
      (_v, a) => {
        const name = str(a[0]).replace(/^.*\./, '').replace(/-/g, '').toUpperCase();
        const type = makers.get(name);
        return type ? make(type, name as Algorithm) : null;
      },
    ]),
  ],
});
const make = (type: DotNetType, algorithm: Algorithm, key?: Uint8Array): Value =>
  new DotNetObject<HashState>(type, { algorithm, key, hash: undefined, pending: [] });
const makers = new Map<string, DotNetType>();
for (const algorithm of Object.keys(algorithms) as Algorithm[]) {
  const type = defineType(`${namespace}.${algorithm}`, {
    baseType: hashType,
    interfaces: ['System.IDisposable'],
  });
  const hashData = staticMethod([
    'byte[] HashData(byte[] source)',
    (_v, a) => byteArray(digest(algorithm, bytesOf(a[0]))),
  ]);
  const own = defineType(`${namespace}.${algorithm}+Implementation`, {
    baseType: type,
    interfaces: ['System.IDisposable'],
  });
  makers.set(algorithm, own);
  defineType(type.fullName, {
    members: [staticMethod([`${namespace}.${algorithm} Create()`, () => make(own, algorithm)]), hashData],
  });
  for (const suffix of algorithm === 'MD5'
    ? ['CryptoServiceProvider']
    : ['Managed', 'CryptoServiceProvider', 'Cng'])
    defineType(`${namespace}.${algorithm}${suffix}`, {
      baseType: type,
      interfaces: ['System.IDisposable'],
      constructors: constructors([`${algorithm}${suffix} new()`, (v) => make(v as DotNetType, algorithm)]),
    });
  defineType(`${namespace}.HMAC${algorithm}`, {
    baseType: keyedType,
    interfaces: ['System.IDisposable'],
    constructors: constructors(
      [`HMAC${algorithm} new()`, (v) => make(v as DotNetType, algorithm, randomBytes(64))],
      [`HMAC${algorithm} new(byte[] key)`, (v, a) => make(v as DotNetType, algorithm, bytesOf(a[0]))],
    ),
    members: [
      staticMethod([
        'byte[] HashData(byte[] key, byte[] source)',
        (_v, a) => byteArray(digest(algorithm, bytesOf(a[1]), bytesOf(a[0]))),
      ]),
    ],
  });
}
export function randomBytes(count: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) out[i] = (context().host.random('cryptography') >>> 0) & 255;
  return out;
}
const fill = (target: Value | undefined): void => {
  const { items } = target as PSArray;
  randomBytes(items.length).forEach((b, i) => (items[i] = byte(b)));
};
const randomType = defineType(`${namespace}.RandomNumberGenerator`, { interfaces: ['System.IDisposable'] });
defineType(randomType.fullName, {
  members: [
    method(['void GetBytes(byte[] data)', (_v, a) => fill(a[0])]),
    method(['void Dispose()', () => undefined]),
    staticMethod([`${randomType.fullName} Create()`, () => new DotNetObject(randomType, null)]),
    staticMethod(['byte[] GetBytes(int count)', (_v, a) => byteArray(randomBytes(int(a[0])))]),
    staticMethod(['void Fill(byte[] data)', (_v, a) => fill(a[0])]),
    staticMethod(
      ['int GetInt32(int toExclusive)', (_v, a) => context().host.random('cryptography') % int(a[0])],
      [
        'int GetInt32(int fromInclusive, int toExclusive)',
        (_v, a) => int(a[0]) + (context().host.random('cryptography') % (int(a[1]) - int(a[0]))),
      ],
    ),
  ],
});
defineType(`${namespace}.RNGCryptoServiceProvider`, {
  baseType: randomType,
  constructors: constructors([
    'RNGCryptoServiceProvider new()',
    (v) => new DotNetObject(v as DotNetType, null),
  ]),
});
const nameType = defineType(`${namespace}.HashAlgorithmName`, { kind: 'struct' });
defineType(nameType.fullName, {
  members: [
    property('Name', 'string', (v) => state<string>(v)),
    method(['string ToString()', (v) => state<string>(v)]),
    ...(Object.keys(algorithms) as Algorithm[]).map((name) => ({
      kind: 'property' as const,
      name,
      isStatic: true,
      typeName: nameType.fullName,
      get: () => new DotNetObject(nameType, name),
    })),
  ],
});
defineType(`${namespace}.Rfc2898DeriveBytes`, {
  interfaces: ['System.IDisposable'],
  constructors: constructors(
    [
      'Rfc2898DeriveBytes new(string password, byte[] salt, int iterations)',
      (v, a) => derive(v as DotNetType, a, 'SHA1'),
    ],
    [
      `Rfc2898DeriveBytes new(string password, byte[] salt, int iterations, ${nameType.fullName} hashAlgorithm)`,
      (v, a) => derive(v as DotNetType, a, state<Algorithm>(a[3])),
    ],
  ),
  members: [
    method([
      'byte[] GetBytes(int cb)',
      (v, a) => {
        const own = state<{
          password: string;
          salt: Uint8Array;
          iterations: number;
          algorithm: Algorithm;
          used: number;
        }>(v);
        const end = own.used + int(a[0]);
        const all = pbkdf2(algorithms[own.algorithm], own.password, own.salt, {
          c: own.iterations,
          dkLen: end,
        });
        const part = all.slice(own.used);
        own.used = end;
        return byteArray(part);
      },
    ]),
    method(['void Dispose()', () => undefined]),
  ],
});
const derive = (type: DotNetType, a: readonly Value[], algorithm: Algorithm): Value =>
  new DotNetObject(type, {
    password: str(a[0]),
    salt: bytesOf(a[1]),
    iterations: int(a[2]),
    algorithm,
    used: 0,
  });
