import { elementsOf } from '../../types/enumerate.ts';
import { objectText } from '../../types/text.ts';
import { displayText } from '../../format/display-text.ts';
import { propertyNames } from '../../format/properties.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { propertyArguments, resultsOf } from '../objects/property-argument.ts';
import type { PropertyArgument } from '../objects/property-argument.ts';

const encode = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');

function cells(
  context: CmdletContext,
  item: Value,
  properties: readonly PropertyArgument[],
): readonly { readonly name: string; readonly text: string }[] {
  return properties.flatMap((p) =>
    resultsOf(context, p, item).map(({ name, value }) => ({
      name,
      text: elementsOf(value)
        ? objectText(value)
        : displayText(value, { limit: -1, desktop: true, table: false }).replace(/^\{(.*)\}$/s, '$1'),
    })),
  );
}

export const convertToHtml: Cmdlet = {
  name: 'ConvertTo-Html',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToHtmlCommand',
  defaultSet: 'Page',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Property', type: 'object[]', position: 0 },
    { name: 'Body', type: 'string[]', sets: [{ set: 'Page', position: 3 }] },
    { name: 'Head', type: 'string[]', sets: [{ set: 'Page', position: 1 }] },
    { name: 'Title', type: 'string', sets: [{ set: 'Page', position: 2 }] },
    { name: 'As', type: 'string', validate: [{ kind: 'set', values: ['Table', 'List'] }] },
    { name: 'CssUri', type: 'uri', aliases: ['cu', 'uri'], sets: ['Page'] },
    { name: 'Fragment', type: 'switch', sets: ['Fragment'] },
    { name: 'PostContent', type: 'string[]' },
    { name: 'PreContent', type: 'string[]' },
    { name: 'Meta', type: 'hashtable', dialect: 'core', sets: ['Page'] },
    { name: 'Charset', type: 'string', dialect: 'core', sets: ['Page'] },
    { name: 'Transitional', type: 'switch', dialect: 'core', sets: ['Page'] },
  ],
  start(context) {
    const isList = /^list$/i.test(context.string('As'));
    let properties: readonly PropertyArgument[] | undefined;
    let rows = 0;
    const all = (names: readonly string[]): void => {
      for (const name of names) context.write(name);
    };
    const begin = (item: Value): void => {
      const given = context.list('Property');
      const list = given.length > 0 ? given : propertyNames(item);
      properties = propertyArguments(context, list as Value[], [
        'name',
        'label',
        'expression',
        'width',
        'alignment',
        'format',
      ]);
      context.write('<table>');
      if (isList) return;
      const heads = cells(context, item, properties);
      context.write(`<colgroup>${'<col/>'.repeat(heads.length)}</colgroup>`);
      context.write(`<tr>${heads.map((h) => `<th>${encode(h.name)}</th>`).join('')}</tr>`);
    };
    return {
      begin() {
        if (context.switch('Fragment')) {
          all(context.strings('PreContent'));
          return undefined;
        }
        const kind = context.switch('Transitional') ? 'Transitional' : 'Strict';
        context.write(
          `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 ${kind}//EN"  "http://www.w3.org/TR/xhtml1/DTD/xhtml1-${kind.toLowerCase()}.dtd">`,
        );
        context.write('<html xmlns="http://www.w3.org/1999/xhtml">');
        context.write('<head>');
        if (context.has('Charset')) context.write(`<meta charset="${context.string('Charset')}">`);
        if (context.has('Head')) all(context.strings('Head'));
        else context.write(`<title>${context.string('Title') || 'HTML TABLE'}</title>`);
        if (context.has('CssUri'))
          context.write(`<link rel="stylesheet" type="text/css" href="${context.string('CssUri')}" />`);
        context.write('</head><body>');
        all(context.strings('Body'));
        all(context.strings('PreContent'));
        return undefined;
      },
      process() {
        const item = context.has('InputObject') ? context.get('InputObject') : context.input;
        if (item === automationNull || item === null) return undefined;
        if (!properties) begin(item);
        const row = cells(context, item, properties as readonly PropertyArgument[]);
        if (isList) {
          if (rows > 0) context.write('<tr><td><hr></td></tr>');
          for (const cell of row)
            context.write(`<tr><td>${encode(cell.name)}:</td><td>${encode(cell.text)}</td></tr>`);
        } else context.write(`<tr>${row.map((c) => `<td>${encode(c.text)}</td>`).join('')}</tr>`);
        rows++;
        return undefined;
      },
      end() {
        if (!properties) context.write('<table>');
        context.write('</table>');
        all(context.strings('PostContent'));
        if (!context.switch('Fragment')) context.write('</body></html>');
        return undefined;
      },
    };
  },
};
