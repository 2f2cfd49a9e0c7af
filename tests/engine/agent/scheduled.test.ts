import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/base/time.ts';
import { instant } from '../../../src/base/time.ts';
import type { AppAssign } from '../../../src/engine/cloud/admin-actions.ts';
import { statusReportsKey, win32AppsKey } from '../../../src/engine/agent/paths.ts';
import { AgentStory, deviceScope, testApp, userScope } from '../../support/agent-harness.ts';
import { testDevice, testWorldStart } from '../../support/test-world.ts';

const installed = { compliance: 1, applicability: 0, enforcement: 1000, error: 0, exitCode: 0 };
const pending = { compliance: 2, applicability: 0, enforcement: 2009, error: null, exitCode: null };

const utc = (text: string): Instant => instant(Date.parse(`${text}Z`) * 1000);

interface Place {
  readonly zone?: string;
  readonly start?: string;
}

/** A device in a time zone, from some time on, with an app that is assigned. */
function scheduled(assignment: Partial<AppAssign>, { zone, start }: Place = {}): AgentStory {
  const device = testDevice('BW-W11-5');
  return AgentStory.begin('scheduled', {
    devices: [zone === undefined ? device : { ...device, zone }],
    ...(start === undefined ? {} : { start: utc(start) }),
  })
    .create(testApp('Later'))
    .assign('Later', assignment);
}

/** First attempt to the minute, `05/06 06:00` in UTC. */
const attempt = (story: AgentStory): string | undefined =>
  story.attempts('Later')[0]?.replace(/^(\d\d\/\d\d)\/\d{4} (\d\d:\d\d):\d\d$/, '$1 $2');

const companyPortal = (story: AgentStory) =>
  story.value(`${statusReportsKey}\\${userScope}\\${story.id('Later')}`, 'Status');

const cache = (story: AgentStory): boolean => story.file(`C:\\Windows\\IMECache\\${story.id('Later')}_1`);

describe('a required app with a start in 12 hours and a deadline in a day', () => {
  const times = { start: '2026-05-05T18:00', deadline: '2026-05-06T06:00' };

  it('before the start is evaluated, detected and reported; nothing else happens', () => {
    const story = scheduled(times).firstCheckIn();
    expect(story.state('Later')).toEqual({ ...pending, enforcement: null });
    expect(story.said('subgraph.detection-result')).toHaveLength(1);
    story.advance({ hours: 11 });
    expect(story.reports('Later')).toMatchObject([{ complianceState: 2, enforcementState: null }]);
    // Looked at again after 8 hours.
    expect(story.said('subgraph.detection-result')).toHaveLength(2);
    expect([story.said('install.*'), cache(story), story.read.toasts]).toEqual([[], false, []]);
  });

  it('between them is in the cache and waits', () => {
    const story = scheduled(times).advance({ hours: 13 });
    expect(story.said('install.download-completed')).toHaveLength(1);
    story.advance({ hours: 10 });
    expect([story.state('Later'), cache(story), story.attempts('Later'), companyPortal(story)]).toEqual([
      pending,
      true,
      [],
      '1001',
    ]);
    expect(story.said('install.download-completed')).toHaveLength(1);
    expect(story.reports('Later')).toMatchObject([{ complianceState: 2, enforcementState: 2009 }]);
    expect(story.grs('Later')).toEqual([]);
  });

  it('after the deadline is installed at once, without a second download', () => {
    const story = scheduled(times).advance({ hours: 24, minutes: 3 });
    expect([attempt(story), story.state('Later'), companyPortal(story)]).toEqual([
      '05/06 06:00',
      installed,
      '1000',
    ]);
    expect([story.said('install.cache-miss').length, story.said('install.cache-found').length]).toEqual([
      1, 1,
    ]);
    story.advance({ minutes: 1 });
    expect(cache(story)).toBe(false);
  });

  it('is downloaded again where somebody has emptied the cache', () => {
    const story = scheduled(times).advance({ hours: 13 });
    story
      .open('c')
      .type('c', "Remove-Item 'C:\\Windows\\IMECache\\*' -Recurse -Force")
      .advance({ hours: 12 });
    expect([attempt(story), story.state('Later')]).toEqual(['05/06 06:00', installed]);
    expect(story.said('install.cache-miss')).toHaveLength(2);
  });

  it('is only reported where it was installed by hand meanwhile', () => {
    const story = scheduled(times).advance({ hours: 13 });
    story
      .open('c')
      .type('c', "mkdir 'C:\\Program Files\\Later'; 'x' > 'C:\\Program Files\\Later\\about.txt'")
      .advance({ hours: 12 });
    expect(story.attempts('Later')).toEqual([]);
    expect(story.state('Later')).toMatchObject({ compliance: 1 });
  });

  it('is looked for after each restart of the service, too', () => {
    const story = scheduled(times).advance({ hours: 23 });
    story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ hours: 1, minutes: 5 });
    expect(attempt(story)).toBe('05/06 06:00');
  });

  it('that the device was off the network for is installed when it is back', () => {
    const story = scheduled(times).advance({ hours: 20 }).do('network.disconnect').advance({ hours: 5 });
    expect(story.attempts('Later')).toEqual([]);
    story.do('network.connect').advance({ hours: 1 });
    expect([story.attempts('Later').length, story.state('Later')]).toEqual([1, installed]);
    expect(story.said('install.cache-miss')).toHaveLength(1);
  });

  it('fails at the deadline like any other, and has its GRS value from then', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad', times).advance({ hours: 25 });
    expect(story.attempts('Bad')).toHaveLength(1);
    expect(story.grs('Bad')).toEqual(story.attempts('Bad'));
  });

  it('is evaluated first where it has to be removed, and removed at the deadline', () => {
    const story = AgentStory.begin().create(testApp('Old')).assign('Old').firstCheckIn();
    story.act({ action: 'app.unassign', data: { app: 'Old', target: 'all-devices' } });
    story.assign('Old', { ...times, intent: 'uninstall' }).advance({ hours: 23 });
    expect(story.state('Old')).toMatchObject({ compliance: 1, enforcement: 1000 });
    story.advance({ hours: 1 });
    expect(story.state('Old')).toMatchObject({ compliance: 2, enforcement: 1000 });
  });

  it('starts its restart grace period when it is installed', () => {
    const app = testApp('Later', 0, { restartBehavior: 'force' });
    const story = AgentStory.begin()
      .create(app)
      .assign('Later', { ...times, restartGrace: { gracePeriod: 120, countdown: 15, snooze: null } });
    story.advance({ hours: 25 });
    const boots = () =>
      story.events(({ data }) => data.kind === 'change' && data.change.kind === 'device.boot');
    expect(boots()).toHaveLength(0);
    story.advance({ hours: 1, minutes: 2 });
    expect(boots()).toHaveLength(1);
  });
});

describe('an assignment', () => {
  it.each<readonly [string, Partial<AppAssign>, string | undefined]>([
    ['without times', {}, '05/05 06:0'],
    ['with a start', { start: '2026-05-05T09:30' }, '05/05 09:30'],
    ['with a deadline', { deadline: '2026-05-05T09:30' }, '05/05 09:30'],
    ['with times in the past', { start: '2026-05-04T09:30', deadline: '2026-05-04T10:30' }, '05/05 06:0'],
    [
      'with a deadline before its start',
      { start: '2026-05-05T10:30', deadline: '2026-05-05T09:30' },
      '05/05 10:30',
    ],
    ['with a start in the next week', { start: '2026-05-12T00:00' }, undefined],
  ])('%s is installed at %j', (_what, times, when) => {
    expect(attempt(scheduled(times).advance({ hours: 6 }))).toEqual(when && expect.stringContaining(when));
  });

  it('that is available can be installed from its start on', () => {
    const story = scheduled({
      intent: 'available',
      target: 'all-users',
      start: '2026-05-05T10:00',
    }).firstCheckIn();
    story.do('company-portal.install', { app: 'Later' }).advance({ minutes: 10 });
    expect(story.attempts('Later')).toEqual([]);
    story.advance({ hours: 4 }).do('company-portal.install', { app: 'Later' }).advance({ minutes: 10 });
    expect(story.attempts('Later')).toHaveLength(1);
  });
});

describe('times of an assignment', () => {
  const east = 'Eastern Standard Time';
  const berlin = 'W. Europe Standard Time';

  it.each<readonly [string, string, 'utc' | 'local', string, string]>([
    // Zone, deadline, how it is read, first of the day, when it is in UTC.
    [berlin, '2026-05-05T12:00', 'utc', '2026-05-05T06:00:00', '05/05 12:00'],
    [east, '2026-05-05T12:00', 'utc', '2026-05-05T06:00:00', '05/05 12:00'],
    [berlin, '2026-05-05T12:00', 'local', '2026-05-05T06:00:00', '05/05 10:00'],
    [east, '2026-05-05T12:00', 'local', '2026-05-05T06:00:00', '05/05 16:00'],
    ['India Standard Time', '2026-05-05T12:00', 'local', '2026-05-05T03:00:00', '05/05 06:30'],
    // Summer time ends in Berlin on 25 October at 01:00 UTC, in New York on 1 November at 06:00 UTC.
    [berlin, '2026-10-25T12:00', 'local', '2026-10-24T12:00:00', '10/25 11:00'],
    [berlin, '2026-10-25T01:30', 'local', '2026-10-24T12:00:00', '10/24 23:30'],
    [east, '2026-10-25T12:00', 'local', '2026-10-24T12:00:00', '10/25 16:00'],
    [east, '2026-11-01T12:00', 'local', '2026-10-31T12:00:00', '11/01 17:00'],
    // A reading that the clock shows twice is the second one, in winter time.
    [berlin, '2026-10-25T02:30', 'local', '2026-10-24T12:00:00', '10/25 01:30'],
    // It begins on 29 March at 01:00 UTC; a reading that is left out is an hour later.
    [berlin, '2026-03-29T01:30', 'local', '2026-03-28T12:00:00', '03/29 00:30'],
    [berlin, '2026-03-29T02:30', 'local', '2026-03-28T12:00:00', '03/29 01:30'],
    [berlin, '2026-03-29T03:30', 'local', '2026-03-28T12:00:00', '03/29 01:30'],
    [berlin, '2026-03-29T12:00', 'utc', '2026-03-28T12:00:00', '03/29 12:00'],
  ])('%s: %s %s', (zone, deadline, time, start, when) => {
    const story = scheduled({ deadline, time }, { zone, start }).advance({ hours: 30 });
    expect(attempt(story)).toBe(when);
    // The start of the day in the line is that of the device.
    expect(story.said('action.state')[0]).toContain('Local start time = 1/1/0001 12:00:00 AM');
  });

  it('are shown on the clock of the device', () => {
    const line = (zone: string, time: 'utc' | 'local') =>
      /Local deadline time = (.*)/.exec(
        scheduled({ deadline: '2026-05-05T12:00', time }, { zone }).firstCheckIn().said('action.state')[0] ??
          '',
      )?.[1];
    expect([line(berlin, 'utc'), line(east, 'utc'), line(berlin, 'local'), line(east, 'local')]).toEqual([
      '5/5/2026 2:00:00 PM',
      '5/5/2026 8:00:00 AM',
      '5/5/2026 12:00:00 PM',
      '5/5/2026 12:00:00 PM',
    ]);
  });

  it.each([
    ['1.105.0.0', null],
    ['1.106.0.0', '05/05/2026 12:00:00'],
  ])('agent %s keeps %j while the app waits', (agentVersion, kept) => {
    const start = testWorldStart('kept', [testDevice('BW-W11-5')], []);
    const inputs = start.inputs.map((input) =>
      input.kind === 'admin' && input.action === 'device.enrol'
        ? { ...input, data: { ...(input.data as object), agentVersion } }
        : input,
    );
    const story = new AgentStory({ ...start, inputs });
    story.create(testApp('Later')).assign('Later', { deadline: '2026-05-05T12:00' }).advance({ hours: 2 });
    const key = `${win32AppsKey}\\OperationalState\\${deviceScope}\\${story.id('Later')}`;
    expect([story.state('Later'), story.value(key, 'ExecutionDeadlineTime')]).toEqual([pending, kept]);
    story.advance({ hours: 5 });
    expect([story.state('Later'), story.value(key, 'ExecutionDeadlineTime')]).toEqual([installed, null]);
  });
});
