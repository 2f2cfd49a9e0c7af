/** .NET's ToUpper, which changes one character at a time: `ß` stays. */
export function toUpper(text: string): string {
  const upper = text.toUpperCase();
  if (upper.length === text.length) return upper;
  let out = '';
  for (const c of text) {
    const one = c.toUpperCase();
    out += one.length === c.length ? one : c;
  }
  return out;
}

/** String.CompareOrdinal: the difference of the first characters that differ, or of the lengths. */
export function compareOrdinal(a: string, b: string, ignoreCase: boolean): number {
  const x = ignoreCase ? toUpper(a) : a;
  const y = ignoreCase ? toUpper(b) : b;
  for (let i = 0; i < x.length && i < y.length; i++) {
    const difference = x.charCodeAt(i) - y.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}
