import { context } from './ambient.ts';
import type { PSMember, Value } from './value.ts';
import { MemberBag } from './value.ts';
import { typeNamesOf, typeOf } from './type-of.ts';
import type { DotNetType } from './dotnet-type.ts';

/** Members that PowerShell itself adds to .NET types (types.ps1xml), by type name in lower case. */
const builtIn = new Map<string, MemberBag>();

export function extendType(fullName: string, ...members: PSMember[]): void {
  const key = fullName.toLowerCase();
  let bag = builtIn.get(key);
  if (!bag) builtIn.set(key, (bag = new MemberBag()));
  for (const member of members) bag.set(member);
  cache.clear();
}

/** What a session added with Update-TypeData. */
export interface TypeDataHolder {
  readonly typeData: Map<string, MemberBag>;
}

const cache = new Map<DotNetType, boolean>();

/** Whether any member was ever added to the type or its bases: nearly always no. */
function isExtended(type: DotNetType): boolean {
  let known = cache.get(type);
  if (known === undefined) {
    known = false;
    for (let t: DotNetType | null = type; t && !known; t = t.baseType)
      known = builtIn.has(t.fullName.toLowerCase());
    cache.set(type, known);
  }
  return known;
}

export function extendedMember(value: Value, lowerName: string): PSMember | undefined {
  const type = typeOf(value);
  if (!type) return undefined;
  const typeData = (context().session as TypeDataHolder).typeData;
  const named = typeof value === 'object' && value !== null && value.typeNames !== undefined;
  if (typeData.size === 0 && !named && !isExtended(type)) return undefined;
  for (const name of typeNamesOf(value)) {
    const key = name.toLowerCase();
    const found = typeData.get(key)?.getLower(lowerName) ?? builtIn.get(key)?.getLower(lowerName);
    if (found) return found;
  }
  return undefined;
}

/** All extended members of a value, nearest type first. */
export function extendedMembers(value: Value): PSMember[] {
  const typeData = (context().session as TypeDataHolder).typeData;
  const type = typeOf(value);
  const named = typeof value === 'object' && value !== null && value.typeNames !== undefined;
  if (type && typeData.size === 0 && !named && !isExtended(type)) return [];
  const seen = new Map<string, PSMember>();
  for (const name of typeNamesOf(value)) {
    const key = name.toLowerCase();
    for (const bag of [typeData.get(key), builtIn.get(key)])
      for (const member of bag ?? [])
        if (!seen.has(member.name.toLowerCase())) seen.set(member.name.toLowerCase(), member);
  }
  return [...seen.values()];
}
