const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 in the standard alphabet with padding. */
export function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += `${alphabet[word >> 18]}${alphabet[(word >> 12) & 63]}`;
    out +=
      b === undefined ? '==' : `${alphabet[(word >> 6) & 63]}${c === undefined ? '=' : alphabet[word & 63]}`;
  }
  return out;
}

/** Undefined where the text is not base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  const body = text.replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(body) || body.length % 4 === 1) return undefined;
  const out = new Uint8Array(Math.floor((body.length * 3) / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (const char of body) {
    word = ((word << 6) | alphabet.indexOf(char)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (word >> bits) & 0xff;
    }
  }
  return out;
}
