import type { Ast, NamedBlockAst, StatementBlockAst } from './tree.ts';

const pairs = (list: readonly (readonly [Ast, Ast])[]): Ast[] => list.flatMap(([a, b]) => [a, b]);
const given = (...nodes: readonly (Ast | null | undefined)[]): Ast[] =>
  nodes.filter((node): node is Ast => node !== null && node !== undefined);
const statementsOf = (block: StatementBlockAst | NamedBlockAst): Ast[] => [
  ...block.traps,
  ...block.statements,
];

/** The nodes directly below one, in the order PowerShell's visitors see them. */
export function childrenOf(node: Ast): readonly Ast[] {
  switch (node.kind) {
    case 'ScriptBlockAst':
      return given(
        ...node.usingStatements,
        node.paramBlock,
        node.dynamicParamBlock,
        node.beginBlock,
        node.processBlock,
        node.endBlock,
        node.cleanBlock,
      );
    case 'NamedBlockAst':
    case 'StatementBlockAst':
      return statementsOf(node);
    case 'ParamBlockAst':
      return [...node.attributes, ...node.parameters];
    case 'ParameterAst':
      return given(...node.attributes, node.name, node.defaultValue);
    case 'AttributeAst':
      return [...node.positionalArguments, ...node.namedArguments];
    case 'NamedAttributeArgumentAst':
      return [node.argument];
    case 'TypeDefinitionAst':
      return [...node.attributes, ...node.baseTypes, ...node.members];
    case 'PropertyMemberAst':
      return given(node.propertyType, ...node.attributes, node.initialValue);
    case 'FunctionMemberAst':
      return given(...node.attributes, node.returnType, node.definition);
    case 'FunctionDefinitionAst':
      return given(...(node.parameters ?? []), node.body);
    case 'UsingStatementAst':
      return given(node.name, node.moduleSpecification, node.alias);
    case 'IfStatementAst':
      return given(...pairs(node.clauses), node.elseClause);
    case 'WhileStatementAst':
    case 'DoWhileStatementAst':
    case 'DoUntilStatementAst':
      return [node.condition, node.body];
    case 'ForStatementAst':
      return given(node.initializer, node.condition, node.iterator, node.body);
    case 'ForEachStatementAst':
      return [node.variable, node.condition, node.body];
    case 'SwitchStatementAst':
      return given(node.condition, ...pairs(node.clauses), node.default);
    case 'BreakStatementAst':
    case 'ContinueStatementAst':
      return given(node.label);
    case 'ReturnStatementAst':
    case 'ExitStatementAst':
    case 'ThrowStatementAst':
      return given(node.pipeline);
    case 'TryStatementAst':
      return given(node.body, ...node.catchClauses, node.finally);
    case 'CatchClauseAst':
      return [...node.catchTypes, node.body];
    case 'TrapStatementAst':
      return given(node.trapType, node.body);
    case 'DataStatementAst':
    case 'BlockStatementAst':
      return [node.body];
    case 'PipelineAst':
      return node.pipelineElements;
    case 'PipelineChainAst':
      return [node.lhsPipelineChain, node.rhsPipeline];
    case 'AssignmentStatementAst':
      return [node.left, node.right];
    case 'CommandAst':
      return [...node.commandElements, ...node.redirections];
    case 'CommandExpressionAst':
      return [node.expression, ...node.redirections];
    case 'CommandParameterAst':
      return given(node.argument);
    case 'FileRedirectionAst':
      return [node.location];
    case 'ExpandableStringExpressionAst':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'ParenExpressionAst':
      return [node.pipeline];
    case 'SubExpressionAst':
    case 'ArrayExpressionAst':
    case 'UsingExpressionAst':
      return [node.subExpression];
    case 'ArrayLiteralAst':
      return node.elements;
    case 'HashtableAst':
      return pairs(node.keyValuePairs);
    case 'ScriptBlockExpressionAst':
      return [node.scriptBlock];
    case 'UnaryExpressionAst':
      return [node.child];
    case 'BinaryExpressionAst':
      return [node.left, node.right];
    case 'TernaryExpressionAst':
      return [node.condition, node.ifTrue, node.ifFalse];
    case 'ConvertExpressionAst':
      return [node.type, node.child];
    case 'AttributedExpressionAst':
      return [node.attribute, node.child];
    case 'MemberExpressionAst':
      return [node.expression, node.member];
    case 'InvokeMemberExpressionAst':
    case 'BaseCtorInvokeMemberExpressionAst':
      return [node.expression, node.member, ...node.arguments];
    case 'IndexExpressionAst':
      return [node.target, node.index];
    case 'ErrorStatementAst':
    case 'ErrorExpressionAst':
      return node.nestedAst;
    case 'ConstantExpressionAst':
    case 'StringConstantExpressionAst':
    case 'VariableExpressionAst':
    case 'TypeExpressionAst':
    case 'TypeConstraintAst':
    case 'MergingRedirectionAst':
      return [];
  }
}

/** A node and all below it, parents first. */
export function* visit(node: Ast): Generator<Ast, void> {
  yield node;
  for (const child of childrenOf(node)) yield* visit(child);
}
