import type { Cmdlet } from '../cmdlet.ts';
import { credentialParameter, filterParameters, forceParameter, pathParameters } from './path-parameters.ts';
import { targets, writeItem } from './targets.ts';

export const getItem: Cmdlet = {
  name: 'Get-Item',
  aliases: ['gi'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.GetItemCommand',
  defaultSet: 'Path',
  parameters: [
    ...pathParameters(),
    ...filterParameters,
    forceParameter,
    credentialParameter,
    { name: 'Stream', type: 'string[]' },
  ],
  start: (context) => ({
    process() {
      for (const at of targets(context)) writeItem(context, at);
      return undefined;
    },
  }),
};
