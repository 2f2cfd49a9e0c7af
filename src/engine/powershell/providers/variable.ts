import { fail, ok } from '../../../base/result.ts';
import type { Provider, ProviderContext } from '../run/provider.ts';
import type { Scope } from '../run/scope.ts';
import { Variable } from '../run/scope.ts';
import { sessionObjects } from '../run/session-objects.ts';
import type { Value } from '../types/value.ts';
import { itemExists, pathMissing, sortedNames } from './session-items.ts';

const drive = 'Variable';

function find(path: string, ctx: ProviderContext): Variable | undefined {
  const { frame, allScopeVariables } = ctx.session;
  const lower = path.toLowerCase();
  const found = frame.scope.find(lower) ?? allScopeVariables.get(lower);
  if (found) return found;
  const value = ctx.session.automatic(lower, frame);
  return value === undefined ? undefined : new Variable(path, value);
}
function set(path: string, value: Value, ctx: ProviderContext): Variable {
  const known = ctx.session.frame.scope.find(path.toLowerCase());
  if (known) {
    known.value = value;
    return known;
  }
  const made = new Variable(path, value);
  ctx.session.frame.scope.variables.set(path.toLowerCase(), made);
  return made;
}

export const variableProvider: Provider = {
  name: 'Variable',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.VariableProvider',
  capabilities: 'ShouldProcess',
  drives: () => [
    { name: drive, root: '', description: 'Drive that contains variables in the current session' },
  ],
  exists: (path, ctx) => path === '' || find(path, ctx) !== undefined,
  isContainer: (path) => path === '',
  item(path, ctx) {
    const found = find(path, ctx);
    return found ? ok(sessionObjects.variable(found)) : fail(pathMissing(drive, path));
  },
  childNames(_path, ctx) {
    const names = new Map<string, string>();
    for (let scope: Scope | undefined = ctx.session.frame.scope; scope; scope = scope.parent)
      for (const [lower, variable] of scope.variables)
        if (!names.has(lower) && !(variable.isPrivate && scope !== ctx.session.frame.scope))
          names.set(lower, variable.name);
    return ok(sortedNames([...names.values()]));
  },
  newItem(path, _type, value, force, ctx) {
    if (!force && find(path, ctx)) return fail(itemExists(path));
    return ok(sessionObjects.variable(set(path, value, ctx)));
  },
  setItem: (path, value, ctx) => ok(sessionObjects.variable(set(path, value, ctx))),
  clearItem(path, ctx) {
    const found = find(path, ctx);
    if (!found) return fail(pathMissing(drive, path));
    found.value = null;
    return ok(undefined);
  },
  removeItem(path, _recurse, force, ctx) {
    const lower = path.toLowerCase();
    for (let scope: Scope | undefined = ctx.session.frame.scope; scope; scope = scope.parent) {
      const found = scope.variables.get(lower);
      if (!found) continue;
      if (found.constant || (found.readOnly && !force))
        return fail({
          id: 'VariableNotRemovable',
          category: 'WriteError',
          message: `Cannot remove variable ${found.name} because it is constant or read-only. If the variable is read-only, try the operation again specifying the Force option.`,
          exception: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
          target: found.name,
        });
      found.removed = true;
      scope.variables.delete(lower);
      return ok(undefined);
    }
    return fail(pathMissing(drive, path));
  },
  renameItem(path, newName, force, ctx) {
    const found = find(path, ctx);
    if (!found) return fail(pathMissing(drive, path));
    if (!force && find(newName, ctx)) return fail(itemExists(newName));
    set(newName, found.value, ctx);
    const gone = (this.removeItem as NonNullable<Provider['removeItem']>)(path, false, force, ctx);
    return gone.ok ? ok(newName) : gone;
  },
  copyItem(from, to, _recurse, _force, ctx) {
    const found = find(from, ctx);
    if (!found) return fail(pathMissing(drive, from));
    set(to, found.read(), ctx);
    return ok([to]);
  },
  content(path, ctx) {
    const found = find(path, ctx);
    return found ? ok(found.read()) : fail(pathMissing(drive, path));
  },
  setContent(path, value, ctx) {
    set(path, value, ctx);
    return ok(undefined);
  },
};
