import { fromBase64, toBase64 } from '../../../base/base64.ts';
import type { Instant } from '../../../base/time.ts';
import type { ChainError, TrustStores } from './chain.ts';
import { checkChain } from './chain.ts';
import type { Der } from './der.ts';
import {
  bytesOfHex,
  contextChild,
  embedded,
  hexOf,
  integer,
  none,
  octets,
  oid,
  oidText,
  readDer,
  sameBytes,
  sequence,
  set,
  wrapped,
  writeDer,
} from './der.ts';
import { oids } from './oids.ts';
import type { HashName, PrivateKey } from './rsa.ts';
import { hashOf, sign, verifies } from './rsa.ts';
import type { Certificate } from './x509.ts';
import { certificateOf } from './x509.ts';

/**
 * Authenticode signatures of scripts: a PKCS#7 document in comments at the end, over the hash of all text before it in
 * UTF-16, as PowerShell's subject interface package makes it.
 */
const block =
  /\r?\n# SIG # Begin signature block\r?\n((?:# [^\r\n]*\r?\n)*)# SIG # End signature block(?:\r?\n)*$/;

/** A script apart from its signature block; `signature` null where there is none. */
export function splitScript(text: string): { readonly body: string; readonly signature: string | null } {
  const found = block.exec(text);
  return found
    ? { body: text.slice(0, found.index), signature: (found[1] ?? '').replace(/[#\s]/g, '') }
    : { body: text, signature: null };
}

/** What is wrong with a signature, in the order in which Windows looks. */
export type SignatureError =
  'not-signed' | 'bad-message' | 'bad-digest' | 'bad-signature' | 'bad-algorithm' | ChainError;

export interface SignatureCheck {
  readonly error: SignatureError | null;
  readonly signer: Certificate | undefined;
}

/** Checks the signature of a script's text: its hash, the signature itself, and the signer's chain. */
export function checkScript(text: string, stores: TrustStores, now: Instant): SignatureCheck {
  const { body, signature } = splitScript(text);
  if (signature === null) return { error: 'not-signed', signer: undefined };
  const bytes = fromBase64(signature);
  const signed = bytes && readSigned(bytes);
  if (!signed) return { error: 'bad-message', signer: undefined };
  const signer = signerOf(signed);
  const hash = hashOf(signed.digestAlgorithm);
  const wanted = hashOf(oidText(signed.indirect.children[1]?.children[0]?.children[0]));
  if (!hash || !wanted) return { error: 'bad-algorithm', signer };
  const stored = signed.indirect.children[1]?.children[1]?.content;
  if (!stored || !sameBytes(stored, wanted.hash(utf16(body)))) return { error: 'bad-digest', signer };
  const attribute = signed.attributes.children.find((one) => oidText(one.children[0]) === oids.messageDigest);
  const digest = attribute?.children[1]?.children[0]?.content;
  if (!digest || !sameBytes(digest, hash.hash(signed.indirect.content)))
    return { error: 'bad-digest', signer };
  if (!signer?.publicKey) return { error: 'bad-message', signer };
  // The signature is over the attributes as a set, not as the tagged element that they are here.
  const message = Uint8Array.of(0x31, ...signed.attributes.whole.subarray(1));
  if (!verifies(signer.publicKey, hash, message, signed.signature)) return { error: 'bad-signature', signer };
  const { error } = checkChain(signer, signed.certificates, stores, oids.codeSigning, now);
  return { error, signer };
}

interface Signed {
  readonly indirect: Der;
  readonly certificates: readonly Certificate[];
  readonly issuer: string;
  readonly serialNumber: string;
  readonly digestAlgorithm: string;
  readonly attributes: Der;
  readonly signature: Uint8Array;
}

/** Takes a PKCS#7 document apart. */
function readSigned(bytes: Uint8Array): Signed | undefined {
  const document = readDer(bytes);
  if (oidText(document?.children[0]) !== oids.signedData) return undefined;
  const data = contextChild(document, 0)?.children[0];
  const content = data?.children[2];
  const indirect = contextChild(content, 0)?.children[0];
  const info = data?.children.at(-1)?.children[0];
  const [, sid, digest] = info?.children ?? [];
  const attributes = contextChild(info, 0);
  const signature = info?.children.find((one, i) => i > 3 && !one.context && one.tag === 4);
  if (oidText(content?.children[0]) !== oids.indirectData) return undefined;
  if (!indirect || !sid || !digest || !attributes || !signature) return undefined;
  return {
    indirect,
    certificates: (contextChild(data, 0)?.children ?? []).flatMap((one) => certificateOf(one) ?? []),
    issuer: hexOf(sid.children[0]?.whole ?? new Uint8Array()),
    serialNumber: hexOf(sid.children[1]?.content ?? new Uint8Array()).toUpperCase(),
    digestAlgorithm: oidText(digest.children[0]),
    attributes,
    signature: signature.content,
  };
}

const signerOf = (signed: Signed): Certificate | undefined =>
  signed.certificates.find(
    (one) => one.issuerName === signed.issuer && one.serialNumber === signed.serialNumber,
  );

function utf16(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    out[2 * i] = code & 0xff;
    out[2 * i + 1] = code >> 8;
  }
  return out;
}

/** The signature block of a script, to be put after its text; the text has none. */
export function signatureBlock(
  body: string,
  signer: Certificate,
  key: PrivateKey,
  chain: readonly Certificate[],
  hash: HashName,
): string {
  const algorithm = () => sequence(oid(hash.oid), none());
  const indirect = sequence(
    sequence(oid(oids.sipInfo), sipInfo()),
    sequence(algorithm(), octets(hash.hash(utf16(body)))),
  );
  const content = readDer(writeDer(indirect));
  const attributes = set(
    sequence(oid(oids.contentType), set(oid(oids.indirectData))),
    sequence(oid(oids.opusInfo), set(sequence())),
    sequence(oid(oids.statementType), set(sequence(oid(oids.individualSigning)))),
    sequence(oid(oids.messageDigest), set(octets(hash.hash(content?.content ?? new Uint8Array())))),
  );
  const message = writeDer(attributes);
  const tagged = Uint8Array.of(0xa0, ...message.subarray(1));
  const names = readDer(signer.encoded)?.children[0]?.children ?? [];
  const [serial, , issuer] = names[0]?.context ? names.slice(1) : names;
  const info = sequence(
    integer(1),
    sequence(embedded(issuer?.whole ?? new Uint8Array()), embedded(serial?.whole ?? new Uint8Array())),
    algorithm(),
    embedded(tagged),
    sequence(oid(oids.rsa), none()),
    octets(sign(key, hash, message)),
  );
  const data = sequence(
    integer(1),
    set(algorithm()),
    sequence(oid(oids.indirectData), wrapped(0, indirect)),
    wrapped(0, ...[signer, ...chain].map((one) => embedded(one.encoded))),
    set(info),
  );
  const base64 = toBase64(writeDer(sequence(oid(oids.signedData), wrapped(0, data))));
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [
    '',
    '# SIG # Begin signature block',
    ...lines.map((line) => `# ${line}`),
    '# SIG # End signature block',
    '',
  ].join('\r\n');
}

/** Names PowerShell's subject interface package, 1FCC3B60-594B-084E-B724-D2C6297EF351. */
const sipInfo = () =>
  sequence(
    integer(0x10000),
    octets(bytesOfHex('1fcc3b60594b084eb724d2c6297ef351')),
    integer(0),
    integer(0),
    integer(0),
    integer(0),
    integer(0),
  );
