import { hashtable } from '../types/collections.ts';
import { PSArray } from '../types/objects.ts';
import type { Value } from '../types/value.ts';
import { isPureExpressionPipeline } from './tree.ts';
import type { ExpressionAst, StatementAst } from './tree.ts';

/** Value of a literal of strings, numbers, arrays and hash tables; null for what needs evaluation. */
export function constantValue(node: ExpressionAst | StatementAst): Value {
  switch (node.kind) {
    case 'ConstantExpressionAst':
    case 'StringConstantExpressionAst':
      return node.value;
    case 'VariableExpressionAst':
      return node.variablePath.userPath.toLowerCase() === 'null'
        ? null
        : node.variablePath.userPath.toLowerCase() === 'true';
    case 'ArrayLiteralAst':
      return new PSArray(node.elements.map(constantValue));
    case 'HashtableAst':
      return hashtable(node.keyValuePairs.map(([key, value]) => [constantValue(key), constantValue(value)]));
    case 'PipelineAst':
      return isPureExpressionPipeline(node) ? constantValue(node.pipelineElements[0].expression) : null;
    case 'ParenExpressionAst':
      return constantValue(node.pipeline);
    default:
      return null;
  }
}
