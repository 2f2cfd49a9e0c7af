import type { Steps } from '../../run/steps.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { pathParameters } from './path-parameters.ts';
import { targets } from './targets.ts';

export const invokeItem: Cmdlet = {
  name: 'Invoke-Item',
  aliases: ['ii'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.InvokeItemCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    { name: 'Filter', type: 'string' },
    { name: 'Include', type: 'string[]' },
    { name: 'Exclude', type: 'string[]' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      for (const at of targets(context)) {
        if (!context.shouldProcess(`Item: ${at.providerPath}`, 'Invoke Item')) continue;
        const started = context.host.processes.start({
          file: at.providerPath,
          arguments: '',
          workingDirectory: context.session.location.fileSystemPath(),
          capture: { stdout: false, stderr: false },
          verb: 'open',
        });
        if (!started.ok)
          context.error({
            id: 'System.ComponentModel.Win32Exception',
            category: 'NotSpecified',
            message: started.error.message,
            exception: 'System.ComponentModel.Win32Exception',
            target: at.providerPath,
          });
        yield { kind: 'safepoint' };
      }
    },
  }),
};
