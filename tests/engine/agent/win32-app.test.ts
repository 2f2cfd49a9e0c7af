import { describe, expect, it } from 'vitest';
import { AgentStory, deviceScope, minutesBetween, testApp, userScope } from '../../support/agent-harness.ts';

const installed = { compliance: 1, applicability: 0, enforcement: 1000, error: 0, exitCode: 0 };

describe('a required app', () => {
  it('is downloaded, decrypted, unpacked, installed, detected and reported', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').firstCheckIn();
    expect(story.state('Alpha')).toEqual(installed);
    expect(story.file('C:\\Program Files\\Alpha\\about.txt')).toBe(true);
    expect(story.attempts('Alpha')).toHaveLength(1);
    expect(story.said('install.*')[0]).toBe(
      `[Win32App][DownloadActionHandler] Handler invoked for policy with id: ${story.id('Alpha')} and version: 1`,
    );
    const milestones = story
      .said(
        'subgraph.detection-result',
        'install.hash-pass',
        'install.decrypted',
        'install.exit-code',
        'subgraph.grs-saving',
      )
      .map((line) => line.replace(/.*?(NotDetected|Detected|hash|Decryption|lpExitCode \d+|GRS).*/, '$1'));
    expect(milestones).toEqual([
      'NotDetected',
      'hash',
      'Decryption',
      'NotDetected',
      'lpExitCode 0',
      'Detected',
      'GRS',
    ]);
    story.advance({ minutes: 6 });
    expect(story.reports('Alpha')).toMatchObject([
      { device: 'BW-W11-5', user: null, complianceState: 1, enforcementState: 1000, errorCode: 0 },
    ]);
  });

  it('that is there already is reported, not installed', () => {
    const story = AgentStory.begin().create(testApp('Alpha'));
    story.input({
      kind: 'file.save',
      device: story.device,
      path: 'C:\\Program Files\\Alpha\\about.txt',
      text: 'by hand',
    });
    story.assign('Alpha').firstCheckIn();
    expect(story.state('Alpha')).toEqual({ ...installed, enforcement: null, error: null, exitCode: null });
    expect(story.attempts('Alpha')).toEqual([]);
    expect(story.grs('Alpha')).toEqual([]);
  });

  it('of a user is kept under the object id of the user, and needs the user to be signed in', () => {
    const story = AgentStory.begin()
      .create(testApp('Beta'))
      .do('sign-out')
      .assign('Beta', { target: 'all-users' })
      .advance({ hours: 2 });
    expect(story.attempts('Beta')).toEqual([]);
    story.do('sign-in').advance({ minutes: 5 });
    expect(story.state('Beta', userScope)).toEqual(installed);
    expect(story.state('Beta', deviceScope)).toBeNull();
    expect(story.grs('Beta', userScope)).toHaveLength(1);
  });

  it('whose requirement is not met is not installed', () => {
    const story = AgentStory.begin()
      .create(testApp('Memory', 0, { requirements: { memoryMb: 65_536 } }))
      .create(testApp('Windows', 0, { requirements: { minimumOs: '10.0.27000' } }))
      .create(
        testApp('Script', 0, {
          requirements: {
            rules: [
              {
                kind: 'script',
                script: "Write-Output 'laptop'",
                dataType: 'string',
                operator: 'equal',
                value: 'desktop',
              },
            ],
          },
        }),
      );
    story.assign('Memory').assign('Windows').assign('Script').firstCheckIn();
    const notApplicable = { compliance: 2, enforcement: null, error: null, exitCode: null };
    expect(['Memory', 'Windows', 'Script'].map((app) => story.state(app))).toEqual([
      { ...notApplicable, applicability: 1003 },
      { ...notApplicable, applicability: 1002 },
      { ...notApplicable, applicability: 1008 },
    ]);
  });

  it('that detection finds nothing of has failed, whatever its exit code', () => {
    const app = testApp('Empty', 0, {
      detection: [{ kind: 'registry', key: 'HKLM\\SOFTWARE\\Nowhere', test: 'exists' }],
    });
    const story = AgentStory.begin().create(app).assign('Empty').firstCheckIn();
    expect(story.state('Empty')).toEqual({
      compliance: 2,
      applicability: 0,
      enforcement: 5000,
      error: -2016345060,
      exitCode: 0,
    });
  });

  it('whose detection rule cannot be evaluated is in error', () => {
    const app = testApp('Broken', 0, {
      detection: [{ kind: 'file', path: '%ProgramData%', name: 'Microsoft', test: 'not-exists' }],
    });
    const story = AgentStory.begin().create(app).assign('Broken').firstCheckIn();
    expect(story.state('Broken')).toEqual({
      compliance: 4,
      applicability: 0,
      enforcement: null,
      error: -2016215036,
      exitCode: null,
    });
  });

  it('is found by a script that writes to its output', () => {
    const app = testApp('Scripted', 0, {
      detection: [
        {
          kind: 'script',
          script: "if (Test-Path 'C:\\Program Files\\Scripted\\about.txt') { 'found' }",
        },
      ],
    });
    const story = AgentStory.begin().create(app).assign('Scripted').firstCheckIn();
    expect(story.state('Scripted')).toEqual(installed);
  });

  it('in user context is unknown while nobody is signed in', () => {
    const story = AgentStory.begin()
      .create(testApp('Personal', 0, { installContext: 'user' }))
      .do('sign-out')
      .assign('Personal')
      .firstCheckIn();
    expect(story.state('Personal')).toEqual({
      compliance: 5,
      applicability: 1011,
      enforcement: null,
      error: null,
      exitCode: null,
    });
  });

  it('brings its dependency first, and is not attempted where that fails', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('Tool', 0, { dependencies: [{ app: 'Runtime', autoInstall: true }] }))
      .create(testApp('Bad runtime', 1603))
      .create(testApp('Other tool', 0, { dependencies: [{ app: 'Bad runtime', autoInstall: true }] }));
    story.assign('Tool').assign('Other tool').firstCheckIn();
    expect([story.state('Runtime'), story.state('Tool')]).toEqual([installed, installed]);
    expect((story.attempts('Runtime')[0] ?? '') < (story.attempts('Tool')[0] ?? '')).toBe(true);
    expect(story.state('Other tool')).toMatchObject({ compliance: 2, enforcement: 6001 });
    expect(story.attempts('Other tool')).toEqual([]);
  });

  it('to uninstall is removed', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').firstCheckIn();
    story.act({ action: 'app.unassign', data: { app: 'Alpha', target: 'all-devices' } });
    story.assign('Alpha', { intent: 'uninstall' }).advance({ hours: 2 });
    expect(story.file('C:\\Program Files\\Alpha\\about.txt')).toBe(false);
    expect(story.state('Alpha')).toMatchObject({ compliance: 2, enforcement: 1000, error: 0 });
  });
});

describe('an installer that fails', () => {
  it('is tried again when its GRS time has passed, at the next re-evaluation after it', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    expect(story.state('Bad')).toEqual({
      compliance: 2,
      applicability: 0,
      enforcement: 5000,
      error: -2147023293,
      exitCode: 1603,
    });
    const [first] = story.attempts('Bad');
    expect(story.grs('Bad')).toEqual([first]);
    story.advance({ hours: 23 });
    expect(story.attempts('Bad')).toEqual([first]);
    // It was looked at meanwhile, and left alone because of GRS.
    expect(story.said('action.in-grs').length).toBeGreaterThanOrEqual(2);
    story.advance({ hours: 10 });
    const attempts = story.attempts('Bad');
    expect(attempts).toHaveLength(2);
    expect(minutesBetween(attempts)[0]).toBeGreaterThanOrEqual(24 * 60);
    expect(minutesBetween(attempts)[0]).toBeLessThanOrEqual(33 * 60);
    // Set anew after each failure.
    expect(story.grs('Bad')).toEqual([attempts[1]]);
  });

  it('with a retry code is tried four times five minutes apart, then waits for GRS', () => {
    const story = AgentStory.begin().create(testApp('Busy', 1618)).assign('Busy').advance({ minutes: 30 });
    const attempts = story.attempts('Busy');
    expect(attempts).toHaveLength(4);
    expect(minutesBetween(attempts)).toEqual([5, 5, 5]);
    expect(story.said('install.execute-retry').map((line) => line.at(-1))).toEqual(['0', '1', '2', '3']);
    expect(story.state('Busy')).toMatchObject({ compliance: 2, enforcement: 5000, error: -2147023278 });
    expect(story.grs('Busy')).toEqual([attempts[0]]);
    story.advance({ hours: 22 });
    expect(story.attempts('Busy')).toHaveLength(4);
  });

  it('asks for a restart with 3010 and is a success', () => {
    const app = testApp('Soft', 0);
    const lines = app.content.files[0]?.text.replace('exit /b 0', 'exit /b 3010') ?? '';
    const story = AgentStory.begin()
      .create({
        ...app,
        content: { setupFile: 'install.cmd', files: [{ name: 'install.cmd', text: lines }] },
      })
      .assign('Soft')
      .firstCheckIn();
    expect(story.state('Soft')).toEqual({ ...installed, error: 3010, exitCode: 3010 });
  });

  it('says in its log line when the local clock and UTC differ', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    const [utc] = story.grs('Bad');
    const line = story
      .log('AppWorkload')
      .split('\r\n')
      .find((one) => one.includes('Saved GRS value'));
    expect(line).toContain(`Saved GRS value: ${utc}`);
    // W. Europe Standard Time in May: the column is two hours ahead of the time in the line.
    expect(line).toMatch(/time="08:\d\d:\d\d\.\d{7}" date="5-5-2026"/);
    expect(utc).toMatch(/^05\/05\/2026 06:/);
  });
});

describe('what starts a check-in', () => {
  const checkIns = (story: AgentStory) => story.said('check-in.poller-starts').length;

  it('is the timer every 60 minutes, the sync protocol and Company Portal, not Settings', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').firstCheckIn();
    expect(checkIns(story)).toBe(1);
    story.advance({ hours: 3 });
    expect(checkIns(story)).toBe(4);
    story.do('open-uri', { uri: 'intunemanagementextension://syncapp' }).advance({ minutes: 2 });
    expect(checkIns(story)).toBe(5);
    story.do('company-portal.sync').advance({ minutes: 2 });
    expect(checkIns(story)).toBe(6);
    story.do('settings.sync').advance({ minutes: 2 });
    expect(checkIns(story)).toBe(6);
  });

  it('is a start of the service, after its delays', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').firstCheckIn();
    story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ minutes: 2 });
    expect(story.said('service.started')).toHaveLength(2);
    expect(checkIns(story)).toBe(1);
    story.advance({ minutes: 4 });
    expect(checkIns(story)).toBe(2);
  });

  it('waits where another check-in runs', () => {
    const story = AgentStory.begin().create(testApp('Busy', 1618)).assign('Busy').firstCheckIn(6);
    story.do('open-uri', { uri: 'intunemanagementextension://syncapp' }).advance({ minutes: 1 });
    expect(checkIns(story)).toBe(1);
    story.advance({ minutes: 20 });
    expect(checkIns(story)).toBe(2);
  });
});

describe('forcing a new attempt', () => {
  const wipe = (story: AgentStory, command: string) =>
    story.open('c').type('c', command).do('open-uri', { uri: 'intunemanagementextension://syncapp' });

  it('works by deleting the GRS key', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    const root = `HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\${deviceScope}`;
    wipe(story, `Remove-Item '${root}\\GRS' -Recurse`).advance({ minutes: 5 });
    expect(story.attempts('Bad')).toHaveLength(2);
  });

  it('does not work by deleting the key of the app alone: its state is rebuilt', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    const root = `HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\${deviceScope}`;
    wipe(story, `Remove-Item '${root}\\${story.id('Bad')}_1' -Recurse`).advance({ minutes: 5 });
    expect(story.attempts('Bad')).toHaveLength(1);
    expect(story.state('Bad')).toEqual({
      compliance: 2,
      applicability: 0,
      enforcement: null,
      error: null,
      exitCode: null,
    });
  });

  it('does not work by restarting the service alone', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ minutes: 10 });
    expect(story.attempts('Bad')).toHaveLength(1);
  });
});

describe('an available app', () => {
  it('is reported, and installed when its user asks for it, whatever its GRS value', () => {
    const story = AgentStory.begin()
      .create(testApp('Choice'))
      .create(testApp('Bad', 1603))
      .assign('Choice', { intent: 'available', target: 'all-users' })
      .assign('Bad', { intent: 'available', target: 'all-users' })
      .firstCheckIn();
    expect(story.state('Choice', userScope)).toMatchObject({ compliance: 2, enforcement: null });
    story.advance({ hours: 30 });
    expect(story.attempts('Choice')).toEqual([]);
    story.do('company-portal.install', { app: 'Choice' }).advance({ minutes: 3 });
    expect(story.state('Choice', userScope)).toEqual(installed);
    story.do('company-portal.install', { app: 'Bad' }).advance({ minutes: 3 });
    story.do('company-portal.install', { app: story.id('Bad') }).advance({ minutes: 3 });
    expect(story.attempts('Bad')).toHaveLength(2);
    expect(story.said('subgraph.grs-overruled')).toHaveLength(1);
    // Nothing tries again by itself.
    story.advance({ hours: 40 });
    expect(story.attempts('Bad')).toHaveLength(2);
  });
});

describe('a scheduled assignment', () => {
  it('is only evaluated before its start, cached before its deadline, installed after it', () => {
    const story = AgentStory.begin()
      .create(testApp('Later'))
      .assign('Later', { start: '2026-05-05T18:00', deadline: '2026-05-06T06:00' })
      .firstCheckIn();
    expect(story.state('Later')).toMatchObject({ compliance: 2, enforcement: null });
    const cache = `C:\\Windows\\IMECache\\${story.id('Later')}_1`;
    expect(story.file(cache)).toBe(false);
    story.advance({ hours: 13 });
    expect(story.state('Later')).toMatchObject({ compliance: 2, enforcement: 2009 });
    expect(story.file(cache)).toBe(true);
    expect(story.attempts('Later')).toEqual([]);
    story.advance({ hours: 13 });
    expect(story.state('Later')).toEqual(installed);
    // At the deadline, not at the next hour.
    expect(story.attempts('Later')[0]).toMatch(/^05\/06\/2026 06:00:/);
    // No second download.
    expect(story.said('install.cache-miss')).toHaveLength(1);
    expect(story.said('install.cache-found')).toHaveLength(1);
  });

  it('in local time is read from the clock of the device', () => {
    const story = AgentStory.begin()
      .create(testApp('Later'))
      .assign('Later', { deadline: '2026-05-05T12:00', time: 'local' })
      .firstCheckIn();
    expect(story.said('action.state')[0]).toContain('Local deadline time = 5/5/2026 12:00:00 PM');
    story.advance({ hours: 6 });
    // Noon in Berlin, in summer two hours ahead of UTC.
    expect(story.attempts('Later')[0]).toMatch(/^05\/05\/2026 10:00:/);
  });
});
