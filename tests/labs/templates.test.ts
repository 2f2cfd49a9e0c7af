import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deviceId } from '../../src/base/ids.ts';
import { hours, plus } from '../../src/base/time.ts';
import { Simulation } from '../../src/engine/world/simulation.ts';
import { problemText } from '../../src/labs/problem.ts';
import { readSnapshots } from '../../src/labs/template.ts';
import { expandWorld } from '../../src/labs/world-file.ts';
import { labFiles } from '../../src/node/lab-folder.ts';

const root = join(import.meta.dirname, '..', '..', 'vm-templates');
const machines = readdirSync(root);

const templateFiles = (machine: string) =>
  new Map(
    [...labFiles(join(root, machine))].map(([name, text]) => [`vm-templates/${machine}/${name}`, text]),
  );
const standing = (machine: string, change: (text: string) => string = (text) => text) => {
  const files = labFiles(join(root, machine));
  const file = `vm-templates/${machine}/device.yaml`;
  return expandWorld({ file, text: change(files.get('device.yaml') ?? ''), files }, '1');
};
const problemsOf = (result: ReturnType<typeof expandWorld>): readonly string[] =>
  result.ok ? [] : result.error.map(problemText);

test('the workshop has two standing devices', () => {
  expect(machines).toEqual(['BB-W10-5', 'BW-W11-5']);
});

test.each(machines)('%s reaches every snapshot of its list, and each can be restored', (machine) => {
  const list = readSnapshots('snapshots.yaml', labFiles(join(root, machine)).get('snapshots.yaml'));
  const world = standing(machine);
  if (!list.ok || !world.ok) throw new Error(problemsOf(world).join('\n'));
  const simulation = Simulation.start(world.value, { keepEvents: false });
  const device = deviceId(machine);
  const seen = list.value.snapshots.map(({ name, joined }) => {
    const kept = simulation.world.snapshots.get(`${machine}/${name}`)?.device;
    simulation.input({ kind: 'snapshot.restore', device, name });
    simulation.settle();
    // Windows starts from it; the software and state are those of the snapshot.
    simulation.input({ kind: 'advance', to: plus(simulation.now, hours(1)) });
    simulation.settle();
    const read = simulation.read(device);
    const enrolments = read.key('HKLM', 'SOFTWARE\\Microsoft\\Enrollments')?.value.subKeys ?? [];
    return {
      name,
      kept: kept !== undefined,
      joined: enrolments.length > 0 === joined,
      agent: read.service('IntuneManagementExtension')?.value.status ?? null,
      says: joined ? 'Running' : null,
    };
  });
  expect(seen).toEqual(
    list.value.snapshots.map(({ name, joined }) => ({
      name,
      kept: true,
      joined: true,
      agent: joined ? 'Running' : null,
      says: joined ? 'Running' : null,
    })),
  );
});

const onTop = (machine: string, snapshot: string, more: string) =>
  expandWorld(
    {
      file: 'world.yaml',
      text: `template:\n  machine: ${machine}\n  snapshot: ${snapshot}\n${more}`,
      files: templateFiles('BB-W10-5'),
    },
    '1',
  );

test('a world that begins at a snapshot is the standing device up to there, and goes on from it', () => {
  const template = standing('BB-W10-5');
  const world = onTop(
    'BB-W10-5',
    'Enrolled',
    'timeline:\n  - until: PT2H\n  - { device: restart, on: BB-W10-5 }\n',
  );
  if (!template.ok || !world.ok) throw new Error(problemsOf(world).join('\n'));
  const end = template.value.inputs.findIndex(
    (input) => input.kind === 'snapshot.take' && input.name === 'Enrolled',
  );
  expect(world.value).toEqual({
    ...template.value,
    inputs: [
      ...template.value.inputs.slice(0, end + 1),
      // 06:00, half an hour to the first-run screens and an hour enrolled, then two hours more.
      { kind: 'advance', to: Date.UTC(2026, 4, 4, 9, 30) * 1000 },
      { kind: 'device.action', device: 'BB-W10-5', action: 'restart', data: {} },
    ],
  });
});

test('a machine put back to before its join is enrolled again, and the agent comes again', () => {
  const world = onTop(
    'BB-W10-5',
    'Enrolled',
    `timeline:
  - { restore: PreAADJoin, on: BB-W10-5 }
  - advance: PT10M
  - enrol: BB-W10-5
  - { device: sign-in, on: BB-W10-5, data: { user: MeganBowen } }
  - advance: PT1H
`,
  );
  if (!world.ok) throw new Error(problemsOf(world).join('\n'));
  const simulation = Simulation.start(world.value);
  const read = simulation.read(deviceId('BB-W10-5'));
  const installs = simulation.events
    .all()
    .filter(({ data }) => data.kind === 'cloud' && data.what === 'agent.sent').length;
  expect([installs, read.service('IntuneManagementExtension')?.value.status]).toEqual([2, 'Running']);
  // What was installed before the join is gone, and installed anew.
  expect(read.file('C:\\Program Files\\Contoso Notes\\about.txt')).toBeDefined();
});

test.each([
  [
    'an unknown machine',
    () => onTop('BB-W10-6', 'Enrolled', ''),
    ['world.yaml:2: template.machine: expected one of BB-W10-5, found BB-W10-6'],
  ],
  [
    'an unknown snapshot',
    () => onTop('BB-W10-5', 'Clean', ''),
    [
      'world.yaml:3: template.snapshot: expected one of PreAADJoin, Enrolled, StateMessages, AppFailures, ScheduledAssignments, Inventory, found Clean',
    ],
  ],
  [
    'a step on a device that is not there, on its line of the world',
    () => onTop('BB-W10-5', 'Enrolled', 'timeline:\n  - advance: PT1H\n  - { device: restart, on: PC-9 }\n'),
    ['world.yaml:6: device restart: expected a device of the file, found PC-9'],
  ],
  [
    'a snapshot restored before it is taken',
    () => onTop('BB-W10-5', 'PreAADJoin', 'timeline:\n  - { restore: Enrolled, on: BB-W10-5 }\n'),
    ['world.yaml:5: restore: expected a snapshot of BB-W10-5 that was taken before, found Enrolled'],
  ],
  [
    'a machine whose timeline has another list of snapshots',
    () => standing('BW-W11-5', (text) => text.replace('snapshot: Enrolled', 'snapshot: Joined')),
    [
      'vm-templates/BW-W11-5/device.yaml:1: timeline: expected the snapshots of vm-templates/BW-W11-5/snapshots.yaml in their order (PreAADJoin, Enrolled), found PreAADJoin, Joined',
    ],
  ],
  [
    'a package that is not in the folder',
    () => standing('BW-W11-5', (text) => text.replace('folder: files/good', 'folder: files/best')),
    ['vm-templates/BW-W11-5/device.yaml:25: app Contoso Notes: expected install.cmd in files/best'],
  ],
  [
    'a device without an operating system',
    () => standing('BW-W11-5', (text) => text.replace('os: windows-11-24h2', 'os: windows-12')),
    [
      'vm-templates/BW-W11-5/device.yaml:10: devices.0.os: Invalid option: expected one of "windows-10-22h2"|"windows-11-23h2"|"windows-11-24h2"',
    ],
  ],
])('%s is said with file, line and what was expected', (_what, expand, problems) => {
  expect(problemsOf(expand())).toEqual(problems);
});
