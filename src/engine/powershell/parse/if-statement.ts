import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import type { Parser } from './parser.ts';
import { pipelineChainRule } from './pipelines.ts';
import { statementBlockRule } from './script-block.ts';
import { errorStatement } from './statements.ts';
import type { Ast, StatementAst, StatementBlockAst } from './tree.ts';

export function ifStatementRule(p: Parser, ifToken: Token): StatementAst {
  const clauses: (readonly [StatementAst, StatementBlockAst])[] = [];
  const parts: Ast[] = [];
  let elseClause: StatementBlockAst | null = null;
  let keyword = ifToken;
  for (;;) {
    p.skipNewlines();
    const lParen = p.next();
    if (lParen.kind !== kinds.LParen) {
      p.unget(lParen);
      p.reportIncomplete(p.after(keyword), 'MissingOpenParenthesisInIfStatement', keyword.text);
      return errorStatement(p.between(ifToken, keyword), parts);
    }
    p.skipNewlines();
    let condition: StatementAst | null = pipelineChainRule(p);
    if (condition) parts.push(condition);
    else {
      const at = p.after(lParen);
      p.reportIncomplete(at, 'IfStatementMissingCondition', keyword.text);
      condition = errorStatement(at);
    }
    p.skipNewlines();
    const rParen = p.next();
    if (rParen.kind !== kinds.RParen) {
      p.unget(rParen);
      if (condition.kind !== 'ErrorStatementAst')
        p.reportIncomplete(rParen, 'MissingEndParenthesisAfterStatement', keyword.text);
      return errorStatement(p.between(ifToken, p.before(rParen)), parts);
    }
    p.skipNewlines();
    const body = statementBlockRule(p);
    if (!body) {
      p.reportIncomplete(rParen, 'MissingStatementBlock', keyword.text);
      return errorStatement(p.between(ifToken, rParen), parts);
    }
    parts.push(body);
    clauses.push([condition, body]);
    // Line ends that were skipped in search of `else` may matter to what surrounds the statement.
    const { restorePoint } = p;
    p.skipNewlines();
    keyword = p.peek();
    if (keyword.kind === kinds.ElseIf) {
      p.skip();
      continue;
    }
    if (keyword.kind === kinds.Else) {
      p.skip();
      p.skipNewlines();
      elseClause = statementBlockRule(p);
      if (!elseClause) {
        p.reportIncomplete(p.after(keyword), 'MissingStatementBlockAfterElse');
        return errorStatement(p.between(ifToken, keyword), parts);
      }
    } else p.resync(restorePoint);
    return {
      kind: 'IfStatementAst',
      extent: p.between(ifToken, elseClause ?? body),
      clauses,
      elseClause,
    };
  }
}
