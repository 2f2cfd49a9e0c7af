import { readProperty } from '../../format/properties.ts';
import { expandPath } from '../../providers/resolve.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { credentialParameter, filterParameters, pathParameters } from './path-parameters.ts';
import { readProperties } from './property-access.ts';
import { givenPaths, targets } from './targets.ts';

export const getItemProperty: Cmdlet = {
  name: 'Get-ItemProperty',
  aliases: ['gp'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.GetItemPropertyCommand',
  defaultSet: 'Path',
  parameters: [
    ...pathParameters(),
    { name: 'Name', type: 'string[]', position: 1, aliases: ['PSProperty'] },
    ...filterParameters,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const names = context.has('Name') ? context.strings('Name') : undefined;
      for (const at of targets(context)) {
        const read = readProperties(context, at, names);
        if (!read.ok) {
          context.error(read.error);
          continue;
        }
        for (const missing of read.value.missing) context.error(missing);
        if (read.value.value !== undefined) context.write(read.value.value);
      }
      return undefined;
    },
  }),
};

/** Values alone. A missing property ends the command, whatever -ErrorAction says; a missing item does not. */
export const getItemPropertyValue: Cmdlet = {
  name: 'Get-ItemPropertyValue',
  aliases: ['gpv'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.GetItemPropertyValueCommand',
  defaultSet: 'Path',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: [{ set: 'Path', position: 0, pipeline: true, pipelineByName: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralPath', mandatory: true, pipelineByName: true }],
    },
    { name: 'Name', type: 'string[]', position: 1, mandatory: true, aliases: ['PSProperty'] },
    ...filterParameters,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const { paths, literal } = givenPaths(context);
      for (const path of paths) {
        const found = expandPath(context, path, { literal });
        if (!found.ok) {
          context.error(found.error);
          continue;
        }
        for (const at of found.value)
          for (const name of context.strings('Name')) {
            const read = readProperties(context, at, [name]);
            if (!read.ok) return context.fail(read.error);
            const [missing] = read.value.missing;
            if (missing)
              return context.fail(
                at.provider.name === 'FileSystem'
                  ? { ...missing, id: 'System.IO.IOException', category: 'NotSpecified' }
                  : missing,
              );
            if (read.value.value !== undefined) context.write(readProperty(read.value.value, name));
          }
      }
      return undefined;
    },
  }),
};
