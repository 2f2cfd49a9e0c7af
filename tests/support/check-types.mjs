// Type-checks each layer with its own tsconfig, so that a layer compiles only against what it may use. Two at a time.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const svelteCheck = join(root, 'node_modules', 'svelte-check', 'bin', 'svelte-check');
const layers = [
  'src/base',
  'src/engine',
  'src/labs',
  'src/views',
  'src/protocol',
  'src/targets',
  'src/node',
  'src/cli',
  'electron',
  'tests',
];

const waiting = [
  ['renderer', [svelteCheck, '--tsconfig', join(root, 'renderer', 'tsconfig.json'), '--output', 'human']],
  ...layers.map((layer) => [layer, [tsc, '-p', join(root, layer)]]),
];
let broken = 0;

/** Checks one after the other until none is left; what a check prints is shown when it has ended. */
async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [layer, args] = next;
    const { code, text } = await run(args);
    if (code === 0) continue;
    process.stderr.write(`${text}\ntypes: ${layer} does not compile\n`);
    broken++;
  }
}

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.stderr.on('data', (part) => (text += part));
    child.on('exit', (code) => resolve({ code: code ?? 1, text }));
  });
}

await Promise.all([work(), work()]);
process.exit(broken === 0 ? 0 : 1);
