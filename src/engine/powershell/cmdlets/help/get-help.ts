import { metadataOf, syntaxOf } from '../commands/command-members.ts';
import { visibleCommands } from '../commands/get-command.ts';
import type { CommandInfo } from '../../run/command-info.ts';
import type { ParameterInfo } from '../../run/parameters.ts';
import { customObject } from '../../types/objects.ts';
import { typeShortName } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';
import { array } from '../../types/objects.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { commentHelp } from './comment-help.ts';
import type { CommentHelp } from './comment-help.ts';

const indent = (text: string, by = 4): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(by) + line))
    .join('\n');
const section = (help: CommentHelp | undefined, name: string): string =>
  help?.sections.get(name)?.join('\n\n') ?? '';

function parameterText(parameter: ParameterInfo, help: CommentHelp | undefined): string {
  const set = [...parameter.sets.values()][0];
  const pipeline = set?.pipeline ? 'ByValue' : '';
  const byName = set?.pipelineByName ? 'ByPropertyName' : '';
  const input = [pipeline, byName].filter((t) => t !== '').join(', ');
  const type = parameter.isSwitch ? '' : ` <${typeShortName(parameter.type).replace(/^.*\./, '')}>`;
  const description = help?.parameters.get(parameter.lower) ?? '';
  return [
    `-${parameter.name}${type}`,
    ...(description === '' ? [] : [indent(description)]),
    '',
    `    Required?                    ${String(set?.mandatory ?? false)}`,
    `    Position?                    ${set?.position === undefined ? 'named' : String(set.position + 1)}`,
    '    Default value                ',
    `    Accept pipeline input?       ${input === '' ? 'false' : `true (${input})`}`,
    '    Accept wildcard characters?  false',
  ].join('\n');
}

interface Wanted {
  readonly full: boolean;
  readonly detailed: boolean;
  readonly examples: boolean;
}

/** Help as the console shows it: from a command's own comment, else from its table of parameters. */
function pageOf(command: CommandInfo, help: CommentHelp | undefined, wanted: Wanted): string {
  const parts: string[] = ['', 'NAME', indent(command.name), ''];
  const add = (title: string, body: string): void => {
    if (body !== '') parts.push(title, indent(body), '', '');
  };
  const synopsis = section(help, 'synopsis') || syntaxOf(command).join('\n\n');
  add('SYNOPSIS', synopsis);
  const examples = (help?.examples ?? [])
    .map((text, i) => `-------------------------- EXAMPLE ${i + 1} --------------------------\n\n${text}\n`)
    .join('\n');
  if (wanted.examples) {
    parts.push(indent(examples), '');
    return parts.join('\n');
  }
  add('SYNTAX', syntaxOf(command).join('\n\n'));
  add('DESCRIPTION', section(help, 'description'));
  const own = (metadataOf(command)?.parameters ?? []).filter((p) => !p.isCommon);
  if (wanted.full || wanted.detailed) add('PARAMETERS', own.map((p) => parameterText(p, help)).join('\n\n'));
  if (wanted.full) {
    add('INPUTS', section(help, 'inputs'));
    add('OUTPUTS', section(help, 'outputs'));
    add('NOTES', section(help, 'notes'));
  }
  if (wanted.full || wanted.detailed) parts.push(indent(examples), '');
  add('RELATED LINKS', section(help, 'link'));
  if (!wanted.full && !wanted.detailed)
    parts.push(
      'REMARKS',
      indent(`To see the examples, type: "Get-Help ${command.name} -Examples"`),
      indent(`For more information, type: "Get-Help ${command.name} -Detailed"`),
      indent(`For technical information, type: "Get-Help ${command.name} -Full"`),
      '',
    );
  return parts.join('\n');
}

/** The object Get-Help writes: its parts, and a text that the console prints. */
function helpObject(context: CmdletContext, command: CommandInfo): Value {
  const help = commentHelp(command);
  const wanted: Wanted = {
    full: context.switch('Full'),
    detailed: context.switch('Detailed'),
    examples: context.switch('Examples'),
  };
  const text = (body: string): Value => array([customObject([['Text', body]])]);
  const own = (metadataOf(command)?.parameters ?? []).filter((p) => !p.isCommon);
  const object = customObject([
    ['Name', command.name],
    ['Category', command.kind],
    ['Synopsis', section(help, 'synopsis') || `\n${syntaxOf(command).join('\n\n')}\n`],
    ['Component', null],
    ['Role', null],
    ['Functionality', null],
    ['ModuleName', command.cmdlet ? command.cmdlet.module : (command.module?.name ?? '')],
    ['syntax', syntaxOf(command).join('\n')],
    ['description', text(section(help, 'description'))],
    [
      'parameters',
      customObject([
        [
          'parameter',
          array(
            own.map((p) =>
              customObject([
                ['name', p.name],
                ['type', customObject([['name', typeShortName(p.type)]])],
                ['description', text(help?.parameters.get(p.lower) ?? '')],
                ['required', String([...p.sets.values()][0]?.mandatory ?? false)],
              ]),
            ),
          ),
        ],
      ]),
    ],
    ['examples', array((help?.examples ?? []).map((e) => customObject([['code', e]])))],
    ['alertSet', text(section(help, 'notes'))],
  ]);
  object.typeNames = ['HelpInfo', 'System.Management.Automation.PSCustomObject', 'System.Object'];
  object.members.set({
    kind: 'CodeMethod',
    name: 'ToString',
    definition: 'string ToString()',
    call: () => pageOf(command, help, wanted).replace(/\n/g, context.host.newline),
  });
  return object;
}

export const getHelp: Cmdlet = {
  name: 'Get-Help',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.GetHelpCommand',
  defaultSet: 'AllUsersView',
  parameters: [
    { name: 'Name', type: 'string', position: 0, pipelineByName: true },
    { name: 'Path', type: 'string', pipelineByName: true },
    { name: 'Category', type: 'string[]' },
    { name: 'Full', type: 'switch', sets: ['AllUsersView'] },
    { name: 'Detailed', type: 'switch', sets: [{ set: 'DetailedView', mandatory: true }] },
    { name: 'Examples', type: 'switch', sets: [{ set: 'Examples', mandatory: true }] },
    { name: 'Parameter', type: 'string[]', sets: [{ set: 'Parameters', mandatory: true }] },
    { name: 'Online', type: 'switch', sets: [{ set: 'Online', mandatory: true }] },
    { name: 'ShowWindow', type: 'switch', sets: [{ set: 'ShowWindow', mandatory: true }] },
  ],
  start: (context) => ({
    process() {
      const name = context.string('Name') || 'Get-Help';
      const { session } = context;
      const found = hasWildcard(name)
        ? visibleCommands(session).filter((c) => wildcard(name)(c.name))
        : [session.command(name)].filter((c) => c !== undefined);
      if (found.length === 0) {
        context.error({
          id: 'HelpNotFound',
          category: 'ObjectNotFound',
          message: `Get-Help could not find ${name} in a help file in this session. To download updated help topics type: "Update-Help". To get help online, search for the help topic in the TechNet library at https://go.microsoft.com/fwlink/?LinkID=107116.`,
          exception: 'Microsoft.PowerShell.Commands.HelpNotFoundException',
          target: name,
        });
        return undefined;
      }
      if (found.length > 1) {
        for (const command of found)
          context.write(
            customObject([
              ['Name', command.name],
              ['Category', command.kind],
              ['Module', command.cmdlet ? command.cmdlet.module : (command.module?.name ?? '')],
              ['Synopsis', section(commentHelp(command), 'synopsis') || syntaxOf(command).join('\n')],
            ]),
          );
        return undefined;
      }
      const command = found[0] as CommandInfo;
      if (context.has('Parameter')) {
        const tests = context.strings('Parameter').map((p) => wildcard(p));
        const help = commentHelp(command);
        for (const p of metadataOf(command)?.parameters ?? [])
          if (!p.isCommon && tests.some((t) => t(p.name)))
            context.write(`\n${parameterText(p, help)}\n`.replace(/\n/g, context.host.newline));
        return undefined;
      }
      context.write(helpObject(context, command));
      return undefined;
    },
  }),
};

/** PowerShell's function that shows help a page at a time. */
export const help: Cmdlet = {
  ...getHelp,
  name: 'help',
  aliases: ['man'],
  module: '',
  commandType: 'Function',
};
