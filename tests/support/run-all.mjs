// `npm test`: sets everything up, then runs every check as a named step. The last line is `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, fail, node24, root, say } from '../../electron/launch/prepare.mjs';

const systemPackages = [
  'xvfb',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libxkbcommon0',
];

let passed = 0;
let failed = 0;
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

ensureInstalled();
ensureSystemPackages();
ensureBuilt();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const node = node24();
const { testRuntime, findRuntime } = await import('../../electron/launch/runtime.mjs');

// A log that nobody sees in colour is not filled with colour codes.
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' };

const only = process.argv.slice(2);
const wanted = (name) => only.length === 0 || only.includes(name);

if (wanted('format')) await step('format', node, [bin('prettier'), '--check', '--log-level=warn', '.']);
if (wanted('lint')) await step('lint', node, [bin('eslint'), '.', '--max-warnings=0']);
if (wanted('types')) await step('types', node, [join(root, 'tests', 'support', 'check-types.mjs')]);
if (wanted('layers')) await step('layers', node, [join(root, 'tests', 'support', 'check-layers.mjs')]);
if (wanted('unit')) {
  const report = join(results, 'unit.json');
  await step(
    'unit tests',
    node,
    [bin('vitest'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    () => {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = read(report);
      return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites };
    },
  );
}
if (wanted('labs')) {
  const report = join(results, 'proof.json');
  await step(
    'lab proofs',
    node,
    ['--enable-source-maps', join(root, 'out', 'cli', 'sidecar.cjs'), 'prove', '--report', report],
    () => {
      const proofs = read(report);
      return {
        passed: proofs.filter((proof) => proof.passed).length,
        failed: proofs.filter((proof) => !proof.passed).length,
      };
    },
  );
}
if (wanted('e2e')) {
  const runtime =
    process.platform === 'linux' && process.arch === 'x64'
      ? await testRuntime()
      : (await findRuntime()).executable;
  const report = join(results, 'e2e.json');
  const playwright = [
    bin('playwright'),
    'test',
    '--config',
    join(root, 'tests', 'e2e', 'playwright.config.ts'),
  ];
  const display =
    process.env.DISPLAY === undefined && process.platform === 'linux'
      ? ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24']
      : [];
  const [command, ...args] = [...display, node, ...playwright];
  await step(
    'window',
    command,
    args,
    () => {
      const { stats } = read(report);
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
    },
    { SIDECAR_ELECTRON: runtime, SIDECAR_RUNTIME: 'test', PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  );
}

process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Runs one step and counts what it ran; without `count` the step itself is the one thing that passed or failed. */
async function step(name, command, args, count, env = {}) {
  const started = Date.now();
  say(`\n== ${name}`);
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        ...plain,
        PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
        ...env,
      },
    });
    child.on('error', () => resolve(127));
    child.on('exit', (exit) => resolve(exit ?? 1));
  });
  let ran = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  if (count) {
    try {
      ran = count();
      // A runner that ends with an error although each test passed (a suite that does not load, say) has failed.
      if (code !== 0 && ran.failed === 0) ran.failed = 1;
    } catch (error) {
      say(`${name}: no report was written (${error.message}).`);
      ran = { passed: 0, failed: 1 };
    }
    if (ran.passed + ran.failed === 0) {
      say(`${name}: nothing ran.`);
      ran.failed = 1;
    }
  }
  passed += ran.passed;
  failed += ran.failed;
  say(
    `== ${name}: ${ran.passed} passed, ${ran.failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
}

function ensureSystemPackages() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const missing = systemPackages.filter((name) => {
    const query = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
    return !query.stdout.includes('install ok installed');
  });
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0)
    fail(
      `The window tests need system packages that are not installed: ${missing.join(', ')}.`,
      `Run: sudo ${command}`,
    );
  say(`Installing system packages: ${missing.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env });
  const installed = spawnSync('sh', ['-c', `${command} -qq >/dev/null`], { stdio: ['ignore', 2, 2], env });
  if (installed.status !== 0) fail('The system packages could not be installed.', `Run: ${command}`);
}
