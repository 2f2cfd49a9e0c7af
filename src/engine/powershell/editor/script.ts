import { forEachChild } from '../parse/children.ts';
import { parseText } from '../parse/index.ts';
import type { ParseResult, Token } from '../parse/index.ts';
import type { Ast } from '../parse/tree.ts';

/** Offsets of UTF-16 units; the end is behind the last one. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export const rangeOf = (node: {
  readonly extent: { readonly startOffset: number; readonly endOffset: number };
}): Range => ({
  start: node.extent.startOffset,
  end: node.extent.endOffset,
});

export const contains = ({ start, end }: Range, offset: number): boolean => start <= offset && offset <= end;

/** A text as the editor looks at it: its tree with parents, its tokens. Made once for all that is asked of a version. */
export class EditedScript {
  readonly text: string;
  readonly parsed: ParseResult;
  readonly #parents = new Map<Ast, Ast>();

  constructor(text: string) {
    this.text = text;
    this.parsed = parseText(text);
    const link = (node: Ast): void => {
      forEachChild(node, (child) => {
        this.#parents.set(child, node);
        link(child);
      });
    };
    link(this.parsed.ast);
  }

  parent(node: Ast): Ast | undefined {
    return this.#parents.get(node);
  }

  /** Every node, parents first. */
  *nodes(from: Ast = this.parsed.ast): Generator<Ast, void> {
    const pending: Ast[] = [from];
    for (let node = pending.pop(); node; node = pending.pop()) {
      yield node;
      const children: Ast[] = [];
      forEachChild(node, (child) => children.push(child));
      pending.push(...children.reverse());
    }
  }

  /** The nodes around an offset, innermost first. */
  at(offset: number): readonly Ast[] {
    let innermost: Ast = this.parsed.ast;
    for (;;) {
      let next: Ast | undefined;
      forEachChild(innermost, (child) => {
        const range = rangeOf(child);
        // Where two meet, the later one: the cursor stands before what it touches.
        if (contains(range, offset) && range.end > range.start) next = child;
      });
      if (!next) break;
      innermost = next;
    }
    const path: Ast[] = [];
    for (let node: Ast | undefined = innermost; node; node = this.parent(node)) path.push(node);
    return path;
  }

  /** The nearest node of a kind around another, itself left out. */
  around<K extends Ast['kind']>(node: Ast, kind: K): Extract<Ast, { kind: K }> | undefined {
    for (let up = this.parent(node); up; up = this.parent(up))
      if (up.kind === kind) return up as Extract<Ast, { kind: K }>;
    return undefined;
  }

  tokenAt(offset: number): Token | undefined {
    return this.parsed.tokens.find((token) => token.start <= offset && offset < token.end);
  }

  /** Zero-based line of an offset. */
  lineOf(offset: number): number {
    let line = 0;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < offset; at = this.text.indexOf('\n', at + 1))
      line++;
    return line;
  }
}
