import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { docsPath, powershellDocs } from '../support/powershell-docs.ts';

test('docs/powershell.md is what the code says: node tests/support/write-powershell-docs.ts writes it', async () => {
  const options = await resolveConfig(docsPath);
  const current = await format(powershellDocs(), { ...options, filepath: docsPath });
  // Lines, so that a difference shows as what it is about.
  expect(readFileSync(docsPath, 'utf8').split('\n')).toEqual(current.split('\n'));
}, 120_000);
