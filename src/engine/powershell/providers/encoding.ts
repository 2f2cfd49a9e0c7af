import { utf8Decode, utf8Encode } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';

/** A text encoding as cmdlets name it. `bom` is what a new file starts with. */
export interface TextEncoding {
  readonly name: string;
  readonly bom: string;
  encode(text: string): Bytes;
  decode(content: Bytes): string;
}

const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';
const codePage437 =
  '\u00c7\u00fc\u00e9\u00e2\u00e4\u00e0\u00e5\u00e7\u00ea\u00eb\u00e8\u00ef\u00ee\u00ec\u00c4\u00c5\u00c9\u00e6\u00c6\u00f4\u00f6\u00f2\u00fb\u00f9\u00ff\u00d6\u00dc\u00a2\u00a3\u00a5\u20a7\u0192\u00e1\u00ed\u00f3\u00fa\u00f1\u00d1\u00aa\u00ba\u00bf\u2310\u00ac\u00bd\u00bc\u00a1\u00ab\u00bb\u2591\u2592\u2593\u2502\u2524\u2561\u2562\u2556\u2555\u2563\u2551\u2557\u255d\u255c\u255b\u2510\u2514\u2534\u252c\u251c\u2500\u253c\u255e\u255f\u255a\u2554\u2569\u2566\u2560\u2550\u256c\u2567\u2568\u2564\u2565\u2559\u2558\u2552\u2553\u256b\u256a\u2518\u250c\u2588\u2584\u258c\u2590\u2580\u03b1\u00df\u0393\u03c0\u03a3\u03c3\u00b5\u03c4\u03a6\u0398\u03a9\u03b4\u221e\u03c6\u03b5\u2229\u2261\u00b1\u2265\u2264\u2320\u2321\u00f7\u2248\u00b0\u2219\u00b7\u221a\u207f\u00b2\u25a0\u00a0';

/** One byte a character: plain below 128 but for `from` on, where `table` says. What has no byte becomes `?`. */
function singleByte(name: string, from: number, table: string, top: number): TextEncoding {
  const back = new Map<string, number>();
  for (let i = 0; i < table.length; i++) back.set(table[i] as string, from + i);
  return {
    name,
    bom: '',
    encode(text) {
      let out = '';
      for (const char of text) {
        const code = char.length === 1 ? char.charCodeAt(0) : 0x10000;
        const mapped = back.get(char);
        if (mapped !== undefined) out += String.fromCharCode(mapped);
        else if (code < top && !(code >= from && code < from + table.length)) out += char;
        else out += '?';
      }
      return out as Bytes;
    },
    decode(content) {
      // Nearly every file: no byte that the table changes.
      if (from >= 128 && !/[\x80-\xff]/.test(content)) return content;
      let out = '';
      for (let i = 0; i < content.length; i++) {
        const code = content.charCodeAt(i);
        if (code >= from && code < from + table.length) out += table[code - from] as string;
        else out += code < top ? (content[i] as string) : '?';
      }
      return out;
    },
  };
}

function wide(name: string, bytesOf: (code: number) => string, bom: string, little: boolean): TextEncoding {
  return {
    name,
    bom,
    encode(text) {
      let out = '';
      for (let i = 0; i < text.length; i++) out += bytesOf(text.charCodeAt(i));
      return out as Bytes;
    },
    decode(content) {
      let out = '';
      for (let i = 0; i + 1 < content.length; i += 2) {
        const a = content.charCodeAt(i);
        const b = content.charCodeAt(i + 1);
        out += String.fromCharCode(little ? a | (b << 8) : b | (a << 8));
      }
      return content.length % 2 === 1 ? `${out}\ufffd` : out;
    },
  };
}
const utf32: TextEncoding = {
  name: 'utf-32',
  bom: '\xff\xfe\x00\x00',
  encode(text) {
    let out = '';
    for (const char of text) {
      const code = char.codePointAt(0) ?? 0;
      out += String.fromCharCode(code & 255, (code >> 8) & 255, (code >> 16) & 255, 0);
    }
    return out as Bytes;
  },
  decode(content) {
    let out = '';
    for (let i = 0; i + 3 < content.length; i += 4) {
      const code =
        content.charCodeAt(i) | (content.charCodeAt(i + 1) << 8) | (content.charCodeAt(i + 2) << 16);
      out += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    }
    return out;
  },
};
const utf8 = (bom: string): TextEncoding => ({
  name: 'utf-8',
  bom,
  encode: utf8Encode,
  decode: utf8Decode,
});

export const utf8NoBom = utf8('');
export const utf8Bom = utf8('\xef\xbb\xbf');
export const unicode = wide('utf-16', (c) => String.fromCharCode(c & 255, c >> 8), '\xff\xfe', true);
const bigEndian = wide('utf-16BE', (c) => String.fromCharCode(c >> 8, c & 255), '\xfe\xff', false);
export const ansi = singleByte('Windows-1252', 0x80, windows1252, 0x100);
export const ascii = singleByte('us-ascii', 0x80, '', 0x80);
const latin1 = singleByte('iso-8859-1', 0x80, '', 0x100);
const oem = singleByte('ibm437', 0x80, codePage437, 0x80);

/** An encoding by the name a cmdlet takes; undefined where the dialect has no such name. */
export function encodingNamed(name: string, desktop: boolean): TextEncoding | undefined {
  if (!desktop) {
    // PowerShell 7 takes code pages, and every name .NET knows, too.
    const byPage = { '1252': ansi, '20127': ascii, '28591': latin1, '12000': utf32, '1201': bigEndian }[name];
    const known = byPage ?? encodingByWebName(name, false);
    if (known) return known;
  }
  switch (name.toLowerCase()) {
    case 'utf8':
      return desktop ? utf8Bom : utf8NoBom;
    case 'utf8bom':
      return desktop ? undefined : utf8Bom;
    case 'utf8nobom':
      return desktop ? undefined : utf8NoBom;
    case 'utf-8':
    case '65001':
      return desktop ? undefined : utf8NoBom;
    case 'unicode':
      return unicode;
    case 'string':
    case 'unknown':
      return desktop ? unicode : undefined;
    case 'utf-16':
    case 'utf-16le':
    case '1200':
      return desktop ? undefined : unicode;
    case 'bigendianunicode':
      return bigEndian;
    case 'utf32':
      return utf32;
    case 'ascii':
      return ascii;
    case 'us-ascii':
    case '20127':
      return desktop ? undefined : ascii;
    case 'default':
      return desktop ? ansi : utf8NoBom;
    case 'ansi':
    case '1252':
    case 'windows-1252':
      return desktop ? undefined : ansi;
    case 'latin1':
    case 'iso-8859-1':
    case '28591':
      return desktop ? undefined : latin1;
    case 'oem':
    case '437':
      return oem;
    default:
      return undefined;
  }
}

/** What a .NET Encoding object (by its WebName) writes; `bom` whether it has a preamble. */
export function encodingByWebName(name: string, bom: boolean): TextEncoding | undefined {
  switch (name.toLowerCase()) {
    case 'utf-8':
      return bom ? utf8Bom : utf8NoBom;
    case 'utf-16':
      return unicode;
    case 'utf-16be':
      return bigEndian;
    case 'utf-32':
      return utf32;
    case 'us-ascii':
      return ascii;
    case 'iso-8859-1':
      return latin1;
    case 'windows-1252':
      return ansi;
    default:
      return undefined;
  }
}

/** Text of a file: its byte order mark decides, else `fallback`. */
export function decodeText(content: Bytes, fallback: TextEncoding): string {
  const mark = markOf(content);
  return mark ? mark.decode(content.slice(mark.bom.length) as Bytes) : fallback.decode(content);
}
/** The encoding whose byte order mark a content starts with. */
export function markOf(content: Bytes): TextEncoding | undefined {
  return [utf8Bom, utf32, unicode, bigEndian].find((e) => content.startsWith(e.bom));
}
