import { isHexDigit } from './chars.ts';
import type { Tokenizer } from './tokenizer.ts';

const maxDigits = 6;

/** What a backtick and the unit after it (already read) stand for. */
export function backtick(t: Tokenizer, c: number): string {
  switch (c) {
    case 0x30:
      return '\0';
    case 0x61:
      return '\x07';
    case 0x62:
      return '\b';
    case 0x65:
      return '\x1b';
    case 0x66:
      return '\f';
    case 0x6e:
      return '\n';
    case 0x72:
      return '\r';
    case 0x74:
      return '\t';
    case 0x75:
      return unicodeEscape(t);
    case 0x76:
      return '\v';
    default:
      return String.fromCharCode(c);
  }
}

const invalid = '\uffff';

/** After `` `u ``: `{` one to six hex digits `}`. */
function unicodeEscape(t: Tokenizer): string {
  const start = t.pos - 2;
  if (t.at(t.pos) !== 0x7b) {
    t.error(start, t.pos, 'InvalidUnicodeEscapeSequence');
    return invalid;
  }
  t.pos++;
  const digits = t.pos;
  for (let n = 0; ; n++) {
    const c = t.at(t.pos);
    if (c === 0x7d) {
      t.pos++;
      if (n === 0) {
        t.error(start, t.pos, 'InvalidUnicodeEscapeSequence');
        return invalid;
      }
      break;
    }
    if (!isHexDigit(c)) {
      t.error(
        t.pos,
        t.pos + 1,
        n < maxDigits ? 'InvalidUnicodeEscapeSequence' : 'MissingUnicodeEscapeSequenceTerminator',
      );
      return invalid;
    }
    if (n === maxDigits) {
      t.error(t.pos, t.pos + 1, 'TooManyDigitsInUnicodeEscapeSequence');
      return invalid;
    }
    t.pos++;
  }
  const code = parseInt(t.text.slice(digits, t.pos - 1), 16);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  t.error(digits, t.pos - 1, 'InvalidUnicodeEscapeSequenceValue');
  return invalid;
}
