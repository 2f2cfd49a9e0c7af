// Builds the parts of the product into out/. `node electron/build/build.mjs [part …]`, all parts without arguments.
// Runs under the project's own Node 24.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = join(root, 'out');
const external = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** One CommonJS file that runs in Node 18.15 (Electron 25, the test runtime) and everything newer. */
function program(name, entry, fileName) {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, entry),
      outDir: join(out, name),
      emptyOutDir: true,
      target: 'node18',
      minify: false,
      sourcemap: true,
      rollupOptions: {
        external,
        output: { format: 'cjs', entryFileNames: fileName, codeSplitting: false },
      },
    },
  });
}

const parts = {
  engine: async () => {
    await program('engine', 'src/engine/world/simulation.ts', 'engine.cjs');
    // The hash of the engine's own bundle names the engine: a journal records it, a replay compares it.
    const id = createHash('sha256')
      .update(readFileSync(join(out, 'engine', 'engine.cjs')))
      .digest('hex')
      .slice(0, 16);
    writeFileSync(join(out, 'engine', 'engine.id'), id);
  },
  main: () => program('main', 'electron/main/main.ts', 'main.cjs'),
  preload: () => program('preload', 'electron/preload/preload.ts', 'preload.cjs'),
  'engine-host': () => program('engine-host', 'electron/engine-host/entry.ts', 'engine-host.cjs'),
  cli: () => program('cli', 'src/cli/sidecar.ts', 'sidecar.cjs'),
  renderer: () => build({ configFile: join(root, 'renderer', 'vite.config.ts'), logLevel: 'warn' }),
};

const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!Object.hasOwn(parts, name)) {
    console.error(`No part named ${name}; there are ${Object.keys(parts).join(', ')}.`);
    process.exit(2);
  }
}
mkdirSync(out, { recursive: true });
const started = Date.now();
for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
  await parts[name]();
  writeFileSync(join(out, `.built-${name}`), '');
}
if (wanted.length === 0) writeFileSync(join(out, '.built-all'), '');
console.error(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
