import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCases, runCase } from '../support/powershell-cases.ts';

const folder = join(import.meta.dirname, 'further');

/**
 * Cases of our own in the form of the recorded ones. What they expect was read from the public source of PowerShell
 * 7.6, its documentation and its team's tests, not recorded.
 */
describe('further cases', () => {
  test.each(readdirSync(folder).sort())('%s', (name) => {
    const failed = parseCases(readFileSync(join(folder, name), 'utf8'))
      .map((one) => ({ id: `${one.id} ${one.title}`, expected: one.output, ...runCase(one) }))
      .filter((one) => !one.passed);
    expect(failed).toEqual([]);
  });
});
