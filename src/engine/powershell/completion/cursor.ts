import { parseText } from '../parse/index.ts';
import type { Token } from '../parse/index.ts';

/** Where the cursor stands: the word it is in, and the tokens of its command before that. */
export interface Cursor {
  readonly text: string;
  /** The word's text up to the cursor; '' between words. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** All tokens before the word. */
  readonly before: readonly Token[];
  /** Tokens of the statement part the word belongs to, before the word; the first is the command's name. */
  readonly command: readonly Token[];
  /** The current word as a token. */
  readonly current: Token | undefined;
}

/** Tokens that begin a new command after them. */
const starters = new Set([
  'NewLine',
  'Semi',
  'Pipe',
  'AndAnd',
  'OrOr',
  'LParen',
  'DollarParen',
  'AtParen',
  'LCurly',
  'Equals',
  'PlusEquals',
  'MinusEquals',
  'Ampersand',
  'Dot',
  'Return',
  'Throw',
  'Else',
  'Do',
  'Try',
  'Finally',
  'Begin',
  'Process',
  'End',
]);
const closers: Readonly<Record<string, readonly string[]>> = {
  RParen: ['LParen', 'DollarParen', 'AtParen'],
  RCurly: ['LCurly', 'AtCurly'],
  RBracket: ['LBracket'],
};

/** Index of the bracket that a closing one at `at` belongs to. */
export function openerOf(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let i = at; i >= 0; i--) {
    const { kindName } = tokens[i] as Token;
    if (closers[kindName]) depth++;
    else if (['LParen', 'DollarParen', 'AtParen', 'LCurly', 'AtCurly', 'LBracket'].includes(kindName)) {
      depth--;
      if (depth === 0) return i;
    }
  }
  return -1;
}

/** First token of the command that the tokens end in. */
function commandStart(tokens: readonly Token[]): number {
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i] as Token;
    const { kindName } = token;
    if (closers[kindName]) {
      const opener = openerOf(tokens, i);
      if (opener < 0) return i + 1;
      i = opener;
      continue;
    }
    // A dot within `$x.y` is no call operator.
    if (kindName === 'Dot' && i > 0 && (tokens[i - 1] as Token).end === token.start) continue;
    if (starters.has(kindName)) return i + 1;
  }
  return 0;
}

export function cursorAt(text: string, offset: number): Cursor {
  const prefix = text.slice(0, offset);
  const tokens = parseText(prefix).tokens.filter(
    (token) =>
      token.end > token.start && token.kindName !== 'EndOfInput' && token.kindName !== 'LineContinuation',
  );
  const last = tokens.at(-1);
  const inWord =
    last !== undefined &&
    last.end === offset &&
    !/^(NewLine|Semi|Pipe|Comma|LParen|RParen|LCurly|RCurly|LBracket|RBracket|AtParen|AtCurly|DollarParen|Equals|AndAnd|OrOr|Dot|ColonColon|QuestionDot|Ampersand|Redirection)$/.test(
      last.kindName,
    );
  const before = inWord ? tokens.slice(0, -1) : tokens;
  const start = inWord ? (last as Token).start : offset;
  let end = offset;
  if (inWord && offset < text.length) {
    const whole = parseText(text).tokens.find((token) => token.start === start);
    if (whole && whole.end > offset) end = whole.end;
  }
  return {
    text,
    word: inWord ? text.slice(start, offset) : '',
    start,
    end,
    before,
    command: before.slice(commandStart(before)),
    current: inWord ? last : undefined,
  };
}
