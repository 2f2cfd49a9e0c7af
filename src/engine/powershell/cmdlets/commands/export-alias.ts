import { aliasCommand } from '../../providers/alias.ts';
import { expandPath } from '../../providers/resolve.ts';
import { AliasInfo } from '../../run/scope.ts';
import { decodeText } from '../../providers/encoding.ts';
import { dateText } from '../../format/date-text.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { appendText, openText, outFileEncoding } from '../content/out-file.ts';
import { givenPaths } from '../items/targets.ts';
import { localNow } from '../time/get-date.ts';
import { scopeOf } from '../variables/variable-cmdlets.ts';
import { visible } from './alias-cmdlets.ts';

const module = 'Microsoft.PowerShell.Utility';

/** The one file a path means; a pattern that means several is refused. */
function oneFile(context: CmdletContext, many: { readonly id: string; readonly message: string }): string {
  const { paths, literal } = givenPaths(context);
  const [given = ''] = paths;
  const found = expandPath(context, given, { literal });
  if (found.ok && found.value.length > 1)
    context.fail({
      ...many,
      category: 'InvalidArgument',
      exception: 'System.Management.Automation.PSInvalidOperationException',
    });
  return found.ok && found.value[0] ? found.value[0].providerPath : given;
}
const quoted = (text: string): string => `"${text.replace(/"/g, '""')}"`;

export const exportAlias: Cmdlet = {
  name: 'Export-Alias',
  aliases: ['epal'],
  module,
  typeName: 'Microsoft.PowerShell.Commands.ExportAliasCommand',
  defaultSet: 'ByPath',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'Path', type: 'string', sets: [{ set: 'ByPath', position: 0, mandatory: true }] },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'ByLiteralPath', mandatory: true, pipelineByName: true }],
    },
    { name: 'Name', type: 'string[]', position: 1, pipelineByName: true },
    { name: 'PassThru', type: 'switch' },
    { name: 'As', type: 'string', validate: [{ kind: 'set', values: ['Csv', 'Script'] }] },
    { name: 'Append', type: 'switch' },
    { name: 'Force', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    { name: 'Description', type: 'string' },
    { name: 'Scope', type: 'string' },
  ],
  start: (context) => ({
    end() {
      const { host } = context;
      const tests = (context.has('Name') ? context.strings('Name') : ['*']).map((n) => wildcard(n));
      const found = visible(context).filter((a) => tests.some((t) => t(a.name)));
      const path = oneFile(context, {
        id: 'ReadWriteMultipleFilesNotSupported',
        message:
          'Cannot perform operation because the path resolved to more than one file. This command cannot operate on multiple files.',
      });
      const file = openText(context, path, {
        literal: true,
        append: context.switch('Append'),
        fallback: outFileEncoding(context),
      });
      const { name, newline } = { name: host.computer.name, newline: host.newline };
      const lines = [
        '# Alias File',
        `# Exported by : ${host.identity.name.replace(/^.*\\/, '')}`,
        `# Date/Time : ${dateText(localNow(host))}`,
        `# Computer : ${name}`,
        ...context
          .string('Description')
          .split(/\r?\n/)
          .filter((line) => line !== '')
          .map((line) => `# ${line}`),
      ];
      const script = context.string('As').toLowerCase() === 'script';
      for (const alias of found) {
        const parts = [alias.name, alias.definition, alias.description, alias.options].map(quoted);
        lines.push(
          script
            ? `set-alias -Name:${parts[0]} -Value:${parts[1]} -Description:${parts[2]} -Option:${parts[3]}`
            : parts.join(','),
        );
        if (context.switch('PassThru')) context.write(aliasCommand(alias));
      }
      appendText(context, file, lines.map((line) => line + newline).join(''));
      return undefined;
    },
  }),
};

/** The four fields of a line of CSV; undefined where it has another number of them. */
function fields(line: string): string[] | undefined {
  const found: string[] = [];
  const part = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(,|$)/gy;
  for (;;) {
    const match = part.exec(line);
    if (!match) return undefined;
    found.push(match[1] === undefined ? (match[2] as string) : match[1].replace(/""/g, '"'));
    if (match[3] === '') break;
  }
  return found.length === 4 ? found : undefined;
}

export const importAlias: Cmdlet = {
  name: 'Import-Alias',
  aliases: ['ipal'],
  module,
  typeName: 'Microsoft.PowerShell.Commands.ImportAliasCommand',
  defaultSet: 'ByPath',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Path',
      type: 'string',
      sets: [{ set: 'ByPath', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'ByLiteralPath', mandatory: true, pipelineByName: true }],
    },
    { name: 'Scope', type: 'string' },
    { name: 'PassThru', type: 'switch' },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { session, host } = context;
      const scope = scopeOf(context) ?? session.frame.scope;
      const path = oneFile(context, {
        id: 'NotSupported',
        message:
          'Cannot perform operation because the path resolved to more than one file. This command cannot operate on multiple files.',
      });
      const content = host.files.read(path);
      if (!content.ok)
        return context.fail({
          id: 'FileOpenFailure',
          category: 'OpenError',
          message: content.error.message,
          exception: 'System.IO.FileNotFoundException',
          target: path,
        });
      const lines = decodeText(content.value, outFileEncoding(context)).split(/\r?\n/);
      for (const [i, line] of lines.entries()) {
        if (line.trim() === '' || line.startsWith('#')) continue;
        const parts = fields(line);
        if (!parts)
          return context.fail({
            id: 'ImportAliasFileFormatError',
            category: 'ReadError',
            message: `Cannot import the alias because line number ${i + 1} in the file '${path}' is not a properly formatted, comma-separated values (CSV) line for aliases. Change the line to contain four values separated by commas. If the value text itself contains a comma, then the value must be contained in quotation marks. The first value must be the alias name.`,
            exception: 'System.FormatException',
            target: path,
          });
        const [name, definition, description, options] = parts as [string, string, string, string];
        const lower = name.toLowerCase();
        const known = context.has('Scope') ? scope.aliases?.get(lower) : scope.findAlias(lower);
        if (known && !context.switch('Force')) {
          context.error({
            id: 'AliasAlreadyExists',
            category: 'ResourceExists',
            message: `The alias is not allowed, because an alias with the name '${name}' already exists.`,
            exception: 'System.Management.Automation.SessionStateException',
            target: name,
          });
          continue;
        }
        if (!context.shouldProcess(`Name: ${name} Value: ${definition}`, 'Import Alias')) continue;
        const made = new AliasInfo(name, definition, options === '' ? 'None' : options);
        made.description = description;
        (scope.aliases ??= new Map()).set(lower, made);
        session.commandVersion++;
        if (context.switch('PassThru')) context.write(aliasCommand(made));
      }
      return undefined;
    },
  }),
};
