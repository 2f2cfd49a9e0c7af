import { differences } from '../../dialects/index.ts';
import { toText } from '../../types/text.ts';
import type { CommandInfo } from '../../run/command-info.ts';
import { cmdletInfoType, commandInfoType, aliasInfoType } from '../../run/command-info.ts';
import {
  applicationInfoType,
  externalScriptInfoType,
  filterInfoType,
  functionInfoType,
  scriptInfoType,
} from '../../run/command-info.ts';
import type { ModuleValue } from '../../run/module.ts';
import type { CommandMetadata, ParameterInfo } from '../../run/parameters.ts';
import type { Session } from '../../run/session.ts';
import { context } from '../../types/ambient.ts';
import { DictionaryValue, hashtableType } from '../../types/collections.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { enumValue } from '../../types/enum-text.ts';
import { extendType } from '../../types/extended-members.ts';
import { DotNetObject, PSArray, stringArray } from '../../types/objects.ts';
import { defineEnum, defineType, registerType, resolveType, typeShortName } from '../../types/registry.ts';
import { VersionValue } from '../../types/scalars.ts';
import type { Value } from '../../types/value.ts';
import type { ExpressionAst, ScriptBlockAst } from '../../parse/tree.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { attributeName } from '../../compile/attributes.ts';
import { hooks } from '../../types/hooks.ts';

/* Members of what Get-Command writes. */

export const commandTypesType = defineEnum(
  'System.Management.Automation.CommandTypes',
  'Alias=1,Function=2,Filter=4,Cmdlet=8,ExternalScript=16,Application=32,Script=64,Configuration=256,All=383',
  true,
);

const info = (self: Value): CommandInfo => self as CommandInfo;
const session = (): Session => context().session as Session;

const parameterType = defineType('System.Management.Automation.ParameterMetadata', {
  members: [
    property('Name', 'string', (s) => parameter(s).name),
    property('ParameterType', 'type', (s) => parameter(s).shownType ?? parameter(s).type),
    property('ParameterSets', 'object', (s) => {
      const table = dictionary();
      for (const [name, set] of parameter(s).sets)
        table.set(name === '*' ? '__AllParameterSets' : name, new DotNetObject(setType, { ...set, name }));
      return table;
    }),
    property('IsDynamic', 'bool', () => false),
    property('Aliases', 'System.Collections.ObjectModel.Collection[string]', (s) =>
      stringArray([...parameter(s).aliases]),
    ),
    property('Attributes', 'object', () => new PSArray([])),
    property('SwitchParameter', 'bool', (s) => parameter(s).isSwitch),
  ],
});
interface SetState {
  readonly name: string;
  readonly position: number | undefined;
  readonly mandatory: boolean;
  readonly pipeline: boolean;
  readonly pipelineByName: boolean;
  readonly remaining: boolean;
  readonly helpMessage: string;
}
const set = (self: Value): SetState => (self as DotNetObject<SetState>).state;
const setType = defineType('System.Management.Automation.ParameterSetMetadata', {
  members: [
    property('IsMandatory', 'bool', (s) => set(s).mandatory),
    property('Position', 'int', (s) => set(s).position ?? -2147483648),
    property('ValueFromPipeline', 'bool', (s) => set(s).pipeline),
    property('ValueFromPipelineByPropertyName', 'bool', (s) => set(s).pipelineByName),
    property('ValueFromRemainingArguments', 'bool', (s) => set(s).remaining),
    property('HelpMessage', 'string', (s) => set(s).helpMessage),
  ],
});
const parameter = (self: Value): ParameterInfo => (self as DotNetObject<ParameterInfo>).state;
const dictionary = (): DictionaryValue =>
  new DictionaryValue(
    resolveType('System.Collections.Generic.Dictionary[string,System.Object]') ?? hashtableType,
    true,
  );

export const metadataOf = (command: CommandInfo): CommandMetadata | undefined =>
  session().metadataOf(command, command.block);

/** Parameters of a command by name, as Get-Command tells them; null where it has none to tell. */
export function parametersOf(self: Value): Value {
  const target = info(self).kind === 'Alias' ? resolved(info(self)) : info(self);
  if (!target) return null;
  const meta = metadataOf(target);
  if (!meta) return null;
  const table = dictionary();
  for (const one of meta.parameters) table.set(one.name, new DotNetObject(parameterType, one));
  return table;
}
function resolved(command: CommandInfo): CommandInfo | undefined {
  return command.kind === 'Alias' ? session().command(command.definition) : undefined;
}

/** Text of a function, with parameters that stand before its body. */
function body(command: CommandInfo): string {
  return command.block ? toText(command.block) : '';
}
/** `Get-X [[-Name] <string>] [-On] [<CommonParameters>]`, one line for each parameter set. */
export function syntaxOf(command: CommandInfo): string[] {
  const meta = metadataOf(command);
  if (!meta) return [];
  const sets = meta.setNames.length === 0 ? ['*'] : meta.setNames.map((n) => n.toLowerCase());
  return sets.map((name) => {
    const shown = meta.parameters
      .filter((p) => !p.isCommon)
      .flatMap((p) => {
        const of = p.sets.get(name) ?? p.sets.get('*');
        return of ? [{ parameter: p, of }] : [];
      });
    const positional = shown
      .filter((x) => x.of.position !== undefined && !x.parameter.isSwitch)
      .sort((a, b) => (a.of.position as number) - (b.of.position as number));
    const named = shown.filter((x) => !positional.includes(x));
    const ordered = [
      ...positional,
      ...named.filter((x) => x.of.mandatory),
      ...named.filter((x) => !x.of.mandatory),
    ];
    const parts = ordered.map(({ parameter: p, of }) => {
      const flag = of.position !== undefined && !p.isSwitch ? `[-${p.name}]` : `-${p.name}`;
      const text = p.isSwitch ? flag : `${flag} <${typeShortName(p.type).replace(/^.*\./, '')}>`;
      return of.mandatory ? text : `[${text}]`;
    });
    if (meta.shouldProcess) parts.push('[-WhatIf]', '[-Confirm]');
    if (meta.advanced) parts.push('[<CommonParameters>]');
    return `${command.name} ${parts.join(' ')}`.trimEnd();
  });
}

/** Types a cmdlet names, or those of [OutputType()] above the parameters of a function. */
function outputTypes(command: CommandInfo): Value[] {
  const names = command.cmdlet
    ? [...(command.cmdlet.outputTypes ?? [])]
    : ((command.block?.ast as ScriptBlockAst | undefined)?.paramBlock?.attributes ?? []).flatMap(
        (attribute) =>
          attribute.kind === 'AttributeAst' && attributeName(attribute) === 'outputtype'
            ? (attribute.positionalArguments ?? []).flatMap(namesOf)
            : [],
      );
  const made = resolveType('System.Management.Automation.PSTypeName') as DotNetType;
  return names.map((name) => hooks.invokeStatic(made, 'new', [resolveType(name) ?? name]));
}
function namesOf(argument: ExpressionAst): string[] {
  if (argument.kind === 'TypeExpressionAst') return [argument.typeName.fullName];
  if (argument.kind === 'StringConstantExpressionAst') return [argument.value];
  return argument.kind === 'ArrayLiteralAst' ? argument.elements.flatMap(namesOf) : [];
}

function definition(command: CommandInfo): string {
  switch (command.kind) {
    case 'Function':
    case 'Filter':
      return body(command);
    case 'Cmdlet':
      return `\n${syntaxOf(command).join('\n\n')}\n`;
    default:
      return command.definition;
  }
}
const moduleName = (command: CommandInfo): string =>
  command.cmdlet ? command.cmdlet.module : (command.module?.name ?? '');
function source(command: CommandInfo): string {
  return command.kind === 'Application' || command.kind === 'ExternalScript'
    ? command.definition
    : moduleName(command);
}
function versionOf(command: CommandInfo): Value {
  if (command.cmdlet)
    return differences.engine.builtInModuleVersion.desktopIn(context().dialect)
      ? new VersionValue(3, 1, 0, 0)
      : new VersionValue(7, 0, 0, 0);
  if (command.module) {
    const [a = 0, b = 0, c = -1, d = -1] = command.module.version.split('.').map(Number);
    return new VersionValue(a, b, c, d);
  }
  return command.kind === 'Application' ? new VersionValue(0, 0, 0, 0) : new VersionValue(0, 0);
}

for (const member of [
  property('Name', 'string', (s) => info(s).name),
  property('CommandType', 'System.Management.Automation.CommandTypes', (s) =>
    enumValue(commandTypesType, info(s).kind),
  ),
  property('Source', 'string', (s) => source(info(s))),
  property('Version', 'version', (s) => versionOf(info(s))),
  property('Definition', 'string', (s) => definition(info(s))),
  property('Visibility', 'string', () => 'Public'),
  property('ModuleName', 'string', (s) => moduleName(info(s))),
  property('Module', 'psmoduleinfo', (s) => (info(s).module as ModuleValue | undefined) ?? null),
  property('Parameters', 'object', parametersOf),
  property('ParameterSets', 'object', (s) => {
    const meta = metadataOf(info(s));
    return new PSArray((meta?.setNames ?? []).map((n) => n as Value));
  }),
  property(
    'OutputType',
    'System.Collections.ObjectModel.ReadOnlyCollection[pstypename]',
    (s) => new PSArray(outputTypes(info(s))),
  ),
  method(['string ToString()', (s) => info(s).name]),
])
  commandInfoType.addMember(member);

for (const type of [functionInfoType, scriptInfoType, externalScriptInfoType])
  type.addMember(property('ScriptBlock', 'scriptblock', (s) => info(s).block ?? null));
for (const type of [functionInfoType, cmdletInfoType]) {
  const split = (part: 0 | 1) => (s: Value) => {
    const at = info(s).name.indexOf('-');
    if (at < 0) return '';
    return part === 0 ? info(s).name.slice(0, at) : info(s).name.slice(at + 1);
  };
  type.addMember(property('Verb', 'string', split(0)));
  type.addMember(property('Noun', 'string', split(1)));
  type.addMember(
    property('DefaultParameterSet', 'string', (s) => {
      const meta = metadataOf(info(s));
      return meta && meta.defaultSet !== '' ? meta.defaultSet : null;
    }),
  );
  type.addMember(property('HelpFile', 'string', () => null));
}
functionInfoType.addMember(property('CmdletBinding', 'bool', (s) => metadataOf(info(s))?.advanced ?? false));
for (const type of [commandInfoType, aliasInfoType])
  type.addMember(
    property(
      'Description',
      'string',
      (s) => info(s).description,
      (s, value) => void (info(s).description = value as string),
    ),
  );
for (const type of [aliasInfoType, functionInfoType])
  type.addMember(property('Options', 'string', (s) => info(s).options));
cmdletInfoType.addMember(property('ImplementingType', 'string', (s) => info(s).cmdlet?.typeName ?? null));
aliasInfoType.addMember(property('ReferencedCommand', 'object', (s) => resolved(info(s)) ?? null));
aliasInfoType.addMember(property('ResolvedCommand', 'object', (s) => resolved(info(s)) ?? null));
extendType(
  'System.Management.Automation.AliasInfo',
  {
    kind: 'CodeProperty',
    name: 'ResolvedCommandName',
    typeName: 'System.Object',
    get: (s) => resolved(info(s))?.name ?? null,
  },
  {
    kind: 'CodeProperty',
    name: 'DisplayName',
    typeName: 'System.Object',
    get: (s) =>
      info(s).name.includes('-')
        ? info(s).name
        : `${info(s).name} -> ${resolved(info(s))?.name ?? info(s).definition}`,
  },
);
for (const type of [applicationInfoType, externalScriptInfoType]) {
  type.addMember(property('Path', 'string', (s) => info(s).definition));
}
applicationInfoType.addMember(
  property('Extension', 'string', (s) => /\.[^.\\]+$/.exec(info(s).definition)?.[0] ?? ''),
);
for (const type of [
  commandInfoType,
  functionInfoType,
  filterInfoType,
  cmdletInfoType,
  aliasInfoType,
  scriptInfoType,
  externalScriptInfoType,
  applicationInfoType,
])
  registerType(type);
