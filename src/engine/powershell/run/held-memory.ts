import { DictionaryValue, ListValue, SetValue } from '../types/collections.ts';
import { DotNetObject, PSArray } from '../types/objects.ts';
import { PSReference, PSWrapped } from '../types/value.ts';
import type { Frame } from './frame.ts';
import type { Scope } from './scope.ts';
import type { Session } from './session.ts';

/** What an object costs by itself. */
const perObject = 24;

/** Bytes of everything that variables of a session can reach. Stops beyond `limit`. */
export function heldBytes(session: Session, limit: number): number {
  let total = 0;
  const seen = new Set<object>();
  const pending: unknown[] = [];
  const scopes = (scope: Scope | undefined): void => {
    for (let one = scope; one && !seen.has(one); one = one.parent) {
      seen.add(one);
      for (const variable of one.variables.values()) if (!variable.getter) pending.push(variable.value);
    }
  };
  scopes(session.globalScope);
  for (let frame: Frame | undefined = session.frame; frame; frame = frame.caller) scopes(frame.scope);
  while (pending.length > 0 && total <= limit) {
    const value = pending.pop();
    if (typeof value === 'string') total += 2 * value.length;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    total += perObject;
    if (value instanceof PSArray || value instanceof ListValue) {
      total += 16 * value.items.length;
      for (const item of value.items)
        if (typeof item === 'object' || typeof item === 'string') pending.push(item);
    } else if (value instanceof DictionaryValue) {
      total += 96 * value.entries.size;
      for (const entry of value.entries.values()) pending.push(entry.key, entry.value);
    } else if (value instanceof SetValue) {
      total += 48 * value.entries.size;
      pending.push(...value.entries.values());
    } else if (value instanceof PSWrapped) pending.push(value.base);
    else if (value instanceof DotNetObject && typeof value.state === 'string')
      total += 2 * value.state.length;
    if (value instanceof PSReference && value.members)
      for (const member of value.members) {
        total += perObject;
        if (member.kind === 'NoteProperty') pending.push(member.value);
      }
  }
  return total;
}
