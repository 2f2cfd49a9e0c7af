import { beforeAll, expect, test } from 'vitest';
import { consoleId, eventId } from '../../src/base/ids.ts';
import { hours, plus } from '../../src/base/time.ts';
import type { Simulation } from '../../src/engine/world/simulation.ts';
import { clock } from '../../src/views/clock.ts';
import { messageOf } from '../../src/engine/agent/messages/index.ts';
import { explain } from '../../src/views/explain.ts';
import { fileText, files } from '../../src/views/files.ts';
import { grsValues } from '../../src/views/grs.ts';
import { LiveView } from '../../src/views/index.ts';
import { log } from '../../src/views/log.ts';
import { findInRegistry } from '../../src/views/registry-find.ts';
import { registryKey } from '../../src/views/registry-key.ts';
import { registryTree } from '../../src/views/registry-tree.ts';
import { status } from '../../src/views/status.ts';
import { device, failedDevice, sourceOf, take } from './view-source.ts';

let simulation: Simulation;
beforeAll(() => {
  simulation = failedDevice();
});

const apps = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps';
const zeros = '00000000-0000-0000-0000-000000000000';
const workload = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\AppWorkload.log';
const open = (path: string) => path.split('\\').map((_, n, parts) => parts.slice(0, n + 1).join('\\'));

test('the registry tree shows what is open, flattened, and only the rows in sight', () => {
  const source = sourceOf(simulation);
  const all = registryTree.show(source, { expanded: open(apps), first: 0, count: 10_000 });
  expect(all.rows).toHaveLength(all.total);
  const at = all.rows.findIndex((row) => row.path === apps);
  expect(all.rows[at]).toEqual({
    path: apps,
    name: 'Win32Apps',
    depth: 4,
    expandable: true,
    expanded: true,
    changed: false,
  });
  expect(all.rows[at + 1]).toMatchObject({ name: zeros, depth: 5, expanded: false });
  const some = registryTree.show(source, { expanded: open(apps.toLowerCase()), first: at, count: 2 });
  expect(some).toEqual({ total: all.total, first: at, rows: all.rows.slice(at, at + 2) });
  expect(registryTree.show(source, { expanded: [], first: 0, count: 9 }).rows.map((row) => row.name)).toEqual(
    ['HKEY_CLASSES_ROOT', 'HKEY_CURRENT_USER', 'HKEY_LOCAL_MACHINE', 'HKEY_USERS', 'HKEY_CURRENT_CONFIG'],
  );
});

test('a key shows its values as regedit does, and who wrote them', () => {
  const [grs] = grsValues(simulation.read(device));
  if (!grs) throw new Error('no GRS value');
  const path = `HKEY_LOCAL_MACHINE\\${grs.key}`;
  const shown = registryKey.show(sourceOf(simulation), { path: path.toUpperCase(), first: 0, count: 10 });
  expect(shown).toEqual({
    path,
    exists: true,
    lastWrite: expect.any(Number),
    total: 2,
    first: 0,
    values: [
      { name: '', type: 'REG_SZ', text: '(value not set)', writer: null, changed: false },
      {
        name: grs.app,
        type: 'REG_SZ',
        text: expect.stringMatching(/^05\/12\/2026 \d\d:\d\d:\d\d$/),
        writer: expect.stringContaining('PC-1:'),
        changed: false,
      },
    ],
    powershell: `Get-ItemProperty -LiteralPath 'HKLM:\\${grs.key}'`,
  });
  expect(registryKey.show(sourceOf(simulation), { path: 'HKLM:\\None', first: 0, count: 1 }).exists).toBe(
    false,
  );
});

test('what the latest input wrote is marked, up to the root', () => {
  const fork = simulation.fork();
  const at = { device, console: consoleId('c') };
  take(fork, { kind: 'console.open', ...at, as: 'admin', width: 80, height: 25, shell: 'powershell' });
  const text = 'New-Item HKCU:\\Software\\Mine -Value x | Out-Null';
  const latest = take(fork, { kind: 'console.line', ...at, text });
  const source = sourceOf(fork, latest);
  const software = 'HKEY_CURRENT_USER\\Software';
  const { rows } = registryTree.show(source, { expanded: open(software), first: 0, count: 500 });
  expect(rows.filter((row) => row.changed).map((row) => row.path)).toEqual([
    'HKEY_CURRENT_USER',
    software,
    `${software}\\Mine`,
    'HKEY_USERS',
  ]);
  expect(registryKey.show(source, { path: `${software}\\Mine`, first: 0, count: 1 }).values).toEqual([
    { name: '', type: 'REG_SZ', text: 'x', writer: expect.any(String), changed: true },
  ]);
});

test('find goes on behind the key it is given, through names and data', () => {
  const read = simulation.read(device);
  const first = findInRegistry(read, 'compliancestate', 'HKEY_LOCAL_MACHINE');
  expect(first?.path.startsWith(`${apps}\\${zeros}\\`)).toBe(true);
  expect(first).toEqual({ path: first?.path, value: null });
  const last = findInRegistry(read, 'no such text anywhere', '');
  expect(last).toBeNull();
  const data = findInRegistry(read, '"EnforcementState":5000', '');
  expect(data).toEqual({
    path: expect.stringMatching(/\\EnforcementStateMessage$/),
    value: 'EnforcementStateMessage',
  });
  expect(findInRegistry(read, '"EnforcementState":5000', data?.path ?? '')?.path).not.toBe(data?.path);
});

test('a folder lists folders first; a text file shows its lines, bytes show none', () => {
  const source = sourceOf(simulation);
  const labs = files.show(source, { path: 'C:\\labs\\', first: 0, count: 10 });
  expect(labs).toMatchObject({ path: 'C:\\Labs', exists: true, total: 1 });
  expect(labs.rows[0]).toMatchObject({ name: 'notes.txt', directory: false, size: 10 });
  expect(fileText.show(source, { path: 'C:\\Labs\\notes.txt', first: 0, count: 10 })).toEqual({
    path: 'C:\\Labs\\notes.txt',
    exists: true,
    text: true,
    size: 10,
    total: 3,
    first: 0,
    lines: ['one', 'two', ''],
  });
  const program = fileText.show(source, { path: 'C:\\Windows\\System32\\notepad.exe', first: 0, count: 10 });
  expect(program).toMatchObject({ exists: true, text: false, total: 0, lines: [] });
});

test('a log is a window of records; a filter keeps the rows that have all its words', () => {
  const source = sourceOf(simulation);
  const all = log.show(source, { path: workload, filter: '', first: -3, count: 3 });
  expect(all.rows.map((row) => row.index)).toEqual([all.total - 3, all.total - 2, all.total - 1]);
  const codes = log.show(source, { path: workload, filter: 'LPEXITCODE 1603', first: 0, count: 5 });
  expect(codes.rows[0]).toMatchObject({
    type: expect.any(Number),
    component: 'AppWorkload',
    text: '[Win32App] lpExitCode 1603',
    event: expect.stringContaining('PC-1:'),
  });
  const [row] = codes.rows;
  const same = log.show(source, { path: workload, filter: '', first: row?.index ?? 0, count: 1 }).rows;
  expect(same).toEqual([row]);
  expect(log.show(source, { path: 'C:\\none.log', filter: '', first: 0, count: 1 }).exists).toBe(false);
});

test('an explanation names rule, confidence and sources, and its chain ends at an input or the start', () => {
  const [grs] = grsValues(simulation.read(device));
  const writer = simulation.read(device).value('HKLM', grs?.key ?? '', grs?.app ?? '')?.writer;
  const why = explain(simulation, writer ?? '');
  expect(why).toMatchObject({
    what: expect.stringContaining('Registry: HKEY_LOCAL_MACHINE'),
    rule: { id: 'win32.grs.saved', confidence: expect.any(String), sources: expect.any(Array) },
    where: `HKEY_LOCAL_MACHINE\\${grs?.key ?? ''}`,
  });
  expect(why.chain.length).toBeGreaterThan(2);
  const last = simulation.events.get(eventId(why.chain.at(-1)?.event ?? ''));
  expect(last?.data.kind).toMatch(/^(input|world\.start)$/);
  expect(() => explain(simulation, 'PC-1:999999999')).toThrow('There is no event');
});

test('the status line says how the service is, what comes next and what waits', () => {
  const texts = () => status.show(sourceOf(simulation), {}).facts.map((fact) => fact.text);
  expect(texts()).toEqual([
    'IME running',
    expect.stringMatching(/^next: app check-in \d\d:\d\d$/),
    expect.stringMatching(/^1 app in GRS until 13 May \d\d:\d\d$/),
  ]);
});

test('the clock shows device time with its offset and what comes next', () => {
  expect(clock.show(sourceOf(simulation), {})).toEqual({
    now: simulation.now,
    offsetMinutes: 120,
    zone: 'W. Europe Standard Time',
    playing: false,
    speed: 60,
    busy: false,
    next: { at: expect.any(Number), label: expect.any(String) },
    passed: [],
  });
});

test('a view is computed again only when what it reads was replaced', () => {
  const fork = simulation.fork();
  const view = new LiveView('registryTree', { expanded: [], first: 0, count: 50 });
  expect(view.update(sourceOf(fork))?.version).toBe(1);
  expect(view.update(sourceOf(fork))).toBeNull();
  take(fork, { kind: 'file.save', device, path: 'C:\\Labs\\x.txt', text: 'x' });
  expect(view.update(sourceOf(fork))).toBeNull();
  const folder = new LiveView('files', { path: 'C:\\Labs', first: 0, count: 50 });
  expect(folder.update(sourceOf(fork))?.data.total).toBe(2);
  take(fork, { kind: 'advance', to: plus(fork.now, hours(2)) });
  expect(folder.update(sourceOf(fork))).toBeNull();
});

test('a log line says where its words are known from', () => {
  const origins = new Map(
    simulation.events
      .all()
      .flatMap(({ id, data }) => (data.kind === 'log' ? [[data.message, id] as const] : [])),
  );
  for (const [message, event] of origins)
    expect([message, explain(simulation, event).words]).toEqual([message, messageOf(message).origin]);
  const [start] = simulation.events.all();
  expect(explain(simulation, start?.id ?? '').words).toBeNull();
});

test('every rule that an event names can be explained', () => {
  const named = new Map(
    simulation.events
      .all()
      .flatMap((event) => (event.rule === null ? [] : [[event.rule, event.id] as const])),
  );
  expect(named.size).toBeGreaterThan(20);
  const unknown = [...named].filter(([rule, event]) => explain(simulation, event).rule?.id !== rule);
  expect(unknown.map(([rule]) => rule)).toEqual([]);
});
