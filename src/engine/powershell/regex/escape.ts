import { RegexSyntaxError } from './regex-error.ts';

const named: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\f': 'f' };

/** Regex.Escape: `\ * + ? | { [ ( ) ^ $ . #` and blanks. */
export const escapePattern = (text: string): string =>
  text.replace(/[\\*+?|{[()^$.# \n\r\t\f]/g, (c) => `\\${named[c] ?? c}`);

const plain: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Regex.Unescape; throws `RegexSyntaxError`. */
export function unescapePattern(text: string): string {
  const fail = (at: number, code: string, reason: string): never => {
    throw new RegexSyntaxError(text, at, code, reason);
  };
  let out = '';
  for (let i = 0; i < text.length;) {
    const c = text[i++] as string;
    if (c !== '\\') {
      out += c;
      continue;
    }
    const e = text[i];
    if (e === undefined) return fail(i, 'UnescapedEndingBackslash', 'Illegal \\ at end of pattern.');
    const octal = /^[0-7]{1,3}/.exec(text.slice(i));
    const hex = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(text.slice(i));
    if (octal) {
      out += String.fromCharCode(parseInt(octal[0], 8) & 0xff);
      i += octal[0].length;
    } else if (hex) {
      out += String.fromCharCode(parseInt(hex[1] ?? (hex[2] as string), 16));
      i += hex[0].length;
    } else if (e === 'x' || e === 'u')
      return fail(
        Math.min(text.length, i + (e === 'x' ? 3 : 5)),
        'InsufficientOrInvalidHexDigits',
        'Insufficient or invalid hexadecimal digits.',
      );
    else if (e === 'c' && text[i + 1] !== undefined) {
      out += String.fromCharCode((text[i + 1] as string).toUpperCase().charCodeAt(0) - 64);
      i += 2;
    } else if (plain[e] !== undefined) {
      out += plain[e];
      i++;
    } else if (/\w/.test(e)) return fail(i + 1, 'UnrecognizedEscape', `Unrecognized escape sequence \\${e}.`);
    else {
      out += e;
      i++;
    }
  }
  return out;
}
