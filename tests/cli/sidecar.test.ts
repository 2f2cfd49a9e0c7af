import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { sidecarProgram } from '../../src/cli/program.ts';

const root = join(import.meta.dirname, '..', '..');
const node = join(root, 'node_modules', 'node', 'bin', 'node');
const smallWorld = join(root, 'tests', 'node', 'small-lab', 'world.yaml');

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process and collects what it would print. */
async function sidecar(...args: readonly string[]): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  process.exitCode = 0;
  try {
    await sidecarProgram().parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode), stdout: out.join(''), stderr: err.join('') };
  } finally {
    process.exitCode = 0;
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

const folder = () => mkdtempSync(join(tmpdir(), 'sidecar-cli-'));

function script(text: string, dir = folder(), name = 'script.ps1'): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

/** Every file below a folder with its content. */
function contentOf(dir: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(dir, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(dir, name), 'latin1')]),
  );
}

test('labs lists the course', async () => {
  const { code, stdout } = await sidecar('labs');
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^registry-state +45 min +Registry state decoding$/m),
  });
}, 120_000);

test('run prints what the console prints and ends with the exit code of the script', async () => {
  const path = script('param($Name)\n"hello $Name on $env:COMPUTERNAME"\nexit 3\n');
  expect(await sidecar('run', path, '--world', smallWorld, '--', 'a "b" c')).toEqual({
    code: 3,
    stdout: 'hello a "b" c on PC-1\r\n',
    stderr: '',
  });
}, 120_000);

test('run as SYSTEM is SYSTEM, and errors go to the error stream', async () => {
  const path = script('whoami\nGet-Item C:\\none\n');
  const { stdout, stderr } = await sidecar('run', path, '--world', smallWorld, '--as', 'system');
  expect(stdout).toBe('nt authority\\system\r\n');
  expect(stderr).toContain("Cannot find path 'C:\\none' because it does not exist.");
}, 120_000);

test('simulate gives the same folder twice', async () => {
  const folders = [folder(), folder()];
  for (const out of folders) {
    const { code, stderr } = await sidecar(
      'simulate',
      '--world',
      'registry-state',
      '--for',
      '72h',
      '--out',
      out,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }
  const [one, two] = folders.map((dir) => contentOf(dir));
  expect(one).toEqual(two);
  expect(Object.keys(one ?? {})).toEqual(
    expect.arrayContaining([
      'Logs/AppWorkload.log',
      'Logs/IntuneManagementExtension.log',
      'events.jsonl',
      'registry.reg',
      'reports/app-install-status.csv',
    ]),
  );
}, 300_000);

test('corpus says how each script went', async () => {
  const dir = folder();
  script('Get-Service | Out-Null\nNo-SuchCommand -X 1\n', dir, 'a.ps1');
  script('if (', dir, 'b.ps1');
  script("'x' | Set-Content C:\\Labs\\out.txt\nexit 5\n", dir, 'c.ps1');
  const { stdout } = await sidecar('corpus', dir, '--world', smallWorld, '--json');
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({ script: 'a.ps1', parsed: true, notFound: ['No-SuchCommand'] }),
    expect.objectContaining({ script: 'b.ps1', parsed: false }),
    expect.objectContaining({
      script: 'c.ps1',
      parsed: true,
      notFound: [],
      exitCode: 5,
      errors: [],
      changed: expect.arrayContaining(['file:C:\\Labs\\out.txt']),
    }),
  ]);
}, 120_000);

test('parse prints tree and tokens, and PowerShell’s own errors with their place', async () => {
  const good = script('Get-Date');
  expect((await sidecar('parse', good, '--ast')).stdout).toBe(
    [
      'ScriptBlockAst 0 8',
      'NamedBlockAst 0 8',
      'PipelineAst 0 8',
      'CommandAst 0 8',
      'StringConstantExpressionAst 0 8',
      '',
    ].join('\n'),
  );
  expect((await sidecar('parse', good, '--tokens')).stdout).toMatch(/^Generic 0 8\nEndOfInput /);
  const bad = script('foreach (');
  const { code, stderr } = await sidecar('parse', bad);
  expect(code).toBe(1);
  expect(stderr).toContain(`${bad}:1:`);
}, 120_000);

test('prove of a lab by its folder; a report is written', async () => {
  const report = join(folder(), 'proof.json');
  const { code, stdout } = await sidecar(
    'prove',
    join(root, 'tests', 'node', 'small-lab'),
    '--seeds',
    '1',
    '--report',
    report,
  );
  expect({ code, last: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, last: '3 proven, 0 failed' });
  expect((JSON.parse(readFileSync(report, 'utf8')) as { passed: boolean }[]).every((one) => one.passed)).toBe(
    true,
  );
}, 120_000);

test('what does not exist is named', async () => {
  await expect(sidecar('simulate', '--world', 'nothing', '--for', '1h', '--out', folder())).rejects.toThrow(
    'There is no lab named nothing; sidecar labs lists them',
  );
});

test('shell runs commands from its input until exit', async () => {
  const output = await new Promise<string>((resolve) => {
    const child = execFile(
      node,
      [join(root, 'src', 'cli', 'sidecar.ts'), 'shell', '--world', smallWorld],
      (_error, stdout) => resolve(stdout),
    );
    child.stdin?.end('$x = 6\n"x times seven is $($x * 7)"\nexit\n');
  });
  expect(output).toContain('x times seven is 42');
}, 120_000);

test('conform compares recorded cases and counts last', async () => {
  const path = folder();
  writeFileSync(
    join(path, 'cases.txt'),
    [
      '### 01-001: right',
      '1 + 1',
      '=== output',
      '2',
      '### 01-002: wrong',
      '1 + 1',
      '=== output',
      '3',
      '### 01-003: newer   # ps7',
      '$null ?? 5',
      '=== output',
      '5',
      '',
    ].join('\n'),
  );
  expect(await sidecar('conform', path)).toEqual({
    code: 1,
    stdout: 'FAILED cases.txt 01-002: wrong\n2 passed, 1 failed\n',
    stderr: '',
  });
  expect((await sidecar('conform', path, '--dialect', 'desktop', '--only', '01-001')).stdout).toBe(
    '1 passed, 0 failed\n',
  );
});
