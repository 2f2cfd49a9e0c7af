import { isWhitespace } from '../tokenize/chars.ts';
import type { ErrorSink, ParseError } from '../tokenize/errors.ts';
import { Extent, Source } from '../tokenize/source.ts';
import { Token } from '../tokenize/token.ts';
import { kinds, parseModeInvariant, traitsOf } from '../tokenize/token-kind.ts';
import type { TokenKind } from '../tokenize/token-kind.ts';
import { Tokenizer } from '../tokenize/tokenizer.ts';
import type { Mode } from '../tokenize/tokenizer.ts';
import { messageText } from './messages.ts';

/** Something with a place: a token, a node or a bare extent. */
export type Placed = Token | { readonly extent: Extent } | Extent;

export function startOf(placed: Placed): number {
  if (placed instanceof Token) return placed.start;
  return placed instanceof Extent ? placed.startOffset : placed.extent.startOffset;
}
export function endOf(placed: Placed): number {
  if (placed instanceof Token) return placed.end;
  return placed instanceof Extent ? placed.endOffset : placed.extent.endOffset;
}

/** Nesting of statements and expressions before `ScriptTooComplicated`; well below what the JavaScript stack holds. */
const depthLimit = 1000;
/** Operators, members or casts one after another: each nests the tree once more. */
const chainLimit = 3000;

/** Thrown inside the parser where a text nests too deeply; never leaves it. */
export class TooComplicated extends Error {}

/** State that all rules share: tokens with one of look-ahead, and what was found wrong. */
export class Parser implements ErrorSink {
  readonly source: Source;
  readonly tokenizer: Tokenizer;
  readonly errors: ParseError[] = [];
  readonly savesTokens: boolean;
  /** A comma ends the expression: in argument and parameter lists. */
  noComma = false;
  /** What an empty block has for a place. */
  readonly empty: Extent;
  private ungot: Token | undefined;
  private depth = 0;

  constructor(text: string, file: string | undefined, savesTokens: boolean) {
    this.source = new Source(text, file);
    this.savesTokens = savesTokens;
    this.tokenizer = new Tokenizer(this.source, this, savesTokens);
    this.empty = new Extent(this.source, 0, 0);
  }

  // --- tokens --------------------------------------------------------------------------------------------------------

  next(): Token {
    const token = this.ungot;
    if (token === undefined) return this.tokenizer.next();
    this.ungot = undefined;
    return token;
  }
  peek(): Token {
    return (this.ungot ??= this.tokenizer.next());
  }
  skip(): void {
    this.ungot = undefined;
  }
  unget(token: Token): void {
    this.ungot = token;
  }
  /** The token that was looked at, if any: where there is one, some rules are in an error. */
  get lookahead(): Token | undefined {
    return this.ungot;
  }
  skipNewlines(): void {
    if (this.ungot === undefined) this.tokenizer.skipNewlines(false);
    else if (this.ungot.kind === kinds.NewLine) {
      this.ungot = undefined;
      this.tokenizer.skipNewlines(false);
    }
  }
  skipNewlinesAndSemicolons(): void {
    if (this.ungot === undefined) this.tokenizer.skipNewlines(true);
    else if (this.ungot.kind === kinds.NewLine || this.ungot.kind === kinds.Semi) {
      this.ungot = undefined;
      this.tokenizer.skipNewlines(true);
    }
  }
  /** Changes the mode; a token that was looked at and means something else in it is read again. */
  setMode(mode: Mode): void {
    const { tokenizer } = this;
    if (mode !== tokenizer.mode && this.ungot !== undefined) {
      if ((traitsOf(this.ungot.kind) & parseModeInvariant) === 0) this.resync(this.ungot.start);
    }
    tokenizer.mode = mode;
  }
  get mode(): Mode {
    return this.tokenizer.mode;
  }
  resync(offset: number): void {
    this.ungot = undefined;
    this.tokenizer.resync(offset);
  }
  get restorePoint(): number {
    return this.ungot === undefined ? this.tokenizer.restorePoint : this.ungot.start;
  }

  /** Skips to a token of these kinds outside of brackets; a closing bracket is left for the caller if wanted. */
  syncOnError(consumeClosing: boolean, ...wanted: readonly TokenKind[]): void {
    const opening = [kinds.LParen, kinds.LCurly, kinds.LBracket];
    const closing = [kinds.RParen, kinds.RCurly, kinds.RBracket];
    const open = closing.map((kind): number => (wanted.includes(kind) ? 1 : 0));
    for (;;) {
      const token = this.next();
      if (token.kind === kinds.EndOfInput) {
        this.unget(token);
        return;
      }
      const opened = opening.indexOf(token.kind);
      if (opened >= 0) open[opened] = (open[opened] as number) + 1;
      const closed = closing.indexOf(token.kind);
      if (closed >= 0) {
        open[closed] = (open[closed] as number) - 1;
        if (open[closed] === 0 && wanted.includes(token.kind)) {
          if (!consumeClosing) this.unget(token);
          return;
        }
      }
      if (wanted.includes(token.kind) && open.every((count) => count === 0)) return;
    }
  }

  // --- depth ---------------------------------------------------------------------------------------------------------

  enter(): void {
    if (++this.depth > depthLimit) throw new TooComplicated();
  }
  leave(): void {
    this.depth--;
  }
  /** `links` of a chain have been read. */
  chained(links: number): void {
    if (links > chainLimit) throw new TooComplicated();
  }

  // --- places --------------------------------------------------------------------------------------------------------

  extent(start: number, end: number): Extent {
    return new Extent(this.source, start, end);
  }
  between(first: Placed, last: Placed): Extent {
    if (first === this.empty) return last instanceof Extent ? last : this.extent(startOf(last), endOf(last));
    if (last === this.empty)
      return first instanceof Extent ? first : this.extent(startOf(first), endOf(first));
    return new Extent(this.source, startOf(first), endOf(last));
  }
  after(placed: Placed): Extent {
    const end = endOf(placed);
    return this.extent(end, end);
  }
  before(placed: Placed): Extent {
    const at = Math.max(0, startOf(placed) - 1);
    return this.extent(at, at);
  }

  // --- errors --------------------------------------------------------------------------------------------------------

  error(start: number, end: number, errorId: string, ...args: readonly string[]): void {
    this.save(start, end, errorId, args, false);
  }
  incomplete(
    start: number,
    end: number,
    detectedEnd: number,
    errorId: string,
    ...args: readonly string[]
  ): boolean {
    const incompleteInput = this.isAtEnd(detectedEnd);
    this.save(start, end, errorId, args, incompleteInput);
    return incompleteInput;
  }
  /** Reports at a place. */
  report(placed: Placed, errorId: string, ...args: readonly string[]): void {
    this.save(startOf(placed), endOf(placed), errorId, args, false);
  }
  /** Reports at a place; more text could make it right where the place is the end of the text. */
  reportIncomplete(placed: Placed, errorId: string, ...args: readonly string[]): boolean {
    return this.incomplete(startOf(placed), endOf(placed), endOf(placed), errorId, ...args);
  }
  /** As `reportIncomplete`, for something missing that was noticed at another place. */
  reportMissing(placed: Placed, noticedAt: Placed, errorId: string, ...args: readonly string[]): boolean {
    return this.incomplete(startOf(placed), endOf(placed), endOf(noticedAt), errorId, ...args);
  }
  private save(
    start: number,
    end: number,
    errorId: string,
    args: readonly string[],
    incompleteInput: boolean,
  ): void {
    for (const known of this.errors)
      if (known.errorId === errorId && known.extent.startOffset === start && known.extent.endOffset === end)
        return;
    this.errors.push({
      errorId,
      message: messageText(errorId, args),
      extent: this.extent(start, end),
      incompleteInput,
    });
  }
  /** Whether only white space and comments follow. */
  private isAtEnd(offset: number): boolean {
    const { text } = this.source;
    const { limit } = this.tokenizer;
    let i = offset;
    while (i < limit) {
      const c = text.charCodeAt(i);
      if (c === 0x23) {
        while (i < limit && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i++;
        continue;
      }
      if (c === 0x3c && text.charCodeAt(i + 1) === 0x23) {
        const end = text.indexOf('#>', i + 2);
        i = end < 0 ? limit : end + 2;
        continue;
      }
      if (!isWhitespace(c)) return false;
      i++;
    }
    return true;
  }
}
