import { fromBase64 } from '../../../base/base64.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { fromUint8Array } from '../../../base/bytes.ts';

/** Bytes of a certificate file, plain or in base64 between its lines. */
export function certificateFile(content: Bytes): Bytes {
  const text = /-----BEGIN CERTIFICATE-----([^]*?)-----END CERTIFICATE-----/.exec(content)?.[1];
  const decoded = text === undefined ? undefined : fromBase64(text.replace(/\s/g, ''));
  return decoded ? fromUint8Array(decoded) : content;
}
