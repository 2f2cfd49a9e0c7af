import { hashtable } from '../../types/collections.ts';
import { toText } from '../../types/text.ts';
import { DotNetError } from '../../types/errors.ts';
import { unescapePattern } from '../../regex/escape.ts';
import type { Cmdlet } from '../cmdlet.ts';

export const convertFromStringData: Cmdlet = {
  name: 'ConvertFrom-StringData',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromStringDataCommand',
  outputTypes: ['System.Collections.Hashtable'],
  parameters: [
    {
      name: 'StringData',
      type: 'string',
      position: 0,
      mandatory: true,
      pipeline: true,
      allowEmptyString: true,
    },
    { name: 'Delimiter', type: 'char', position: 1, dialect: 'core' },
  ],
  start: (context) => ({
    process() {
      const table = hashtable();
      const delimiter = context.has('Delimiter') ? toText(context.get('Delimiter')) : '=';
      const fault = (message: string): never =>
        context.fail({
          id: 'InvalidOperation',
          category: 'InvalidOperation',
          message,
          exception: 'System.Management.Automation.PSInvalidOperationException',
        });
      let text: string;
      for (const raw of context.string('StringData').split('\n')) {
        const line = raw.trim();
        if (line === '' || line.startsWith('#')) continue;
        const at = line.indexOf(delimiter);
        if (at <= 0) return fault(`Data line '${line}' is not in 'name=value' format. `);
        const name = line.slice(0, at).trim();
        if (table.has(name)) return fault(`Data item '${name}' in line '${line}' is already defined. `);
        text = line.slice(at + delimiter.length).trim();
        try {
          table.set(name, unescapePattern(text));
        } catch (error) {
          if (!(error instanceof DotNetError)) throw error;
          return fault(error.message);
        }
      }
      context.write(table);
      return undefined;
    },
  }),
};
