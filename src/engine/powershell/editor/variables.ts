import type { Ast, FunctionDefinitionAst, ScriptBlockAst, VariableExpressionAst } from '../parse/tree.ts';
import type { EditedScript, Range } from './script.ts';
import { rangeOf } from './script.ts';

/** A place where a variable is named: the name alone, without sigil, braces and scope. */
export interface Occurrence {
  readonly range: Range;
  readonly name: string;
  /** Gets a value here: assignment, parameter, loop variable, `-OutVariable`. */
  readonly writes: boolean;
  readonly node: Ast;
}

/** All places that mean one variable, as far as the text shows. */
export interface VariableGroup {
  readonly name: string;
  /** The function it belongs to; undefined: the script. */
  readonly owner: FunctionDefinitionAst | undefined;
  readonly occurrences: readonly Occurrence[];
}

/** Parameters of every cmdlet that take the name of a variable. */
const namesVariable = /^(out|error|warning|information|pipeline)?v(ariable)?$|^(ov|ev|wv|iv|pv)$/i;

/** Variables of PowerShell itself: never renamed, never "unused". */
export const automatic: ReadonlySet<string> = new Set(
  '_ $ ? ^ args consolefilename enabledexperimentalfeatures error errorview event eventargs eventsubscriber executioncontext false foreach home host input iscoreclr islinux ismacos iswindows lastexitcode matches myinvocation nestedpromptlevel null pid profile psboundparameters pscmdlet pscommandpath psculture psdebugcontext psedition pshome psitem psscriptroot pssenderinfo psuiculture psversiontable pwd sender shellid stacktrace switch this true'.split(
    ' ',
  ),
);
/** Variables that PowerShell reads: setting one is use enough. */
export const preferences: ReadonlySet<string> = new Set(
  'confirmpreference debugpreference erroractionpreference errorview formatenumerationlimit informationpreference logcommandhealthevent maximumhistorycount ofs outputencoding progresspreference psdefaultparametervalues psemailserver psmoduleautoloadingpreference psnativecommandargumentpassing psnativecommanduseerroractionpreference pssessionapplicationname psstyle verbosepreference warningpreference whatifpreference'.split(
    ' ',
  ),
);

function nameRange(node: VariableExpressionAst, script: EditedScript): Range | undefined {
  const { start, end } = rangeOf(node);
  const text = script.text.slice(start, end);
  const match = /^[$@](\{?)((?:[^{}:]+:)?)(.*?)\}?$/s.exec(text);
  if (!match || node.variablePath.drive !== undefined) return undefined;
  const from = start + 1 + (match[1] as string).length + (match[2] as string).length;
  return { start: from, end: from + (match[3] as string).length };
}

/** True where the node is what an assignment or its like gives a value to. */
function isWritten(node: Ast, script: EditedScript): boolean {
  let child = node;
  for (let up = script.parent(node); up; child = up, up = script.parent(up)) {
    switch (up.kind) {
      case 'ConvertExpressionAst':
      case 'AttributedExpressionAst':
      case 'ArrayLiteralAst':
        continue;
      case 'ParenExpressionAst':
      case 'CommandExpressionAst':
      case 'PipelineAst':
        continue;
      case 'AssignmentStatementAst':
        return up.left === child;
      case 'ForEachStatementAst':
        return up.variable === child;
      case 'ParameterAst':
        return up.name === child;
      default:
        return false;
    }
  }
  return false;
}

/** Functions around a node, innermost first. */
function functionsAround(node: Ast, script: EditedScript): readonly FunctionDefinitionAst[] {
  const found: FunctionDefinitionAst[] = [];
  for (let up = script.parent(node); up; up = script.parent(up))
    if (up.kind === 'FunctionDefinitionAst') found.push(up);
  return found;
}

interface Named extends Occurrence {
  readonly scope: string | undefined;
  readonly functions: readonly FunctionDefinitionAst[];
}

function occurrencesIn(script: EditedScript): readonly Named[] {
  const found: Named[] = [];
  for (const node of script.nodes()) {
    if (node.kind === 'VariableExpressionAst') {
      const range = nameRange(node, script);
      if (!range) continue;
      found.push({
        node,
        range,
        name: node.variablePath.unqualified,
        scope: node.variablePath.scope?.toLowerCase(),
        writes: isWritten(node, script),
        functions: functionsAround(node, script),
      });
    } else if (node.kind === 'CommandAst') {
      node.commandElements.forEach((element, i) => {
        if (element.kind !== 'CommandParameterAst' || !namesVariable.test(element.parameterName)) return;
        const value = element.argument ?? node.commandElements[i + 1];
        if (value?.kind !== 'StringConstantExpressionAst') return;
        const { start, end } = rangeOf(value);
        const quoted = value.stringConstantType === 'BareWord' ? 0 : 1;
        const plus = value.value.startsWith('+') ? 1 : 0;
        found.push({
          node: value,
          range: { start: start + quoted + plus, end: end - quoted },
          name: value.value.slice(plus),
          scope: undefined,
          writes: true,
          functions: functionsAround(value, script),
        });
      });
    }
  }
  return found;
}

/**
 * The variables of a text. A function has its own where it gives one of that name a value; what it only reads comes
 * from the function or script around it. Script blocks belong to the function they stand in: most run in its scope.
 */
export function variableGroups(script: EditedScript): readonly VariableGroup[] {
  const all = occurrencesIn(script);
  const own = new Map<FunctionDefinitionAst, Set<string>>();
  for (const { writes, scope, functions, name } of all) {
    const [inner] = functions;
    if (!writes || !inner || (scope !== undefined && scope !== 'local' && scope !== 'private')) continue;
    const names = own.get(inner) ?? new Set<string>();
    own.set(inner, names.add(name.toLowerCase()));
  }
  const groups = new Map<FunctionDefinitionAst | undefined, Map<string, Occurrence[]>>();
  for (const { functions, scope, ...occurrence } of all) {
    const lower = occurrence.name.toLowerCase();
    const owner =
      scope === 'script' || scope === 'global'
        ? undefined
        : functions.find((one) => own.get(one)?.has(lower));
    const names = groups.get(owner) ?? new Map<string, Occurrence[]>();
    groups.set(owner, names);
    const list = names.get(lower) ?? [];
    names.set(lower, list);
    list.push(occurrence);
  }
  return [...groups].flatMap(([owner, names]) =>
    [...names.values()].map((occurrences) => ({
      name: (occurrences[0] as Occurrence).name,
      owner,
      occurrences: [...occurrences].sort((a, b) => a.range.start - b.range.start),
    })),
  );
}

/** The variable that is named at an offset. */
export function variableAt(script: EditedScript, offset: number): VariableGroup | undefined {
  return variableGroups(script).find((group) =>
    group.occurrences.some(
      ({ range }) => range.start - 2 <= offset && offset <= range.end && touches(script, range, offset),
    ),
  );
}
/** The sigil and an opening brace count as part of the name. */
function touches(script: EditedScript, { start }: Range, offset: number): boolean {
  return offset >= start || /^[$@{]*$/.test(script.text.slice(offset, start));
}

export interface Rename {
  readonly range: Range;
  readonly edits: readonly Range[];
}

/** What a rename of the variable at an offset changes; undefined where there is none, or it is PowerShell's own. */
export function renameAt(script: EditedScript, offset: number): Rename | undefined {
  const group = variableAt(script, offset);
  if (!group || automatic.has(group.name.toLowerCase()) || preferences.has(group.name.toLowerCase()))
    return undefined;
  const here = group.occurrences.find(({ range }) => offset <= range.end && touches(script, range, offset));
  if (!here) return undefined;
  return { range: here.range, edits: group.occurrences.map(({ range }) => range) };
}

/** A name that needs no braces, and no more. */
export const isPlainName = (name: string): boolean => /^\w+$/.test(name);

export const bodyOf = (owner: FunctionDefinitionAst | undefined, script: EditedScript): ScriptBlockAst =>
  owner?.body ?? script.parsed.ast;
