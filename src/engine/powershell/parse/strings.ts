import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { expressionMode } from '../tokenize/tokenizer.ts';
import type { Parser } from './parser.ts';
import { primaryExpressionRule, variableRule } from './primary.ts';
import type { ExpandableStringExpressionAst, ExpressionAst, StringConstantType } from './tree.ts';

const typeOfKind: Readonly<Record<number, StringConstantType>> = {
  [kinds.StringLiteral]: 'SingleQuoted',
  [kinds.StringExpandable]: 'DoubleQuoted',
  [kinds.HereStringLiteral]: 'SingleQuotedHereString',
  [kinds.HereStringExpandable]: 'DoubleQuotedHereString',
};

/** A string token as an expression. */
export function stringRule(p: Parser, token: Token): ExpressionAst {
  const stringConstantType = typeOfKind[token.kind] as StringConstantType;
  if (token.parts) return expandableNode(p, token, stringConstantType);
  return {
    kind: 'StringConstantExpressionAst',
    extent: token.extent,
    value: token.stringValue,
    stringConstantType,
  };
}

/** A string with variables or subexpressions; those are parsed now. */
export function expandableNode(
  p: Parser,
  token: Token,
  stringConstantType: StringConstantType,
): ExpandableStringExpressionAst {
  const nested: (string | Token)[] = [];
  const parts = (token.parts ?? []).map((part) => {
    if (typeof part === 'string') return part;
    if (part.kind !== kinds.Unknown) {
      nested.push(part);
      return variableRule(p, part, false);
    }
    return subExpressionRule(p, part, nested);
  });
  // The tokens of subexpressions take the place of their whole.
  if (p.savesTokens) token.parts = nested;
  return {
    kind: 'ExpandableStringExpressionAst',
    extent: token.extent,
    parts,
    value: token.stringValue,
    stringConstantType,
  };
}

function subExpressionRule(p: Parser, part: Token, nested: (string | Token)[]): ExpressionAst {
  const { tokenizer } = p;
  const ahead = p.lookahead;
  p.skip();
  const state = tokenizer.startNested(part);
  const { mode } = tokenizer;
  tokenizer.mode = expressionMode;
  const expression = primaryExpressionRule(p, true);
  if (tokenizer.list) nested.push(...tokenizer.list);
  p.skip();
  tokenizer.mode = mode;
  tokenizer.finishNested(state);
  if (ahead) p.unget(ahead);
  return expression ?? { kind: 'ErrorExpressionAst', extent: part.extent, nestedAst: [] };
}
