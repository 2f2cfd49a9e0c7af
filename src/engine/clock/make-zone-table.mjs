// Writes zone-table.ts: for every Windows time zone its IANA zone and the changes of its offset from UTC, 2020 to 2036,
// as the time zone data of this Node has them. Run it with the Node of this repository.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The ES module build of windows-iana lacks file endings that Node asks for; its map is the CLDR's.
const { WINDOWS_TO_IANA_MAP, findIana } = createRequire(import.meta.url)('windows-iana');
const windowsZones = [...new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName))];

const first = Date.UTC(2020, 0, 1);
const last = Date.UTC(2036, 11, 31);
const step = 3 * 24 * 3_600_000;

const rows = windowsZones
  .sort((a, b) => (a < b ? -1 : 1))
  .map((windows) => {
    const iana = findIana(windows)[0];
    const offset = offsets(iana);
    const changes = [];
    let before = offset(first);
    const base = before;
    for (let at = first + step; at <= last; at += step) {
      const now = offset(at);
      if (now === before) continue;
      let low = at - step;
      let high = at;
      while (high - low > 60_000) {
        const middle = Math.floor((low + high) / 120_000) * 60_000;
        if (offset(middle) === before) low = middle;
        else high = middle;
      }
      changes.push([(high - first) / 60_000, now]);
      before = now;
    }
    let previous = 0;
    const text = changes.map(([at, minutes]) => {
      const word = `${(at - previous).toString(36)}:${minutes}`;
      previous = at;
      return word;
    });
    return `  [${JSON.stringify(windows)}, ${JSON.stringify(iana)}, ${base}, '${text.join(' ')}'],`;
  });

writeFileSync(
  new URL('zone-table.ts', import.meta.url),
  `// Made by make-zone-table.mjs from time zone data ${process.versions.tz}; do not edit.
/**
 * Windows id, IANA id, minutes ahead of UTC at 2020-01-01T00:00Z, then each change as \`minutes since the one before
 * (the first: since 2020-01-01), in base 36\`:\`minutes ahead of UTC from then on\`.
 */
// prettier-ignore
export const zoneTable: readonly (readonly [string, string, number, string])[] = [
${rows.join('\n')}
];
`,
);

function offsets(zone) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (at) => {
    const p = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return (Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute) - at) / 60_000;
  };
}
