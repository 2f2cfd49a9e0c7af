import {
  forcesNewToken,
  isAnyWhitespace,
  isDash,
  isDigit,
  isDoubleQuote,
  isIdentifierFollow,
  isIdentifierStart,
  isLetter,
  isLetterOrDigit,
  isSingleQuote,
  isVariableStart,
  isWhitespace,
} from './chars.ts';
import type { ErrorSink } from './errors.ts';
import { keywords } from './keywords.ts';
import { backtick } from './scan-escape.ts';
import { scanBlockComment, scanLineComment } from './scan-comment.ts';
import { scanGeneric } from './scan-generic.ts';
import { scanHereStringExpandable, scanHereStringLiteral } from './scan-here-string.ts';
import { isNumberAt, scanNumber } from './scan-number.ts';
import { scanParameter } from './scan-parameter.ts';
import { scanStringExpandable, scanStringLiteral } from './scan-string.ts';
import { scanVariable } from './scan-variable.ts';
import type { Source } from './source.ts';
import { Token, noFields } from './token.ts';
import type { TokenFields, Undoubled } from './token.ts';
import { kinds, tokenInError, typeNameFlag } from './token-kind.ts';
import type { TokenKind } from './token-kind.ts';

export const commandMode = 0;
export const expressionMode = 1;
export const typeNameMode = 2;
export const signatureMode = 3;
export type Mode = 0 | 1 | 2 | 3;

interface Nested {
  readonly text: string;
  readonly limit: number;
  readonly offsets: Int32Array | undefined;
  readonly pos: number;
  readonly tokenStart: number;
  readonly list: Token[] | undefined;
}

/**
 * Makes tokens as the parser asks for them: what a character means depends on the parser's mode. Positions inside are
 * of `text`, which is the source itself but within a subexpression whose quotes are doubled; tokens carry offsets of
 * the source.
 */
export class Tokenizer {
  readonly source: Source;
  readonly errors: ErrorSink;
  text: string;
  /** Where the text to be read ends: within a nested scan before the end of `text`. */
  limit: number;
  /** Source offset of each unit of `text` where they differ. */
  offsets: Int32Array | undefined = undefined;
  pos = 0;
  tokenStart = 0;
  mode: Mode = commandMode;
  /** `-1` is one token: where an operand is expected. */
  allowSignedNumbers = false;
  /** `?` and `:` end a number: where a ternary may go on. */
  endNumberOnTernary = false;
  /** Identifiers only: member names, labels, keys. */
  wantSimpleName = false;
  /** Tokens so far, where somebody wants them. */
  list: Token[] | undefined;
  /** `#requires` comments. */
  requires: Token[] = [];
  /** Start of a comment that looks like a signature block; no code may follow. */
  signatureStart = -1;

  constructor(source: Source, errors: ErrorSink, saveTokens: boolean) {
    this.source = source;
    this.errors = errors;
    this.text = source.text;
    this.limit = source.text.length;
    this.list = saveTokens ? [] : undefined;
  }

  // --- characters and offsets --------------------------------------------------------------------------------------

  /** The unit at a position; 0 past the end. */
  at(pos: number): number {
    return pos < this.limit ? this.text.charCodeAt(pos) : 0;
  }
  /** Offset in the source of a position. */
  offset(pos: number): number {
    const { offsets } = this;
    if (offsets === undefined) return pos;
    return offsets[Math.min(pos, offsets.length - 1)] as number;
  }
  get restorePoint(): number {
    return this.offset(this.pos);
  }

  // --- making tokens -----------------------------------------------------------------------------------------------

  make(kind: TokenKind, fields: TokenFields = noFields): Token {
    return this.save(
      new Token(kind, this.source, this.offset(this.tokenStart), this.offset(this.pos), fields),
    );
  }
  save(token: Token): Token {
    this.list?.push(token);
    return token;
  }
  /** What a token says where the text is not the source itself. */
  ownValue(start: number, end: number): string | undefined {
    return this.offsets === undefined ? undefined : this.text.slice(start, end);
  }
  error(start: number, end: number, errorId: string, ...args: string[]): void {
    this.errors.error(this.offset(start), this.offset(end), errorId, ...args);
  }
  incomplete(start: number, errorId: string, ...args: string[]): void {
    const end = this.offset(this.pos);
    this.errors.incomplete(this.offset(start), end, end, errorId, ...args);
  }

  // --- going back --------------------------------------------------------------------------------------------------

  /** Reads again from an offset of the source; tokens made after it are forgotten. */
  resync(start: number): void {
    const { offsets } = this;
    if (offsets === undefined) this.pos = Math.min(start, this.limit);
    else {
      let pos = 0;
      while (pos < this.limit && (offsets[pos] as number) < start) pos++;
      this.pos = pos;
    }
    if (this.list && this.list.length > 0) forget(this.list, start);
    if (this.requires.length > 0) forget(this.requires, start);
  }

  /** Turns to the text of a subexpression within a string. */
  startNested(part: Token): Nested {
    const state: Nested = {
      text: this.text,
      limit: this.limit,
      offsets: this.offsets,
      pos: this.pos,
      tokenStart: this.tokenStart,
      list: this.list,
    };
    const { undoubled } = part;
    if (undoubled) {
      this.text = undoubled.text;
      this.offsets = undoubled.offsets;
      this.pos = 0;
      this.limit = undoubled.text.length;
    } else {
      this.pos = part.start;
      this.limit = part.end;
    }
    this.tokenStart = this.pos;
    this.list = this.list && [];
    return state;
  }
  finishNested(state: Nested): void {
    this.text = state.text;
    this.limit = state.limit;
    this.offsets = state.offsets;
    this.pos = state.pos;
    this.tokenStart = state.tokenStart;
    this.list = state.list;
  }
  /** Text and offsets of a stretch of the text that is being read. */
  undoubledSlice(start: number, end: number): Undoubled | undefined {
    const { offsets } = this;
    if (offsets === undefined) return undefined;
    return { text: this.text.slice(start, end), offsets: offsets.slice(start, end + 1) };
  }

  // --- skipping ----------------------------------------------------------------------------------------------------

  skipWhitespace(): void {
    while (this.pos < this.limit && isWhitespace(this.text.charCodeAt(this.pos))) this.pos++;
  }

  /** White space, comments, line ends, and semicolons if wanted. */
  skipNewlines(semicolons: boolean): void {
    for (;;) {
      const c = this.at(this.pos);
      switch (c) {
        case 0x20:
        case 0x09:
          this.pos++;
          continue;
        case 0x0d:
        case 0x0a:
          this.tokenStart = this.pos++;
          if (c === 0x0d && this.at(this.pos) === 0x0a) this.pos++;
          if (this.list) this.make(kinds.NewLine);
          continue;
        case 0x3b: // ;
          if (!semicolons) return;
          this.tokenStart = this.pos++;
          if (this.list) this.make(kinds.Semi);
          continue;
        case 0x23: // #
          this.tokenStart = this.pos++;
          scanLineComment(this);
          continue;
        case 0x3c: // <
          if (this.at(this.pos + 1) !== 0x23) return;
          this.tokenStart = this.pos;
          this.pos += 2;
          scanBlockComment(this);
          continue;
        case 0x60: {
          const next = this.at(this.pos + 1);
          if (next === 0x0a || next === 0x0d) this.lineContinuation(this.pos);
          else if (isAnyWhitespace(next)) {
            this.pos += 2;
            this.skipWhitespace();
          } else return;
          continue;
        }
        default:
          if (this.pos >= this.limit || !isWhitespace(c)) return;
          this.pos++;
      }
    }
  }
  private lineContinuation(start: number): void {
    this.tokenStart = start;
    this.pos = start + 2;
    if (this.at(start + 1) === 0x0d && this.at(this.pos) === 0x0a) this.pos++;
    if (this.list) this.make(kinds.LineContinuation);
  }

  // --- tokens ------------------------------------------------------------------------------------------------------

  next(): Token {
    for (;;) {
      const start = this.pos;
      this.tokenStart = start;
      if (start >= this.limit) {
        // PowerShell has the end one past the text's last unit.
        const end = this.offset(start) + 1;
        return this.save(new Token(kinds.EndOfInput, this.source, end, end, noFields));
      }
      const c = this.text.charCodeAt(start);
      this.pos = start + 1;
      switch (c) {
        case 0x20:
        case 0x09:
        case 0x0b:
        case 0x0c:
          this.skipWhitespace();
          continue;
        case 0x0d:
          if (this.at(this.pos) === 0x0a) this.pos++;
          return this.make(kinds.NewLine);
        case 0x0a:
          return this.make(kinds.NewLine);
        case 0x27:
          return scanStringLiteral(this);
        case 0x22:
          return scanStringExpandable(this);
        case 0x24: // $
          if (this.at(this.pos) === 0x28) {
            this.pos++;
            return this.make(kinds.DollarParen);
          }
          return scanVariable(this, false, false);
        case 0x28:
          return this.make(kinds.LParen);
        case 0x29:
          return this.make(kinds.RParen);
        case 0x5b: // [
          if (this.mode === commandMode && !forcesNewToken(this.at(this.pos)))
            return scanGeneric(this, this.pos);
          return this.make(kinds.LBracket);
        case 0x5d:
          return this.make(kinds.RBracket);
        case 0x7b:
          return this.make(kinds.LCurly);
        case 0x7d:
          return this.make(kinds.RCurly);
        case 0x2c:
          return this.make(kinds.Comma);
        case 0x3b:
          return this.make(kinds.Semi);
        case 0x2e:
          return this.dot();
        case 0x3d:
          return this.operator(kinds.Equals);
        case 0x7c:
          return this.twin(0x7c, kinds.OrOr, kinds.Pipe);
        case 0x26:
          return this.twin(0x26, kinds.AndAnd, kinds.Ampersand);
        case 0x40:
          return this.atSign();
        case 0x23:
          scanLineComment(this);
          continue;
        case 0x3c:
          if (this.at(this.pos) === 0x23) {
            this.pos++;
            scanBlockComment(this);
            continue;
          }
          return this.make(kinds.RedirectInStd);
        case 0x3e:
          return this.fileRedirection(1, false);
        case 0x60: {
          const token = this.afterBacktick();
          if (token) return token;
          continue;
        }
        case 0x2b:
          return this.plus();
        case 0x2d:
        case 0x2013:
        case 0x2014:
        case 0x2015:
          return this.dash();
        case 0x2a:
          return this.star();
        case 0x2f:
          return this.withEquals(kinds.DivideEquals, kinds.Divide);
        case 0x25:
          return this.withEquals(kinds.RemainderEquals, kinds.Rem);
        case 0x30:
        case 0x37:
        case 0x38:
        case 0x39:
          return scanNumber(this, start);
        case 0x31:
        case 0x32:
        case 0x33:
        case 0x34:
        case 0x35:
        case 0x36:
          if (this.at(this.pos) === 0x3e) return this.numberedRedirection(c - 0x30);
          return scanNumber(this, start);
        case 0x21:
          return this.exclaim();
        case 0x3a:
          return this.colon();
        case 0x3f:
          if (this.mode === expressionMode) return this.question();
          return scanGeneric(this, this.pos);
        default:
          if (c < 128 ? isIdentifierStart(c) : isLetter(c)) return this.identifier();
          if (isSingleQuote(c)) return scanStringLiteral(this);
          if (isDoubleQuote(c)) return scanStringExpandable(this);
          if (isWhitespace(c)) {
            this.skipWhitespace();
            continue;
          }
          return scanGeneric(this, this.pos);
      }
    }
  }

  /** An operator, or in a command the start of a bare word. */
  private operator(kind: TokenKind): Token {
    if (this.mode === commandMode && !forcesNewToken(this.at(this.pos))) return scanGeneric(this, this.pos);
    return this.make(kind);
  }
  private twin(second: number, both: TokenKind, one: TokenKind): Token {
    if (this.at(this.pos) !== second) return this.make(one);
    this.pos++;
    return this.make(both);
  }
  private withEquals(both: TokenKind, one: TokenKind): Token {
    if (this.at(this.pos) !== 0x3d) return this.operator(one);
    this.pos++;
    return this.operator(both);
  }

  private plus(): Token {
    const next = this.at(this.pos);
    if (next === 0x2b) {
      this.pos++;
      return this.operator(kinds.PlusPlus);
    }
    if (next === 0x3d) {
      this.pos++;
      return this.operator(kinds.PlusEquals);
    }
    if (this.allowSignedNumbers && (isDigit(next) || next === 0x2e)) return scanNumber(this, this.tokenStart);
    return this.operator(kinds.Plus);
  }
  private dash(): Token {
    const next = this.at(this.pos);
    if (isDash(next)) {
      this.pos++;
      return this.operator(kinds.MinusMinus);
    }
    if (next === 0x3d) {
      this.pos++;
      return this.operator(kinds.MinusEquals);
    }
    if (isLetter(next) || next === 0x5f || next === 0x3f) return scanParameter(this);
    if (this.allowSignedNumbers && (isDigit(next) || next === 0x2e)) return scanNumber(this, this.tokenStart);
    return this.operator(kinds.Minus);
  }
  private star(): Token {
    const next = this.at(this.pos);
    if (next !== 0x3e) return this.withEquals(kinds.MultiplyEquals, kinds.Multiply);
    this.pos++;
    if (this.at(this.pos) === 0x3e) {
      this.pos++;
      return this.make(kinds.Redirection, { fromStream: 0, append: true });
    }
    if (this.at(this.pos) === 0x26 && this.at(this.pos + 1) === 0x31) {
      this.pos += 2;
      return this.make(kinds.Redirection, { fromStream: 0, toStream: 1 });
    }
    return this.make(kinds.Redirection, { fromStream: 0 });
  }
  private fileRedirection(fromStream: number, numbered: boolean): Token {
    const append = this.at(this.pos) === 0x3e;
    if (numbered && this.mode === expressionMode) {
      this.pos = this.tokenStart + 1;
      return this.make(kinds.Number, { number: fromStream });
    }
    if (append) this.pos++;
    return this.make(kinds.Redirection, { fromStream, append });
  }
  private numberedRedirection(fromStream: number): Token {
    this.pos++;
    const to = this.at(this.pos + 1);
    if (this.at(this.pos) === 0x26 && (to === 0x31 || to === 0x32)) {
      this.pos += 2;
      return this.make(kinds.Redirection, { fromStream, toStream: to - 0x30 });
    }
    return this.fileRedirection(fromStream, true);
  }

  private atSign(): Token {
    const next = this.at(this.pos);
    if (next === 0x7b) {
      this.pos++;
      return this.make(kinds.AtCurly);
    }
    if (next === 0x28) {
      this.pos++;
      return this.make(kinds.AtParen);
    }
    if (isSingleQuote(next)) {
      this.pos++;
      return scanHereStringLiteral(this);
    }
    if (isDoubleQuote(next)) {
      this.pos++;
      return scanHereStringExpandable(this);
    }
    if (isVariableStart(next)) return scanVariable(this, true, false);
    this.error(this.pos - 1, this.pos, 'UnrecognizedToken');
    return this.make(kinds.Unknown);
  }

  private afterBacktick(): Token | undefined {
    const next = this.at(this.pos);
    if (next === 0x0d || next === 0x0a) {
      this.lineContinuation(this.tokenStart);
      return undefined;
    }
    if (isAnyWhitespace(next)) {
      this.pos++;
      this.skipWhitespace();
      return undefined;
    }
    if (this.pos >= this.limit) {
      this.incomplete(this.pos, 'IncompleteString');
      return undefined;
    }
    this.pos++;
    const escaped = backtick(this, next);
    return scanGeneric(this, this.pos, escaped);
  }

  private exclaim(): Token {
    const next = this.at(this.pos);
    if (
      (this.mode === commandMode && !forcesNewToken(next)) ||
      (this.mode === expressionMode && isIdentifierStart(next))
    )
      return scanGeneric(this, this.pos);
    if (this.mode === expressionMode && (isDigit(next) || next === 0x2e) && !isNumberAt(this, this.pos))
      return scanGeneric(this, this.pos);
    return this.make(kinds.Exclaim);
  }

  private colon(): Token {
    if (this.at(this.pos) === 0x3a) {
      this.pos++;
      if (this.mode === commandMode && !this.wantSimpleName && !forcesNewToken(this.at(this.pos)))
        return scanGeneric(this, this.pos);
      return this.make(kinds.ColonColon);
    }
    if (this.mode !== commandMode) return this.make(kinds.Colon);
    if (!isIdentifierStart(this.at(this.pos))) return scanGeneric(this, this.pos);
    while (isIdentifierFollow(this.at(this.pos))) this.pos++;
    if (!forcesNewToken(this.at(this.pos))) return scanGeneric(this, this.pos);
    return this.make(kinds.Label, { value: this.text.slice(this.tokenStart + 1, this.pos) });
  }

  private question(): Token {
    if (this.at(this.pos) !== 0x3f) return this.make(kinds.QuestionMark);
    this.pos++;
    if (this.at(this.pos) !== 0x3d) return this.make(kinds.QuestionQuestion);
    this.pos++;
    return this.make(kinds.QuestionQuestionEquals);
  }

  private dot(): Token {
    const next = this.at(this.pos);
    if (next === 0x2e) {
      if (this.mode === commandMode && !forcesNewToken(this.at(this.pos + 1)))
        return scanGeneric(this, this.pos);
      this.pos++;
      return this.make(kinds.DotDot);
    }
    if (isDigit(next)) return scanNumber(this, this.tokenStart);
    // `.$command`, `."command"` and `.'command'` are the dot operator and a command.
    if (this.mode === commandMode && !forcesNewToken(next) && next !== 0x24 && next !== 0x22 && next !== 0x27)
      return scanGeneric(this, this.pos);
    return this.make(kinds.Dot);
  }

  private identifier(): Token {
    const { text, limit } = this;
    let { pos } = this;
    while (pos < limit && isIdentifierFollow(text.charCodeAt(pos))) pos++;
    this.pos = pos;
    if (this.mode === typeNameMode) return this.typeName();
    if (!this.wantSimpleName) {
      if (this.mode === commandMode && !forcesNewToken(this.at(pos))) return scanGeneric(this, pos);
      if (this.mode === commandMode || this.mode === signatureMode) {
        const keyword = keywords.find(text, this.tokenStart, pos);
        if (keyword !== 0 && keyword !== kinds.InlineScript) return this.make(keyword);
      }
    }
    return this.make(kinds.Identifier);
  }
  private typeName(): Token {
    for (;;) {
      const c = this.at(this.pos);
      // . ` _ + # \
      if (c === 0x2e || c === 0x60 || c === 0x5f || c === 0x2b || c === 0x23 || c === 0x5c) this.pos++;
      else if (c !== 0 && isLetterOrDigit(c)) this.pos++;
      else break;
    }
    return this.make(kinds.Identifier, { flags: typeNameFlag });
  }

  isInError(token: Token): boolean {
    return (token.flags & tokenInError) !== 0;
  }
}

function forget(list: Token[], start: number): void {
  let last = list.length - 1;
  if (last >= 0 && (list[last] as Token).kind === kinds.EndOfInput) last--;
  while (last >= 0 && (list[last] as Token).end > start) last--;
  list.length = last + 1;
}
