import { decodeText, utf8NoBom } from '../../providers/encoding.ts';
import { expandPath } from '../../providers/resolve.ts';
import { DotNetError } from '../../types/errors.ts';
import { selectXml as nodesAt } from '../../types/dotnet/xml.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { givenPaths } from '../items/targets.ts';
import { makeRecord, recordType } from '../objects/record-type.ts';

const infoType = recordType(
  'Microsoft.PowerShell.Commands.SelectXmlInfo',
  'Node:System.Xml.XmlNode Path:string Pattern:string',
  { toString: (state) => toText(state['Node'] ?? null) },
);

function select(context: CmdletContext, document: Value, path: string): void {
  const pattern = context.string('XPath');
  const namespaces = context.has('Namespace') ? context.get('Namespace') : null;
  let nodes: readonly Value[];
  try {
    nodes = nodesAt(document, pattern, namespaces);
  } catch (error) {
    if (!(error instanceof DotNetError)) throw error;
    const exception = error.exception.type.fullName;
    context.fail({ id: exception, category: 'NotSpecified', message: error.message, exception });
  }
  for (const node of nodes) context.write(makeRecord(infoType, { Node: node, Path: path, Pattern: pattern }));
}

export const selectXml: Cmdlet = {
  name: 'Select-Xml',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.SelectXmlCommand',
  defaultSet: 'Xml',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: [{ set: 'Path', position: 1, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralPath', mandatory: true, pipelineByName: true }],
    },
    {
      name: 'Xml',
      type: 'object[]',
      aliases: ['Node'],
      sets: [{ set: 'Xml', position: 1, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    {
      name: 'Content',
      type: 'string[]',
      sets: [{ set: 'Content', mandatory: true, pipeline: true }],
    },
    { name: 'XPath', type: 'string', position: 0, mandatory: true },
    { name: 'Namespace', type: 'hashtable' },
  ],
  start: (context) => ({
    process() {
      if (context.has('Xml')) for (const node of context.list('Xml')) select(context, node, 'InputStream');
      for (const text of context.strings('Content'))
        select(context, context.convert(text, 'System.Xml.XmlDocument'), 'InputStream');
      if (!context.has('Path') && !context.has('LiteralPath')) return undefined;
      const { paths, literal } = givenPaths(context);
      for (const path of paths) {
        const found = expandPath(context, path, { literal });
        if (!found.ok) {
          context.error(found.error);
          continue;
        }
        for (const at of found.value) {
          const content = context.host.files.read(at.providerPath);
          if (content.ok)
            select(
              context,
              context.convert(decodeText(content.value, utf8NoBom), 'System.Xml.XmlDocument'),
              at.providerPath,
            );
          else
            context.error({
              id: 'ProcessingFile',
              category: 'NotSpecified',
              message: content.error.message,
              exception: 'System.ArgumentException',
              target: at.providerPath,
            });
        }
      }
      return undefined;
    },
  }),
};
