import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureBuilt, node24, root } from '../../../electron/launch/prepare.mjs';
import { testRuntime } from '../../../electron/launch/runtime.mjs';
import { testApp, testDevice, testWorldStart, TestWorld } from '../../support/test-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'sidecar-runtimes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the built engine', () => {
  it('gives the same bytes under Node 24 and under the Electron runtime', async () => {
    ensureBuilt(['engine']);
    const start = testWorldStart(
      'runtimes',
      [testDevice('BW-W11-5', 1), testDevice('BB-W10-5', 2)],
      [testApp('Alpha'), testApp('Beta', 1603), testApp('Gamma', 1618)],
    );
    const { journal } = new TestWorld(start)
      .advance({ hours: 5 })
      .open('c')
      .type('c', 'Get-ChildItem HKLM:\\SOFTWARE\\Microsoft -Recurse | Select-Object -First 200 | Out-String')
      .type('c', "'ﬁnal Straße İ' -match '(?i)STRA' ; [math]::Pow(2.5, 7.25) ; '{0:N3}' -f 1234567.891")
      .advance({ days: 3 });
    const file = join(folder, 'journal.json');
    writeFileSync(file, JSON.stringify({ start, journal }));
    const script = join(root, 'tests', 'support', 'play-journal.mjs');
    const engine = join(root, 'out', 'engine', 'engine.cjs');
    const run = (command: string, env: NodeJS.ProcessEnv) =>
      execFileSync(command, [script, engine, file], { encoding: 'utf8', env: { ...process.env, ...env } });
    const node = run(node24(), {});
    const electron = run(await testRuntime(), { ELECTRON_RUN_AS_NODE: '1' });
    expect(node).toMatch(/^\d{3,} events [0-9a-f]{64} state [0-9a-f]+\n$/);
    expect(electron).toBe(node);
  }, 300_000);
});
