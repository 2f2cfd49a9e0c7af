import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root: here,
  base: './',
  plugins: [svelte({ configFile: false, preprocess: vitePreprocess() })],
  worker: { format: 'es' },
  build: {
    outDir: join(here, '..', 'out', 'renderer'),
    emptyOutDir: true,
    // The test runtime is Electron 25, Chrome 114.
    target: 'chrome114',
    cssTarget: 'chrome114',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    assetsInlineLimit: 0,
  },
});
