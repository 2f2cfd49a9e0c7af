import type { Brand } from './brand.ts';

/**
 * Bytes as a string whose characters are 0 to 255 (one byte each in V8). Immutable, comparable with `===`,
 * cheap to append to (ropes) and safe inside frozen world values, which typed arrays are not.
 */
export type Bytes = Brand<string, 'Bytes'>;

export const emptyBytes = '' as Bytes;

/** Throws RangeError where a character is above 255: the caller mixed text and bytes. */
export function bytes(latin1: string): Bytes {
  for (let i = 0; i < latin1.length; i++) {
    if (latin1.charCodeAt(i) > 0xff)
      throw new RangeError(`Not a byte: U+${latin1.charCodeAt(i).toString(16)} at ${i}`);
  }
  return latin1 as Bytes;
}

export function toUint8Array(value: Bytes): Uint8Array {
  const out = new Uint8Array(value.length);
  for (let i = 0; i < value.length; i++) out[i] = value.charCodeAt(i);
  return out;
}

export function fromUint8Array(value: Uint8Array): Bytes {
  let out = '';
  // In pieces: String.fromCharCode takes its arguments on the stack.
  for (let i = 0; i < value.length; i += 8192) out += String.fromCharCode(...value.subarray(i, i + 8192));
  return out as Bytes;
}

/** Starting a regular expression costs more than a loop over a short text, and much less than one over a long text. */
const shortText = 48;
const beyondAscii = /[\u0080-\uffff]/;

function isAscii(text: string): boolean {
  if (text.length > shortText) return !beyondAscii.test(text);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** As long as `utf8Encode(text)`, without making it where all is ASCII. */
export function utf8Length(text: string): number {
  if (text.length < 512) return lengthOf(text);
  let length = longTexts.get(text);
  if (length === undefined) {
    length = lengthOf(text);
    if (longTexts.size >= 64) longTexts.clear();
    longTexts.set(text, length);
  }
  return length;
}

/** Long texts are mostly documents that come again, and reading one through costs more than finding it here. */
const longTexts = new Map<string, number>();

const lengthOf = (text: string): number => (isAscii(text) ? text.length : utf8Encode(text).length);

/** UTF-8, lone surrogates as U+FFFD, as encoders of the platform do. */
export function utf8Encode(text: string): Bytes {
  if (isAscii(text)) return text as Bytes;
  let out = '';
  for (const char of text) {
    let code = char.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) out += char;
    else if (code < 0x800) out += String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000)
      out += String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      out += String.fromCharCode(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return out as Bytes;
}

/** UTF-8; a byte that does not fit becomes U+FFFD. A byte order mark is kept. */
export function utf8Decode(value: Bytes): string {
  if (isAscii(value)) return value;
  const parts: string[] = [];
  let i = 0;
  while (i < value.length) {
    const lead = value.charCodeAt(i);
    const need =
      lead < 0x80
        ? 0
        : lead >= 0xc2 && lead < 0xe0
          ? 1
          : lead >= 0xe0 && lead < 0xf0
            ? 2
            : lead >= 0xf0 && lead < 0xf5
              ? 3
              : -1;
    if (need === 0) {
      parts.push(value[i] ?? '');
      i++;
      continue;
    }
    let code = need === 1 ? lead & 31 : need === 2 ? lead & 15 : lead & 7;
    let used = 1;
    while (need > 0 && used <= need) {
      const next = value.charCodeAt(i + used);
      if ((next & 0xc0) !== 0x80) break;
      if (
        used === 1 &&
        ((lead === 0xe0 && next < 0xa0) ||
          (lead === 0xed && next > 0x9f) ||
          (lead === 0xf0 && next < 0x90) ||
          (lead === 0xf4 && next > 0x8f))
      )
        break;
      code = (code << 6) | (next & 63);
      used++;
    }
    parts.push(need > 0 && used === need + 1 ? String.fromCodePoint(code) : '�');
    i += used;
  }
  return parts.join('');
}
