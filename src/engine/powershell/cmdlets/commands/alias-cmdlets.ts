import { aliasCommand } from '../../providers/alias.ts';
import { AliasInfo } from '../../run/scope.ts';
import type { Scope } from '../../run/scope.ts';
import { compareText } from '../../types/compare.ts';
import { defineEnum } from '../../types/registry.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { scopeOf } from '../variables/variable-cmdlets.ts';

const utility = 'Microsoft.PowerShell.Utility';
defineEnum(
  'System.Management.Automation.ScopedItemOptions',
  'None=0,ReadOnly=1,Constant=2,Private=4,AllScope=8,Unspecified=16',
  true,
);

export function visible(context: CmdletContext): AliasInfo[] {
  const exact = scopeOf(context);
  const found = new Map<string, AliasInfo>();
  for (let scope: Scope | undefined = exact ?? context.session.frame.scope; scope; scope = scope.parent) {
    for (const [lower, alias] of scope.aliases ?? []) if (!found.has(lower)) found.set(lower, alias);
    if (exact) break;
  }
  return [...found.values()].sort((a, b) => compareText(a.name, b.name, true));
}

export const getAlias: Cmdlet = {
  name: 'Get-Alias',
  aliases: ['gal'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.GetAliasCommand',
  defaultSet: 'Default',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      sets: [{ set: 'Default', position: 0, pipeline: true, pipelineByName: true }],
    },
    { name: 'Exclude', type: 'string[]' },
    { name: 'Scope', type: 'string' },
    { name: 'Definition', type: 'string[]', sets: [{ set: 'Definition' }] },
  ],
  start: (context) => ({
    process() {
      const all = visible(context);
      const exclude = context.strings('Exclude').map((p) => wildcard(p));
      const write = (alias: AliasInfo): void => {
        if (!exclude.some((t) => t(alias.name))) context.write(aliasCommand(alias));
      };
      const missing = (kind: 'name' | 'definition', text: string): void =>
        context.error({
          id: 'ItemNotFoundException',
          category: 'ObjectNotFound',
          message: `This command cannot find a matching alias because an alias with the ${kind} '${text}' does not exist.`,
          exception: 'System.Management.Automation.ItemNotFoundException',
          target: text,
        });
      if (context.has('Definition')) {
        for (const text of context.strings('Definition')) {
          const test = wildcard(text);
          const found = all.filter((a) => test(a.definition));
          if (found.length === 0 && !hasWildcard(text)) missing('definition', text);
          found.forEach(write);
        }
        return undefined;
      }
      if (!context.has('Name')) all.forEach(write);
      for (const name of context.strings('Name')) {
        const test = wildcard(name);
        const found = all.filter((a) => test(a.name));
        if (found.length === 0 && !hasWildcard(name)) missing('name', name);
        found.forEach(write);
      }
      return undefined;
    },
  }),
};

const parameters: readonly CmdletParameter[] = [
  { name: 'Name', type: 'string', position: 0, mandatory: true, pipelineByName: true },
  { name: 'Value', type: 'string', position: 1, mandatory: true, pipelineByName: true },
  { name: 'Description', type: 'string' },
  { name: 'Option', type: 'System.Management.Automation.ScopedItemOptions' },
  { name: 'PassThru', type: 'switch' },
  { name: 'Scope', type: 'string' },
  { name: 'Force', type: 'switch' },
];
const defining = (verb: 'Set' | 'New', alias: string): Cmdlet => ({
  name: `${verb}-Alias`,
  aliases: [alias],
  module: utility,
  typeName: `Microsoft.PowerShell.Commands.${verb}AliasCommand`,
  shouldProcess: 'Medium',
  parameters,
  start: (context) => ({
    process() {
      const { session } = context;
      const name = context.string('Name');
      const lower = name.toLowerCase();
      const scope = scopeOf(context) ?? session.frame.scope;
      const known = context.has('Scope') ? scope.aliases?.get(lower) : session.frame.scope.findAlias(lower);
      if (known && verb === 'New' && !context.switch('Force')) {
        context.error({
          id: 'AliasAlreadyExists',
          category: 'ResourceExists',
          message: `The alias is not allowed, because an alias with the name '${name}' already exists.`,
          exception: 'System.Management.Automation.SessionStateException',
          target: name,
        });
        return undefined;
      }
      if (known && /Constant/.test(known.options)) return context.fail(notWritable(name));
      if (known && /ReadOnly/.test(known.options) && !context.switch('Force')) {
        context.error(notWritable(name));
        return undefined;
      }
      if (!context.shouldProcess(`Name: ${name} Value: ${context.string('Value')}`, `${verb} Alias`))
        return undefined;
      const made = new AliasInfo(name, context.string('Value'));
      made.description = context.string('Description');
      if (context.has('Option')) made.options = context.string('Option');
      const own = scope.aliases ?? new Map<string, AliasInfo>();
      scope.aliases = own;
      own.set(lower, made);
      if (/AllScope/.test(known?.options ?? '')) session.globalScope.aliases?.set(lower, made);
      session.commandVersion++;
      if (context.switch('PassThru')) context.write(aliasCommand(made));
      return undefined;
    },
  }),
});
const notWritable = (name: string) =>
  ({
    id: 'AliasNotWritable',
    category: 'WriteError',
    message: `Alias is not writeable because alias ${name} is read-only or constant and cannot be written to.`,
    exception: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
    target: name,
  }) as const;
export const setAlias: Cmdlet = defining('Set', 'sal');
export const newAlias: Cmdlet = defining('New', 'nal');

export const removeAlias: Cmdlet = {
  name: 'Remove-Alias',
  module: utility,
  dialect: 'core',
  typeName: 'Microsoft.PowerShell.Commands.RemoveAliasCommand',
  parameters: [
    { name: 'Name', type: 'string[]', position: 0, mandatory: true, pipeline: true, pipelineByName: true },
    { name: 'Scope', type: 'string' },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      for (const name of context.strings('Name')) {
        const lower = name.toLowerCase();
        const exact = scopeOf(context);
        let removed = false;
        for (
          let scope: Scope | undefined = exact ?? context.session.frame.scope;
          scope && !removed;
          scope = exact ? undefined : scope.parent
        ) {
          const found = scope.aliases?.get(lower);
          if (!found) continue;
          removed = true;
          if (/Constant/.test(found.options) || (/ReadOnly/.test(found.options) && !context.switch('Force')))
            context.error({
              id: 'AliasNotRemovable',
              category: 'WriteError',
              message: `Alias was not removed because alias ${name} is constant or read-only.`,
              exception: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
              target: name,
            });
          else scope.aliases?.delete(lower);
        }
        if (!removed)
          context.error({
            id: 'ItemNotFoundException',
            category: 'ObjectNotFound',
            message: `This command cannot find a matching alias because an alias with the name '${name}' does not exist.`,
            exception: 'System.Management.Automation.ItemNotFoundException',
            target: name,
          });
        context.session.commandVersion++;
      }
      return undefined;
    },
  }),
};
