import { isDoubleQuote, isLetter, isSingleQuote, isWhitespace } from './chars.ts';
import { dashOperators } from './keywords.ts';
import { scanGeneric } from './scan-generic.ts';
import type { Token } from './token.ts';
import { kinds } from './token-kind.ts';
import { commandMode, expressionMode } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/** After a dash: a parameter in a command, an operator in an expression. */
export function scanParameter(t: Tokenizer): Token {
  const { text, limit } = t;
  const inCommand = t.mode === commandMode;
  const start = t.pos;
  let pos = start;
  let usedColon = false;
  scan: while (pos < limit) {
    const c = text.charCodeAt(pos);
    switch (c) {
      case 0x7b:
      case 0x7d:
      case 0x28:
      case 0x29:
      case 0x3b:
      case 0x2c:
      case 0x7c:
      case 0x26:
      case 0x2e:
      case 0x5b:
      case 0x0d:
      case 0x0a:
      case 0:
        break scan;
      case 0x3a: // :
        usedColon = true;
        break scan;
      default:
        if (c < 128 && isLetter(c)) {
          pos++;
          continue;
        }
        if (isWhitespace(c)) break scan;
        if (isSingleQuote(c) || isDoubleQuote(c)) {
          // Quotes are never part of a parameter: `-a"b"` is an argument.
          if (inCommand) return scanGeneric(t, start);
          break scan;
        }
        if (!inCommand) break scan;
        pos++;
    }
  }
  if (t.mode === expressionMode) {
    const operator = dashOperators.find(text, start, pos);
    if (operator !== 0) {
      t.pos = pos;
      return t.make(operator);
    }
  }
  t.pos = pos;
  if (pos === start) return t.make(kinds.Minus);
  if (usedColon && inCommand) t.pos++;
  return t.make(kinds.Parameter, { usedColon: usedColon && inCommand });
}
