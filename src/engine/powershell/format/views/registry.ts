import { elementsOf } from '../../types/enumerate.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { displayText, plainText } from '../display-text.ts';
import { propertyNames, readProperty } from '../properties.ts';
import type { View } from '../view.ts';
import { columns } from '../view.ts';
import { listLines } from '../list-writer.ts';
import { hooks } from '../../types/hooks.ts';
import { ScriptError } from '../../types/error-record.ts';

const types = ['Microsoft.Win32.RegistryKey'];
const longest = 5000;

/** The values of a key as `Name : value` lines, by name. */
function values(key: Value, desktop: boolean): Value {
  const names = elementsOf(call(key, 'GetValueNames', [])) ?? [];
  const fields = names
    .map((name): [string, string] => [
      plainText(name) === '' ? '(default)' : plainText(name),
      displayText(call(key, 'GetValue', [name]), { limit: 4, desktop, table: false }),
    ])
    .sort((a, b) => (a[0].toLowerCase() < b[0].toLowerCase() ? -1 : 1));
  const text = listLines(fields, Number.MAX_SAFE_INTEGER).join('\n');
  return text.length > longest ? text.slice(0, longest) + (desktop ? '...' : '…') : text;
}
function call(key: Value, method: string, args: Value[]): Value {
  try {
    return hooks.invokeMethod(key, method, args);
  } catch (error) {
    if (error instanceof ScriptError) return null;
    throw error;
  }
}

export const registryViews: readonly View[] = [
  {
    kind: 'table',
    name: 'children',
    types,
    wrap: true,
    groupBy: {
      get: 'PSParentPath',
      heading: (value, desktop) => {
        const line = { indent: 4, text: `Hive: ${plainText(value).replace(/^.*?::/, '')}` };
        return desktop ? [line, { indent: 0, text: '' }] : [line];
      },
    },
    columns: columns({ label: 'Name', width: 30, get: 'PSChildName' }, { label: 'Property', get: values }),
  },
];

/** Properties the provider adds to an item; hidden where a list of the item's own values is wanted. */
export const isProviderProperty = (name: string): boolean =>
  /^PS(Path|ParentPath|ChildName|Drive|Provider)$/.test(name);
export const ownProperties = (value: Value): string[] =>
  propertyNames(value).filter((n) => !isProviderProperty(n) && !isNull(readProperty(value, n)));
