import { driveInfo, providerInfo } from '../../providers/drive-info.ts';
import {
  addDrive,
  allDrives,
  findDrive,
  findProvider,
  providerNotFound,
  removeDrive,
  resolvePath,
} from '../../providers/resolve.ts';
import type { DriveValue } from '../../run/provider.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { credentialParameter, forceParameter } from '../items/path-parameters.ts';
import { scopeOf } from '../variables/variable-cmdlets.ts';

const management = 'Microsoft.PowerShell.Management';

const noDrive = (name: string) =>
  ({
    id: 'GetLocationNoMatchingDrive',
    category: 'ObjectNotFound',
    message: `Cannot find drive. A drive with the name '${name}' does not exist.`,
    exception: 'System.Management.Automation.DriveNotFoundException',
    target: name,
  }) as const;

function matching(context: CmdletContext, names: readonly string[]): DriveValue[] {
  const all = allDrives(context);
  const providers = context.strings('PSProvider').map((p) => p.slice(p.lastIndexOf('\\') + 1).toLowerCase());
  const found: DriveValue[] = [];
  for (const name of names.length === 0 ? ['*'] : names) {
    const test = wildcard(name.replace(/:$/, ''));
    const some = all.filter((d) => test(d.name));
    if (some.length === 0 && !/[*?[]/.test(name)) context.error(noDrive(name));
    for (const drive of some)
      if (
        !found.includes(drive) &&
        (providers.length === 0 || providers.includes(drive.provider.name.toLowerCase()))
      )
        found.push(drive);
  }
  return found;
}

export const getPSDrive: Cmdlet = {
  name: 'Get-PSDrive',
  aliases: ['gdr'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetPSDriveCommand',
  defaultSet: 'Name',
  parameters: [
    { name: 'Name', type: 'string[]', sets: [{ set: 'Name', position: 0, pipelineByName: true }] },
    {
      name: 'LiteralName',
      type: 'string[]',
      sets: [{ set: 'LiteralName', position: 0, mandatory: true, pipelineByName: true }],
    },
    { name: 'Scope', type: 'string', pipelineByName: true },
    { name: 'PSProvider', type: 'string[]', pipelineByName: true },
  ],
  start: (context) => ({
    process() {
      const names = context.has('LiteralName') ? context.strings('LiteralName') : context.strings('Name');
      for (const drive of matching(context, names)) context.write(driveInfo(drive));
      return undefined;
    },
  }),
};

export const newPSDrive: Cmdlet = {
  name: 'New-PSDrive',
  aliases: ['ndr', 'mount'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.NewPSDriveCommand',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'Name', type: 'string', position: 0, mandatory: true, pipelineByName: true },
    { name: 'PSProvider', type: 'string', position: 1, mandatory: true, pipelineByName: true },
    {
      name: 'Root',
      type: 'string',
      position: 2,
      mandatory: true,
      pipelineByName: true,
      allowEmptyString: true,
    },
    { name: 'Description', type: 'string', pipelineByName: true },
    { name: 'Scope', type: 'string', pipelineByName: true },
    { name: 'Persist', type: 'switch' },
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const name = context.string('Name');
      const provider = findProvider(context, context.string('PSProvider'));
      if (!provider) {
        context.error(providerNotFound(context.string('PSProvider')));
        return undefined;
      }
      if (findDrive(context, name)) {
        context.error({
          id: 'DriveAlreadyExists',
          category: 'ResourceExists',
          message: `A drive with the name '${name}' already exists.`,
          exception: 'System.Management.Automation.SessionStateException',
          target: name,
        });
        return undefined;
      }
      const given = context.string('Root');
      const resolved = /^[^\\/]+:|^[\\/]{2}/.test(given)
        ? resolvePath(context, given)
        : resolvePath(context, provider.name === 'FileSystem' ? given : `${provider.name}::${given}`);
      const root = resolved.ok ? resolved.value.providerPath : given;
      if (!provider.exists(root, context) || !provider.isContainer(root, context)) {
        context.error({
          id: 'DriveRootError',
          category: 'ReadError',
          message:
            provider.name === 'Registry'
              ? `The specified drive root "${given}" either does not exist, or it is not a folder.`
              : `The specified drive root "${root}" either does not exist, or it is not a folder.`,
          exception: 'System.IO.IOException',
          target: given,
        });
        return undefined;
      }
      if (
        !context.shouldProcess(
          `Name: ${name} Provider: ${provider.module}\\${provider.name} Root: ${given}`,
          'New drive',
        )
      )
        return undefined;
      const drive: DriveValue = {
        name,
        provider,
        root,
        description: context.string('Description'),
        currentLocation: '',
      };
      addDrive(context, drive, context.has('Scope') ? scopeOf(context) : context.session.frame.scope);
      context.write(driveInfo(drive));
      return undefined;
    },
  }),
};

export const removePSDrive: Cmdlet = {
  name: 'Remove-PSDrive',
  aliases: ['rdr'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.RemovePSDriveCommand',
  defaultSet: 'Name',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      allowNull: true,
      allowEmptyCollection: true,
      sets: [{ set: 'Name', position: 0, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'LiteralName',
      type: 'string[]',
      sets: [{ set: 'LiteralName', position: 0, mandatory: true, pipelineByName: true }],
    },
    { name: 'PSProvider', type: 'string[]', pipelineByName: true },
    { name: 'Scope', type: 'string', pipelineByName: true },
    forceParameter,
  ],
  start: (context) => ({
    process() {
      const names = context.has('LiteralName') ? context.strings('LiteralName') : context.strings('Name');
      for (const drive of matching(context, names)) {
        const inUse = context.session.location.path.toLowerCase().startsWith(`${drive.name.toLowerCase()}:`);
        if (inUse && !context.switch('Force')) {
          context.error({
            id: 'Argument',
            category: 'InvalidArgument',
            message: `Cannot remove drive '${drive.name}' because it is in use.`,
            exception: 'System.Management.Automation.PSInvalidOperationException',
            target: drive.name,
          });
          continue;
        }
        if (
          context.shouldProcess(
            `Name: ${drive.name} Provider: ${drive.provider.module}\\${drive.provider.name} Root: ${drive.root}`,
            'Remove Drive',
          )
        )
          removeDrive(context, drive);
      }
      return undefined;
    },
  }),
};

export const getPSProvider: Cmdlet = {
  name: 'Get-PSProvider',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetPSProviderCommand',
  parameters: [{ name: 'PSProvider', type: 'string[]', position: 0, pipeline: true, pipelineByName: true }],
  start: (context) => ({
    process() {
      const names = context.strings('PSProvider');
      const all = [...context.session.providers.values()];
      if (names.length === 0) for (const one of all) context.write(providerInfo(one));
      for (const name of names) {
        const test = wildcard(name.slice(name.lastIndexOf('\\') + 1));
        const found = all.filter((p) => test(p.name));
        if (found.length === 0 && !/[*?[]/.test(name)) context.error(providerNotFound(name));
        for (const one of found) context.write(providerInfo(one));
      }
      return undefined;
    },
  }),
};
