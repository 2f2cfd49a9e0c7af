import { expandPath } from '../../providers/resolve.ts';
import { resolveType } from '../../types/registry.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { givenPaths } from '../items/targets.ts';

/** Assemblies are all there as far as their types are known; code to compile is refused, a device of the lab has no compiler. */
export const addType: Cmdlet = {
  name: 'Add-Type',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.AddTypeCommand',
  defaultSet: 'FromSource',
  parameters: [
    { name: 'TypeDefinition', type: 'string', sets: [{ set: 'FromSource', position: 0, mandatory: true }] },
    { name: 'Name', type: 'string', sets: [{ set: 'FromMember', position: 0, mandatory: true }] },
    {
      name: 'MemberDefinition',
      type: 'string[]',
      sets: [{ set: 'FromMember', position: 1, mandatory: true }],
    },
    { name: 'Namespace', type: 'string', aliases: ['NS'], allowNull: true, sets: ['FromMember'] },
    { name: 'UsingNamespace', type: 'string[]', aliases: ['Using'], sets: ['FromMember'] },
    {
      name: 'Path',
      type: 'string[]',
      sets: [{ set: 'FromPath', position: 0, mandatory: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'FromLiteralPath', mandatory: true }],
    },
    {
      name: 'AssemblyName',
      type: 'string[]',
      aliases: ['AN'],
      sets: [{ set: 'FromAssemblyName', mandatory: true }],
    },
    { name: 'Language', type: 'string', sets: ['FromSource', 'FromMember'] },
    { name: 'ReferencedAssemblies', type: 'string[]', aliases: ['RA'] },
    { name: 'OutputAssembly', type: 'string', aliases: ['OA'] },
    { name: 'OutputType', type: 'string', aliases: ['OT'] },
    { name: 'PassThru', type: 'switch' },
    { name: 'IgnoreWarnings', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      if (context.has('AssemblyName')) {
        for (const name of context.strings('AssemblyName'))
          if (!/^(System|Microsoft|Presentation|WindowsBase|mscorlib|netstandard|UIAutomation)/i.test(name))
            context.error({
              id: 'ASSEMBLY_NOT_FOUND',
              category: 'ObjectNotFound',
              message: `Cannot find path '${name}' because it does not exist.`,
              exception: 'System.Exception',
              target: name,
            });
        return undefined;
      }
      if (context.has('Path') || context.has('LiteralPath')) {
        const { paths, literal } = givenPaths(context);
        for (const path of paths) {
          const found = expandPath(context, path, { literal });
          if (!found.ok) context.error(found.error);
          else
            context.error({
              id: 'FileLoadException',
              category: 'InvalidData',
              message: `Could not load file or assembly '${path}': assemblies cannot be loaded on this device.`,
              exception: 'System.IO.FileLoadException',
              target: path,
            });
        }
        return undefined;
      }
      const name = /\b(?:class|struct|enum|interface)\s+(\w+)/.exec(context.string('TypeDefinition'))?.[1];
      if (name !== undefined && resolveType(name)) return undefined;
      context.fail({
        id: 'COMPILER_ERRORS',
        category: 'InvalidData',
        message: 'Cannot add type. C# source cannot be compiled on this device.',
        exception: 'System.InvalidOperationException',
      });
      return undefined;
    },
  }),
};
