import { instantOf } from '../../providers/local-time.ts';
import { expandPath, resolvePath } from '../../providers/resolve.ts';
import { leafOf } from '../../providers/paths.ts';
import { DateTimeValue } from '../../types/scalars.ts';
import { defineEnum } from '../../types/registry.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { credentialParameter, filterParameters, pathParameters } from './path-parameters.ts';
import { givenPaths, nameTest } from './targets.ts';

defineEnum('Microsoft.PowerShell.Commands.TestPathType', 'Any,Container,Leaf');

function test(context: CmdletContext, path: string, literal: boolean): boolean {
  if (path.trim() === '') return false;
  if (context.switch('IsValid')) return resolvePath(context, path).ok && !/[<>"|]/.test(path);
  const found = expandPath(context, path, { literal });
  if (!found.ok) return false;
  const named = nameTest(context);
  const type = context.string('PathType');
  const older = context.get('OlderThan');
  const newer = context.get('NewerThan');
  return found.value.some((at) => {
    if (named && !named(leafOf(at.providerPath))) return false;
    if (type === 'Leaf' && at.provider.isContainer(at.providerPath, context)) return false;
    if (type === 'Container' && !at.provider.isContainer(at.providerPath, context)) return false;
    if (older === null && newer === null) return true;
    const info = context.host.files.info(at.providerPath);
    if (!info.ok) return false;
    if (older instanceof DateTimeValue && info.value.modified >= instantOf(context.host, older)) return false;
    return !(newer instanceof DateTimeValue) || info.value.modified > instantOf(context.host, newer);
  });
}

export const testPath: Cmdlet = {
  name: 'Test-Path',
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.TestPathCommand',
  defaultSet: 'Path',
  outputTypes: ['System.Boolean'],
  parameters: [
    ...pathParameters().map((p) => ({
      ...p,
      allowEmptyString: true,
      allowNull: false,
      allowEmptyCollection: true,
    })),
    ...filterParameters,
    { name: 'PathType', type: 'Microsoft.PowerShell.Commands.TestPathType', aliases: ['Type'] },
    { name: 'IsValid', type: 'switch' },
    credentialParameter,
    { name: 'OlderThan', type: 'datetime' },
    { name: 'NewerThan', type: 'datetime' },
  ],
  start: (context) => ({
    process() {
      const { paths, literal } = givenPaths(context);
      for (const path of paths) context.write(test(context, path, literal));
      return undefined;
    },
  }),
};
