import {
  binaryOperator,
  kindNames,
  kinds,
  precedenceMask,
  traitsOf,
  unaryOperator,
} from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { expressionMode } from '../tokenize/tokenizer.ts';
import { getMemberAccessOperator } from '../tokenize/operators-after.ts';
import { attributeListRule } from './attributes.ts';
import { postfixRule } from './members.ts';
import type { Parser } from './parser.ts';
import { primaryExpressionRule } from './primary.ts';
import type { AttributeBaseAst, ExpressionAst } from './tree.ts';

/*
 * `ternary` says that an expression is sure to follow: then `?` and `:` end a number, so that `1?2:3` is no word.
 */

/** An expression, with ternary; null where none starts here. */
export function expressionRule(p: Parser, ternary = false): ExpressionAst | null {
  const { mode } = p;
  if (mode === expressionMode) return expressionInside(p, ternary);
  p.setMode(expressionMode);
  const expression = expressionInside(p, ternary);
  p.setMode(mode);
  return expression;
}

function expressionInside(p: Parser, ternary: boolean): ExpressionAst | null {
  p.enter();
  const condition = binaryRule(p, ternary);
  const question = condition ? p.peek() : undefined;
  const expression =
    condition && question?.kind === kinds.QuestionMark ? ternaryRule(p, condition, question) : condition;
  p.leave();
  return expression;
}

function ternaryRule(p: Parser, condition: ExpressionAst, question: Token): ExpressionAst {
  p.skip();
  p.skipNewlines();
  const ifTrue = expressionRule(p, true) ?? missingValue(p, question);
  p.skipNewlines();
  const colon = p.next();
  if (colon.kind !== kinds.Colon) {
    p.unget(colon);
    const nested: ExpressionAst[] = [condition];
    if (ifTrue.kind !== 'ErrorExpressionAst') {
      nested.push(ifTrue);
      p.reportIncomplete(colon, 'MissingColonInTernaryExpression');
    }
    return { kind: 'ErrorExpressionAst', extent: p.between(condition, p.before(colon)), nestedAst: nested };
  }
  p.skipNewlines();
  const ifFalse = expressionRule(p, true) ?? missingValue(p, colon);
  return { kind: 'TernaryExpressionAst', extent: p.between(condition, ifFalse), condition, ifTrue, ifFalse };
}

function missingValue(p: Parser, operator: Token): ExpressionAst {
  const extent = p.after(operator);
  p.reportIncomplete(extent, 'ExpectedValueExpression', operator.text);
  return { kind: 'ErrorExpressionAst', extent, nestedAst: [] };
}

function binaryRule(p: Parser, ternary: boolean): ExpressionAst | null {
  const first = arrayLiteralRule(p, ternary);
  if (!first) return null;
  const token = p.peek();
  if ((traitsOf(token.kind) & binaryOperator) === 0)
    return token.kind === kinds.Parameter ? strayParameter(p, token, first) : first;
  p.skip();
  return operatorsRule(p, first, token);
}

const precedenceOf = (token: Token): number => traitsOf(token.kind) & precedenceMask;

/** Operators and operands by precedence, from the first operator on. */
function operatorsRule(p: Parser, first: ExpressionAst, firstOperator: Token): ExpressionAst {
  const operands: ExpressionAst[] = [first];
  const operators: Token[] = [firstOperator];
  let operator = firstOperator;
  const reduce = (): void => {
    const right = operands.pop() as ExpressionAst;
    const left = operands.pop() as ExpressionAst;
    const by = operators.pop() as Token;
    operands.push({
      kind: 'BinaryExpressionAst',
      extent: p.extent(left.extent.startOffset, right.extent.endOffset),
      operator: kindNames[by.kind] as string,
      left,
      right,
      errorPosition: by.extent,
    });
  };
  let stray: Token | undefined;
  for (let links = 0; ; links++) {
    p.chained(links);
    p.skipNewlines();
    operands.push(arrayLiteralRule(p, true) ?? missingValue(p, operator));
    operator = p.next();
    if ((traitsOf(operator.kind) & binaryOperator) === 0) {
      if (operator.kind === kinds.Parameter) stray = operator;
      p.unget(operator);
      break;
    }
    const precedence = precedenceOf(operator);
    while (operators.length > 0 && precedence <= precedenceOf(operators.at(-1) as Token)) reduce();
    operators.push(operator);
  }
  while (operators.length > 0) reduce();
  const [result] = operands as [ExpressionAst];
  return stray ? strayParameter(p, stray, result) : result;
}

/** `-foo` where an operator could stand: taken as one that is not finished. */
function strayParameter(p: Parser, token: Token, before: ExpressionAst): ExpressionAst {
  p.report(token, 'UnexpectedToken', token.text);
  p.skip();
  return {
    kind: 'ErrorExpressionAst',
    extent: p.between(before, token),
    nestedAst: [
      before,
      {
        kind: 'CommandParameterAst',
        extent: token.extent,
        parameterName: token.parameterName,
        argument: null,
        errorPosition: token.extent,
      },
    ],
  };
}

function arrayLiteralRule(p: Parser, ternary: boolean): ExpressionAst | null {
  const first = unaryExpressionRule(p, ternary);
  if (!first || p.noComma) return first;
  let comma = p.peek();
  if (comma.kind !== kinds.Comma) return first;
  const elements = [first];
  let last: ExpressionAst = first;
  while (comma.kind === kinds.Comma) {
    p.skip();
    p.skipNewlines();
    const element = unaryExpressionRule(p, true);
    if (!element) {
      p.reportIncomplete(p.after(comma), 'MissingExpressionAfterToken', comma.text);
      last = { kind: 'ErrorExpressionAst', extent: comma.extent, nestedAst: [] };
      elements.push(last);
      break;
    }
    last = element;
    elements.push(element);
    comma = p.peek();
  }
  return {
    kind: 'ArrayLiteralAst',
    extent: p.extent(first.extent.startOffset, last.extent.endOffset),
    elements,
  };
}

export function unaryExpressionRule(p: Parser, ternary: boolean): ExpressionAst | null {
  const { tokenizer } = p;
  const signed = tokenizer.allowSignedNumbers;
  const endOnTernary = tokenizer.endNumberOnTernary;
  tokenizer.allowSignedNumbers = true;
  tokenizer.endNumberOnTernary = ternary;
  const ahead = p.lookahead;
  // Read as something else when no operand was expected: a sign, a word such as `1?`.
  if (ahead && (ahead.kind === kinds.Minus || (ternary && ahead.kind === kinds.Generic)))
    p.resync(ahead.start);
  const token = p.peek();
  tokenizer.allowSignedNumbers = signed;
  tokenizer.endNumberOnTernary = endOnTernary;

  let expression: ExpressionAst | null;
  if ((traitsOf(token.kind) & unaryOperator) !== 0) {
    if (p.noComma && token.kind === kinds.Comma) return null;
    expression = operatorRule(p, token);
    if (expression.kind === 'ErrorExpressionAst') return expression;
  } else if (token.kind === kinds.LBracket) {
    expression = attributedRule(p, token);
    if (!expression || expression.kind === 'ErrorExpressionAst') return expression;
  } else expression = primaryExpressionRule(p, true);
  if (!expression) return null;
  const next = p.peek();
  if (next.kind !== kinds.PlusPlus && next.kind !== kinds.MinusMinus) return expression;
  p.skip();
  return {
    kind: 'UnaryExpressionAst',
    extent: p.between(expression, next),
    tokenKind: next.kind === kinds.PlusPlus ? 'PostfixPlusPlus' : 'PostfixMinusMinus',
    child: expression,
  };
}

function operatorRule(p: Parser, token: Token): ExpressionAst {
  p.skip();
  p.skipNewlines();
  p.enter();
  const child = unaryExpressionRule(p, true);
  p.leave();
  if (!child) {
    p.reportIncomplete(p.after(token), 'MissingExpressionAfterOperator', token.text);
    return { kind: 'ErrorExpressionAst', extent: token.extent, nestedAst: [] };
  }
  const extent = p.between(token, child);
  return token.kind === kinds.Comma
    ? { kind: 'ArrayLiteralAst', extent, elements: [child] }
    : { kind: 'UnaryExpressionAst', extent, tokenKind: kindNames[token.kind] as string, child };
}

/** After `[`: a type literal, casts or attributes before an expression. */
function attributedRule(p: Parser, token: Token): ExpressionAst | null {
  const attributes = attributeListRule(p, true);
  const last = attributes.at(-1);
  if (!last) return null;
  p.chained(attributes.length);
  let expression: ExpressionAst | null = null;
  if (last.kind === 'AttributeAst') {
    p.skipNewlines();
    const child = unaryInside(p);
    if (!child) {
      p.reportIncomplete(last, 'UnexpectedAttribute', last.typeName.fullName);
      return { kind: 'ErrorExpressionAst', extent: p.between(token, last), nestedAst: attributes };
    }
    expression = attributed(p, last, child);
  } else {
    const access = p.lookahead ? undefined : getMemberAccessOperator(p.tokenizer, false);
    if (access)
      expression = postfixRule(p, access, {
        kind: 'TypeExpressionAst',
        extent: last.extent,
        typeName: last.typeName,
      });
    else {
      const next = p.peek();
      if (next.kind !== kinds.NewLine && next.kind !== kinds.Comma) {
        const child = unaryInside(p);
        if (child) expression = attributed(p, last, child);
      }
    }
    expression ??= { kind: 'TypeExpressionAst', extent: last.extent, typeName: last.typeName };
  }
  for (let i = attributes.length - 2; i >= 0; i--)
    expression = attributed(p, attributes[i] as AttributeBaseAst, expression);
  return expression;
}
function unaryInside(p: Parser): ExpressionAst | null {
  p.enter();
  const child = unaryExpressionRule(p, true);
  p.leave();
  return child;
}
function attributed(p: Parser, attribute: AttributeBaseAst, child: ExpressionAst): ExpressionAst {
  const extent = p.between(attribute, child);
  return attribute.kind === 'TypeConstraintAst'
    ? { kind: 'ConvertExpressionAst', extent, type: attribute, child }
    : { kind: 'AttributedExpressionAst', extent, attribute, child };
}
