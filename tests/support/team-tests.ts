// node tests/support/team-tests.ts OUTPUT : tests/powershell/team-tests.tsv from what run.mjs --show printed
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly total: number;
  readonly causes: Map<string, number>;
}

/** What a message of a failed test says is missing; the wording of the test itself where it says nothing. */
function causeOf(message: string): string {
  const rules: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
    [/cannot be compiled on a simulated device|C# source/i, () => 'Add-Type with C# that has a body'],
    [/Unable to find type \[([^\]]+)/, (m) => `type ${m[1]}`],
    [/Cannot find type \[([^\]]+)/, (m) => `type ${m[1]}`],
    [/The term '([^']+)' is not recognized/, (m) => `command ${(m[1] as string).replace(/^.*[\\/]/, '')}`],
    [/parameter cannot be found that matches parameter name '([^']+)'/, (m) => `parameter -${m[1]}`],
    [/does not contain a method named '([^']+)'/, (m) => `method ${m[1]}`],
    [/'([^']+)' is an invalid culture|(\S+) is an invalid culture/, (m) => `culture ${m[1] ?? m[2]}`],
    [/expected a throw of\s+([\w.]+)/, (m) => `error ${m[1]}`],
    [/^expected/, () => 'another result'],
  ];
  for (const [pattern, text] of rules) {
    const match = pattern.exec(message);
    if (match) return text(match);
  }
  return 'another error';
}

const results: FileResult[] = [];
for (const line of readFileSync(process.argv[2] as string, 'utf8').split('\n')) {
  const head = /^ *(\d+) of +(\d+) {2}(\S+)/.exec(line);
  if (head) {
    results.push({
      file: head[3] as string,
      passed: Number(head[1]),
      total: Number(head[2]),
      causes: new Map(),
    });
    continue;
  }
  const failed = /^ {6}(?:fail|broken) .*?\(\d+\) \| (.*)$/.exec(line);
  const current = results.at(-1);
  if (!failed || !current) continue;
  const cause = causeOf(failed[1] as string);
  current.causes.set(cause, (current.causes.get(cause) ?? 0) + 1);
}
const rows = results
  .sort((a, b) => (a.file < b.file ? -1 : 1))
  .map(({ file, passed, total, causes }) => {
    const main = [...causes].sort((a, b) => b[1] - a[1]).slice(0, 4);
    return [file, passed, total, main.map(([cause, n]) => `${cause} (${n})`).join('; ')].join('\t');
  });
const mean = results.reduce((sum, r) => sum + r.passed / Math.max(1, r.total), 0) / results.length;
const out = join(import.meta.dirname, '..', 'powershell', 'team-tests.tsv');
writeFileSync(
  out,
  `# Tests of the PowerShell team that pass: file, passed, of, main causes of the rest. Mean over files ${(100 * mean).toFixed(1)} %.\n# Written by tests/support/team-tests.ts from the output of the runner with --show.\n${rows.join('\n')}\n`,
);
console.log(`${results.length} files, mean ${(100 * mean).toFixed(1)} %`);
