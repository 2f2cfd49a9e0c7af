import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { singleArgumentRule } from './commands.ts';
import { isParameter } from './loops.ts';
import type { Parser, Placed } from './parser.ts';
import { pipelineChainRule } from './pipelines.ts';
import { statementBlockRule } from './script-block.ts';
import { errorStatement } from './statements.ts';
import type { Ast, ExpressionAst, StatementAst, StatementBlockAst } from './tree.ts';

/** What a switch has so far; `end` and `broken` are for the error statement that stands for a broken one. */
interface SwitchState {
  readonly p: Parser;
  readonly flags: Set<string>;
  condition: StatementAst | null;
  fileCondition: boolean;
  end: Placed;
  broken: boolean;
  incomplete: boolean;
}

export function switchStatementRule(p: Parser, label: Token | undefined, keyword: Token): StatementAst {
  const start = label ?? keyword;
  const state: SwitchState = {
    p,
    flags: new Set(),
    condition: null,
    fileCondition: false,
    end: start,
    broken: false,
    incomplete: false,
  };
  p.skipNewlines();
  flagsRule(state);
  const hadParen = conditionRule(state);
  p.skipNewlines();
  const body = bodyRule(state);
  if (state.broken || !state.condition || !body.rCurly)
    return errorStatement(p.between(start, state.end), [
      hadParen ? state.condition : null,
      state.fileCondition ? state.condition : null,
      ...body.asts,
    ]);
  const order = ['File', 'Regex', 'Wildcard', 'Exact', 'CaseSensitive', 'Parallel'];
  const flags = order.filter((flag) => state.flags.has(flag)).join(', ');
  return {
    kind: 'SwitchStatementAst',
    extent: p.between(start, body.rCurly),
    label: label?.value ?? null,
    flags: flags === '' ? 'None' : flags,
    condition: state.condition,
    clauses: body.clauses,
    default: body.otherwise,
  };
}

function flagsRule(state: SwitchState): void {
  const { p, flags } = state;
  for (;;) {
    const token = p.peek();
    if (token.kind !== kinds.Parameter) return;
    p.skip();
    state.end = token;
    if (isParameter(token, 'regex')) {
      flags.add('Regex');
      flags.delete('Wildcard');
    } else if (isParameter(token, 'wildcard')) {
      flags.add('Wildcard');
      flags.delete('Regex');
    } else if (isParameter(token, 'exact')) {
      flags.delete('Regex');
      flags.delete('Wildcard');
    } else if (isParameter(token, 'casesensitive')) flags.add('CaseSensitive');
    else if (isParameter(token, 'parallel')) flags.add('Parallel');
    else if (isParameter(token, 'file')) {
      flags.add('File');
      p.skipNewlines();
      const file = singleArgumentRule(p, 'file');
      if (file) {
        state.end = file;
        state.fileCondition = true;
        state.condition = {
          kind: 'PipelineAst',
          extent: file.extent,
          pipelineElements: [
            { kind: 'CommandExpressionAst', extent: file.extent, expression: file, redirections: [] },
          ],
          background: false,
        };
      } else {
        state.broken = true;
        state.incomplete = p.reportIncomplete(p.after(token), 'MissingFilenameOption');
      }
    } else {
      state.broken = true;
      p.report(token, 'InvalidSwitchFlag', token.parameterName);
    }
  }
}

/** `( … )`; true where there is an opening parenthesis. */
function conditionRule(state: SwitchState): boolean {
  const { p } = state;
  const lParen = p.peek();
  if (lParen.kind !== kinds.LParen) {
    if (!state.condition && !state.flags.has('File')) {
      state.broken = true;
      state.incomplete = p.reportIncomplete(p.after(state.end), 'PipelineValueRequired');
    }
    return false;
  }
  state.end = lParen;
  p.skip();
  if (state.flags.has('File')) {
    state.broken = true;
    p.report(lParen, 'PipelineValueRequired');
  }
  p.skipNewlines();
  state.condition = pipelineChainRule(p);
  if (state.condition) state.end = state.condition;
  else {
    state.broken = true;
    state.incomplete = p.reportIncomplete(p.after(lParen), 'PipelineValueRequired');
  }
  p.skipNewlines();
  const rParen = p.next();
  if (rParen.kind === kinds.RParen) state.end = rParen;
  else {
    p.unget(rParen);
    if (!state.incomplete) {
      state.broken = true;
      state.incomplete = p.reportIncomplete(p.after(state.end), 'MissingEndParenthesisInSwitchStatement');
    }
  }
  return true;
}

interface SwitchBody {
  readonly clauses: (readonly [ExpressionAst, StatementBlockAst])[];
  readonly asts: Ast[];
  otherwise: StatementBlockAst | null;
  rCurly: Token | undefined;
}

function bodyRule(state: SwitchState): SwitchBody {
  const { p } = state;
  const body: SwitchBody = { clauses: [], asts: [], otherwise: null, rCurly: undefined };
  const lCurly = p.next();
  if (lCurly.kind !== kinds.LCurly) {
    p.unget(lCurly);
    if (!state.incomplete) {
      state.broken = true;
      p.reportIncomplete(p.after(state.end), 'MissingCurlyBraceInSwitchStatement');
    }
    return body;
  }
  state.end = lCurly;
  p.skipNewlines();
  while (clauseRule(state, body)) {
    p.skipNewlinesAndSemicolons();
    const token = p.peek();
    if (token.kind === kinds.RCurly) {
      body.rCurly = token;
      p.skip();
      break;
    }
    if (token.kind === kinds.EndOfInput) {
      if (!state.incomplete) {
        state.broken = true;
        p.reportMissing(lCurly, token, 'MissingEndCurlyBrace');
      }
      break;
    }
  }
  return body;
}

/** One condition and its block; false where the rest cannot be read. */
function clauseRule(state: SwitchState, body: SwitchBody): boolean {
  const { p } = state;
  const token = p.peek();
  const isDefault = token.kind === kinds.Default;
  let condition: ExpressionAst | null;
  if (isDefault) {
    p.skip();
    condition = {
      kind: 'StringConstantExpressionAst',
      extent: token.extent,
      value: token.text,
      stringConstantType: 'BareWord',
    };
  } else condition = singleArgumentRule(p, 'condition');
  if (!condition) {
    state.broken = true;
    p.reportIncomplete(p.after(state.end), 'MissingSwitchConditionExpression');
    if (p.peek().kind === kinds.RCurly) p.skip();
    return false;
  }
  body.asts.push(condition);
  state.end = condition;
  const block = statementBlockRule(p);
  if (!block) {
    state.broken = true;
    state.incomplete = p.reportIncomplete(p.after(state.end), 'MissingSwitchStatementClause');
    return true;
  }
  body.asts.push(block);
  state.end = block;
  if (!isDefault) body.clauses.push([condition, block]);
  else {
    if (body.otherwise) {
      state.broken = true;
      p.report(condition, 'MultipleSwitchDefaultClauses');
    }
    body.otherwise = block;
  }
  return true;
}
