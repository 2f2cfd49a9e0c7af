import { kindNames, kinds, kindText, scriptBlockBlockName } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import type { Extent } from '../tokenize/source.ts';
import { paramBlockRule } from './parameters.ts';
import { endOf, startOf } from './parser.ts';
import type { Parser } from './parser.ts';
import { statementListRule } from './statements.ts';
import type {
  NamedBlockAst,
  ParamBlockAst,
  ScriptBlockAst,
  StatementAst,
  StatementBlockAst,
  TrapStatementAst,
  UsingStatementAst,
} from './tree.ts';
import { usingStatementRule } from './using.ts';

/** A script (without `lCurly`) or a block after `{`. `predefined` is put in front: the call of a base constructor. */
export function scriptBlockRule(
  p: Parser,
  lCurly: Token | undefined,
  isFilter: boolean,
  predefined?: StatementAst,
): ScriptBlockAst {
  p.skipNewlines();
  const usingStatements = lCurly === undefined ? usingStatementsRule(p) : [];
  const { restorePoint } = p;
  const paramBlock = paramBlockRule(p);
  // Attributes that belong to no param block are read again as what they are then.
  if (!paramBlock) p.resync(restorePoint);
  p.skipNewlinesAndSemicolons();
  return bodyRule(p, lCurly, usingStatements, paramBlock, isFilter, predefined);
}

function usingStatementsRule(p: Parser): UsingStatementAst[] {
  const result: UsingStatementAst[] = [];
  for (;;) {
    const token = p.peek();
    if (token.kind !== kinds.Using) {
      p.resync(token.start);
      return result;
    }
    p.skip();
    const statement = usingStatementRule(p, token);
    p.skipNewlinesAndSemicolons();
    if (statement.kind === 'UsingStatementAst') result.push(statement);
  }
}

function bodyRule(
  p: Parser,
  lCurly: Token | undefined,
  usingStatements: readonly UsingStatementAst[],
  paramBlock: ParamBlockAst | null,
  isFilter: boolean,
  predefined: StatementAst | undefined,
): ScriptBlockAst {
  if ((p.peek().flags & scriptBlockBlockName) !== 0)
    return namedBlocksRule(p, lCurly, usingStatements, paramBlock);
  const traps: TrapStatementAst[] = [];
  const statements: StatementAst[] = predefined ? [predefined] : [];
  let listExtent: Extent | undefined = paramBlock?.extent;
  let extent: Extent | undefined;
  while (!extent) {
    const list = statementListRule(p, statements, traps);
    if (!listExtent) listExtent = list;
    else if (list) listExtent = p.between(listExtent, list);
    ({ bodyExtent: listExtent, extent } = completeBody(p, lCurly, listExtent));
  }
  const block: NamedBlockAst = {
    kind: 'NamedBlockAst',
    extent: listExtent ?? p.empty,
    blockKind: isFilter ? 'Process' : 'End',
    unnamed: true,
    statements,
    traps,
  };
  return {
    kind: 'ScriptBlockAst',
    extent,
    usingStatements,
    paramBlock,
    dynamicParamBlock: null,
    beginBlock: null,
    processBlock: isFilter ? block : null,
    endBlock: isFilter ? null : block,
    cleanBlock: null,
    scriptRequirements: null,
  };
}

/** Takes the closing brace, or the end of the script. Without extent there is more script to read after an error. */
function completeBody(
  p: Parser,
  lCurly: Token | undefined,
  bodyExtent: Extent | undefined,
): { readonly bodyExtent: Extent | undefined; readonly extent: Extent | undefined } {
  const token = p.next();
  if (lCurly) {
    if (token.kind !== kinds.RCurly) {
      p.unget(token);
      p.reportMissing(lCurly, token, 'MissingEndCurlyBrace');
      return { bodyExtent, extent: p.between(lCurly, bodyExtent ?? lCurly) };
    }
    // An empty body has the place between the braces.
    const own =
      bodyExtent === undefined && p.source.columnOf(lCurly.end) !== p.source.columnOf(token.start)
        ? p.extent(lCurly.end, Math.max(0, token.start - 1))
        : bodyExtent;
    return { bodyExtent: own, extent: p.extent(lCurly.start, token.end) };
  }
  if (token.kind !== kinds.EndOfInput) {
    p.report(token, 'UnexpectedToken', token.text);
    return { bodyExtent, extent: undefined };
  }
  return { bodyExtent, extent: p.extent(0, p.source.text.length) };
}

function namedBlocksRule(
  p: Parser,
  lCurly: Token | undefined,
  usingStatements: readonly UsingStatementAst[],
  paramBlock: ParamBlockAst | null,
): ScriptBlockAst {
  const blocks: Record<string, NamedBlockAst | null> = {
    Dynamicparam: null,
    Begin: null,
    Process: null,
    End: null,
    Clean: null,
  };
  let start: number | undefined = lCurly?.start ?? paramBlock?.extent.startOffset;
  let end = 0;
  let extent: Extent | undefined;
  for (;;) {
    const name = p.next();
    if ((name.flags & scriptBlockBlockName) === 0) {
      if (name.kind === kinds.RCurly || name.kind === kinds.EndOfInput) p.unget(name);
      else {
        if (lCurly) {
          p.unget(name);
          extent = p.extent(start ?? 0, end);
        } else extent = p.extent(0, p.source.text.length);
        p.report(name, 'MissingNamedBlocks', name.text);
      }
      break;
    }
    start ??= name.start;
    end = name.end;
    let body = statementBlockRule(p);
    if (!body) {
      p.reportIncomplete(p.after(name), 'MissingNamedStatementBlock', kindText(name.kind));
      body = { kind: 'StatementBlockAst', extent: name.extent, statements: [], traps: [] };
    } else end = body.extent.endOffset;
    const blockKind = kindNames[name.kind] as string;
    if (blocks[blockKind]) p.error(name.start, end, 'DuplicateScriptCommandClause', kindText(name.kind));
    else
      blocks[blockKind] = {
        kind: 'NamedBlockAst',
        extent: p.extent(name.start, end),
        blockKind,
        unnamed: false,
        statements: body.statements,
        traps: body.traps,
      };
    p.skipNewlinesAndSemicolons();
  }
  extent ??= completeBody(p, lCurly, p.extent(start ?? 0, end)).extent;
  return {
    kind: 'ScriptBlockAst',
    extent: extent ?? p.extent(0, p.source.text.length),
    usingStatements,
    paramBlock,
    dynamicParamBlock: blocks['Dynamicparam'] ?? null,
    beginBlock: blocks['Begin'] ?? null,
    processBlock: blocks['Process'] ?? null,
    endBlock: blocks['End'] ?? null,
    cleanBlock: blocks['Clean'] ?? null,
    scriptRequirements: null,
  };
}

/** `{ … }` of a statement; null where no brace follows. */
export function statementBlockRule(p: Parser): StatementBlockAst | null {
  p.skipNewlines();
  const lCurly = p.next();
  if (lCurly.kind !== kinds.LCurly) {
    p.unget(lCurly);
    return null;
  }
  const traps: TrapStatementAst[] = [];
  const statements: StatementAst[] = [];
  const list = statementListRule(p, statements, traps);
  const rCurly = p.next();
  let end: number;
  if (rCurly.kind !== kinds.RCurly) {
    p.unget(rCurly);
    end = endOf(list ?? lCurly);
    p.reportMissing(lCurly, rCurly, 'MissingEndCurlyBrace');
  } else ({ end } = rCurly);
  return { kind: 'StatementBlockAst', extent: p.extent(startOf(lCurly), end), statements, traps };
}
