import type { Extent, Source } from '../../tokenize/source.ts';
import { property, method } from '../../types/dotnet/define.ts';
import { DotNetObject } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';

const extent = (self: Value): Extent => (self as DotNetObject<Extent>).state;
interface Position {
  readonly source: Source;
  readonly offset: number;
}
const position = (self: Value): Position => (self as DotNetObject<Position>).state;

const positionType = defineType('System.Management.Automation.Language.InternalScriptPosition', {
  assembly: 'System.Management.Automation',
  members: [
    property('File', 'string', (s) => position(s).source.file ?? null),
    property('LineNumber', 'int', (s) => position(s).source.lineOf(position(s).offset)),
    property('ColumnNumber', 'int', (s) => position(s).source.columnOf(position(s).offset)),
    property('Offset', 'int', (s) => position(s).offset),
    property('Line', 'string', (s) =>
      position(s).source.lineText(position(s).source.lineOf(position(s).offset)),
    ),
    method(['string GetFullScript()', (s) => position(s).source.text]),
  ],
});
const at = (source: Source, offset: number): Value => new DotNetObject(positionType, { source, offset });

const extentType = defineType('System.Management.Automation.Language.InternalScriptExtent', {
  assembly: 'System.Management.Automation',
  interfaces: ['System.Management.Automation.Language.IScriptExtent'],
  members: [
    property('File', 'string', (s) => extent(s).file ?? null),
    property('StartScriptPosition', 'object', (s) => at(extent(s).source, extent(s).startOffset)),
    property('EndScriptPosition', 'object', (s) => at(extent(s).source, extent(s).endOffset)),
    property('StartLineNumber', 'int', (s) => extent(s).startLineNumber),
    property('StartColumnNumber', 'int', (s) => extent(s).startColumnNumber),
    property('EndLineNumber', 'int', (s) => extent(s).endLineNumber),
    property('EndColumnNumber', 'int', (s) => extent(s).endColumnNumber),
    property('Text', 'string', (s) => extent(s).text),
    property('StartOffset', 'int', (s) => extent(s).startOffset),
    property('EndOffset', 'int', (s) => extent(s).endOffset),
    method(['string ToString()', (s) => extent(s).text]),
  ],
});
/** IScriptExtent of a place. */
export const extentValue = (place: Extent): Value => new DotNetObject(extentType, place);
