import { expect, test } from 'vitest';

import { testDevice, testWorldStart, TestWorld } from '../../support/test-world.ts';

const world = (): TestWorld => new TestWorld(testWorldStart('tasks', [testDevice('BW-W11-5')], []));

const sessions = ({ simulation }: TestWorld): number =>
  simulation.events
    .all()
    .filter(
      ({ data }) =>
        data.kind === 'network' &&
        data.direction === 'request' &&
        data.url.includes('//r.manage.microsoft.com/'),
    ).length;

test('an administrator who starts a task of the enrolment has the device sync; a standard user may not', () => {
  const enrolled = world().advance({ minutes: 37 });
  const task = 'Get-ScheduledTask -TaskName PushLaunch | Start-ScheduledTask';
  const before = sessions(enrolled);
  enrolled.powershell(task, 'user');
  const denied = sessions(enrolled);
  enrolled.powershell(task, 'admin');
  enrolled.advance({ seconds: 20 });
  expect([denied - before, sessions(enrolled) - before]).toEqual([0, 1]);
});

test('the certificate of the enrolment is the one that the enrolment names', () => {
  const enrolled = world().advance({ minutes: 5 });
  expect(
    enrolled.powershell(
      '$id = (Get-ChildItem HKLM:\\SOFTWARE\\Microsoft\\Enrollments | Get-ItemProperty).DMPCertThumbPrint; (Get-Item Cert:\\LocalMachine\\My\\$id).Issuer',
    ),
  ).toBe('CN=Microsoft Intune MDM Device CA\r\n');
});
