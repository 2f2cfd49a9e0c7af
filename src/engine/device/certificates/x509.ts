import { sha1 } from '@noble/hashes/legacy.js';
import type { Instant } from '../../../base/time.ts';
import { fromCivil } from '../../clock/civil-time.ts';
import type { Der } from './der.ts';
import { bigOf, bitsOf, contextChild, hexOf, oidText, readDer, tags } from './der.ts';
import { nameText } from './distinguished-name.ts';
import { oids } from './oids.ts';
import type { PublicKey } from './rsa.ts';
import { hashOf, verifies } from './rsa.ts';

/** What a certificate says. */
export interface Certificate {
  readonly encoded: Uint8Array;
  /** SHA-1 of all bytes, upper-case hex. */
  readonly thumbprint: string;
  readonly serialNumber: string;
  readonly subject: string;
  readonly issuer: string;
  /** Bytes of the names, which is what chains compare. */
  readonly subjectName: string;
  readonly issuerName: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** Undefined for keys that are not RSA. */
  readonly publicKey: PublicKey | undefined;
  /** Purposes; undefined: any. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly isAuthority: boolean;
  /** What the issuer signed, with which algorithm, and its signature. */
  readonly signed: { readonly message: Uint8Array; readonly algorithm: string; readonly value: Uint8Array };
}

/** Reads a certificate; undefined where the bytes are none. */
export function readCertificate(bytes: Uint8Array): Certificate | undefined {
  const document = readDer(bytes);
  return document && certificateOf(document);
}

/** The certificate that an element is. */
export function certificateOf(document: Der): Certificate | undefined {
  const [body, algorithm, signature] = document.children;
  if (!body || !algorithm || !signature) return undefined;
  const fields = contextChild(body, 0) ? body.children.slice(1) : body.children;
  const [serial, , issuer, validity, subject, key] = fields;
  const [from, to] = validity?.children ?? [];
  if (!serial || !issuer || !subject || !from || !to || !key) return undefined;
  const notBefore = timeOf(from);
  const notAfter = timeOf(to);
  if (notBefore === undefined || notAfter === undefined) return undefined;
  const extensions = contextChild(body, 3)?.children[0]?.children ?? [];
  return {
    encoded: document.whole,
    thumbprint: hexOf(sha1(document.whole)).toUpperCase(),
    serialNumber: hexOf(serial.content).toUpperCase(),
    subject: nameText(subject),
    issuer: nameText(issuer),
    subjectName: hexOf(subject.whole),
    issuerName: hexOf(issuer.whole),
    notBefore,
    notAfter,
    publicKey: publicKeyOf(key),
    extendedKeyUsage: extension(extensions, oids.extendedKeyUsage)?.children.map(oidText),
    isAuthority: (extension(extensions, oids.basicConstraints)?.children[0]?.content[0] ?? 0) !== 0,
    signed: {
      message: body.whole,
      algorithm: oidText(algorithm.children[0]),
      value: bitsOf(signature),
    },
  };
}

function extension(list: readonly Der[], id: string): Der | undefined {
  const found = list.find((one) => oidText(one.children[0]) === id);
  const value = found?.children.at(-1);
  return value?.tag === tags.octets ? readDer(value.content) : undefined;
}

function publicKeyOf(key: Der): PublicKey | undefined {
  const [algorithm, value] = key.children;
  if (oidText(algorithm?.children[0]) !== oids.rsa) return undefined;
  const [n, e] = readDer(bitsOf(value))?.children ?? [];
  return n && e ? { n: bigOf(n.content), e: bigOf(e.content) } : undefined;
}

/** UTC and generalized times, in UTC as certificates must have them. */
export function timeOf(der: Der): Instant | undefined {
  const text = String.fromCharCode(...der.content);
  const short = der.tag === tags.utcTime;
  const parts = (
    short
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?Z$/
      : /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.\d+)?Z$/
  ).exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const full = short ? year + (year < 50 ? 2000 : 1900) : year;
  return fromCivil({ year: full, month, day, hour, minute, second });
}

/** Whether an issuer's key signed a certificate. */
export function issued(issuer: Certificate, certificate: Certificate): boolean {
  const hash = hashOf(certificate.signed.algorithm);
  return (
    issuer.publicKey !== undefined &&
    hash !== undefined &&
    verifies(issuer.publicKey, hash, certificate.signed.message, certificate.signed.value)
  );
}
