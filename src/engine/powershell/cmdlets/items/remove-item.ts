import type { Steps } from '../../run/steps.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { askToContinue } from './ask.ts';
import { credentialParameter, filterParameters, forceParameter, pathParameters } from './path-parameters.ts';
import { accepted, agreed, notSupported, targets } from './targets.ts';

export const removeItem: Cmdlet = {
  name: 'Remove-Item',
  aliases: ['ri', 'rm', 'rmdir', 'del', 'erase', 'rd'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.RemoveItemCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    ...filterParameters,
    { name: 'Recurse', type: 'switch' },
    forceParameter,
    credentialParameter,
    { name: 'Stream', type: 'string[]' },
  ],
  start(context) {
    let always: boolean | undefined;
    return {
      *process(): Steps<void> {
        for (const at of targets(context)) {
          const { provider, providerPath } = at;
          if (!provider.removeItem) {
            context.error(notSupported());
            continue;
          }
          const recurse = context.switch('Recurse');
          if (!recurse && provider.isContainer(providerPath, context)) {
            const names = provider.childNames(providerPath, context);
            if (names.ok && names.value.length > 0 && always !== true) {
              if (always === false) continue;
              const answer = yield* askToContinue(
                context,
                'Confirm',
                `The item at ${at.path} has children and the Recurse parameter was not specified. If you continue, all children will be removed with the item. Are you sure you want to continue?`,
              );
              if (answer === 'yes-to-all') always = true;
              if (answer === 'no-to-all') always = false;
              if (answer === 'no' || answer === 'no-to-all') continue;
            }
          }
          if (!agreed(context, 'remove', at)) continue;
          accepted(context, provider.removeItem(providerPath, true, context.switch('Force'), context));
        }
      },
    };
  },
};
