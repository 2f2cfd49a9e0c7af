import { keywordFlag, kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { parameterListRule } from './parameters.ts';
import type { Parser, Placed } from './parser.ts';
import { scriptBlockRule } from './script-block.ts';
import { errorStatement } from './statements.ts';
import type { ParameterAst, StatementAst } from './tree.ts';

/** Tokens that are no name of a function; nearly everything else is. */
const notNames: ReadonlySet<number> = new Set([
  kinds.Pipe,
  kinds.LParen,
  kinds.LCurly,
  kinds.AtParen,
  kinds.AtCurly,
  kinds.RCurly,
  kinds.RParen,
  kinds.EndOfInput,
  kinds.Semi,
  kinds.Redirection,
  kinds.RedirectInStd,
  kinds.AndAnd,
  kinds.OrOr,
  kinds.Ampersand,
  kinds.Variable,
  kinds.SplattedVariable,
  kinds.HereStringExpandable,
  kinds.HereStringLiteral,
  kinds.StringLiteral,
  kinds.StringExpandable,
]);

/** `function`, `filter`, `workflow`. */
export function functionDeclarationRule(p: Parser, keyword: Token): StatementAst {
  p.skipNewlines();
  const nameToken = p.next();
  if (notNames.has(nameToken.kind)) {
    p.unget(nameToken);
    p.reportIncomplete(p.after(keyword), 'MissingNameAfterKeyword', keyword.text);
    return errorStatement(keyword.extent);
  }
  nameToken.flags &= ~keywordFlag;
  const declared = functionParametersRule(p);
  let { badEnd } = declared;
  const lCurly = p.next();
  if (lCurly.kind !== kinds.LCurly) {
    p.unget(lCurly);
    if (!badEnd) {
      badEnd = declared.rParen ?? nameToken;
      p.reportIncomplete(p.after(badEnd), 'MissingFunctionBody');
    }
  }
  if (badEnd) return errorStatement(p.between(keyword, badEnd), declared.parameters ?? []);
  const isFilter = keyword.kind === kinds.Filter;
  const body = scriptBlockRule(p, lCurly, isFilter);
  return {
    kind: 'FunctionDefinitionAst',
    extent: p.between(keyword, body),
    name: nameToken.kind === kinds.Generic ? nameToken.stringValue : nameToken.text,
    isFilter,
    isWorkflow: keyword.kind === kinds.Workflow,
    // Empty parentheses are none: a param block may follow.
    parameters: declared.parameters?.length ? declared.parameters : null,
    body,
    nameExtent: nameToken.extent,
  };
}

/** `( … )` after a function's name; parameters are null where there is none. */
export function functionParametersRule(p: Parser): {
  readonly parameters: ParameterAst[] | null;
  readonly badEnd: Placed | undefined;
  readonly rParen: Token | undefined;
} {
  p.skipNewlines();
  const lParen = p.peek();
  if (lParen.kind !== kinds.LParen) return { parameters: null, badEnd: undefined, rParen: undefined };
  p.skip();
  const parameters = parameterListRule(p);
  p.skipNewlines();
  const rParen = p.next();
  let badEnd: Placed | undefined;
  if (rParen.kind !== kinds.RParen) {
    p.unget(rParen);
    badEnd = parameters.at(-1) ?? lParen;
    p.reportIncomplete(p.after(badEnd), 'MissingEndParenthesisInFunctionParameterList');
  }
  p.skipNewlines();
  return { parameters, badEnd, rParen };
}
