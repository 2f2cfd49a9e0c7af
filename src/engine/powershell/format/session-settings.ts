import { context } from '../types/ambient.ts';
import { isNumeric, toDouble } from '../types/numeric.ts';
import type { Value } from '../types/value.ts';
import { unwrap } from '../types/value.ts';
import type { Session } from '../run/session.ts';

const session = (): Session => context().session as Session;

/** A variable as the code that runs now sees it; null where there is none. */
export function sessionVariable(name: string): Value {
  return session().frame.scope.find(name.toLowerCase())?.read() ?? null;
}

/** `$FormatEnumerationLimit`, 4 where it is not set. */
export function enumerationLimit(): number {
  const value = unwrap(sessionVariable('FormatEnumerationLimit'));
  return isNumeric(value) ? toDouble(value) : 4;
}

/** Columns of the console's buffer; 120 where there is no console. */
export const consoleWidth = (): number => session().output.width || 120;
