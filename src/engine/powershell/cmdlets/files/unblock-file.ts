import type { Cmdlet } from '../cmdlet.ts';
import { pathParameters } from '../items/path-parameters.ts';
import { targets } from '../items/targets.ts';

/** Files of a device carry no mark of the internet zone: there is nothing to take away. */
export const unblockFile: Cmdlet = {
  name: 'Unblock-File',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.UnblockFileCommand',
  defaultSet: 'ByPath',
  shouldProcess: 'Medium',
  parameters: pathParameters(),
  start: (context) => ({
    process() {
      for (const at of targets(context)) context.shouldProcess(at.providerPath, 'Unblock-File');
      return undefined;
    },
  }),
};
