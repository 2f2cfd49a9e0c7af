import type { CommandInfo } from '../../run/command-info.ts';
import { Frame } from '../../run/frame.ts';
import { callBlock } from '../../run/invoke.ts';
import { ModuleValue } from '../../run/module.ts';
import { Scope } from '../../run/scope.ts';
import type { Session } from '../../run/session.ts';
import type { Sink } from '../../run/sink.ts';
import type { Steps } from '../../run/steps.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import type { Value } from '../../types/value.ts';
import type { CmdletContext } from '../cmdlet.ts';

/** A module without content: its scope hangs below the global one. */
export function emptyModule(session: Session, name: string, path: string): ModuleValue {
  const scope = new Scope(session.globalScope);
  scope.isScript = true;
  const module = new ModuleValue(name, path, scope);
  scope.module = module;
  return module;
}

/** A frame for code that runs as if it stood in the module's file. */
export function moduleFrame(session: Session, module: ModuleValue): Frame {
  const { frame } = session;
  return new Frame(session, module.scope, frame.out, frame.streams, 0, frame);
}

/** Runs the module's body in its scope, then exports what it did not say it hides. */
export function* runModule(
  session: Session,
  module: ModuleValue,
  block: ScriptBlockValue,
  args: readonly Value[],
  out: Sink,
): Steps<void> {
  yield* callBlock(session, block, args, moduleFrame(session, module), { dotted: true, out });
  if (module.exportsDeclared) return;
  for (const [lower, info] of module.scope.functions ?? []) module.functions.set(lower, info);
  for (const [lower, alias] of module.scope.aliases ?? []) module.aliases.set(lower, alias);
}

export interface ImportFilter {
  readonly functions?: ((name: string) => boolean) | undefined;
  readonly aliases?: ((name: string) => boolean) | undefined;
  readonly variables?: ((name: string) => boolean) | undefined;
  readonly prefix?: string;
}

const prefixed = (name: string, prefix: string): string =>
  prefix === '' ? name : name.includes('-') ? name.replace('-', `-${prefix}`) : prefix + name;

/** Puts what a module exports into a scope. */
export function importInto(
  session: Session,
  module: ModuleValue,
  scope: Scope,
  filter: ImportFilter = {},
): void {
  const prefix = filter.prefix ?? '';
  const functions = scope.functions ?? new Map<string, CommandInfo>();
  scope.functions = functions;
  for (const info of module.functions.values()) {
    if (filter.functions && !filter.functions(info.name)) continue;
    info.module = module;
    functions.set(prefixed(info.name, prefix).toLowerCase(), info);
  }
  const aliases = scope.aliases ?? new Map();
  scope.aliases = aliases;
  for (const alias of module.aliases.values())
    if (!filter.aliases || filter.aliases(alias.name)) aliases.set(alias.name.toLowerCase(), alias);
  for (const variable of module.variables.values())
    if (!filter.variables || filter.variables(variable.name))
      scope.variables.set(variable.name.toLowerCase(), variable);
  remember(session, module);
  session.commandVersion++;
}

/** The newest under a name is found by it; others of that name stay, each under its path. */
function remember(session: Session, module: ModuleValue): void {
  const { modules } = session;
  const key = module.name.toLowerCase();
  const known = modules.get(key);
  if (known === module) return;
  modules.delete(`${key}|${module.path.toLowerCase()}`);
  if (known && known.path !== module.path) modules.set(`${key}|${known.path.toLowerCase()}`, known);
  modules.delete(key);
  modules.set(key, module);
}
function forget(session: Session, module: ModuleValue): void {
  const { modules } = session;
  const key = module.name.toLowerCase();
  for (const [at, one] of modules) if (one === module) modules.delete(at);
  if (modules.has(key)) return;
  const other = [...modules].findLast(([, one]) => one.name.toLowerCase() === key);
  if (!other) return;
  modules.delete(other[0]);
  modules.set(key, other[1]);
}

/** Takes a module's exports away from every scope that can be seen from here. */
export function removeFrom(session: Session, module: ModuleValue, from: Scope): void {
  const own = new Set(module.functions.values());
  const ownAliases = new Set(module.aliases.values());
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
    for (const [lower, info] of scope.functions ?? []) if (own.has(info)) scope.functions?.delete(lower);
    for (const [lower, alias] of scope.aliases ?? []) if (ownAliases.has(alias)) scope.aliases?.delete(lower);
    for (const [lower, variable] of scope.variables)
      if (module.variables.get(lower) === variable) {
        variable.removed = true;
        scope.variables.delete(lower);
      }
  }
  forget(session, module);
  session.commandVersion++;
}

/** Where an import goes: the scope of the module that asks, else the global one. */
export function importScope(context: CmdletContext): Scope {
  const { session } = context;
  const scopeName = context.string('Scope').toLowerCase();
  if (context.switch('Global') || scopeName === 'global') return session.globalScope;
  if (scopeName === 'local') return session.frame.scope;
  return session.frame.scope.module?.scope ?? session.globalScope;
}
