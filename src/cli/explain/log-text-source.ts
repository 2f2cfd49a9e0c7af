import { closeSync, openSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';

/** Bytes of a file that are looked at to tell what it is. */
const headLength = 4096;
const pieceLength = 1 << 18;

export type TextEncodingFound = 'utf-8' | 'utf-16le' | 'utf-16be' | 'binary';

/**
 * The encoding of a log by its first bytes: a byte order mark, else the zeros between Latin letters. A file with other
 * zeros is no text.
 */
export function encodingOf(head: Uint8Array): TextEncodingFound {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  head.forEach((byte, n) => {
    if (byte !== 0) return;
    if (n % 2 === 0) even += 1;
    else odd += 1;
  });
  if (even + odd === 0) return 'utf-8';
  const half = head.length / 2;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.1) return 'utf-16be';
  return 'binary';
}

/** The text of a file, piece by piece; whatever cannot be decoded becomes U+FFFD. */
export function* textOf(file: string): Generator<string> {
  const handle = openSync(file, 'r');
  try {
    const buffer = new Uint8Array(pieceLength);
    let decoder: TextDecoder | undefined;
    for (;;) {
      const length = readSync(handle, buffer, 0, pieceLength, null);
      if (length === 0) break;
      const bytes = buffer.subarray(0, length);
      if (!decoder) {
        const encoding = encodingOf(bytes.subarray(0, headLength));
        // A binary file is read like any other: its "lines" are unknown, and counted.
        decoder = new TextDecoder(encoding === 'binary' ? 'latin1' : encoding);
      }
      yield decoder.decode(bytes, { stream: true });
    }
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  } finally {
    closeSync(handle);
  }
}
