import { forcesNewToken, forcesNewTokenAfterNumber, isDash, isDigit, isHexDigit } from './chars.ts';
import { numberValue } from './number.ts';
import type { NumberFormat, NumberParts } from './number.ts';
import { scanGeneric } from './scan-generic.ts';
import type { Token } from './token.ts';
import { kinds } from './token-kind.ts';
import { expressionMode } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/** From a digit, dot or sign at `start`: a number, or a bare word such as `7z`. */
export function scanNumber(t: Tokenizer, start: number): Token {
  const { text, limit } = t;
  // Nearly all numbers are a few decimal digits.
  let pos = start;
  let small = 0;
  while (pos < limit && isDigit(text.charCodeAt(pos))) small = small * 10 + text.charCodeAt(pos++) - 0x30;
  if (pos > start && pos - start < 10 && forcesNewToken(t.at(pos))) {
    t.pos = pos;
    return t.make(kinds.Number, { number: small });
  }
  const parts = readNumber(t, start);
  if (!parts) return scanGeneric(t, start);
  const value = numberValue(parts);
  if (value === undefined) {
    if (t.mode !== expressionMode) return scanGeneric(t, start);
    t.error(t.tokenStart, t.pos, 'BadNumericConstant', text.slice(t.tokenStart, t.pos));
  }
  return t.make(kinds.Number, { number: value ?? null });
}

/** Whether a number stands at a position; the position of the tokenizer does not change. */
export function isNumberAt(t: Tokenizer, start: number): boolean {
  const { pos } = t;
  const found = readNumber(t, start) !== undefined;
  t.pos = pos;
  return found;
}

const isSuffix = (c: number): boolean => {
  const lower = c | 32;
  // d l n s u y
  return (
    c > 0x40 &&
    c < 128 &&
    (lower === 0x64 || lower === 0x6c || lower === 0x6e || lower === 0x73 || lower === 0x75 || lower === 0x79)
  );
};
const multipliers: Readonly<Record<number, number>> = {
  0x6b: 1024,
  0x6d: 1048576,
  0x67: 1073741824,
  0x74: 1099511627776,
  0x70: 1125899906842624,
};

/** Reads a literal at `start`; undefined where the text there is no number. */
function readNumber(t: Tokenizer, start: number): NumberParts | undefined {
  let pos = start;
  let sign = '';
  let first = t.at(pos);
  if (isDash(first)) {
    sign = '-';
    first = t.at(++pos);
  } else if (first === 0x2b) {
    sign = '+';
    first = t.at(++pos);
  }
  const digits = (): number => {
    const from = pos;
    while (isDigit(t.at(pos))) pos++;
    return pos - from;
  };
  let exponentSign = '';
  const exponent = (): boolean => {
    pos++;
    if (t.at(pos) === 0x2b || isDash(t.at(pos))) exponentSign = t.text[pos++] as string;
    return digits() > 0;
  };
  let format: NumberFormat = 'decimal';
  let real = false;
  let from = pos;
  const second = t.at(pos + 1) | 32;
  if (first === 0x30 && (second === 0x78 || second === 0x62)) {
    format = second === 0x78 ? 'hex' : 'binary';
    pos += 2;
    from = pos;
    if (format === 'hex') while (isHexDigit(t.at(pos))) pos++;
    else while (t.at(pos) === 0x30 || t.at(pos) === 0x31) pos++;
    if (format === 'binary' && pos === from) return undefined;
  } else {
    if (first !== 0x2e) digits();
    if (t.at(pos) === 0x2e && t.at(pos + 1) !== 0x2e) {
      real = true;
      pos++;
      digits();
    }
    if ((t.at(pos) | 32) === 0x65 && t.at(pos) > 0x40) {
      real = true;
      if (!exponent()) return undefined;
    }
  }
  let text = t.text.slice(from, pos);
  if (exponentSign !== '' && exponentSign !== '-' && exponentSign !== '+')
    text = text.replace(exponentSign, '-');
  let suffix = '';
  if (isSuffix(t.at(pos))) {
    suffix = (t.text[pos++] as string).toLowerCase();
    if (isSuffix(t.at(pos))) {
      const more = (t.text[pos++] as string).toLowerCase();
      if (suffix !== 'u' || (more !== 'l' && more !== 's' && more !== 'y')) return undefined;
      suffix += more;
    }
  }
  let multiplier = 1;
  const unit = t.at(pos) > 0x40 ? multipliers[t.at(pos) | 32] : undefined;
  if (unit !== undefined) {
    if ((t.at(pos + 1) | 32) !== 0x62) return undefined;
    pos += 2;
    multiplier = unit;
  }
  const next = t.at(pos);
  if (
    !forcesNewToken(next) &&
    !(t.mode === expressionMode && forcesNewTokenAfterNumber(next, t.endNumberOnTernary))
  )
    return undefined;
  t.pos = pos;
  return { digits: sign + text, format, suffix, real, multiplier };
}
