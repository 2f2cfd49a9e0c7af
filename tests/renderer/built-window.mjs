// The built window in Electron with the scripted host in place of the preload: our protocol and content policy, no engine.
import { _electron } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testRuntime } from '../../electron/launch/runtime.mjs';

const scriptedHost = join(dirname(fileURLToPath(import.meta.url)), 'scripted-host.js');

/** @returns a page opener and what closes all; `problems` collects console errors and policy violations. */
export async function builtWindow() {
  const data = mkdtempSync(join(tmpdir(), 'sidecar-pictures-'));
  const electron = await _electron.launch({
    executablePath: process.env.SIDECAR_ELECTRON ?? (await testRuntime()),
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...process.env, SIDECAR_DATA: data },
  });
  await electron.firstWindow();
  const problems = [];
  return {
    problems,
    async page(query = '', size = { width: 1280, height: 800 }) {
      const opened = electron.waitForEvent('window');
      await electron.evaluate(
        ({ BrowserWindow }, { preload, query, size }) => {
          const window = new BrowserWindow({
            ...size,
            useContentSize: true,
            webPreferences: { preload, contextIsolation: false, sandbox: true, spellcheck: false },
          });
          globalThis.pictured = window;
          return window.loadURL(`app://main/index.html?${query}`);
        },
        { preload: scriptedHost, query, size },
      );
      const page = await opened;
      page.on(
        'console',
        (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()),
      );
      page.on('pageerror', (error) => problems.push(String(error.stack ?? error)));
      return page;
    },
    async close() {
      await electron.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
