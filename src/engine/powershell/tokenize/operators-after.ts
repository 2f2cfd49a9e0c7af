import { isWhitespace } from './chars.ts';
import { scanBlockComment, scanLineComment } from './scan-comment.ts';
import type { Token } from './token.ts';
import { kinds } from './token-kind.ts';
import { commandMode } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/* What may follow an expression or precede one at once, asked for by the parser and not part of the general scan. */

const endsMember = (c: number): boolean => c === 0 || c === 13 || c === 10 || isWhitespace(c);

/** `.`, `::`, `[`, `?.` or `?[` directly after an expression; block comments may stand between. */
export function getMemberAccessOperator(t: Tokenizer, allowLBracket: boolean): Token | undefined {
  let c = t.at(t.pos);
  while (c === 0x3c) {
    if (t.at(t.pos + 1) !== 0x23) return undefined;
    t.tokenStart = t.pos;
    t.pos += 2;
    scanBlockComment(t);
    c = t.at(t.pos);
  }
  const start = t.pos;
  const next = t.at(start + 1);
  switch (c) {
    case 0x2e: // .
      if (next === 0x2e || (t.mode === commandMode && endsMember(next))) return undefined;
      return take(t, 1, kinds.Dot);
    case 0x3a: // :
      if (next !== 0x3a || (t.mode === commandMode && endsMember(t.at(start + 2)))) return undefined;
      return take(t, 2, kinds.ColonColon);
    case 0x5b: // [
      return allowLBracket ? take(t, 1, kinds.LBracket) : undefined;
    case 0x3f: // ?
      if (next === 0x2e) return take(t, 2, kinds.QuestionDot);
      return next === 0x5b && allowLBracket ? take(t, 2, kinds.QuestionLBracket) : undefined;
    default:
      return undefined;
  }
}
function take(t: Tokenizer, length: number, kind: number): Token {
  t.tokenStart = t.pos;
  t.pos += length;
  return t.make(kind);
}

/** `(` or `{` directly after a member name. */
export function getInvokeMemberOpenParen(t: Tokenizer): Token | undefined {
  const c = t.at(t.pos);
  if (c === 0x28) return take(t, 1, kinds.LParen);
  return c === 0x7b ? take(t, 1, kinds.LCurly) : undefined;
}

/** `[` of an attribute or type, after white space and comments; else the position stays. */
export function getLBracket(t: Tokenizer): Token | undefined {
  const resyncPoint = t.restorePoint;
  let resyncIfMemberAccess = false;
  for (;;) {
    const c = t.at(t.pos);
    if (c === 0x5b) return take(t, 1, kinds.LBracket);
    if (isWhitespace(c) && t.pos < t.limit) {
      resyncIfMemberAccess = true;
      t.skipWhitespace();
    } else if (c === 0x23) {
      resyncIfMemberAccess = true;
      t.tokenStart = t.pos++;
      scanLineComment(t);
    } else if (c === 0x3c && t.at(t.pos + 1) === 0x23) {
      resyncIfMemberAccess = false;
      t.tokenStart = t.pos;
      t.pos += 2;
      scanBlockComment(t);
    } else {
      if ((c === 0x2e || c === 0x3a) && resyncIfMemberAccess) t.resync(resyncPoint);
      return undefined;
    }
  }
}

/** After `--%`: the rest of the line but for pipes, as it stands. */
export function getVerbatimArgument(t: Tokenizer): Token {
  t.skipWhitespace();
  t.tokenStart = t.pos;
  let quoted = false;
  while (t.pos < t.limit) {
    const c = t.at(t.pos);
    if (c === 13 || c === 10) break;
    if (c === 0x22) quoted = !quoted;
    else if (!quoted && (c === 0x7c || (c === 0x26 && t.at(t.pos + 1) === 0x26))) break;
    t.pos++;
  }
  return t.make(kinds.Generic, { value: t.text.slice(t.tokenStart, t.pos) });
}

/** An assembly's full name after a type and a comma, white space around its parts left out. */
export function getAssemblyName(t: Tokenizer): string {
  let name = assemblyPart(t);
  while (t.at(t.pos) === 0x2c) {
    take(t, 1, kinds.Comma);
    name += `, ${assemblyPart(t)}`;
    if (t.at(t.pos) !== 0x3d) continue;
    take(t, 1, kinds.Equals);
    name += `=${assemblyPart(t)}`;
  }
  return name;
}
function assemblyPart(t: Tokenizer): string {
  t.skipWhitespace();
  t.tokenStart = t.pos;
  while (t.pos < t.limit && !/[\0\s,=\]]/.test(t.text[t.pos] as string)) t.pos++;
  const part = t.text.slice(t.tokenStart, t.pos);
  t.make(kinds.Identifier);
  t.skipWhitespace();
  return part;
}
