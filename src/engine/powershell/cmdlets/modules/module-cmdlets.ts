import { differences } from '../../dialects/index.ts';
import { expandPath } from '../../providers/resolve.ts';
import { callBlock } from '../../run/invoke.ts';
import { ModuleValue } from '../../run/module.ts';
import type { Steps } from '../../run/steps.ts';
import { compareText } from '../../types/compare.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { givenPaths } from '../items/targets.ts';
import { readDataFile } from './data-file.ts';
import { installedModules } from './find-module.ts';
import { emptyModule, moduleFrame, removeFrom } from './module-scope.ts';

const core = 'Microsoft.PowerShell.Core';

/** Modules of the interpreter's own cmdlets, as they are listed once loaded. */
function builtInModules(context: CmdletContext): ModuleValue[] {
  const names = new Set<string>();
  for (const info of context.session.cmdletTable.values()) {
    const name = info.cmdlet?.module ?? '';
    if (name.startsWith('Microsoft.PowerShell.') && name !== core) names.add(name);
  }
  const known =
    (context.session.state.get('built-in-modules') as Map<string, ModuleValue> | undefined) ??
    new Map<string, ModuleValue>();
  context.session.state.set('built-in-modules', known);
  return [...names].sort().map((name) => {
    let module = known.get(name);
    if (!module) {
      module = emptyModule(context.session, name, '');
      module.moduleType = 'Manifest';
      module.version = differences.engine.builtInModuleVersion.desktopIn(context.dialect)
        ? '3.1.0.0'
        : '7.0.0.0';
      for (const info of context.session.cmdletTable.values())
        if (info.cmdlet?.module === name) module.functions.set(info.name.toLowerCase(), info);
      known.set(name, module);
    }
    return module;
  });
}

export const getModule: Cmdlet = {
  name: 'Get-Module',
  aliases: ['gmo'],
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.GetModuleCommand',
  defaultSet: 'Loaded',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      sets: [
        { set: 'Loaded', position: 0, pipeline: true },
        { set: 'Available', position: 0, pipeline: true },
      ],
    },
    { name: 'FullyQualifiedName', type: 'hashtable[]', pipelineByName: true },
    { name: 'All', type: 'switch', sets: ['Loaded', 'Available'] },
    { name: 'ListAvailable', type: 'switch', sets: [{ set: 'Available', mandatory: true }] },
    { name: 'PSEdition', type: 'string', sets: ['Available'] },
    { name: 'Refresh', type: 'switch', sets: ['Available'] },
    { name: 'SkipEditionCheck', type: 'switch', dialect: 'core', sets: ['Available'] },
  ],
  start: (context) => ({
    process() {
      const tests = context.strings('Name').map((n) => wildcard(n));
      const wanted = (name: string): boolean => tests.length === 0 || tests.some((t) => t(name));
      const { session } = context;
      if (context.switch('ListAvailable')) {
        for (const file of installedModules(context)) {
          if (!wanted(file.name)) continue;
          const module = emptyModule(session, file.name, file.path);
          if (file.kind === 'manifest') {
            module.moduleType = 'Manifest';
            const read = readDataFile(context, file.path);
            if (read.kind === 'data') {
              const manifest = read.table;
              module.version = toText(manifest.get('ModuleVersion') ?? '0.0');
              module.description = toText(manifest.get('Description') ?? '');
              if (manifest.has('RootModule')) module.moduleType = 'Script';
            }
          }
          context.write(module);
        }
        for (const module of builtInModules(context)) if (wanted(module.name)) context.write(module);
        return undefined;
      }
      const loaded = [...session.modules.values(), ...builtInModules(context)];
      loaded.sort((a, b) => compareText(a.name, b.name, true));
      for (const module of loaded) if (wanted(module.name)) context.write(module);
      return undefined;
    },
  }),
};

export const removeModule: Cmdlet = {
  name: 'Remove-Module',
  aliases: ['rmo'],
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.RemoveModuleCommand',
  defaultSet: 'Name',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      sets: [{ set: 'Name', position: 0, mandatory: true, pipeline: true }],
    },
    {
      name: 'FullyQualifiedName',
      type: 'hashtable[]',
      sets: [{ set: 'FullyQualifiedName', position: 0, mandatory: true, pipeline: true }],
    },
    {
      name: 'ModuleInfo',
      type: 'psmoduleinfo[]',
      sets: [{ set: 'ModuleInfo', position: 0, mandatory: true, pipeline: true }],
    },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const { session } = context;
      const found: ModuleValue[] = [];
      for (const name of context.strings('Name')) {
        const test = wildcard(name.replace(/^.*[\\/]/, '').replace(/\.ps[md]1$/i, ''));
        const some = [...session.modules.values()].filter((m) => test(m.name));
        found.push(...some);
        if (some.length === 0 && !hasWildcard(name))
          context.error({
            id: 'Modules_NoModulesRemoved',
            category: 'ResourceUnavailable',
            message:
              'No modules were removed. Verify that the specification of modules to remove is correct and those modules exist in the runspace.',
            exception: 'System.InvalidOperationException',
          });
      }
      for (const value of context.list('ModuleInfo')) if (value instanceof ModuleValue) found.push(value);
      for (const module of found) {
        if (!context.shouldProcess(module.name, 'Remove-Module')) continue;
        if (module.onRemove instanceof ScriptBlockValue)
          yield* callBlock(session, module.onRemove, [module], moduleFrame(session, module));
        removeFrom(session, module, session.frame.scope);
      }
    },
  }),
};

export const exportModuleMember: Cmdlet = {
  name: 'Export-ModuleMember',
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.ExportModuleMemberCommand',
  parameters: [
    {
      name: 'Function',
      type: 'string[]',
      position: 0,
      pipeline: true,
      pipelineByName: true,
      allowEmptyCollection: true,
    },
    { name: 'Cmdlet', type: 'string[]', pipelineByName: true, allowEmptyCollection: true },
    { name: 'Variable', type: 'string[]', pipelineByName: true },
    { name: 'Alias', type: 'string[]', pipelineByName: true },
  ],
  start: (context) => ({
    process() {
      const { module } = context.session.frame.scope;
      if (!module)
        return context.fail({
          id: 'Modules_CanOnlyExecuteExportModuleMemberInsideAModule',
          category: 'InvalidOperation',
          message: 'The Export-ModuleMember cmdlet can only be called from inside a module.',
          exception: 'System.InvalidOperationException',
        });
      module.exportsDeclared = true;
      const { scope } = module;
      const put = <T extends { readonly name: string }>(
        patterns: readonly string[],
        from: ReadonlyMap<string, T> | undefined,
        to: Map<string, T>,
      ): void => {
        for (const pattern of patterns) {
          const test = wildcard(pattern);
          for (const [lower, one] of from ?? []) if (test(one.name)) to.set(lower, one);
        }
      };
      put(context.strings('Function'), scope.functions, module.functions);
      put(context.strings('Variable'), scope.variables, module.variables);
      put(context.strings('Alias'), scope.aliases, module.aliases);
      return undefined;
    },
  }),
};

export const importPowerShellDataFile: Cmdlet = {
  name: 'Import-PowerShellDataFile',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.ImportPowerShellDataFileCommand',
  defaultSet: 'ByPath',
  parameters: [
    { name: 'Path', type: 'string[]', sets: [{ set: 'ByPath', position: 0, mandatory: true }] },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'ByLiteralPath', mandatory: true, pipelineByName: true }],
    },
    { name: 'SkipLimitCheck', type: 'switch', dialect: 'core' },
  ],
  start: (context) => ({
    process() {
      const { paths, literal } = givenPaths(context);
      for (const path of paths) {
        const found = expandPath(context, path, { literal });
        if (!found.ok) {
          context.error({ ...found.error, category: 'InvalidArgument' });
          continue;
        }
        for (const at of found.value) {
          const read = readDataFile(context, at.providerPath);
          if (read.kind === 'data') context.write(read.table);
          else if (read.kind === 'dynamic')
            return context.fail({
              id: 'System.InvalidOperationException',
              category: 'NotSpecified',
              message: read.message,
              exception: 'System.InvalidOperationException',
            });
          else
            context.error({
              id: read.noHashtable
                ? 'CouldNotParseAsPowerShellDataFileNoHashtableRoot'
                : 'CouldNotParseAsPowerShellDataFile',
              category: 'InvalidData',
              message: `The file '${at.providerPath}' could not be parsed as a PowerShell Data File.`,
              exception: 'System.InvalidOperationException',
              target: at.providerPath,
            });
        }
      }
      return undefined;
    },
  }),
};
