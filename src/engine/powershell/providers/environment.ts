import { fail, ok } from '../../../base/result.ts';
import type { Provider } from '../run/provider.ts';
import { environment } from '../run/session-objects.ts';
import { DictionaryEntryValue } from '../types/collections.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { isNull } from '../types/value.ts';
import { itemExists, pathMissing, sortedNames } from './session-items.ts';

const drive = 'Env';

export const environmentProvider: Provider = {
  name: 'Environment',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.EnvironmentProvider',
  capabilities: 'ShouldProcess',
  drives: () => [{ name: drive, root: '', description: '' }],
  exists: (path, ctx) => path === '' || environment(ctx.session).has(path.toLowerCase()),
  isContainer: (path) => path === '',
  item(path, ctx) {
    const found = environment(ctx.session).get(path.toLowerCase());
    return found ? ok(new DictionaryEntryValue(found.name, found.value)) : fail(pathMissing(drive, path));
  },
  childNames: (_path, ctx) => ok(sortedNames([...environment(ctx.session).values()].map((v) => v.name))),
  newItem(path, _type, value, force, ctx) {
    if (!force && this.exists(path, ctx)) return fail(itemExists(path));
    return (this.setItem as NonNullable<Provider['setItem']>)(path, value, ctx);
  },
  setItem(path, value, ctx) {
    const own = environment(ctx.session);
    const text = isNull(value) ? '' : toText(value);
    const name = own.get(path.toLowerCase())?.name ?? path;
    if (text === '') own.delete(path.toLowerCase());
    else own.set(path.toLowerCase(), { name, value: text });
    return ok(new DictionaryEntryValue(name, text));
  },
  clearItem(path, ctx) {
    environment(ctx.session).delete(path.toLowerCase());
    return ok(undefined);
  },
  removeItem(path, _recurse, _force, ctx) {
    return environment(ctx.session).delete(path.toLowerCase())
      ? ok(undefined)
      : fail(pathMissing(drive, path));
  },
  renameItem(path, newName, force, ctx) {
    const own = environment(ctx.session);
    const found = own.get(path.toLowerCase());
    if (!found) return fail(pathMissing(drive, path));
    if (!force && own.has(newName.toLowerCase())) return fail(itemExists(newName));
    own.delete(path.toLowerCase());
    own.set(newName.toLowerCase(), { name: newName, value: found.value });
    return ok(newName);
  },
  content(path, ctx): ReturnType<NonNullable<Provider['content']>> {
    const found = environment(ctx.session).get(path.toLowerCase());
    return found ? ok(found.value as Value) : fail(pathMissing(drive, path));
  },
  setContent(path, value, ctx) {
    const done = (this.setItem as NonNullable<Provider['setItem']>)(path, value, ctx);
    return done.ok ? ok(undefined) : done;
  },
};
