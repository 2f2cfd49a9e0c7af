import type { ExtentLike } from '../run/frame.ts';

/**
 * The part of the syntax tree that compilation reads, by PowerShell's own node and property names. The parser's nodes
 * satisfy these shapes.
 */
interface Node<Kind extends string> {
  readonly kind: Kind;
  readonly extent: ExtentLike;
}

export interface TypeNameLike {
  readonly fullName: string;
}
export interface TypeConstraintAst extends Node<'TypeConstraintAst'> {
  readonly typeName: TypeNameLike;
}
export interface NamedAttributeArgumentAst extends Node<'NamedAttributeArgumentAst'> {
  readonly argumentName: string;
  readonly argument: ExpressionAst;
  readonly expressionOmitted: boolean;
}
export interface AttributeAst extends Node<'AttributeAst'> {
  readonly typeName: TypeNameLike;
  readonly positionalArguments: readonly ExpressionAst[];
  readonly namedArguments: readonly NamedAttributeArgumentAst[];
}
export type AttributeBaseAst = AttributeAst | TypeConstraintAst;

export interface VariableExpressionAst extends Node<'VariableExpressionAst'> {
  readonly variablePath: { readonly userPath: string };
  readonly splatted: boolean;
}
export interface StringConstantExpressionAst extends Node<'StringConstantExpressionAst'> {
  readonly value: string;
}
export interface MemberExpressionAst extends Node<'MemberExpressionAst'> {
  readonly expression: ExpressionAst;
  readonly member: ExpressionAst;
  readonly static: boolean;
  readonly nullConditional?: boolean | undefined;
}
export interface InvokeMemberExpressionAst extends Node<'InvokeMemberExpressionAst'> {
  readonly expression: ExpressionAst;
  readonly member: ExpressionAst;
  readonly static: boolean;
  readonly arguments: readonly ExpressionAst[] | null;
  readonly nullConditional?: boolean | undefined;
}
export interface BaseCtorInvokeMemberExpressionAst extends Node<'BaseCtorInvokeMemberExpressionAst'> {
  readonly arguments: readonly ExpressionAst[] | null;
}

export type ExpressionAst =
  | (Node<'ConstantExpressionAst'> & { readonly value: unknown })
  | StringConstantExpressionAst
  | (Node<'ExpandableStringExpressionAst'> & {
      readonly parts: readonly (string | ExpressionAst)[];
      readonly value: string;
    })
  | VariableExpressionAst
  | (Node<'ParenExpressionAst'> & { readonly pipeline: StatementAst })
  | (Node<'SubExpressionAst'> & { readonly subExpression: StatementBlockAst })
  | (Node<'ArrayExpressionAst'> & { readonly subExpression: StatementBlockAst })
  | (Node<'ArrayLiteralAst'> & { readonly elements: readonly ExpressionAst[] })
  | (Node<'HashtableAst'> & { readonly keyValuePairs: readonly (readonly [ExpressionAst, StatementAst])[] })
  | (Node<'ScriptBlockExpressionAst'> & { readonly scriptBlock: ScriptBlockAst })
  | (Node<'TypeExpressionAst'> & { readonly typeName: TypeNameLike })
  | (Node<'UnaryExpressionAst'> & { readonly tokenKind: string; readonly child: ExpressionAst })
  | (Node<'BinaryExpressionAst'> & {
      readonly operator: string;
      readonly left: ExpressionAst;
      readonly right: ExpressionAst;
    })
  | (Node<'TernaryExpressionAst'> & {
      readonly condition: ExpressionAst;
      readonly ifTrue: ExpressionAst;
      readonly ifFalse: ExpressionAst;
    })
  | (Node<'ConvertExpressionAst'> & { readonly type: TypeConstraintAst; readonly child: ExpressionAst })
  | (Node<'AttributedExpressionAst'> & {
      readonly attribute: AttributeBaseAst;
      readonly child: ExpressionAst;
    })
  | MemberExpressionAst
  | InvokeMemberExpressionAst
  | BaseCtorInvokeMemberExpressionAst
  | (Node<'IndexExpressionAst'> & {
      readonly target: ExpressionAst;
      readonly index: ExpressionAst;
      readonly nullConditional?: boolean | undefined;
    })
  | (Node<'UsingExpressionAst'> & { readonly subExpression: ExpressionAst })
  | Node<'ErrorExpressionAst'>;

export interface CommandParameterAst extends Node<'CommandParameterAst'> {
  readonly parameterName: string;
  readonly argument: ExpressionAst | null;
}
export type CommandElementAst = CommandParameterAst | ExpressionAst;
export type RedirectionAst =
  | (Node<'FileRedirectionAst'> & {
      readonly fromStream: string;
      readonly append: boolean;
      readonly location: ExpressionAst;
    })
  | (Node<'MergingRedirectionAst'> & { readonly fromStream: string; readonly toStream: string });
export interface CommandAst extends Node<'CommandAst'> {
  readonly commandElements: readonly CommandElementAst[];
  readonly invocationOperator: string;
  readonly redirections: readonly RedirectionAst[];
}
export interface CommandExpressionAst extends Node<'CommandExpressionAst'> {
  readonly expression: ExpressionAst;
  readonly redirections: readonly RedirectionAst[];
}
export interface PipelineAst extends Node<'PipelineAst'> {
  readonly pipelineElements: readonly (CommandAst | CommandExpressionAst)[];
  readonly background?: boolean | undefined;
}
export interface AssignmentStatementAst extends Node<'AssignmentStatementAst'> {
  readonly left: ExpressionAst;
  readonly operator: string;
  readonly right: StatementAst;
}
export interface StatementBlockAst extends Node<'StatementBlockAst'> {
  readonly statements: readonly StatementAst[];
  readonly traps: readonly TrapStatementAst[];
}
export interface NamedBlockAst extends Node<'NamedBlockAst'> {
  readonly statements: readonly StatementAst[];
  readonly traps: readonly TrapStatementAst[];
}
export interface TrapStatementAst extends Node<'TrapStatementAst'> {
  readonly trapType: TypeConstraintAst | null;
  readonly body: StatementBlockAst;
}
export interface ParameterAst extends Node<'ParameterAst'> {
  readonly name: VariableExpressionAst;
  readonly attributes: readonly AttributeBaseAst[];
  readonly defaultValue: ExpressionAst | null;
}
export interface ParamBlockAst extends Node<'ParamBlockAst'> {
  readonly attributes: readonly AttributeBaseAst[];
  readonly parameters: readonly ParameterAst[];
}
export interface UsingStatementAst extends Node<'UsingStatementAst'> {
  readonly usingStatementKind: string;
  readonly name: StringConstantExpressionAst | null;
}
export interface ScriptBlockAst extends Node<'ScriptBlockAst'> {
  readonly paramBlock: ParamBlockAst | null;
  readonly beginBlock: NamedBlockAst | null;
  readonly processBlock: NamedBlockAst | null;
  readonly endBlock: NamedBlockAst | null;
  readonly cleanBlock?: NamedBlockAst | null;
  readonly dynamicParamBlock: NamedBlockAst | null;
  readonly usingStatements: readonly UsingStatementAst[];
}
export interface FunctionDefinitionAst extends Node<'FunctionDefinitionAst'> {
  readonly name: string;
  readonly isFilter: boolean;
  readonly parameters: readonly ParameterAst[] | null;
  readonly body: ScriptBlockAst;
}
export interface PropertyMemberAst extends Node<'PropertyMemberAst'> {
  readonly name: string;
  readonly propertyType: TypeConstraintAst | null;
  readonly attributes: readonly AttributeBaseAst[];
  readonly isStatic: boolean;
  readonly isHidden: boolean;
  readonly initialValue: ExpressionAst | null;
}
export interface FunctionMemberAst extends Node<'FunctionMemberAst'> {
  readonly name: string;
  readonly returnType: TypeConstraintAst | null;
  readonly parameters: readonly ParameterAst[];
  readonly body: ScriptBlockAst;
  readonly isStatic: boolean;
  readonly isHidden: boolean;
  readonly isConstructor: boolean;
}
export interface TypeDefinitionAst extends Node<'TypeDefinitionAst'> {
  readonly name: string;
  readonly attributes: readonly AttributeBaseAst[];
  readonly baseTypes: readonly TypeConstraintAst[];
  readonly members: readonly (PropertyMemberAst | FunctionMemberAst)[];
  readonly isEnum: boolean;
  readonly isClass: boolean;
}

export type StatementAst =
  | PipelineAst
  | CommandAst
  | CommandExpressionAst
  | (Node<'PipelineChainAst'> & {
      readonly lhsPipelineChain: StatementAst;
      readonly rhsPipeline: StatementAst;
      readonly operator: string;
    })
  | AssignmentStatementAst
  | (Node<'IfStatementAst'> & {
      readonly clauses: readonly (readonly [StatementAst, StatementBlockAst])[];
      readonly elseClause: StatementBlockAst | null;
    })
  | (Node<'WhileStatementAst'> & {
      readonly label: string | null;
      readonly condition: StatementAst;
      readonly body: StatementBlockAst;
    })
  | (Node<'DoWhileStatementAst'> & {
      readonly label: string | null;
      readonly condition: StatementAst;
      readonly body: StatementBlockAst;
    })
  | (Node<'DoUntilStatementAst'> & {
      readonly label: string | null;
      readonly condition: StatementAst;
      readonly body: StatementBlockAst;
    })
  | (Node<'ForStatementAst'> & {
      readonly label: string | null;
      readonly initializer: StatementAst | null;
      readonly condition: StatementAst | null;
      readonly iterator: StatementAst | null;
      readonly body: StatementBlockAst;
    })
  | (Node<'ForEachStatementAst'> & {
      readonly label: string | null;
      readonly variable: VariableExpressionAst;
      readonly condition: StatementAst;
      readonly body: StatementBlockAst;
    })
  | (Node<'SwitchStatementAst'> & {
      readonly label: string | null;
      readonly flags: string;
      readonly condition: StatementAst;
      readonly clauses: readonly (readonly [ExpressionAst, StatementBlockAst])[];
      readonly default: StatementBlockAst | null;
    })
  | (Node<'BreakStatementAst'> & { readonly label: ExpressionAst | null })
  | (Node<'ContinueStatementAst'> & { readonly label: ExpressionAst | null })
  | (Node<'ReturnStatementAst'> & { readonly pipeline: StatementAst | null })
  | (Node<'ExitStatementAst'> & { readonly pipeline: StatementAst | null })
  | (Node<'ThrowStatementAst'> & { readonly pipeline: StatementAst | null })
  | (Node<'TryStatementAst'> & {
      readonly body: StatementBlockAst;
      readonly catchClauses: readonly {
        readonly catchTypes: readonly TypeConstraintAst[];
        readonly body: StatementBlockAst;
      }[];
      readonly finally: StatementBlockAst | null;
    })
  | TrapStatementAst
  | FunctionDefinitionAst
  | TypeDefinitionAst
  | UsingStatementAst
  | (Node<'DataStatementAst'> & { readonly variable: string | null; readonly body: StatementBlockAst })
  | (Node<'BlockStatementAst'> & { readonly body: StatementBlockAst })
  | Node<'ErrorStatementAst'>
  | Node<'ConfigurationDefinitionAst'>
  | Node<'DynamicKeywordStatementAst'>;

export interface PureExpressionPipeline extends PipelineAst {
  readonly pipelineElements: readonly [CommandExpressionAst];
}

/** A pipeline that is one expression and nothing else. */
export function isPureExpressionPipeline(node: StatementAst): node is PureExpressionPipeline {
  if (node.kind !== 'PipelineAst' || node.pipelineElements.length !== 1) return false;
  const [only] = node.pipelineElements;
  return only?.kind === 'CommandExpressionAst' && (only.redirections ?? []).length === 0 && !node.background;
}
