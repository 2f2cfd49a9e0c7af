import { fail, ok } from '../../../base/result.ts';
import type { ErrorSpec } from '../cmdlets/cmdlet.ts';
import type { DriveValue, Provider, ProviderContext, ProviderResult, ResolvedPath } from '../run/provider.ts';
import type { Scope } from '../run/scope.ts';
import type { Session } from '../run/session.ts';
import { hasWildcard, wildcard } from '../types/wildcard.ts';
import { joinPath, pathParts, unescapePath } from './paths.ts';

const sessionOf = (ctx: ProviderContext): Session => ctx.session;

/** Drives a script made, by the scope it made them in: they go with it. */
const scopeDrives = new WeakMap<Scope, Map<string, DriveValue>>();

/** The session's own drives, made when first asked for. */
function globalDrives(ctx: ProviderContext): Map<string, DriveValue> {
  const session = sessionOf(ctx);
  if (!session.state.has('drives')) {
    session.state.set('drives', true);
    for (const provider of session.providers.values())
      for (const drive of provider.drives(session))
        if (!session.drives.has(drive.name.toLowerCase()))
          session.drives.set(drive.name.toLowerCase(), { ...drive, provider, currentLocation: '' });
  }
  return session.drives;
}

export function findDrive(ctx: ProviderContext, name: string): DriveValue | undefined {
  const lower = name.toLowerCase();
  for (let scope: Scope | undefined = sessionOf(ctx).frame.scope; scope; scope = scope.parent) {
    const found = scopeDrives.get(scope)?.get(lower);
    if (found) return found;
  }
  return globalDrives(ctx).get(lower);
}

export function allDrives(ctx: ProviderContext): DriveValue[] {
  const found = new Map<string, DriveValue>();
  for (let scope: Scope | undefined = sessionOf(ctx).frame.scope; scope; scope = scope.parent)
    for (const [name, drive] of scopeDrives.get(scope) ?? []) if (!found.has(name)) found.set(name, drive);
  for (const [name, drive] of globalDrives(ctx)) if (!found.has(name)) found.set(name, drive);
  return [...found.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

/** `scope` undefined: the session. */
export function addDrive(ctx: ProviderContext, drive: DriveValue, scope: Scope | undefined): void {
  const { globalScope } = sessionOf(ctx);
  if (!scope || scope === globalScope) {
    globalDrives(ctx).set(drive.name.toLowerCase(), drive);
    return;
  }
  let own = scopeDrives.get(scope);
  if (!own) scopeDrives.set(scope, (own = new Map()));
  own.set(drive.name.toLowerCase(), drive);
}

export function removeDrive(ctx: ProviderContext, drive: DriveValue): void {
  const lower = drive.name.toLowerCase();
  for (let scope: Scope | undefined = sessionOf(ctx).frame.scope; scope; scope = scope.parent)
    if (scopeDrives.get(scope)?.get(lower) === drive) scopeDrives.get(scope)?.delete(lower);
  if (globalDrives(ctx).get(lower) === drive) globalDrives(ctx).delete(lower);
}

export const driveNotFound = (name: string): ErrorSpec => ({
  id: 'DriveNotFound',
  category: 'ObjectNotFound',
  message: `Cannot find drive. A drive with the name '${name}' does not exist.`,
  exception: 'System.Management.Automation.DriveNotFoundException',
  target: name,
});
export const providerNotFound = (name: string): ErrorSpec => ({
  id: 'ProviderNotFound',
  category: 'ObjectNotFound',
  message: `Cannot find a provider with the name '${name}'.`,
  exception: 'System.Management.Automation.ProviderNotFoundException',
  target: name,
});
export const pathNotFound = (path: string): ErrorSpec => ({
  id: 'PathNotFound',
  category: 'ObjectNotFound',
  message: `Cannot find path '${path}' because it does not exist.`,
  exception: 'System.Management.Automation.ItemNotFoundException',
  target: path,
});

export function findProvider(ctx: ProviderContext, name: string): Provider | undefined {
  const bare = name.slice(name.lastIndexOf('\\') + 1).toLowerCase();
  return sessionOf(ctx).providers.get(bare);
}

/** A path split in drive and the part behind it; undefined where it names no drive. */
export function splitDrive(path: string): { readonly drive: string; readonly rest: string } | undefined {
  const match = /^([^\\/:*?[\]]+):(?!:)(.*)$/s.exec(path);
  return match ? { drive: match[1] as string, rest: match[2] as string } : undefined;
}

const inDrive = (drive: DriveValue, parts: readonly string[]): ResolvedPath => {
  const rest = parts.join('\\');
  return {
    provider: drive.provider,
    drive,
    providerPath: joinPath(drive.root, rest),
    path: `${drive.name}:\\${rest}`,
  };
};

/** A path in a provider, without a drive. */
export const providerPathOf = (provider: Provider, path: string): ResolvedPath => ({
  provider,
  drive: undefined,
  providerPath: path,
  path,
});

/** Where a path points, whether or not something is there. Wildcards stay as they are. */
export function resolvePath(ctx: ProviderContext, path: string): ProviderResult<ResolvedPath> {
  const session = sessionOf(ctx);
  const qualified = /^(?:([\w.]+)\\)?([\w.]+)::(.*)$/s.exec(path);
  if (qualified) {
    const provider = findProvider(ctx, qualified[2] as string);
    if (!provider) return fail(providerNotFound(qualified[2] as string));
    return ok(inProvider(provider, qualified[3] as string));
  }
  if (/^[\\/]{2}[^\\/]/.test(path)) {
    const provider = session.providers.get('filesystem');
    if (provider) return ok(providerPathOf(provider, path.replace(/\//g, '\\')));
  }
  const split = splitDrive(path);
  if (split) {
    const drive = findDrive(ctx, split.drive);
    if (!drive) return fail(driveNotFound(split.drive));
    if (/^[\\/]/.test(split.rest)) return ok(inDrive(drive, pathParts(split.rest)));
    return ok(inDrive(drive, pathParts(`${drive.currentLocation}\\${split.rest}`)));
  }
  if (/^~($|[\\/])/.test(path) && session.location.provider === 'FileSystem')
    return resolvePath(ctx, `${session.host.identity.profile}${path.slice(1)}`);
  const here = splitDrive(session.location.path);
  const drive = here && findDrive(ctx, here.drive);
  if (!here || !drive) {
    const base = session.location.path;
    return base.includes('::') || base.startsWith('\\\\')
      ? resolvePath(ctx, /^[\\/]/.test(path) ? path : `${base}\\${path}`)
      : fail(driveNotFound(base));
  }
  if (/^[\\/]/.test(path)) return ok(inDrive(drive, pathParts(path)));
  return ok(inDrive(drive, pathParts(`${here.rest}\\${path}`)));
}

/** The provider's own form of a path behind `Provider::`. */
function inProvider(provider: Provider, path: string): ResolvedPath {
  if (provider.name !== 'FileSystem') return providerPathOf(provider, pathParts(path).join('\\'));
  if (/^[\\/]{2}/.test(path)) return providerPathOf(provider, path.replace(/\//g, '\\'));
  const parts = pathParts(path);
  const joined = parts.join('\\');
  return providerPathOf(provider, /^[a-z]:$/i.test(joined) ? `${joined}\\` : joined);
}

/** The path one level down. */
export function childPath(parent: ResolvedPath, name: string): ResolvedPath {
  return {
    provider: parent.provider,
    drive: parent.drive,
    providerPath: joinPath(parent.providerPath, name),
    path: parent.path === '' || parent.path.endsWith('\\') ? parent.path + name : `${parent.path}\\${name}`,
  };
}

export interface GlobOptions {
  /** -LiteralPath: no wildcards, no escapes. */
  readonly literal: boolean;
  /** A path without wildcard that is not there is given all the same. */
  readonly allowMissing?: boolean;
}

/** All items a path means. Without wildcards a missing item is refused; with them there may be none. */
export function expandPath(
  ctx: ProviderContext,
  path: string,
  options: GlobOptions,
): ProviderResult<readonly ResolvedPath[]> {
  const pattern = !options.literal && hasWildcard(path);
  const resolved = resolvePath(ctx, pattern || options.literal ? path : unescapePath(path));
  if (!resolved.ok) return resolved;
  const { provider, drive, providerPath } = resolved.value;
  if (!pattern) {
    if (!options.allowMissing && !provider.exists(providerPath, ctx))
      return fail(pathNotFound(resolved.value.path));
    return ok([resolved.value]);
  }
  const root: ResolvedPath = drive
    ? { provider, drive, providerPath: drive.root, path: `${drive.name}:\\` }
    : provider.name === 'FileSystem'
      ? providerPathOf(provider, /^[a-z]:/i.test(providerPath) ? `${providerPath.slice(0, 2)}\\` : '')
      : providerPathOf(provider, '');
  const rest = providerPath.slice(root.providerPath.length);
  let found: ResolvedPath[] = [root];
  for (const part of pathParts(rest)) {
    const next: ResolvedPath[] = [];
    for (const base of found) {
      if (!hasWildcard(part)) {
        const child = childPath(base, unescapePath(part));
        if (provider.exists(child.providerPath, ctx)) next.push(child);
        continue;
      }
      if (!provider.isContainer(base.providerPath, ctx)) continue;
      const names = provider.childNames(base.providerPath, ctx);
      if (!names.ok) continue;
      const test = wildcard(part);
      for (const name of names.value) if (test(name)) next.push(childPath(base, name));
    }
    found = next;
  }
  return ok(found);
}

/** `Microsoft.PowerShell.Core\Registry::HKEY_LOCAL_MACHINE\Software`. */
export const psPath = (provider: Provider, providerPath: string): string =>
  `${provider.module}\\${provider.name}::${providerPath}`;
