import { sha1 } from '@noble/hashes/legacy.js';
import type { Instant } from '../../../base/time.ts';
import { civilTime } from '../../clock/civil-time.ts';
import { padded } from '../../clock/time-text.ts';
import {
  bits,
  bytesOfHex,
  embedded,
  integer,
  none,
  octets,
  oid,
  sequence,
  truth,
  utcTime,
  wrapped,
  writeDer,
} from './der.ts';
import { nameBlock } from './distinguished-name.ts';
import { oids } from './oids.ts';
import type { PrivateKey, PublicKey } from './rsa.ts';
import { hashOf, sign } from './rsa.ts';

export interface CertificateRequest {
  readonly subject: string;
  readonly publicKey: PublicKey;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** 16 bytes. */
  readonly serialNumber: Uint8Array;
  /** Object identifiers of purposes. */
  readonly extendedKeyUsage: readonly string[];
  readonly dnsNames?: readonly string[];
  readonly isAuthority?: boolean;
  /** Left out: it signs itself. */
  readonly issuer?: { readonly name: Uint8Array; readonly key: PrivateKey };
  /** Key of the subject, for a certificate that signs itself. */
  readonly key: PrivateKey;
  /** Default SHA256. */
  readonly hash?: string;
}

/** Makes and signs an X.509 certificate of version 3; returns its bytes. */
export function makeCertificate(request: CertificateRequest): Uint8Array {
  const hash = hashOf(request.hash ?? '2.16.840.1.101.3.4.2.1');
  if (hash === undefined) throw new RangeError(`There is no hash ${request.hash}`);
  const algorithm = () => sequence(oid(hash.rsaOid), none());
  const subject = nameBlock(request.subject);
  const key = writeDer(sequence(integer(request.publicKey.n), integer(request.publicKey.e)));
  const body = sequence(
    wrapped(0, integer(2)),
    integer(
      BigInt(`0x${[...request.serialNumber].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`),
    ),
    algorithm(),
    request.issuer ? embedded(request.issuer.name) : nameBlock(request.subject),
    sequence(utcTime(timeText(request.notBefore)), utcTime(timeText(request.notAfter))),
    subject,
    sequence(sequence(oid(oids.rsa), none()), bits(key)),
    wrapped(3, sequence(...extensions(request, key))),
  );
  const message = writeDer(body);
  const signature = sign(request.issuer?.key ?? request.key, hash, message);
  return writeDer(sequence(embedded(message), algorithm(), bits(signature)));
}

function extensions(request: CertificateRequest, key: Uint8Array) {
  const extension = (id: string, critical: boolean, value: ReturnType<typeof sequence>) =>
    sequence(oid(id), ...(critical ? [truth(true)] : []), octets(writeDer(value)));
  // Digital signature; an authority signs certificates and lists.
  const usage = request.isAuthority === true ? '03020186' : '03020780';
  return [
    extension(oids.keyUsage, true, embedded(bytesOfHex(usage))),
    ...(request.isAuthority === true ? [extension(oids.basicConstraints, true, sequence(truth(true)))] : []),
    ...(request.extendedKeyUsage.length > 0
      ? [extension(oids.extendedKeyUsage, false, sequence(...request.extendedKeyUsage.map(oid)))]
      : []),
    ...((request.dnsNames ?? []).length > 0
      ? [extension(oids.subjectAlternativeName, false, sequence(...(request.dnsNames ?? []).map(dnsName)))]
      : []),
    extension(oids.subjectKeyIdentifier, false, octets(sha1(key))),
  ];
}

/** A DNS name is a context-specific string. */
function dnsName(name: string) {
  const bytes = Uint8Array.from(name, (c) => c.charCodeAt(0) & 0x7f);
  return embedded(Uint8Array.of(0x82, bytes.length, ...bytes));
}

function timeText(at: Instant): string {
  const t = civilTime(at);
  return `${padded(t.year % 100, 2)}${padded(t.month, 2)}${padded(t.day, 2)}${padded(t.hour, 2)}${padded(t.minute, 2)}${padded(t.second, 2)}Z`;
}
