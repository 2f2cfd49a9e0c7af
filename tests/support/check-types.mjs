// Type-checks each layer with its own tsconfig, so that a layer compiles only against what it may use.
import { spawnSync } from 'node:child_process';
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

let broken = 0;
for (const layer of layers) {
  const run = spawnSync(process.execPath, [tsc, '-p', join(root, layer)], { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) {
    console.error(`types: ${layer} does not compile`);
    broken++;
  }
}
const svelte = spawnSync(
  process.execPath,
  [svelteCheck, '--tsconfig', join(root, 'renderer', 'tsconfig.json'), '--output', 'human'],
  { cwd: root, stdio: 'inherit' },
);
if (svelte.status !== 0) broken++;
process.exit(broken === 0 ? 0 : 1);
