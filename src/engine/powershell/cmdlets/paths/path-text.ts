import { expandPath, resolvePath, splitDrive } from '../../providers/resolve.ts';
import { pathInfo } from '../../providers/drive-info.ts';
import type { ResolvedPath } from '../../run/provider.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { credentialParameter, forceParameter, pathParameters } from '../items/path-parameters.ts';
import { givenPaths } from '../items/targets.ts';
import { extensionOf } from '../../providers/file-info.ts';
import { findDrive, driveNotFound } from '../../providers/resolve.ts';
import { pathParts } from '../../providers/paths.ts';

const management = 'Microsoft.PowerShell.Management';

/** Parent and child as one path, separators of the device. */
export function joinText(parent: string, child: string): string {
  const left = parent.replace(/\//g, '\\');
  const right = child.replace(/\//g, '\\').replace(/^\\+/, '');
  if (left === '') return right;
  return left.endsWith('\\') ? left + right : `${left}\\${right}`;
}

export const joinPathCmdlet: Cmdlet = {
  name: 'Join-Path',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.JoinPathCommand',
  outputTypes: ['System.String'],
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      position: 0,
      mandatory: true,
      pipeline: true,
      pipelineByName: true,
      aliases: ['PSPath'],
      allowEmptyString: true,
    },
    {
      name: 'ChildPath',
      type: 'string',
      position: 1,
      mandatory: true,
      pipelineByName: true,
      allowNull: true,
      allowEmptyString: true,
      dialect: 'desktop',
    },
    {
      name: 'ChildPath',
      type: 'string[]',
      position: 1,
      mandatory: true,
      pipelineByName: true,
      allowNull: true,
      allowEmptyString: true,
      allowEmptyCollection: true,
      dialect: 'core',
    },
    { name: 'AdditionalChildPath', type: 'string[]', position: 2, remaining: true, dialect: 'core' },
    { name: 'Resolve', type: 'switch' },
    credentialParameter,
    { name: 'Extension', type: 'string', dialect: 'core', allowEmptyString: true },
  ],
  start: (context) => ({
    process() {
      const children = [...context.strings('ChildPath'), ...context.strings('AdditionalChildPath')];
      for (const path of context.strings('Path')) {
        const split = splitDrive(path);
        if (split && !findDrive(context, split.drive)) {
          context.error(driveNotFound(split.drive));
          continue;
        }
        let joined = path;
        if (children.length === 0) joined = joinText(joined, '');
        for (const child of children) joined = joinText(joined, child);
        if (context.has('Extension')) {
          const extension = context.string('Extension').replace(/^(?!\.|$)/, '.');
          joined = joined.slice(0, joined.length - extensionOf(joined).length) + extension;
        }
        if (!context.switch('Resolve')) {
          context.write(joined);
          continue;
        }
        const found = expandPath(context, joined, { literal: false });
        if (!found.ok) context.error(found.error);
        else for (const at of found.value) context.write(at.drive ? at.path : at.providerPath);
      }
      return undefined;
    },
  }),
};

const split = (path: string): string => path.replace(/\//g, '\\');

/** `C:\` of `C:\x`, `HKLM:` of `HKLM:\x`, `\` of `\x`: what stays before the first name. */
function rootOf(path: string): string {
  const qualified = /^([\w.]+\\)?[\w.]+::/.exec(path);
  if (qualified) return qualified[0];
  const unc = /^\\\\[^\\]+\\[^\\]+/.exec(path);
  if (unc) return unc[0];
  return /^(?:[^\\/:]+:)?\\?/.exec(path)?.[0] ?? '';
}
export function parentText(given: string): string {
  const path = split(given);
  const root = rootOf(path);
  const rest = path.slice(root.length).replace(/\\+$/, '');
  if (rest === '') return '';
  const at = rest.lastIndexOf('\\');
  return at < 0 ? root : root + rest.slice(0, at).replace(/\\+$/, '');
}
export function leafText(given: string): string {
  const path = split(given);
  const root = rootOf(path);
  const rest = path.slice(root.length).replace(/\\+$/, '');
  if (rest === '') return path;
  return rest.slice(rest.lastIndexOf('\\') + 1);
}

export const splitPath: Cmdlet = {
  name: 'Split-Path',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.SplitPathCommand',
  defaultSet: 'ParentSet',
  outputTypes: ['System.String', 'System.Boolean'],
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      position: 0,
      mandatory: true,
      pipeline: true,
      pipelineByName: true,
      sets: [
        'ParentSet',
        'LeafSet',
        'QualifierSet',
        'NoQualifierSet',
        'IsAbsoluteSet',
        'LeafBaseSet',
        'ExtensionSet',
      ],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralPathSet', mandatory: true, pipelineByName: true }],
    },
    { name: 'Qualifier', type: 'switch', sets: [{ set: 'QualifierSet', position: 1, mandatory: true }] },
    { name: 'NoQualifier', type: 'switch', sets: [{ set: 'NoQualifierSet', mandatory: true }] },
    { name: 'Parent', type: 'switch', sets: ['ParentSet'] },
    { name: 'Leaf', type: 'switch', sets: [{ set: 'LeafSet', mandatory: true }] },
    { name: 'LeafBase', type: 'switch', dialect: 'core', sets: [{ set: 'LeafBaseSet', mandatory: true }] },
    { name: 'Extension', type: 'switch', dialect: 'core', sets: [{ set: 'ExtensionSet', mandatory: true }] },
    { name: 'Resolve', type: 'switch' },
    { name: 'IsAbsolute', type: 'switch', sets: [{ set: 'IsAbsoluteSet', mandatory: true }] },
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      for (const path of resolvedTexts(context)) splitOne(context, path);
      return undefined;
    },
  }),
};
function resolvedTexts(context: CmdletContext): string[] {
  const { paths, literal } = givenPaths(context);
  if (!context.switch('Resolve')) return [...paths];
  const texts: string[] = [];
  for (const path of paths) {
    const found = expandPath(context, path, { literal });
    if (!found.ok) context.error(found.error);
    else texts.push(...found.value.map((at) => (at.drive ? at.path : at.providerPath)));
  }
  return texts;
}
function splitOne(context: CmdletContext, path: string): void {
  if (context.switch('Leaf')) context.write(leafText(path));
  else if (context.switch('LeafBase')) {
    const leaf = leafText(path);
    context.write(leaf.slice(0, leaf.length - extensionOf(leaf).length) || leaf);
  } else if (context.switch('Extension')) context.write(extensionOf(leafText(path)));
  else if (context.switch('IsAbsolute')) context.write(splitDrive(path) !== undefined);
  else if (context.switch('Qualifier')) {
    const parts = splitDrive(path);
    const provider = /^(?:[\w.]+\\)?[\w.]+::/.exec(path);
    if (provider) context.write(provider[0]);
    else if (parts) context.write(`${parts.drive}:`);
    else
      context.error({
        id: 'ParsePathFormatError',
        category: 'InvalidArgument',
        message: `Cannot parse path because path '${path}' does not have a qualifier specified.`,
        exception: 'System.FormatException',
        target: path,
      });
  } else if (context.switch('NoQualifier')) context.write(splitDrive(path)?.rest ?? path);
  else context.write(parentText(path));
}

/** A path below another: `.\sub\a.txt`, `..\x`. */
function relativeTo(base: string, path: string): string {
  if (base.slice(0, 2).toLowerCase() !== path.slice(0, 2).toLowerCase()) return path;
  const from = pathParts(base);
  const to = pathParts(path);
  let common = 0;
  while (
    common < from.length &&
    common < to.length &&
    from[common]?.toLowerCase() === to[common]?.toLowerCase()
  )
    common++;
  const up = from.length - common;
  const rest = to.slice(common);
  return up === 0 ? ['.', ...rest].join('\\') : [...new Array<string>(up).fill('..'), ...rest].join('\\');
}

function expanded(context: CmdletContext, report: (at: ResolvedPath) => void): void {
  const { paths, literal } = givenPaths(context);
  for (const path of paths) {
    const found = expandPath(context, path, { literal });
    if (found.ok) for (const at of found.value) report(at);
    else context.error(found.error);
  }
}

export const resolvePathCmdlet: Cmdlet = {
  name: 'Resolve-Path',
  aliases: ['rvpa'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.ResolvePathCommand',
  defaultSet: 'Path',
  parameters: [
    ...pathParameters(),
    { name: 'Relative', type: 'switch' },
    { name: 'RelativeBasePath', type: 'string', dialect: 'core' },
    { ...forceParameter, dialect: 'core' },
    credentialParameter,
  ],
  start: (context) => ({
    process() {
      expanded(context, (at) => {
        if (!context.switch('Relative')) {
          context.write(pathInfo(at));
          return;
        }
        const base = resolvePath(
          context,
          context.has('RelativeBasePath') ? context.string('RelativeBasePath') : '.',
        );
        context.write(relativeTo(base.ok ? base.value.path : '', at.path));
      });
      return undefined;
    },
  }),
};

export const convertPath: Cmdlet = {
  name: 'Convert-Path',
  aliases: ['cvpa'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.ConvertPathCommand',
  defaultSet: 'Path',
  outputTypes: ['System.String'],
  parameters: pathParameters(),
  start: (context) => ({
    process() {
      expanded(context, (at) => context.write(at.providerPath));
      return undefined;
    },
  }),
};
