import { automationNull } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';

export const getError: Cmdlet = {
  name: 'Get-Error',
  module: 'Microsoft.PowerShell.Utility',
  dialect: 'core',
  typeName: 'Microsoft.PowerShell.Commands.GetErrorCommand',
  defaultSet: 'Newest',
  parameters: [
    { name: 'InputObject', type: 'psobject', position: 0, pipeline: true, sets: ['Error'] },
    {
      name: 'Newest',
      type: 'int',
      aliases: ['Last'],
      sets: ['Newest'],
      validate: [{ kind: 'range', min: 1, max: 2147483647 }],
    },
  ],
  start: (context) => ({
    process() {
      if (context.has('InputObject') && context.get('InputObject') !== automationNull) {
        context.write(context.get('InputObject'));
        return undefined;
      }
      for (const record of context.session.errors.items.slice(0, context.number('Newest', 1)))
        context.write(record);
      return undefined;
    },
  }),
};
