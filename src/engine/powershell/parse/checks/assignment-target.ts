import type { Parser } from '../parser.ts';
import { isPureExpressionPipeline } from '../tree.ts';
import type { Ast, ExpressionAst } from '../tree.ts';

/** Automatic variables of a scope and the only type they may be given. */
const automatic: Readonly<Record<string, string>> = {
  _: 'System.Object',
  args: 'System.Object[]',
  this: 'System.Object',
  input: 'System.Object',
  pscmdlet: 'System.Management.Automation.PSScriptCmdlet',
  psboundparameters: 'System.Management.Automation.PSBoundParametersDictionary',
  myinvocation: 'System.Management.Automation.InvocationInfo',
  psscriptroot: 'System.String',
  pscommandpath: 'System.String',
};
const sameType = (written: string, wanted: string): boolean => {
  const a = written.toLowerCase().replace(/^system\./, '');
  return a === wanted.toLowerCase().replace(/^system\./, '');
};

/** Whether an expression can be assigned to; what cannot is given to `report`. */
export function checkAssignmentTarget(
  p: Parser,
  node: ExpressionAst,
  simple: boolean,
  report: (bad: Ast) => void,
): void {
  switch (node.kind) {
    case 'ArrayLiteralAst':
      if (simple) for (const element of node.elements) checkAssignmentTarget(p, element, true, report);
      else report(node);
      return;
    case 'ParenExpressionAst':
      if (isPureExpressionPipeline(node.pipeline))
        checkAssignmentTarget(p, node.pipeline.pipelineElements[0].expression, simple, report);
      else report(node.pipeline);
      return;
    case 'MemberExpressionAst':
    case 'IndexExpressionAst':
      if (node.nullConditional) report(node);
      return;
    case 'VariableExpressionAst':
      return;
    case 'ConvertExpressionAst':
    case 'AttributedExpressionAst':
      checkTyped(p, node, simple, report);
      return;
    default:
      report(node);
  }
}

/** `[type] … $x = …`. */
function checkTyped(p: Parser, node: ExpressionAst, simple: boolean, report: (bad: Ast) => void): void {
  let inner: ExpressionAst = node;
  let conversions = 0;
  let reference: Ast | undefined;
  let lastType = '';
  while (inner.kind === 'ConvertExpressionAst' || inner.kind === 'AttributedExpressionAst') {
    if (inner.kind === 'ConvertExpressionAst') {
      conversions++;
      lastType = inner.type.typeName.fullName;
      if (/^(ref|(system\.management\.automation\.)?psreference)$/i.test(lastType)) reference = inner.type;
      else if (/^(system\.)?void$/i.test(lastType)) p.report(inner.type, 'VoidTypeConstraintNotAllowed');
    }
    inner = inner.child;
  }
  if (reference && conversions > 1) {
    p.report(reference, 'ReferenceNeedsToBeByItselfInTypeConstraint');
    return;
  }
  if (inner.kind === 'VariableExpressionAst') {
    const { scope, drive, unqualified } = inner.variablePath;
    const wanted = automatic[unqualified.toLowerCase()];
    if (
      wanted !== undefined &&
      drive === undefined &&
      (scope === undefined || scope === 'local' || scope === 'private') &&
      !sameType(lastType, wanted)
    )
      p.report(node, 'AssignmentStatementToAutomaticNotSupported', unqualified, wanted);
  }
  checkAssignmentTarget(p, inner, simple, report);
}
