import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ruleCatalogues } from '../support/grand-tour.ts';

const root = join(import.meta.dirname, '..', '..');

/** How the agent is installed: these statements get their tests with the issue on MDM. */
const later = ['W07', 'W08', 'W09', 'W10', 'W11'];

interface Row {
  readonly statement: string;
  readonly inShort: string;
  readonly rules: readonly string[];
  readonly tests: string;
  readonly lab: string;
}

const rows: readonly Row[] = readFileSync(join(root, 'docs', 'workshop.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| W\d\d /.test(line))
  .map((line) => {
    const [, statement = '', inShort = '', rules = '', tests = '', lab = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    return {
      statement,
      inShort,
      rules: [...rules.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id).sort(),
      tests,
      lab,
    };
  });

test('every statement of the workshop has its row, in short words', () => {
  const all = Array.from({ length: 58 }, (_, n) => `W${String(n + 1).padStart(2, '0')}`);
  expect(rows.map(({ statement }) => statement)).toEqual(all);
  expect(rows.filter(({ inShort }) => inShort === '')).toEqual([]);
});

test('it names the rules that serve it: those that name it in the catalogues', () => {
  const served = new Map<string, string[]>();
  for (const { rules } of ruleCatalogues)
    for (const { id, workshop } of rules)
      for (const statement of workshop ?? []) served.set(statement, [...(served.get(statement) ?? []), id]);
  expect(Object.fromEntries(rows.map(({ statement, rules }) => [statement, rules]))).toEqual(
    Object.fromEntries(
      rows.map(({ statement }) => [statement, served.get(statement)?.sort() ?? ['(no rule)']]),
    ),
  );
  expect([...served.keys()].filter((one) => !rows.some(({ statement }) => statement === one))).toEqual([]);
});

test('it names a test that there is, or says that it comes later', () => {
  const wrong = rows.flatMap(({ statement, tests }) => {
    if (tests === 'with the issue on MDM')
      return later.includes(statement) ? [] : [`${statement}: comes later?`];
    const named = [...tests.matchAll(/`([^`]+\.test\.ts)`: ([^;]+)/g)];
    if (named.length === 0) return [`${statement}: no test`];
    return named.flatMap(([, file = '', title = '']) => {
      const path = join(root, 'tests', file);
      if (!existsSync(path)) return [`${statement}: there is no ${file}`];
      return readFileSync(path, 'utf8').includes(title.trim())
        ? []
        : [`${statement}: ${file} has no test "${title.trim()}"`];
    });
  });
  expect(wrong).toEqual([]);
});

test('a lab that it names is there', () => {
  const missing = rows.filter(({ lab }) => lab !== '' && !existsSync(join(root, ...lab.split('/'))));
  expect(missing.map(({ statement, lab }) => `${statement}: ${lab}`)).toEqual([]);
});
