import { differences } from '../dialects/index.ts';
import type { Cmdlet } from '../cmdlets/cmdlet.ts';
import { DictionaryValue, hashtable, hashtableType } from '../types/collections.ts';
import { enumValue } from '../types/enum-text.ts';
import { stringArray, array } from '../types/objects.ts';
import { defineEnum, defineType, resolveType } from '../types/registry.ts';
import { VersionValue } from '../types/scalars.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { psStyle } from '../types/dotnet/ps-style.ts';
import type { Value } from '../types/value.ts';
import { AliasInfo, Variable } from './scope.ts';
import type { Frame } from './frame.ts';
import type { Session } from './session.ts';
import { sessionObjects } from './session-objects.ts';

defineEnum(
  'System.Management.Automation.ActionPreference',
  'SilentlyContinue,Stop,Continue,Inquire,Ignore,Suspend,Break',
);
defineEnum('System.Management.Automation.ConfirmImpact', 'None,Low,Medium,High');
const errorViews = defineEnum(
  'System.Management.Automation.ErrorView',
  'NormalView,CategoryView,ConciseView,DetailedView',
);
const versionTableType = defineType('System.Management.Automation.PSVersionHashTable', {
  baseType: hashtableType,
});

/** Variables a session starts with. Those that only some code asks for are in `automaticVariable`. */
export function initialVariables(session: Session, cmdlets: readonly Cmdlet[]): void {
  const { globalScope, host } = session;
  const put = (
    name: string,
    value: Value,
    options: { constant?: boolean; readOnly?: boolean; allScope?: boolean } = {},
  ): Variable => {
    const variable = new Variable(name, value);
    if (options.constant) variable.constant = true;
    if (options.readOnly) variable.readOnly = true;
    if (options.allScope) {
      variable.allScope = true;
      session.allScopeVariables.set(name.toLowerCase(), variable);
    }
    globalScope.variables.set(name.toLowerCase(), variable);
    return variable;
  };
  const action = resolveType('System.Management.Automation.ActionPreference') as DotNetType;
  const impact = resolveType('System.Management.Automation.ConfirmImpact') as DotNetType;
  put('true', true, { constant: true, allScope: true });
  put('false', false, { constant: true, allScope: true });
  put('null', null);
  put('Error', session.errors, { constant: true });
  put('ErrorActionPreference', enumValue(action, 'Continue')).type = action;
  for (const name of ['WarningPreference', 'ProgressPreference'])
    put(name, enumValue(action, 'Continue')).type = action;
  for (const name of ['VerbosePreference', 'DebugPreference', 'InformationPreference'])
    put(name, enumValue(action, 'SilentlyContinue')).type = action;
  put('ConfirmPreference', enumValue(impact, 'High')).type = impact;
  put('WhatIfPreference', false);
  if (differences.errors.view.desktopIn(session.dialect)) put('ErrorView', 'NormalView');
  else put('ErrorView', enumValue(errorViews, 'ConciseView')).type = errorViews;
  put('OutputEncoding', null);
  put('FormatEnumerationLimit', 4);
  put('MaximumHistoryCount', 4096);
  put('NestedPromptLevel', 0);
  put('PSDefaultParameterValues', hashtable());
  put('PSEmailServer', '');
  put('PSSessionApplicationName', 'wsman');
  put('PSSessionConfigurationName', 'http://schemas.microsoft.com/powershell/Microsoft.PowerShell');
  put('ShellId', 'Microsoft.PowerShell', { constant: true, allScope: true });
  put('ExecutionContext', sessionObjects.executionContext(session), { constant: true, allScope: true });
  put('PID', host.identity.processId, { constant: true, allScope: true });
  put('HOME', host.identity.profile, { readOnly: true, allScope: true });
  put('PSEdition', differences.engine.version.desktopIn(session.dialect) ? 'Desktop' : 'Core', {
    constant: true,
  });
  put('PSCulture', host.computer.culture, { readOnly: true });
  put('PSUICulture', host.computer.culture, { readOnly: true });
  put(
    'PSHOME',
    differences.engine.version.desktopIn(session.dialect)
      ? host.identity.process64Bit
        ? 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0'
        : 'C:\\Windows\\SysWOW64\\WindowsPowerShell\\v1.0'
      : 'C:\\Program Files\\PowerShell\\7',
    { constant: true },
  );
  put('PSVersionTable', versionTable(session), { constant: true, allScope: true });
  put('Host', sessionObjects.host(session), { constant: true, allScope: true });
  put('MaximumFunctionCount', 4096);
  put('MaximumVariableCount', 4096);
  put(
    'PROFILE',
    `${host.identity.profile}\\Documents\\${differences.engine.moduleFolders.desktopIn(session.dialect) ? 'WindowsPowerShell' : 'PowerShell'}\\Microsoft.PowerShell_profile.ps1`,
  );
  put('?', true, { readOnly: true, allScope: true }).getter = () => session.success;
  put('^', '');
  put('$', '');
  put('StackTrace', '');
  if (!differences.engine.automaticVariables.desktopIn(session.dialect)) {
    put('IsWindows', true, { constant: true, allScope: true });
    put('IsLinux', false, { constant: true, allScope: true });
    put('IsMacOS', false, { constant: true, allScope: true });
    put('IsCoreCLR', true, { constant: true, allScope: true });
    put('EnabledExperimentalFeatures', array([]));
    put('PSNativeCommandUseErrorActionPreference', false);
    put('PSNativeCommandArgumentPassing', 'Windows');
    put('PSStyle', psStyle(), { readOnly: true });
  }
  globalScope.aliases = new Map();
  for (const cmdlet of cmdlets) {
    if (cmdlet.dialect !== undefined && cmdlet.dialect !== session.dialect) continue;
    for (const alias of cmdlet.aliases ?? [])
      globalScope.aliases.set(alias.toLowerCase(), new AliasInfo(alias, cmdlet.name, 'ReadOnly, AllScope'));
  }
}

function versionTable(session: Session): Value {
  const table = new DictionaryValue(versionTableType, true);
  for (const [name, value] of versions(session)) table.set(name, value);
  return table;
}
function versions(session: Session): readonly (readonly [string, Value])[] {
  const os = session.host.computer.osVersion.split('.').map(Number) as [number, number, number, number?];
  const compatible = (...texts: string[]): Value =>
    array(
      texts.map((t) => {
        const parts = t.split('.').map(Number) as [number, number, number?, number?];
        return new VersionValue(parts[0], parts[1], parts[2] ?? -1, parts[3] ?? -1);
      }),
    );
  if (differences.engine.version.desktopIn(session.dialect))
    return [
      ['PSVersion', new VersionValue(5, 1, os[2], os[3] ?? 1)],
      ['PSEdition', 'Desktop'],
      ['PSCompatibleVersions', compatible('1.0', '2.0', '3.0', '4.0', '5.0', `5.1.${os[2]}.${os[3] ?? 1}`)],
      ['BuildVersion', new VersionValue(10, 0, os[2], os[3] ?? 1)],
      ['CLRVersion', new VersionValue(4, 0, 30319, 42000)],
      ['WSManStackVersion', new VersionValue(3, 0)],
      ['PSRemotingProtocolVersion', new VersionValue(2, 3)],
      ['SerializationVersion', new VersionValue(1, 1, 0, 1)],
    ];
  return [
    ['PSVersion', new VersionValue(7, 6, 5)],
    ['PSEdition', 'Core'],
    ['GitCommitId', '7.6.5'],
    ['OS', `Microsoft Windows ${os[0]}.${os[1]}.${os[2]}`],
    ['Platform', 'Win32NT'],
    ['PSCompatibleVersions', compatible('1.0', '2.0', '3.0', '4.0', '5.0', '5.1', '6.0', '7.0')],
    ['PSRemotingProtocolVersion', new VersionValue(2, 4)],
    ['SerializationVersion', new VersionValue(1, 1, 0, 1)],
    ['WSManStackVersion', new VersionValue(3, 0)],
  ];
}

/** Variables that are computed when asked for and that no scope holds. */
export function automaticVariable(session: Session, lower: string, frame: Frame): Value | undefined {
  switch (lower) {
    case 'pwd':
      return sessionObjects.pathInfo(session);
    case 'psscriptroot':
      return frame.file === undefined
        ? ''
        : frame.file.slice(0, Math.max(frame.file.lastIndexOf('\\'), frame.file.lastIndexOf('/'), 0));
    case 'pscommandpath':
      return frame.file ?? '';
    case 'myinvocation':
      return frame.invocation ? session.invocationInfo(frame.invocation) : null;
    case 'psboundparameters':
      return session.boundParameters();
    case 'args':
      return stringArray([]);
    case 'input':
      return array([]);
    default:
      return undefined;
  }
}
