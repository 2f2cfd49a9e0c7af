import type { Difference } from '../dialects/index.ts';
import type { TypeContext } from './dotnet-type.ts';

/**
 * The session whose code runs at this moment. The engine is synchronous and one thread: a session sets this whenever
 * it takes or resumes control. Conversions to text differ between dialects and would otherwise carry it everywhere.
 */
let current: TypeContext | undefined;

export function enterContext(context: TypeContext): TypeContext | undefined {
  const previous = current;
  current = context;
  return previous;
}
export function leaveContext(previous: TypeContext | undefined): void {
  current = previous;
}
export function context(): TypeContext {
  if (!current) throw new Error('No PowerShell session is running');
  return current;
}
export const contextIfAny = (): TypeContext | undefined => current;
/** Whether Windows PowerShell's side of a difference is in force for the code that runs now. */
export const isDesktop = (difference: Difference): boolean =>
  difference.desktopIn(current?.dialect ?? 'core');
