import { isDoubleQuote, isSingleQuote, isWhitespace } from './chars.ts';
import { Pieces } from './pieces.ts';
import { makeExpandable, readBacktick, readDollar } from './scan-string.ts';
import type { Token } from './token.ts';
import { kinds, tokenInError } from './token-kind.ts';
import type { Tokenizer } from './tokenizer.ts';

const unterminated = 'TerminatorExpectedAtEndOfString';

/** After `@'` or `@"`: only white space may follow on the line. False where the string is broken. */
function readHeader(t: Tokenizer, quote: string): boolean {
  const header = t.pos - 2;
  while (isWhitespace(t.at(t.pos))) t.pos++;
  const c = t.at(t.pos);
  if (c === 0x0d) {
    t.pos++;
    if (t.at(t.pos) === 0x0a) t.pos++;
    return true;
  }
  if (c === 0x0a) {
    t.pos++;
    return true;
  }
  if (t.pos >= t.limit) {
    t.incomplete(header, unterminated, `${quote}@`);
    return false;
  }
  t.error(t.pos, t.pos + 1, 'UnexpectedCharactersAfterHereStringHeader');
  // Looks for a terminator on the line, so that the rest of the script is read as what it is.
  for (;;) {
    const next = t.at(t.pos);
    if (next === quote.charCodeAt(0) && t.at(t.pos + 1) === 0x40) {
      t.pos += 2;
      return false;
    }
    if (next === 0x0d || next === 0x0a || t.pos >= t.limit) return false;
    t.pos++;
  }
}

/** At the start of a line: past the footer, or false with what was read given to `text`. */
function readFooter(
  t: Tokenizer,
  isQuote: (c: number) => boolean,
  text: (value: string) => void,
  falseFooter: { at: number },
): boolean {
  if (isQuote(t.at(t.pos)) && t.at(t.pos + 1) === 0x40) {
    t.pos += 2;
    return true;
  }
  const start = t.pos;
  while (isWhitespace(t.at(t.pos))) t.pos++;
  if (t.pos > start) text(t.text.slice(start, t.pos));
  const c = t.at(t.pos);
  if (t.pos < t.limit && isQuote(c) && t.at(t.pos + 1) === 0x40) {
    // White space before the footer makes it text; remembered for a helpful error.
    if (falseFooter.at === -1) falseFooter.at = t.pos;
    text(t.text.slice(t.pos, t.pos + 2));
    t.pos += 2;
  }
  return false;
}

function reportUnterminated(t: Tokenizer, header: number, falseFooter: { at: number }, quote: string): void {
  if (falseFooter.at !== -1) t.incomplete(falseFooter.at, 'WhitespaceBeforeHereStringFooter');
  else t.incomplete(header, unterminated, `${quote}@`);
}

/** Line end at the position, read; empty where there is none. */
function readNewline(t: Tokenizer): string {
  const c = t.at(t.pos);
  if (c === 0x0d) {
    t.pos++;
    if (t.at(t.pos) !== 0x0a) return '\r';
    t.pos++;
    return '\r\n';
  }
  if (c !== 0x0a) return '';
  t.pos++;
  return '\n';
}

export function scanHereStringLiteral(t: Tokenizer): Token {
  const header = t.pos - 2;
  if (!readHeader(t, "'")) return t.make(kinds.HereStringLiteral, { value: '', flags: tokenInError });
  const start = t.pos;
  const falseFooter = { at: -1 };
  const ignore = (): void => undefined;
  if (readFooter(t, isSingleQuote, ignore, falseFooter))
    return t.make(kinds.HereStringLiteral, { value: '' });
  while (t.pos < t.limit) {
    const end = t.pos;
    if (readNewline(t) === '') {
      t.pos++;
      continue;
    }
    if (readFooter(t, isSingleQuote, ignore, falseFooter))
      return t.make(kinds.HereStringLiteral, { value: t.text.slice(start, end) });
  }
  const value = t.text.slice(start, t.limit);
  reportUnterminated(t, header, falseFooter, "'");
  return t.make(kinds.HereStringLiteral, { value, flags: tokenInError });
}

export function scanHereStringExpandable(t: Tokenizer): Token {
  const header = t.pos - 2;
  if (!readHeader(t, '"')) return t.make(kinds.HereStringExpandable, { value: '', flags: tokenInError });
  const falseFooter = { at: -1 };
  const pieces = new Pieces();
  const text = (value: string): void => pieces.text(value);
  if (readFooter(t, isDoubleQuote, text, falseFooter))
    return t.make(kinds.HereStringExpandable, { value: '' });
  while (t.pos < t.limit) {
    const runStart = t.pos;
    let { pos } = t;
    let c = 0;
    while (pos < t.limit) {
      c = t.text.charCodeAt(pos);
      if (c === 0x24 || c === 0x60 || c === 0x0d || c === 0x0a) break;
      pos++;
    }
    if (pos > runStart) pieces.text(t.text.slice(runStart, pos));
    t.pos = pos;
    if (pos >= t.limit) break;
    if (c === 0x24) {
      t.pos++;
      if (!readDollar(t, pieces, true)) pieces.text('$');
    } else if (c === 0x60) {
      t.pos++;
      readBacktick(t, pieces);
    } else {
      const newline = readNewline(t);
      pieces.text(newline);
      if (readFooter(t, isDoubleQuote, text, falseFooter)) {
        pieces.dropEnd(newline.length);
        return makeExpandable(t, kinds.HereStringExpandable, pieces, true);
      }
    }
  }
  reportUnterminated(t, header, falseFooter, '"');
  return makeExpandable(t, kinds.HereStringExpandable, pieces, false);
}
