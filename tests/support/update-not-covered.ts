// node tests/support/update-not-covered.ts
// Runs every recorded case and writes tests/powershell/not-covered.tsv anew: the cases that fail, with their titles.
import { writeFileSync } from 'node:fs';
import { runCase } from './powershell-cases.ts';
import { caseFiles, caseKey, listPath } from './recorded-cases.ts';

const lines = [
  '# Recorded cases not covered yet: key, title. Written by tests/support/update-not-covered.ts.',
];
let total = 0;
for (const file of caseFiles()) {
  const failed = file.cases.filter((one) => !runCase(one).passed);
  total += file.cases.length;
  for (const one of failed) lines.push(`${caseKey(file, one)}\t${one.title}`);
  console.log(`${file.name}: ${file.cases.length - failed.length} of ${file.cases.length}`);
}
writeFileSync(listPath, `${lines.join('\n')}\n`);
console.log(`${total - (lines.length - 1)} of ${total} covered`);
