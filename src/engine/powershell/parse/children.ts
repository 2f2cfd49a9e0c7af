import type { Ast } from './tree.ts';

type Visit = (node: Ast) => void;

function each(list: readonly Ast[], visit: Visit): void {
  for (let i = 0; i < list.length; i++) visit(list[i] as Ast);
}
function eachPair(list: readonly (readonly [Ast, Ast])[], visit: Visit): void {
  for (const pair of list) {
    visit(pair[0]);
    visit(pair[1]);
  }
}
const given = (node: Ast | null, visit: Visit): void => {
  if (node !== null) visit(node);
};

/** Calls `visit` for the nodes directly below one, in the order PowerShell's visitors see them. */
export function forEachChild(node: Ast, visit: Visit): void {
  switch (node.kind) {
    case 'ConstantExpressionAst':
    case 'StringConstantExpressionAst':
    case 'VariableExpressionAst':
    case 'TypeExpressionAst':
    case 'TypeConstraintAst':
    case 'MergingRedirectionAst':
      return;
    case 'PipelineAst':
      return each(node.pipelineElements, visit);
    case 'CommandAst':
      each(node.commandElements, visit);
      return each(node.redirections, visit);
    case 'CommandExpressionAst':
      visit(node.expression);
      return each(node.redirections, visit);
    case 'CommandParameterAst':
      return given(node.argument, visit);
    case 'AssignmentStatementAst':
      visit(node.left);
      return visit(node.right);
    case 'MemberExpressionAst':
      visit(node.expression);
      return visit(node.member);
    case 'InvokeMemberExpressionAst':
    case 'BaseCtorInvokeMemberExpressionAst':
      visit(node.expression);
      visit(node.member);
      return each(node.arguments, visit);
    case 'ExpandableStringExpressionAst':
      for (const part of node.parts) if (typeof part !== 'string') visit(part);
      return;
    case 'ParenExpressionAst':
      return visit(node.pipeline);
    case 'SubExpressionAst':
    case 'ArrayExpressionAst':
    case 'UsingExpressionAst':
      return visit(node.subExpression);
    case 'ArrayLiteralAst':
      return each(node.elements, visit);
    case 'HashtableAst':
      return eachPair(node.keyValuePairs, visit);
    case 'ScriptBlockExpressionAst':
      return visit(node.scriptBlock);
    case 'UnaryExpressionAst':
      return visit(node.child);
    case 'BinaryExpressionAst':
      visit(node.left);
      return visit(node.right);
    case 'TernaryExpressionAst':
      visit(node.condition);
      visit(node.ifTrue);
      return visit(node.ifFalse);
    case 'ConvertExpressionAst':
      visit(node.type);
      return visit(node.child);
    case 'AttributedExpressionAst':
      visit(node.attribute);
      return visit(node.child);
    case 'IndexExpressionAst':
      visit(node.target);
      return visit(node.index);
    case 'NamedBlockAst':
    case 'StatementBlockAst':
      each(node.traps, visit);
      return each(node.statements, visit);
    case 'ScriptBlockAst':
      each(node.usingStatements, visit);
      given(node.paramBlock, visit);
      given(node.dynamicParamBlock, visit);
      given(node.beginBlock, visit);
      given(node.processBlock, visit);
      given(node.endBlock, visit);
      return given(node.cleanBlock, visit);
    case 'ParamBlockAst':
      each(node.attributes, visit);
      return each(node.parameters, visit);
    case 'ParameterAst':
      each(node.attributes, visit);
      visit(node.name);
      return given(node.defaultValue, visit);
    case 'AttributeAst':
      each(node.positionalArguments, visit);
      return each(node.namedArguments, visit);
    case 'NamedAttributeArgumentAst':
      return visit(node.argument);
    case 'TypeDefinitionAst':
      each(node.attributes, visit);
      each(node.baseTypes, visit);
      return each(node.members, visit);
    case 'PropertyMemberAst':
      given(node.propertyType, visit);
      each(node.attributes, visit);
      return given(node.initialValue, visit);
    case 'FunctionMemberAst':
      each(node.attributes, visit);
      given(node.returnType, visit);
      return visit(node.definition);
    case 'FunctionDefinitionAst':
      if (node.parameters) each(node.parameters, visit);
      return visit(node.body);
    case 'UsingStatementAst':
      given(node.name, visit);
      given(node.moduleSpecification, visit);
      return given(node.alias, visit);
    case 'IfStatementAst':
      eachPair(node.clauses, visit);
      return given(node.elseClause, visit);
    case 'WhileStatementAst':
    case 'DoWhileStatementAst':
    case 'DoUntilStatementAst':
      visit(node.condition);
      return visit(node.body);
    case 'ForStatementAst':
      given(node.initializer, visit);
      given(node.condition, visit);
      given(node.iterator, visit);
      return visit(node.body);
    case 'ForEachStatementAst':
      visit(node.variable);
      visit(node.condition);
      return visit(node.body);
    case 'SwitchStatementAst':
      visit(node.condition);
      eachPair(node.clauses, visit);
      return given(node.default, visit);
    case 'BreakStatementAst':
    case 'ContinueStatementAst':
      return given(node.label, visit);
    case 'ReturnStatementAst':
    case 'ExitStatementAst':
    case 'ThrowStatementAst':
      return given(node.pipeline, visit);
    case 'TryStatementAst':
      visit(node.body);
      each(node.catchClauses, visit);
      return given(node.finally, visit);
    case 'CatchClauseAst':
      each(node.catchTypes, visit);
      return visit(node.body);
    case 'TrapStatementAst':
      given(node.trapType, visit);
      return visit(node.body);
    case 'DataStatementAst':
    case 'BlockStatementAst':
      return visit(node.body);
    case 'PipelineChainAst':
      visit(node.lhsPipelineChain);
      return visit(node.rhsPipeline);
    case 'FileRedirectionAst':
      return visit(node.location);
    case 'ErrorStatementAst':
    case 'ErrorExpressionAst':
      return each(node.nestedAst, visit);
  }
}

/** The nodes directly below one. */
export function childrenOf(node: Ast): Ast[] {
  const children: Ast[] = [];
  forEachChild(node, (child) => children.push(child));
  return children;
}

/** A node and all below it, parents first. */
export function* visit(node: Ast): Generator<Ast, void> {
  yield node;
  for (const child of childrenOf(node)) yield* visit(child);
}
