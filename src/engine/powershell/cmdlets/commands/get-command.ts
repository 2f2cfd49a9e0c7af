import { differences } from '../../dialects/index.ts';
import { aliasCommand } from '../../providers/alias.ts';
import type { CommandInfo } from '../../run/command-info.ts';
import type { Scope } from '../../run/scope.ts';
import type { Session } from '../../run/session.ts';
import { compareText } from '../../types/compare.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import { commandNotFoundText } from '../../run/command-not-found.ts';
import type { Cmdlet, CmdletContext, ErrorSpec } from '../cmdlet.ts';
import { metadataOf, syntaxOf } from './command-members.ts';

/** Every function, alias and cmdlet that can be seen from here. */
export function visibleCommands(session: Session): CommandInfo[] {
  const functions = new Map<string, CommandInfo>();
  const aliases = new Map<string, CommandInfo>();
  for (let scope: Scope | undefined = session.frame.scope; scope; scope = scope.parent) {
    for (const [lower, one] of scope.functions ?? []) if (!functions.has(lower)) functions.set(lower, one);
    for (const [lower, one] of scope.aliases ?? [])
      if (!aliases.has(lower)) aliases.set(lower, aliasCommand(one));
  }
  const sorted = (list: Iterable<CommandInfo>): CommandInfo[] =>
    [...list].sort((a, b) => compareText(a.name, b.name, true));
  return [
    ...sorted(aliases.values()),
    ...sorted(functions.values()),
    ...sorted(session.cmdletTable.values()),
  ];
}

const notFound = (context: CmdletContext, name: string): ErrorSpec => ({
  id: 'CommandNotFoundException',
  category: 'ObjectNotFound',
  message: commandNotFoundText(name, differences.errors.commandNotFound.desktopIn(context.dialect)),
  exception: 'System.Management.Automation.CommandNotFoundException',
  target: name,
});

/** A command by its exact name: alias, function, cmdlet, script, program. */
function named(session: Session, name: string): CommandInfo[] {
  const { frame } = session;
  const lower = name.toLowerCase();
  const found: CommandInfo[] = [];
  const alias = frame.scope.findAlias(lower);
  if (alias) found.push(aliasCommand(alias));
  const own = frame.scope.findFunction(lower);
  if (own) found.push(own);
  const cmdlet = session.cmdletTable.get(lower);
  if (cmdlet) found.push(cmdlet);
  if (found.length > 0) return found;
  const other = session.command(name);
  // `date` for Get-Date is for calling only.
  return other && (other.kind === 'Application' || other.kind === 'ExternalScript' || name.includes('\\'))
    ? [other]
    : [];
}

export const getCommand: Cmdlet = {
  name: 'Get-Command',
  aliases: ['gcm'],
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.GetCommandCommand',
  defaultSet: 'CmdletSet',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      sets: [{ set: 'AllCommandSet', position: 0, pipeline: true, pipelineByName: true }],
    },
    { name: 'Verb', type: 'string[]', sets: [{ set: 'CmdletSet', pipelineByName: true }] },
    { name: 'Noun', type: 'string[]', sets: [{ set: 'CmdletSet', pipelineByName: true }] },
    { name: 'Module', type: 'string[]', aliases: ['PSSnapin'], pipelineByName: true },
    {
      name: 'CommandType',
      type: 'System.Management.Automation.CommandTypes',
      aliases: ['Type'],
      sets: [{ set: 'AllCommandSet', pipelineByName: true }],
    },
    { name: 'TotalCount', type: 'int', pipelineByName: true },
    { name: 'Syntax', type: 'switch', pipelineByName: true },
    { name: 'ShowCommandInfo', type: 'switch' },
    {
      name: 'ArgumentList',
      type: 'object[]',
      position: 1,
      remaining: true,
      aliases: ['Args'],
      allowNull: true,
    },
    { name: 'All', type: 'switch', pipelineByName: true },
    { name: 'ListImported', type: 'switch', pipelineByName: true },
    { name: 'ParameterName', type: 'string[]' },
    { name: 'ParameterType', type: 'string[]' },
  ],
  start(context) {
    const seen = new Set<CommandInfo>();
    return {
      process() {
        for (const one of wanted(context)) {
          if (seen.has(one)) continue;
          seen.add(one);
          if (context.has('TotalCount') && seen.size > context.number('TotalCount', 0)) break;
          if (context.switch('Syntax'))
            for (const line of syntaxOf(one))
              context.write(`\n${line}\n`.replace(/\n/g, context.host.newline));
          else context.write(one);
        }
        return undefined;
      },
    };
  },
};

function wanted(context: CmdletContext): CommandInfo[] {
  const { session } = context;
  const kinds = context.has('CommandType') ? context.string('CommandType').split(/,\s*/) : undefined;
  const modules = context.strings('Module').map((m) => wildcard(m));
  const parameterNames = context.strings('ParameterName').map((p) => wildcard(p));
  const passes = (one: CommandInfo): boolean =>
    (!kinds || kinds.includes('All') || kinds.includes(one.kind)) &&
    (modules.length === 0 ||
      modules.some((t) => t(one.cmdlet ? one.cmdlet.module : (one.module?.name ?? '')))) &&
    (parameterNames.length === 0 ||
      (metadataOf(one)?.parameters.some((p) => parameterNames.some((t) => t(p.name))) ?? false));
  if (context.has('Name')) {
    const found: CommandInfo[] = [];
    for (const name of context.strings('Name')) {
      if (hasWildcard(name)) {
        const test = wildcard(name);
        found.push(...visibleCommands(session).filter((c) => test(c.name) && passes(c)));
        continue;
      }
      const some = named(session, name).filter(passes);
      if (some.length === 0) context.error(notFound(context, name));
      found.push(...(context.switch('All') ? some : some.slice(0, 1)));
    }
    return found;
  }
  const verbs = context.strings('Verb').map((v) => wildcard(v));
  const nouns = context.strings('Noun').map((n) => wildcard(n));
  return visibleCommands(session).filter((c) => {
    if (!passes(c)) return false;
    if (verbs.length === 0 && nouns.length === 0) return true;
    const at = c.name.indexOf('-');
    if (at < 0 || c.kind === 'Alias') return false;
    return (
      (verbs.length === 0 || verbs.some((t) => t(c.name.slice(0, at)))) &&
      (nouns.length === 0 || nouns.some((t) => t(c.name.slice(at + 1))))
    );
  });
}
