import { fail, ok } from '../../../base/result.ts';
import type { ErrorSpec } from '../cmdlets/cmdlet.ts';
import type { HostError, RegistryPath } from '../host.ts';
import type { Provider, ProviderContext, ProviderResult } from '../run/provider.ts';
import { ConversionError } from '../types/errors.ts';
import { stringArray } from '../types/objects.ts';
import type { Value } from '../types/value.ts';
import { isNull, MemberBag } from '../types/value.ts';
import { hasWildcard, wildcard } from '../types/wildcard.ts';
import { joinPath, leafOf, parentOf } from './paths.ts';
import { makeKey } from './registry-key.ts';
import { hives, registryName, registryPath } from './registry-path.ts';
import { fromRegistry, kindOf, toRegistry } from './registry-values.ts';
import type { ValueKind } from './registry-values.ts';
import { pathNotFound } from './resolve.ts';

/** The default value's name as scripts see it. */
const shownName = (name: string): string => (name === '' ? '(default)' : name);
const storedName = (name: string): string => (name.toLowerCase() === '(default)' ? '' : name);

function refusal(error: HostError, path: string): ErrorSpec {
  switch (error.code) {
    case 'access-denied':
      return {
        id: 'System.Security.SecurityException',
        category: 'PermissionDenied',
        message: 'Requested registry access is not allowed.',
        exception: 'System.Security.SecurityException',
        target: path,
      };
    case 'not-found':
      return keyMissing(path);
    default:
      return {
        id: 'System.IO.IOException',
        category: 'WriteError',
        message: error.message,
        exception: 'System.IO.IOException',
        target: path,
      };
  }
}
const keyMissing = (path: string): ErrorSpec => ({
  id: 'System.ArgumentException',
  category: 'InvalidArgument',
  message: 'The registry key at the specified path does not exist.',
  exception: 'System.ArgumentException',
  target: path,
});
const propertyMissing = (name: string, path: string): ErrorSpec => ({
  id: 'System.Management.Automation.PSArgumentException',
  category: 'InvalidArgument',
  message: `Property ${name} does not exist at path ${path}.`,
  exception: 'System.Management.Automation.PSArgumentException',
  target: name,
});

const kinds = new Map(
  ['String', 'ExpandString', 'Binary', 'DWord', 'MultiString', 'QWord', 'None'].map((k) => [
    k.toLowerCase(),
    k as ValueKind,
  ]),
);

/** The path of a key that is there. */
function present(path: string, ctx: ProviderContext): ProviderResult<RegistryPath> {
  const at = registryPath(path);
  if (!at) return fail(pathNotFound(path));
  const found = ctx.host.registry.key(at);
  return found.ok
    ? ok(at)
    : fail(found.error.code === 'not-found' ? pathNotFound(path) : refusal(found.error, path));
}

function write(
  at: RegistryPath,
  path: string,
  name: string,
  value: Value,
  type: string | undefined,
  ctx: ProviderContext,
): ProviderResult<void> {
  const stored = storedName(name);
  const known = ctx.host.registry.value(at, stored);
  const asked =
    type === undefined || type.toLowerCase() === 'unknown' ? undefined : kinds.get(type.toLowerCase());
  const kind = asked ?? (known.ok ? known.value.kind : kindOf(value));
  let data;
  try {
    data = toRegistry(value, kind);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return fail({
      id: error.errorId,
      category: 'InvalidArgument',
      message: error.message,
      exception: 'System.Management.Automation.PSInvalidCastException',
      target: path,
    });
  }
  const done = ctx.host.registry.setValue(at, stored, data);
  return done.ok ? done : fail(refusal(done.error, path));
}

function copyKey(
  from: RegistryPath,
  to: RegistryPath,
  recurse: boolean,
  ctx: ProviderContext,
): HostError | undefined {
  const { registry } = ctx.host;
  const made = registry.createKey(to);
  if (!made.ok) return made.error;
  const names = registry.valueNames(from);
  for (const name of names.ok ? names.value : []) {
    const value = registry.value(from, name);
    if (!value.ok) continue;
    const done = registry.setValue(to, name, value.value);
    if (!done.ok) return done.error;
  }
  if (!recurse) return undefined;
  const keys = registry.subKeys(from);
  for (const key of keys.ok ? keys.value : []) {
    const failed = copyKey(
      { hive: from.hive, path: joinPath(from.path, key) },
      { hive: to.hive, path: joinPath(to.path, key) },
      true,
      ctx,
    );
    if (failed) return failed;
  }
  return undefined;
}

export const registryProvider: Provider = {
  name: 'Registry',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.RegistryProvider',
  capabilities: 'ShouldProcess',
  drives: () => [
    {
      name: 'HKLM',
      root: 'HKEY_LOCAL_MACHINE',
      description: 'The configuration settings for the local computer',
    },
    { name: 'HKCU', root: 'HKEY_CURRENT_USER', description: 'The software settings for the current user' },
  ],
  exists(path, ctx) {
    if (path === '') return true;
    const at = registryPath(path);
    if (!at) return false;
    const found = ctx.host.registry.key(at);
    return found.ok || found.error.code === 'access-denied';
  },
  isContainer(path, ctx) {
    return this.exists(path, ctx);
  },
  item(path, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const key = makeKey(at.value);
    const names = ctx.host.registry.valueNames(at.value);
    key.members = new MemberBag();
    key.members.set({
      kind: 'NoteProperty',
      name: 'Property',
      value: stringArray(names.ok ? names.value.map(shownName) : []),
    });
    return ok(key);
  },
  childNames(path, ctx) {
    if (path === '') return ok(hives.map(([, long]) => long));
    const at = registryPath(path);
    if (!at) return fail(pathNotFound(path));
    const names = ctx.host.registry.subKeys(at);
    return names.ok ? names : fail(refusal(names.error, path));
  },
  target(kind, path, to) {
    switch (kind) {
      case 'new':
        return ['New Item', `Item: ${path}`];
      case 'remove':
        return ['Remove Key', `Item: ${path}`];
      case 'copy':
        return ['Copy Key', `Item: ${path} Destination: ${to}`];
      case 'move':
        return ['Move Item', `Item: ${path} Destination: ${to}`];
      case 'rename':
        return ['Rename Item', `Item: ${path} NewName: ${leafOf(to)}`];
      case 'set':
        return ['Set Property', `Item: ${path} ${to}`];
      case 'clear':
        return ['Clear Property', `Item: ${path} ${to}`];
    }
  },
  newItem(path, _type, value, force, ctx) {
    const at = registryPath(path);
    if (!at) return fail(keyMissing(path));
    const { registry } = ctx.host;
    if (registry.key(at).ok) {
      if (!force)
        return fail({
          id: 'System.IO.IOException',
          category: 'ResourceExists',
          message: 'A key in this path already exists.',
          exception: 'System.IO.IOException',
          target: registryName(at),
        });
      const gone = registry.deleteKey(at, true);
      if (!gone.ok) return fail(refusal(gone.error, path));
    }
    const parent = registryPath(parentOf(path));
    const above = parent && registry.key(parent);
    if (!force && (!above || !above.ok))
      return fail(above && !above.ok ? refusal(above.error, parentOf(path)) : keyMissing(parentOf(path)));
    const made = registry.createKey(at);
    if (!made.ok) return fail(refusal(made.error, path));
    if (!isNull(value)) {
      const done = write(at, path, '', value, undefined, ctx);
      if (!done.ok) return done;
    }
    return this.item(path, ctx);
  },
  setItem(path, value, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const done = write(at.value, path, '', value, 'String', ctx);
    return done.ok ? this.item(path, ctx) : done;
  },
  clearItem(path, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const names = ctx.host.registry.valueNames(at.value);
    for (const name of names.ok ? names.value : []) {
      const done = ctx.host.registry.deleteValue(at.value, name);
      if (!done.ok) return fail(refusal(done.error, path));
    }
    return ok(undefined);
  },
  removeItem(path, _recurse, _force, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const done = ctx.host.registry.deleteKey(at.value, true);
    return done.ok ? done : fail(refusal(done.error, path));
  },
  renameItem(path, newName, _force, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const to = joinPath(parentOf(path), newName);
    if (this.exists(to, ctx))
      return fail({
        id: 'System.ArgumentException',
        category: 'InvalidArgument',
        message: `Cannot rename the item because an item with the name '${newName}' already exists.`,
        exception: 'System.ArgumentException',
        target: path,
      });
    const done = ctx.host.registry.renameKey(at.value, newName);
    return done.ok ? ok(to) : fail(refusal(done.error, path));
  },
  copyItem(from, to, recurse, _force, ctx) {
    const source = present(from, ctx);
    if (!source.ok) return source;
    const into = this.exists(to, ctx) ? joinPath(to, leafOf(from)) : to;
    const target = registryPath(into);
    if (!target) return fail(keyMissing(into));
    const failed = copyKey(source.value, target, recurse, ctx);
    return failed ? fail(refusal(failed, into)) : ok([into]);
  },
  moveItem(from, to, _force, ctx) {
    const source = present(from, ctx);
    if (!source.ok) return source;
    const into = this.exists(to, ctx) ? joinPath(to, leafOf(from)) : to;
    const target = registryPath(into);
    if (!target) return fail(keyMissing(into));
    const failed = copyKey(source.value, target, true, ctx);
    if (failed) return fail(refusal(failed, into));
    const gone = ctx.host.registry.deleteKey(source.value, true);
    return gone.ok ? ok(into) : fail(refusal(gone.error, from));
  },
  properties(path, names, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const { registry } = ctx.host;
    const all = registry.valueNames(at.value);
    if (!all.ok) return fail(refusal(all.error, path));
    const values: [string, Value][] = [];
    const missing: ErrorSpec[] = [];
    const add = (stored: string): void => {
      const found = registry.value(at.value, stored);
      if (found.ok) values.push([shownName(stored), fromRegistry(found.value, ctx.session)]);
    };
    if (names === undefined) for (const name of all.value) add(name);
    for (const name of names ?? []) {
      const test = hasWildcard(name) ? wildcard(name) : undefined;
      const lower = storedName(name).toLowerCase();
      const matches = all.value.filter((n) => (test ? test(shownName(n)) : n.toLowerCase() === lower));
      if (matches.length === 0 && !test) missing.push(propertyMissing(name, registryName(at.value)));
      for (const match of matches) add(match);
    }
    return ok({ values, missing });
  },
  setProperty(path, name, value, type, ctx) {
    const at = present(path, ctx);
    return at.ok ? write(at.value, path, name, value, type, ctx) : at;
  },
  clearProperty(path, name, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const found = ctx.host.registry.value(at.value, storedName(name));
    if (!found.ok) return fail(propertyMissing(name, registryName(at.value)));
    const done = ctx.host.registry.setValue(at.value, storedName(name), toRegistry(null, found.value.kind));
    return done.ok ? done : fail(refusal(done.error, path));
  },
  newProperty(path, name, value, type, force, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    if (!force && ctx.host.registry.value(at.value, storedName(name)).ok)
      return fail({
        id: 'System.IO.IOException',
        category: 'ResourceExists',
        message: 'The property already exists.',
        exception: 'System.IO.IOException',
        target: path,
      });
    // A new value has its own kind, whatever one of that name had.
    return write(at.value, path, name, value, type ?? kindOf(value), ctx);
  },
  removeProperty(path, name, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const done = ctx.host.registry.deleteValue(at.value, storedName(name));
    if (done.ok) return done;
    return fail(
      done.error.code === 'not-found'
        ? propertyMissing(name, registryName(at.value))
        : refusal(done.error, path),
    );
  },
  renameProperty(path, name, newName, ctx) {
    const at = present(path, ctx);
    if (!at.ok) return at;
    const { registry } = ctx.host;
    const found = registry.value(at.value, storedName(name));
    if (!found.ok) return fail(propertyMissing(name, registryName(at.value)));
    const done = registry.setValue(at.value, storedName(newName), found.value);
    if (!done.ok) return fail(refusal(done.error, path));
    const gone = registry.deleteValue(at.value, storedName(name));
    return gone.ok ? gone : fail(refusal(gone.error, path));
  },
};
