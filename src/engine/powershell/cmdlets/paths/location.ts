import { differences } from '../../dialects/index.ts';
import { pathInfo } from '../../providers/drive-info.ts';
import {
  expandPath,
  findDrive,
  pathNotFound,
  psPath,
  resolvePath,
  splitDrive,
} from '../../providers/resolve.ts';
import type { ProviderResult, ResolvedPath } from '../../run/provider.ts';
import { sessionObjects } from '../../run/session-objects.ts';
import type { DotNetObject } from '../../types/objects.ts';
import { fail, ok } from '../../../../base/result.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { passThruParameter, pathParameters } from '../items/path-parameters.ts';
import { givenPaths } from '../items/targets.ts';

const management = 'Microsoft.PowerShell.Management';
interface Place {
  readonly path: string;
  readonly provider: string;
}

/** Stacks of Push-Location by lower-case name; '' is the default one. */
function stackOf(context: CmdletContext, name: string): Place[] | undefined {
  const { session } = context;
  const current = (session.state.get('location-stack') as string | undefined) ?? '';
  const key = (name === '' ? current : name).toLowerCase();
  if (key === '' || key === 'default') return session.location.stack;
  return (session.state.get('location-stacks') as Map<string, Place[]> | undefined)?.get(key);
}
function makeStack(context: CmdletContext, name: string): Place[] {
  const known = stackOf(context, name);
  if (known) return known;
  const stacks =
    (context.session.state.get('location-stacks') as Map<string, Place[]> | undefined) ??
    new Map<string, Place[]>();
  context.session.state.set('location-stacks', stacks);
  const made: Place[] = [];
  stacks.set(name.toLowerCase(), made);
  return made;
}

/** Moves the session; the drive left behind remembers where it stood. */
function moveTo(context: CmdletContext, at: ResolvedPath): void {
  const { location } = context.session;
  const before = splitDrive(location.path);
  const left = before && findDrive(context, before.drive);
  if (before && left) left.currentLocation = before.rest.replace(/^\\/, '');
  const shown = at.drive ? at.path : psPath(at.provider, at.providerPath);
  location.set(shown, at.provider.name, at.providerPath);
  if (at.drive) at.drive.currentLocation = at.path.slice(at.drive.name.length + 2);
}

function container(context: CmdletContext, path: string, literal: boolean): ProviderResult<ResolvedPath> {
  const found = expandPath(context, path, { literal });
  if (!found.ok) return found;
  const [at] = found.value;
  if (!at || !at.provider.isContainer(at.providerPath, context)) {
    const where = at?.path ?? path;
    return fail(pathNotFound(where));
  }
  return ok(at);
}
const here = (context: CmdletContext): DotNetObject<unknown> =>
  sessionObjects.pathInfo(context.session) as DotNetObject<unknown>;

export const getLocation: Cmdlet = {
  name: 'Get-Location',
  aliases: ['gl', 'pwd'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetLocationCommand',
  defaultSet: 'Location',
  outputTypes: ['System.Management.Automation.PathInfo'],
  parameters: [
    { name: 'PSProvider', type: 'string[]', pipelineByName: true, sets: ['Location'] },
    { name: 'PSDrive', type: 'string[]', pipelineByName: true, sets: ['Location'] },
    { name: 'Stack', type: 'switch', sets: ['Stack'] },
    { name: 'StackName', type: 'string[]', pipelineByName: true, sets: ['Stack'] },
  ],
  start: (context) => ({
    process() {
      if (context.switch('Stack') || context.has('StackName')) {
        for (const name of context.has('StackName') ? context.strings('StackName') : ['']) {
          const stack = stackOf(context, name) ?? [];
          for (const place of [...stack].reverse()) {
            const at = resolvePath(context, place.path);
            if (at.ok) context.write(pathInfo(at.value));
          }
        }
        return undefined;
      }
      const drives = context.strings('PSDrive');
      for (const name of drives) {
        const at = resolvePath(context, `${name}:`);
        if (at.ok) context.write(pathInfo(at.value));
        else context.error(at.error);
      }
      if (drives.length === 0) context.write(here(context));
      return undefined;
    },
  }),
};

export const setLocation: Cmdlet = {
  name: 'Set-Location',
  aliases: ['sl', 'cd', 'chdir'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.SetLocationCommand',
  defaultSet: 'Path',
  parameters: [
    ...pathParameters({ mandatory: false }).map((p) => ({ ...p, type: 'string' })),
    passThruParameter,
    { name: 'StackName', type: 'string', pipelineByName: true, sets: ['Stack'] },
  ],
  start: (context) => ({
    process() {
      if (context.has('StackName')) {
        if (!stackOf(context, context.string('StackName')))
          context.error(noStack(context.string('StackName')));
        else context.session.state.set('location-stack', context.string('StackName'));
        return undefined;
      }
      const { paths, literal } = givenPaths(context);
      const given = context.has('Path') || literal ? (paths[0] as string) : '~';
      const { session } = context;
      const history = (session.state.get('location-history') as string[] | undefined) ?? [];
      session.state.set('location-history', history);
      const path =
        given === '-' && !differences.files.previousLocation.desktopIn(context.dialect)
          ? history.pop()
          : given;
      if (path === undefined) {
        return context.fail({
          id: 'System.InvalidOperationException',
          category: 'InvalidOperation',
          message: 'There is no location history left to navigate backwards.',
          exception: 'System.InvalidOperationException',
        });
      }
      const at = container(context, path, literal);
      if (!at.ok) {
        context.error(at.error);
        return undefined;
      }
      if (given !== '-') history.push(session.location.path);
      moveTo(context, at.value);
      if (context.switch('PassThru')) context.write(here(context));
      return undefined;
    },
  }),
};

const noStack = (name: string) =>
  ({
    id: 'Argument',
    category: 'InvalidArgument',
    message: `Cannot find location stack '${name}'. It does not exist or it is not a container.`,
    exception: 'System.Management.Automation.PSArgumentException',
    target: name,
  }) as const;

export const pushLocation: Cmdlet = {
  name: 'Push-Location',
  aliases: ['pushd'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.PushLocationCommand',
  defaultSet: 'Path',
  parameters: [
    ...pathParameters({ mandatory: false }).map((p) => ({ ...p, type: 'string' })),
    passThruParameter,
    { name: 'StackName', type: 'string', pipelineByName: true },
  ],
  start: (context) => ({
    process() {
      const { paths, literal } = givenPaths(context);
      const at = container(context, paths[0] as string, literal);
      const { location } = context.session;
      if (!at.ok) {
        context.error(at.error);
        return undefined;
      }
      makeStack(context, context.string('StackName')).push({
        path: location.path,
        provider: location.provider,
      });
      if (context.has('Path') || literal) moveTo(context, at.value);
      if (context.switch('PassThru')) context.write(here(context));
      return undefined;
    },
  }),
};

export const popLocation: Cmdlet = {
  name: 'Pop-Location',
  aliases: ['popd'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.PopLocationCommand',
  parameters: [passThruParameter, { name: 'StackName', type: 'string', pipelineByName: true }],
  start: (context) => ({
    process() {
      const name = context.string('StackName');
      const stack = stackOf(context, name);
      if (!stack) {
        context.error(noStack(name));
        return undefined;
      }
      const place = stack.pop();
      if (!place) return undefined;
      const at = resolvePath(context, place.path);
      if (at.ok) moveTo(context, at.value);
      else context.error(at.error);
      if (context.switch('PassThru')) context.write(here(context));
      return undefined;
    },
  }),
};
