import { DictionaryValue } from '../types/collections.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { extendedMembers } from '../types/extended-members.ts';
import { getProperty, ownMember } from '../types/member.ts';
import { PSArray } from '../types/objects.ts';
import { typeOf } from '../types/type-of.ts';
import { ScriptError } from '../types/error-record.ts';
import type { PSMember, Value } from '../types/value.ts';
import { isNull, PSWrapped } from '../types/value.ts';
import { hasWildcard, wildcard } from '../types/wildcard.ts';

const isProperty = (member: PSMember): boolean =>
  member.kind === 'NoteProperty' ||
  member.kind === 'ScriptProperty' ||
  member.kind === 'AliasProperty' ||
  member.kind === 'CodeProperty';

/** Names of all properties of an object, in the order `*` gives them: its own, those of type data, those of .NET. */
export function propertyNames(value: Value, withHidden = false): string[] {
  if (isNull(value)) return [];
  const names = new Map<string, string>();
  const add = (name: string): void => {
    const lower = name.toLowerCase();
    if (!names.has(lower)) names.set(lower, name);
  };
  if (typeof value === 'object' && value !== null)
    for (const member of value.members ?? []) if (isProperty(member)) add(member.name);
  for (const member of extendedMembers(value)) if (isProperty(member)) add(member.name);
  const target = value instanceof PSWrapped ? value.base : value;
  const type = typeOf(target);
  if (type?.adapter) for (const name of type.adapter.names(target)) add(name);
  if (!type?.adapter?.hidesMembers)
    for (let t: DotNetType | null = type; t; t = t.baseType)
      for (const member of t.instanceMembers.values())
        if (member.kind === 'property' && (withHidden || !member.hidden)) add(member.name);
  return [...names.values()];
}

/** Names that match a property argument; a name without wildcard is itself even where there is no such property. */
export function matchingNames(value: Value, pattern: string): string[] {
  if (!hasWildcard(pattern)) return [pattern];
  if (value instanceof DictionaryValue && pattern === '*') return propertyNames(value);
  const test = wildcard(pattern);
  return propertyNames(value).filter(test);
}

/** The name of a property as the object spells it; undefined where it has none of that name. */
function nameOf(value: Value, name: string): string | undefined {
  const lower = name.toLowerCase();
  const own = isNull(value) ? undefined : ownMember(value, lower);
  if (own !== undefined && isProperty(own)) return own.name;
  return propertyNames(value).find((n) => n.toLowerCase() === lower);
}

/** The name as the object spells it. */
export const realName = (value: Value, name: string): string => nameOf(value, name) ?? name;

export const hasProperty = (value: Value, name: string): boolean => nameOf(value, name) !== undefined;

/** A member of `PSStandardMembers`: DefaultDisplayPropertySet, DefaultDisplayProperty, DefaultKeyPropertySet. */
function standardMember(value: Value, name: string): PSMember | undefined {
  const standard = ownMember(value, 'psstandardmembers');
  return standard?.kind === 'MemberSet' ? standard.members.get(name) : undefined;
}

/** What Format-List and tables show of a type where nothing else is said; empty where the type does not say. */
export function defaultDisplaySet(value: Value): string[] {
  const set = standardMember(value, 'DefaultDisplayPropertySet');
  if (set?.kind !== 'PropertySet') return [];
  const known = new Set(propertyNames(value).map((n) => n.toLowerCase()));
  return set.properties.filter((n) => known.has(n.toLowerCase()));
}

/** The property that stands for an object in a wide listing or a cell. */
export function displayProperty(value: Value): string | undefined {
  const own = standardMember(value, 'DefaultDisplayProperty');
  if (own?.kind === 'NoteProperty' && typeof own.value === 'string') return own.value;
  const names = propertyNames(value);
  for (const wanted of ['name', 'id', 'key', '*key', '*name', '*id']) {
    const found = names.find(wildcard(wanted));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Value of a property; null where it is missing or its getter fails. */
export function readProperty(value: Value, name: string): Value {
  try {
    return getProperty(value, name) ?? null;
  } catch (error) {
    if (error instanceof ScriptError) return null;
    throw error;
  }
}

export const isArray = (value: Value): value is PSArray => value instanceof PSArray;
