import { mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { sidecarProgram } from '../../src/cli/program.ts';

const templates = join(import.meta.dirname, '..', '..', 'vm-templates');

async function simulate(...args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const out = mkdtempSync(join(tmpdir(), 'sidecar-simulate-'));
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    await sidecarProgram().parseAsync(['simulate', ...args, '--out', out], { from: 'user' });
  } finally {
    stdout.mockRestore();
  }
  return Object.fromEntries(
    readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(out, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(out, name), 'latin1')]),
  );
}

/** Paths without what tells one log or message from the next. */
const kinds = (files: Readonly<Record<string, string>>): readonly string[] => [
  ...new Set(
    Object.keys(files).map((name) =>
      name
        .replace(/-\d{8}-\d{6}\.log$/, '-STAMP.log')
        .replace(/syncml\/\d+-session-\w+-/, 'syncml/N-session-S-'),
    ),
  ),
];

/** The overview of apps in words; no field of it needs quotes here. */
function overview(files: Readonly<Record<string, string>>): readonly string[] {
  const [head = '', ...rows] = (files['reports/app-install-overview.csv'] ?? '').trim().split('\r\n');
  const columns = head.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    return `${cell('App')}: ${cell('Installed')} installed, ${cell('Failed')} failed, ${cell('Not applicable')} not applicable`;
  });
}

test('a standing device gives the same folder twice: logs, registry, SyncML, events and reports', async () => {
  const world = join(templates, 'BB-W10-5');
  const [one, two] = [
    await simulate('--world', world, '--for', '12h'),
    await simulate('--world', world, '--for', '12h'),
  ];
  expect(one).toEqual(two);
  expect(kinds(one ?? {})).toEqual(
    expect.arrayContaining([
      'Logs/AppWorkload-STAMP.log',
      'Logs/AppWorkload.log',
      'Logs/IntuneManagementExtension.log',
      'events.jsonl',
      'registry.reg',
      'reports/agent-health.csv',
      'reports/app-install-overview.csv',
      'reports/app-install-status.csv',
      'reports/custom-compliance.csv',
      'reports/device-discovered-apps.csv',
      'reports/devices.csv',
      'reports/discovered-apps.csv',
      'reports/remediations.csv',
      'reports/scripts.csv',
      'syncml/N-session-S-message-1-device.xml',
      'syncml/N-session-S-message-1-server.xml',
    ]),
  );
  const [head = '', ...rows] = (one?.['reports/app-install-status.csv'] ?? '').trim().split('\r\n');
  const status = head.split(',').indexOf('Status');
  expect(rows.map((row) => `${row.split(',')[0]}: ${row.split(',')[status]}`).sort()).toEqual([
    'Adatum Fonts: Installed',
    'Contoso Notes: Installed',
    'Fabrikam Reader: Installed',
    'Litware Timesheet: Failed',
    'Northwind Labels: Failed',
    'Proseware Scan: Failed',
    'Tailspin Viewer: Installed',
    'Wingtip Softphone: Installed',
    'Woodgrove Token: Not applicable',
  ]);
  // The message that brings the agent, as it went over the network.
  const install = Object.values(one ?? {}).filter(
    (text) => text.startsWith('<SyncML') && text.includes('MsiInstallJob'),
  );
  expect(install).toHaveLength(1);
  expect(install[0]).toContain('IntuneWindowsAgent.msi');
}, 300_000);

test('a world may be let go on from a snapshot', async () => {
  const files = await simulate(
    '--world',
    join(templates, 'BW-W11-5'),
    '--snapshot',
    'PreAADJoin',
    '--for',
    '1h',
  );
  expect(Object.keys(files).filter((name) => name.startsWith('Logs/'))).toEqual([]);
  expect(files['registry.reg']?.includes('IntuneManagementExtension')).toBe(false);
}, 120_000);

/** A world with a fleet and one app that not all of its devices can have. */
function fleetWorld(count: number): string {
  const dir = mkdtempSync(join(tmpdir(), 'sidecar-fleet-'));
  const world = join(dir, 'world.yaml');
  writeFileSync(
    world,
    `start: '2026-05-04T06:00:00Z'
tenant: { name: Contoso }
groups: [{ name: Fleet }]
fleet:
  - prefix: PC-
    count: ${count}
    os: [windows-10-22h2, windows-11-24h2]
    zone: [W. Europe Standard Time, Pacific Standard Time]
    agentVersion: 1.101.109.0
    disk: [{ size: 128, free: 60 }, { size: 512, free: 300 }]
    memory: [4096, 16384]
    manufacturer: Contoso
    model: [Book 13, Book 15]
    group: Fleet
    over: PT2H
apps:
  - name: Big
    publisher: Contoso
    version: '1.0'
    content: { folder: package, setupFile: install.cmd }
    installCommand: install.cmd
    uninstallCommand: cmd /c exit 0
    detection: [{ kind: file, path: 'C:\\Big', name: big.txt, test: exists }]
    requirements: { memoryMb: 8192 }
timeline:
  - assign: { app: Big, intent: required, target: { group: Fleet } }
`,
  );
  mkdirSync(join(dir, 'package'));
  writeFileSync(join(dir, 'package', 'install.cmd'), '@mkdir C:\\Big\r\n@echo 1> C:\\Big\\big.txt\r\n');
  return world;
}

test('a fleet: each device in a folder of its own, reports over all of them', async () => {
  const files = await simulate('--world', fleetWorld(6), '--for', '6h');
  const devices = [...new Set(Object.keys(files).flatMap((name) => /^(PC-\d+)\//.exec(name)?.[1] ?? []))];
  expect(devices).toEqual(['PC-001', 'PC-002', 'PC-003', 'PC-004', 'PC-005', 'PC-006']);
  // Those with little memory cannot have it: what the aggregate says is what the devices say.
  const rows = (files['reports/app-install-status.csv'] ?? '').trim().split('\r\n').slice(1);
  const count = (status: string) => rows.filter((row) => row.split(',')[4] === status).length;
  const [installed, refused] = [count('Installed'), count('Not applicable')];
  expect(installed + refused).toBe(6);
  expect(installed).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
  expect(overview(files)).toEqual([`Big: ${installed} installed, 0 failed, ${refused} not applicable`]);
}, 300_000);

test('of a fleet the reports alone can be had, the same as with everything', async () => {
  const world = fleetWorld(20);
  const reports = await simulate('--world', world, '--for', '6h', '--reports-only');
  expect(Object.keys(reports).every((name) => name.startsWith('reports/'))).toBe(true);
  const rows = (reports['reports/devices.csv'] ?? '').trim().split('\r\n');
  expect(rows.length).toBe(21);
  const whole = await simulate('--world', world, '--for', '6h');
  for (const [name, text] of Object.entries(reports)) expect(whole[name]).toBe(text);
}, 300_000);
