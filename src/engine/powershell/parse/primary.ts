import type { Extent } from '../tokenize/source.ts';
import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { commandMode } from '../tokenize/tokenizer.ts';
import { VariablePath } from '../tokenize/variable-path.ts';
import { hashtableRule } from './hashtables.ts';
import { nextMemberAccess, postfixRule } from './members.ts';
import type { Parser } from './parser.ts';
import { pipelineChainRule } from './pipelines.ts';
import { scriptBlockRule } from './script-block.ts';
import { errorStatement, statementListRule } from './statements.ts';
import { stringRule } from './strings.ts';
import type {
  ExpressionAst,
  ScriptBlockExpressionAst,
  StatementAst,
  TrapStatementAst,
  VariableExpressionAst,
} from './tree.ts';

export const variableNode = (extent: Extent, userPath: string, splatted: boolean): VariableExpressionAst => ({
  kind: 'VariableExpressionAst',
  extent,
  variablePath: new VariablePath(userPath),
  splatted,
});

/** A literal, variable or something in brackets, with the members that are asked of it. */
export function primaryExpressionRule(p: Parser, withMemberAccess: boolean): ExpressionAst | null {
  const token = p.next();
  let expression: ExpressionAst;
  switch (token.kind) {
    case kinds.SplattedVariable:
    case kinds.Variable:
      expression = variableRule(p, token, withMemberAccess);
      break;
    case kinds.Number:
      expression = { kind: 'ConstantExpressionAst', extent: token.extent, value: token.number ?? null };
      break;
    case kinds.HereStringExpandable:
    case kinds.StringExpandable:
    case kinds.HereStringLiteral:
    case kinds.StringLiteral:
      expression = stringRule(p, token);
      break;
    case kinds.LParen:
      expression = parenRule(p, token);
      break;
    case kinds.AtParen:
    case kinds.DollarParen:
      expression = subExpressionRule(p, token);
      break;
    case kinds.AtCurly:
      expression = hashtableRule(p, token);
      break;
    case kinds.LCurly:
      expression = scriptBlockExpressionRule(p, token);
      break;
    default:
      p.unget(token);
      return null;
  }
  return withMemberAccess ? postfixRule(p, nextMemberAccess(p, true), expression) : expression;
}

/** A variable; `$using:x` with the members after it is one expression. */
export function variableRule(p: Parser, token: Token, withMemberAccess: boolean): ExpressionAst {
  const path = token.path as VariablePath;
  const splatted = token.kind === kinds.SplattedVariable;
  const { userPath } = path;
  if (userPath.length > 6 && userPath.slice(0, 6).toLowerCase() === 'using:') {
    let child: ExpressionAst = variableNode(token.extent, userPath.slice(6), splatted);
    if (withMemberAccess) child = postfixRule(p, nextMemberAccess(p, true), child);
    return { kind: 'UsingExpressionAst', extent: child.extent, subExpression: child };
  }
  return { kind: 'VariableExpressionAst', extent: token.extent, variablePath: path, splatted };
}

function parenRule(p: Parser, lParen: Token): ExpressionAst {
  const { mode, noComma } = p;
  p.setMode(commandMode);
  p.noComma = false;
  p.skipNewlines();
  let pipeline: StatementAst | null = pipelineChainRule(p);
  if (!pipeline) {
    const at = p.after(lParen);
    p.reportIncomplete(at, 'ExpectedExpression');
    pipeline = errorStatement(at);
  }
  p.skipNewlines();
  const rParen = p.next();
  let end = rParen.end;
  if (rParen.kind !== kinds.RParen) {
    p.unget(rParen);
    p.reportIncomplete(p.after(pipeline), 'MissingEndParenthesisInExpression');
    end = pipeline.extent.endOffset;
  }
  p.noComma = noComma;
  p.setMode(mode);
  return { kind: 'ParenExpressionAst', extent: p.extent(lParen.start, end), pipeline };
}

/** `$( … )` and `@( … )`. */
function subExpressionRule(p: Parser, first: Token): ExpressionAst {
  const { mode, noComma } = p;
  const traps: TrapStatementAst[] = [];
  const statements: StatementAst[] = [];
  p.noComma = false;
  p.setMode(commandMode);
  p.skipNewlines();
  const list = statementListRule(p, statements, traps);
  p.skipNewlines();
  const rParen = p.next();
  let { end } = rParen;
  if (rParen.kind !== kinds.RParen) {
    p.unget(rParen);
    p.reportIncomplete(rParen, 'MissingEndParenthesisInSubexpression');
    end = list?.endOffset ?? first.end;
  }
  p.noComma = noComma;
  p.setMode(mode);
  return {
    kind: first.kind === kinds.DollarParen ? 'SubExpressionAst' : 'ArrayExpressionAst',
    extent: p.extent(first.start, end),
    subExpression: { kind: 'StatementBlockAst', extent: list ?? p.empty, statements, traps },
  };
}

export function scriptBlockExpressionRule(p: Parser, lCurly: Token): ScriptBlockExpressionAst {
  const { mode, noComma } = p;
  p.noComma = false;
  p.setMode(commandMode);
  p.skipNewlines();
  const scriptBlock = scriptBlockRule(p, lCurly, false);
  p.noComma = noComma;
  p.setMode(mode);
  return { kind: 'ScriptBlockExpressionAst', extent: scriptBlock.extent, scriptBlock };
}
