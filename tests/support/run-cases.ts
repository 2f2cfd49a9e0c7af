// node tests/support/run-cases.ts FOLDER [--only 05-] [--show N] [--id 05-001] [--all]
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseCases, runCase } from './powershell-cases.ts';

const args = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
};
const folder = args[0] ?? '.';
const only = option('only') ?? '';
const wantedId = option('id');
const show = Number(option('show') ?? (wantedId ? 1 : 0));
const files = statSync(folder).isDirectory()
  ? readdirSync(folder)
      .filter((f) => f.endsWith('.txt') && f.startsWith(only))
      .map((f) => join(folder, f))
  : [folder];
let passedAll = 0;
let total = 0;
let shown = 0;
for (const file of files) {
  const cases = parseCases(readFileSync(file, 'utf8')).filter(
    (c) => wantedId === undefined || c.id === wantedId,
  );
  let passed = 0;
  const failed: string[] = [];
  for (const one of cases) {
    const started = performance.now();
    const result = runCase(one);
    const took = performance.now() - started;
    if (took > 3000) console.log(`  slow ${one.id} ${took.toFixed(0)} ms`);
    if (result.passed) {
      passed++;
      continue;
    }
    failed.push(one.id + (result.crash ? '!' : ''));
    if (shown >= show) continue;
    shown++;
    console.log(`--- ${one.id}: ${one.title}\n${one.script}\n>>> expected\n${one.output}<<<`);
    console.log(`>>> got\n${result.output}<<<`);
    if (result.crash) console.log(`CRASH ${result.crash.split('\n').slice(0, 6).join('\n')}`);
    const want = one.errors.map((e) => `${e.id} | ${e.category} | ${e.message}`);
    const got = result.errors.map((e) => `${e.id} | ${e.category} | ${e.message}`);
    if (want.join('\n') !== got.join('\n'))
      console.log(`errors wanted:\n  ${want.join('\n  ')}\nerrors got:\n  ${got.join('\n  ')}`);
  }
  passedAll += passed;
  total += cases.length;
  if (cases.length > 0)
    console.log(
      `${file.split('/').at(-1)}: ${passed}/${cases.length}${failed.length > 0 ? `  failed ${failed.join(' ')}` : ''}`,
    );
}
console.log(`total ${passedAll}/${total}`);
