// `npm start`: sets everything up and opens the window.
import { spawn, spawnSync } from 'node:child_process';
import { ensureBuilt, ensureInstalled, fail, say } from './prepare.mjs';

ensureInstalled();
ensureBuilt();
const { findRuntime } = await import('./runtime.mjs');
const runtime = await findRuntime();

if (process.platform === 'linux') {
  const missing = missingLibraries(runtime.executable);
  if (missing.length > 0) {
    fail(
      `The window needs system libraries that are not installed: ${missing.join(', ')}.`,
      'On Debian or Ubuntu: sudo apt-get install libgtk-3-0 libnss3 libasound2 libgbm1 libxss1 libxtst6 libatk-bridge2.0-0 libdrm2 libxkbcommon0',
    );
  }
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    fail(
      'There is no display to open a window on.',
      'Start it from a desktop session, or under a virtual display: xvfb-run -a npm start',
    );
  }
}

const args = [...runtime.args];
if (process.platform === 'linux' && process.getuid?.() === 0) {
  say('Running as root: the browser sandbox is off. Use an ordinary account for daily work.');
  args.push('--no-sandbox', '--disable-gpu');
}
const child = spawn(runtime.executable, [...args, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, SIDECAR_RUNTIME: runtime.test ? 'test' : 'pinned' },
});
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

function missingLibraries(executable) {
  const listed = spawnSync('ldd', [executable], { encoding: 'utf8' });
  if (listed.status !== 0) return [];
  return [...listed.stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}
