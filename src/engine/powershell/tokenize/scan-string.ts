import { isDoubleQuote, isSingleQuote, isVariableStart } from './chars.ts';
import { Pieces } from './pieces.ts';
import { backtick } from './scan-escape.ts';
import { scanVariable } from './scan-variable.ts';
import type { Token, Undoubled } from './token.ts';
import { Token as TokenClass, noFields } from './token.ts';
import { kinds, tokenInError } from './token-kind.ts';
import { expressionMode } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

const unterminated = 'TerminatorExpectedAtEndOfString';

/** After an opening single quote, up to and past the closing one. Gives the value where quotes are doubled in it. */
export function readSingleQuoted(t: Tokenizer): {
  readonly value: string | undefined;
  readonly ended: boolean;
} {
  const { text, limit } = t;
  const open = t.pos - 1;
  let { pos } = t;
  let runStart = pos;
  let built: string | undefined;
  while (pos < limit) {
    const c = text.charCodeAt(pos);
    if (!isSingleQuote(c)) {
      pos++;
      continue;
    }
    if (pos + 1 < limit && isSingleQuote(text.charCodeAt(pos + 1))) {
      built = (built ?? '') + text.slice(runStart, pos);
      runStart = pos + 1;
      pos += 2;
      continue;
    }
    t.pos = pos + 1;
    return { value: built === undefined ? undefined : built + text.slice(runStart, pos), ended: true };
  }
  t.pos = limit;
  t.incomplete(open, unterminated, "'");
  return { value: (built ?? '') + text.slice(runStart, limit), ended: false };
}

export function scanStringLiteral(t: Tokenizer): Token {
  const { value, ended } = readSingleQuoted(t);
  return t.make(kinds.StringLiteral, {
    value: value ?? t.ownValue(t.tokenStart + 1, t.pos - 1),
    flags: ended ? 0 : tokenInError,
  });
}

/** After an opening double quote, up to and past the closing one. False where it is missing. */
export function readDoubleQuoted(t: Tokenizer, pieces: Pieces): boolean {
  const { text } = t;
  const open = t.pos - 1;
  for (;;) {
    const runStart = t.pos;
    let pos = runStart;
    let c = 0;
    while (pos < t.limit) {
      c = text.charCodeAt(pos);
      if (c === 0x24 || c === 0x60 || isDoubleQuote(c)) break;
      pos++;
    }
    if (pos > runStart) pieces.text(text.slice(runStart, pos));
    t.pos = pos;
    if (pos >= t.limit) {
      t.incomplete(open, unterminated, '"');
      return false;
    }
    t.pos = pos + 1;
    if (c === 0x24) {
      if (!readDollar(t, pieces, false)) pieces.text('$');
    } else if (c === 0x60) readBacktick(t, pieces);
    else {
      const next = t.at(t.pos);
      if (!isDoubleQuote(next)) return true;
      t.pos++;
      pieces.text(String.fromCharCode(next));
    }
  }
}

/** After a backtick in a string. */
export function readBacktick(t: Tokenizer, pieces: Pieces): void {
  const c = t.at(t.pos);
  if (c === 0) pieces.text('`');
  else {
    t.pos++;
    pieces.text(backtick(t, c));
  }
}

/** After `$` in a string: a variable or subexpression; false where the dollar is only itself. */
export function readDollar(t: Tokenizer, pieces: Pieces, hereString: boolean): boolean {
  const dollar = t.pos - 1;
  const c = t.at(t.pos);
  if (c !== 0x28 && c !== 0x7b && !isVariableStart(c)) return false;
  const { tokenStart, mode, list } = t;
  t.list = undefined;
  t.mode = expressionMode;
  t.tokenStart = dollar;
  let token: Token;
  if (c === 0x28) {
    t.pos++;
    token = scanSubExpression(t, hereString);
  } else token = scanVariable(t, false, true);
  t.list = list;
  t.mode = mode;
  t.tokenStart = tokenStart;
  pieces.token(token, t.text.slice(dollar, t.pos));
  return true;
}

/**
 * After `$(` in a string: the place of a subexpression, found by counting parentheses as PowerShell does. Within quotes
 * a doubled quote stands for one: the text is then read again without the doubles.
 */
function scanSubExpression(t: Tokenizer, hereString: boolean): Token {
  const { text, limit } = t;
  const start = t.pos - 2;
  let { pos } = t;
  let depth = 1;
  const dropped: number[] = [];
  while (pos < limit) {
    const c = text.charCodeAt(pos);
    if (c === 0x28) depth++;
    else if (c === 0x29) {
      if (--depth === 0) break;
    } else if (
      !hereString &&
      (c === 0x60 || isDoubleQuote(c)) &&
      pos + 1 < limit &&
      isDoubleQuote(text.charCodeAt(pos + 1))
    ) {
      dropped.push(pos);
      pos++;
    }
    pos++;
  }
  const ended = pos < limit;
  t.pos = ended ? pos + 1 : limit;
  if (!ended) t.incomplete(start, 'IncompleteDollarSubexpressionReference');
  return new TokenClass(
    kinds.Unknown,
    t.source,
    t.offset(start),
    t.offset(t.pos),
    ended && dropped.length === 0 && t.offsets === undefined
      ? noFields
      : {
          flags: ended ? 0 : tokenInError,
          undoubled:
            dropped.length > 0 ? withoutDropped(t, start, t.pos, dropped) : t.undoubledSlice(start, t.pos),
        },
  );
}

function withoutDropped(t: Tokenizer, start: number, end: number, dropped: readonly number[]): Undoubled {
  const offsets = new Int32Array(end - start - dropped.length + 1);
  let out = '';
  let n = 0;
  let from = start;
  for (const skip of [...dropped, end]) {
    out += t.text.slice(from, skip);
    for (let i = from; i < skip; i++) offsets[n++] = t.offset(i);
    from = skip + 1;
  }
  offsets[n] = t.offset(end);
  return { text: out, offsets };
}

export function scanStringExpandable(t: Tokenizer): Token {
  // Most strings have nothing to expand: one run to the closing quote.
  const { text, limit } = t;
  let { pos } = t;
  while (pos < limit) {
    const c = text.charCodeAt(pos);
    if (c === 0x24 || c === 0x60) break;
    if (isDoubleQuote(c)) {
      if (pos + 1 < limit && isDoubleQuote(text.charCodeAt(pos + 1))) break;
      t.pos = pos + 1;
      return t.make(kinds.StringExpandable, { value: t.ownValue(t.tokenStart + 1, pos) });
    }
    pos++;
  }
  const pieces = new Pieces();
  const ended = readDoubleQuoted(t, pieces);
  return makeExpandable(t, kinds.StringExpandable, pieces, ended);
}

export function makeExpandable(t: Tokenizer, kind: number, pieces: Pieces, ended: boolean): Token {
  const parts = pieces.hasTokens ? pieces.finish() : undefined;
  let flags = ended ? 0 : tokenInError;
  for (const part of parts ?? []) if (typeof part !== 'string' && t.isInError(part)) flags = tokenInError;
  return t.make(kind, { value: pieces.value, parts, flags });
}
