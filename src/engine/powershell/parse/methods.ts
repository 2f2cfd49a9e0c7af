import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { commandMode, signatureMode } from '../tokenize/tokenizer.ts';
import { functionParametersRule } from './functions.ts';
import { invokeArgumentsRule } from './members.ts';
import type { Parser, Placed } from './parser.ts';
import { variableNode } from './primary.ts';
import { scriptBlockRule } from './script-block.ts';
import { errorStatement } from './statements.ts';
import type { CommandExpressionAst, ExpressionAst, ParameterAst, StatementAst } from './tree.ts';

/** A method or constructor after its name, as a function. */
export function methodRule(p: Parser, name: Token, className: string, isStatic: boolean): StatementAst {
  let parameters: ParameterAst[] = [];
  let badEnd: Placed | undefined;
  let rParen: Token | undefined;
  if (p.peek().kind === kinds.LParen) {
    const declared = functionParametersRule(p);
    parameters = declared.parameters ?? [];
    ({ badEnd, rParen } = declared);
  } else p.reportIncomplete(p.after(name), 'MissingMethodParameterList');
  const isConstructor = name.text.toLowerCase() === className.toLowerCase() && !isStatic;
  let baseCall: CommandExpressionAst | undefined;
  if (isConstructor) {
    p.skipNewlines();
    const { mode } = p;
    p.setMode(signatureMode);
    const call = baseCallRule(p);
    p.setMode(mode);
    badEnd = call.badEnd ?? badEnd;
    baseCall = call.node;
  }
  const lCurly = p.next();
  if (lCurly.kind !== kinds.LCurly) {
    p.unget(lCurly);
    if (!badEnd) {
      badEnd = rParen ?? name;
      p.reportIncomplete(p.after(badEnd), 'MissingFunctionBody');
    }
  }
  if (badEnd) return errorStatement(p.between(name, badEnd), parameters);
  const { mode } = p;
  p.setMode(commandMode);
  const body = scriptBlockRule(p, lCurly, false, baseCall);
  p.setMode(mode);
  return {
    kind: 'FunctionDefinitionAst',
    extent: p.between(name, body),
    name: name.text,
    isFilter: false,
    isWorkflow: false,
    parameters,
    body,
    nameExtent: name.extent,
  };
}

/** `: base(…)`; without it the base's constructor without parameters is called. */
function baseCallRule(p: Parser): {
  readonly node: CommandExpressionAst;
  readonly badEnd: Placed | undefined;
} {
  let badEnd: Placed | undefined;
  let baseToken: Token | undefined;
  let args: readonly ExpressionAst[] = [];
  let end: Placed = p.empty;
  const colon = p.peek();
  if (colon.kind === kinds.Colon) {
    p.skip();
    p.skipNewlines();
    const token = p.peek();
    if (token.kind !== kinds.Base) {
      badEnd = colon;
      p.reportIncomplete(p.after(colon), 'MissingBaseCtorCall');
    } else {
      baseToken = token;
      p.skip();
      p.skipNewlines();
      const lParen = p.peek();
      if (lParen.kind === kinds.LParen) {
        p.skip();
        const list = invokeArgumentsRule(p, lParen);
        args = list.args;
        end = list.end;
        p.skipNewlines();
      } else {
        badEnd = token;
        p.reportIncomplete(p.after(token), 'MissingMethodParameterList');
      }
    }
  }
  const extent = baseToken ? p.between(baseToken, end === p.empty ? baseToken : end) : p.empty;
  const keyword = baseToken?.extent ?? p.empty;
  return {
    badEnd,
    node: {
      kind: 'CommandExpressionAst',
      extent,
      expression: {
        kind: 'BaseCtorInvokeMemberExpressionAst',
        extent,
        expression: variableNode(keyword, 'this', false),
        member: {
          kind: 'StringConstantExpressionAst',
          extent: keyword,
          value: '.ctor',
          stringConstantType: 'BareWord',
        },
        arguments: args,
      },
      redirections: [],
    },
  };
}
