import { kinds } from '../../tokenize/token-kind.ts';
import type { KindName } from '../../tokenize/token-kind.ts';
import { kindText } from '../../tokenize/token-kind.ts';
import { resolveType } from '../../types/registry.ts';
import { forEachChild } from '../children.ts';
import type { Parser } from '../parser.ts';
import type {
  Ast,
  AttributeAst,
  MemberAst,
  ParameterAst,
  ScriptBlockAst,
  StatementAst,
  TryStatementAst,
  TypeName,
} from '../tree.ts';
import { checkAssignmentTarget } from './assignment-target.ts';
import { isConstant } from './constant.ts';
import { checkDataSection } from './data-section.ts';
import { checkFlowOutOfFinally, checkLabelExists, labelOf } from './flow.ts';
import { checkMethod, isLocalOf, returnsVoid } from './methods.ts';
import { checkConversion, checkUsingExpression } from './conversions.ts';

/** What a check sees of where it is: the nodes above, outermost first, and the class member around. */
export interface CheckState {
  readonly p: Parser;
  readonly parents: Ast[];
  /** Innermost last; null inside a script block of its own. */
  readonly members: (MemberAst | null)[];
}

/** Finds what the grammar alone lets through: PowerShell's checks after parsing. */
export function checkScript(p: Parser, script: ScriptBlockAst): void {
  const state: CheckState = { p, parents: [], members: [] };
  const { parents, members } = state;
  const visit = (node: Ast): void => {
    const member = startedMember(state, node);
    if (member !== undefined) members.push(member);
    check(state, node);
    parents.push(node);
    forEachChild(node, visit);
    parents.pop();
    if (member !== undefined) members.pop();
  };
  visit(script);
}

/** The member a node starts, null for a script block that is no member's; undefined for all else. */
function startedMember({ parents }: CheckState, node: Ast): MemberAst | null | undefined {
  if (node.kind === 'FunctionMemberAst' || node.kind === 'PropertyMemberAst') return node;
  if (node.kind !== 'ScriptBlockAst') return undefined;
  return parents.at(-2)?.kind === 'FunctionMemberAst' ? undefined : null;
}

function check(state: CheckState, node: Ast): void {
  const { p } = state;
  switch (node.kind) {
    case 'ParamBlockAst':
      checkDuplicateParameters(p, node.parameters);
      break;
    case 'ParameterAst':
      checkParameter(state, node);
      break;
    case 'AttributeAst':
      checkAttribute(state, node);
      break;
    case 'FunctionMemberAst':
      checkMethod(p, node);
      break;
    case 'FunctionDefinitionAst':
      if (node.parameters && node.body.paramBlock)
        p.report(node.body.paramBlock, 'OnlyOneParameterListAllowed');
      else if (node.parameters) checkDuplicateParameters(p, node.parameters);
      if (node.isWorkflow) p.report(node, 'WorkflowNotSupportedInPowerShellCore');
      break;
    case 'SwitchStatementAst':
      if (node.flags.includes('Parallel'))
        p.report(node, 'KeywordParameterReservedForFutureUse', 'switch', 'parallel');
      break;
    case 'ForEachStatementAst':
      if (node.flags === 'Parallel')
        p.report(node, 'KeywordParameterReservedForFutureUse', 'foreach', 'parallel');
      if (node.throttleLimit) {
        p.report(node, 'KeywordParameterReservedForFutureUse', 'foreach', 'throttlelimit');
        if (node.flags !== 'Parallel') p.report(node, 'ThrottleLimitRequiresParallelFlag');
      }
      break;
    case 'DataStatementAst':
      checkDataSection(p, node);
      break;
    case 'TryStatementAst':
      checkCatches(p, node);
      break;
    case 'BreakStatementAst':
    case 'ContinueStatementAst': {
      const label = labelOf(node.label);
      checkFlowOutOfFinally(state, node, label);
      checkLabelExists(state, node, label);
      break;
    }
    case 'ReturnStatementAst':
      checkFlowOutOfFinally(state, node, undefined);
      checkReturn(state, node);
      break;
    case 'AssignmentStatementAst':
      checkAssignmentTarget(p, node.left, node.operator === 'Equals', (bad) =>
        p.report(bad, 'InvalidLeftHandSide'),
      );
      checkMemberAssignment(state, node.left);
      break;
    case 'UnaryExpressionAst':
      if (/PlusPlus|MinusMinus/.test(node.tokenKind))
        checkAssignmentTarget(p, node.child, false, (bad) =>
          p.report(bad, 'OperatorRequiresVariableOrProperty', kindText(kinds[node.tokenKind as KindName])),
        );
      break;
    case 'ConvertExpressionAst':
      checkConversion(state, node);
      break;
    case 'UsingExpressionAst':
      checkUsingExpression(p, node);
      break;
    case 'VariableExpressionAst':
      checkVariable(state, node);
      break;
    case 'HashtableAst':
      checkKeys(p, node);
      break;
    case 'AttributedExpressionAst':
      checkAttributed(p, node);
      break;
    case 'BlockStatementAst':
      p.error(
        node.extent.startOffset,
        node.extent.startOffset + node.blockKind.length,
        'UnexpectedKeyword',
        node.blockKind.toLowerCase(),
      );
      break;
    case 'UsingStatementAst':
      if (node.alias || node.usingStatementKind === 'Type' || node.usingStatementKind === 'Command')
        p.report(node, 'UsingStatementNotSupported');
      if (node.usingStatementKind === 'Namespace' && node.name && !namespacePattern.test(node.name.value))
        p.report(node.name, 'InvalidNamespaceValue');
      break;
    case 'PropertyMemberAst':
      if (node.propertyType && /^(system\.)?void$/i.test(node.propertyType.typeName.fullName))
        p.report(node.propertyType, 'TypeNotAllowedForProperty', node.propertyType.typeName.fullName);
      break;
    case 'TypeConstraintAst':
    case 'TypeExpressionAst':
      checkArrayDepth(p, node, node.typeName);
      break;
    default:
      break;
  }
}
const namespacePattern =
  /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Cf}_]*(?:\.[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Pc}\p{Mn}\p{Mc}\p{Cf}_]*)*$/u;

function checkDuplicateParameters(p: Parser, parameters: readonly ParameterAst[]): void {
  const names = new Set<string>();
  for (const parameter of parameters) {
    const name = parameter.name.variablePath.userPath;
    if (names.has(name.toLowerCase())) p.report(parameter.name, 'DuplicateFormalParameter', name);
    names.add(name.toLowerCase());
    const voidType = parameter.attributes.find(
      (a) => a.kind === 'TypeConstraintAst' && /^(system\.)?void$/i.test(a.typeName.fullName),
    );
    if (voidType) p.report(voidType, 'VoidTypeConstraintNotAllowed');
  }
}

function checkParameter({ p, parents }: CheckState, node: ParameterAst): void {
  const isMethod = parents.at(-2)?.kind === 'FunctionMemberAst';
  let typed = false;
  for (const attribute of node.attributes) {
    if (attribute.kind !== 'TypeConstraintAst') continue;
    const { fullName } = attribute.typeName;
    if (fullName.toLowerCase() === 'ordered')
      p.report(attribute, 'OrderedAttributeOnlyOnHashLiteralNode', fullName);
    else if (isMethod) {
      if (typed) p.report(attribute, 'MultipleTypeConstraintsOnMethodParam');
      typed = true;
    }
  }
}

function checkAttribute({ p, parents, members }: CheckState, node: AttributeAst): void {
  const parent = parents.at(-1);
  const onClass =
    parent?.kind === 'TypeDefinitionAst' ||
    parent?.kind === 'PropertyMemberAst' ||
    parent?.kind === 'FunctionMemberAst' ||
    (parent?.kind === 'ParameterAst' && members.at(-1)?.kind === 'FunctionMemberAst');
  const where = onClass ? 'classAttribute' : 'attribute';
  const bad = onClass
    ? 'ParameterAttributeArgumentNeedsToBeConstant'
    : 'ParameterAttributeArgumentNeedsToBeConstantOrScriptBlock';
  const names = new Set<string>();
  for (const named of node.namedArguments) {
    const lower = named.argumentName.toLowerCase();
    if (names.has(lower)) p.report(named, 'DuplicateNamedArgument', named.argumentName);
    else if (!named.expressionOmitted && !isConstant(named.argument, where)) p.report(named.argument, bad);
    names.add(lower);
  }
  for (const argument of node.positionalArguments) if (!isConstant(argument, where)) p.report(argument, bad);
}

function checkCatches(p: Parser, node: TryStatementAst): void {
  const { catchClauses } = node;
  catchClauses.forEach((first, i) => {
    for (const second of catchClauses.slice(i + 1)) {
      if (first.catchTypes.length === 0) {
        p.report(p.before(second), 'EmptyCatchNotLast');
        break;
      }
      for (const earlier of first.catchTypes) {
        const type = resolveType(earlier.typeName.fullName);
        if (!type) continue;
        for (const later of second.catchTypes) {
          const other = resolveType(later.typeName.fullName);
          if (other?.isAssignableTo(type)) p.report(later, 'ExceptionTypeAlreadyCaught', other.fullName);
        }
      }
    }
  });
}

function checkReturn(
  { p, members }: CheckState,
  node: Extract<StatementAst, { kind: 'ReturnStatementAst' }>,
): void {
  const member = members.at(-1);
  if (member?.kind !== 'FunctionMemberAst') return;
  if (node.pipeline && returnsVoid(member)) p.report(node, 'VoidMethodHasReturn');
  if (!node.pipeline && !returnsVoid(member)) p.report(node, 'NonVoidMethodMissingReturnValue');
}

/** `$name = …` in a method where the class has a property of that name. */
function checkMemberAssignment({ p, parents, members }: CheckState, left: Ast): void {
  const member = members.at(-1);
  if (member?.kind !== 'FunctionMemberAst') return;
  const type = parents.find((node) => node.kind === 'TypeDefinitionAst');
  if (!type) return;
  const targets = left.kind === 'ArrayLiteralAst' ? left.elements : [left];
  for (const target of targets) {
    let inner: Ast = target as Ast;
    while (inner.kind === 'ConvertExpressionAst') inner = inner.child;
    if (inner.kind !== 'VariableExpressionAst' || inner.variablePath.drive !== undefined) continue;
    const name = inner.variablePath.userPath.toLowerCase();
    const property = type.members.find(
      (m) => m.kind === 'PropertyMemberAst' && m.name.toLowerCase() === name,
    );
    if (!property) continue;
    if (property.isStatic)
      p.report(inner, 'MissingTypeInStaticPropertyAssignment', `[${type.name}]::`, property.name);
    else p.report(inner, 'MissingThis', '$this.', property.name);
  }
}

function checkVariable(
  { p, parents, members }: CheckState,
  node: Extract<Ast, { kind: 'VariableExpressionAst' }>,
): void {
  const parent = parents.at(-1);
  const { userPath } = node.variablePath;
  if (node.splatted && parent?.kind !== 'CommandAst' && parent?.kind !== 'UsingExpressionAst') {
    const inList = parent?.kind === 'ArrayLiteralAst' && parents.at(-2)?.kind === 'CommandAst';
    p.report(node, inList ? 'SplattingNotPermittedInArgumentList' : 'SplattingNotPermitted', userPath);
  }
  const member = members.at(-1);
  if (!member) return;
  if (member.kind === 'FunctionMemberAst' && !isLocalOf(member, node, parents))
    p.report(node, 'VariableNotLocal');
  if (userPath.toLowerCase() === 'this' && member.isStatic)
    p.report(node, 'NonStaticMemberAccessInStaticMember', userPath);
}

function checkKeys(p: Parser, node: Extract<Ast, { kind: 'HashtableAst' }>): void {
  const keys = new Set<string>();
  for (const [key] of node.keyValuePairs) {
    if (key.kind !== 'StringConstantExpressionAst' && key.kind !== 'ConstantExpressionAst') continue;
    const text = key.kind === 'StringConstantExpressionAst' ? key.value : key.extent.text;
    const lower = text.toLowerCase();
    if (keys.has(lower)) p.report(key, 'DuplicateKeyInHashLiteral', text);
    keys.add(lower);
  }
}

/** An attribute that stands before neither a variable nor a cast of one. */
function checkAttributed(p: Parser, node: Extract<Ast, { kind: 'AttributedExpressionAst' }>): void {
  let child: Ast = node.child;
  while (child.kind === 'AttributedExpressionAst' || child.kind === 'ConvertExpressionAst')
    child = child.child;
  if (child.kind !== 'VariableExpressionAst')
    p.report(node.attribute, 'UnexpectedAttribute', node.attribute.typeName.fullName);
}

function checkArrayDepth(p: Parser, node: Ast, typeName: TypeName): void {
  let depth = 0;
  for (let type: TypeName | undefined = typeName; type && type.kind !== 'TypeName'; type = type.elementType)
    depth++;
  if (depth > 200) p.report(node, 'ScriptTooComplicated');
}
