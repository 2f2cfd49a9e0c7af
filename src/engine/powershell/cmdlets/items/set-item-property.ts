import { elementsOf } from '../../types/enumerate.ts';
import { PSCustomObject } from '../../types/objects.ts';
import { hooks } from '../../types/hooks.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { readProperty, propertyNames } from '../../format/properties.ts';
import { isProviderProperty } from '../../format/views/registry.ts';
import { attributeBits } from '../../providers/file-info.ts';
import { resolvePath } from '../../providers/resolve.ts';
import type { ProviderResult, ResolvedPath } from '../../run/provider.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import {
  credentialParameter,
  filterParameters,
  forceParameter,
  passThruParameter,
  pathParameters,
} from './path-parameters.ts';
import {
  noDynamicInterface,
  noPropertyInterface,
  readProperties,
  setFileProperty,
} from './property-access.ts';
import { accepted, agreed, targets } from './targets.ts';

const management = 'Microsoft.PowerShell.Management';
const typeParameter: CmdletParameter = {
  name: 'PropertyType',
  type: 'Microsoft.Win32.RegistryValueKind',
  aliases: ['Type'],
  pipelineByName: true,
};
const typeOf = (context: CmdletContext, name: string): string | undefined =>
  context.has(name) ? context.string(name) : undefined;
const shown = (value: Value): string => {
  const items = elementsOf(value);
  return items ? items.map((v) => toText(v)).join(' ') : value === null ? '' : toText(value);
};

function setOne(
  context: CmdletContext,
  at: ResolvedPath,
  name: string,
  value: Value,
  type: string | undefined,
): boolean {
  if (!agreed(context, 'set', at, `Property: ${name} Value: ${shown(value)}`)) return false;
  const { provider } = at;
  let result: ProviderResult<void>;
  if (provider.setProperty) result = provider.setProperty(at.providerPath, name, value, type, context);
  else if (provider.name === 'FileSystem') result = setFileProperty(context, at, name, value);
  else result = { ok: false, error: noPropertyInterface };
  if (result.ok) return true;
  context.error(result.error);
  return false;
}
function pass(context: CmdletContext, at: ResolvedPath, name: string): void {
  if (!context.switch('PassThru')) return;
  const read = readProperties(context, at, [name]);
  if (read.ok && read.value.value !== undefined) context.write(read.value.value);
}

export const setItemProperty: Cmdlet = {
  name: 'Set-ItemProperty',
  aliases: ['sp'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.SetItemPropertyCommand',
  defaultSet: 'propertyValuePathSet',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: [
        { set: 'propertyValuePathSet', position: 0, mandatory: true, pipelineByName: true },
        { set: 'propertyPSObjectPathSet', position: 0, mandatory: true, pipelineByName: true },
      ],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [
        { set: 'propertyValueLiteralPathSet', mandatory: true, pipelineByName: true },
        { set: 'propertyPSObjectLiteralPathSet', mandatory: true, pipelineByName: true },
      ],
    },
    {
      name: 'Name',
      type: 'string',
      aliases: ['PSProperty'],
      sets: ['propertyValuePathSet', 'propertyValueLiteralPathSet'].map((set) => ({
        set,
        position: 1,
        mandatory: true,
        pipelineByName: true,
      })),
    },
    {
      name: 'Value',
      type: 'object',
      allowNull: true,
      allowEmptyString: true,
      allowEmptyCollection: true,
      sets: ['propertyValuePathSet', 'propertyValueLiteralPathSet'].map((set) => ({
        set,
        position: 2,
        mandatory: true,
        pipelineByName: true,
      })),
    },
    {
      name: 'InputObject',
      type: 'psobject',
      sets: ['propertyPSObjectPathSet', 'propertyPSObjectLiteralPathSet'].map((set) => ({
        set,
        mandatory: true,
        pipeline: true,
        pipelineByName: true,
      })),
    },
    forceParameter,
    passThruParameter,
    ...filterParameters,
    credentialParameter,
    { name: 'Type', type: 'Microsoft.Win32.RegistryValueKind', pipelineByName: true },
  ],
  start: (context) => ({
    process() {
      const input = context.get('InputObject');
      for (const at of targets(context)) {
        if (context.has('Name')) {
          const name = context.string('Name');
          if (setOne(context, at, name, context.get('Value'), typeOf(context, 'Type')))
            pass(context, at, name);
          continue;
        }
        if (input instanceof PSCustomObject || input !== null)
          for (const name of propertyNames(input))
            if (!isProviderProperty(name))
              setOne(context, at, name, readProperty(input, name), typeOf(context, 'Type'));
      }
      return undefined;
    },
  }),
};

export const newItemProperty: Cmdlet = {
  name: 'New-ItemProperty',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.NewItemPropertyCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters().map((p) => ({
      ...p,
      sets: p.sets?.map((s) => (typeof s === 'string' ? s : { ...s, pipeline: false })) ?? [],
    })),
    {
      name: 'Name',
      type: 'string',
      position: 1,
      mandatory: true,
      pipelineByName: true,
      aliases: ['PSProperty'],
    },
    typeParameter,
    { name: 'Value', type: 'object', pipelineByName: true, allowNull: true },
    forceParameter,
    ...filterParameters,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const name = context.string('Name');
      for (const at of targets(context)) {
        if (!at.provider.newProperty) {
          context.error(noDynamicInterface);
          continue;
        }
        const words = `Item: ${at.providerPath} Property: ${name}`;
        if (!context.shouldProcess(words, 'New Property')) continue;
        const done = at.provider.newProperty(
          at.providerPath,
          name,
          context.get('Value'),
          typeOf(context, 'PropertyType'),
          context.switch('Force'),
          context,
        );
        if (!done.ok) {
          context.error(done.error);
          continue;
        }
        const read = readProperties(context, at, [name]);
        if (read.ok && read.value.value !== undefined) context.write(read.value.value);
      }
      return undefined;
    },
  }),
};

export const removeItemProperty: Cmdlet = {
  name: 'Remove-ItemProperty',
  aliases: ['rp'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.RemoveItemPropertyCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    {
      name: 'Name',
      type: 'string[]',
      position: 1,
      mandatory: true,
      pipelineByName: true,
      aliases: ['PSProperty'],
    },
    forceParameter,
    ...filterParameters,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      for (const at of targets(context))
        for (const pattern of context.strings('Name')) {
          if (!at.provider.removeProperty) {
            context.error(noDynamicInterface);
            continue;
          }
          const read = at.provider.properties?.(at.providerPath, [pattern], context);
          const names =
            read?.ok && read.value.values.length > 0 ? read.value.values.map(([n]) => n) : [pattern];
          for (const name of names) {
            if (!context.shouldProcess(`Item: ${at.providerPath} Property: ${name}`, 'Remove Property'))
              continue;
            accepted(context, at.provider.removeProperty(at.providerPath, name, context));
          }
        }
      return undefined;
    },
  }),
};

export const renameItemProperty: Cmdlet = {
  name: 'Rename-ItemProperty',
  aliases: ['rnp'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.RenameItemPropertyCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    {
      name: 'Name',
      type: 'string',
      position: 1,
      mandatory: true,
      pipelineByName: true,
      aliases: ['PSProperty'],
    },
    { name: 'NewName', type: 'string', position: 2, mandatory: true, pipelineByName: true },
    passThruParameter,
    forceParameter,
    ...filterParameters,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const name = context.string('Name');
      const newName = context.string('NewName');
      for (const at of targets(context)) {
        if (!at.provider.renameProperty) {
          context.error(noDynamicInterface);
          continue;
        }
        if (
          !context.shouldProcess(
            `Item: ${at.providerPath} SourceProperty: ${name} DestinationProperty: ${newName}`,
            'Rename Property',
          )
        )
          continue;
        const done = at.provider.renameProperty(at.providerPath, name, newName, context);
        if (done.ok) pass(context, at, newName);
        else context.error(done.error);
      }
      return undefined;
    },
  }),
};

export const clearItemProperty: Cmdlet = {
  name: 'Clear-ItemProperty',
  aliases: ['clp'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.ClearItemPropertyCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    {
      name: 'Name',
      type: 'string',
      position: 1,
      mandatory: true,
      pipelineByName: true,
      aliases: ['PSProperty'],
    },
    passThruParameter,
    forceParameter,
    ...filterParameters,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const name = context.string('Name');
      for (const at of targets(context)) {
        if (!agreed(context, 'clear', at, `Property: ${name}`)) continue;
        const { provider } = at;
        if (provider.clearProperty) accepted(context, provider.clearProperty(at.providerPath, name, context));
        else if (provider.name !== 'FileSystem') context.error(noPropertyInterface);
        else if (name.toLowerCase() === 'attributes') {
          const info = context.host.files.info(at.providerPath);
          if (info.ok && attributeBits(info.value) !== 128)
            context.host.files.setAttributes(at.providerPath, { readOnly: false, hidden: false });
        } else
          context.error({
            id: 'Argument',
            category: 'InvalidArgument',
            message:
              'The property cannot be cleared because the property is not supported. Only the Attributes property can be cleared.',
            exception: 'System.Management.Automation.PSArgumentException',
            target: name,
          });
        pass(context, at, name);
      }
      return undefined;
    },
  }),
};

/** Copy-ItemProperty and Move-ItemProperty: a value of one key put into another. */
const transfer = (verb: 'Copy' | 'Move', alias: string): Cmdlet => ({
  name: `${verb}-ItemProperty`,
  aliases: [alias],
  module: management,
  typeName: `Microsoft.PowerShell.Commands.${verb}ItemPropertyCommand`,
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    { name: 'Destination', type: 'string', position: 1, mandatory: true, pipelineByName: true },
    {
      name: 'Name',
      type: verb === 'Copy' ? 'string' : 'string[]',
      position: 2,
      mandatory: true,
      pipelineByName: true,
      aliases: ['PSProperty'],
    },
    passThruParameter,
    forceParameter,
    ...filterParameters,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const to = resolvePath(context, context.string('Destination'));
      if (!to.ok) {
        context.error(to.error);
        return undefined;
      }
      for (const at of targets(context))
        for (const name of context.strings('Name')) {
          const { provider } = at;
          if (!provider.properties || !to.value.provider.newProperty || !provider.removeProperty) {
            context.error(noDynamicInterface);
            continue;
          }
          if (
            !context.shouldProcess(
              `Item: ${at.providerPath} SourceProperty: ${name} DestinationItem: ${to.value.providerPath} DestinationProperty: ${name}`,
              `${verb} Property`,
            )
          )
            continue;
          const read = provider.properties(at.providerPath, [name], context);
          if (!read.ok) {
            context.error(read.error);
            continue;
          }
          for (const missing of read.value.missing) context.error(missing);
          for (const [property, value] of read.value.values) {
            const kind = registryKind(context, at, property);
            const done = to.value.provider.newProperty(
              to.value.providerPath,
              property,
              value,
              kind,
              true,
              context,
            );
            if (!done.ok) context.error(done.error);
            else if (verb === 'Move')
              accepted(context, provider.removeProperty(at.providerPath, property, context));
          }
        }
      return undefined;
    },
  }),
});
function registryKind(context: CmdletContext, at: ResolvedPath, name: string): string | undefined {
  const item = at.provider.item(at.providerPath, context);
  if (!item.ok) return undefined;
  return toText(hooks.invokeMethod(item.value, 'GetValueKind', [name === '(default)' ? '' : name]));
}
export const copyItemProperty: Cmdlet = transfer('Copy', 'cpp');
export const moveItemProperty: Cmdlet = transfer('Move', 'mp');
