import type { Ast, ExpressionAst, StatementAst } from '../../parse/tree.ts';
import { isPureExpressionPipeline } from '../../parse/tree.ts';
import { rangeOf } from '../script.ts';
import type { LintRule } from './finding.ts';

const isNull = (node: ExpressionAst): boolean =>
  node.kind === 'VariableExpressionAst' && /^null$/i.test(node.variablePath.userPath);

export const nullOnTheRight: LintRule = function* ({ script }) {
  for (const node of script.nodes()) {
    if (node.kind !== 'BinaryExpressionAst' || !/^[IC](eq|ne)$/i.test(node.operator)) continue;
    if (!isNull(node.right) || isNull(node.left)) continue;
    const left = rangeOf(node.left);
    const right = rangeOf(node.right);
    const text = (range: { start: number; end: number }): string => script.text.slice(range.start, range.end);
    yield {
      id: 'PSPossibleIncorrectComparisonWithNull',
      severity: 'warning',
      message: '$null should be on the left side of equality comparisons.',
      range: rangeOf(node),
      fix: {
        title: 'Put $null on the left',
        edits: [
          { range: left, text: text(right) },
          { range: right, text: text(left) },
        ],
      },
    };
  }
};

export const emptyCatch: LintRule = function* ({ script }) {
  for (const node of script.nodes())
    if (node.kind === 'CatchClauseAst' && node.body.statements.length === 0)
      yield {
        id: 'PSAvoidUsingEmptyCatchBlock',
        severity: 'warning',
        message: 'Empty catch block is used. Please use Write-Error or throw statements in catch blocks.',
        range: rangeOf(node),
      };
};

/** Conditions of if, elseif, while and their like. */
function* conditions(nodes: Iterable<Ast>): Generator<StatementAst, void> {
  for (const node of nodes) {
    if (node.kind === 'IfStatementAst') for (const [condition] of node.clauses) yield condition;
    else if (/^(While|DoWhile|DoUntil)StatementAst$/.test(node.kind))
      yield (node as Extract<Ast, { kind: 'WhileStatementAst' }>).condition;
  }
}

export const assignsInCondition: LintRule = function* ({ script }) {
  for (const condition of conditions(script.nodes())) {
    if (condition.kind !== 'AssignmentStatementAst' || condition.operator !== 'Equals') continue;
    // What a command gives is often kept on the way, on purpose.
    if (!isPureExpressionPipeline(condition.right) && condition.right.kind !== 'CommandExpressionAst')
      continue;
    yield {
      id: 'PSPossibleIncorrectUsageOfAssignmentOperator',
      severity: 'info',
      message:
        "Did you mean to use the assignment operator '='? The equality operator in PowerShell is 'eq'.",
      range: rangeOf(condition),
    };
  }
};

export const redirectsInCondition: LintRule = function* ({ script }) {
  for (const condition of conditions(script.nodes())) {
    if (condition.kind !== 'PipelineAst') continue;
    const redirected = condition.pipelineElements
      .flatMap((one) => one.redirections)
      .find((one) => one.kind === 'FileRedirectionAst' && one.fromStream === 'Output');
    if (redirected)
      yield {
        id: 'PSPossibleIncorrectUsageOfRedirectionOperator',
        severity: 'warning',
        message:
          "Did you mean to use the redirection operator '>'? The comparison operators in PowerShell are '-gt' (greater than) or '-ge' (greater or equal).",
        range: rangeOf(redirected),
      };
  }
};
