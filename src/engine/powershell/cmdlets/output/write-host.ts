import { differences } from '../../dialects/index.ts';
import { DictionaryEntryValue, DictionaryValue } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { defineEnum, resolveType } from '../../types/registry.ts';
import { DateTimeValue } from '../../types/scalars.ts';
import { objectText, toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';

const colourType = 'System.ConsoleColor';
if (!resolveType(colourType))
  defineEnum(
    colourType,
    'Black,DarkBlue,DarkGreen,DarkCyan,DarkRed,DarkMagenta,DarkYellow,Gray,DarkGray,Blue,Green,Cyan,Red,Magenta,Yellow,White',
  );

/** Text of an object; the elements of collections are joined with the separator, however deep. */
function hostText(value: Value, separator: string, desktop: boolean): string {
  if (isNull(value)) return '';
  if (value instanceof DictionaryValue)
    return Array.from(value.entries.values(), (e) => toText(new DictionaryEntryValue(e.key, e.value))).join(
      separator,
    );
  const elements = typeof value === 'string' ? undefined : elementsOf(value);
  if (elements) return elements.map((v) => hostText(v, separator, desktop)).join(separator);
  // In the current culture, as ToString() gives it.
  return value instanceof DateTimeValue ? objectText(value) : toText(value);
}

export const writeHost: Cmdlet = {
  name: 'Write-Host',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.WriteHostCommand',
  parameters: [
    {
      name: 'Object',
      type: 'object',
      position: 0,
      pipeline: true,
      remaining: true,
      aliases: ['Msg', 'Message'],
      allowNull: true,
    },
    { name: 'NoNewline', type: 'switch' },
    { name: 'Separator', type: 'object' },
    { name: 'ForegroundColor', type: colourType },
    { name: 'BackgroundColor', type: colourType },
  ],
  start: (context) => ({
    process() {
      const separator = context.has('Separator') ? hostText(context.get('Separator'), ' ', false) : ' ';
      const text = context.has('Object')
        ? hostText(
            context.get('Object'),
            separator,
            differences.format.writeHostDictionary.desktopIn(context.dialect),
          )
        : '';
      context.hostText(text, {
        noNewline: context.switch('NoNewline'),
        ...(context.has('ForegroundColor') ? { foreground: toText(context.get('ForegroundColor')) } : {}),
        ...(context.has('BackgroundColor') ? { background: toText(context.get('BackgroundColor')) } : {}),
      });
      return undefined;
    },
  }),
};
