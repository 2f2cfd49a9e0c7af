/* What a UTF-16 unit may do in PowerShell text. One table for ASCII; the rest by rule. */

const identifierStart = 1;
const variableStart = 2;
const digit = 4;
const hexDigit = 8;
const whitespace = 16;
const startsToken = 32;
const startsTokenAfterNumber = 64;
const endsAssemblyName = 128;
/** Ends the quick scan of a generic token: a new token starts here, or the text is not what it says. */
const special = 256;

const traits = new Uint16Array(128);
const add = (chars: string, bits: number): void => {
  for (let i = 0; i < chars.length; i++) {
    const code = chars.charCodeAt(i);
    traits[code] = (traits[code] as number) | bits;
  }
};
add('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', identifierStart | variableStart);
add('0123456789', digit | variableStart);
add('0123456789abcdefABCDEF', hexDigit);
add('$:?^', variableStart);
add('\t\v\f ', whitespace);
add('\0\t\n\v\f\r &(),;{|}', startsToken | special);
add('!#%*+-./<=>]', startsTokenAfterNumber);
add('\0\t\n\v\f\r ,=]', endsAssemblyName);
add('`$\'"', special);

const nextLine = 0x85;
const noBreakSpace = 0xa0;
export const enDash = 0x2013;
export const emDash = 0x2014;
export const horizontalBar = 0x2015;

const letter = /^\p{L}$/u;
const letterOrDigit = /^[\p{L}\p{Nd}]$/u;
const separator = /^\p{Z}$/u;

/** White space other than line ends. */
export function isWhitespace(c: number): boolean {
  if (c < 128) return ((traits[c] as number) & whitespace) !== 0;
  if (c <= 256) return c === noBreakSpace || c === nextLine;
  return separator.test(String.fromCharCode(c));
}
/** .NET's Char.IsWhiteSpace: line ends count. */
export const isAnyWhitespace = (c: number): boolean =>
  isWhitespace(c) || c === 10 || c === 13 || (c >= 0x1c && c <= 0x1f);
export const isDash = (c: number): boolean =>
  c === 0x2d || c === enDash || c === emDash || c === horizontalBar;
/** `'` and its typographic kin. */
export const isSingleQuote = (c: number): boolean => c === 0x27 || (c >= 0x2018 && c <= 0x201b);
/** `"` and its typographic kin. */
export const isDoubleQuote = (c: number): boolean => c === 0x22 || (c >= 0x201c && c <= 0x201e);
export const isLetter = (c: number): boolean =>
  c < 128 ? (c | 32) >= 0x61 && (c | 32) <= 0x7a : letter.test(String.fromCharCode(c));
export const isLetterOrDigit = (c: number): boolean =>
  c < 128
    ? ((c | 32) >= 0x61 && (c | 32) <= 0x7a) || (c >= 0x30 && c <= 0x39)
    : letterOrDigit.test(String.fromCharCode(c));
export const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
export const isHexDigit = (c: number): boolean => c < 128 && ((traits[c] as number) & hexDigit) !== 0;
export const isVariableStart = (c: number): boolean =>
  c < 128 ? ((traits[c] as number) & variableStart) !== 0 : isLetterOrDigit(c);
export const isIdentifierStart = (c: number): boolean =>
  c < 128 ? ((traits[c] as number) & identifierStart) !== 0 : isLetter(c);
export const isIdentifierFollow = (c: number): boolean =>
  c < 128 ? ((traits[c] as number) & (identifierStart | digit)) !== 0 : isLetterOrDigit(c);
/** Ends a token that starts with a letter or digit, in every mode: `a#b` is one token, `a{` two. */
export const forcesNewToken = (c: number): boolean =>
  c < 128 ? ((traits[c] as number) & startsToken) !== 0 : isWhitespace(c);
/** Ends a number in expressions: `7z` is one token, `7+` two. `?` and `:` too where a ternary may follow. */
export const forcesNewTokenAfterNumber = (c: number, ternary: boolean): boolean =>
  c < 128
    ? ((traits[c] as number) & startsTokenAfterNumber) !== 0 || (ternary && (c === 0x3f || c === 0x3a))
    : isDash(c);
export const endsAssemblyPart = (c: number): boolean =>
  c < 128 ? ((traits[c] as number) & endsAssemblyName) !== 0 : isWhitespace(c);
/** Stops the quick scan of a bare word. */
export const isSpecialInWord = (c: number): boolean =>
  c < 128 ? ((traits[c] as number) & special) !== 0 : isWhitespace(c) || isSingleQuote(c) || isDoubleQuote(c);
