import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readLab } from '../../src/labs/lab.ts';
import type { Lab } from '../../src/labs/lab.ts';
import { problemText } from '../../src/labs/problem.ts';
import { LabStart, answerKey, prove, proveForeign } from '../../src/labs/proof.ts';
import { labFiles, loadLab } from '../../src/node/lab-folder.ts';

const smallLab = join(import.meta.dirname, '..', 'node', 'small-lab');
const registryLab = join(import.meta.dirname, '..', '..', 'labs', '05-registry-state');

/** The small lab with some of its files written anew. */
function changed(files: Readonly<Record<string, string>>): Lab {
  const lab = readLab(basename(smallLab), new Map([...labFiles(smallLab), ...Object.entries(files)]));
  if (!lab.ok) throw new Error(lab.error.map(problemText).join('\n'));
  return lab.value;
}

async function failures(lab: Lab): Promise<readonly string[]> {
  const proofs = await prove(new LabStart(lab, '1'));
  return proofs.flatMap(({ what, passed, reasons }) =>
    passed ? [] : reasons.map((reason) => `${what}: ${reason}`),
  );
}

test('a sound lab is proven', async () => {
  expect(await failures(changed({}))).toEqual([]);
});

test('a check that always passes is found at the start', async () => {
  const always = `[pscustomobject]@{ Passed = $true; Expected = 'x'; Found = 'x'; Where = 'x' }`;
  expect(await failures(changed({ 'checks/written.ps1': always }))).toEqual([
    'start: check written passes at the start, before the learner did anything',
    'mistake other-word: check written passes although the mistake was made',
  ]);
});

test('a check that never passes is found by the solution', async () => {
  const never = `[pscustomobject]@{ Passed = $false; Expected = 'x'; Found = 'nearly'; Where = 'there' }`;
  expect(await failures(changed({ 'checks/written.ps1': never }))).toEqual([
    'solution: check written does not pass with the solution: expected x, found nearly (there)',
  ]);
});

test('a broken solution is found, with what it left', async () => {
  expect(
    await failures(changed({ 'solution/work.ps1': "'almost' | Set-Content C:\\Labs\\done.txt" })),
  ).toEqual([
    'solution: check written does not pass with the solution: expected the word, found almost (C:\\Labs\\done.txt)',
  ]);
});

test('a wrong prediction of the solution is found', async () => {
  expect(await failures(changed({ 'solution/right.ps1': "'gone'" }))).toEqual([
    'solution: the solution answers prediction later with gone; right is kept',
  ]);
});

test('a mistake that is none, and one that fails for another reason, are found', async () => {
  const mistake = (act: string, because: string) =>
    `title: x\nacts: [{ type: ${JSON.stringify(act)} }]\nfails: [{ check: written, because: '${because}' }]\n`;
  expect(
    await failures(
      changed({
        'mistakes/none.yaml': mistake("'done' | Set-Content C:\\Labs\\done.txt", '^nearly$'),
        'mistakes/other.yaml': mistake("'far' | Set-Content C:\\Labs\\done.txt", '^nearly$'),
      }),
    ),
  ).toEqual([
    'mistake none: check written passes although the mistake was made',
    'mistake other: check written fails for another reason: found far, expected a match of ^nearly$',
  ]);
});

test('a check that writes to its fork is refused', async () => {
  const writes = `'x' | Set-Content C:\\Labs\\mark.txt\n[pscustomobject]@{ Passed = $false; Expected = 'x'; Found = 'x'; Where = 'x' }`;
  const found = await failures(changed({ 'checks/written.ps1': writes }));
  expect(found[0]).toBe('start: checks/written.ps1 writes to the device it checks: file:C:\\Labs\\mark.txt');
});

test('a check that fails itself, says nothing, or asks is refused', async () => {
  expect((await failures(changed({ 'checks/written.ps1': 'throw "no"' })))[0]).toMatch(
    /^start: checks\/written.ps1 failed: .*no/s,
  );
  expect((await failures(changed({ 'checks/written.ps1': '' })))[0]).toBe(
    'start: Check written returned no verdict',
  );
  expect((await failures(changed({ 'checks/written.ps1': 'Read-Host name' })))[0]).toMatch(/asks a question/);
});

test('the registry lab is proven, and the answers of a seed score under half on another', async () => {
  const lab = loadLab(registryLab);
  const starts = ['a', 'b', 'c', 'd', 'e'].map((seed) => new LabStart(lab, seed));
  const [first] = starts;
  if (!first) throw new Error('no seeds');
  expect((await prove(first)).filter(({ passed }) => !passed)).toEqual([]);
  const keys = [];
  for (const start of starts) keys.push(await answerKey(start));
  const failed = [];
  let pairs = 0;
  for (const start of starts) {
    for (const key of keys) {
      if (key.seed === start.seed) continue;
      pairs++;
      const proof = await proveForeign(start, key);
      if (!proof.passed) failed.push(proof);
    }
  }
  expect({ pairs, failed }).toEqual({ pairs: 20, failed: [] });
}, 600_000);
