import { fail, ok } from '../../../base/result.ts';
import { CommandInfo } from '../run/command-info.ts';
import type { Provider, ProviderContext } from '../run/provider.ts';
import type { Scope } from '../run/scope.ts';
import { AliasInfo } from '../run/scope.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { itemExists, pathMissing, sortedNames } from './session-items.ts';

const drive = 'Alias';
const find = (path: string, ctx: ProviderContext): AliasInfo | undefined =>
  ctx.session.frame.scope.findAlias(path.toLowerCase());

/** An alias as Get-Alias and the Alias: drive write it. */
export function aliasCommand(alias: AliasInfo): CommandInfo {
  const info = new CommandInfo('Alias', alias.name, { definition: alias.definition });
  info.options = alias.options;
  info.description = alias.description;
  return info;
}
function set(path: string, value: Value, ctx: ProviderContext): AliasInfo {
  const { session } = ctx;
  const made = new AliasInfo(path, toText(value));
  const lower = path.toLowerCase();
  let scope: Scope = session.frame.scope;
  for (let at: Scope | undefined = scope; at; at = at.parent)
    if (at.aliases?.has(lower)) {
      scope = at;
      break;
    }
  (scope.aliases ??= new Map()).set(lower, made);
  session.commandVersion++;
  return made;
}

export const aliasProvider: Provider = {
  name: 'Alias',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.AliasProvider',
  capabilities: 'ShouldProcess',
  drives: () => [
    { name: drive, root: '', description: 'Drive that contains aliases in the current session' },
  ],
  exists: (path, ctx) => path === '' || find(path, ctx) !== undefined,
  isContainer: (path) => path === '',
  item(path, ctx) {
    const found = find(path, ctx);
    return found ? ok(aliasCommand(found)) : fail(pathMissing(drive, path));
  },
  childNames(_path, ctx) {
    const names = new Map<string, string>();
    for (let scope: Scope | undefined = ctx.session.frame.scope; scope; scope = scope.parent)
      for (const [lower, alias] of scope.aliases ?? []) if (!names.has(lower)) names.set(lower, alias.name);
    return ok(sortedNames([...names.values()]));
  },
  newItem(path, _type, value, force, ctx) {
    if (!force && find(path, ctx)) return fail(itemExists(path));
    return ok(aliasCommand(set(path, value, ctx)));
  },
  setItem: (path, value, ctx) => ok(aliasCommand(set(path, value, ctx))),
  removeItem(path, _recurse, _force, ctx) {
    const lower = path.toLowerCase();
    for (let scope: Scope | undefined = ctx.session.frame.scope; scope; scope = scope.parent)
      if (scope.aliases?.delete(lower)) {
        ctx.session.commandVersion++;
        return ok(undefined);
      }
    return fail(pathMissing(drive, path));
  },
  content(path, ctx) {
    const found = find(path, ctx);
    return found ? ok(found.definition as Value) : fail(pathMissing(drive, path));
  },
  setContent(path, value, ctx) {
    set(path, value, ctx);
    return ok(undefined);
  },
};
