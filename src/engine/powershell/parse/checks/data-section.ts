import { disallowedInRestrictedMode, kinds, kindText, traitsOf } from '../../tokenize/token-kind.ts';
import type { KindName } from '../../tokenize/token-kind.ts';
import { resolveType } from '../../types/registry.ts';
import { childrenOf } from '../children.ts';
import type { Parser } from '../parser.ts';
import type { Ast, DataStatementAst, TypeName } from '../tree.ts';

const variables = /^(psculture|psuiculture|true|false|null)$/i;
const variableText = '$PSCulture, $PSUICulture, $true, $false, $null';
const simpleTypes =
  /^System\.(Boolean|Char|SByte|Byte|Int16|UInt16|Int32|UInt32|Int64|UInt64|Single|Double|Decimal|DateTime|String)(\[\])?$/;
const forbidden: Readonly<Partial<Record<Ast['kind'], string>>> = {
  ScriptBlockAst: 'ScriptBlockNotSupportedInDataSection',
  ScriptBlockExpressionAst: 'ScriptBlockNotSupportedInDataSection',
  ParamBlockAst: 'ParameterDeclarationNotSupportedInDataSection',
  AttributeAst: 'AttributeNotSupportedInDataSection',
  AttributedExpressionAst: 'AttributeNotSupportedInDataSection',
  FunctionDefinitionAst: 'FunctionDeclarationNotSupportedInDataSection',
  TrapStatementAst: 'TrapStatementNotSupportedInDataSection',
  SwitchStatementAst: 'SwitchStatementNotSupportedInDataSection',
  DataStatementAst: 'DataSectionStatementNotSupportedInDataSection',
  ForEachStatementAst: 'ForeachStatementNotSupportedInDataSection',
  DoWhileStatementAst: 'DoWhileStatementNotSupportedInDataSection',
  DoUntilStatementAst: 'DoWhileStatementNotSupportedInDataSection',
  ForStatementAst: 'ForWhileStatementNotSupportedInDataSection',
  WhileStatementAst: 'ForWhileStatementNotSupportedInDataSection',
  TryStatementAst: 'TryStatementNotSupportedInDataSection',
  BreakStatementAst: 'FlowControlStatementNotSupportedInDataSection',
  ContinueStatementAst: 'FlowControlStatementNotSupportedInDataSection',
  ReturnStatementAst: 'FlowControlStatementNotSupportedInDataSection',
  ExitStatementAst: 'FlowControlStatementNotSupportedInDataSection',
  ThrowStatementAst: 'FlowControlStatementNotSupportedInDataSection',
  AssignmentStatementAst: 'AssignmentStatementNotSupportedInDataSection',
  MergingRedirectionAst: 'RedirectionNotSupportedInDataSection',
  FileRedirectionAst: 'RedirectionNotSupportedInDataSection',
  MemberExpressionAst: 'PropertyReferenceNotSupportedInDataSection',
  InvokeMemberExpressionAst: 'MethodCallNotSupportedInDataSection',
  IndexExpressionAst: 'ArrayReferenceNotSupportedInDataSection',
  BlockStatementAst: 'ParallelAndSequenceBlockNotSupportedInDataSection',
};

/** A data section may hold little more than constants and the commands it names. */
export function checkDataSection(p: Parser, node: DataStatementAst): void {
  const constant = node.commandsAllowed.every((c) => c.kind === 'StringConstantExpressionAst');
  const commands = constant
    ? new Set([
        'convertfrom-stringdata',
        ...node.commandsAllowed.map((c) =>
          c.kind === 'StringConstantExpressionAst' ? c.value.toLowerCase() : '',
        ),
      ])
    : undefined;
  check(p, node.body, commands);
}

function check(p: Parser, node: Ast, commands: ReadonlySet<string> | undefined): void {
  const id = forbidden[node.kind];
  if (id !== undefined) p.report(node, id);
  switch (node.kind) {
    case 'TypeConstraintAst':
    case 'TypeExpressionAst':
      checkType(p, node, node.typeName);
      break;
    case 'CommandAst':
      checkCommand(p, node, commands);
      break;
    case 'BinaryExpressionAst':
      checkOperator(p, node.operator, node.errorPosition.startOffset, node.errorPosition.endOffset);
      break;
    case 'UnaryExpressionAst':
      checkOperator(p, node.tokenKind, node.extent.startOffset, node.extent.endOffset);
      break;
    case 'VariableExpressionAst':
      if (!variables.test(node.variablePath.userPath))
        p.report(node, 'VariableReferenceNotSupportedInDataSection', variableText);
      break;
    default:
      break;
  }
  for (const child of childrenOf(node)) check(p, child, commands);
}

function checkType(p: Parser, node: Ast, name: TypeName): void {
  const type = resolveType(name.fullName);
  if (!type || !simpleTypes.test(type.fullName)) p.report(node, 'TypeNotAllowedInDataSection', name.fullName);
}

function checkOperator(p: Parser, operator: string, start: number, end: number): void {
  const kind = kinds[operator as KindName];
  if ((traitsOf(kind) & disallowedInRestrictedMode) !== 0)
    p.error(start, end, 'OperatorNotSupportedInDataSection', kindText(kind));
}

function checkCommand(
  p: Parser,
  node: Extract<Ast, { kind: 'CommandAst' }>,
  commands: ReadonlySet<string> | undefined,
): void {
  if (node.invocationOperator === 'Dot') {
    p.report(node, 'DotSourcingNotSupportedInDataSection');
    return;
  }
  if (!commands) return;
  const [first] = node.commandElements;
  if (first?.kind !== 'StringConstantExpressionAst') {
    if (node.invocationOperator === 'Ampersand') p.report(node, 'OperatorNotSupportedInDataSection', '&');
    else p.report(node, 'CmdletNotInAllowedListForDataSection', node.extent.text);
  } else if (!commands.has(first.value.toLowerCase()))
    p.report(node, 'CmdletNotInAllowedListForDataSection', first.value);
}
