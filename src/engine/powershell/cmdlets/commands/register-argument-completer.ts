import { completersOf } from '../../completion/completers.ts';
import type { Cmdlet } from '../cmdlet.ts';

export const registerArgumentCompleter: Cmdlet = {
  name: 'Register-ArgumentCompleter',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.RegisterArgumentCompleterCommand',
  defaultSet: 'NativeCommandSet',
  parameters: [
    {
      name: 'Native',
      type: 'switch',
      sets: ['NativeCommandSet'],
    },
    {
      name: 'CommandName',
      type: 'string[]',
      sets: [{ set: 'NativeCommandSet', mandatory: true }, 'PowerShellCommandSet'],
    },
    { name: 'ParameterName', type: 'string', sets: [{ set: 'PowerShellCommandSet', mandatory: true }] },
    { name: 'ScriptBlock', type: 'scriptblock', mandatory: true, allowNull: true },
  ],
  start: (context) => ({
    end() {
      const block = context.block('ScriptBlock');
      const completers = completersOf(context.session);
      const names = context.has('CommandName') ? context.strings('CommandName') : [''];
      for (const name of names) {
        const key = `${name}|${context.string('ParameterName')}`.toLowerCase();
        if (block) completers.set(key, block);
        else completers.delete(key);
      }
      return undefined;
    },
  }),
};
