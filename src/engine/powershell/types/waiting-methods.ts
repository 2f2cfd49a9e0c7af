import type { Resume, Suspend } from '../host.ts';
import type { TypeContext } from './dotnet-type.ts';
import { typeOf } from './type-of.ts';
import type { Value } from './value.ts';

type Waiting = (self: Value, args: Value[], context: TypeContext) => Generator<Suspend, Value, Resume>;

/** By lower-case method name, then by full type name. */
const methods = new Map<string, Map<string, Waiting>>();

/**
 * Declares a method that waits for the device (`$process.WaitForExit()`): where a script calls it, it runs as steps
 * instead of the type's own method, which stays for Get-Member.
 */
export function defineWaiting(typeName: string, name: string, run: Waiting): void {
  const key = name.toLowerCase();
  const byType = methods.get(key) ?? new Map<string, Waiting>();
  methods.set(key, byType.set(typeName, run));
}

export const mayWait = (lowerName: string): boolean => methods.has(lowerName);

export function waitingMethod(value: Value, lowerName: string): Waiting | undefined {
  const byType = methods.get(lowerName);
  if (!byType) return undefined;
  for (let type = typeOf(value) ?? null; type; type = type.baseType) {
    const found = byType.get(type.fullName);
    if (found) return found;
  }
  return undefined;
}
