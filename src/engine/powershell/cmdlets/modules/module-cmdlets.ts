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
import { filesBelow, installedModules, moduleFiles, modulePaths } from './find-module.ts';
import type { ModuleFile } from './find-module.ts';
import { satisfies, specificationsOf } from './module-specification.ts';
import type { ModuleSpecification } from './module-specification.ts';
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
    {
      name: 'FullyQualifiedName',
      type: 'Microsoft.PowerShell.Commands.ModuleSpecification[]',
      pipelineByName: true,
    },
    { name: 'All', type: 'switch', sets: ['Loaded', 'Available'] },
    { name: 'ListAvailable', type: 'switch', sets: [{ set: 'Available', mandatory: true }] },
    { name: 'PSEdition', type: 'string', sets: ['Available'] },
    { name: 'Refresh', type: 'switch', sets: ['Available'] },
    { name: 'SkipEditionCheck', type: 'switch', dialect: 'core', sets: ['Available'] },
  ],
  start: (context) => ({
    process() {
      const { session } = context;
      const specs = specificationsOf(context.list('FullyQualifiedName'));
      const names = context.strings('Name');
      const tests = names.map((n) => wildcard(n));
      const byName = specs.length === 0;
      const wanted = (module: ModuleValue): boolean =>
        byName
          ? tests.length === 0 || tests.some((t) => t(module.name))
          : specs.some((spec) => isMeant(spec, module) && satisfies(spec, module));
      if (!context.switch('ListAvailable')) {
        const loaded = [...session.modules.values(), ...builtInModules(context)];
        loaded.sort((a, b) => compareText(a.name, b.name, true));
        for (const module of loaded) if (wanted(module)) context.write(module);
        return undefined;
      }
      for (const module of available(context, [...names, ...specs.map((s) => s.name)])) {
        const meant =
          wanted(module) ||
          names.some((name) => /[\\/]/.test(name)) ||
          specs.some((spec) => /[\\/]/.test(spec.name) && satisfies(spec, module));
        if (meant) context.write(module);
      }
      return undefined;
    },
  }),
};

/** A specification names a module, or the path it was loaded from. */
const isMeant = (spec: ModuleSpecification, module: ModuleValue): boolean => {
  const lower = spec.name.replace(/\//g, '\\').toLowerCase();
  return (
    module.name.toLowerCase() === lower ||
    module.path.toLowerCase() === lower ||
    module.manifestPath.toLowerCase() === lower ||
    (lower.includes('\\') && module.path.toLowerCase().startsWith(`${lower}\\`))
  );
};

/** What a module file says of itself, without loading it. */
function described(context: CmdletContext, file: ModuleFile): ModuleValue {
  const module = emptyModule(context.session, file.name, file.path);
  module.manifestPath = file.path;
  if (file.kind !== 'manifest') return module;
  module.moduleType = 'Manifest';
  const read = readDataFile(context, file.path);
  if (read.kind !== 'data') return module;
  const manifest = read.table;
  module.manifest = manifest;
  module.version = toText(manifest.get('ModuleVersion') ?? '0.0');
  module.description = toText(manifest.get('Description') ?? '');
  module.guid = toText(manifest.get('GUID') ?? '').toLowerCase();
  if (toText(manifest.get('RootModule') ?? manifest.get('ModuleToProcess') ?? '') !== '')
    module.moduleType = 'Script';
  return module;
}
/** Modules on the disk: of the module path, or at paths among the names; -All means every file. */
function available(context: CmdletContext, names: readonly string[]): ModuleValue[] {
  const all = context.switch('All');
  const paths = names.filter((name) => /[\\/]/.test(name));
  const files =
    paths.length > 0
      ? paths.flatMap((path) => {
          const found = expandPath(context, path, { literal: false });
          const places = found.ok ? found.value.map((at) => at.providerPath) : [path];
          return places.flatMap((place) => moduleFiles(context, place));
        })
      : all
        ? modulePaths(context).flatMap((base) => filesBelow(context, base))
        : installedModules(context);
  const found = files.map((file) => described(context, file));
  return paths.length > 0 || all ? found : [...found, ...onDisk(context)];
}
/** The interpreter's own modules are found where PowerShell has its own: on the path it starts with. */
function onDisk(context: CmdletContext): ModuleValue[] {
  return modulePaths(context).some((path) => /(?:powershell\\7|v1\.0)\\Modules$/i.test(path))
    ? builtInModules(context)
    : [];
}

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
      type: 'Microsoft.PowerShell.Commands.ModuleSpecification[]',
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
      const found = new Set<ModuleValue>();
      let exact = 0;
      const loaded = [...session.modules.values()];
      for (const name of context.strings('Name')) {
        const isPath = /[\\/]/.test(name);
        const test = wildcard(isPath ? name.replace(/^.*[\\/]/, '').replace(/\.ps[md]1$/i, '') : name);
        if (!hasWildcard(name)) exact++;
        for (const module of loaded) if (test(module.name)) found.add(module);
      }
      for (const spec of specificationsOf(context.list('FullyQualifiedName'))) {
        exact++;
        for (const module of loaded) if (isMeant(spec, module) && satisfies(spec, module)) found.add(module);
      }
      for (const value of context.list('ModuleInfo')) if (value instanceof ModuleValue) found.add(value);
      if (found.size === 0 && exact > 0)
        context.error({
          id: 'Modules_NoModulesRemoved',
          category: 'ResourceUnavailable',
          message:
            'No modules were removed. Verify that the specification of modules to remove is correct and those modules exist in the runspace.',
          exception: 'System.InvalidOperationException',
        });
      for (const module of found) {
        const kept =
          module.accessMode === 'Constant' || (module.accessMode === 'ReadOnly' && !context.switch('Force'));
        if (kept) {
          const constant = module.accessMode === 'Constant';
          context.error({
            id: constant ? 'Modules_ModuleIsConstant' : 'Modules_ModuleIsReadOnly',
            category: 'PermissionDenied',
            message: constant
              ? `Unable to remove the module '${module.name}' because it is constant.`
              : `Unable to remove the module '${module.name}' because it is read-only. Add the Force parameter to your command to remove read-only modules.`,
            exception: 'System.InvalidOperationException',
            target: module,
          });
          continue;
        }
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
