// The built window in Chromium with the scripted host, under the content policy of the app.
import { chromium } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentPolicy } from '../../electron/main/content-policy.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..', 'out', 'renderer');
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
};

/** @returns a page opener and what closes all; `problems` collects console errors and policy violations. */
export async function builtWindow() {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const file = join(root, path === '/' ? 'index.html' : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentPolicy,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const problems = [];
  const script = await readFile(join(here, 'scripted-host.js'), 'utf8');
  return {
    problems,
    async page(query = '', size = { width: 1280, height: 800 }) {
      const context = await browser.newContext({
        viewport: size,
        permissions: ['clipboard-read', 'clipboard-write'],
        locale: 'en-GB',
      });
      const page = await context.newPage();
      page.on(
        'console',
        (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()),
      );
      page.on('pageerror', (error) => problems.push(String(error.stack ?? error)));
      await page.addInitScript({ content: script });
      await page.goto(`http://127.0.0.1:${server.address().port}/?${query}`);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
