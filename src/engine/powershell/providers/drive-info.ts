import type { DriveValue, Provider, ResolvedPath } from '../run/provider.ts';
import type { Session } from '../run/session.ts';
import { context } from '../types/ambient.ts';
import { property } from '../types/dotnet/define.ts';
import { DotNetObject, PSArray } from '../types/objects.ts';
import { extendType } from '../types/extended-members.ts';
import { defineType } from '../types/registry.ts';
import type { Value } from '../types/value.ts';
import { allDrives, psPath, resolvePath } from './resolve.ts';

const drive = (self: Value): DriveValue => (self as DotNetObject<DriveValue>).state;
const provider = (self: Value): Provider => (self as DotNetObject<Provider>).state;
const sessionNow = (): Session => context().session as Session;

export const driveInfoType = defineType('System.Management.Automation.PSDriveInfo', {
  members: [
    property('CurrentLocation', 'string', (s) => currentLocation(drive(s))),
    property('Name', 'string', (s) => drive(s).name),
    property('Provider', 'System.Management.Automation.ProviderInfo', (s) => providerInfo(drive(s).provider)),
    property('Root', 'string', (s) => drive(s).root),
    property('Description', 'string', (s) => drive(s).description),
    property('MaximumSize', 'System.Nullable[long]', () => null),
    property('Credential', 'pscredential', () => null),
    property('DisplayRoot', 'string', () => null),
    {
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [{ signature: 'string ToString()', call: (s) => drive(s).name }],
    },
  ],
});

function currentLocation(of: DriveValue): string {
  const here = sessionNow().location.path;
  const prefix = `${of.name}:`.toLowerCase();
  if (here.toLowerCase().startsWith(prefix)) return here.slice(prefix.length).replace(/^\\/, '');
  return of.currentLocation;
}
const space = (self: Value, pick: (v: { size: number; free: number }) => number): Value => {
  const one = drive(self);
  if (one.provider.name !== 'FileSystem') return null;
  const volume = context()
    .host.files.drives()
    .find((d) => one.root.toLowerCase().startsWith(`${d.name.toLowerCase()}:`));
  return volume ? BigInt(Math.round(pick(volume))) : null;
};
extendType(
  'System.Management.Automation.PSDriveInfo',
  {
    kind: 'CodeProperty',
    name: 'Used',
    typeName: 'System.Object',
    get: (s) => space(s, (v) => v.size - v.free),
  },
  { kind: 'CodeProperty', name: 'Free', typeName: 'System.Object', get: (s) => space(s, (v) => v.free) },
);

export const providerInfoType = defineType('System.Management.Automation.ProviderInfo', {
  members: [
    property('ImplementingType', 'type', (s) => provider(s).typeName),
    property('HelpFile', 'string', () => 'System.Management.Automation.dll-Help.xml'),
    property('Name', 'string', (s) => provider(s).name),
    property('PSSnapIn', 'object', () => null),
    property('ModuleName', 'string', (s) => provider(s).module),
    property('Module', 'object', () => null),
    property('Description', 'string', () => ''),
    property('Capabilities', 'string', (s) => provider(s).capabilities),
    property('Home', 'string', (s, ctx) =>
      provider(s).name === 'FileSystem' ? ctx.host.identity.profile : '',
    ),
    property(
      'Drives',
      'object',
      (s) =>
        new PSArray(
          allDrives(sessionNow())
            .filter((d) => d.provider === provider(s))
            .map(driveInfo),
        ),
    ),
    {
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [
        {
          signature: 'string ToString()',
          call: (s) => `${provider(s).module}\\${provider(s).name}`,
        },
      ],
    },
  ],
});

const made = new WeakMap<object, DotNetObject>();
/** One object for each drive and provider, so that they compare equal. */
function once<T extends object>(of: T, make: () => DotNetObject<T>): DotNetObject<T> {
  let known = made.get(of);
  if (!known) made.set(of, (known = make()));
  return known as DotNetObject<T>;
}
export const driveInfo = (of: DriveValue): DotNetObject<DriveValue> =>
  once(of, () => new DotNetObject(driveInfoType, of));
export const providerInfo = (of: Provider): DotNetObject<Provider> =>
  once(of, () => new DotNetObject(providerInfoType, of));

interface PathState {
  readonly path: string;
  readonly resolved?: ResolvedPath;
}
const path = (self: Value): PathState => (self as DotNetObject<PathState>).state;
function target(self: Value): ResolvedPath | undefined {
  const state = path(self);
  if (state.resolved) return state.resolved;
  const resolved = resolvePath(sessionNow(), state.path);
  return resolved.ok ? resolved.value : undefined;
}

/** `$PWD`, Get-Location, Resolve-Path. The session makes those of its own place; both have these members. */
export const pathInfoType = defineType('System.Management.Automation.PathInfo', {
  members: [
    property('Drive', 'System.Management.Automation.PSDriveInfo', (s) => {
      const of = target(s)?.drive;
      return of ? driveInfo(of) : null;
    }),
    property('Provider', 'System.Management.Automation.ProviderInfo', (s) => {
      const of = target(s)?.provider;
      return of ? providerInfo(of) : null;
    }),
    property('ProviderPath', 'string', (s) => target(s)?.providerPath ?? path(s).path),
    property('Path', 'string', (s) => path(s).path),
  ],
});

export const pathInfo = (resolved: ResolvedPath): DotNetObject<PathState> =>
  new DotNetObject(pathInfoType, {
    path: resolved.drive ? resolved.path : psPath(resolved.provider, resolved.providerPath),
    resolved,
  });
