import { upperRuns } from './upper-table.ts';

let table: Uint16Array | undefined;

/**
 * Upper case as Windows folds names (registry, files) and as .NET's invariant culture does: one code unit to one, the
 * same on every runtime. JavaScript's own `toUpperCase` follows the Unicode version of the runtime and may lengthen.
 */
export function upperInvariant(text: string): string {
  if (isAscii(text)) return text.toUpperCase();
  const upper = (table ??= makeTable());
  let out = '';
  for (let i = 0; i < text.length; i++) out += String.fromCharCode(upper[text.charCodeAt(i)] ?? 0);
  return out;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Ordinal order of the upper-cased texts (StringComparison.OrdinalIgnoreCase): below 0, 0 or above 0. */
export function compareIgnoreCase(a: string, b: string): number {
  if (a === b) return 0;
  const left = upperInvariant(a);
  const right = upperInvariant(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function equalsIgnoreCase(a: string, b: string): boolean {
  return a === b || (a.length === b.length && upperInvariant(a) === upperInvariant(b));
}

function makeTable(): Uint16Array {
  const made = new Uint16Array(0x10000);
  for (let code = 0; code < 0x10000; code++) made[code] = code;
  for (let code = 0x61; code <= 0x7a; code++) made[code] = code - 32;
  for (let i = 0; i + 3 < upperRuns.length; i += 4) {
    const [start = 0, end = 0, step = 1, delta = 0] = upperRuns.slice(i, i + 4);
    for (let code = start; code <= end; code += step) made[code] = code + delta;
  }
  return made;
}
