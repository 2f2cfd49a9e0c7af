import { getInvokeMemberOpenParen, getMemberAccessOperator } from '../tokenize/operators-after.ts';
import { kinds, kindText, traitsOf, unaryOperator } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { typeNameMode } from '../tokenize/tokenizer.ts';
import { simpleNameRule } from './attributes.ts';
import { singleArgumentRule } from './commands.ts';
import { expressionRule, unaryExpressionRule } from './expressions.ts';
import { endOf } from './parser.ts';
import type { Parser } from './parser.ts';
import { primaryExpressionRule, scriptBlockExpressionRule } from './primary.ts';
import type { ExpressionAst, TypeName } from './tree.ts';
import { genericArgumentsRule } from './type-names.ts';

/** `.`, `::`, `[` … directly after an expression. */
export function nextMemberAccess(p: Parser, allowLBracket: boolean): Token | undefined {
  return p.lookahead ? undefined : getMemberAccessOperator(p.tokenizer, allowLBracket);
}

/** All members, calls and indexes that follow an expression, from the first operator on. */
export function postfixRule(p: Parser, first: Token | undefined, target: ExpressionAst): ExpressionAst {
  let operator = first;
  let expression = target;
  for (let links = 0; operator; links++) {
    p.chained(links);
    // A line may end after the operator.
    p.skipNewlines();
    expression =
      operator.kind === kinds.LBracket || operator.kind === kinds.QuestionLBracket
        ? indexRule(p, expression, operator)
        : memberRule(p, expression, operator);
    operator = nextMemberAccess(p, true);
  }
  return expression;
}

function memberNameRule(p: Parser): ExpressionAst | null {
  const name = simpleNameRule(p);
  if (name) return name;
  const token = p.peek();
  if ((traitsOf(token.kind) & unaryOperator) !== 0 || token.kind === kinds.LBracket)
    return unaryExpressionRule(p, false);
  return primaryExpressionRule(p, false);
}

function memberRule(p: Parser, target: ExpressionAst, operator: Token): ExpressionAst {
  let member = memberNameRule(p);
  const isStatic = operator.kind === kinds.ColonColon;
  const nullConditional = operator.kind === kinds.QuestionDot;
  if (!member) {
    p.reportIncomplete(p.after(operator), 'MissingPropertyName');
    member = singleArgumentRule(p, 'argument') ?? {
      kind: 'ErrorExpressionAst',
      extent: p.between(target, operator),
      nestedAst: [],
    };
  } else if (!p.lookahead) {
    const { restorePoint } = p;
    const generic =
      p.tokenizer.at(p.tokenizer.pos) === 0x5b ? genericArgumentsAfterMember(p, restorePoint) : undefined;
    const open = p.lookahead ? undefined : getInvokeMemberOpenParen(p.tokenizer);
    if (open) {
      const { args, end } =
        open.kind === kinds.LParen ? invokeArgumentsRule(p, open) : blockArgumentRule(p, open);
      return {
        kind: 'InvokeMemberExpressionAst',
        extent: p.extent(target.extent.startOffset, end.endOffset),
        expression: target,
        member,
        static: isStatic,
        arguments: args,
        nullConditional,
        genericTypeArguments: generic ?? [],
      };
    }
    // Type arguments without a call were an index.
    if (generic) p.resync(restorePoint);
  }
  return {
    kind: 'MemberExpressionAst',
    extent: p.between(target, member),
    expression: target,
    member,
    static: isStatic,
    nullConditional,
  };
}

/** `[type, type]` between a method's name and its parenthesis; undefined where the bracket is an index. */
function genericArgumentsAfterMember(p: Parser, restorePoint: number): readonly TypeName[] | undefined {
  p.next();
  const { mode } = p;
  p.setMode(typeNameMode);
  p.skipNewlines();
  const first = p.next();
  let result: readonly TypeName[] | undefined;
  let isIndex = true;
  if (first.kind === kinds.Identifier) {
    isIndex = false;
    const { args, last } = genericArgumentsRule(p, first);
    if (last.kind === kinds.RBracket) result = args;
    else {
      p.unget(last);
      p.reportIncomplete(p.before(last), 'EndSquareBracketExpectedAtEndOfType');
    }
  }
  p.setMode(mode);
  if (isIndex) p.resync(restorePoint);
  return result;
}

/** `x.name{ … }` is `x.name({ … })`. */
function blockArgumentRule(p: Parser, lCurly: Token): InvokeArguments {
  p.skipNewlines();
  const block = scriptBlockExpressionRule(p, lCurly);
  return { args: [block], end: block.extent };
}

interface InvokeArguments {
  readonly args: readonly ExpressionAst[];
  readonly end: { readonly startOffset: number; readonly endOffset: number } & ExpressionAst['extent'];
}

/** Arguments of a method after `(`. */
export function invokeArgumentsRule(p: Parser, lParen: Token): InvokeArguments {
  const args: ExpressionAst[] = [];
  let comma: Token | undefined;
  let reported = false;
  const { noComma } = p;
  p.noComma = true;
  for (;;) {
    p.skipNewlines();
    const argument = expressionRule(p);
    if (!argument) {
      if (comma) {
        p.reportIncomplete(p.after(comma), 'MissingExpressionAfterToken', kindText(kinds.Comma));
        reported = true;
      }
      break;
    }
    args.push(argument);
    p.skipNewlines();
    comma = p.next();
    if (comma.kind !== kinds.Comma) {
      p.unget(comma);
      comma = undefined;
      break;
    }
  }
  p.skipNewlines();
  const rParen = p.next();
  let end = rParen.extent;
  if (rParen.kind !== kinds.RParen) {
    p.unget(rParen);
    const last = args.at(-1) ?? lParen;
    if (!reported) p.reportIncomplete(p.after(last), 'MissingEndParenthesisInMethodCall');
    const at = endOf(comma ?? last);
    end = p.extent(at, at);
  }
  p.noComma = noComma;
  return { args, end };
}

function indexRule(p: Parser, target: ExpressionAst, lBracket: Token): ExpressionAst {
  p.skipNewlines();
  const { noComma } = p;
  p.noComma = false;
  let index = expressionRule(p);
  p.noComma = noComma;
  if (!index) {
    p.reportIncomplete(p.after(lBracket), 'MissingArrayIndexExpression');
    index = { kind: 'ErrorExpressionAst', extent: lBracket.extent, nestedAst: [] };
  }
  p.skipNewlines();
  const rBracket = p.next();
  let { end } = rBracket;
  if (rBracket.kind !== kinds.RBracket) {
    p.unget(rBracket);
    if (index.kind !== 'ErrorExpressionAst') p.reportIncomplete(p.after(index), 'MissingEndSquareBracket');
    end = index.extent.endOffset;
  }
  return {
    kind: 'IndexExpressionAst',
    extent: p.extent(target.extent.startOffset, end),
    target,
    index,
    nullConditional: lBracket.kind === kinds.QuestionLBracket,
  };
}
