import { kinds, kindText } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { expressionMode } from '../tokenize/tokenizer.ts';
import { attributeListRule } from './attributes.ts';
import { expressionRule } from './expressions.ts';
import { variableNode } from './primary.ts';
import type { Parser } from './parser.ts';
import type { AttributeAst, AttributeBaseAst, ExpressionAst, ParamBlockAst, ParameterAst } from './tree.ts';

/** `[…] param(…)`; null where there is none (the caller goes back). */
export function paramBlockRule(p: Parser): ParamBlockAst | null {
  p.skipNewlines();
  const candidates = attributeListRule(p, false);
  p.skipNewlines();
  const param = p.peek();
  if (param.kind !== kinds.Param) return null;
  p.skip();
  p.skipNewlines();
  const lParen = p.next();
  if (lParen.kind !== kinds.LParen) {
    // No error: a command of the name `param`.
    p.unget(lParen);
    return null;
  }
  const parameters = parameterListRule(p);
  p.skipNewlines();
  const rParen = p.next();
  let { end } = rParen;
  if (rParen.kind !== kinds.RParen) {
    p.unget(rParen);
    end = p.before(rParen).endOffset;
    p.reportIncomplete(p.after(parameters.at(-1) ?? lParen), 'MissingEndParenthesisInFunctionParameterList');
  }
  const attributes: AttributeAst[] = [];
  for (const candidate of candidates) {
    if (candidate.kind === 'AttributeAst') attributes.push(candidate);
    else p.report(candidate, 'TypeNotAllowedBeforeParam', candidate.typeName.fullName);
  }
  return { kind: 'ParamBlockAst', extent: p.extent(param.start, end), attributes, parameters };
}

export function parameterListRule(p: Parser): ParameterAst[] {
  const parameters: ParameterAst[] = [];
  let comma: Token | undefined;
  for (;;) {
    const parameter = parameterRule(p);
    if (!parameter) {
      if (comma) p.reportIncomplete(p.after(comma), 'MissingExpressionAfterToken', kindText(comma.kind));
      return parameters;
    }
    parameters.push(parameter);
    p.skipNewlines();
    comma = p.peek();
    if (comma.kind !== kinds.Comma) return parameters;
    p.skip();
  }
}

function parameterRule(p: Parser): ParameterAst | null {
  const { noComma, mode } = p;
  p.noComma = true;
  p.setMode(expressionMode);
  const parameter = parameterInExpression(p);
  p.noComma = noComma;
  p.setMode(mode);
  return parameter;
}
function parameterInExpression(p: Parser): ParameterAst | null {
  p.skipNewlines();
  const attributes = attributeListRule(p, false);
  p.skipNewlines();
  const token = p.next();
  if (token.kind !== kinds.Variable && token.kind !== kinds.SplattedVariable) {
    p.unget(token);
    const last = attributes.at(-1);
    if (!last) return null;
    p.reportIncomplete(p.after(last), 'InvalidFunctionParameter');
    p.syncOnError(true, kinds.RParen);
    const extent = p.between(attributes[0] as AttributeBaseAst, last);
    return {
      kind: 'ParameterAst',
      extent,
      name: variableNode(extent, '__error__', false),
      attributes,
      defaultValue: null,
    };
  }
  p.skipNewlines();
  let defaultValue: ExpressionAst | null = null;
  const equals = p.peek();
  if (equals.kind === kinds.Equals) {
    p.skip();
    p.skipNewlines();
    defaultValue = expressionRule(p);
    if (!defaultValue)
      p.reportIncomplete(p.after(equals), 'MissingExpressionAfterToken', kindText(equals.kind));
  }
  return {
    kind: 'ParameterAst',
    extent: p.between(attributes[0] ?? token, defaultValue ?? token),
    name: variableNode(token.extent, token.path?.userPath ?? '', token.kind === kinds.SplattedVariable),
    attributes,
    defaultValue,
  };
}
