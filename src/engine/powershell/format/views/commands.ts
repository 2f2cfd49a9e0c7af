import { DictionaryValue } from '../../types/collections.ts';
import { array } from '../../types/objects.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { plainText } from '../display-text.ts';
import { readProperty } from '../properties.ts';
import type { View } from '../view.ts';
import { columns } from '../view.ts';

const commandTypes = [
  'AliasInfo',
  'FunctionInfo',
  'FilterInfo',
  'CmdletInfo',
  'ScriptInfo',
  'ExternalScriptInfo',
  'ApplicationInfo',
  'CommandInfo',
].map((n) => `System.Management.Automation.${n}`);

/** An alias shows what it stands for. */
function displayName(value: Value): Value {
  if (plainText(readProperty(value, 'CommandType')) !== 'Alias') return readProperty(value, 'Name');
  const shown = readProperty(value, 'DisplayName');
  return isNull(shown) ? readProperty(value, 'Name') : shown;
}
function version(value: Value): Value {
  const own = readProperty(value, 'Version');
  return plainText(own) === '0.0' && plainText(readProperty(value, 'Source')) === '' ? null : own;
}
const exported = (value: Value): Value => {
  const commands = readProperty(value, 'ExportedCommands');
  return commands instanceof DictionaryValue ? array(commands.keys()) : commands;
};

export const commandViews: readonly View[] = [
  {
    kind: 'table',
    name: 'CommandInfo',
    types: commandTypes,
    columns: columns(
      'CommandType:15',
      { label: 'Name', width: 50, get: displayName },
      { label: 'Version', width: 10, get: version },
      'Source',
    ),
  },
  {
    kind: 'table',
    name: 'Module',
    types: ['System.Management.Automation.PSModuleInfo'],
    dialect: 'core',
    columns: columns('ModuleType:10', 'Version:10', 'PreRelease:10', 'Name:35', {
      label: 'ExportedCommands',
      get: exported,
    }),
  },
  {
    kind: 'table',
    name: 'Module',
    types: ['System.Management.Automation.PSModuleInfo'],
    dialect: 'desktop',
    columns: columns('ModuleType:10', 'Version:10', 'Name:35', { label: 'ExportedCommands', get: exported }),
  },
  {
    kind: 'table',
    name: 'History',
    types: ['Microsoft.PowerShell.Commands.HistoryInfo'],
    dialect: 'core',
    columns: columns('>Id:4', '>Duration:12', 'CommandLine'),
  },
  {
    kind: 'table',
    name: 'History',
    types: ['Microsoft.PowerShell.Commands.HistoryInfo'],
    dialect: 'desktop',
    columns: columns('>Id:4', 'CommandLine'),
  },
];
