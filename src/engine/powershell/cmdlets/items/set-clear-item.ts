import { addItemProperties } from '../../providers/item-properties.ts';
import { toText } from '../../types/text.ts';
import type { Cmdlet } from '../cmdlet.ts';
import {
  credentialParameter,
  filterParameters,
  forceParameter,
  passThruParameter,
  pathParameters,
} from './path-parameters.ts';
import { accepted, agreed, notSupported, targets } from './targets.ts';

export const setItem: Cmdlet = {
  name: 'Set-Item',
  aliases: ['si'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.SetItemCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    { name: 'Value', type: 'object', position: 1, pipeline: true, pipelineByName: true },
    forceParameter,
    passThruParameter,
    ...filterParameters,
    credentialParameter,
    { name: 'Options', type: 'string' },
    { name: 'Type', type: 'string' },
  ],
  start: (context) => ({
    process() {
      for (const at of targets(context, { allowMissing: true })) {
        if (!at.provider.setItem) {
          context.error(notSupported());
          continue;
        }
        const value = context.get('Value');
        if (!agreed(context, 'set', at, `Value: ${value === null ? '' : toText(value)}`)) continue;
        const done = accepted(context, at.provider.setItem(at.providerPath, value, context));
        if (done !== undefined && context.switch('PassThru'))
          context.write(addItemProperties(done, at, at.provider.isContainer(at.providerPath, context)));
      }
      return undefined;
    },
  }),
};

export const clearItem: Cmdlet = {
  name: 'Clear-Item',
  aliases: ['cli'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.ClearItemCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [...pathParameters(), forceParameter, ...filterParameters, credentialParameter],
  start: (context) => ({
    process() {
      for (const at of targets(context)) {
        if (!at.provider.clearItem) {
          context.error(notSupported());
          continue;
        }
        if (!agreed(context, 'clear', at)) continue;
        accepted(context, at.provider.clearItem(at.providerPath, context));
      }
      return undefined;
    },
  }),
};
