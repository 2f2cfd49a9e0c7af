import type { Parser } from '../parser.ts';
import type { Ast, ConvertExpressionAst, ExpressionAst, UsingExpressionAst } from '../tree.ts';
import type { CheckState } from './check-script.ts';
import { isConstant } from './constant.ts';

const isReference = (node: ConvertExpressionAst): boolean =>
  /^(ref|(system\.management\.automation\.)?psreference)$/i.test(node.type.typeName.fullName);

/** `[ordered]` stands before a hash literal only, `[ref]` alone and last. */
export function checkConversion({ p, parents }: CheckState, node: ConvertExpressionAst): void {
  const { fullName } = node.type.typeName;
  if (fullName.toLowerCase() === 'ordered') {
    if (node.child.kind !== 'HashtableAst') p.report(node, 'OrderedAttributeOnlyOnHashLiteralNode', fullName);
    return;
  }
  if (!isReference(node)) return;
  let child: ExpressionAst = node.child;
  let twice = false;
  while (child.kind === 'ConvertExpressionAst' || child.kind === 'AttributedExpressionAst') {
    if (child.kind === 'ConvertExpressionAst' && isReference(child)) {
      twice = true;
      p.report(child.type, 'ReferenceNeedsToBeByItselfInTypeSequence');
    }
    child = child.child;
  }
  const parent = parents.at(-1);
  if (twice || parent?.kind !== 'ConvertExpressionAst' || isReference(parent)) return;
  // Left of an assignment the error is another one.
  const above = parents.findLast(
    (n) => n.kind === 'AssignmentStatementAst' || n.kind === 'CommandExpressionAst',
  );
  if (above?.kind === 'AssignmentStatementAst' && holds(above.left, node)) return;
  p.report(node.type, 'ReferenceNeedsToBeLastTypeInTypeConversion');
}
function holds(outer: ExpressionAst, wanted: Ast): boolean {
  const { startOffset, endOffset } = outer.extent;
  return wanted.extent.startOffset >= startOffset && wanted.extent.endOffset <= endOffset;
}

/** After `$using:` only properties and constant indexes. */
export function checkUsingExpression(p: Parser, node: UsingExpressionAst): void {
  let expression = node.subExpression;
  for (;;) {
    if (expression.kind === 'VariableExpressionAst') return;
    if (expression.kind === 'MemberExpressionAst' && expression.member.kind === 'StringConstantExpressionAst')
      ({ expression } = expression);
    else if (expression.kind === 'IndexExpressionAst') {
      if (!isConstant(expression.index, 'attribute')) {
        p.report(expression.index, 'InvalidUsingExpression');
        return;
      }
      expression = expression.target;
    } else {
      p.report(expression, 'InvalidUsingExpression');
      return;
    }
  }
}
