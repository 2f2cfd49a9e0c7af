import { DictionaryValue } from '../types/collections.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import { isTrue } from '../types/truth.ts';
import type { Value } from '../types/value.ts';
import { automationNull } from '../types/value.ts';
import { wildcard } from '../types/wildcard.ts';
import type { Argument } from './binder.ts';
import { findParameter } from './binder.ts';
import type { CommandInfo } from './command-info.ts';
import type { Frame } from './frame.ts';
import { callBlock } from './invoke.ts';

/** Whether `$PSDefaultParameterValues` may add arguments to a call. */
export function hasDefaultParameters(frame: Frame, info: CommandInfo | undefined): boolean {
  if (!info || !frame.session.metadataOf(info, info.block)?.advanced) return false;
  const table = frame.scope.find('psdefaultparametervalues')?.value;
  return table instanceof DictionaryValue && table.count > 0;
}

/** Arguments with those `$PSDefaultParameterValues` adds: for cmdlets and advanced functions, where none was given. */
export function withDefaultParameters(
  frame: Frame,
  info: CommandInfo | undefined,
  args: readonly Argument[],
): readonly Argument[] {
  const table = frame.scope.find('psdefaultparametervalues')?.value;
  if (!(table instanceof DictionaryValue) || table.count === 0 || !info) return args;
  const { session } = frame;
  const meta = session.metadataOf(info, info.block);
  if (!meta?.advanced || isTrue(table.get('Disabled') ?? false)) return args;
  const given = new Set<string>();
  for (const arg of args)
    if (arg.kind === 'parameter') {
      const parameter = findParameter(meta, arg.name);
      if (parameter) given.add(parameter.lower);
    }
  const added: Argument[] = [];
  for (const entry of table.entries.values()) {
    const key = toText(entry.key);
    const colon = key.lastIndexOf(':');
    if (colon < 0 || !wildcard(key.slice(0, colon).trim())(info.name)) continue;
    const name = key.slice(colon + 1).trim();
    const parameter = meta.byName.get(name.toLowerCase());
    if (!parameter || given.has(parameter.lower)) continue;
    let value: Value = entry.value;
    if (value instanceof ScriptBlockValue) value = session.drain(callBlock(session, value, [], frame));
    added.push({
      kind: 'parameter',
      name: parameter.name,
      value: value === automationNull ? null : value,
      text: `-${parameter.name}`,
    });
  }
  return added.length === 0 ? args : [...args, ...added];
}
