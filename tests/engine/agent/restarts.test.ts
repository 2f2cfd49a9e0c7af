import { describe, expect, it } from 'vitest';
import type { AppAssign, AppCreate } from '../../../src/engine/cloud/admin-actions.ts';
import { rebootFlagKey } from '../../../src/engine/agent/paths.ts';
import { notifications } from '../../../src/views/notifications.ts';
import { AgentStory, minutesBetween, testApp } from '../../support/agent-harness.ts';

const installed = { compliance: 1, applicability: 0, enforcement: 1000, error: 0, exitCode: 0 };

/** An app that installs itself and ends with a code. */
function ending(name: string, code: number, more: Partial<AppCreate> = {}): AppCreate {
  const folder = `C:\\Program Files\\${name}`;
  const lines = ['@echo off', `mkdir "${folder}"`, `echo ${name}> "${folder}\\about.txt"`, `exit /b ${code}`];
  return testApp(name, 0, {
    content: { setupFile: 'install.cmd', files: [{ name: 'install.cmd', text: lines.join('\r\n') }] },
    ...more,
  });
}

const starts = (story: AgentStory): number =>
  story.events(({ data }) => data.kind === 'change' && data.change.kind === 'device.boot').length;

const toasts = (story: AgentStory): readonly string[] => story.read.toasts.map(({ name }) => name);

const flag = (story: AgentStory): boolean => story.read.key('HKLM', rebootFlagKey) !== undefined;

const assigned = (app: AppCreate, more: Partial<AppAssign> = {}): AgentStory =>
  AgentStory.begin().create(app).assign(app.name, more).firstCheckIn();

describe('a restart that an app needs', () => {
  it.each([
    // Exit code, setting: restarts in the first quarter of an hour, restart noted, state, error, notifications.
    [0, 'return-codes', 0, false, 1000, 0, []],
    [3010, 'return-codes', 0, false, 1000, 3010, ['ToastRestartMessage']],
    [1641, 'return-codes', 1, false, 1000, 0, []],
    [0, 'allow', 0, false, 1000, 0, []],
    [3010, 'allow', 0, false, 1000, 3010, ['ToastRestartMessage']],
    [1641, 'allow', 0, true, 2008, 1641, ['ToastRestartReminder']],
    [0, 'suppress', 0, false, 1000, 0, []],
    [3010, 'suppress', 0, false, 1000, 3010, []],
    [1641, 'suppress', 0, true, 2008, 1641, []],
    [0, 'force', 1, false, 1000, 0, []],
    [3010, 'force', 1, false, 1000, 3010, []],
    [1641, 'force', 1, false, 1000, 0, []],
  ] as const)('code %d with %s', (code, restartBehavior, restarts, noted, enforcement, error, shown) => {
    const story = assigned(ending('App', code, { restartBehavior })).advance({ minutes: 7 });
    expect({
      restarts: starts(story),
      noted: flag(story),
      state: story.state('App'),
      shown: toasts(story).filter((name) => name.startsWith('ToastRestart')),
    }).toEqual({
      restarts,
      noted,
      state: { ...installed, enforcement, error, exitCode: code },
      shown,
    });
  });

  it('waits for the end of the grace period; before it a countdown is shown', () => {
    const story = assigned(ending('App', 1641), {
      restartGrace: { gracePeriod: 60, countdown: 10, snooze: null },
    });
    expect(story.state('App')).toEqual({ ...installed, enforcement: 2008, error: 1641, exitCode: 1641 });
    expect(story.value(rebootFlagKey, 'RebootDeadlineUTC')).toMatch(/^05\/05\/2026 07:0\d:\d\d$/);
    expect(toasts(story)).toContain('ToastRestartReminder');
    story.advance({ minutes: 46 });
    expect([starts(story), toasts(story)]).toEqual([
      0,
      ['ToastDownloadingMessage', 'ToastSuccessMessage', 'ToastRestartCountdown'],
    ]);
    story.advance({ minutes: 14 });
    expect([starts(story), flag(story), toasts(story)]).toEqual([
      1,
      false,
      ['ToastDownloadingMessage', 'ToastSuccessMessage'],
    ]);
    story.do('sign-in').advance({ minutes: 8 });
    expect(story.state('App')).toEqual({ ...installed, exitCode: 1641 });
    expect(story.attempts('App')).toHaveLength(1);
  });

  it('is shown to the user with its button, above what was shown before', () => {
    const story = assigned(ending('App', 1641), {
      restartGrace: { gracePeriod: 240, countdown: 15, snooze: 60 },
    });
    const [user] = story.read.users;
    const shown = notifications(story.read, user?.sid ?? '');
    expect(
      shown.map(({ title, text, snooze }) => [title, text.replace(/\d+:\d\d:\d\d/, 'hour'), snooze]),
    ).toEqual([
      ['Your organization requires the device to restart', 'Restart it before 5/5/2026 hour PM.', true],
      ['Software installation', 'App was installed.', false],
      ['Software installation', 'App is being downloaded and will be installed.', false],
    ]);
    expect(notifications(story.read, 'S-1-5-18')).toEqual([]);
  });

  it('can be put off where the assignment allows it, and comes again', () => {
    const story = assigned(ending('App', 1641), {
      restartGrace: { gracePeriod: 240, countdown: 15, snooze: 60 },
    });
    const shown = () => toasts(story).filter((name) => name.startsWith('ToastRestart'));
    expect(shown()).toEqual(['ToastRestartReminder']);
    expect(story.do('restart.snooze').read.toasts.map(({ name }) => name)).not.toContain(
      'ToastRestartReminder',
    );
    expect(() => story.do('restart.snooze')).toThrow('No restart notification that can be put off is shown');
    story.advance({ minutes: 59 });
    expect(shown()).toEqual([]);
    story.advance({ minutes: 2 });
    expect(shown()).toEqual(['ToastRestartReminder']);
    story.advance({ hours: 3 });
    expect(starts(story)).toBe(1);
  });

  it('cannot be put off where it does not', () => {
    const story = assigned(ending('App', 1641), {
      restartGrace: { gracePeriod: 240, countdown: 15, snooze: null },
    });
    expect(() => story.do('restart.snooze')).toThrow('No restart notification that can be put off is shown');
  });

  it('is remembered when the service restarts, and forgotten when the user restarts the device', () => {
    const grace = { restartGrace: { gracePeriod: 120, countdown: 15, snooze: null } };
    const story = assigned(ending('App', 1641), grace).do('service.restart', {
      service: 'IntuneManagementExtension',
    });
    story.advance({ minutes: 1 });
    expect(story.said('restart.start-flag')).toEqual([
      '[RebootHelper] CheckRebootFlagAndPop Checking reboot flag for ServiceStart, got reboot flag: False with deadline: 1/1/0001 12:00:00 AM',
      expect.stringMatching(/got reboot flag: True with deadline: 5\/5\/2026 8:0\d:\d\d AM$/),
    ]);
    story.do('restart').advance({ minutes: 2 });
    expect([starts(story), flag(story)]).toEqual([1, false]);
    story.do('sign-in').advance({ hours: 4 });
    expect(starts(story)).toBe(1);
    expect(story.state('App')).toEqual({ ...installed, exitCode: 1641 });
  });

  it('happens at the end of the check-in, after the results: other apps are not attempted before it, and installed after it', () => {
    const story = AgentStory.begin().create(ending('Hard', 1641)).assign('Hard');
    story.create(ending('Next', 0)).assign('Next');
    story.input({ kind: 'advance', to: nextBoot(story) });
    const states = [story.state('Hard')?.enforcement, story.state('Next')?.enforcement];
    // Which of the two came first is the order of their ids.
    expect([
      [2008, 6002],
      [2008, 1000],
    ]).toContainEqual(states);
    expect(story.said('check-in.ends')).toHaveLength(1);
    story.advance({ minutes: 2 }).do('sign-in').advance({ minutes: 10 });
    expect([story.state('Hard'), story.state('Next')]).toEqual([{ ...installed, exitCode: 1641 }, installed]);
  });

  it('an app that is gone after the restart has failed', () => {
    const app = ending('App', 1641);
    const story = assigned(app, { restartGrace: { gracePeriod: 60, countdown: 5, snooze: null } });
    story
      .open('c')
      .type('c', "Remove-Item 'C:\\Program Files\\App' -Recurse")
      .do('restart')
      .advance({ minutes: 1 });
    story.do('sign-in').advance({ minutes: 8 });
    expect(story.state('App')).toEqual({
      compliance: 2,
      applicability: 0,
      enforcement: 5000,
      error: -2016345060,
      exitCode: 1641,
    });
    // Its GRS value is that of the attempt.
    expect(minutesBetween([...story.attempts('App'), ...story.grs('App')])).toEqual([0]);
  });

  it('of two apps the earlier deadline holds', () => {
    const story = AgentStory.begin();
    for (const [name, gracePeriod] of [
      ['One', 600],
      ['Two', 60],
      ['Six', 300],
    ] as const)
      story
        .create(ending(name, 0, { restartBehavior: 'force' }))
        .assign(name, { restartGrace: { gracePeriod, countdown: 5, snooze: null } });
    story.advance({ minutes: 61 });
    expect(starts(story)).toBe(0);
    story.advance({ minutes: 10 });
    expect(starts(story)).toBe(1);
  });
});

/** Virtual time at which Windows starts again: what is due is done up to there. */
function nextBoot(story: AgentStory) {
  for (let i = 0; i < 2000; i++) {
    const next = story.simulation.next();
    if (next === null) break;
    if (next.kind === 'windows.boot') return story.simulation.now;
    story.input({ kind: 'advance', to: next.at });
  }
  throw new Error('Windows does not restart');
}

describe('notifications', () => {
  it.each([
    ['show-all', ['ToastDownloadingMessage', 'ToastSuccessMessage', 'ToastRestartMessage']],
    ['show-reboot', ['ToastRestartMessage']],
    ['hide-all', []],
  ] as const)('%s', (notifications, shown) => {
    expect(toasts(assigned(ending('App', 3010), { notifications }))).toEqual(shown);
  });

  it('tell of a failure, and are shown to nobody where nobody is signed in', () => {
    const story = assigned(testApp('Bad', 1603));
    expect(story.read.toasts).toMatchObject([
      { name: 'ToastDownloadingMessage', subject: story.id('Bad') },
      { name: 'ToastFailureMessage', text: 'Bad could not be installed.' },
    ]);
    expect(story.said('toast.argument')).toEqual([
      'Adding argument toast with value ToastDownloadingMessage to the named argument list.',
      'Adding argument toast with value ToastFailureMessage to the named argument list.',
    ]);
    const alone = AgentStory.begin().do('sign-out').create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    expect([alone.attempts('Bad').length, alone.read.toasts]).toEqual([1, []]);
  });
});

it('the exit code of an installer is not that of the script that detects its app afterwards', () => {
  const script = "if (Test-Path 'C:\\Program Files\\App\\about.txt') { 'found' }; exit 0";
  const story = assigned(ending('App', 3010, { detection: [{ kind: 'script', script }] }));
  expect(story.state('App')).toEqual({ ...installed, error: 3010, exitCode: 3010 });
});

describe('a restart that an uninstall needs', () => {
  /** An app that is there and is to be removed by a command that ends with a code. */
  const removing = (code: number): AgentStory => {
    const removes = ['@echo off', 'rmdir /s /q "C:\\Program Files\\App"', `exit /b ${code}`];
    const app = ending('App', 0, { uninstallCommand: 'remove.cmd' });
    const content = {
      ...app.content,
      files: [...app.content.files, { name: 'remove.cmd', text: removes.join('\r\n') }],
    };
    const story = AgentStory.begin()
      .create({ ...app, content })
      .assign('App')
      .firstCheckIn();
    story.act({ action: 'app.unassign', data: { app: 'App', target: 'all-devices' } });
    return story.assign('App', {
      intent: 'uninstall',
      restartGrace: { gracePeriod: 30, countdown: 5, snooze: null },
    });
  };
  const gone = { compliance: 2, applicability: 0 };

  it('softly is done, and says so', () => {
    const story = removing(3010).advance({ hours: 2 });
    expect(story.state('App')).toEqual({ ...gone, enforcement: 1011, error: 3010, exitCode: 3010 });
    expect([starts(story), flag(story)]).toEqual([0, false]);
  });

  it('hard waits for the restart, and is done after it', () => {
    const story = removing(1641).advance({ minutes: 65 });
    expect(story.state('App')).toEqual({ ...gone, enforcement: 2011, error: 1641, exitCode: 1641 });
    story.advance({ minutes: 30 });
    expect(starts(story)).toBe(1);
    story.do('sign-in').advance({ minutes: 10 });
    expect(story.state('App')).toEqual({ ...gone, enforcement: 1000, error: 0, exitCode: 1641 });
  });
});
