import type { Token } from './token.ts';

/** Text and variables of an expandable string, gathered in order. */
export class Pieces {
  /** Literal text and tokens (variables, subexpressions). */
  readonly parts: (string | Token)[] = [];
  private literal = '';
  /** The whole as one text: escapes resolved, variables as written. */
  value = '';
  get hasTokens(): boolean {
    return this.parts.length > 0;
  }
  text(text: string): void {
    this.literal += text;
    this.value += text;
  }
  token(token: Token, written: string): void {
    if (this.literal !== '') this.parts.push(this.literal);
    this.literal = '';
    this.parts.push(token);
    this.value += written;
  }
  /** Takes back the last `count` units of literal text. */
  dropEnd(count: number): void {
    if (count === 0) return;
    this.literal = this.literal.slice(0, -count);
    this.value = this.value.slice(0, -count);
  }
  finish(): readonly (string | Token)[] {
    if (this.literal !== '') this.parts.push(this.literal);
    this.literal = '';
    return this.parts;
  }
}
