import { kinds } from './token-kind.ts';
import type { KindName, TokenKind } from './token-kind.ts';

const keywordText =
  'elseif if else switch foreach from in for while until do try catch finally trap data return continue break exit throw begin process end dynamicparam function filter param class define var using workflow parallel sequence inlinescript configuration public private static interface enum namespace module type assembly command hidden base default clean';
const operatorText =
  'bnot not eq ieq ceq ne ine cne ge ige cge gt igt cgt lt ilt clt le ile cle like ilike clike notlike inotlike cnotlike match imatch cmatch notmatch inotmatch cnotmatch replace ireplace creplace contains icontains ccontains notcontains inotcontains cnotcontains in iin cin notin inotin cnotin split isplit csplit isnot is as f and band or bor xor bxor join shl shr';

/** Words without case, found by length and first letter, so that nothing is cut out of the text to look it up. */
class WordTable {
  private readonly buckets: (readonly [string, TokenKind])[][] = [];
  constructor(words: readonly (readonly [string, TokenKind])[]) {
    for (const entry of words) {
      const slot = WordTable.slot(entry[0].length, entry[0].charCodeAt(0));
      (this.buckets[slot] ??= []).push(entry);
    }
  }
  private static slot(length: number, first: number): number {
    return length * 32 + ((first | 32) & 31);
  }
  /** Kind of the word at `start`; 0 where there is none. */
  find(text: string, start: number, end: number): TokenKind {
    const length = end - start;
    if (length > 14 || length === 0) return 0;
    const bucket = this.buckets[WordTable.slot(length, text.charCodeAt(start))];
    if (bucket === undefined) return 0;
    for (const [word, kind] of bucket) {
      let i = 0;
      while (i < length && (text.charCodeAt(start + i) | 32) === word.charCodeAt(i)) i++;
      if (i === length) return kind;
    }
    return 0;
  }
}

const pascal = (word: string): KindName =>
  (word === 'elseif'
    ? 'ElseIf'
    : word === 'inlinescript'
      ? 'InlineScript'
      : (word[0] as string).toUpperCase() + word.slice(1)) as KindName;
export const keywords = new WordTable(
  keywordText.split(' ').map((word) => [word, kinds[pascal(word)]] as const),
);

const operatorNames: Readonly<Record<string, KindName>> = {
  bnot: 'Bnot',
  not: 'Not',
  isnot: 'IsNot',
  is: 'Is',
  as: 'As',
  f: 'Format',
  and: 'And',
  band: 'Band',
  or: 'Or',
  bor: 'Bor',
  xor: 'Xor',
  bxor: 'Bxor',
  join: 'Join',
  shl: 'Shl',
  shr: 'Shr',
  in: 'Iin',
  notin: 'Inotin',
};
const caseWords =
  /^(eq|ne|ge|gt|lt|le|like|notlike|match|notmatch|replace|contains|notcontains|in|notin|split)$/;
function operatorKind(word: string): TokenKind {
  const own = operatorNames[word];
  if (own) return kinds[own];
  if (caseWords.test(word)) return kinds[`I${word}` as KindName];
  return kinds[pascal(word)];
}
/** Operators that start with a dash, without it. */
export const dashOperators = new WordTable(
  operatorText.split(' ').map((word) => [word, operatorKind(word)] as const),
);
