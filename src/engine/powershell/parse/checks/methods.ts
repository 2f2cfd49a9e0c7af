import { childrenOf } from '../children.ts';
import type { Parser } from '../parser.ts';
import type {
  Ast,
  FunctionMemberAst,
  StatementAst,
  StatementBlockAst,
  VariableExpressionAst,
} from '../tree.ts';

export const returnsVoid = (method: FunctionMemberAst): boolean =>
  method.isConstructor ||
  !method.returnType ||
  /^(system\.)?void$/i.test(method.returnType.typeName.fullName);

export function checkMethod(p: Parser, node: FunctionMemberAst): void {
  const { body } = node;
  if (body.paramBlock) p.report(body.paramBlock, 'ParamBlockNotAllowedInMethod');
  const named = body.dynamicParamBlock ?? body.beginBlock ?? body.processBlock ?? body.cleanBlock;
  if (named || !body.endBlock?.unnamed)
    p.report(named ?? body.endBlock ?? body, 'NamedBlockNotAllowedInMethod');
  if (node.isConstructor && node.returnType) p.report(node.returnType, 'ConstructorCantHaveReturnType');
  if (!returnsVoid(node) && !alwaysLeaves(body.endBlock?.statements ?? []))
    p.report(node.definition.nameExtent, 'MethodHasCodePathNotReturn');
}

/** Whether no path runs past the last of these statements. */
function alwaysLeaves(statements: readonly StatementAst[]): boolean {
  return statements.some(leaves);
}
const blockLeaves = (block: StatementBlockAst | null): boolean =>
  block !== null && alwaysLeaves(block.statements);
function leaves(statement: StatementAst): boolean {
  switch (statement.kind) {
    case 'ReturnStatementAst':
    case 'ThrowStatementAst':
    case 'ExitStatementAst':
      return true;
    case 'IfStatementAst':
      return blockLeaves(statement.elseClause) && statement.clauses.every(([, body]) => blockLeaves(body));
    case 'SwitchStatementAst':
      return blockLeaves(statement.default) && statement.clauses.every(([, body]) => blockLeaves(body));
    case 'TryStatementAst':
      return (
        blockLeaves(statement.finally) ||
        (blockLeaves(statement.body) && statement.catchClauses.every((c) => blockLeaves(c.body)))
      );
    case 'DoWhileStatementAst':
    case 'DoUntilStatementAst':
      return blockLeaves(statement.body);
    case 'ForStatementAst':
      return statement.condition === null && blockLeaves(statement.body);
    default:
      return false;
  }
}

/** Variables every method has, though nothing in it assigns them. */
const always = new Set(
  '_ args this input pscmdlet psboundparameters myinvocation psscriptroot pscommandpath debugpreference verbosepreference erroractionpreference whatifpreference warningpreference informationpreference confirmpreference progresspreference true false null lastexitcode error stacktrace outputencoding nestedpromptlevel pwd matches foreach switch'.split(
    ' ',
  ),
);
const locals = new WeakMap<FunctionMemberAst, ReadonlySet<string>>();

/** Whether a variable in a method is one of its own; script blocks inside have their own rules. */
export function isLocalOf(
  method: FunctionMemberAst,
  node: VariableExpressionAst,
  parents: readonly Ast[],
): boolean {
  const { scope, drive, unqualified } = node.variablePath;
  if (drive !== undefined || scope === 'global' || scope === 'script') return true;
  const name = unqualified.toLowerCase();
  if (always.has(name)) return true;
  // Parameters and their attributes are not the body.
  if (!parents.includes(method.body)) return true;
  let known = locals.get(method);
  if (!known) locals.set(method, (known = localsOf(method)));
  return known.has(name);
}

function localsOf(method: FunctionMemberAst): ReadonlySet<string> {
  const names = new Set(method.parameters.map((p) => p.name.variablePath.unqualified.toLowerCase()));
  const assigned = (target: Ast): void => {
    if (target.kind === 'VariableExpressionAst') names.add(target.variablePath.unqualified.toLowerCase());
    else if (
      target.kind === 'ConvertExpressionAst' ||
      target.kind === 'AttributedExpressionAst' ||
      target.kind === 'ArrayLiteralAst' ||
      target.kind === 'ParenExpressionAst' ||
      target.kind === 'PipelineAst' ||
      target.kind === 'CommandExpressionAst'
    )
      for (const child of childrenOf(target)) assigned(child);
  };
  const walk = (node: Ast): void => {
    if (node.kind === 'ScriptBlockExpressionAst' || node.kind === 'FunctionDefinitionAst') return;
    if (node.kind === 'AssignmentStatementAst') assigned(node.left);
    if (node.kind === 'ForEachStatementAst') assigned(node.variable);
    if (node.kind === 'UnaryExpressionAst' && /PlusPlus|MinusMinus/.test(node.tokenKind))
      assigned(node.child);
    if (node.kind === 'DataStatementAst' && node.variable !== null) names.add(node.variable.toLowerCase());
    for (const child of childrenOf(node)) walk(child);
  };
  walk(method.body);
  return names;
}
