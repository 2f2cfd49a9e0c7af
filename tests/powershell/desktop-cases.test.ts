import { describe, expect, test } from 'vitest';
import { allDifferences } from '../../src/engine/powershell/dialects/index.ts';
import { expectedIn, runCase } from '../support/powershell-cases.ts';
import { caseFiles, caseKey, desktopCases, notCovered } from '../support/recorded-cases.ts';

const listed = notCovered();
const known = new Set(['declared', ...allDifferences.map((one) => one.id)]);

describe('Windows PowerShell prints the same, but for what the catalogue says', () => {
  test.each(caseFiles().map((file) => [file.name, file] as const))('%s', (_name, file) => {
    const desktop = desktopCases(file);
    expect(desktop.flatMap((one) => one.differs ?? ['nothing']).filter((id) => !known.has(id))).toEqual([]);
    const failed = expectedIn(file.cases, 'desktop', desktop)
      .filter((one) => !listed.has(caseKey(file, one)) && !runCase(one, 'desktop').passed)
      .map((one) => caseKey(file, one));
    expect(failed).toEqual([]);
  });
});
