import { leafOf, unescapePath } from '../../providers/paths.ts';
import { expandPath, resolvePath } from '../../providers/resolve.ts';
import type { ResolvedPath } from '../../run/provider.ts';
import { hasWildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import {
  credentialParameter,
  filterParameters,
  forceParameter,
  passThruParameter,
  pathParameters,
} from './path-parameters.ts';
import { accepted, agreed, notSupported, targets, writeItem } from './targets.ts';

/** Where -Destination points; undefined where that is refused. */
function destination(context: CmdletContext): ResolvedPath | undefined {
  const given = context.has('Destination') ? context.string('Destination') : '.';
  if (hasWildcard(given)) {
    const found = expandPath(context, given, { literal: false });
    if (!found.ok) return void context.error(found.error);
    if (found.value.length > 0) return found.value[0];
  }
  const at = resolvePath(context, unescapePath(given));
  if (at.ok) return at.value;
  context.error(at.error);
  return undefined;
}

const destinationParameter = {
  name: 'Destination',
  type: 'string',
  position: 1,
  pipelineByName: true,
} as const;

const sameProvider = (context: CmdletContext, from: ResolvedPath, to: ResolvedPath): boolean => {
  if (from.provider === to.provider) return true;
  context.error({
    id: 'CopyItemSourceAndDestinationNotSameProvider',
    category: 'InvalidArgument',
    message: 'Source and destination path did not resolve to the same provider.',
    exception: 'System.Management.Automation.PSArgumentException',
    target: to.path,
  });
  return false;
};

export const copyItem: Cmdlet = {
  name: 'Copy-Item',
  aliases: ['copy', 'cp', 'cpi'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.CopyItemCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    destinationParameter,
    { name: 'Container', type: 'switch' },
    forceParameter,
    ...filterParameters,
    { name: 'Recurse', type: 'switch' },
    passThruParameter,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const to = destination(context);
      if (!to) return undefined;
      for (const from of targets(context)) {
        if (!sameProvider(context, from, to)) continue;
        const { copyItem: copy } = from.provider;
        if (!copy) {
          context.error(notSupported());
          continue;
        }
        if (!agreed(context, 'copy', from, copyTarget(context, from, to))) continue;
        const made = accepted(
          context,
          from.provider.copyItem?.(
            from.providerPath,
            to.providerPath,
            context.switch('Recurse'),
            context.switch('Force'),
            context,
          ) ?? { ok: false, error: notSupported() },
        );
        if (made && context.switch('PassThru'))
          for (const path of made) writeItem(context, { ...to, providerPath: path, path });
      }
      return undefined;
    },
  }),
};
/** The full path a copy gets, as -WhatIf shows it. */
function copyTarget(context: CmdletContext, from: ResolvedPath, to: ResolvedPath): string {
  return to.provider.isContainer(to.providerPath, context)
    ? `${to.providerPath.replace(/\\$/, '')}\\${leafOf(from.providerPath)}`
    : to.providerPath;
}

export const moveItem: Cmdlet = {
  name: 'Move-Item',
  aliases: ['mi', 'move', 'mv'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.MoveItemCommand',
  defaultSet: 'Path',
  shouldProcess: 'Medium',
  parameters: [
    ...pathParameters(),
    destinationParameter,
    forceParameter,
    ...filterParameters,
    passThruParameter,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const to = destination(context);
      if (!to) return undefined;
      for (const from of targets(context)) {
        if (!sameProvider(context, from, to)) continue;
        if (!from.provider.moveItem) {
          context.error(notSupported());
          continue;
        }
        if (!agreed(context, 'move', from, copyTarget(context, from, to))) continue;
        const path = accepted(
          context,
          from.provider.moveItem(from.providerPath, to.providerPath, context.switch('Force'), context),
        );
        if (path !== undefined && context.switch('PassThru'))
          writeItem(context, { ...to, providerPath: path, path });
      }
      return undefined;
    },
  }),
};

export const renameItem: Cmdlet = {
  name: 'Rename-Item',
  aliases: ['rni', 'ren'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.RenameItemCommand',
  defaultSet: 'ByPath',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Path',
      type: 'string',
      sets: [{ set: 'ByPath', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'ByLiteralPath', mandatory: true, pipelineByName: true }],
    },
    { name: 'NewName', type: 'string', position: 1, mandatory: true, pipelineByName: true },
    forceParameter,
    passThruParameter,
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      const name = context.string('NewName');
      for (const at of targets(context)) {
        const { provider, providerPath } = at;
        if (!provider.renameItem) {
          context.error(notSupported());
          continue;
        }
        const bare = name.replace(/^\.[\\/]/, '');
        if (/[\\/:]/.test(bare) && !inSameFolder(context, at, bare)) {
          context.error({
            id: 'Argument',
            category: 'InvalidArgument',
            message: 'Cannot rename the specified target, because it represents a path or device name.',
            exception: 'System.Management.Automation.PSArgumentException',
            target: name,
          });
          continue;
        }
        const to = `${providerPath.slice(0, providerPath.length - leafOf(providerPath).length)}${leafOf(bare)}`;
        if (!agreed(context, 'rename', at, to)) continue;
        const path = accepted(
          context,
          provider.renameItem(providerPath, leafOf(bare), context.switch('Force'), context),
        );
        if (path !== undefined && context.switch('PassThru'))
          writeItem(context, { ...at, providerPath: path, path });
      }
      return undefined;
    },
  }),
};
/** A new name may be a full path, where it stays in the folder. */
function inSameFolder(context: CmdletContext, at: ResolvedPath, name: string): boolean {
  if (!/^[^\\/]+:/.test(name)) return false;
  const to = resolvePath(context, name);
  const folder = (path: string): string => path.slice(0, path.length - leafOf(path).length).toLowerCase();
  return to.ok && folder(to.value.providerPath) === folder(at.providerPath);
}
