import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { Difference, allDifferences } from '../../src/engine/powershell/dialects/index.ts';
import { desktopFile, runCase } from './powershell-cases.ts';
import type { Case, CaseResult } from './powershell-cases.ts';
import { caseFiles, caseKey, notCovered } from './recorded-cases.ts';

// node tests/support/write-desktop-cases.ts
// Writes, beside each file of recorded cases, what Windows PowerShell prints where the dialect catalogue says so: the
// recording is of PowerShell 7. Each names the entries that make the difference, found by taking them away one by one.
const listed = notCovered();
const same = (result: CaseResult, one: Case): boolean =>
  result.output === one.output &&
  JSON.stringify(result.errors.map(({ id, category }) => [id, category])) ===
    JSON.stringify(one.errors.map(({ id, category }) => [id, category]));

/** Runs in the desktop dialect; `without` is an entry that answers as in core. */
function runDesktop(
  one: Case,
  without?: string,
): { readonly result: CaseResult; readonly asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  const before = Difference.prototype.desktopIn;
  Difference.prototype.desktopIn = function (this: Difference, dialect) {
    if (dialect === 'desktop') asked.add(this.id);
    return dialect === 'desktop' && this.id !== without;
  };
  try {
    return { result: runCase(one, 'desktop'), asked };
  } finally {
    Difference.prototype.desktopIn = before;
  }
}

function text(one: Case, { output, errors }: CaseResult, differs: readonly string[]): string {
  const lines = [`### ${one.id}: ${one.title}`, one.script];
  if (output === '') lines.push('=== no output');
  else if (output.endsWith('\n')) lines.push('=== output', output.slice(0, -1));
  else lines.push('=== output without newline at the end', output);
  for (const { id, category, message } of errors)
    lines.push(`=== error ${JSON.stringify({ id, category, message })}`);
  lines.push(`=== differs ${differs.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

const unexplained: string[] = [];
let count = 0;
for (const file of caseFiles()) {
  const own: string[] = [];
  for (const one of file.cases) {
    if (one.core || listed.has(caseKey(file, one))) continue;
    const { result, asked } = runDesktop(one);
    if (same(result, one)) continue;
    const causes = [...asked].filter((id) => !same(runDesktop(one, id).result, { ...one, ...result }));
    // What a cmdlet, parameter or view says of itself is part of the catalogue as well.
    if (causes.length === 0) unexplained.push(caseKey(file, one));
    own.push(text(one, result, causes.length > 0 ? causes.sort() : ['declared']));
    count++;
  }
  const path = desktopFile(file.path);
  if (own.length > 0) writeFileSync(path, own.join(''));
  else if (existsSync(path)) rmSync(path);
}
console.log(
  `${count} cases differ by ${allDifferences.length} entries; by a declaration alone: ${unexplained.join(', ') || 'none'}`,
);
