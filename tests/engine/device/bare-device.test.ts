import { expect, test } from 'vitest';

import { deviceId } from '../../../src/base/ids.ts';
import { hashDevice } from '../../../src/engine/device/device-hash.ts';
import { diffDevices } from '../../../src/engine/device/diff.ts';
import { bare, draftOf, testTime } from '../../support/bare-device.ts';

test('is a function of its start: the same twice, and different in its identity only for another device', () => {
  const [a, b, other] = [bare(), bare(), bare({ id: deviceId('BW-W11-6') })];
  expect([hashDevice(a) === hashDevice(b), diffDevices(a, b)]).toEqual([true, []]);
  expect(
    new Set(diffDevices(a, other).map(({ what, where, name }) => [what, where, name].join(' | ').trim())),
  ).toEqual(
    new Set([
      'machine | id |',
      'registry-value | HKLM\\SOFTWARE\\Microsoft\\Cryptography | MachineGuid',
      'registry-value | HKLM\\SOFTWARE\\Microsoft\\SQMClient | MachineId',
      'registry-value | HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName | ComputerName',
      'registry-value | HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName | ComputerName',
      'registry-value | HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters | Hostname',
      'registry-value | HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters | NV Hostname',
    ]),
  );
});

test.each([
  ['windows-10-22h2', '10.0.19045.6093', '22H2'],
  ['windows-11-23h2', '10.0.22631.5624', '23H2'],
  ['windows-11-24h2', '10.0.26100.4652', '24H2'],
] as const)('%s is %s', (os, version, displayVersion) => {
  const draft = draftOf(bare({ os }));
  const name = draft.value(
    'HKLM',
    'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
    'DisplayVersion',
  )?.value;
  const cmd = draft.node('C:\\Windows\\System32\\cmd.exe');
  expect([draft.osVersion, name?.data, cmd?.kind === 'file' && cmd.content.kind]).toEqual([
    version,
    displayVersion,
    'image',
  ]);
});

test('has nobody signed in, no agent, no enrolment, and the files it was given', () => {
  const draft = draftOf(bare());
  expect({
    users: draft.users.map((user) => user.sessionId),
    agent: [draft.agentVersion, draft.service('IntuneManagementExtension')],
    enrolments: draft.key('HKLM', 'SOFTWARE\\Microsoft\\Enrollments')?.value.subKeys,
    given: draft.content('C:\\Labs\\readme.txt'),
    disk: draft.disk,
    booted: draft.bootedAt,
    log: draft.eventLog('System')?.entries.map(({ id }) => id),
  }).toEqual({
    users: [null],
    agent: ['', undefined],
    enrolments: [],
    given: 'Gr\xc3\xbc\xc3\x9fe',
    disk: { size: 128 * 1024 ** 3, free: 64 * 1024 ** 3 },
    booted: testTime,
    log: [6009, 6005],
  });
});

test('the processes of running services are there, and every program that Windows names is a file', () => {
  const draft = draftOf(bare());
  const running = draft.services.filter(({ status }) => status === 'Running');
  expect(running.map(({ processId }) => processId !== null && draft.process(processId)?.service)).toEqual(
    running.map(({ definition }) => definition.name),
  );
  const programs = [
    ...draft.processes.map(({ file }) => file),
    ...draft.services.map(({ definition }) => /^"?([^"]+?\.exe)/.exec(definition.binaryPath)?.[1] ?? ''),
  ];
  expect(programs.filter((file) => file !== '' && draft.node(file)?.kind !== 'file')).toEqual([]);
});

test('the first-run screens have a user of their own, who goes when somebody signs in', () => {
  const draft = draftOf(bare());
  const profiles = (): readonly string[] => draft.children('C:\\Users').map(({ name }) => name);
  const before = profiles();
  draft.apply({ kind: 'session.sign-in', sid: draft.users[0]?.sid ?? '', sessionId: 1 }, null);
  expect([before, profiles()]).toEqual([
    ['Default', 'defaultuser0', 'Public'],
    ['AdeleVance', 'Default', 'Public'],
  ]);
});
