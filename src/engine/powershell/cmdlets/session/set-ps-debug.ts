import type { Cmdlet } from '../cmdlet.ts';

export const setPSDebug: Cmdlet = {
  name: 'Set-PSDebug',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.SetPSDebugCommand',
  defaultSet: 'on',
  parameters: [
    { name: 'Trace', type: 'int', sets: ['on'], validate: [{ kind: 'range', min: 0, max: 2 }] },
    { name: 'Step', type: 'switch', sets: ['on'] },
    { name: 'Strict', type: 'switch', sets: ['on'] },
    { name: 'Off', type: 'switch', sets: ['off'] },
  ],
  start: (context) => ({
    process() {
      if (context.switch('Strict')) context.session.globalScope.strictMode = 1;
      if (context.switch('Off')) context.session.globalScope.strictMode = 0;
      if (context.number('Trace', 0) > 0 || context.switch('Step'))
        context.fail({
          id: 'NotSupported',
          category: 'NotImplemented',
          message: 'Script tracing is not available on this device.',
          exception: 'System.Management.Automation.PSNotSupportedException',
        });
      return undefined;
    },
  }),
};
