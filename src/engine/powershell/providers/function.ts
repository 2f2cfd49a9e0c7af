import { fail, ok } from '../../../base/result.ts';
import type { CommandInfo } from '../run/command-info.ts';
import type { Provider, ProviderContext } from '../run/provider.ts';
import type { Scope } from '../run/scope.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { itemExists, pathMissing, sortedNames } from './session-items.ts';

const drive = 'Function';
/** A function by name; those that Windows writes in PowerShell and we do not are found among the cmdlets. */
function find(path: string, ctx: ProviderContext): CommandInfo | undefined {
  const lower = path.toLowerCase();
  const own = ctx.session.frame.scope.findFunction(lower);
  if (own) return own;
  const built = ctx.session.cmdletTable.get(lower);
  return built?.cmdlet?.commandType === 'Function' ? built : undefined;
}

function set(path: string, value: Value, ctx: ProviderContext): CommandInfo {
  const { session } = ctx;
  const block =
    value instanceof ScriptBlockValue ? value : session.scriptBlock(value === null ? '' : toText(value));
  let scope: Scope = session.frame.scope;
  for (let at: Scope | undefined = scope; at; at = at.parent)
    if (at.functions?.has(path.toLowerCase())) {
      scope = at;
      break;
    }
  return session.defineFunction(path, block, scope, false);
}

export const functionProvider: Provider = {
  name: 'Function',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.FunctionProvider',
  capabilities: 'ShouldProcess',
  drives: () => [
    { name: drive, root: '', description: 'Drive that contains functions in the current session' },
  ],
  exists: (path, ctx) => path === '' || find(path, ctx) !== undefined,
  isContainer: (path) => path === '',
  item(path, ctx) {
    const found = find(path, ctx);
    return found ? ok(found) : fail(pathMissing(drive, path));
  },
  childNames(_path, ctx) {
    const names = new Map<string, string>();
    for (let scope: Scope | undefined = ctx.session.frame.scope; scope; scope = scope.parent)
      for (const [lower, info] of scope.functions ?? []) if (!names.has(lower)) names.set(lower, info.name);
    for (const [lower, info] of ctx.session.cmdletTable)
      if (info.cmdlet?.commandType === 'Function' && !names.has(lower)) names.set(lower, info.name);
    return ok(sortedNames([...names.values()]));
  },
  newItem(path, _type, value, force, ctx) {
    if (!force && find(path, ctx)) return fail(itemExists(path));
    return ok(set(path, value, ctx));
  },
  setItem: (path, value, ctx) => ok(set(path, value, ctx)),
  removeItem(path, _recurse, _force, ctx) {
    const lower = path.toLowerCase();
    for (let scope: Scope | undefined = ctx.session.frame.scope; scope; scope = scope.parent)
      if (scope.functions?.delete(lower)) {
        ctx.session.commandVersion++;
        return ok(undefined);
      }
    return fail(pathMissing(drive, path));
  },
  renameItem(path, newName, force, ctx) {
    const found = find(path, ctx);
    if (!found) return fail(pathMissing(drive, path));
    set(newName, found.block ?? null, ctx);
    const gone = (this.removeItem as NonNullable<Provider['removeItem']>)(path, false, force, ctx);
    return gone.ok ? ok(newName) : gone;
  },
  copyItem(from, to, _recurse, _force, ctx) {
    const found = find(from, ctx);
    if (!found) return fail(pathMissing(drive, from));
    set(to, found.block ?? null, ctx);
    return ok([to]);
  },
  content(path, ctx) {
    const found = find(path, ctx);
    return found ? ok(found.block ?? null) : fail(pathMissing(drive, path));
  },
  setContent(path, value, ctx) {
    set(path, value, ctx);
    return ok(undefined);
  },
};
