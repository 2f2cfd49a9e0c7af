import { unescapePath } from '../../providers/paths.ts';
import { addItemProperties } from '../../providers/item-properties.ts';
import { resolvePath } from '../../providers/resolve.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { accepted, agreed, notSupported } from './targets.ts';
import { credentialParameter, forceParameter } from './path-parameters.ts';

function make(context: CmdletContext, type: string): void {
  const given = context.has('Path') ? context.strings('Path') : ['.'];
  const name = context.string('Name');
  for (const path of given) {
    const full = name === '' ? path : `${path.replace(/[\\/]$/, '')}${path.endsWith(':') ? '' : '\\'}${name}`;
    const at = resolvePath(context, unescapePath(full));
    if (!at.ok) {
      context.error(at.error);
      continue;
    }
    const { provider, providerPath } = at.value;
    if (!provider.newItem) {
      context.error(notSupported());
      continue;
    }
    const words = /^(d|dir)/i.test(type) || /^container$/i.test(type) ? 'Directory' : 'File';
    if (!agreed(context, 'new', at.value, words)) continue;
    const made = accepted(
      context,
      provider.newItem(providerPath, type, context.get('Value'), context.switch('Force'), context),
    );
    if (made !== undefined)
      context.write(addItemProperties(made, at.value, provider.isContainer(providerPath, context)));
  }
}

const parameters = (withType: boolean): Cmdlet['parameters'] => [
  {
    name: 'Path',
    type: 'string[]',
    sets: [
      { set: 'pathSet', position: 0, mandatory: true, pipelineByName: true },
      { set: 'nameSet', position: 0, pipelineByName: true },
    ],
  },
  {
    name: 'Name',
    type: 'string',
    allowNull: true,
    allowEmptyString: true,
    sets: [{ set: 'nameSet', mandatory: true, pipelineByName: true }],
  },
  ...(withType ? [{ name: 'ItemType', type: 'string', aliases: ['Type'], pipelineByName: true }] : []),
  { name: 'Value', type: 'object', aliases: ['Target'], pipeline: true, pipelineByName: true },
  forceParameter,
  credentialParameter,
];

export const newItem: Cmdlet = {
  name: 'New-Item',
  aliases: ['ni'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.NewItemCommand',
  defaultSet: 'pathSet',
  shouldProcess: 'Medium',
  parameters: parameters(true),
  start: (context) => ({
    process() {
      make(context, context.string('ItemType'));
      return undefined;
    },
  }),
};

/** PowerShell's function over New-Item; its errors are those of New-Item. */
export const mkdir: Cmdlet = {
  name: 'mkdir',
  aliases: ['md'],
  module: '',
  typeName: 'Microsoft.PowerShell.Commands.NewItemCommand',
  commandType: 'Function',
  defaultSet: 'pathSet',
  shouldProcess: 'Medium',
  parameters: parameters(false),
  start: (context) => ({
    process() {
      make(context, 'Directory');
      return undefined;
    },
  }),
};
