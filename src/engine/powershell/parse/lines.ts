import type { Token } from '../tokenize/token.ts';
import { visit } from './children.ts';
import type { Ast } from './tree.ts';

/** Every node as `TypeName start end`, by place: earlier first, longer first, parents before children. */
export function treeLines(ast: Ast): string[] {
  // PowerShell's own search passes over calls of base constructors.
  const nodes = [...visit(ast)].filter((node) => node.kind !== 'BaseCtorInvokeMemberExpressionAst');
  // Stable, so that what has the same place stays in visiting order.
  nodes.sort(
    (a, b) => a.extent.startOffset - b.extent.startOffset || b.extent.endOffset - a.extent.endOffset,
  );
  return nodes.map((node) => `${node.kind} ${node.extent.startOffset} ${node.extent.endOffset}`);
}

/** Every token as `Kind start end`; those within an expandable string follow it at once. */
export function tokenLines(tokens: readonly (string | Token)[]): string[] {
  const lines: string[] = [];
  for (const token of tokens) {
    if (typeof token === 'string') continue;
    lines.push(`${token.kindName} ${token.start} ${token.end}`);
    if (token.parts) lines.push(...tokenLines(token.parts));
  }
  return lines;
}
