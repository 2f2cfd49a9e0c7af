import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { argumentRule } from './commands.ts';
import type { Parser } from './parser.ts';
import { errorStatement } from './statements.ts';
import type { HashtableAst, StatementAst, StringConstantExpressionAst } from './tree.ts';

const directives: ReadonlyMap<number, { readonly name: string; readonly alias: 'no' | 'may' | 'must' }> =
  new Map([
    [kinds.Namespace, { name: 'Namespace', alias: 'may' }],
    [kinds.Type, { name: 'Type', alias: 'must' }],
    [kinds.Module, { name: 'Module', alias: 'may' }],
    [kinds.Command, { name: 'Command', alias: 'must' }],
    [kinds.Assembly, { name: 'Assembly', alias: 'no' }],
  ]);
const noItem: ReadonlySet<number> = new Set([kinds.EndOfInput, kinds.NewLine, kinds.Comma, kinds.Semi]);

/** `using namespace|module|assembly …`, also the forms that PowerShell reads and refuses. */
export function usingStatementRule(p: Parser, keyword: Token): StatementAst {
  const directive = p.next();
  const known = directives.get(directive.kind);
  if (!known) {
    p.unget(directive);
    p.reportIncomplete(p.after(keyword), 'MissingUsingStatementDirective');
    return errorStatement(keyword.extent);
  }
  const itemToken = p.next();
  if (noItem.has(itemToken.kind)) {
    p.reportIncomplete(p.after(directive), 'MissingUsingItemName');
    if (itemToken.kind === kinds.EndOfInput) p.unget(itemToken);
    return errorStatement(p.between(keyword, directive));
  }
  const item = argumentRule(p, 'argument', itemToken);
  if (!item) {
    p.report(itemToken, 'InvalidValueForUsingItemName', itemToken.text);
    p.syncOnError(true, kinds.Semi, kinds.NewLine);
    return errorStatement(p.between(keyword, itemToken));
  }
  const isModule = known.name === 'Module';
  if (item.kind !== 'StringConstantExpressionAst' && !(isModule && item.kind === 'HashtableAst')) {
    p.report(item, 'InvalidValueForUsingItemName', item.extent.text);
    return errorStatement(p.between(keyword, item));
  }
  const node = (
    end: Token | StringConstantExpressionAst | HashtableAst,
    name: StringConstantExpressionAst | null,
    alias: StringConstantExpressionAst | null,
    moduleSpecification: HashtableAst | null,
  ): StatementAst => ({
    kind: 'UsingStatementAst',
    extent: p.between(keyword, end),
    usingStatementKind: known.name,
    name,
    alias,
    moduleSpecification,
  });
  if (item.kind === 'HashtableAst') {
    requireTerminator(p);
    return node(item, null, null, item);
  }
  if (known.alias !== 'no') {
    const equals = p.peek();
    if (equals.kind === kinds.Equals) {
      p.skip();
      return aliasRule(p, keyword, equals, item, isModule, node);
    }
    if (known.alias === 'must') {
      p.reportIncomplete(p.after(itemToken), 'MissingEqualsInUsingAlias');
      return errorStatement(p.between(keyword, item), [item]);
    }
  }
  requireTerminator(p);
  return node(item, item, null, null);
}

function aliasRule(
  p: Parser,
  keyword: Token,
  equals: Token,
  item: StringConstantExpressionAst,
  isModule: boolean,
  node: (
    end: Token,
    name: StringConstantExpressionAst,
    alias: StringConstantExpressionAst | null,
    specification: HashtableAst | null,
  ) => StatementAst,
): StatementAst {
  const aliasToken = p.next();
  if (
    aliasToken.kind === kinds.EndOfInput ||
    aliasToken.kind === kinds.NewLine ||
    aliasToken.kind === kinds.Semi
  ) {
    p.unget(aliasToken);
    p.reportIncomplete(p.after(equals), 'MissingNamespaceAlias');
    return errorStatement(p.between(keyword, equals));
  }
  const alias = argumentRule(p, 'argument', aliasToken);
  if (isModule && alias?.kind === 'HashtableAst') {
    requireTerminator(p);
    return node(aliasToken, item, null, alias);
  }
  if (alias?.kind !== 'StringConstantExpressionAst') {
    const at = alias ?? aliasToken;
    const extent = p.between(at, at);
    p.report(extent, 'InvalidValueForUsingItemName', extent.text);
    return errorStatement(p.between(keyword, extent), [item, alias]);
  }
  requireTerminator(p);
  return node(aliasToken, item, alias, null);
}

function requireTerminator(p: Parser): void {
  const token = p.peek();
  if (token.kind === kinds.NewLine || token.kind === kinds.Semi) p.skip();
  else if (token.kind !== kinds.EndOfInput) p.reportIncomplete(token, 'MissingStatementTerminator');
}
