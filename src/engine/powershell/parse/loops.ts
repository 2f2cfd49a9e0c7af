import { kinds, kindText } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { singleArgumentRule } from './commands.ts';
import type { Parser, Placed } from './parser.ts';
import { pipelineChainRule } from './pipelines.ts';
import { variableNode } from './primary.ts';
import { statementBlockRule } from './script-block.ts';
import { errorStatement } from './statements.ts';
import type { ExpressionAst, StatementAst, StatementBlockAst } from './tree.ts';

/** Whether a parameter is a start of the name. */
export const isParameter = (token: Token, name: string): boolean =>
  name.startsWith(token.parameterName.toLowerCase());

const labelOf = (label: Token | undefined): string | null => label?.value ?? null;

export function foreachStatementRule(p: Parser, label: Token | undefined, keyword: Token): StatementAst {
  const start = label ?? keyword;
  let badEnd: Placed | undefined;
  p.skipNewlines();
  let flags = 'None';
  let throttleLimit: ExpressionAst | null = null;
  let parameter = p.peek();
  while (parameter.kind === kinds.Parameter) {
    p.skip();
    if (isParameter(parameter, 'parallel')) flags = 'Parallel';
    else if (isParameter(parameter, 'throttlelimit')) {
      p.skipNewlines();
      throttleLimit = singleArgumentRule(p, 'argument');
      if (!throttleLimit) p.reportIncomplete(p.after(parameter), 'MissingThrottleLimit');
    } else {
      badEnd = parameter;
      p.report(parameter, 'InvalidForeachFlag', parameter.parameterName);
    }
    p.skipNewlines();
    parameter = p.peek();
  }
  const lParen = p.next();
  if (lParen.kind !== kinds.LParen) {
    p.unget(lParen);
    p.reportIncomplete(p.after(keyword), 'MissingOpenParenthesisAfterKeyword', kindText(keyword.kind));
    return errorStatement(p.between(start, keyword));
  }
  p.skipNewlines();
  const token = p.next();
  if (token.kind !== kinds.Variable && token.kind !== kinds.SplattedVariable) {
    p.unget(token);
    p.reportIncomplete(p.after(lParen), 'MissingVariableNameAfterForeach');
    return errorStatement(p.between(start, lParen));
  }
  const variable = variableNode(
    token.extent,
    token.path?.userPath ?? '',
    token.kind === kinds.SplattedVariable,
  );
  p.skipNewlines();
  let condition: StatementAst | null = null;
  let body: StatementBlockAst | null = null;
  const inToken = p.next();
  if (inToken.kind !== kinds.In) {
    p.unget(inToken);
    badEnd = variable;
    p.reportIncomplete(p.after(badEnd), 'MissingInInForeach');
  } else {
    p.skipNewlines();
    condition = pipelineChainRule(p);
    if (!condition) {
      badEnd = inToken;
      p.reportIncomplete(p.after(badEnd), 'MissingForeachExpression');
    } else {
      p.skipNewlines();
      const rParen = p.next();
      if (rParen.kind !== kinds.RParen) {
        p.unget(rParen);
        badEnd = condition;
        p.reportIncomplete(p.after(badEnd), 'MissingEndParenthesisAfterForeach');
      } else {
        body = statementBlockRule(p);
        if (!body) {
          badEnd = rParen;
          p.reportIncomplete(p.after(badEnd), 'MissingForeachStatement');
        }
      }
    }
  }
  if (badEnd || !condition || !body)
    return errorStatement(p.between(start, badEnd ?? keyword), [variable, condition, body]);
  return {
    kind: 'ForEachStatementAst',
    extent: p.between(start, body),
    label: labelOf(label),
    flags,
    throttleLimit,
    variable,
    condition,
    body,
  };
}

export function forStatementRule(p: Parser, label: Token | undefined, keyword: Token): StatementAst {
  const start = label ?? keyword;
  let badEnd: Placed | undefined;
  p.skipNewlines();
  const lParen = p.next();
  if (lParen.kind !== kinds.LParen) {
    p.unget(lParen);
    p.reportIncomplete(p.after(keyword), 'MissingOpenParenthesisAfterKeyword', kindText(keyword.kind));
    return errorStatement(p.between(start, keyword));
  }
  p.skipNewlines();
  const part = (): StatementAst | null => {
    const statement = pipelineChainRule(p);
    if (statement) badEnd = statement;
    return statement;
  };
  const semicolon = (): void => {
    if (p.peek().kind === kinds.Semi) badEnd = p.next();
    p.skipNewlines();
  };
  const initializer = part();
  semicolon();
  const condition = part();
  semicolon();
  const iterator = part();
  p.skipNewlines();
  const rParen = p.next();
  let body: StatementBlockAst | null = null;
  if (rParen.kind !== kinds.RParen) {
    p.unget(rParen);
    badEnd ??= lParen;
    p.reportIncomplete(p.after(badEnd), 'MissingEndParenthesisAfterStatement', kindText(keyword.kind));
  } else {
    body = statementBlockRule(p);
    if (!body) {
      badEnd = rParen;
      p.reportIncomplete(p.after(badEnd), 'MissingLoopStatement', kindText(keyword.kind));
    }
  }
  if (!body) return errorStatement(p.between(start, badEnd ?? keyword), [initializer, condition, iterator]);
  return {
    kind: 'ForStatementAst',
    extent: p.between(start, body),
    label: labelOf(label),
    initializer,
    condition,
    iterator,
    body,
  };
}

export function whileStatementRule(p: Parser, label: Token | undefined, keyword: Token): StatementAst {
  const start = label ?? keyword;
  p.skipNewlines();
  const lParen = p.next();
  if (lParen.kind !== kinds.LParen) {
    p.unget(lParen);
    p.reportIncomplete(p.after(keyword), 'MissingOpenParenthesisAfterKeyword', keyword.text);
    return errorStatement(p.between(start, keyword));
  }
  p.skipNewlines();
  const given = pipelineChainRule(p);
  let condition = given;
  if (!condition) {
    const at = p.after(lParen);
    p.reportIncomplete(at, 'MissingExpressionAfterKeyword', kindText(keyword.kind));
    condition = errorStatement(at);
  }
  p.skipNewlines();
  const rParen = p.next();
  if (rParen.kind !== kinds.RParen) {
    p.unget(rParen);
    if (condition.kind !== 'ErrorStatementAst')
      p.reportIncomplete(p.after(condition), 'MissingEndParenthesisAfterStatement', kindText(keyword.kind));
    return errorStatement(p.between(start, condition), [given]);
  }
  p.skipNewlines();
  const body = statementBlockRule(p);
  if (!body) {
    p.reportIncomplete(p.after(rParen), 'MissingLoopStatement', kindText(keyword.kind));
    return errorStatement(p.between(start, rParen), [given]);
  }
  return {
    kind: 'WhileStatementAst',
    extent: p.between(start, body),
    label: labelOf(label),
    condition,
    body,
  };
}

/** `do … while` and `do … until`. */
export function doStatementRule(p: Parser, label: Token | undefined, keyword: Token): StatementAst {
  const start = label ?? keyword;
  let badEnd: Placed | undefined;
  let condition: StatementAst | null = null;
  let rParen: Token | undefined;
  let until: Token | undefined;
  const body = statementBlockRule(p);
  if (!body) {
    badEnd = keyword;
    p.reportIncomplete(p.after(badEnd), 'MissingLoopStatement', kindText(kinds.Do));
  } else {
    p.skipNewlines();
    until = p.next();
    if (until.kind !== kinds.While && until.kind !== kinds.Until) {
      p.unget(until);
      badEnd = body;
      p.reportIncomplete(p.after(badEnd), 'MissingWhileOrUntilInDoWhile');
    } else {
      p.skipNewlines();
      const lParen = p.next();
      if (lParen.kind !== kinds.LParen) {
        p.unget(lParen);
        badEnd = until;
        p.reportIncomplete(p.after(badEnd), 'MissingOpenParenthesisAfterKeyword', kindText(until.kind));
      } else {
        p.skipNewlines();
        condition = pipelineChainRule(p);
        if (!condition) {
          badEnd = lParen;
          p.reportIncomplete(p.after(badEnd), 'MissingExpressionAfterKeyword', kindText(until.kind));
        }
        p.skipNewlines();
        rParen = p.next();
        if (rParen.kind !== kinds.RParen) {
          p.unget(rParen);
          if (condition) {
            badEnd = condition;
            p.reportIncomplete(p.after(badEnd), 'MissingEndParenthesisAfterStatement', kindText(until.kind));
          }
        }
      }
    }
  }
  if (badEnd || !body || !condition || !rParen || !until)
    return errorStatement(p.between(start, badEnd ?? keyword), [body, condition]);
  return {
    kind: until.kind === kinds.Until ? 'DoUntilStatementAst' : 'DoWhileStatementAst',
    extent: p.between(start, rParen),
    label: labelOf(label),
    condition,
    body,
  };
}
