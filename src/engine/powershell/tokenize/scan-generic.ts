import { forcesNewToken, isDoubleQuote, isSingleQuote, isSpecialInWord } from './chars.ts';
import { Pieces } from './pieces.ts';
import { readBacktick, readDollar, readDoubleQuoted, readSingleQuoted } from './scan-string.ts';
import type { Token } from './token.ts';
import { kinds } from './token-kind.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * A bare word: a command name or argument, from the token's start. `from` is where to read on; what stands before it is
 * taken as it is, or as `prefix` where it was an escape.
 */
export function scanGeneric(t: Tokenizer, from: number, prefix?: string): Token {
  const { text, limit } = t;
  let pos = from;
  while (pos < limit && !isSpecialInWord(text.charCodeAt(pos))) pos++;
  t.pos = pos;
  if (prefix === undefined && forcesNewToken(t.at(pos)))
    return t.make(kinds.Generic, { value: t.ownValue(t.tokenStart, pos) });
  const pieces = new Pieces();
  pieces.text((prefix ?? text.slice(t.tokenStart, from)) + text.slice(from, pos));
  for (;;) {
    const c = t.at(t.pos);
    if (forcesNewToken(c)) break;
    const start = t.pos++;
    if (c === 0x60) readBacktick(t, pieces);
    else if (isSingleQuote(c)) {
      const { value } = readSingleQuoted(t);
      pieces.text(value ?? text.slice(start + 1, t.pos - 1));
    } else if (isDoubleQuote(c)) readDoubleQuoted(t, pieces);
    else if (c !== 0x24 || !readDollar(t, pieces, false)) pieces.text(String.fromCharCode(c));
  }
  return t.make(kinds.Generic, {
    value: pieces.value,
    parts: pieces.hasTokens ? pieces.finish() : undefined,
  });
}
