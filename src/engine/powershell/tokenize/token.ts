import type { VariablePath } from './variable-path.ts';
import { Extent } from './source.ts';
import type { Source } from './source.ts';
import type { TokenKind } from './token-kind.ts';
import { kindNames, kinds, traitsOf } from './token-kind.ts';
import type { NumberValue } from './number.ts';

/**
 * One token. The fields past `flags` belong to some kinds only; they are on every token so that all have one shape.
 */
export class Token {
  /** Changes where the parser finds that a word is only an argument. */
  kind: TokenKind;
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  flags: number;
  /** Value of a string or bare word where it differs from what `start` and `end` say; parameter or label name. */
  readonly value: string | undefined;
  readonly number: NumberValue | undefined;
  readonly path: VariablePath | undefined;
  /** An expandable string in pieces: literal text, variables, and the places of subexpressions. */
  parts: readonly (string | Token)[] | undefined;
  /** A parameter that ends in a colon. */
  readonly usedColon: boolean;
  /** Streams of a redirection: 0 all, 1 output to 6 information. */
  readonly fromStream: number;
  readonly toStream: number;
  readonly append: boolean;
  /** Of a subexpression within a string whose quotes are doubled: its text with single quotes and where units come from. */
  readonly undoubled: Undoubled | undefined;

  constructor(kind: TokenKind, source: Source, start: number, end: number, fields: TokenFields) {
    this.kind = kind;
    this.source = source;
    this.start = start;
    this.end = end;
    this.flags = traitsOf(kind) | (fields.flags ?? 0);
    this.value = fields.value;
    this.number = fields.number;
    this.path = fields.path;
    this.parts = fields.parts;
    this.usedColon = fields.usedColon ?? false;
    this.fromStream = fields.fromStream ?? 0;
    this.toStream = fields.toStream ?? 0;
    this.append = fields.append ?? false;
    this.undoubled = fields.undoubled;
  }
  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }
  get extent(): Extent {
    return new Extent(this.source, this.start, this.end);
  }
  get kindName(): string {
    return kindNames[this.kind] as string;
  }
  /** What a string or bare word says. */
  get stringValue(): string {
    if (this.value !== undefined) return this.value;
    const quoted = this.kind === kinds.StringLiteral || this.kind === kinds.StringExpandable;
    return quoted ? this.source.text.slice(this.start + 1, this.end - 1) : this.text;
  }
  /** Name of a parameter, without dash and colon. */
  get parameterName(): string {
    return this.source.text.slice(this.start + 1, this.usedColon ? this.end - 1 : this.end);
  }
}

/** Text that was cut out of the source, and for each of its units (and its end) the offset it has there. */
export interface Undoubled {
  readonly text: string;
  readonly offsets: Int32Array;
}

export interface TokenFields {
  readonly flags?: number;
  readonly value?: string | undefined;
  readonly number?: NumberValue | undefined;
  readonly path?: VariablePath;
  readonly parts?: readonly (string | Token)[] | undefined;
  readonly usedColon?: boolean;
  readonly fromStream?: number;
  readonly toStream?: number;
  readonly append?: boolean;
  readonly undoubled?: Undoubled | undefined;
}
export const noFields: TokenFields = {};
