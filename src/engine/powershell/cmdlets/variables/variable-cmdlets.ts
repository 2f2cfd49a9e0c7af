import type { Session } from '../../run/session.ts';
import type { Scope } from '../../run/scope.ts';
import { Variable } from '../../run/scope.ts';
import { sessionObjects } from '../../run/session-objects.ts';
import { storeVariable } from '../../run/variables.ts';
import { PSArray } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import { compareText } from '../../types/compare.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';

const utility = 'Microsoft.PowerShell.Utility';
const sessionOf = (context: CmdletContext): Session => context.session as Session;

/** The scope -Scope names: Global, Local, Script, Private or a number counted from here. */
export function scopeOf(context: CmdletContext): Scope | undefined {
  if (!context.has('Scope')) return undefined;
  const { frame, globalScope } = sessionOf(context);
  const text = context.string('Scope');
  switch (text.toLowerCase()) {
    case 'global':
      return globalScope;
    case 'local':
    case 'private':
      return frame.scope;
    case 'script':
      return frame.scope.script;
    default: {
      if (!/^-?\d+$/.test(text))
        context.fail({
          id: 'Argument',
          category: 'InvalidArgument',
          message: `Cannot process argument because the value of argument "scopeID" is not valid. Change the value of the "scopeID" argument and run the operation again.`,
          exception: 'System.Management.Automation.PSArgumentException',
        });
      const n = Number(text);
      const found = /^\d+$/.test(text) ? frame.scope.ancestor(n) : undefined;
      if (!found)
        context.fail({
          id: 'ArgumentOutOfRange',
          category: 'InvalidArgument',
          message: `The scope number '${text}' exceeds the number of active scopes.`,
          exception: 'System.Management.Automation.PSArgumentOutOfRangeException',
          target: n,
        });
      return found;
    }
  }
}

/** Variables of a scope, or of all that can be seen from here, nearest first. */
function visible(context: CmdletContext): Map<string, Variable> {
  const found = new Map<string, Variable>();
  const exact = scopeOf(context);
  const { frame, allScopeVariables } = sessionOf(context);
  if (exact) {
    for (const [lower, variable] of exact.variables) found.set(lower, variable);
    return found;
  }
  for (let scope: Scope | undefined = frame.scope; scope; scope = scope.parent)
    for (const [lower, variable] of scope.variables)
      if (!found.has(lower) && !(variable.isPrivate && scope !== frame.scope)) found.set(lower, variable);
  for (const [lower, variable] of allScopeVariables) if (!found.has(lower)) found.set(lower, variable);
  return found;
}

function filtered(context: CmdletContext, variables: Variable[]): Variable[] {
  const include = context.strings('Include').map((p) => wildcard(p));
  const exclude = context.strings('Exclude').map((p) => wildcard(p));
  return variables.filter(
    (v) => (include.length === 0 || include.some((t) => t(v.name))) && !exclude.some((t) => t(v.name)),
  );
}

const notFound = (context: CmdletContext, name: string): void =>
  context.error({
    id: 'VariableNotFound',
    category: 'ObjectNotFound',
    message: `Cannot find a variable with the name '${name}'.`,
    exception: 'System.Management.Automation.ItemNotFoundException',
    target: name,
  });

/** Variables a name or pattern means; a missing name is an error, a pattern without match is not. */
function matching(context: CmdletContext, name: string, report = true): Variable[] {
  const bare = name.replace(/^variable:/i, '');
  if (hasWildcard(bare)) {
    const test = wildcard(bare);
    const all = [...visible(context).values()].filter((v) => test(v.name));
    return filtered(
      context,
      all.sort((a, b) => compareText(a.name, b.name, true)),
    );
  }
  const exact = scopeOf(context);
  const { frame, allScopeVariables } = sessionOf(context);
  const lower = bare.toLowerCase();
  let found = exact ? exact.variables.get(lower) : (frame.scope.find(lower) ?? allScopeVariables.get(lower));
  if (!found && !exact) {
    const automatic = sessionOf(context).automatic(lower, frame);
    if (automatic !== undefined) found = new Variable(bare, automatic);
  }
  if (!found) {
    if (report) notFound(context, bare);
    return [];
  }
  return filtered(context, [found]);
}

const nameParameter = (extra: Partial<CmdletParameter> = {}): CmdletParameter => ({
  name: 'Name',
  type: 'string[]',
  position: 0,
  ...extra,
});
const scopeParameter: CmdletParameter = { name: 'Scope', type: 'string' };
const filters: readonly CmdletParameter[] = [
  { name: 'Include', type: 'string[]' },
  { name: 'Exclude', type: 'string[]' },
];

export const getVariable: Cmdlet = {
  name: 'Get-Variable',
  aliases: ['gv'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.GetVariableCommand',
  parameters: [
    nameParameter({ pipeline: true, pipelineByName: true }),
    { name: 'ValueOnly', type: 'switch' },
    ...filters,
    scopeParameter,
  ],
  start: (context) => ({
    process() {
      for (const name of context.has('Name') ? context.strings('Name') : ['*'])
        for (const variable of matching(context, name)) {
          if (context.switch('ValueOnly')) context.write(variable.read());
          else context.write(sessionObjects.variable(variable));
        }
      return undefined;
    },
  }),
};

function setOptions(context: CmdletContext, variable: Variable): void {
  if (context.has('Description')) variable.description = context.string('Description');
  if (!context.has('Option')) return;
  const options = toText(context.get('Option')).split(/,\s*/);
  variable.constant = options.includes('Constant');
  variable.readOnly = options.includes('ReadOnly');
  variable.isPrivate = options.includes('Private');
  if (options.includes('AllScope')) {
    variable.allScope = true;
    sessionOf(context).allScopeVariables.set(variable.name.toLowerCase(), variable);
  }
}

function notWritable(context: CmdletContext, variable: Variable): void {
  context.error({
    id: 'VariableNotWritable',
    category: 'WriteError',
    message: `Cannot overwrite variable ${variable.name} because it is read-only or constant.`,
    exception: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
    target: variable.name,
  });
}

const optionType = 'System.Management.Automation.ScopedItemOptions';

export const setVariable: Cmdlet = {
  name: 'Set-Variable',
  aliases: ['sv', 'set'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.SetVariableCommand',
  shouldProcess: 'Low',
  parameters: [
    nameParameter({ mandatory: true, pipelineByName: true }),
    { name: 'Value', type: 'object', position: 1, pipeline: true, pipelineByName: true, allowNull: true },
    ...filters,
    { name: 'Description', type: 'string' },
    { name: 'Option', type: optionType },
    { name: 'Force', type: 'switch' },
    { name: 'Visibility', type: 'string' },
    { name: 'PassThru', type: 'switch' },
    scopeParameter,
  ],
  start(context) {
    const piped: Value[] = [];
    return {
      process() {
        if (context.expectingInput && context.input !== automationNull) piped.push(context.get('Value'));
        return undefined;
      },
      end() {
        const value: Value = context.expectingInput
          ? piped.length === 0
            ? null
            : piped.length === 1
              ? (piped[0] as Value)
              : new PSArray(piped)
          : context.get('Value');
        const { frame } = sessionOf(context);
        for (const name of context.strings('Name')) {
          const bare = name.replace(/^variable:/i, '');
          if (
            !context.shouldProcess(
              `Name: ${bare} Value: ${value === null ? '' : toText(value)}`,
              'Set variable',
            )
          )
            continue;
          const found = hasWildcard(bare) ? matching(context, bare) : [];
          const targets = hasWildcard(bare) ? found : [own(context, frame.scope, bare)];
          for (const variable of targets) {
            if (variable.constant || (variable.readOnly && !context.switch('Force'))) {
              notWritable(context, variable);
              continue;
            }
            const wasReadOnly = variable.readOnly;
            variable.readOnly = false;
            if (context.has('Value') || context.expectingInput) storeVariable(variable, value);
            variable.readOnly = wasReadOnly;
            setOptions(context, variable);
            if (context.switch('PassThru')) context.write(sessionObjects.variable(variable));
          }
        }
        return undefined;
      },
    };
  },
};

/** The variable of that name in the wanted scope, made where it is missing. */
function own(context: CmdletContext, current: Scope, name: string): Variable {
  const scope = scopeOf(context) ?? current;
  const lower = name.toLowerCase();
  const known = scope.variables.get(lower) ?? sessionOf(context).allScopeVariables.get(lower);
  if (known) return known;
  const variable = new Variable(name, null);
  scope.variables.set(lower, variable);
  return variable;
}

export const newVariable: Cmdlet = {
  name: 'New-Variable',
  aliases: ['nv'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.NewVariableCommand',
  shouldProcess: 'Low',
  parameters: [
    { name: 'Name', type: 'string', position: 0, mandatory: true, pipelineByName: true },
    { name: 'Value', type: 'object', position: 1, pipeline: true, pipelineByName: true, allowNull: true },
    { name: 'Description', type: 'string' },
    { name: 'Option', type: optionType },
    { name: 'Visibility', type: 'string' },
    { name: 'Force', type: 'switch' },
    { name: 'PassThru', type: 'switch' },
    scopeParameter,
  ],
  start: (context) => ({
    process() {
      const scope = scopeOf(context) ?? sessionOf(context).frame.scope;
      const name = context.string('Name');
      const lower = name.toLowerCase();
      const known =
        scope.variables.get(lower) ??
        (scopeOf(context) ? undefined : sessionOf(context).allScopeVariables.get(lower));
      if (known) {
        if (known.constant || (known.readOnly && !context.switch('Force'))) {
          notWritable(context, known);
          return undefined;
        }
        if (!context.switch('Force')) {
          context.error({
            id: 'VariableAlreadyExists',
            category: 'ResourceExists',
            message: `A variable with name '${name}' already exists.`,
            exception: 'System.Management.Automation.SessionStateException',
            target: name,
          });
          return undefined;
        }
        known.removed = true;
      }
      const variable = new Variable(name, context.get('Value'));
      scope.variables.set(lower, variable);
      setOptions(context, variable);
      if (context.switch('PassThru')) context.write(sessionObjects.variable(variable));
      return undefined;
    },
  }),
};

export const removeVariable: Cmdlet = {
  name: 'Remove-Variable',
  aliases: ['rv'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.RemoveVariableCommand',
  shouldProcess: 'Low',
  parameters: [
    nameParameter({ mandatory: true, pipelineByName: true }),
    ...filters,
    { name: 'Force', type: 'switch' },
    scopeParameter,
  ],
  start: (context) => ({
    process() {
      for (const name of context.strings('Name'))
        for (const variable of matching(context, name)) {
          if (variable.constant || (variable.readOnly && !context.switch('Force'))) {
            context.error({
              id: 'VariableNotRemovable',
              category: 'WriteError',
              message: `Cannot remove variable ${variable.name} because it is constant or read-only. If the variable is read-only, try the operation again specifying the Force option.`,
              exception: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
              target: variable.name,
            });
            continue;
          }
          variable.removed = true;
          for (let scope: Scope | undefined = sessionOf(context).frame.scope; scope; scope = scope.parent)
            if (scope.variables.get(variable.name.toLowerCase()) === variable)
              scope.variables.delete(variable.name.toLowerCase());
          forgetSlots(sessionOf(context), variable);
        }
      return undefined;
    },
  }),
};

/** Running code remembers variables by slot: it must look again. */
function forgetSlots(session: Session, variable: Variable): void {
  for (let frame: Session['frame'] | undefined = session.frame; frame; frame = frame.caller)
    for (let i = 0; i < frame.locals.length; i++)
      if (frame.locals[i] === variable) frame.locals[i] = undefined;
}

export const clearVariable: Cmdlet = {
  name: 'Clear-Variable',
  aliases: ['clv'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.ClearVariableCommand',
  shouldProcess: 'Low',
  parameters: [
    nameParameter({ mandatory: true, pipelineByName: true }),
    ...filters,
    { name: 'Force', type: 'switch' },
    { name: 'PassThru', type: 'switch' },
    scopeParameter,
  ],
  start: (context) => ({
    process() {
      for (const name of context.strings('Name'))
        for (const variable of matching(context, name)) {
          if (variable.constant || (variable.readOnly && !context.switch('Force'))) {
            notWritable(context, variable);
            continue;
          }
          const wasReadOnly = variable.readOnly;
          variable.readOnly = false;
          storeVariable(variable, variable.type?.isValueType ? 0 : null);
          variable.readOnly = wasReadOnly;
          if (context.switch('PassThru')) context.write(sessionObjects.variable(variable));
        }
      return undefined;
    },
  }),
};
