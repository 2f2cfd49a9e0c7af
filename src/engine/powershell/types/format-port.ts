import { objectText } from './text.ts';
import type { Value } from './value.ts';

/** Text of a value under a format string; `''` is the general format. */
export function formatValue(value: Value, _format: string): string {
  return objectText(value);
}
