import type { Cmdlet } from './cmdlet.ts';

export const writeOutput: Cmdlet = {
  name: 'Write-Output',
  aliases: ['write', 'echo'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.WriteOutputCommand',
  parameters: [
    {
      name: 'InputObject',
      type: 'psobject[]',
      position: 0,
      mandatory: true,
      pipeline: true,
      remaining: true,
      allowNull: true,
      allowEmptyCollection: true,
    },
    { name: 'NoEnumerate', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const noEnumerate = context.switch('NoEnumerate');
      const value = context.get('InputObject');
      if (noEnumerate) context.write(value);
      else for (const item of context.list('InputObject')) context.write(item);
      return undefined;
    },
  }),
};
