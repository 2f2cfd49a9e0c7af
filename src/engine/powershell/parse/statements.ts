import { keywordFlag, kinds, statementDoesntSupportAttributes } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import type { Extent } from '../tokenize/source.ts';
import { attributeListRule, simpleNameRule } from './attributes.ts';
import { classDefinitionRule } from './classes.ts';
import { enumDefinitionRule } from './enums.ts';
import { unaryExpressionRule } from './expressions.ts';
import { functionDeclarationRule } from './functions.ts';
import { ifStatementRule } from './if-statement.ts';
import { doStatementRule, forStatementRule, foreachStatementRule, whileStatementRule } from './loops.ts';
import { pipelineChainRule } from './pipelines.ts';
import type { Parser } from './parser.ts';
import { statementBlockRule } from './script-block.ts';
import { switchStatementRule } from './switch-statement.ts';
import { dataStatementRule, trapStatementRule, tryStatementRule } from './try-statement.ts';
import type {
  AttributeBaseAst,
  ErrorStatementAst,
  ExpressionAst,
  StatementAst,
  TrapStatementAst,
} from './tree.ts';
import { usingStatementRule } from './using.ts';

/** Statements up to a closing bracket or the end; gives the place of all, undefined where there is none. */
export function statementListRule(
  p: Parser,
  statements: StatementAst[],
  traps: TrapStatementAst[],
): Extent | undefined {
  let first: StatementAst | undefined;
  let last: StatementAst | undefined;
  p.skipNewlinesAndSemicolons();
  for (;;) {
    const statement = statementRule(p);
    if (!statement) break;
    const { signatureStart } = p.tokenizer;
    if (signatureStart >= 0 && signatureStart < statement.extent.startOffset)
      p.report(statement, 'TokenAfterEndOfValidScriptText');
    if (statement.kind === 'TrapStatementAst') traps.push(statement);
    else statements.push(statement);
    first ??= statement;
    last = statement;
    p.skipNewlinesAndSemicolons();
    const { kind } = p.peek();
    if (kind === kinds.RParen || kind === kinds.RCurly) break;
  }
  return first && last && p.between(first, last);
}

/** One statement; null where none starts here. */
export function statementRule(p: Parser): StatementAst | null {
  p.enter();
  const statement = statementInside(p);
  p.leave();
  return statement;
}

function statementInside(p: Parser): StatementAst | null {
  let token = p.next();
  let attributes: AttributeBaseAst[] = [];
  let restorePoint = 0;
  if (token.kind === kinds.Generic && p.source.text.charCodeAt(token.start) === 0x5b) {
    restorePoint = token.start;
    p.resync(token.start);
    attributes = attributeListRule(p, false);
    token = p.next();
    const [first] = attributes;
    if (first) {
      if ((token.flags & statementDoesntSupportAttributes) !== 0) {
        if (attributes.some((a) => a.kind === 'TypeConstraintAst')) {
          p.resync(restorePoint);
          token = p.next();
        } else p.report(first, 'UnexpectedAttribute', first.typeName.fullName);
      } else if ((token.flags & keywordFlag) !== 0) {
        const type = attributes.find((a) => a.kind !== 'AttributeAst');
        if (type) p.report(type, 'TypeNotAllowedBeforeStatement', type.typeName.fullName);
      } else {
        p.resync(restorePoint);
        token = p.next();
      }
    }
  }
  switch (token.kind) {
    case kinds.If:
      return ifStatementRule(p, token);
    case kinds.Switch:
      return switchStatementRule(p, undefined, token);
    case kinds.Foreach:
      return foreachStatementRule(p, undefined, token);
    case kinds.For:
      return forStatementRule(p, undefined, token);
    case kinds.While:
      return whileStatementRule(p, undefined, token);
    case kinds.Do:
      return doStatementRule(p, undefined, token);
    case kinds.Function:
    case kinds.Filter:
    case kinds.Workflow:
      return functionDeclarationRule(p, token);
    case kinds.Return:
    case kinds.Throw:
    case kinds.Exit:
      return exitRule(p, token);
    case kinds.Break:
    case kinds.Continue: {
      const label = labelOrKeyRule(p);
      return {
        kind: token.kind === kinds.Break ? 'BreakStatementAst' : 'ContinueStatementAst',
        extent: p.between(token, label ?? token),
        label,
      };
    }
    case kinds.Trap:
      return trapStatementRule(p, token);
    case kinds.Try:
      return tryStatementRule(p, token);
    case kinds.Data:
      return dataStatementRule(p, token);
    case kinds.Parallel:
    case kinds.Sequence:
      return blockStatementRule(p, token);
    case kinds.From:
    case kinds.Define:
    case kinds.Var:
      p.report(token, 'ReservedKeywordNotAllowed', token.kindName.toLowerCase());
      return errorStatement(token.extent);
    case kinds.Label:
      p.skipNewlines();
      return labeledStatementRule(p, token);
    case kinds.EndOfInput:
      if (attributes.length > 0) {
        p.resync(restorePoint);
        return pipelineChainRule(p);
      }
      p.unget(token);
      return null;
    case kinds.Class:
      return classDefinitionRule(p, attributes, token);
    case kinds.Enum:
      return enumDefinitionRule(p, attributes, token);
    case kinds.Using: {
      const statement = usingStatementRule(p, token);
      p.report(statement, 'UsingMustBeAtStartOfScript');
      return statement;
    }
    case kinds.Else:
    case kinds.ElseIf:
    case kinds.Catch:
    case kinds.Until:
      // After an error these belong to what was broken: eating them spares an odd command of that name.
      if (p.errors.length > 0) {
        p.skipNewlines();
        return statementRule(p);
      }
      break;
    default:
      break;
  }
  if (attributes.length > 0) p.resync(restorePoint);
  else p.unget(token);
  return pipelineChainRule(p);
}

export const errorStatement = (
  extent: Extent,
  nested: readonly (ErrorStatementAst['nestedAst'][number] | null | undefined)[] = [],
): ErrorStatementAst => ({
  kind: 'ErrorStatementAst',
  extent,
  nestedAst: nested.filter((node) => node !== null && node !== undefined),
});

function exitRule(p: Parser, token: Token): StatementAst {
  const pipeline = pipelineChainRule(p);
  const extent = p.between(token, pipeline ?? token);
  const kind =
    token.kind === kinds.Return
      ? 'ReturnStatementAst'
      : token.kind === kinds.Throw
        ? 'ThrowStatementAst'
        : 'ExitStatementAst';
  return { kind, extent, pipeline };
}

/** Label of break and continue, or a key of a hash literal. */
export function labelOrKeyRule(p: Parser): ExpressionAst | null {
  const name = simpleNameRule(p);
  if (name) return name;
  const token = p.peek();
  if (token.kind === kinds.NewLine || token.kind === kinds.Semi) return null;
  const { noComma } = p;
  p.noComma = true;
  const label = unaryExpressionRule(p, false);
  p.noComma = noComma;
  return label;
}

function labeledStatementRule(p: Parser, label: Token): StatementAst | null {
  const token = p.next();
  switch (token.kind) {
    case kinds.Switch:
      return switchStatementRule(p, label, token);
    case kinds.Foreach:
      return foreachStatementRule(p, label, token);
    case kinds.For:
      return forStatementRule(p, label, token);
    case kinds.While:
      return whileStatementRule(p, label, token);
    case kinds.Do:
      return doStatementRule(p, label, token);
    default:
      p.resync(label.start);
      return pipelineChainRule(p);
  }
}

function blockStatementRule(p: Parser, keyword: Token): StatementAst {
  const body = statementBlockRule(p);
  if (!body) {
    p.reportIncomplete(p.after(keyword), 'MissingStatementAfterKeyword', keyword.text);
    return errorStatement(keyword.extent);
  }
  return {
    kind: 'BlockStatementAst',
    extent: p.between(keyword, body),
    blockKind: keyword.kindName,
    body,
  };
}
