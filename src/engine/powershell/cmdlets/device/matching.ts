import { hasWildcard, wildcard } from '../../types/wildcard.ts';

/** Items whose name one of the patterns names, in the order of the patterns; `missing` hears of a plain name with none. */
export function byPatterns<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  patterns: readonly string[],
  missing: (pattern: string) => void,
): T[] {
  const found: T[] = [];
  for (const pattern of patterns) {
    const test = wildcard(pattern);
    const own = items.filter((item) => test(nameOf(item)));
    if (own.length === 0 && !hasWildcard(pattern)) missing(pattern);
    for (const item of own) if (!found.includes(item)) found.push(item);
  }
  return found;
}

/** -Include and -Exclude. */
export function narrowed<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  include: readonly string[],
  exclude: readonly string[],
): T[] {
  const any = (patterns: readonly string[], item: T): boolean =>
    patterns.some((pattern) => wildcard(pattern)(nameOf(item)));
  return items.filter((item) => (include.length === 0 || any(include, item)) && !any(exclude, item));
}
