import { differences } from '../../dialects/index.ts';
import { scriptText } from '../../run/command-lookup.ts';
import type { ModuleValue } from '../../run/module.ts';
import { nullSink } from '../../run/sink.ts';
import type { Steps } from '../../run/steps.ts';
import { joinPath, parentOf } from '../../providers/paths.ts';
import type { DictionaryValue } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { PSCustomObject } from '../../types/objects.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import { ModuleValue as ModuleClass } from '../../run/module.ts';
import { loadPs1xml } from '../session/ps1xml.ts';
import type { Cmdlet, CmdletContext, ErrorSpec } from '../cmdlet.ts';
import { through } from '../session/invoke.ts';
import { readDataFile } from './data-file.ts';
import { moduleFiles } from './find-module.ts';
import { satisfies, specificationsOf } from './module-specification.ts';
import type { ModuleSpecification } from './module-specification.ts';
import type { ModuleFile } from './find-module.ts';
import { emptyModule, importInto, importScope, removeFrom, runModule } from './module-scope.ts';
import type { ImportFilter } from './module-scope.ts';

const textsOf = (value: Value | undefined): string[] =>
  value === undefined || isNull(value) ? [] : (elementsOf(value) ?? [value]).map((v) => toText(v));
const tests = (patterns: readonly string[]): ((name: string) => boolean) => {
  const all = patterns.map((p) => wildcard(p));
  return (name) => all.some((t) => t(name));
};

/** Reads one file into the module: a script module's body, or a script run for its functions. */
function* load(
  context: CmdletContext,
  module: ModuleValue,
  path: string,
  args: readonly Value[],
): Steps<boolean> {
  const content = context.host.files.read(path);
  if (!content.ok) return false;
  const text = scriptText(content.value, differences.files.scriptEncoding.desktopIn(context.dialect));
  const refused = context.session.scriptGate?.(path, text);
  if (refused !== undefined)
    return context.fail({
      id: 'UnauthorizedAccess',
      category: 'SecurityError',
      message: refused,
      exception: 'System.Management.Automation.PSSecurityException',
    });
  const block = context.session.scriptBlock(text, path);
  yield* runModule(context.session, module, block, args, nullSink);
  return true;
}

/** Keeps of a module's exports only what its manifest lists. */
function limit(module: ModuleValue, manifest: DictionaryValue): void {
  const apply = (key: string, map: Map<string, { readonly name: string }>): void => {
    if (!manifest.has(key)) return;
    const keep = tests(textsOf(manifest.get(key)));
    for (const [lower, one] of map) if (!keep(one.name)) map.delete(lower);
  };
  apply('FunctionsToExport', module.functions);
  apply('AliasesToExport', module.aliases);
  apply('VariablesToExport', module.variables);
}

export function* loadModule(
  context: CmdletContext,
  file: ModuleFile,
  args: readonly Value[],
): Steps<ModuleValue | undefined> {
  const { session } = context;
  const module = emptyModule(session, file.name, file.path);
  if (file.kind !== 'manifest') {
    yield* load(context, module, file.path, args);
    return module;
  }
  const read = readDataFile(context, file.path);
  if (read.kind !== 'data') return undefined;
  const manifest = read.table;
  module.manifest = manifest;
  module.moduleType = 'Manifest';
  module.version = toText(manifest.get('ModuleVersion') ?? '0.0');
  module.description = toText(manifest.get('Description') ?? '');
  module.privateData = manifest.get('PrivateData') ?? null;
  if (manifest.has('GUID')) module.guid = toText(manifest.get('GUID') as Value).toLowerCase();
  const folder = parentOf(file.path);
  const root = textsOf(manifest.get('RootModule') ?? manifest.get('ModuleToProcess'))[0];
  for (const script of textsOf(manifest.get('ScriptsToProcess')))
    yield* load(context, module, joinPath(folder, script), []);
  for (const types of textsOf(manifest.get('TypesToProcess')))
    loadPs1xml(context, 'types', joinPath(folder, types), false);
  for (const format of textsOf(manifest.get('FormatsToProcess')))
    loadPs1xml(context, 'format', joinPath(folder, format), false);
  for (const nested of textsOf(manifest.get('NestedModules')))
    yield* load(context, module, joinPath(folder, nested), []);
  if (root !== undefined && root !== '') {
    const path = joinPath(folder, /\.\w+$/.test(root) ? root : `${root}.psm1`);
    if (!(yield* load(context, module, path, args))) return undefined;
    module.moduleType = 'Script';
    module.path = path;
  }
  limit(module, manifest);
  return module;
}

const notFound = (name: string): ErrorSpec => ({
  id: 'Modules_ModuleNotFound',
  category: 'ResourceUnavailable',
  message: `The specified module '${name}' was not loaded because no valid module file was found in any module directory.`,
  exception: 'System.IO.FileNotFoundException',
  target: name,
});

/** Modules whose cmdlets this interpreter has by itself: importing them changes nothing. */
export function isBuiltIn(context: CmdletContext, name: string): boolean {
  const lower = name.toLowerCase();
  for (const info of context.session.cmdletTable.values())
    if (info.cmdlet?.module.toLowerCase() === lower) return true;
  return false;
}

function filterOf(context: CmdletContext): ImportFilter {
  const has = ['Function', 'Alias', 'Variable', 'Cmdlet'].some((p) => context.has(p));
  const part = (name: string): ((n: string) => boolean) | undefined =>
    context.has(name) ? tests(context.strings(name)) : has ? () => false : undefined;
  return {
    functions: part('Function'),
    aliases: part('Alias'),
    variables: part('Variable'),
    prefix: context.string('Prefix'),
  };
}

type Wanted = Omit<ModuleSpecification, 'name'>;
const anyVersion: Wanted = { minimum: null, maximum: undefined, required: null, guid: undefined };
const restricts = (wanted: Wanted): boolean =>
  wanted.minimum !== null ||
  wanted.maximum !== undefined ||
  wanted.required !== null ||
  wanted.guid !== undefined;

/** Version and identity of a module file as its manifest states them. */
function identityOf(context: CmdletContext, file: ModuleFile): { version: string; guid: string } {
  const read = file.kind === 'manifest' ? readDataFile(context, file.path) : undefined;
  if (read?.kind !== 'data') return { version: '0.0', guid: '00000000-0000-0000-0000-000000000000' };
  return {
    version: toText(read.table.get('ModuleVersion') ?? '0.0'),
    guid: toText(read.table.get('GUID') ?? '').toLowerCase(),
  };
}
function withVersionNotFound(name: string, wanted: Wanted): ErrorSpec {
  const parts = [
    wanted.required === null ? '' : `version '${toText(wanted.required)}'`,
    wanted.minimum === null ? '' : `version '${toText(wanted.minimum)}'`,
    wanted.maximum === undefined ? '' : `maximum version '${wanted.maximum}'`,
  ].filter((part) => part !== '');
  return {
    id: 'Modules_ModuleWithVersionNotFound',
    category: 'ResourceUnavailable',
    message: `The specified module '${name}' with ${parts.join(' and ')} was not loaded because no valid module file was found in any module directory.`,
    exception: 'System.IO.FileNotFoundException',
    target: name,
  };
}

function* importOne(context: CmdletContext, name: string, wanted: Wanted = anyVersion): Steps<void> {
  const { session } = context;
  const done = (module: ModuleValue): void => {
    if (context.switch('PassThru') || context.switch('AsCustomObject')) context.write(module);
  };
  const fits = (module: ModuleValue): boolean => !restricts(wanted) || satisfies(wanted, module);
  const isPath = /[\\/]/.test(name);
  const files = moduleFiles(context, name);
  const named = [...session.modules.values()].filter((m) =>
    isPath
      ? files.some((f) => m.path === f.path || m.manifestPath === f.path)
      : m.name.toLowerCase() === name.toLowerCase(),
  );
  const loaded = named.findLast(fits);
  if (loaded && !context.switch('Force')) {
    importInto(session, loaded, importScope(context), filterOf(context));
    done(loaded);
    return;
  }
  const file = restricts(wanted) ? files.find((f) => satisfies(wanted, identityOf(context, f))) : files[0];
  if (!file) {
    if (isBuiltIn(context, name)) {
      if (context.switch('PassThru')) {
        const module = emptyModule(session, name, '');
        module.moduleType = 'Manifest';
        context.write(module);
      }
      return;
    }
    context.error(restricts(wanted) ? withVersionNotFound(name, wanted) : notFound(name));
    return;
  }
  const before = [...session.modules.values()].find(
    (m) => m.path === file.path || m.manifestPath === file.path,
  );
  if (before) removeFrom(session, before, importScope(context));
  const module = yield* loadModule(context, file, context.list('ArgumentList'));
  if (!module) {
    context.error(notFound(name));
    return;
  }
  module.manifestPath = file.path;
  importInto(session, module, importScope(context), filterOf(context));
  done(module);
}

/** The versions that -MinimumVersion and its siblings ask for. */
function wantedOf(context: CmdletContext): Wanted {
  const minimum = context.get('MinimumVersion');
  const maximum = context.has('MaximumVersion') ? context.string('MaximumVersion') : undefined;
  const wanted = { minimum, maximum, required: context.get('RequiredVersion'), guid: undefined };
  if (
    minimum !== null &&
    maximum !== undefined &&
    !satisfies({ ...anyVersion, maximum }, { version: toText(minimum), guid: '' })
  )
    context.fail({
      id: 'ArgumentOutOfRange',
      category: 'InvalidArgument',
      message: `Cannot process argument because the value of argument "MinimumVersion" is out of range: the minimum version '${toText(minimum)}' is higher than the maximum version '${maximum}'.`,
      exception: 'System.Management.Automation.PSArgumentOutOfRangeException',
    });
  return wanted;
}

export const importModule: Cmdlet = {
  name: 'Import-Module',
  aliases: ['ipmo'],
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.ImportModuleCommand',
  defaultSet: 'Name',
  parameters: [
    { name: 'Global', type: 'switch' },
    { name: 'Prefix', type: 'string' },
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
    { name: 'Function', type: 'string[]' },
    { name: 'Cmdlet', type: 'string[]' },
    { name: 'Variable', type: 'string[]' },
    { name: 'Alias', type: 'string[]' },
    { name: 'Force', type: 'switch' },
    { name: 'SkipEditionCheck', type: 'switch', dialect: 'core' },
    { name: 'UseWindowsPowerShell', type: 'switch', aliases: ['UseWinPS'], dialect: 'core' },
    { name: 'PassThru', type: 'switch' },
    { name: 'AsCustomObject', type: 'switch' },
    { name: 'MinimumVersion', type: 'version', aliases: ['Version'] },
    { name: 'MaximumVersion', type: 'string' },
    { name: 'RequiredVersion', type: 'version' },
    { name: 'ArgumentList', type: 'object[]', aliases: ['Args'] },
    { name: 'DisableNameChecking', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    { name: 'Scope', type: 'string' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      for (const name of context.strings('Name')) yield* importOne(context, name, wantedOf(context));
      for (const spec of specificationsOf(context.list('FullyQualifiedName')))
        yield* importOne(context, spec.name, spec);
      for (const value of context.list('ModuleInfo'))
        if (value instanceof ModuleClass) {
          importInto(context.session, value, importScope(context), filterOf(context));
          if (context.switch('PassThru')) context.write(value);
        }
    },
  }),
};

/** What a module exports as an object: functions are its methods, variables its properties. */
function asObject(module: ModuleValue): PSCustomObject {
  const object = new PSCustomObject();
  for (const variable of module.variables.values())
    object.members.set({
      kind: 'CodeProperty',
      name: variable.name,
      typeName: 'System.Object',
      get: () => variable.read(),
      set: (_self, value) => void (variable.value = value),
    });
  for (const info of module.functions.values()) {
    const block = info.block as ScriptBlockValue;
    object.members.set({
      kind: 'ScriptMethod',
      name: info.name,
      script: new ScriptBlockValue(block.ast, block.code, block.file, module.scope),
    });
  }
  return object;
}

export const newModule: Cmdlet = {
  name: 'New-Module',
  aliases: ['nmo'],
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.NewModuleCommand',
  defaultSet: 'ScriptBlock',
  parameters: [
    { name: 'Name', type: 'string', sets: [{ set: 'Name', position: 0, mandatory: true, pipeline: true }] },
    {
      name: 'ScriptBlock',
      type: 'scriptblock',
      sets: [
        { set: 'Name', position: 1, mandatory: true },
        { set: 'ScriptBlock', position: 0, mandatory: true },
      ],
    },
    { name: 'Function', type: 'string[]' },
    { name: 'Cmdlet', type: 'string[]' },
    { name: 'ReturnResult', type: 'switch' },
    { name: 'AsCustomObject', type: 'switch' },
    { name: 'ArgumentList', type: 'object[]', remaining: true, aliases: ['Args'] },
  ],
  start: (context) => ({
    *end(): Steps<void> {
      const { session } = context;
      const block = context.block('ScriptBlock');
      if (!block) return;
      const count = ((session.state.get('dynamic-modules') as number | undefined) ?? 0) + 1;
      session.state.set('dynamic-modules', count);
      const name = context.string('Name') || `__DynamicModule_${count}`;
      const module = emptyModule(session, name, '');
      yield* runModule(
        session,
        module,
        block,
        context.list('ArgumentList'),
        context.switch('ReturnResult') ? through(context) : nullSink,
      );
      if (context.has('Function')) {
        const keep = tests(context.strings('Function'));
        for (const [lower, one] of module.functions) if (!keep(one.name)) module.functions.delete(lower);
      }
      for (const one of module.functions.values()) one.module = module;
      if (context.switch('AsCustomObject')) {
        context.write(asObject(module));
        return;
      }
      importInto(session, module, session.frame.scope.module?.scope ?? session.globalScope);
      if (!context.has('Name')) session.modules.delete(name.toLowerCase());
      if (!context.switch('ReturnResult')) context.write(module);
    },
  }),
};
