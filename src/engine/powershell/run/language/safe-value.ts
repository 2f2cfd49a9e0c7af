import type { Ast, StatementBlockAst } from '../../parse/tree.ts';
import { hashtable } from '../../types/collections.ts';
import { dotNetError } from '../../types/errors.ts';
import { PSArray } from '../../types/objects.ts';
import type { Value } from '../../types/value.ts';

const dynamic = (node: Ast): Error =>
  dotNetError(
    'System.InvalidOperationException',
    `Cannot generate a PowerShell object for a ScriptBlock evaluating dynamic expressions. Dynamic expression: ${node.extent.text}.`,
  );

const blockValues = (block: StatementBlockAst): Value[] => block.statements.map(safeValue);

/** `SafeGetValue()`: what a literal stands for, without running anything; throws where something would have to run. */
export function safeValue(node: Ast): Value {
  switch (node.kind) {
    case 'ConstantExpressionAst':
    case 'StringConstantExpressionAst':
      return node.value;
    case 'VariableExpressionAst':
      switch (node.variablePath.userPath.toLowerCase()) {
        case 'true':
          return true;
        case 'false':
          return false;
        case 'null':
          return null;
        default:
          throw dynamic(node);
      }
    case 'ArrayLiteralAst':
      return new PSArray(node.elements.map(safeValue));
    case 'SubExpressionAst':
      return new PSArray(blockValues(node.subExpression));
    case 'ArrayExpressionAst': {
      const values = blockValues(node.subExpression);
      const [only] = values;
      return values.length === 1 && only instanceof PSArray ? only : new PSArray(values);
    }
    case 'HashtableAst':
      return hashtable(node.keyValuePairs.map(([key, value]) => [safeValue(key), safeValue(value)]));
    case 'ParenExpressionAst':
      return safeValue(node.pipeline);
    case 'PipelineAst': {
      const [only] = node.pipelineElements;
      if (node.pipelineElements.length === 1 && only?.kind === 'CommandExpressionAst')
        return safeValue(only.expression);
      throw dynamic(node);
    }
    case 'CommandExpressionAst':
      return safeValue(node.expression);
    default:
      throw dynamic(node);
  }
}
