import type { DotNetType } from './dotnet-type.ts';
import { EnumValue } from './objects.ts';

/** Enum.ToString(): the name, names of flags joined by `, `, or the number. */
export function enumText(value: EnumValue): string {
  const { type } = value;
  const n = BigInt(value.value);
  for (const [name, v] of type.enumValues ?? []) if (BigInt(v) === n) return name;
  if (!type.isFlags || n === 0n) return n.toString();
  let rest = n;
  const names: string[] = [];
  const entries = [...(type.enumValues ?? [])].map(([name, v]) => [name, BigInt(v)] as const);
  entries.sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
  for (let i = entries.length - 1; i >= 0; i--) {
    const [name, v] = entries[i] as readonly [string, bigint];
    if (v !== 0n && (rest & v) === v) {
      rest &= ~v;
      names.unshift(name);
    }
  }
  return rest === 0n ? names.join(', ') : n.toString();
}

/** A value of an enum by its name in the program's own code. */
export function enumValue(type: DotNetType, name: string): EnumValue {
  const value = type.enumValues?.get(name);
  if (value === undefined) throw new Error(`No ${name} in ${type.fullName}`);
  return new EnumValue(type, value);
}
