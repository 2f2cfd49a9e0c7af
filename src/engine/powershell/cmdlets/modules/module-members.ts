import { callBlock } from '../../run/invoke.ts';
import type { ModuleValue } from '../../run/module.ts';
import { moduleType } from '../../run/module.ts';
import type { Session } from '../../run/session.ts';
import { context } from '../../types/ambient.ts';
import { DictionaryValue, hashtableType } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { PSArray, stringArray } from '../../types/objects.ts';
import { convertTo } from '../../types/convert.ts';
import { enumValue } from '../../types/enum-text.ts';
import { defineEnum, registerType, resolveType } from '../../types/registry.ts';
import { GuidValue, VersionValue } from '../../types/scalars.ts';
import { toText } from '../../types/text.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { joinPath, parentOf } from '../../providers/paths.ts';
import { aliasCommand } from '../../providers/alias.ts';
import { sessionObjects } from '../../run/session-objects.ts';
import type { Value } from '../../types/value.ts';
import { moduleFrame } from './module-scope.ts';

const module = (self: Value): ModuleValue => self as ModuleValue;
function dictionary(pairs: Iterable<readonly [string, Value]>): DictionaryValue {
  const table = new DictionaryValue(
    resolveType('System.Collections.Generic.Dictionary[string,System.Object]') ?? hashtableType,
    true,
  );
  for (const [name, value] of pairs) table.set(name, value);
  return table;
}
const functions = (self: Value): [string, Value][] =>
  [...module(self).functions.values()].map((f) => [f.name, f]);
const aliases = (self: Value): [string, Value][] =>
  [...module(self).aliases.values()].map((a) => [a.name, aliasCommand(a)]);

const manifestText = (of: ModuleValue, key: string): string =>
  of.manifest instanceof DictionaryValue ? toText(of.manifest.get(key) ?? '') : '';

/** Full paths of the files a manifest lists under a key. */
const filesOf = (of: ModuleValue, key: string): Value => {
  const listed = of.manifest instanceof DictionaryValue ? (of.manifest.get(key) ?? null) : null;
  const names = elementsOf(listed) ?? (listed === null ? [] : [listed]);
  return stringArray(names.map((name) => joinPath(parentOf(of.path), toText(name))));
};

export function versionValue(text: string): VersionValue {
  const [a = 0, b = 0, c = -1, d = -1] = text.split('.').map(Number);
  return new VersionValue(a, b, c, d);
}

const accessModes = defineEnum(
  'System.Management.Automation.ModuleAccessMode',
  'ReadWrite,ReadOnly,Constant',
);
for (const member of [
  property('LogPipelineExecutionDetails', 'bool', () => false),
  property('Name', 'string', (s) => module(s).name),
  property('Path', 'string', (s) => module(s).path),
  property('Description', 'string', (s) => module(s).description),
  property('Guid', 'guid', (s) => new GuidValue(module(s).guid)),
  property('Author', 'string', (s) => manifestText(module(s), 'Author')),
  property('CompanyName', 'string', (s) => manifestText(module(s), 'CompanyName')),
  property('Copyright', 'string', (s) => manifestText(module(s), 'Copyright')),
  property('PowerShellVersion', 'version', (s) => {
    const text = manifestText(module(s), 'PowerShellVersion');
    return text === '' ? null : versionValue(text);
  }),
  property('ModuleBase', 'string', (s) => parentOf(module(s).path)),
  property('PrivateData', 'object', (s) => module(s).privateData),
  property('Version', 'version', (s) => versionValue(module(s).version)),
  property('ModuleType', 'string', (s) => module(s).moduleType),
  property(
    'AccessMode',
    accessModes.fullName,
    (s) => enumValue(accessModes, module(s).accessMode),
    (s, value) =>
      void (module(s).accessMode = toText(convertTo(value, accessModes)) as ModuleValue['accessMode']),
  ),
  property('ExportedFunctions', 'object', (s) => dictionary(functions(s))),
  property('ExportedCmdlets', 'object', () => dictionary([])),
  property('ExportedCommands', 'object', (s) => dictionary([...functions(s), ...aliases(s)])),
  property('ExportedAliases', 'object', (s) => dictionary(aliases(s))),
  property('ExportedVariables', 'object', (s) =>
    dictionary([...module(s).variables.values()].map((v) => [v.name, sessionObjects.variable(v)])),
  ),
  property('NestedModules', 'object', () => new PSArray([])),
  property('RequiredModules', 'object', () => new PSArray([])),
  property('ExportedFormatFiles', 'System.Collections.ObjectModel.ReadOnlyCollection[string]', (s) =>
    filesOf(module(s), 'FormatsToProcess'),
  ),
  property('ExportedTypeFiles', 'System.Collections.ObjectModel.ReadOnlyCollection[string]', (s) =>
    filesOf(module(s), 'TypesToProcess'),
  ),
  property('RootModule', 'string', (s) => module(s).path.replace(/^.*[\\/]/, '')),
  property('SessionState', 'object', (s, ctx) =>
    sessionObjects.sessionState(ctx.session as Session, moduleFrame(ctx.session as Session, module(s))),
  ),
  property(
    'OnRemove',
    'scriptblock',
    (s) => module(s).onRemove,
    (s, value) => void (module(s).onRemove = value),
  ),
  method([
    'System.Object Invoke(scriptblock sb, Params System.Object[] args)',
    (s, args) => {
      const session = context().session as Session;
      const [block, rest] = args;
      if (!(block instanceof ScriptBlockValue)) return null;
      return session.drain(
        callBlock(session, block, elementsOf(rest ?? null) ?? [], moduleFrame(session, module(s))),
      );
    },
  ]),
  method([
    'scriptblock NewBoundScriptBlock(scriptblock scriptBlockToBind)',
    (s, args) => {
      const block = args[0] as ScriptBlockValue;
      return new ScriptBlockValue(block.ast, block.code, block.file, module(s).scope);
    },
  ]),
  method([
    'System.Object GetExportedTypeDefinitions()',
    (s) => dictionary([...(module(s).scope.types?.values() ?? [])].map((type) => [type.name, type])),
  ]),
  method(['string ToString()', (s) => module(s).name]),
])
  moduleType.addMember(member);
registerType(moduleType);
