import { kinds, kindText } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { attributeRule, simpleNameRule } from './attributes.ts';
import { singleArgumentRule } from './commands.ts';
import { isParameter } from './loops.ts';
import type { Parser, Placed } from './parser.ts';
import { statementBlockRule } from './script-block.ts';
import { errorStatement } from './statements.ts';
import type {
  CatchClauseAst,
  ExpressionAst,
  StatementAst,
  StatementBlockAst,
  TypeConstraintAst,
} from './tree.ts';

export function trapStatementRule(p: Parser, keyword: Token): StatementAst {
  const { restorePoint } = p;
  p.skipNewlines();
  const type = attributeRule(p);
  const trapType = type?.kind === 'TypeConstraintAst' ? type : null;
  // An attribute belongs to what follows: read again after the missing body is reported.
  if (type && !trapType) p.resync(restorePoint);
  const body = statementBlockRule(p);
  if (!body) {
    const end = trapType ?? keyword;
    p.reportIncomplete(p.after(end), 'MissingTrapStatement');
    return errorStatement(p.between(keyword, end), [trapType]);
  }
  return { kind: 'TrapStatementAst', extent: p.between(keyword, body), trapType, body };
}

interface TryState {
  /** End of what is surely part of a broken statement. */
  end: Placed | undefined;
  readonly types: TypeConstraintAst[];
}

function catchRule(p: Parser, state: TryState): CatchClauseAst | null {
  p.skipNewlines();
  const keyword = p.next();
  if (keyword.kind !== kinds.Catch) {
    p.unget(keyword);
    return null;
  }
  const catchTypes: TypeConstraintAst[] = [];
  let comma: Token | undefined;
  for (;;) {
    const { restorePoint } = p;
    p.skipNewlines();
    const type = attributeRule(p);
    if (!type) {
      if (comma) {
        state.end = comma;
        p.reportIncomplete(p.after(comma), 'MissingTypeLiteralToken');
      }
      break;
    }
    if (type.kind !== 'TypeConstraintAst') {
      p.resync(restorePoint);
      break;
    }
    catchTypes.push(type);
    p.skipNewlines();
    comma = p.peek();
    if (comma.kind !== kinds.Comma) break;
    p.skip();
  }
  const body = statementBlockRule(p);
  if (!body) {
    if (!comma || state.end !== comma) {
      state.end = catchTypes.at(-1) ?? keyword;
      p.reportIncomplete(p.after(state.end), 'MissingCatchHandlerBlock');
    }
    state.types.push(...catchTypes);
    return null;
  }
  return { kind: 'CatchClauseAst', extent: p.between(keyword, body), catchTypes, body };
}

export function tryStatementRule(p: Parser, keyword: Token): StatementAst {
  p.skipNewlines();
  const body = statementBlockRule(p);
  if (!body) {
    p.reportIncomplete(p.after(keyword), 'MissingTryStatementBlock');
    return errorStatement(keyword.extent);
  }
  const state: TryState = { end: undefined, types: [] };
  const catchClauses: CatchClauseAst[] = [];
  for (;;) {
    const clause = catchRule(p, state);
    if (!clause) break;
    catchClauses.push(clause);
  }
  p.skipNewlines();
  let finallyBlock: StatementBlockAst | null = null;
  const finallyToken = p.peek();
  if (finallyToken.kind === kinds.Finally) {
    p.skip();
    finallyBlock = statementBlockRule(p);
    if (!finallyBlock) {
      state.end = finallyToken;
      p.reportIncomplete(p.after(finallyToken), 'MissingFinallyStatementBlock', kindText(finallyToken.kind));
    }
  }
  if (catchClauses.length === 0 && !finallyBlock && !state.end) {
    state.end = body;
    p.reportIncomplete(p.after(body), 'MissingCatchOrFinally');
  }
  if (state.end)
    return errorStatement(p.between(keyword, state.end), [body, ...catchClauses, ...state.types]);
  return {
    kind: 'TryStatementAst',
    extent: p.between(keyword, finallyBlock ?? (catchClauses.at(-1) as CatchClauseAst)),
    body,
    catchClauses,
    finally: finallyBlock,
  };
}

/** `data name -SupportedCommand … { … }`. */
export function dataStatementRule(p: Parser, keyword: Token): StatementAst {
  let badEnd: Placed | undefined;
  p.skipNewlines();
  const name = simpleNameRule(p);
  p.skipNewlines();
  const commandsAllowed: ExpressionAst[] = [];
  const parameter = p.peek();
  if (parameter.kind === kinds.Parameter) {
    p.skip();
    if (!isParameter(parameter, 'supportedcommand')) {
      badEnd = parameter;
      p.report(parameter, 'InvalidParameterForDataSectionStatement', parameter.parameterName);
    }
    let comma: Token | undefined;
    for (;;) {
      p.skipNewlines();
      const command = singleArgumentRule(p, 'name');
      if (!command) {
        if (!badEnd)
          p.reportIncomplete(
            p.after(comma ?? parameter),
            'MissingValueForSupportedCommandInDataSectionStatement',
          );
        badEnd = comma ?? parameter;
        break;
      }
      commandsAllowed.push(command);
      comma = p.peek();
      if (comma.kind !== kinds.Comma) break;
      p.skip();
    }
  }
  let body: StatementBlockAst | null = null;
  if (!badEnd) {
    body = statementBlockRule(p);
    if (!body) {
      badEnd = commandsAllowed.at(-1) ?? name ?? keyword;
      p.reportIncomplete(p.after(badEnd), 'MissingStatementBlockForDataSection');
    }
  }
  if (badEnd || !body) return errorStatement(p.between(keyword, badEnd ?? keyword), commandsAllowed);
  return {
    kind: 'DataStatementAst',
    extent: p.between(keyword, body),
    variable: name?.value ?? null,
    commandsAllowed,
    body,
  };
}
