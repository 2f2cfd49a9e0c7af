import { compare, compareText } from '../../types/compare.ts';
import { ScriptError } from '../../types/error-record.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { PSCustomObject } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import { typeOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';

/** Order of two values as Sort-Object sees it: what cannot be compared goes by its text. Null comes first. */
export function compareValues(a: Value, b: Value, ignoreCase: boolean): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b, ignoreCase);
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (isNull(a)) return isNull(b) ? 0 : -1;
  if (isNull(b)) return 1;
  const left = unwrap(a);
  const right = unwrap(b);
  if (left instanceof PSCustomObject || elementsOf(left))
    return compareText(toText(left), toText(right), ignoreCase);
  if (typeOf(left) !== typeOf(right) && (typeof left === 'string' || typeof right === 'string')) {
    const direct = attempt(() => compare(left, right, ignoreCase));
    return direct ?? compareText(toText(left), toText(right), ignoreCase);
  }
  return (
    attempt(() => compare(left, right, ignoreCase)) ?? compareText(toText(left), toText(right), ignoreCase)
  );
}

function attempt(work: () => number): number | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScriptError) return undefined;
    throw error;
  }
}

/** One key of an object; `exists` is false where the object has no such property. */
export interface SortKey {
  readonly value: Value;
  readonly exists: boolean;
}

/** Objects without the property come after those with it when ascending, before them when descending... as 7.6 does. */
export function compareKeys(
  a: readonly SortKey[],
  b: readonly SortKey[],
  descending: readonly boolean[],
  ignoreCase: boolean,
): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i] as SortKey;
    const right = b[i] as SortKey;
    if (!left.exists || !right.exists) {
      if (left.exists === right.exists) continue;
      return left.exists ? -1 : 1;
    }
    const order = compareValues(left.value, right.value, ignoreCase);
    if (order !== 0) return descending[i] ? -order : order;
  }
  return 0;
}
