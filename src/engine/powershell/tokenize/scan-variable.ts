import { forcesNewToken, isDoubleQuote, isLetterOrDigit, isVariableStart } from './chars.ts';
import { backtick } from './scan-escape.ts';
import { scanGeneric } from './scan-generic.ts';
import type { Token } from './token.ts';
import { kinds } from './token-kind.ts';
import { commandMode } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { VariablePath } from './variable-path.ts';

const dollar = 0x24;
const question = 0x3f;
const caret = 0x5e;
const colon = 0x3a;

/** After `$` or `@`: a variable, or a bare word that only starts like one. */
export function scanVariable(t: Tokenizer, splatted: boolean, inString: boolean): Token {
  const { text } = t;
  const start = t.pos;
  const first = t.at(start);
  if (first === 0x7b && !splatted) return braced(t, inString);
  if (!isVariableStart(first)) return scanGeneric(t, t.pos);
  let pos = start + 1;
  if (first === dollar || first === question || first === caret) {
    t.pos = pos;
    if (t.mode === commandMode && !forcesNewToken(t.at(pos))) return asWord(t);
  } else {
    for (;;) {
      const c = t.at(pos);
      if (
        ((c | 32) >= 0x61 && (c | 32) <= 0x7a && c < 128) ||
        (c >= 0x30 && c <= 0x39) ||
        c === 0x5f ||
        c === question
      )
        pos++;
      else if (c === colon) {
        if (t.at(pos + 1) === colon) break;
        pos++;
      } else if (c === 0x2e || c === 0x5b || c === 0x3d || forcesNewToken(c)) break;
      else if (c >= 128 && isLetterOrDigit(c)) pos++;
      else if (t.mode === commandMode) return asWord(t);
      else break;
    }
  }
  // `$:` alone: the first character may be a colon too.
  t.pos = pos;
  const path = new VariablePath(text.slice(start, pos));
  if (path.unqualified === '')
    t.error(
      t.tokenStart,
      pos,
      path.drive === undefined ? 'InvalidVariableReference' : 'InvalidVariableReferenceWithDrive',
    );
  return t.make(splatted ? kinds.SplattedVariable : kinds.Variable, { path });
}

/** Reads the token again as a bare word. */
function asWord(t: Tokenizer): Token {
  return scanGeneric(t, t.tokenStart);
}

/** After `$`, at `{`. */
function braced(t: Tokenizer, inString: boolean): Token {
  const errorStart = t.pos;
  t.pos++;
  let name = '';
  let ended = false;
  while (t.pos < t.limit) {
    const c = t.at(t.pos++);
    if (c === 0x7d) {
      ended = true;
      break;
    }
    if (c === 0x60) {
      if (t.pos >= t.limit) break;
      name += backtick(t, t.at(t.pos++));
      continue;
    }
    if (inString && isDoubleQuote(c)) {
      if (t.pos >= t.limit) break;
      if (isDoubleQuote(t.at(t.pos))) {
        name += String.fromCharCode(t.at(t.pos++));
        continue;
      }
    }
    if (c === 0x7b) t.error(t.pos, t.pos + 1, 'OpenBraceNeedsToBeBackTickedInVariableName');
    name += String.fromCharCode(c);
  }
  if (!ended) t.incomplete(errorStart, 'IncompleteDollarVariableReference');
  if (name === '') {
    if (ended) t.error(t.pos - 1, t.pos, 'EmptyVariableReference');
    name = ':Error:';
  }
  if (t.mode === commandMode) {
    const next = t.at(t.pos);
    if (!forcesNewToken(next) && next !== 0x2e && next !== 0x5b) return asWord(t);
  }
  const path = new VariablePath(name);
  if (path.unqualified === '') t.error(t.tokenStart, t.pos, 'InvalidBracedVariableReference');
  return t.make(kinds.Variable, { path });
}
