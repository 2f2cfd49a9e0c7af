import { assertNever } from '../../../base/assert-never.ts';
import type {
  Ast,
  AttributeBaseAst,
  CommandElementAst,
  ExpressionAst,
  FunctionDefinitionAst,
  MemberAst,
  NamedBlockAst,
  ParameterAst,
  ParamBlockAst,
  RedirectionAst,
  ScriptBlockAst,
  StatementAst,
  StatementBlockAst,
  UsingStatementAst,
} from './tree.ts';

/**
 * A tree as PowerShell text that has the same tree: one statement a line, operators with blanks around them. Literals
 * and names are written as they were; comments and layout are not part of a tree. A tree with errors is not printed.
 */
export function printScript(script: ScriptBlockAst): string {
  return blockBody(script);
}

/** As it stands in the source: for what is one token there. */
const written = (node: Ast): string => (node.extent as { readonly text: string }).text;

const lines = (list: readonly string[]): string => list.filter((line) => line !== '').join('\n');
const list = (nodes: readonly ExpressionAst[]): string => nodes.map(expression).join(', ');

function blockBody(script: ScriptBlockAst): string {
  return lines([
    ...script.usingStatements.map(using),
    script.paramBlock ? paramBlock(script.paramBlock) : '',
    ...[
      script.dynamicParamBlock,
      script.beginBlock,
      script.processBlock,
      script.endBlock,
      script.cleanBlock,
    ].map((block) => (block ? namedBlock(block) : '')),
  ]);
}

function namedBlock(block: NamedBlockAst): string {
  const body = lines([...block.traps, ...block.statements].sort(inOrder).map(statement));
  return block.unnamed ? body : `${block.blockKind.toLowerCase()} {\n${body}\n}`;
}
const inOrder = (a: Ast, b: Ast): number => a.extent.startOffset - b.extent.startOffset;

const statementBlock = (block: StatementBlockAst): string =>
  `{\n${lines([...block.traps, ...block.statements].sort(inOrder).map(statement))}\n}`;
/** What stands between the parentheses of `$( )` and `@( )`. */
const inner = (block: StatementBlockAst): string =>
  [...block.traps, ...block.statements].sort(inOrder).map(statement).join('; ');

const paramBlock = (block: ParamBlockAst): string =>
  `${block.attributes.map(attribute).join('\n')}\nparam(${block.parameters.map(parameter).join(', ')})`;
const parameter = (node: ParameterAst): string =>
  `${node.attributes.map(attribute).join('')}${written(node.name)}${node.defaultValue ? ` = ${expression(node.defaultValue)}` : ''}`;

function attribute(node: AttributeBaseAst): string {
  if (node.kind === 'TypeConstraintAst') return written(node);
  const named = node.namedArguments.map((one) =>
    one.expressionOmitted ? one.argumentName : `${one.argumentName} = ${expression(one.argument)}`,
  );
  return `[${node.typeName.fullName}(${[...node.positionalArguments.map(expression), ...named].join(', ')})]`;
}

function using(node: UsingStatementAst): string {
  const what = node.moduleSpecification
    ? expression(node.moduleSpecification)
    : node.name
      ? written(node.name)
      : '';
  const alias = node.alias ? ` = ${written(node.alias)}` : '';
  return `using ${node.usingStatementKind.toLowerCase()} ${node.alias && node.name ? `${written(node.name)}${alias}` : what}`;
}

const labelled = (label: string | null): string => (label === null ? '' : `:${label} `);

function statement(node: StatementAst): string {
  switch (node.kind) {
    case 'PipelineAst':
      return `${node.pipelineElements.map(statement).join(' | ')}${node.background ? ' &' : ''}`;
    case 'CommandAst': {
      const operator =
        node.invocationOperator === 'Ampersand' ? '& ' : node.invocationOperator === 'Dot' ? '. ' : '';
      return [
        operator + node.commandElements.map(element).join(' '),
        ...node.redirections.map(redirection),
      ].join(' ');
    }
    case 'CommandExpressionAst':
      return [expression(node.expression), ...node.redirections.map(redirection)].join(' ');
    case 'PipelineChainAst':
      return `${statement(node.lhsPipelineChain)} ${node.operator === 'AndAnd' ? '&&' : '||'} ${statement(node.rhsPipeline)}${node.background ? ' &' : ''}`;
    case 'AssignmentStatementAst':
      return `${expression(node.left)} ${assignments[node.operator] ?? '='} ${statement(node.right)}`;
    case 'IfStatementAst':
      return `${node.clauses
        .map(
          ([condition, body], i) =>
            `${i === 0 ? 'if' : 'elseif'} (${statement(condition)}) ${statementBlock(body)}`,
        )
        .join('\n')}${node.elseClause ? `\nelse ${statementBlock(node.elseClause)}` : ''}`;
    case 'WhileStatementAst':
      return `${labelled(node.label)}while (${statement(node.condition)}) ${statementBlock(node.body)}`;
    case 'DoWhileStatementAst':
      return `${labelled(node.label)}do ${statementBlock(node.body)} while (${statement(node.condition)})`;
    case 'DoUntilStatementAst':
      return `${labelled(node.label)}do ${statementBlock(node.body)} until (${statement(node.condition)})`;
    case 'ForStatementAst': {
      const part = (one: StatementAst | null): string => (one ? statement(one) : '');
      return `${labelled(node.label)}for (${part(node.initializer)}; ${part(node.condition)}; ${part(node.iterator)}) ${statementBlock(node.body)}`;
    }
    case 'ForEachStatementAst': {
      const parallel = node.flags === 'Parallel' ? ' -parallel' : '';
      const limit = node.throttleLimit ? ` -throttlelimit ${expression(node.throttleLimit)}` : '';
      return `${labelled(node.label)}foreach${parallel}${limit} (${written(node.variable)} in ${statement(node.condition)}) ${statementBlock(node.body)}`;
    }
    case 'SwitchStatementAst': {
      const flags = node.flags === 'None' ? [] : node.flags.split(', ');
      const file = flags.includes('File');
      // The file follows its own flag.
      const options = [...flags.filter((flag) => flag !== 'File'), ...(file ? ['File'] : [])]
        .map((flag) => ` -${flag.toLowerCase()}`)
        .join('');
      const condition = statement(node.condition);
      return `${labelled(node.label)}switch${options} ${file ? condition : `(${condition})`} {\n${[
        ...node.clauses.map(([test, body]) => `${expression(test)} ${statementBlock(body)}`),
        ...(node.default ? [`default ${statementBlock(node.default)}`] : []),
      ].join('\n')}\n}`;
    }
    case 'BreakStatementAst':
      return `break${node.label ? ` ${written(node.label)}` : ''}`;
    case 'ContinueStatementAst':
      return `continue${node.label ? ` ${written(node.label)}` : ''}`;
    case 'ReturnStatementAst':
      return `return${node.pipeline ? ` ${statement(node.pipeline)}` : ''}`;
    case 'ExitStatementAst':
      return `exit${node.pipeline ? ` ${statement(node.pipeline)}` : ''}`;
    case 'ThrowStatementAst':
      return `throw${node.pipeline ? ` ${statement(node.pipeline)}` : ''}`;
    case 'TryStatementAst':
      return [
        `try ${statementBlock(node.body)}`,
        ...node.catchClauses.map(
          (one) => `catch ${one.catchTypes.map(written).join(', ')} ${statementBlock(one.body)}`,
        ),
        ...(node.finally ? [`finally ${statementBlock(node.finally)}`] : []),
      ].join('\n');
    case 'TrapStatementAst':
      return `trap ${node.trapType ? `${written(node.trapType)} ` : ''}${statementBlock(node.body)}`;
    case 'FunctionDefinitionAst':
      return functionText(node);
    case 'TypeDefinitionAst': {
      const base =
        node.baseTypes.length > 0
          ? ` : ${node.baseTypes.map((one) => one.typeName.fullName).join(', ')}`
          : '';
      return `${node.attributes.map(attribute).join('\n')}${node.attributes.length > 0 ? '\n' : ''}${node.isEnum ? 'enum' : 'class'} ${node.name}${base} {\n${node.members.map((one) => member(one, node.isEnum)).join('\n')}\n}`;
    }
    case 'UsingStatementAst':
      return using(node);
    case 'DataStatementAst': {
      const allowed =
        node.commandsAllowed.length > 0
          ? ` -supportedcommand ${node.commandsAllowed.map(written).join(', ')}`
          : '';
      return `data${node.variable === null ? '' : ` ${node.variable}`}${allowed} ${statementBlock(node.body)}`;
    }
    case 'BlockStatementAst':
      return `${node.blockKind.toLowerCase()} ${statementBlock(node.body)}`;
    case 'ErrorStatementAst':
      return written(node);
    default:
      return assertNever(node);
  }
}

const assignments: Readonly<Record<string, string>> = {
  Equals: '=',
  PlusEquals: '+=',
  MinusEquals: '-=',
  MultiplyEquals: '*=',
  DivideEquals: '/=',
  RemainderEquals: '%=',
  QuestionQuestionEquals: '??=',
};

function functionText(node: FunctionDefinitionAst): string {
  const head = node.isWorkflow ? 'workflow' : node.isFilter ? 'filter' : 'function';
  const parameters = node.parameters ? `(${node.parameters.map(parameter).join(', ')})` : '';
  const name = (node.nameExtent as unknown as { readonly text: string }).text;
  return `${head} ${name}${parameters} {\n${blockBody(node.body)}\n}`;
}

function member(node: MemberAst, inEnum: boolean): string {
  const attributes = node.attributes.map((one) => `${attribute(one)}\n`).join('');
  const modifiers = `${node.isHidden ? 'hidden ' : ''}${node.isStatic && !inEnum ? 'static ' : ''}`;
  if (node.kind === 'PropertyMemberAst') {
    const value = node.initialValue ? ` = ${expression(node.initialValue)}` : '';
    if (inEnum) return `${attributes}${node.name}${value}`;
    const type = node.propertyType ? `${written(node.propertyType)} ` : '';
    return `${attributes}${modifiers}${type}$${node.name}${value}`;
  }
  const type = node.returnType ? `${written(node.returnType)} ` : '';
  const parameters = node.parameters.map(parameter).join(', ');
  // What a constructor hands to its base stands before its body.
  const first = node.body.endBlock?.statements[0];
  const base =
    node.isConstructor &&
    first?.kind === 'CommandExpressionAst' &&
    first.expression.kind === 'BaseCtorInvokeMemberExpressionAst'
      ? first.expression
      : undefined;
  const handed =
    base && base.extent.endOffset > base.extent.startOffset
      ? ` : base(${base.arguments.map(expression).join(', ')})`
      : '';
  return `${attributes}${modifiers}${type}${node.name}(${parameters})${handed} {\n${methodBody(node.body, base !== undefined)}\n}`;
}
function methodBody(body: ScriptBlockAst, withoutFirst: boolean): string {
  if (!withoutFirst || !body.endBlock) return blockBody(body);
  return lines(body.endBlock.statements.slice(1).map(statement));
}

function element(node: CommandElementAst): string {
  if (node.kind !== 'CommandParameterAst') return expression(node);
  const name = `-${node.parameterName}`;
  return node.argument ? `${name}:${expression(node.argument)}` : name;
}

const streams: Readonly<Record<string, string>> = {
  All: '*',
  Output: '',
  Error: '2',
  Warning: '3',
  Verbose: '4',
  Debug: '5',
  Information: '6',
};
function redirection(node: RedirectionAst): string {
  const from = streams[node.fromStream] ?? '';
  if (node.kind === 'MergingRedirectionAst') return `${from === '' ? '1' : from}>&1`;
  return `${from}${node.append ? '>>' : '>'} ${expression(node.location)}`;
}

const binaryOperators: Readonly<Record<string, string>> = {
  Plus: '+',
  Minus: '-',
  Multiply: '*',
  Divide: '/',
  Rem: '%',
  Format: '-f',
  DotDot: '..',
  QuestionQuestion: '??',
};
const binaryText = (name: string): string =>
  binaryOperators[name] ?? `-${name.replace(/^I(?=[a-z]{2})(?!s$|sNot$|n$|sSplit$)/, 'i').toLowerCase()}`;

const unaryOperators: Readonly<Record<string, readonly [string, string]>> = {
  Not: ['-not ', ''],
  Exclaim: ['!', ''],
  Bnot: ['-bnot ', ''],
  Minus: ['-', ''],
  Plus: ['+', ''],
  Comma: [', ', ''],
  PlusPlus: ['++', ''],
  MinusMinus: ['--', ''],
  PostfixPlusPlus: ['', '++'],
  PostfixMinusMinus: ['', '--'],
  Join: ['-join ', ''],
  Isplit: ['-isplit ', ''],
  Csplit: ['-csplit ', ''],
};

function expression(node: ExpressionAst): string {
  switch (node.kind) {
    case 'ConstantExpressionAst':
    case 'StringConstantExpressionAst':
    case 'ExpandableStringExpressionAst':
    case 'VariableExpressionAst':
    case 'TypeExpressionAst':
      return written(node);
    case 'ParenExpressionAst':
      return `(${statement(node.pipeline)})`;
    case 'SubExpressionAst':
      return `$(${inner(node.subExpression)})`;
    case 'ArrayExpressionAst':
      return `@(${inner(node.subExpression)})`;
    case 'ArrayLiteralAst':
      return node.elements.length === 1 ? `,${list(node.elements)}` : list(node.elements);
    case 'HashtableAst':
      return `@{\n${node.keyValuePairs.map(([key, value]) => `${expression(key)} = ${statement(value)}`).join('\n')}\n}`;
    case 'ScriptBlockExpressionAst':
      return `{\n${blockBody(node.scriptBlock)}\n}`;
    case 'UnaryExpressionAst': {
      const [before, after] = unaryOperators[node.tokenKind] ?? [`-${node.tokenKind.toLowerCase()} `, ''];
      // A sign that touches a number is part of it.
      const blank =
        /^(Minus|Plus)$/.test(node.tokenKind) && node.child.kind === 'ConstantExpressionAst' ? ' ' : '';
      return `${before}${blank}${expression(node.child)}${after}`;
    }
    case 'BinaryExpressionAst':
      return `${expression(node.left)} ${binaryText(node.operator)} ${expression(node.right)}`;
    case 'TernaryExpressionAst':
      return `${expression(node.condition)} ? ${expression(node.ifTrue)} : ${expression(node.ifFalse)}`;
    case 'ConvertExpressionAst':
      return `${written(node.type)}${expression(node.child)}`;
    case 'AttributedExpressionAst':
      return `${attribute(node.attribute)}${expression(node.child)}`;
    case 'MemberExpressionAst':
      return `${expression(node.expression)}${access(node)}${expression(node.member)}`;
    case 'InvokeMemberExpressionAst': {
      const generic =
        node.genericTypeArguments.length > 0
          ? `[${node.genericTypeArguments.map((one) => one.fullName).join(', ')}]`
          : '';
      return `${expression(node.expression)}${access(node)}${expression(node.member)}${generic}(${list(node.arguments)})`;
    }
    case 'BaseCtorInvokeMemberExpressionAst':
      return written(node);
    case 'IndexExpressionAst':
      return `${expression(node.target)}${node.nullConditional ? '?' : ''}[${expression(node.index)}]`;
    case 'UsingExpressionAst':
    case 'ErrorExpressionAst':
      return written(node);
    default:
      return assertNever(node);
  }
}
const access = (node: { readonly static: boolean; readonly nullConditional: boolean }): string =>
  node.static ? '::' : node.nullConditional ? '?.' : '.';
