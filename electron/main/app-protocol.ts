import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentPolicy } from './content-policy.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

export const origin = 'app://main';

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves files below `root` and nothing else: one host, no parent folders, no encoded separators. */
export function serveApp(root: string): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const name = decodeURIComponent(url.pathname);
    const refused = (status: number) =>
      new Response(null, { status, headers: { 'content-security-policy': contentPolicy } });
    if (url.host !== 'main' || request.method !== 'GET') return refused(403);
    if (/%2f|%5c/i.test(url.pathname) || name.includes('..') || name.includes('\\') || name.includes('\0'))
      return refused(403);
    const path = join(root, name === '/' ? 'index.html' : name);
    if (!path.startsWith(root + sep)) return refused(403);
    const type = types[extname(path)];
    if (type === undefined) return refused(404);
    try {
      const body = await readFile(path);
      return new Response(body, {
        headers: {
          'content-type': type,
          'content-security-policy': contentPolicy,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return refused(404);
    }
  });
}
