import type { QueueData } from '../../../device/change.ts';

/** Operators of the policy: 1 equal, 2 not equal, 4 greater, 5 greater or equal, 8 less, 9 less or equal. */
export function holds(order: number, operator: QueueData | undefined): boolean {
  switch (operator) {
    case 1:
      return order === 0;
    case 2:
      return order !== 0;
    case 4:
      return order > 0;
    case 5:
      return order >= 0;
    case 8:
      return order < 0;
    case 9:
      return order <= 0;
    default:
      return false;
  }
}

/** Order of two versions, part by part as numbers; missing parts are 0. Undefined where one is no version. */
export function compareVersions(a: string, b: string): number | undefined {
  if (![a, b].every((one) => /^\d+(\.\d+){0,3}$/.test(one.trim()))) return undefined;
  const [left, right] = [a, b].map((one) => one.trim().split('.').map(Number));
  for (let i = 0; i < 4; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Order of two whole or decimal numbers given as text. */
export function compareNumbers(a: string, b: string): number | undefined {
  if (![a, b].every((one) => /^\s*[-+]?\d+(\.\d+)?\s*$/.test(one))) return undefined;
  return Number(a) - Number(b);
}

/** Order of two texts without case, by code unit. */
export function compareTexts(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Order of two dates `2026-11-25T08:00:00Z` (UTC where no zone is given). */
export function compareDates(a: string, b: string): number | undefined {
  const [left, right] = [a, b].map((one) =>
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z?)?$/.test(one.trim())
      ? one
          .trim()
          .replace(/Z$/, '')
          .replace(/^(.{10})$/, '$1T00:00:00')
          .padEnd(19, ':00')
      : undefined,
  );
  return left === undefined || right === undefined ? undefined : compareTexts(left, right);
}
