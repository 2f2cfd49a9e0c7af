import { runtimeError } from './errors.ts';

const cache = new Map<string, (text: string) => boolean>();

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'set'; readonly ranges: readonly (readonly [string, string])[] };

function parse(pattern: string): Part[] {
  const parts: Part[] = [];
  let text = '';
  const push = (part: Part): void => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
    parts.push(part);
  };
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] as string;
    if (c === '`' && i + 1 < pattern.length) text += pattern[++i];
    else if (c === '*') {
      if (text !== '' || parts.at(-1)?.kind !== 'any') push({ kind: 'any' });
    } else if (c === '?') push({ kind: 'one' });
    else if (c === '[') {
      const ranges: [string, string][] = [];
      let j = i + 1;
      for (; j < pattern.length && (pattern[j] !== ']' || j === i + 1); j++) {
        let first = pattern[j] as string;
        if (first === '`' && j + 1 < pattern.length) first = pattern[++j] as string;
        if (pattern[j + 1] === '-' && pattern[j + 2] !== undefined && pattern[j + 2] !== ']') {
          ranges.push([first, pattern[j + 2] as string]);
          j += 2;
        } else ranges.push([first, first]);
      }
      if (j >= pattern.length)
        throw runtimeError(
          'RuntimeException',
          `The specified wildcard character pattern is not valid: ${pattern}`,
          'NotSpecified',
          null,
          'System.Management.Automation.WildcardPatternException',
        );
      push({ kind: 'set', ranges });
      i = j;
    } else text += c;
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return parts;
}

function matcher(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  const fold = (s: string): string => (ignoreCase ? s.toLowerCase() : s);
  const parts = parse(pattern).map((p): Part =>
    p.kind === 'text'
      ? { kind: 'text', text: fold(p.text) }
      : p.kind === 'set'
        ? { kind: 'set', ranges: p.ranges.map(([a, b]) => [fold(a), fold(b)] as const) }
        : p,
  );
  const count = parts.length;
  if (count === 0) return (text) => text === '';
  if (count === 1 && parts[0]?.kind === 'text') {
    const wanted = parts[0].text;
    return (text) => fold(text) === wanted;
  }
  return (original) => {
    const text = fold(original);
    // Greedy with one point of return: the last `*` seen.
    let i = 0;
    let p = 0;
    let starPart = -1;
    let starAt = 0;
    for (;;) {
      const part = parts[p];
      let ok = false;
      if (part === undefined) {
        if (i === text.length) return true;
      } else if (part.kind === 'any') {
        if (p === count - 1) return true;
        starPart = ++p;
        starAt = i;
        continue;
      } else if (part.kind === 'text') {
        if (text.startsWith(part.text, i)) {
          i += part.text.length;
          ok = true;
        }
      } else if (i < text.length) {
        const c = text[i] as string;
        if (part.kind === 'one' || part.ranges.some(([a, b]) => c >= a && c <= b)) {
          i++;
          ok = true;
        }
      }
      if (ok) {
        p++;
        continue;
      }
      if (starPart < 0 || starAt >= text.length) return false;
      p = starPart;
      i = ++starAt;
    }
  };
}

/** A wildcard pattern (`* ? [a-z]`, backtick escapes) as a test. */
export function wildcard(pattern: string, ignoreCase = true): (text: string) => boolean {
  const key = (ignoreCase ? 'i' : 'c') + pattern;
  let test = cache.get(key);
  if (!test) {
    if (cache.size > 500) cache.clear();
    cache.set(key, (test = matcher(pattern, ignoreCase)));
  }
  return test;
}
export const hasWildcard = (text: string): boolean => /(^|[^`])[*?[]/.test(text);
