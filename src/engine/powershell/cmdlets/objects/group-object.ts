import { differences } from '../../dialects/index.ts';
import { arrayList, hashtable } from '../../types/collections.ts';
import { psCollection } from '../../types/collection-methods.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull } from '../../types/value.ts';
import { displayText } from '../../format/display-text.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { compareValues } from './object-order.ts';
import { propertyArguments, singleResult } from './property-argument.ts';
import { makeRecord, recordType } from './record-type.ts';

const infoType = recordType(
  'Microsoft.PowerShell.Commands.GroupInfo',
  'Count:int Group:System.Collections.ObjectModel.Collection[psobject] Name:string Values:System.Collections.ArrayList',
);
const noElement = recordType(
  'Microsoft.PowerShell.Commands.GroupInfoNoElement',
  'Count:int Name:string Values:System.Collections.ArrayList Group:System.Collections.ObjectModel.Collection[psobject]',
  {
    baseType: infoType,
  },
);

interface Group {
  readonly values: readonly Value[];
  readonly items: Value[];
}

const keyText = (value: Value): string =>
  isNull(value) ? '' : displayText(value, { limit: -1, desktop: false, table: false });

export const groupObject: Cmdlet = {
  name: 'Group-Object',
  aliases: ['group'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.GroupObjectCommand',
  defaultSet: 'HashTable',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Property', type: 'object[]', position: 0 },
    { name: 'NoElement', type: 'switch' },
    { name: 'AsHashTable', type: 'switch', aliases: ['AHT'] },
    { name: 'AsString', type: 'switch' },
    { name: 'CaseSensitive', type: 'switch' },
    { name: 'Culture', type: 'string' },
  ],
  start(context) {
    const given = propertyArguments(context, context.list('Property'), ['expression']);
    const ignoreCase = !context.switch('CaseSensitive');
    const groups: Group[] = [];
    const byText = new Map<string, Group[]>();
    return {
      begin() {
        if (context.switch('AsString') && !context.switch('AsHashTable'))
          context.fail({
            id: 'ArgumentException',
            category: 'InvalidArgument',
            message:
              'The command cannot be run because the AsString parameter requires that you specify the AsHashtable parameter.',
            exception: 'System.ArgumentException',
            target: true,
          });
        return undefined;
      },
      process() {
        const item = context.has('InputObject') ? context.get('InputObject') : context.input;
        if (item === null || item === automationNull) return undefined;
        const values =
          given.length === 0 ? [item] : given.map((argument) => singleResult(context, argument, item).value);
        const text = values.map((v) => (ignoreCase ? toText(v).toLowerCase() : toText(v))).join('\0');
        const bucket = byText.get(text);
        const same = bucket?.find((group) =>
          group.values.every((v, i) => compareValues(v, values[i] as Value, ignoreCase) === 0),
        );
        if (same) {
          same.items.push(item);
          return undefined;
        }
        const group: Group = { values, items: [item] };
        groups.push(group);
        if (bucket) bucket.push(group);
        else byText.set(text, [group]);
        return undefined;
      },
      end() {
        if (context.switch('AsHashTable')) {
          if (groups.length === 0) return undefined;
          const table = hashtable();
          for (const { values, items } of groups) {
            const key =
              values.length === 1 && !context.switch('AsString')
                ? (values[0] as Value)
                : values.map((v) => toText(v)).join(', ');
            table.set(key ?? '', psCollection(items));
          }
          context.write(table);
          return undefined;
        }
        if (!differences.commands.groupOrder.desktopIn(context.dialect))
          groups.sort((a, b) => {
            for (let i = 0; i < a.values.length; i++) {
              const order = compareValues(a.values[i] as Value, b.values[i] as Value, ignoreCase);
              if (order !== 0) {
                // What is missing comes last here.
                if (isNull(a.values[i] as Value)) return 1;
                if (isNull(b.values[i] as Value)) return -1;
                return order;
              }
            }
            return 0;
          });
        const withElements = !context.switch('NoElement');
        for (const { values, items } of groups)
          context.write(
            makeRecord(withElements ? infoType : noElement, {
              Count: items.length,
              Group: psCollection(withElements ? items : []),
              Name: values.map(keyText).join(', '),
              Values: arrayList([...values]),
            }),
          );
        return undefined;
      },
    };
  },
};
