import type { Extent } from '../tokenize/source.ts';
import type { TypeName } from './type-name.ts';
import type { Value } from '../types/value.ts';

/*
 * The syntax tree: plain objects of fixed shape, named and made up as PowerShell's own. Kinds of operators, streams and
 * flags are written as PowerShell's enumerations print them.
 */
interface Node<Kind extends string> {
  readonly kind: Kind;
  readonly extent: Extent;
}

export type { TypeName };
export type StringConstantType =
  'SingleQuoted' | 'SingleQuotedHereString' | 'DoubleQuoted' | 'DoubleQuotedHereString' | 'BareWord';
export interface VariablePathNode {
  readonly userPath: string;
  readonly scope: string | undefined;
  readonly drive: string | undefined;
  readonly unqualified: string;
}

// --- attributes and parameters ---------------------------------------------------------------------------------------

export interface TypeConstraintAst extends Node<'TypeConstraintAst'> {
  readonly typeName: TypeName;
}
export interface NamedAttributeArgumentAst extends Node<'NamedAttributeArgumentAst'> {
  readonly argumentName: string;
  readonly argument: ExpressionAst;
  readonly expressionOmitted: boolean;
}
export interface AttributeAst extends Node<'AttributeAst'> {
  readonly typeName: TypeName;
  readonly positionalArguments: readonly ExpressionAst[];
  readonly namedArguments: readonly NamedAttributeArgumentAst[];
}
export type AttributeBaseAst = AttributeAst | TypeConstraintAst;
export interface ParameterAst extends Node<'ParameterAst'> {
  readonly name: VariableExpressionAst;
  readonly attributes: readonly AttributeBaseAst[];
  readonly defaultValue: ExpressionAst | null;
}
export interface ParamBlockAst extends Node<'ParamBlockAst'> {
  readonly attributes: readonly AttributeAst[];
  readonly parameters: readonly ParameterAst[];
}

// --- expressions -----------------------------------------------------------------------------------------------------

export interface ConstantExpressionAst extends Node<'ConstantExpressionAst'> {
  readonly value: Value;
}
export interface StringConstantExpressionAst extends Node<'StringConstantExpressionAst'> {
  readonly value: string;
  readonly stringConstantType: StringConstantType;
}
export interface ExpandableStringExpressionAst extends Node<'ExpandableStringExpressionAst'> {
  /** Literal text and nested expressions in order. */
  readonly parts: readonly (string | ExpressionAst)[];
  readonly value: string;
  readonly stringConstantType: StringConstantType;
}
export interface VariableExpressionAst extends Node<'VariableExpressionAst'> {
  readonly variablePath: VariablePathNode;
  readonly splatted: boolean;
}
export interface ParenExpressionAst extends Node<'ParenExpressionAst'> {
  readonly pipeline: StatementAst;
}
export interface SubExpressionAst extends Node<'SubExpressionAst'> {
  readonly subExpression: StatementBlockAst;
}
export interface ArrayExpressionAst extends Node<'ArrayExpressionAst'> {
  readonly subExpression: StatementBlockAst;
}
export interface ArrayLiteralAst extends Node<'ArrayLiteralAst'> {
  readonly elements: readonly ExpressionAst[];
}
export interface HashtableAst extends Node<'HashtableAst'> {
  readonly keyValuePairs: readonly (readonly [ExpressionAst, StatementAst])[];
}
export interface ScriptBlockExpressionAst extends Node<'ScriptBlockExpressionAst'> {
  readonly scriptBlock: ScriptBlockAst;
}
export interface TypeExpressionAst extends Node<'TypeExpressionAst'> {
  readonly typeName: TypeName;
}
export interface UnaryExpressionAst extends Node<'UnaryExpressionAst'> {
  readonly tokenKind: string;
  readonly child: ExpressionAst;
}
export interface BinaryExpressionAst extends Node<'BinaryExpressionAst'> {
  readonly operator: string;
  readonly left: ExpressionAst;
  readonly right: ExpressionAst;
  readonly errorPosition: Extent;
}
export interface TernaryExpressionAst extends Node<'TernaryExpressionAst'> {
  readonly condition: ExpressionAst;
  readonly ifTrue: ExpressionAst;
  readonly ifFalse: ExpressionAst;
}
export interface ConvertExpressionAst extends Node<'ConvertExpressionAst'> {
  readonly type: TypeConstraintAst;
  readonly child: ExpressionAst;
}
export interface AttributedExpressionAst extends Node<'AttributedExpressionAst'> {
  readonly attribute: AttributeBaseAst;
  readonly child: ExpressionAst;
}
export interface MemberExpressionAst extends Node<'MemberExpressionAst'> {
  readonly expression: ExpressionAst;
  readonly member: ExpressionAst;
  readonly static: boolean;
  readonly nullConditional: boolean;
}
export interface InvokeMemberExpressionAst extends Node<'InvokeMemberExpressionAst'> {
  readonly expression: ExpressionAst;
  readonly member: ExpressionAst;
  readonly static: boolean;
  readonly arguments: readonly ExpressionAst[];
  readonly nullConditional: boolean;
  readonly genericTypeArguments: readonly TypeName[];
}
export interface BaseCtorInvokeMemberExpressionAst extends Node<'BaseCtorInvokeMemberExpressionAst'> {
  readonly expression: VariableExpressionAst;
  readonly member: StringConstantExpressionAst;
  readonly arguments: readonly ExpressionAst[];
}
export interface IndexExpressionAst extends Node<'IndexExpressionAst'> {
  readonly target: ExpressionAst;
  readonly index: ExpressionAst;
  readonly nullConditional: boolean;
}
export interface UsingExpressionAst extends Node<'UsingExpressionAst'> {
  readonly subExpression: ExpressionAst;
}
export interface ErrorExpressionAst extends Node<'ErrorExpressionAst'> {
  readonly nestedAst: readonly Ast[];
}
export type ExpressionAst =
  | ConstantExpressionAst
  | StringConstantExpressionAst
  | ExpandableStringExpressionAst
  | VariableExpressionAst
  | ParenExpressionAst
  | SubExpressionAst
  | ArrayExpressionAst
  | ArrayLiteralAst
  | HashtableAst
  | ScriptBlockExpressionAst
  | TypeExpressionAst
  | UnaryExpressionAst
  | BinaryExpressionAst
  | TernaryExpressionAst
  | ConvertExpressionAst
  | AttributedExpressionAst
  | MemberExpressionAst
  | InvokeMemberExpressionAst
  | BaseCtorInvokeMemberExpressionAst
  | IndexExpressionAst
  | UsingExpressionAst
  | ErrorExpressionAst;

// --- commands and pipelines ------------------------------------------------------------------------------------------

export interface CommandParameterAst extends Node<'CommandParameterAst'> {
  readonly parameterName: string;
  readonly argument: ExpressionAst | null;
  readonly errorPosition: Extent;
}
export type CommandElementAst = CommandParameterAst | ExpressionAst;
export interface FileRedirectionAst extends Node<'FileRedirectionAst'> {
  readonly fromStream: string;
  readonly append: boolean;
  readonly location: ExpressionAst;
}
export interface MergingRedirectionAst extends Node<'MergingRedirectionAst'> {
  readonly fromStream: string;
  readonly toStream: string;
}
export type RedirectionAst = FileRedirectionAst | MergingRedirectionAst;
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
  readonly background: boolean;
}
export interface PipelineChainAst extends Node<'PipelineChainAst'> {
  readonly lhsPipelineChain: StatementAst;
  readonly rhsPipeline: StatementAst;
  readonly operator: string;
  readonly background: boolean;
}
export interface AssignmentStatementAst extends Node<'AssignmentStatementAst'> {
  readonly left: ExpressionAst;
  readonly operator: string;
  readonly right: StatementAst;
  readonly errorPosition: Extent;
}

// --- blocks ----------------------------------------------------------------------------------------------------------

export interface StatementBlockAst extends Node<'StatementBlockAst'> {
  readonly statements: readonly StatementAst[];
  readonly traps: readonly TrapStatementAst[];
}
export interface NamedBlockAst extends Node<'NamedBlockAst'> {
  readonly blockKind: string;
  readonly unnamed: boolean;
  readonly statements: readonly StatementAst[];
  readonly traps: readonly TrapStatementAst[];
}
export interface ScriptBlockAst extends Node<'ScriptBlockAst'> {
  readonly usingStatements: readonly UsingStatementAst[];
  readonly paramBlock: ParamBlockAst | null;
  readonly dynamicParamBlock: NamedBlockAst | null;
  readonly beginBlock: NamedBlockAst | null;
  readonly processBlock: NamedBlockAst | null;
  readonly endBlock: NamedBlockAst | null;
  readonly cleanBlock: NamedBlockAst | null;
  /** What `#requires` asks for; only of a whole script. */
  scriptRequirements: ScriptRequirements | null;
}
/** The `#requires` lines of a script. */
export interface ScriptRequirements {
  readonly applicationId: string | undefined;
  /** `major.minor` and so on, as written. */
  readonly version: string | undefined;
  readonly editions: readonly string[];
  readonly modules: readonly Value[];
  readonly assemblies: readonly string[];
  readonly elevation: boolean;
}

// --- statements ------------------------------------------------------------------------------------------------------

export interface UsingStatementAst extends Node<'UsingStatementAst'> {
  readonly usingStatementKind: string;
  readonly name: StringConstantExpressionAst | null;
  readonly alias: StringConstantExpressionAst | null;
  readonly moduleSpecification: HashtableAst | null;
}
export interface IfStatementAst extends Node<'IfStatementAst'> {
  readonly clauses: readonly (readonly [StatementAst, StatementBlockAst])[];
  readonly elseClause: StatementBlockAst | null;
}
interface Loop<Kind extends string> extends Node<Kind> {
  readonly label: string | null;
  readonly condition: StatementAst;
  readonly body: StatementBlockAst;
}
export type WhileStatementAst = Loop<'WhileStatementAst'>;
export type DoWhileStatementAst = Loop<'DoWhileStatementAst'>;
export type DoUntilStatementAst = Loop<'DoUntilStatementAst'>;
export interface ForStatementAst extends Node<'ForStatementAst'> {
  readonly label: string | null;
  readonly initializer: StatementAst | null;
  readonly condition: StatementAst | null;
  readonly iterator: StatementAst | null;
  readonly body: StatementBlockAst;
}
export interface ForEachStatementAst extends Loop<'ForEachStatementAst'> {
  /** `None` or `Parallel`. */
  readonly flags: string;
  readonly throttleLimit: ExpressionAst | null;
  readonly variable: VariableExpressionAst;
}
export interface SwitchStatementAst extends Node<'SwitchStatementAst'> {
  readonly label: string | null;
  /** Of `File`, `Regex`, `Wildcard`, `Exact`, `CaseSensitive`, `Parallel`, joined by `, `; else `None`. */
  readonly flags: string;
  readonly condition: StatementAst;
  readonly clauses: readonly (readonly [ExpressionAst, StatementBlockAst])[];
  readonly default: StatementBlockAst | null;
}
export interface BreakStatementAst extends Node<'BreakStatementAst'> {
  readonly label: ExpressionAst | null;
}
export interface ContinueStatementAst extends Node<'ContinueStatementAst'> {
  readonly label: ExpressionAst | null;
}
interface Exit<Kind extends string> extends Node<Kind> {
  readonly pipeline: StatementAst | null;
}
export type ReturnStatementAst = Exit<'ReturnStatementAst'>;
export type ExitStatementAst = Exit<'ExitStatementAst'>;
export type ThrowStatementAst = Exit<'ThrowStatementAst'>;
export interface CatchClauseAst extends Node<'CatchClauseAst'> {
  readonly catchTypes: readonly TypeConstraintAst[];
  readonly body: StatementBlockAst;
}
export interface TryStatementAst extends Node<'TryStatementAst'> {
  readonly body: StatementBlockAst;
  readonly catchClauses: readonly CatchClauseAst[];
  readonly finally: StatementBlockAst | null;
}
export interface TrapStatementAst extends Node<'TrapStatementAst'> {
  readonly trapType: TypeConstraintAst | null;
  readonly body: StatementBlockAst;
}
export interface DataStatementAst extends Node<'DataStatementAst'> {
  readonly variable: string | null;
  readonly commandsAllowed: readonly ExpressionAst[];
  readonly body: StatementBlockAst;
}
export interface BlockStatementAst extends Node<'BlockStatementAst'> {
  readonly blockKind: string;
  readonly body: StatementBlockAst;
}
export interface FunctionDefinitionAst extends Node<'FunctionDefinitionAst'> {
  readonly name: string;
  readonly isFilter: boolean;
  readonly isWorkflow: boolean;
  readonly parameters: readonly ParameterAst[] | null;
  readonly body: ScriptBlockAst;
  readonly nameExtent: Extent;
}
export interface PropertyMemberAst extends Node<'PropertyMemberAst'> {
  readonly name: string;
  readonly propertyType: TypeConstraintAst | null;
  readonly attributes: readonly AttributeAst[];
  readonly isStatic: boolean;
  readonly isHidden: boolean;
  readonly initialValue: ExpressionAst | null;
}
export interface FunctionMemberAst extends Node<'FunctionMemberAst'> {
  readonly name: string;
  readonly attributes: readonly AttributeAst[];
  readonly returnType: TypeConstraintAst | null;
  readonly isStatic: boolean;
  readonly isHidden: boolean;
  readonly isConstructor: boolean;
  /** The method as a function: PowerShell's tree has it in between. */
  readonly definition: FunctionDefinitionAst;
  readonly parameters: readonly ParameterAst[];
  readonly body: ScriptBlockAst;
}
export type MemberAst = PropertyMemberAst | FunctionMemberAst;
export interface TypeDefinitionAst extends Node<'TypeDefinitionAst'> {
  readonly name: string;
  readonly attributes: readonly AttributeAst[];
  readonly baseTypes: readonly TypeConstraintAst[];
  readonly members: readonly MemberAst[];
  readonly isEnum: boolean;
  readonly isClass: boolean;
}
export interface ErrorStatementAst extends Node<'ErrorStatementAst'> {
  readonly nestedAst: readonly Ast[];
}

export type StatementAst =
  | PipelineAst
  | CommandAst
  | CommandExpressionAst
  | PipelineChainAst
  | AssignmentStatementAst
  | IfStatementAst
  | WhileStatementAst
  | DoWhileStatementAst
  | DoUntilStatementAst
  | ForStatementAst
  | ForEachStatementAst
  | SwitchStatementAst
  | BreakStatementAst
  | ContinueStatementAst
  | ReturnStatementAst
  | ExitStatementAst
  | ThrowStatementAst
  | TryStatementAst
  | TrapStatementAst
  | FunctionDefinitionAst
  | TypeDefinitionAst
  | UsingStatementAst
  | DataStatementAst
  | BlockStatementAst
  | ErrorStatementAst;

/** Any node. */
export type Ast =
  | ExpressionAst
  | StatementAst
  | CommandParameterAst
  | RedirectionAst
  | AttributeBaseAst
  | NamedAttributeArgumentAst
  | ParameterAst
  | ParamBlockAst
  | StatementBlockAst
  | NamedBlockAst
  | ScriptBlockAst
  | CatchClauseAst
  | MemberAst;

export interface PureExpressionPipeline extends PipelineAst {
  readonly pipelineElements: readonly [CommandExpressionAst];
}

/** A pipeline that is one expression and nothing else. */
export function isPureExpressionPipeline(node: StatementAst): node is PureExpressionPipeline {
  if (node.kind !== 'PipelineAst' || node.pipelineElements.length !== 1) return false;
  const [only] = node.pipelineElements;
  return only?.kind === 'CommandExpressionAst' && only.redirections.length === 0 && !node.background;
}
