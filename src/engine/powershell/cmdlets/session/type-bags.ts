import type { PSMember } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';
import type { CmdletContext } from '../cmdlet.ts';

/* Type data of a session, by type. */

/** What the session adds to a type. */
export function bagOf(context: CmdletContext, name: string): MemberBag {
  const { typeData } = context.session;
  let bag = typeData.get(name.toLowerCase());
  if (!bag) {
    typeData.set(name.toLowerCase(), (bag = new MemberBag()));
    names(context).set(name.toLowerCase(), name);
  }
  return bag;
}
/** Names as they were written first. */
export function names(context: CmdletContext): Map<string, string> {
  const { state } = context.session;
  const known = state.get('type-data-names') as Map<string, string> | undefined;
  if (known) return known;
  const made = new Map<string, string>();
  state.set('type-data-names', made);
  return made;
}

/** Gives members to a type, as a file of types does. */
export function addMembers(context: CmdletContext, type: string, members: readonly PSMember[]): void {
  const bag = bagOf(context, type);
  for (const one of members) bag.set(one);
}
