/** A template as observed on devices, and how often it was: `{…}` stands for any text, `⏎` for a line break. */
export type Observed = readonly (readonly [template: string, frequency: string])[];

/** Messages of the records of an agent log, in order. */
export function recordsOf(log: string): readonly string[] {
  return [...log.matchAll(/<!\[LOG\[([\s\S]*?)\]LOG\]!>/g)].map((match) => match[1] ?? '');
}

/**
 * Which of the observed templates stand among the records in the observed order: the most that can be chosen so that
 * both orders agree. `missing` are the others.
 */
export function inObservedOrder(
  observed: Observed,
  records: readonly string[],
): { readonly share: number; readonly missing: readonly string[] } {
  const patterns = observed.map(([template]) => patternOf(template));
  const rows = patterns.length;
  const columns = records.length;
  const best = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  const fits = patterns.map((pattern) => records.map((record) => pattern.test(record)));
  const at = (row: number, column: number): number => best[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      (best[row] as number[])[column] = fits[row]?.[column]
        ? 1 + at(row + 1, column + 1)
        : Math.max(at(row + 1, column), at(row, column + 1));
  const missing: string[] = [];
  let column = 0;
  for (let row = 0; row < rows; row++) {
    while (column < columns && !fits[row]?.[column] && at(row, column + 1) === at(row, column)) column++;
    if (column < columns && fits[row]?.[column] && at(row, column) === 1 + at(row + 1, column + 1)) column++;
    else missing.push(observed[row]?.[0] ?? '');
  }
  return { share: rows === 0 ? 1 : at(0, 0) / rows, missing };
}

function patternOf(template: string): RegExp {
  const source = template
    .replaceAll('␠', ' ')
    // What follows was not recorded, or is not there.
    .replace(' ⏎ {more, not recorded}', '{more}')
    .split(/(\{[^{}]*\}| ⏎ )/)
    .map((part) =>
      part === ' ⏎ '
        ? '\\r?\\n'
        : /^\{[^{}]*\}$/.test(part)
          ? '[\\s\\S]*'
          : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`);
}
