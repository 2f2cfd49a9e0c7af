import { syntaxOf } from '../cmdlets/commands/command-members.ts';
import { commentHelp } from '../cmdlets/help/comment-help.ts';
import { parameterNamed } from '../completion/parameters.ts';
import type { Session } from '../run/session.ts';
import { enterContext, leaveContext } from '../types/ambient.ts';
import { resolveType, typeShortName } from '../types/registry.ts';
import { toText } from '../types/text.ts';
import { typeNameOf } from '../types/type-of.ts';
import { isNull } from '../types/value.ts';
import type { Ast, CommandAst } from '../parse/tree.ts';
import type { EditedScript, Range } from './script.ts';
import { contains, rangeOf } from './script.ts';
import { commandNamed, metadataFor, parameterText } from './signature.ts';
import { automatic, variableAt } from './variables.ts';

/** What is known of the word at an offset. `code` is PowerShell, `text` a sentence or two. */
export interface Hover {
  readonly range: Range;
  readonly code: string;
  readonly text: string;
}

const longestValue = 200;

/** Command, parameter, variable or type at an offset. Reads the session, runs nothing of the text. */
export function hoverAt(session: Session, script: EditedScript, offset: number): Hover | undefined {
  const previous = enterContext(session);
  try {
    for (const node of script.at(offset)) {
      const hover = of(session, script, node, offset);
      if (hover) return hover;
    }
    return undefined;
  } finally {
    leaveContext(previous);
  }
}

function of(session: Session, script: EditedScript, node: Ast, offset: number): Hover | undefined {
  switch (node.kind) {
    case 'VariableExpressionAst':
      return variable(session, script, offset);
    case 'TypeExpressionAst':
    case 'TypeConstraintAst':
      return type(node.typeName.fullName, rangeOf(node));
    case 'CommandParameterAst':
      return parameter(session, script, node);
    case 'CommandAst':
      return command(session, script, node, offset);
    default:
      return undefined;
  }
}

function command(
  session: Session,
  script: EditedScript,
  node: CommandAst,
  offset: number,
): Hover | undefined {
  const [name] = node.commandElements;
  if (name?.kind !== 'StringConstantExpressionAst' || !contains(rangeOf(name), offset)) return undefined;
  const info = commandNamed(session, script, name.value);
  if (!info) return undefined;
  const range = rangeOf(name);
  if (info.kind === 'Application') return { range, code: info.definition, text: 'A program of this device.' };
  const alias = session.frame.scope.findAlias(name.value.toLowerCase());
  const lines = [
    ...(alias ? [`Alias of ${alias.definition}.`] : []),
    commentHelp(info)?.sections.get('synopsis')?.join('\n').trim() ?? '',
    info.cmdlet ? `${info.cmdlet.commandType ?? 'Cmdlet'} of ${info.cmdlet.module || 'the session'}.` : '',
  ].filter((line) => line !== '');
  return {
    range,
    code: syntaxOf(info)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n'),
    text: lines.join(' '),
  };
}

function parameter(
  session: Session,
  script: EditedScript,
  node: Extract<Ast, { kind: 'CommandParameterAst' }>,
): Hover | undefined {
  const owner = script.parent(node);
  if (owner?.kind !== 'CommandAst') return undefined;
  const [name] = owner.commandElements;
  if (name?.kind !== 'StringConstantExpressionAst') return undefined;
  const info = commandNamed(session, script, name.value);
  const metadata = info && metadataFor(session, info);
  const found = metadata && parameterNamed(metadata, node.parameterName);
  if (!info || !found) return undefined;
  const { start } = rangeOf(node);
  return {
    range: { start, end: start + node.parameterName.length + 1 },
    code: `-${found.name}`,
    text: `${parameterText(found)}${helpOf(commentHelp(info)?.parameters.get(found.lower))}`,
  };
}
const helpOf = (text: string | undefined): string => (text === undefined ? '' : `. ${text.trim()}`);

function variable(session: Session, script: EditedScript, offset: number): Hover | undefined {
  const group = variableAt(script, offset);
  if (!group) return undefined;
  const here = group.occurrences.find(({ range }) => range.start - 2 <= offset && offset <= range.end);
  if (!here) return undefined;
  const lower = group.name.toLowerCase();
  const value = session.frame.scope.find(lower)?.read() ?? null;
  const written = group.occurrences.find((one) => one.writes);
  const parts = [
    automatic.has(lower) ? 'A variable of PowerShell itself.' : '',
    written ? `Set in line ${script.lineOf(written.range.start) + 1}.` : '',
    isNull(value)
      ? ''
      : `In the console now: [${typeNameOf(value)}] ${toText(value).replace(/\s+/g, ' ').slice(0, longestValue)}`,
  ];
  return {
    range: here.range,
    code: `${declaredType(script, written?.node)}$${group.name}`,
    text: parts.filter((part) => part !== '').join(' '),
  };
}

/** `[int]` where the variable is given a type where it is first set. */
function declaredType(script: EditedScript, node: Ast | undefined): string {
  if (!node) return '';
  const up = script.parent(node);
  if (up?.kind === 'ConvertExpressionAst') return `[${up.type.typeName.fullName}]`;
  if (up?.kind !== 'ParameterAst') return '';
  const constraint = up.attributes.find((one) => one.kind === 'TypeConstraintAst');
  return constraint ? `[${constraint.typeName.fullName}]` : '';
}

function type(name: string, range: Range): Hover | undefined {
  const found = resolveType(name);
  if (!found) return undefined;
  const own = [...found.staticMembers.values()].slice(0, 12).map((one) => `::${one.name}`);
  const members = [...found.instanceMembers.values()].slice(0, 12).map((one) => `.${one.name}`);
  const values = found.enumValues ? [...found.enumValues.keys()].slice(0, 20) : [];
  return {
    range,
    code: `[${typeShortName(found)}]`,
    text: [
      `${found.fullName}${found.baseType ? `, derived from ${found.baseType.fullName}` : ''}.`,
      values.length > 0 ? `Values: ${values.join(', ')}.` : [...own, ...members].slice(0, 16).join(' '),
    ].join(' '),
  };
}
