import { addItemProperties } from '../../providers/item-properties.ts';
import { leafOf } from '../../providers/paths.ts';
import { expandPath } from '../../providers/resolve.ts';
import type { GlobOptions } from '../../providers/resolve.ts';
import type { ItemAction, ProviderResult, ResolvedPath } from '../../run/provider.ts';
import type { Value } from '../../types/value.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { CmdletContext, ErrorSpec } from '../cmdlet.ts';

/** The paths given by -Path or -LiteralPath; the current location where there is neither. */
export function givenPaths(context: CmdletContext): {
  readonly paths: readonly string[];
  readonly literal: boolean;
} {
  if (context.has('LiteralPath')) return { paths: context.strings('LiteralPath'), literal: true };
  return { paths: context.has('Path') ? context.strings('Path') : ['.'], literal: false };
}

/** Whether a name passes -Filter, -Include and -Exclude. */
export function nameTest(
  context: CmdletContext,
  use: { readonly filter?: boolean } = {},
): ((name: string) => boolean) | undefined {
  const include = context.strings('Include').map((p) => wildcard(p));
  const exclude = context.strings('Exclude').map((p) => wildcard(p));
  const filter = use.filter === false ? '' : context.string('Filter');
  if (include.length === 0 && exclude.length === 0 && filter === '') return undefined;
  const byFilter = filter === '' ? undefined : filterTest(filter);
  return (name) =>
    (!byFilter || byFilter(name)) &&
    (include.length === 0 || include.some((t) => t(name))) &&
    !exclude.some((t) => t(name));
}

/** The file system's own patterns: `*.*` means all, brackets are plain characters. */
export const filterTest = (filter: string): ((name: string) => boolean) =>
  wildcard((filter === '*.*' ? '*' : filter).replace(/[[\]`]/g, '`$&'));

/** Items the given paths mean; what is missing goes to the error stream. */
export function targets(context: CmdletContext, options: Partial<GlobOptions> = {}): ResolvedPath[] {
  const { paths, literal } = givenPaths(context);
  const found: ResolvedPath[] = [];
  const test = nameTest(context);
  for (const path of paths) {
    const expanded = expandPath(context, path, { literal, ...options });
    if (!expanded.ok) {
      context.error(expanded.error);
      continue;
    }
    for (const one of expanded.value) {
      if (test && !test(leafOf(one.providerPath))) continue;
      // What a wildcard finds is not hidden.
      if (!literal && hasWildcard(path) && isHidden(context, one)) continue;
      found.push(one);
    }
  }
  return found;
}

export function isHidden(context: CmdletContext, at: ResolvedPath): boolean {
  if (at.provider.name !== 'FileSystem' || context.switch('Force')) return false;
  const info = context.host.files.info(at.providerPath);
  return info.ok && info.value.hidden;
}

export const notSupported = (target: Value = null): ErrorSpec => ({
  id: 'NotSupported',
  category: 'NotImplemented',
  message: 'Provider operation stopped because the provider does not support this operation.',
  exception: 'System.Management.Automation.PSNotSupportedException',
  target,
});

/** Writes an item with its PS* properties; a refusal goes to the error stream. */
export function writeItem(context: CmdletContext, at: ResolvedPath, listed = false): void {
  const item = at.provider.item(at.providerPath, context, listed);
  if (item.ok)
    context.write(addItemProperties(item.value, at, at.provider.isContainer(at.providerPath, context)));
  else context.error(item.error.id === 'PathNotFound' ? { ...item.error, target: at.path } : item.error);
}

/** Asks -WhatIf and -Confirm in the provider's words. */
export function agreed(context: CmdletContext, kind: ItemAction, at: ResolvedPath, to = ''): boolean {
  const words = at.provider.target?.(kind, at.providerPath, to, context);
  if (words) return context.shouldProcess(words[1], words[0]);
  const action = `${kind[0]?.toUpperCase()}${kind.slice(1)} ${at.provider.name}`;
  return context.shouldProcess(`Item: ${at.providerPath}${to === '' ? '' : ` ${to}`}`, action);
}

/** The value of a provider's answer; undefined where it refused, which the error stream then tells. */
export function accepted<T>(context: CmdletContext, result: ProviderResult<T>): T | undefined {
  if (result.ok) return result.value;
  context.error(result.error);
  return undefined;
}
