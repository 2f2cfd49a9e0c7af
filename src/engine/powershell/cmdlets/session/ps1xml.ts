import { viewsOfFile } from '../../format/view-file.ts';
import { addViews } from '../../format/view-registry.ts';
import { decodeText, utf8NoBom } from '../../providers/encoding.ts';
import { expandPath } from '../../providers/resolve.ts';
import { parseXml } from '../../types/dotnet/xml/parse.ts';
import type { XmlNode } from '../../types/dotnet/xml/nodes.ts';
import { DotNetError } from '../../types/errors.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { addMembers } from './type-bags.ts';
import { typesOfFile } from './type-file.ts';

type Kind = 'types' | 'format';
const failed: Readonly<Record<Kind, string>> = {
  types: 'TypesXmlUpdateException',
  format: 'FormatXmlUpdateException',
};

/** Reads one `.ps1xml` file into the session; says on the error stream what keeps it from that. */
export function loadPs1xml(context: CmdletContext, kind: Kind, path: string, prepend: boolean): void {
  const refuse = (why: string): void =>
    context.error({
      id: failed[kind],
      category: 'InvalidOperation',
      message: `The following error occurred while loading the ${kind === 'types' ? 'extended type' : 'format'} data file: \n${path}(0) : ${why}\n`,
      exception: 'System.Management.Automation.RuntimeException',
    });
  const content = context.host.files.read(path);
  if (!content.ok) return refuse(content.error.message);
  let document: XmlNode;
  try {
    document = parseXml(decodeText(content.value, utf8NoBom), false);
  } catch (error) {
    if (!(error instanceof DotNetError)) throw error;
    return refuse(`Error in file: ${error.message}`);
  }
  const make = (text: string) => context.session.scriptBlock(text, path);
  if (kind === 'format') {
    const views = viewsOfFile(document, make);
    if (!views) return refuse('The root node must be Configuration.');
    return addViews(context.session, views, prepend);
  }
  const types = typesOfFile(document, make);
  if (!types) return refuse('The root node must be Types.');
  for (const { name, members } of types) addMembers(context, name, members);
}

/** The files of -AppendPath and -PrependPath. */
export function loadGivenFiles(context: CmdletContext, kind: Kind): void {
  for (const parameter of ['PrependPath', 'AppendPath'])
    for (const path of context.strings(parameter)) {
      const found = expandPath(context, path, { literal: false });
      if (!found.ok) context.error(found.error);
      else
        for (const at of found.value) loadPs1xml(context, kind, at.providerPath, parameter === 'PrependPath');
    }
}

export const updateFormatData: Cmdlet = {
  name: 'Update-FormatData',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.UpdateFormatDataCommand',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'AppendPath',
      type: 'string[]',
      aliases: ['PSPath', 'Path'],
      position: 0,
      pipeline: true,
      pipelineByName: true,
    },
    { name: 'PrependPath', type: 'string[]' },
  ],
  start: (context) => ({
    process() {
      loadGivenFiles(context, 'format');
      return undefined;
    },
  }),
};
