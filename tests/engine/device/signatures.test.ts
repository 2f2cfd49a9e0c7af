import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../../src/base/base64.ts';
import { fromUint8Array } from '../../../src/base/bytes.ts';
import type { Instant } from '../../../src/base/time.ts';
import { instant } from '../../../src/base/time.ts';
import {
  checkScript,
  signatureBlock,
  splitScript,
} from '../../../src/engine/device/certificates/authenticode.ts';
import type { TrustStores } from '../../../src/engine/device/certificates/chain.ts';
import { trustStores } from '../../../src/engine/device/certificates/chain.ts';
import { bytesOfHex, readDer } from '../../../src/engine/device/certificates/der.ts';
import { nameBlock, nameText } from '../../../src/engine/device/certificates/distinguished-name.ts';
import { writeDer } from '../../../src/engine/device/certificates/der.ts';
import { makeCertificate } from '../../../src/engine/device/certificates/make-certificate.ts';
import { oids } from '../../../src/engine/device/certificates/oids.ts';
import { makeKeyPair } from '../../../src/engine/device/certificates/key-pair.ts';
import { hashes } from '../../../src/engine/device/certificates/rsa.ts';
import type { Certificate } from '../../../src/engine/device/certificates/x509.ts';
import { readCertificate } from '../../../src/engine/device/certificates/x509.ts';

const year = (n: number): Instant => instant(Date.UTC(n) * 1000);
const sha256 = hashes[1] as (typeof hashes)[number];
const body = "Write-Output 'Grüße'\r\n";

let root: Certificate;
let signer: Certificate;
let stores: TrustStores;
let signed: string;
const certificate = (bytes: Uint8Array): Certificate => readCertificate(bytes) as Certificate;
const kept = (container: string, one: Certificate) => ({
  container,
  thumbprint: one.thumbprint,
  encoded: fromUint8Array(one.encoded),
});

/** A root, a certificate for code that it issued from 2025 to 2027, and a script signed with that. */
beforeAll(() => {
  let draw = 6;
  const pair = makeKeyPair(2048, () => (draw = (Math.imul(draw, 1664525) + 1013904223) >>> 0));
  const common = {
    publicKey: pair.publicKey,
    key: pair.privateKey,
    notBefore: year(2025),
    notAfter: year(2027),
  };
  const number = (n: number) => ({ serialNumber: new Uint8Array(16).fill(n) });
  root = certificate(
    makeCertificate({
      ...common,
      ...number(1),
      subject: 'CN=Lab Root, O=Contoso',
      extendedKeyUsage: [],
      isAuthority: true,
    }),
  );
  const issuer = { name: bytesOfHex(root.subjectName), key: pair.privateKey };
  signer = certificate(
    makeCertificate({
      ...common,
      ...number(2),
      subject: 'CN=Lab Signer',
      extendedKeyUsage: [oids.codeSigning],
      issuer,
    }),
  );
  stores = trustStores([kept('Root', root)]);
  signed = body + signatureBlock(body, signer, pair.privateKey, [], sha256);
});

/** Beginning of the modulus. */
const certificateKey = (one: Certificate): string => (one.publicKey?.n ?? 0n).toString(16).slice(0, 32);

const error = (text: string, trusted = stores, now = year(2026)): string | null =>
  checkScript(text, trusted, now).error;

it('a key depends on nothing but its numbers', () => {
  expect(certificateKey(signer)).toBe('a83c98ea67d3ca6122d195ba27c2123f');
});

describe('the signature of a script', () => {
  it('holds where hash, signature and chain hold', () => {
    expect(error(signed)).toBe(null);
    expect(checkScript(signed, stores, year(2026)).signer?.subject).toBe('CN=Lab Signer');
    expect(splitScript(signed).body).toBe(body);
  });

  it('does not, and says why not', () => {
    expect(error(body)).toBe('not-signed');
    expect(error(signed.replace('Grüße', 'Gruesse'))).toBe('bad-digest');
    expect(error(signed, trustStores([]))).toBe('no-chain');
    expect(error(signed, trustStores([kept('CA', root)]))).toBe('untrusted-root');
    expect(error(signed, stores, year(2028))).toBe('expired');
    expect(error(signed, stores, year(2024))).toBe('expired');
    expect(error(signed, trustStores([kept('Root', root), kept('Disallowed', signer)]))).toBe('distrusted');
    expect(error(signed.replace(/# MII/, '# ...'))).not.toBe(null);
    // What stands after the block is not covered by it: such a script has no signature.
    expect(error(`${signed}'more'\r\n`)).toBe('not-signed');
  });

  it('never holds for another text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (other) => {
        fc.pre(other !== body);
        expect(error(signed.replace(body, () => other))).not.toBe(null);
      }),
      { numRuns: 100 },
    );
  });

  it('of any bytes is judged, never thrown at', () => {
    const bytes = fromBase64(splitScript(signed).signature ?? '') as Uint8Array;
    const withBytes = (given: Uint8Array): string =>
      [
        body.replace(/\r\n$/, ''),
        '',
        '# SIG # Begin signature block',
        ...(toBase64(given).match(/.{1,64}/g) ?? []).map((line) => `# ${line}`),
        '# SIG # End signature block',
        '',
      ].join('\r\n');
    expect(error(withBytes(bytes))).toBe(null);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ by;
        expect(() => error(withBytes(changed))).not.toThrow();
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
        expect(error(withBytes(random))).not.toBe(null);
      }),
      { numRuns: 200 },
    );
  });
});

it('names are read as Windows shows them and written back', () => {
  for (const text of ['CN=Lab Signer', 'CN="Contoso, Inc.", OU=Lab, O=Contoso, C=DE', 'CN=Grüße'])
    expect(nameText(readDer(writeDer(nameBlock(text))) as NonNullable<ReturnType<typeof readDer>>)).toBe(
      text,
    );
});
