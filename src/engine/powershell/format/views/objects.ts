import { DictionaryEntryValue } from '../../types/collections.ts';
import type { Value } from '../../types/value.ts';
import { context } from '../../types/ambient.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { hooks } from '../../types/hooks.ts';
import type { Session } from '../../run/session.ts';
import { plainText } from '../display-text.ts';
import { readProperty } from '../properties.ts';
import type { View } from '../view.ts';
import { columns, textLines } from '../view.ts';

const measure = ['Count', 'Average', 'Sum', 'Maximum', 'Minimum'];
const entryKey = (value: Value): Value =>
  value instanceof DictionaryEntryValue
    ? value.key
    : (readProperty(value, 'Name') ?? readProperty(value, 'Key'));

/** `file:line:text`, the file as seen from where the session stands. */
function matchText(value: Value): string {
  const { location } = context().session as Session;
  return plainText(hooks.invokeMethod(value, 'ToString', [location.fileSystemPath()]));
}

export const objectViews: readonly View[] = [
  {
    kind: 'table',
    name: 'Dictionary',
    types: ['System.Collections.DictionaryEntry'],
    columns: columns({ label: 'Name', width: 30, get: entryKey }, 'Value'),
  },
  {
    kind: 'list',
    name: 'Dictionary',
    types: ['System.Collections.DictionaryEntry'],
    items: columns({ label: 'Name', get: entryKey }, 'Value'),
  },
  {
    kind: 'table',
    name: 'System.Version',
    types: ['System.Version'],
    columns: columns('Major:6', 'Minor:6', 'Build:6', 'Revision:8'),
  },
  {
    kind: 'table',
    name: 'System.Management.Automation.SemanticVersion',
    types: ['System.Management.Automation.SemanticVersion'],
    columns: columns('Major:6', 'Minor:6', 'Patch:6', 'PreReleaseLabel:15', 'BuildLabel:10'),
  },
  {
    kind: 'table',
    name: 'System.Guid',
    types: ['System.Guid'],
    columns: columns({ label: 'Guid', get: (value) => plainText(value) }),
  },
  {
    kind: 'table',
    name: 'System.RuntimeType',
    types: ['System.RuntimeType', 'System.Type'],
    columns: columns('IsPublic:8', 'IsSerial=IsSerializable:8', 'Name:40', 'BaseType'),
  },
  {
    kind: 'table',
    name: 'Microsoft.PowerShell.Commands.GroupInfo',
    types: ['Microsoft.PowerShell.Commands.GroupInfo'],
    columns: columns('>Count:5', 'Name:25', 'Group'),
  },
  {
    kind: 'table',
    name: 'Microsoft.PowerShell.Commands.GroupInfoNoElement',
    types: ['Microsoft.PowerShell.Commands.GroupInfoNoElement'],
    columns: columns('>Count:5', 'Name'),
  },
  {
    kind: 'list',
    name: 'GenericMeasureInfo',
    types: [
      'Microsoft.PowerShell.Commands.GenericMeasureInfo',
      'Microsoft.PowerShell.Commands.GenericObjectMeasureInfo',
    ],
    dialect: 'core',
    items: [...measure, 'StandardDeviation', 'Property'].map((get) => ({ get })),
  },
  {
    kind: 'list',
    name: 'GenericMeasureInfo',
    types: [
      'Microsoft.PowerShell.Commands.GenericMeasureInfo',
      'Microsoft.PowerShell.Commands.GenericObjectMeasureInfo',
    ],
    dialect: 'desktop',
    items: [...measure, 'Property'].map((get) => ({ get })),
  },
  {
    kind: 'table',
    name: 'TextMeasureInfo',
    types: ['Microsoft.PowerShell.Commands.TextMeasureInfo'],
    columns: columns('Lines', 'Words', 'Characters', 'Property'),
  },
  {
    kind: 'table',
    name: 'MemberDefinition',
    types: ['Microsoft.PowerShell.Commands.MemberDefinition'],
    columns: columns('Name', 'MemberType', 'Definition'),
    autosize: true,
    groupBy: { get: 'TypeName' },
  },
  {
    kind: 'custom',
    name: 'MatchInfo',
    types: ['Microsoft.PowerShell.Commands.MatchInfo'],
    lines: (value) => textLines(matchText(value)),
  },
  {
    kind: 'table',
    name: 'PSVariable',
    types: ['System.Management.Automation.PSVariable'],
    columns: columns('Name:30', 'Value'),
  },
  {
    kind: 'table',
    name: 'System.Globalization.CultureInfo',
    types: ['System.Globalization.CultureInfo'],
    columns: columns('LCID:16', 'Name:16', 'DisplayName'),
  },
  {
    kind: 'table',
    name: 'FileHash',
    types: ['Microsoft.Powershell.Utility.FileHash'],
    columns: columns('Algorithm:15', 'Hash:70', 'Path'),
  },
  {
    kind: 'custom',
    name: 'HelpInfo',
    types: ['HelpInfo'],
    lines: (value) => textLines(plainText(hooks.invokeMethod(value, 'ToString', []))),
  },
  {
    kind: 'custom',
    name: 'ScriptBlock',
    types: ['System.Management.Automation.ScriptBlock'],
    outOfBand: true,
    lines: (value) => textLines(plainText(value)),
  },
  {
    kind: 'table',
    name: 'Job',
    types: ['System.Management.Automation.Job'],
    columns: columns(
      'Id:6',
      'Name:15',
      'PSJobTypeName:15',
      'State:13',
      'HasMoreData:15',
      'Location:20',
      'Command',
    ),
  },
  {
    kind: 'table',
    name: 'Hex',
    types: ['Microsoft.PowerShell.Commands.ByteCollection'],
    groupBy: { get: 'Label', label: 'Label' },
    columns: columns(
      { label: '          Offset', width: 16, align: 'right', get: 'HexOffset' },
      { label: 'Bytes\n00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F', width: 47, get: 'HexBytes' },
      { label: 'Ascii', get: 'Ascii' },
    ),
  },
  {
    kind: 'table',
    name: 'PSMethod',
    types: ['System.Management.Automation.PSMethod'],
    wrap: true,
    columns: columns({
      label: 'OverloadDefinitions',
      get: (value) =>
        (elementsOf(readProperty(value, 'OverloadDefinitions')) ?? [])
          .map((one) => plainText(one).replace(/^static /, ''))
          .join('\n'),
    }),
  },
];
