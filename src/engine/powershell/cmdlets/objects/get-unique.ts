import { compareText } from '../../types/compare.ts';
import { toText } from '../../types/text.ts';
import { typeNamesOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { compareValues } from './object-order.ts';

export const getUnique: Cmdlet = {
  name: 'Get-Unique',
  aliases: ['gu'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.GetUniqueCommand',
  defaultSet: 'AsString',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'AsString', type: 'switch', sets: ['AsString'] },
    { name: 'OnType', type: 'switch', sets: ['UniqueByType'] },
    { name: 'CaseInsensitive', type: 'switch', dialect: 'core' },
  ],
  start(context) {
    let last: Value | undefined;
    const ignoreCase = context.switch('CaseInsensitive');
    const same = (a: Value, b: Value): boolean => {
      if (context.switch('OnType')) return typeNamesOf(a)[0] === typeNamesOf(b)[0];
      if (context.switch('AsString')) return compareText(toText(a), toText(b), ignoreCase) === 0;
      return compareValues(a, b, ignoreCase) === 0;
    };
    return {
      process() {
        const item = context.has('InputObject') ? context.get('InputObject') : context.input;
        if (item === automationNull) return undefined;
        if (last !== undefined && same(last, item)) return undefined;
        last = item;
        context.write(item);
        return undefined;
      },
    };
  },
};
