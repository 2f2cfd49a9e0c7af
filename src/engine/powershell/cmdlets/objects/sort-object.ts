import { PSCustomObject } from '../../types/objects.ts';
import { isTrue } from '../../types/truth.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import { propertyNames } from '../../format/properties.ts';
import type { Cmdlet } from '../cmdlet.ts';
import type { SortKey } from './object-order.ts';
import { compareKeys } from './object-order.ts';
import type { PropertyArgument } from './property-argument.ts';
import { propertyArguments, singleResult } from './property-argument.ts';

/** As .NET sorts three: it shows where values of several kinds have no order that holds for all of them. */
function sortThree<T>(rows: T[], order: (a: T, b: T) => number): void {
  for (const [i, j] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const)
    if (order(rows[i] as T, rows[j] as T) > 0) [rows[i], rows[j]] = [rows[j] as T, rows[i] as T];
}

export const sortObject: Cmdlet = {
  name: 'Sort-Object',
  aliases: ['sort'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.SortObjectCommand',
  defaultSet: 'Default',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Property', type: 'object[]', position: 0 },
    { name: 'Descending', type: 'switch' },
    { name: 'Unique', type: 'switch' },
    { name: 'CaseSensitive', type: 'switch' },
    { name: 'Culture', type: 'string' },
    { name: 'Stable', type: 'switch', dialect: 'core', sets: ['Default'] },
    {
      name: 'Top',
      type: 'int',
      dialect: 'core',
      sets: [{ set: 'Top', mandatory: true }],
      validate: [{ kind: 'range', min: 1, max: 2147483647 }],
    },
    {
      name: 'Bottom',
      type: 'int',
      dialect: 'core',
      sets: [{ set: 'Bottom', mandatory: true }],
      validate: [{ kind: 'range', min: 1, max: 2147483647 }],
    },
  ],
  start(context) {
    const items: Value[] = [];
    let given = propertyArguments(context, context.list('Property'), [
      'expression',
      'ascending',
      'descending',
    ]);
    return {
      process() {
        const value = context.has('InputObject') ? context.get('InputObject') : context.input;
        if (value !== null && value !== automationNull) items.push(value);
        return undefined;
      },
      end() {
        const ignoreCase = !context.switch('CaseSensitive');
        // Custom objects have no order of their own: their properties decide.
        if (given.length === 0 && items[0] instanceof PSCustomObject)
          given = propertyNames(items[0]).map((expression): PropertyArgument => ({
            expression,
            entries: new Map(),
          }));
        const descending = (given.length === 0 ? [undefined] : given).map((argument) => {
          const down = argument?.entries.get('descending');
          const up = argument?.entries.get('ascending');
          if (down !== undefined) return isTrue(down);
          if (up !== undefined) return !isTrue(up);
          return context.switch('Descending');
        });
        const rows = items.map((item) => ({
          item,
          keys:
            given.length === 0
              ? [{ value: item, exists: true }]
              : given.map((argument): SortKey => {
                  const { value, exists } = singleResult(context, argument, item);
                  return { value, exists };
                }),
        }));
        const order = (a: (typeof rows)[number], b: (typeof rows)[number]): number =>
          compareKeys(a.keys, b.keys, descending, ignoreCase);
        if (rows.length === 3) sortThree(rows, order);
        else rows.sort(order);
        let sorted = rows;
        if (context.switch('Unique'))
          sorted = rows.filter(
            (row, i) =>
              i === 0 ||
              compareKeys((rows[i - 1] as (typeof rows)[number]).keys, row.keys, descending, ignoreCase) !==
                0,
          );
        if (context.has('Top')) sorted = sorted.slice(0, context.number('Top', 0));
        if (context.has('Bottom')) sorted = sorted.slice(-context.number('Bottom', 0));
        for (const { item } of sorted) context.write(item);
        return undefined;
      },
    };
  },
};
