// Brings a clone to the point where it can run: packages installed, build up to date.
// Plain JavaScript without packages, since it runs before anything is installed, on Node 20 or newer.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Prints what is wrong and what to do, and ends. */
export function fail(what, todo) {
  process.stderr.write(`\n${what}\n${todo}\n`);
  process.exit(1);
}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function npmCommand(args, options) {
  return spawnSync(npm, args, { cwd: root, shell: process.platform === 'win32', ...options });
}

/** Node 24 as installed by the project; the machine's own Node may be too old for the tools. */
export function node24() {
  const path = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(path) ? path : process.execPath;
}

export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    fail(
      `Sidecar Lab needs Node 20 or newer; this is ${process.versions.node}.`,
      'Install a current Node from nodejs.org and run the command again.',
    );
  }
}

/** Installs packages where node_modules is missing or older than the lock file. Progress goes to the terminal. */
export function ensureInstalled() {
  checkNode();
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(lock).mtimeMs &&
    sameVersions(lock, installed)
  )
    return;
  say('Installing packages (first time about a minute) …');
  const result = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) {
    fail(
      `Installing packages failed (npm ended with ${result.status ?? result.signal ?? result.error?.message}).`,
      'Check that the npm registry can be reached (npm ping), then run the command again.',
    );
  }
}

/** A touched lock file is not a changed one: compare what is installed with what is asked for. */
function sameVersions(lock, installed) {
  try {
    const wanted = JSON.parse(readFileSync(lock, 'utf8')).packages;
    const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === '' || entry.optional || entry.os || present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

const builtFrom = ['src', 'electron', 'renderer', 'package-lock.json', 'package.json'];

function newest(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  let latest = info.mtimeMs;
  for (const name of readdirSync(path)) {
    if (name === 'node_modules') continue;
    latest = Math.max(latest, newest(join(path, name)));
  }
  return latest;
}

/** Builds where the output is missing or older than a source. `parts` are names of build.mjs; none means all. */
export function ensureBuilt(parts = []) {
  const sources = Math.max(...builtFrom.map((name) => newest(join(root, name))));
  const stale = (parts.length > 0 ? parts : ['all']).some((part) => {
    const stamp = statSync(join(root, 'out', `.built-${part}`), { throwIfNoEntry: false });
    return !stamp || stamp.mtimeMs < sources;
  });
  if (!stale) return;
  say('Building …');
  const result = spawnSync(node24(), [join(root, 'electron', 'build', 'build.mjs'), ...parts], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) fail('The build failed.', 'The message above names the file and the reason.');
}
