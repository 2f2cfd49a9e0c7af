import { differences } from '../../dialects/index.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { propertyNames, readProperty } from '../../format/properties.ts';
import { ascii, decodeText, utf8NoBom } from '../../providers/encoding.ts';
import { expandPath } from '../../providers/resolve.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { PSCustomObject } from '../../types/objects.ts';
import { currentCulture } from '../../types/dotnet/culture-data.ts';
import { objectText, toText } from '../../types/text.ts';
import { typeNamesOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull } from '../../types/value.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { encodingArgument, encodingParameter } from '../content/encoding-argument.ts';
import { appendText, openText } from '../content/out-file.ts';
import type { OpenFile } from '../content/out-file.ts';
import { givenPaths } from '../items/targets.ts';
import type { CsvStyle } from './csv-text.ts';
import { csvField, CsvReader } from './csv-text.ts';

const utility = 'Microsoft.PowerShell.Utility';

function delimiterOf(context: CmdletContext): string {
  if (context.has('Delimiter')) return toText(context.get('Delimiter'));
  return context.switch('UseCulture') ? (currentCulture().listSeparator ?? ',') : ',';
}
function styleOf(context: CmdletContext): CsvStyle {
  return {
    delimiter: delimiterOf(context),
    quotes: (context.string('UseQuotes') || 'Always') as CsvStyle['quotes'],
    quoteFields: context.has('QuoteFields')
      ? new Set(context.strings('QuoteFields').map((n) => n.toLowerCase()))
      : undefined,
  };
}

function columnsOf(context: CmdletContext, item: Value): string[] {
  if (item instanceof DictionaryValue && !differences.csv.dictionaries.desktopIn(context.dialect))
    return item.keys().map((k) => toText(k));
  return propertyNames(item);
}
function cell(item: Value, name: string): Value {
  if (item instanceof DictionaryValue && item.has(name)) return item.get(name) ?? null;
  return readProperty(item, name);
}
/** In the current culture, as `.ToString()` gives it. */
const cellText = (value: Value): string =>
  value instanceof PSCustomObject ? toText(value) : objectText(value);

function row(item: Value, columns: readonly string[], style: CsvStyle): string {
  return columns
    .map((name) => {
      const value = cell(item, name);
      // Null is an empty field; what a calculated property does not give is an empty text.
      return value === null ? '' : csvField(cellText(value), name, style);
    })
    .join(style.delimiter);
}
const head = (columns: readonly string[], style: CsvStyle): string =>
  columns.map((name) => csvField(name, name, style)).join(style.delimiter);

/** Windows PowerShell writes the type unless told not to; PowerShell 7 only where asked. */
const wantsType = (context: CmdletContext): boolean =>
  differences.csv.typeLine.desktopIn(context.dialect)
    ? !context.switch('NoTypeInformation')
    : context.switch('IncludeTypeInformation');
const typeLine = (item: Value): string => `#TYPE ${typeNamesOf(item)[0] ?? 'System.Object'}`;

const writing: readonly CmdletParameter[] = [
  {
    name: 'InputObject',
    type: 'psobject',
    mandatory: true,
    pipeline: true,
    pipelineByName: true,
    position: 0,
  },
  {
    name: 'Delimiter',
    type: 'char',
    position: 1,
    sets: ['Delimiter', 'DelimiterPath', 'DelimiterLiteralPath'],
  },
  { name: 'UseCulture', type: 'switch', sets: ['UseCulture', 'CulturePath', 'CultureLiteralPath'] },
  { name: 'IncludeTypeInformation', type: 'switch', aliases: ['ITI'], dialect: 'core' },
  { name: 'NoTypeInformation', type: 'switch', aliases: ['NTI'] },
  { name: 'QuoteFields', type: 'string[]', aliases: ['QF'], dialect: 'core' },
  {
    name: 'UseQuotes',
    type: 'string',
    aliases: ['UQ'],
    dialect: 'core',
    validate: [{ kind: 'set', values: ['Never', 'Always', 'AsNeeded'] }],
  },
  { name: 'NoHeader', type: 'switch', dialect: 'core' },
];

export const convertToCsv: Cmdlet = {
  name: 'ConvertTo-Csv',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.ConvertToCsvCommand',
  defaultSet: 'Delimiter',
  parameters: writing.map((p) => ({ ...p, ...(p.sets ? { sets: [p.sets[0] as string] } : {}) })),
  start(context) {
    const style = styleOf(context);
    let columns: string[] | undefined;
    return {
      process() {
        const item = context.get('InputObject');
        if (isNull(item)) return undefined;
        if (!columns) {
          columns = columnsOf(context, item);
          if (wantsType(context)) context.write(typeLine(item));
          if (!context.switch('NoHeader')) context.write(head(columns, style));
        }
        context.write(row(item, columns, style));
        return undefined;
      },
    };
  },
};

export const exportCsv: Cmdlet = {
  name: 'Export-Csv',
  aliases: ['epcsv'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.ExportCsvCommand',
  defaultSet: 'Delimiter',
  shouldProcess: 'Medium',
  parameters: [
    ...writing.map((p) => {
      if (p.name === 'InputObject') {
        const { position: _position, ...rest } = p;
        return rest;
      }
      return { ...p, ...(p.sets ? { sets: [p.sets[0] as string] } : {}) };
    }),
    { name: 'Path', type: 'string', position: 0 },
    { name: 'LiteralPath', type: 'string', aliases: ['PSPath', 'LP'] },
    { name: 'Force', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    encodingParameter,
    { name: 'Append', type: 'switch' },
  ],
  start(context) {
    const style = styleOf(context);
    let columns: string[] | undefined;
    let file: OpenFile | undefined;
    let text = '';
    const { newline } = context.host;
    return {
      begin() {
        const literal = context.has('LiteralPath');
        const given = context.string(literal ? 'LiteralPath' : 'Path');
        if (given === '')
          return context.fail({
            id: 'CannotSpecifyPathAndLiteralPath',
            category: 'InvalidData',
            message: 'You must specify either the -Path or -LiteralPath parameters, but not both.',
            exception: 'System.InvalidOperationException',
          });
        if (!context.shouldProcess(given, 'Export-Csv')) return undefined;
        file = openText(context, given, {
          literal,
          append: context.switch('Append'),
          fallback: differences.csv.encoding.desktopIn(context.dialect) ? ascii : utf8NoBom,
          keepMark: true,
        });
        if (context.switch('Append')) {
          const known = context.host.files.read(file.path);
          if (known.ok && known.value !== '') {
            const reader = new CsvReader(decodeText(known.value, file.encoding), style.delimiter);
            if (reader.peekLine()?.startsWith('#TYPE')) reader.line();
            columns = reader.record();
            if (!/[\r\n]$/.test(known.value)) text += newline;
          }
        }
        return undefined;
      },
      process() {
        const item = context.get('InputObject');
        if (isNull(item) || !file) return undefined;
        if (!columns) {
          columns = columnsOf(context, item);
          if (wantsType(context)) text += typeLine(item) + newline;
          if (!context.switch('NoHeader')) text += head(columns, style) + newline;
        } else if (context.switch('Append') && !context.switch('Force')) {
          const own = new Set(columnsOf(context, item).map((n) => n.toLowerCase()));
          const missing = columns.find((n) => !own.has(n.toLowerCase()));
          if (missing !== undefined)
            return context.fail({
              id: 'CannotAppendCsvWithMismatchedPropertyNames',
              category: 'InvalidData',
              message: `Cannot append CSV content to the following file: ${file.path}. The appended object does not have a property that corresponds to the following column: ${missing}. To continue with mismatched properties, add the -Force parameter, and then retry the command.`,
              exception: 'System.InvalidOperationException',
              target: missing,
            });
        }
        text += row(item, columns, style) + newline;
        return undefined;
      },
      end() {
        if (file) appendText(context, file, text);
        return undefined;
      },
    };
  },
};

/** Objects of a csv text, written as they are read. */
function readObjects(context: CmdletContext, text: string): void {
  const reader = new CsvReader(text, delimiterOf(context));
  let type: string | undefined;
  let header = context.has('Header') ? context.strings('Header') : undefined;
  for (let line = reader.peekLine(); line !== undefined; line = reader.peekLine()) {
    if (/^#TYPE\s/i.test(line)) type = line.slice(5).trim();
    else if (
      line.trim() !== '' &&
      !(line.startsWith('#') && !differences.csv.comments.desktopIn(context.dialect) && !header)
    )
      break;
    reader.line();
  }
  if (!header) {
    header = reader.record();
    if (!header) return;
    let missing = 0;
    const names = header.map((name) => (name === '' ? `H${++missing}` : name));
    if (missing > 0)
      context.warning(
        'One or more headers were not specified. Default names starting with "H" have been used in place of any missing headers.',
      );
    header = names;
    const seen = new Set<string>();
    for (const name of header) {
      if (seen.has(name.toLowerCase()))
        context.fail({
          id: 'AlreadyPresentPSMemberInfoInternalCollectionAdd',
          category: 'NotSpecified',
          message: `The member "${name}" is already present.`,
          exception: 'System.Management.Automation.ExtendedTypeSystemException',
        });
      seen.add(name.toLowerCase());
    }
  }
  for (let fields = reader.record(); fields; fields = reader.record()) {
    const object = new PSCustomObject();
    for (let i = 0; i < header.length; i++)
      object.members.set({ kind: 'NoteProperty', name: header[i] as string, value: fields[i] ?? null });
    if (type !== undefined && type !== '') object.typeNames = [type, `CSV:${type}`];
    context.write(object);
  }
}

const reading: readonly CmdletParameter[] = [
  { name: 'Delimiter', type: 'char', position: 1 },
  { name: 'UseCulture', type: 'switch' },
  { name: 'Header', type: 'string[]' },
];

export const convertFromCsv: Cmdlet = {
  name: 'ConvertFrom-Csv',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromCsvCommand',
  parameters: [
    {
      name: 'InputObject',
      type: 'psobject[]',
      position: 0,
      mandatory: true,
      pipeline: true,
      pipelineByName: true,
      allowNull: true,
      allowEmptyString: true,
    },
    ...reading,
  ],
  start(context) {
    const lines: string[] = [];
    return {
      process() {
        for (const item of context.list('InputObject'))
          if (item !== automationNull && item !== null) lines.push(toText(item));
        return undefined;
      },
      end() {
        readObjects(context, lines.join('\n'));
        return undefined;
      },
    };
  },
};

export const importCsv: Cmdlet = {
  name: 'Import-Csv',
  aliases: ['ipcsv'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.ImportCsvCommand',
  defaultSet: 'DelimiterPath',
  parameters: [
    { name: 'Path', type: 'string[]', position: 0, pipeline: true, pipelineByName: true },
    { name: 'LiteralPath', type: 'string[]', aliases: ['PSPath', 'LP'], pipelineByName: true },
    ...reading,
    encodingParameter,
  ],
  start: (context) => ({
    process() {
      const { paths, literal } = givenPaths(context);
      for (const path of paths) {
        const found = expandPath(context, path, { literal, allowMissing: true });
        if (!found.ok) {
          context.error(found.error);
          continue;
        }
        for (const at of found.value) {
          const content = context.host.files.read(at.providerPath);
          if (content.ok) {
            readObjects(
              context,
              // UTF-8 in both dialects (about_Character_Encoding).
              decodeText(content.value as Bytes, encodingArgument(context, utf8NoBom)),
            );
            continue;
          }
          const missing = content.error.code === 'not-found';
          context.fail({
            id: 'FileOpenFailure',
            category: 'OpenError',
            message: missing ? `Could not find file '${at.providerPath}'.` : content.error.message,
            exception: missing
              ? 'System.IO.FileNotFoundException'
              : content.error.code === 'parent-not-found'
                ? 'System.IO.DirectoryNotFoundException'
                : 'System.IO.IOException',
          });
        }
      }
      return undefined;
    },
  }),
};
