import type { Ast, ExpressionAst, StatementAst } from '../tree.ts';
import type { CheckState } from './check-script.ts';

/** A label as far as it is known: empty without one, undefined where it is computed. */
export function labelOf(label: ExpressionAst | null): string | undefined {
  if (!label) return '';
  return label.kind === 'StringConstantExpressionAst' ? label.value : undefined;
}

const loopLabel = (node: Ast): string | undefined => {
  switch (node.kind) {
    case 'WhileStatementAst':
    case 'DoWhileStatementAst':
    case 'DoUntilStatementAst':
    case 'ForStatementAst':
    case 'ForEachStatementAst':
    case 'SwitchStatementAst':
      return node.label ?? '';
    default:
      return undefined;
  }
};
const matches = (label: string, loop: string): boolean =>
  label === '' || label.toLowerCase() === loop.toLowerCase();

/** Break, continue and return may not leave a finally block. */
export function checkFlowOutOfFinally(
  { p, parents }: CheckState,
  node: StatementAst,
  label: string | undefined,
): void {
  for (let i = parents.length - 1; i >= 0; i--) {
    const parent = parents[i] as Ast;
    if (
      parent.kind === 'NamedBlockAst' ||
      parent.kind === 'TrapStatementAst' ||
      parent.kind === 'ScriptBlockAst'
    )
      return;
    const loop = loopLabel(parent);
    if (label !== undefined && loop !== undefined && matches(label, loop)) return;
    const above = parents[i - 1];
    if (
      parent.kind === 'StatementBlockAst' &&
      above?.kind === 'TryStatementAst' &&
      above.finally === parent
    ) {
      p.report(node, 'ControlLeavingFinally');
      return;
    }
  }
}

/** In a class method a label must be that of a loop around. */
export function checkLabelExists(
  { p, parents }: CheckState,
  node: StatementAst,
  label: string | undefined,
): void {
  if (!label) return;
  for (let i = parents.length - 1; i >= 0; i--) {
    const parent = parents[i] as Ast;
    if (parent.kind === 'FunctionDefinitionAst') {
      if (parents[i - 1]?.kind === 'FunctionMemberAst') p.report(node, 'LabelNotFound', label);
      return;
    }
    const loop = loopLabel(parent);
    if (loop !== undefined && parent.kind !== 'SwitchStatementAst' && matches(label, loop)) return;
  }
}
