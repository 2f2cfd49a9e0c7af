// Writes upper-table.ts: simple upper-case mappings of the Basic Multilingual Plane as .NET and the NT kernel use them
// (one code unit to one code unit; nothing outside ASCII maps into ASCII). Run it with the Node of this repository.
import { writeFileSync } from 'node:fs';

const ranges = [];
for (let code = 0x80; code < 0x10000; code++) {
  const upper = String.fromCharCode(code).toUpperCase();
  if (upper.length !== 1) continue;
  const delta = upper.charCodeAt(0) - code;
  if (delta === 0 || upper.charCodeAt(0) < 0x80) continue;
  const last = ranges.at(-1);
  if (
    last &&
    last.delta === delta &&
    (code - last.end === last.step || last.start === last.end) &&
    code - last.end <= 2
  ) {
    last.step = code - last.end;
    last.end = code;
  } else ranges.push({ start: code, end: code, step: 1, delta });
}
const rows = ranges.map(({ start, end, step, delta }) => `${start},${end},${step},${delta}`);
writeFileSync(
  new URL('upper-table.ts', import.meta.url),
  `// Made by make-upper-table.mjs from Unicode ${process.versions.unicode}; do not edit.
/** Runs of code units with an upper-case form: first, last, step, distance to the upper-case form; by code unit. */
export const upperRuns: readonly number[] = [
  // prettier-ignore
  ${rows.join(', ')},
];
`,
);
