const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard alphabet with padding. */
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
