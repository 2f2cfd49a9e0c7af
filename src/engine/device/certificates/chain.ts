import type { Instant } from '../../../base/time.ts';
import { toUint8Array } from '../../../base/bytes.ts';
import type { CertificateRecord } from '../change.ts';
import type { Certificate } from './x509.ts';
import { issued, readCertificate } from './x509.ts';

/** Certificates that a process sees, by what their store means. Those of a user come with those of the machine. */
export interface TrustStores {
  readonly roots: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  /** Thumbprints. */
  readonly trustedPublishers: ReadonlySet<string>;
  readonly disallowed: ReadonlySet<string>;
}

type Kept = Pick<CertificateRecord, 'container' | 'thumbprint' | 'encoded'>;

export function trustStores(records: readonly Kept[]): TrustStores {
  const of = (container: string): readonly Certificate[] =>
    records.flatMap((record) => {
      if (record.container.toLowerCase() !== container || record.encoded === undefined) return [];
      return keptCertificate(record.encoded) ?? [];
    });
  const thumbprints = (container: string): ReadonlySet<string> =>
    new Set(
      records
        .filter((record) => record.container.toLowerCase() === container)
        .map((record) => record.thumbprint.toUpperCase()),
    );
  return {
    roots: of('root'),
    intermediates: of('ca'),
    trustedPublishers: thumbprints('trustedpublisher'),
    disallowed: thumbprints('disallowed'),
  };
}

/** The last certificates that were read, by their bytes: each check of a signature asks for the same few. */
const readBefore = new Map<string, Certificate | undefined>();

/** A certificate that a store keeps. */
export function keptCertificate(encoded: NonNullable<CertificateRecord['encoded']>): Certificate | undefined {
  if (!readBefore.has(encoded)) {
    if (readBefore.size >= 64) readBefore.clear();
    readBefore.set(encoded, readCertificate(toUint8Array(encoded)));
  }
  return readBefore.get(encoded);
}

/** Why a chain does not hold, as Windows' error codes name it. */
export type ChainError = 'untrusted-root' | 'no-chain' | 'expired' | 'wrong-usage' | 'distrusted';

/** The way from a certificate to a root of the device; an error where there is none or it does not serve the purpose. */
export function checkChain(
  certificate: Certificate,
  given: readonly Certificate[],
  stores: TrustStores,
  purpose: string,
  now: Instant,
): { readonly chain: readonly Certificate[]; readonly error: ChainError | null } {
  const chain: Certificate[] = [certificate];
  const known = [...stores.roots, ...stores.intermediates, ...given];
  for (let last = certificate; last.issuerName !== last.subjectName || !issued(last, last);) {
    const next = known.find(
      (one) => one.subjectName === last.issuerName && !chain.includes(one) && issued(one, last),
    );
    if (next === undefined || chain.length > 10) return { chain, error: 'no-chain' };
    chain.push(next);
    last = next;
  }
  const top = chain.at(-1) ?? certificate;
  const error = chain.some((one) => stores.disallowed.has(one.thumbprint))
    ? 'distrusted'
    : !stores.roots.some((root) => root.thumbprint === top.thumbprint)
      ? 'untrusted-root'
      : chain.some((one) => now < one.notBefore || now > one.notAfter)
        ? 'expired'
        : certificate.extendedKeyUsage !== undefined && !certificate.extendedKeyUsage.includes(purpose)
          ? 'wrong-usage'
          : null;
  return { chain, error };
}
