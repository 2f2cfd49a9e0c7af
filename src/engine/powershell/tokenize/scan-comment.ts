import { isWhitespace } from './chars.ts';
import { kinds } from './token-kind.ts';
import { Token, noFields } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';

const requires = 'requires';

/** From after `#` to the line's end. */
export function scanLineComment(t: Tokenizer): void {
  const { text, limit } = t;
  let { pos } = t;
  while (pos < limit) {
    const c = text.charCodeAt(pos);
    if (c === 10 || c === 13) break;
    pos++;
  }
  const start = t.pos;
  t.pos = pos;
  if (t.list) t.make(kinds.Comment);
  if (pos - start < requires.length) return;
  if (looksLikeSignature(text, start, pos)) t.signatureStart = t.offset(t.tokenStart);
  else if (t.offsets === undefined && t.limit === t.source.text.length && isRequires(text, start))
    t.requires.push(new Token(kinds.Comment, t.source, t.tokenStart, pos, noFields));
}

function isRequires(text: string, start: number): boolean {
  for (let i = 0; i < requires.length; i++)
    if ((text.charCodeAt(start + i) | 32) !== requires.charCodeAt(i)) return false;
  return true;
}

/** From after `<#` to `#>`. */
export function scanBlockComment(t: Tokenizer): void {
  const end = t.text.indexOf('#>', t.pos);
  const start = t.pos - 2;
  if (end < 0 || end + 2 > t.limit) {
    t.pos = t.limit;
    t.incomplete(start, 'MissingTerminatorMultiLineComment');
  } else t.pos = end + 2;
  if (t.list) t.make(kinds.Comment);
}

const signature = 'sig#beginsignatureblock\n';
const threshold = 10;
const inSignature = new Uint8Array(128);
for (let i = 0; i < signature.length; i++) {
  const c = signature.charCodeAt(i);
  inSignature[c] = (inSignature[c] as number) + 1;
}
const seen = new Uint8Array(128);

/**
 * Whether a comment resembles the line that starts a signature block (by edits, without white space and case): code
 * after something that looks like a signature could hide there.
 */
function looksLikeSignature(text: string, start: number, end: number): boolean {
  // White space does not count, so the length gives no upper bound by itself; a long line rarely has only 34 others.
  if (end - start > 120) return false;
  seen.fill(0);
  let length = 1;
  let shared = 1;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (isWhitespace(c)) continue;
    length++;
    const lower = c >= 0x41 && c <= 0x5a ? c | 32 : c;
    if (lower >= 128) continue;
    const n = (seen[lower] = (seen[lower] as number) + 1);
    if (n <= (inSignature[lower] as number)) shared++;
  }
  if (length > signature.length + threshold || length < signature.length - threshold) return false;
  // So many units at least must be changed, added or removed.
  if (Math.max(length, signature.length) - shared >= threshold) return false;
  let comment = '';
  for (let i = start; i < end; i++) if (!isWhitespace(text.charCodeAt(i))) comment += text[i];
  return distance(`${comment.toLowerCase()}\n`, signature) < threshold;
}

/** Levenshtein distance. */
function distance(first: string, second: string): number {
  let row = Array.from({ length: second.length + 1 }, (_, i) => i);
  for (let i = 1; i <= first.length; i++) {
    const next = [i];
    for (let j = 1; j <= second.length; j++) {
      const same = first[i - 1] === second[j - 1];
      const diagonal = row[j - 1] as number;
      next.push(same ? diagonal : Math.min(next[j - 1] as number, row[j] as number, diagonal) + 1);
    }
    row = next;
  }
  return row[second.length] as number;
}
