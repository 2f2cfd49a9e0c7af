import { describe, expect, test } from 'vitest';
import { runCase } from '../support/powershell-cases.ts';
import { caseFiles, caseKey, notCovered } from '../support/recorded-cases.ts';

const listed = notCovered();
const files = caseFiles();

describe('what real PowerShell printed', () => {
  test.each(files.map((file) => [file.name, file] as const))('%s', (_name, file) => {
    const failed = file.cases.filter((one) => !runCase(one).passed).map((one) => caseKey(file, one));
    const expected = file.cases.map((one) => caseKey(file, one)).filter((key) => listed.has(key));
    expect(failed).toEqual(expected);
  });

  test('every listed case exists', () => {
    const known = new Set(files.flatMap((file) => file.cases.map((one) => caseKey(file, one))));
    expect([...listed].filter((key) => !known.has(key))).toEqual([]);
  });
});
