import { assignmentOperator, kindNames, kinds, kindText, traitsOf } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { expressionMode } from '../tokenize/tokenizer.ts';
import { commandRule } from './commands.ts';
import { expressionRule } from './expressions.ts';
import type { Parser } from './parser.ts';
import { redirectionRule } from './redirections.ts';
import { errorStatement, statementRule } from './statements.ts';
import { isPureExpressionPipeline } from './tree.ts';
import type {
  CommandAst,
  CommandExpressionAst,
  ExpressionAst,
  PipelineAst,
  RedirectionAst,
  StatementAst,
} from './tree.ts';

/** An assignment, a pipeline, or pipelines joined by `&&` and `||`; null where none starts here. */
export function pipelineChainRule(p: Parser): StatementAst | null {
  p.enter();
  const statement = chainOrAssignmentRule(p);
  p.leave();
  return statement;
}
function chainOrAssignmentRule(p: Parser): StatementAst | null {
  const { mode } = p;
  p.setMode(expressionMode);
  const expression = expressionRule(p);
  let assign: Token | undefined;
  if (expression) {
    // Asked for in expression mode: `=0` would be one word otherwise.
    const token = p.peek();
    if ((traitsOf(token.kind) & assignmentOperator) !== 0) {
      p.skip();
      assign = token;
    }
  }
  p.setMode(mode);
  if (expression && assign) return assignmentRule(p, expression, assign);
  return chainRule(p, expression);
}

function assignmentRule(p: Parser, left: ExpressionAst, operator: Token): StatementAst {
  p.skipNewlines();
  let right = statementRule(p);
  if (!right) {
    const at = p.after(operator);
    p.reportIncomplete(at, 'ExpectedValueExpression', kindText(operator.kind));
    right = errorStatement(at);
  }
  // What is only an expression stands without its pipeline.
  if (isPureExpressionPipeline(right)) [right] = right.pipelineElements;
  return {
    kind: 'AssignmentStatementAst',
    extent: p.between(left, right),
    left,
    operator: operator.kindName,
    right,
    errorPosition: operator.extent,
  };
}

function chainRule(p: Parser, firstExpression: ExpressionAst | null): StatementAst | null {
  let expression = firstExpression;
  let chain: StatementAst | null = null;
  let operator: Token | undefined;
  for (let links = 0; ; links++) {
    p.chained(links);
    const firstToken: Token | undefined = expression ? undefined : p.peek();
    const pipeline = pipelineRule(p, expression);
    expression = null;
    if (!pipeline) {
      if (!operator || !chain) return null;
      reportEmptyElement(p, operator, firstToken as Token);
      return errorStatement(p.between(chain, operator), [chain]);
    }
    const next = p.peek();
    if (next.kind !== kinds.AndAnd && next.kind !== kinds.OrOr) {
      let background = false;
      if (next.kind === kinds.Ampersand) {
        p.skip();
        const after = p.peek();
        if (after.kind === kinds.AndAnd || after.kind === kinds.OrOr) {
          p.skip();
          p.report(after, 'BackgroundOperatorInPipelineChain');
          return errorStatement(p.between(chain ?? pipeline, after));
        }
        background = true;
      }
      if (chain && operator) return link(p, chain, operator, pipeline, background);
      return background ? { ...pipeline, background } : pipeline;
    }
    p.skip();
    p.skipNewlines();
    chain = chain && operator ? link(p, chain, operator, pipeline, false) : pipeline;
    operator = next;
    if (p.peek().kind === kinds.EndOfInput) {
      p.reportIncomplete(p.after(next), 'EmptyPipelineChainElement');
      return chain;
    }
  }
}

const link = (
  p: Parser,
  left: StatementAst,
  operator: Token,
  right: PipelineAst,
  background: boolean,
): StatementAst => ({
  kind: 'PipelineChainAst',
  extent: p.between(left, right),
  lhsPipelineChain: left,
  rhsPipeline: right,
  operator: kindNames[operator.kind] as string,
  background,
});

function reportEmptyElement(p: Parser, operator: Token, firstToken: Token): void {
  switch (firstToken.kind) {
    case kinds.EndOfInput:
      p.reportIncomplete(p.after(operator), 'EmptyPipelineChainElement', operator.text);
      break;
    case kinds.Dot:
    case kinds.Ampersand:
      // Reported by the command already.
      break;
    default:
      p.report(p.between(operator, firstToken), 'EmptyPipelineChainElement', operator.text);
  }
}

/** Elements joined by `|`; `firstExpression` has been read already. */
export function pipelineRule(p: Parser, firstExpression: ExpressionAst | null): PipelineAst | null {
  const elements: (CommandAst | CommandExpressionAst)[] = [];
  let expression = firstExpression;
  let pipe: Token | undefined;
  for (;;) {
    if (!expression) {
      const { mode } = p;
      p.setMode(expressionMode);
      expression = expressionRule(p);
      p.setMode(mode);
    }
    const element = expression ? commandExpression(p, expression, elements.length > 0) : commandRule(p);
    if (element) elements.push(element);
    else if (elements.length > 0 || p.peek().kind === kinds.Pipe)
      p.reportIncomplete(pipe ? p.after(pipe) : p.peek(), 'EmptyPipeElement');
    expression = null;
    let next = p.peek();
    // A pipe may start the next line.
    if (next.kind === kinds.NewLine && pipeFollows(p, next.end)) {
      p.skipNewlines();
      next = p.peek();
    }
    if (next.kind === kinds.Pipe) {
      pipe = next;
      p.skip();
      p.skipNewlines();
      if (p.peek().kind !== kinds.EndOfInput) continue;
      p.reportIncomplete(p.after(pipe), 'EmptyPipeElement');
    } else if (!endsPipeline.has(next.kind)) p.report(next, 'UnexpectedToken', next.text);
    break;
  }
  const [first] = elements;
  const last = elements.at(-1);
  if (!first || !last) return null;
  return {
    kind: 'PipelineAst',
    extent: p.extent(first.extent.startOffset, last.extent.endOffset),
    pipelineElements: elements,
    background: false,
  };
}
const endsPipeline: ReadonlySet<number> = new Set([
  kinds.Semi,
  kinds.NewLine,
  kinds.RParen,
  kinds.RCurly,
  kinds.EndOfInput,
  kinds.AndAnd,
  kinds.OrOr,
  kinds.Ampersand,
]);

function commandExpression(p: Parser, expression: ExpressionAst, misplaced: boolean): CommandExpressionAst {
  if (misplaced) p.report(expression, 'ExpressionsMustBeFirstInPipeline');
  const redirections: RedirectionAst[] = [];
  let end = expression.extent.endOffset;
  for (;;) {
    const token = p.peek();
    if (token.kind !== kinds.Redirection && token.kind !== kinds.RedirectInStd) break;
    p.skip();
    const redirection = redirectionRule(p, token, redirections);
    if (redirection) end = redirection.extent.endOffset;
  }
  return {
    kind: 'CommandExpressionAst',
    extent: redirections.length === 0 ? expression.extent : p.extent(expression.extent.startOffset, end),
    expression,
    redirections,
  };
}

/** Whether the next thing after a line end, comments aside, is a pipe; an empty line ends the statement. */
function pipeFollows(p: Parser, offset: number): boolean {
  const { text } = p.source;
  const { limit } = p.tokenizer;
  let lineIsEmpty = true;
  let i = offset;
  while (i < limit) {
    const c = text.charCodeAt(i);
    if (c === 10 || c === 13) {
      if (lineIsEmpty) return false;
      lineIsEmpty = true;
      i += c === 13 && text.charCodeAt(i + 1) === 10 ? 2 : 1;
    } else if (c === 32 || c === 9 || c === 11 || c === 12 || c === 0xa0 || c === 0x85) i++;
    else if (c === 0x23) {
      lineIsEmpty = false;
      while (i < limit && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i++;
    } else if (c === 0x3c && text.charCodeAt(i + 1) === 0x23) {
      lineIsEmpty = false;
      const end = text.indexOf('#>', i + 2);
      i = end < 0 ? limit : end + 2;
    } else return c === 0x7c;
  }
  return false;
}
