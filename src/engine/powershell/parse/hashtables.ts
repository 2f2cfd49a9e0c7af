import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { commandMode, expressionMode } from '../tokenize/tokenizer.ts';
import type { Parser } from './parser.ts';
import { errorStatement, labelOrKeyRule, statementRule } from './statements.ts';
import type { ExpressionAst, HashtableAst, StatementAst } from './tree.ts';

/** `@{ … }` after its brace. */
export function hashtableRule(p: Parser, atCurly: Token): HashtableAst {
  p.skipNewlines();
  const keyValuePairs: (readonly [ExpressionAst, StatementAst])[] = [];
  for (;;) {
    const pair = pairRule(p);
    if (!pair) break;
    keyValuePairs.push(pair);
    const token = p.peek();
    if (token.kind !== kinds.NewLine && token.kind !== kinds.Semi) break;
    p.skipNewlinesAndSemicolons();
  }
  const rCurly = p.next();
  let { end } = rCurly;
  if (rCurly.kind !== kinds.RCurly) {
    p.unget(rCurly);
    p.reportMissing(p.after(atCurly), rCurly, 'MissingEndCurlyBrace');
    end = p.before(rCurly).endOffset;
  }
  return { kind: 'HashtableAst', extent: p.extent(atCurly.start, end), keyValuePairs };
}

function pairRule(p: Parser): readonly [ExpressionAst, StatementAst] | null {
  const { mode } = p;
  p.setMode(expressionMode);
  const key = labelOrKeyRule(p);
  if (!key) {
    p.setMode(mode);
    return null;
  }
  const equals = p.next();
  p.setMode(mode);
  if (equals.kind !== kinds.Equals) {
    p.unget(equals);
    const at = p.after(key);
    p.report(at, 'MissingEqualsInHashLiteral');
    p.syncOnError(false, kinds.RCurly, kinds.Semi, kinds.NewLine);
    return [key, errorStatement(at)];
  }
  p.setMode(commandMode);
  p.skipNewlines();
  // A comma that ends an argument ends a value here too, as in PowerShell: `f(@{ a = 1, 2 })` is an error.
  let statement = statementRule(p);
  if (!statement) {
    const at = p.after(equals);
    p.reportIncomplete(at, 'MissingStatementInHashLiteral');
    statement = errorStatement(at);
  }
  p.setMode(mode);
  return [key, statement];
}
