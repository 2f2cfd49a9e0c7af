import { fromUint8Array } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { fail, ok } from '../../../base/result.ts';
import type { CertificateRecord } from '../../device/change.ts';
import type { SignatureError } from '../../device/certificates/authenticode.ts';
import { checkScript, signatureBlock, splitScript } from '../../device/certificates/authenticode.ts';
import { checkChain, keptCertificate, trustStores } from '../../device/certificates/chain.ts';
import { bytesOfHex } from '../../device/certificates/der.ts';
import { makeCertificate } from '../../device/certificates/make-certificate.ts';
import { oids } from '../../device/certificates/oids.ts';
import type { PrivateKey } from '../../device/certificates/rsa.ts';
import { makeKeyPair } from '../../device/certificates/key-pair.ts';
import { hashes, keyFromText, keyText } from '../../device/certificates/rsa.ts';
import type { Certificate } from '../../device/certificates/x509.ts';
import type {
  CertificateInfo,
  CertificatePort,
  CertificateRequest,
  HostResult,
  SignatureInfo,
} from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** Certificate stores as one identity sees them, and what Windows' cryptography does with them. */
export function certificatePort(options: HostOptions): CertificatePort {
  const { identity, draft, emit } = options;
  const seen = (): readonly CertificateRecord[] =>
    draft()
      .certificates.map(({ certificate }) => certificate)
      .filter(({ store, sid }) => store === 'LocalMachine' || sid === identity.sid);

  /** The key of a certificate, where this identity may use it: keys of the machine are the administrators'. */
  const keyOf = (certificate: CertificateInfo): PrivateKey | undefined => {
    const kept = seen().find(
      (one) =>
        one.thumbprint === certificate.thumbprint &&
        one.privateKey !== undefined &&
        (one.store === 'CurrentUser' || identity.elevated),
    );
    return kept?.privateKey === undefined ? undefined : keyFromText(kept.privateKey);
  };

  const mayWrite = (store: CertificateInfo['store']): HostResult<void> =>
    store === 'CurrentUser' || identity.elevated
      ? ok(undefined)
      : refused('access-denied', 'Access is denied.', `Cert:\\${store}`);

  const put = (certificate: CertificateInfo, privateKey?: string): HostResult<void> => {
    const allowed = mayWrite(certificate.store);
    if (!allowed.ok) return allowed;
    const { purposes: _, ...record } = certificate;
    return emit({
      kind: 'certificate.add',
      certificate: {
        ...record,
        sid: certificate.store === 'LocalMachine' ? '' : identity.sid,
        ...(privateKey === undefined ? {} : { privateKey }),
      },
    });
  };

  return {
    list: () => seen().map(infoOf),
    create(request) {
      const allowed = mayWrite(request.store);
      return allowed.ok ? create(options, request, keyOf, put) : allowed;
    },
    add(certificate) {
      // A copy in another store has the key where the first has it.
      const key = keyOf(certificate);
      return put(certificate, certificate.hasPrivateKey && key ? keyText(key) : undefined);
    },
    remove(certificate) {
      const allowed = mayWrite(certificate.store);
      if (!allowed.ok) return allowed;
      return emit({
        kind: 'certificate.remove',
        store: certificate.store,
        sid: certificate.store === 'LocalMachine' ? '' : identity.sid,
        container: certificate.container,
        thumbprint: certificate.thumbprint,
      });
    },
    read(encoded) {
      const certificate = keptCertificate(encoded);
      return certificate && describe(certificate, encoded, 'CurrentUser', 'My');
    },
    checkScript: (text) => signatureInfo(text, seen(), options.now()),
    signScript(text, certificate, { chain, hash }) {
      const key = keyOf(certificate);
      const signer = certificate.encoded && keptCertificate(certificate.encoded);
      const algorithm = hashes.find(({ name }) => name === hash.toUpperCase());
      if (!key || !signer)
        return refused('not-found', 'Cannot find the requested object.', certificate.thumbprint);
      if (!algorithm) return refused('not-supported', 'Unknown cryptographic algorithm.', hash);
      const { body } = splitScript(text);
      const stores = trustStores(seen());
      const whole = checkChain(signer, [], stores, oids.codeSigning, options.now()).chain.slice(1);
      const others =
        chain === 'signer'
          ? []
          : chain === 'all'
            ? whole
            : whole.filter((one) => one.issuerName !== one.subjectName);
      return ok(body + signatureBlock(body, signer, key, others, algorithm));
    },
  };
}

function infoOf(record: CertificateRecord): CertificateInfo {
  const { sid: _sid, privateKey: _key, ...info } = record;
  const purposes = record.encoded && keptCertificate(record.encoded)?.extendedKeyUsage;
  return purposes ? { ...info, purposes } : info;
}

function describe(
  certificate: Certificate,
  encoded: Bytes,
  store: CertificateInfo['store'],
  container: string,
): CertificateInfo {
  return {
    store,
    container,
    thumbprint: certificate.thumbprint,
    subject: certificate.subject,
    issuer: certificate.issuer,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    serialNumber: certificate.serialNumber,
    hasPrivateKey: false,
    encoded,
    ...(certificate.extendedKeyUsage ? { purposes: certificate.extendedKeyUsage } : {}),
  };
}

function create(
  { draft }: HostOptions,
  request: CertificateRequest,
  keyOf: (certificate: CertificateInfo) => PrivateKey | undefined,
  put: (certificate: CertificateInfo, privateKey?: string) => HostResult<void>,
): HostResult<CertificateInfo> {
  const random = (): number => draft().random('certificate.key');
  const algorithm = hashes.find(({ name }) => name === request.hash.toUpperCase());
  if (!algorithm) return fail({ code: 'not-supported', message: 'Unknown cryptographic algorithm.' });
  // Keys of other lengths would be made in no useful time, or not at all.
  if (![2048, 3072, 4096].includes(request.keySize))
    return fail({
      code: 'not-supported',
      message:
        'CertEnroll::CX509PrivateKey::Create: The requested operation is not supported. 0x80090029 (-2146893783 NTE_NOT_SUPPORTED)',
    });
  const issuer = request.signer && keptCertificate(request.signer.encoded ?? ('' as Bytes));
  const issuerKey = request.signer && keyOf(request.signer);
  if (request.signer && (!issuer || !issuerKey))
    return fail({ code: 'not-found', message: 'Cannot find the requested object.' });
  const { publicKey, privateKey } = makeKeyPair(request.keySize, random);
  // A serial number must be positive.
  const serialNumber = Uint8Array.from(
    { length: 16 },
    (_, i) => ((random() & 0xff) % (i === 0 ? 127 : 256)) | (i === 0 ? 1 : 0),
  );
  const encoded = fromUint8Array(
    makeCertificate({
      subject: request.subject,
      publicKey,
      key: privateKey,
      notBefore: request.notBefore,
      notAfter: request.notAfter,
      serialNumber,
      extendedKeyUsage: request.purposes,
      dnsNames: request.dnsNames,
      isAuthority: request.isAuthority,
      hash: algorithm.oid,
      ...(issuer && issuerKey ? { issuer: { name: bytesOfHex(issuer.subjectName), key: issuerKey } } : {}),
    }),
  );
  const certificate = keptCertificate(encoded);
  if (!certificate)
    return fail({
      code: 'invalid-name',
      message: 'The string contains an invalid X500 name attribute key, oid, value or delimiter.',
    });
  const info: CertificateInfo = {
    ...describe(certificate, encoded, request.store, 'My'),
    hasPrivateKey: true,
    ...(request.friendlyName === '' ? {} : { friendlyName: request.friendlyName }),
  };
  const done = put(info, keyText(privateKey));
  return done.ok ? ok(info) : done;
}

/** PowerShell's status of each error, and Windows' words where PowerShell has none. */
const statuses: Readonly<Record<SignatureError, readonly [SignatureInfo['status'], string]>> = {
  'not-signed': ['NotSigned', ''],
  'bad-message': ['HashMismatch', ''],
  'bad-digest': ['HashMismatch', ''],
  'bad-signature': ['UnknownError', 'Invalid Signature'],
  'bad-algorithm': ['Incompatible', ''],
  'untrusted-root': [
    'UnknownError',
    'A certificate chain processed, but terminated in a root certificate which is not trusted by the trust provider',
  ],
  'no-chain': ['UnknownError', 'A certificate chain could not be built to a trusted root authority'],
  expired: [
    'UnknownError',
    'A required certificate is not within its validity period when verifying against the current system clock or the timestamp in the signed file',
  ],
  'wrong-usage': ['UnknownError', 'The certificate is not valid for the requested usage'],
  distrusted: ['NotTrusted', ''],
};

function signatureInfo(
  script: string,
  records: readonly CertificateRecord[],
  now: ReturnType<HostOptions['now']>,
): SignatureInfo {
  const stores = trustStores(records);
  const { error, signer } = checkScript(script, stores, now);
  const [status, text] = error === null ? (['Valid', ''] as const) : statuses[error];
  return {
    status,
    text,
    signer: signer && describe(signer, fromUint8Array(signer.encoded), 'CurrentUser', 'My'),
    trustedPublisher: signer !== undefined && stores.trustedPublishers.has(signer.thumbprint),
  };
}
