import { canConstantFold, kinds, traitsOf } from '../../tokenize/token-kind.ts';
import type { KindName } from '../../tokenize/token-kind.ts';
import { resolveType } from '../../types/registry.ts';
import { isPureExpressionPipeline } from '../tree.ts';
import type { Ast } from '../tree.ts';

/** Where a constant is asked for: attributes take script blocks and arrays, `#requires` takes hash tables. */
export type ConstantPlace = 'expression' | 'attribute' | 'classAttribute' | 'requires';

const folds = (operator: string): boolean => (traitsOf(kinds[operator as KindName]) & canConstantFold) !== 0;
const safeTypes =
  /^System\.(Boolean|Char|SByte|Byte|Int16|UInt16|Int32|UInt32|Int64|UInt64|Single|Double|Decimal|String)$/;

/** Whether an expression has the same value whenever it is evaluated. */
export function isConstant(node: Ast, where: ConstantPlace): boolean {
  const inAttribute = where === 'attribute' || where === 'classAttribute';
  switch (node.kind) {
    case 'ConstantExpressionAst':
    case 'StringConstantExpressionAst':
      return true;
    case 'StatementBlockAst':
      return (
        node.traps.length === 0 &&
        node.statements.length === 1 &&
        isConstant(node.statements[0] as Ast, where)
      );
    case 'PipelineAst':
      return isPureExpressionPipeline(node) && isConstant(node.pipelineElements[0].expression, where);
    case 'ParenExpressionAst':
      return isConstant(node.pipeline, where);
    case 'SubExpressionAst':
    case 'UsingExpressionAst':
      return isConstant(node.subExpression, where);
    case 'VariableExpressionAst':
      return /^(true|false|null)$/i.test(node.variablePath.userPath);
    case 'TernaryExpressionAst':
      return [node.condition, node.ifTrue, node.ifFalse].every((part) => isConstant(part, where));
    case 'UnaryExpressionAst':
      return folds(node.tokenKind) && isConstant(node.child, where);
    case 'BinaryExpressionAst':
      return folds(node.operator) && isConstant(node.left, where) && isConstant(node.right, where);
    case 'ConvertExpressionAst': {
      const type = resolveType(node.type.typeName.fullName);
      return type !== undefined && safeTypes.test(type.fullName) && isConstant(node.child, where);
    }
    case 'TypeExpressionAst':
      return inAttribute || resolveType(node.typeName.fullName) !== undefined;
    case 'MemberExpressionAst': {
      if (!node.static || node.expression.kind !== 'TypeExpressionAst') return false;
      if (node.member.kind !== 'StringConstantExpressionAst') return false;
      const type = resolveType(node.expression.typeName.fullName);
      const name = node.member.value.toLowerCase();
      if (!type) return false;
      for (const known of type.enumValues?.keys() ?? []) if (known.toLowerCase() === name) return true;
      const member = type.findMember(name, true);
      return member?.kind === 'property' && member.isField === true;
    }
    case 'ArrayLiteralAst':
      return (inAttribute || where === 'requires') && node.elements.every((e) => isConstant(e, where));
    case 'HashtableAst':
      return (
        where === 'requires' &&
        node.keyValuePairs.every(([key, value]) => isConstant(key, where) && isConstant(value, where))
      );
    case 'ScriptBlockExpressionAst':
      return where === 'attribute';
    default:
      return false;
  }
}
