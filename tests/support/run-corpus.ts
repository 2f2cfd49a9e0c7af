import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpusFolder, fieldScripts, hashOf, runFieldScript, textOf } from './field-scripts.ts';
import type { FieldScript } from './field-scripts.ts';

// npm run corpus [-- --folder DIR] [--only TEXT] [--show]: fetches the scripts that are absent by repository, commit
// and hash, then runs each and says how it went. Without a network a folder with the files serves as well.
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    only: { type: 'string' },
    show: { type: 'boolean', default: false },
  },
});
if (values.folder !== undefined) process.env['SIDECAR_CORPUS'] = values.folder;

async function fetchScript(script: FieldScript): Promise<string> {
  const path = script.path.split('/').map(encodeURIComponent).join('/');
  const address = `https://raw.githubusercontent.com/${script.repository}/${script.commit}/${path}`;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(15_000) });
    if (!answer.ok) return `HTTP ${answer.status}`;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const hash = hashOf(bytes);
    if (hash !== script.sha256) return `other content: sha256 ${hash}`;
    const folder = corpusFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${script.sha256.slice(0, 12)}-${basename(script.path)}`), bytes);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const all = fieldScripts();
const scripts = all.filter((one, n) => {
  const { only } = values;
  return (
    only === undefined ||
    only === String(n).padStart(2, '0') ||
    `${one.repository}/${one.path}`.includes(only)
  );
});
let offline = values.folder !== undefined;
const counts = { right: 0, wrong: 0, absent: 0 };
for (const script of scripts) {
  const number = String(all.indexOf(script)).padStart(2, '0');
  const name = `${number} ${script.repository}: ${script.path}`;
  let text = textOf(script);
  if (text === undefined && !offline) {
    const problem = await fetchScript(script);
    if (problem === '') text = textOf(script);
    else {
      process.stdout.write(`${name}: not fetched (${problem})\n`);
      // One failed lookup is enough to know that there is no network.
      if (!problem.startsWith('HTTP') && !problem.startsWith('other')) offline = true;
    }
  }
  if (text === undefined) {
    counts.absent++;
    process.stdout.write(`${name}: not run, the script is absent\n`);
    continue;
  }
  const outcome = runFieldScript(script, text);
  counts[outcome.missing.length === 0 ? 'right' : 'wrong']++;
  process.stdout.write(`${name}: ${outcome.missing.length === 0 ? 'as intended' : 'NOT AS INTENDED'}\n`);
  for (const line of outcome.missing) process.stdout.write(`     ${line}\n`);
  if (values.show)
    process.stdout.write(
      `--- output\n${outcome.stdout}\n--- errors\n${outcome.stderr}\n--- changed\n${outcome.changed.join('\n')}\n`,
    );
}
process.stdout.write(`${counts.right} as intended, ${counts.wrong} not, ${counts.absent} not run (absent)\n`);
if (counts.wrong > 0) process.exitCode = 1;
