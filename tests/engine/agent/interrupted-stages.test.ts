import { describe, expect, it } from 'vitest';
import { plus, seconds } from '../../../src/base/time.ts';
import { AgentStory, minutesBetween, testApp, userScope } from '../../support/agent-harness.ts';
import { beforeStage } from '../../support/agent-stage.ts';

const root = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension';

/** What comes in between, and what sets it right again where that does not happen by itself. */
const interruptions = {
  killed: (story: AgentStory) =>
    story
      .open('c')
      .type('c', 'Stop-Process -Name Microsoft.Management.Services.IntuneWindowsAgent -Force')
      .advance({ minutes: 1 })
      .type('c', 'Start-Service IntuneManagementExtension'),
  restarted: (story: AgentStory) => story.do('restart').advance({ minutes: 1 }).do('sign-in'),
  offline: (story: AgentStory) =>
    story.do('network.disconnect').advance({ minutes: 15 }).do('network.connect'),
  'key deleted': (story: AgentStory) =>
    story
      .open('c')
      .type(
        'c',
        `Remove-Item '${root}\\Win32Apps\\*\\${story.id('App')}_1' -Recurse -Force -ErrorAction SilentlyContinue`,
      ),
} as const;

/** Attempts, downloads that came to their end, what detection found, and what is known of the last attempt. */
function outcome(story: AgentStory): string {
  const { compliance, enforcement } = story.state('App') ?? { compliance: null, enforcement: null };
  const downloads = story.said('install.download-completed').filter((line) => line.includes('Success'));
  const found = compliance === 1 ? 'installed' : compliance === 2 ? 'missing' : 'unknown';
  return `${story.attempts('App').length}/${downloads.length} ${found} ${enforcement ?? '-'}`;
}

/** An installer's code, the stage that is held back, and what is so after 75 minutes for each interruption. */
type Row = readonly [number, string, string, string, string, string];

const done = '1/1 installed 1000';
const loadedAgain = '1/2 installed 1000';
/** Installed, but nobody was there to note it. */
const unnoted = '1/1 installed 2009';
/** The state was rebuilt by detection. */
const rebuilt = '1/1 installed -';
const failed = '1/1 missing 5000';
const triedAgain = '2/1 missing 5000';
const forgotten = '1/1 missing -';

const rows: readonly Row[] = [
  // [code, before this stage, service killed, device restarted, network cut, app key deleted]
  [0, 'win32.head', done, done, done, done],
  [0, 'win32.session', done, done, done, done],
  [0, 'win32.policies', done, done, done, done],
  [0, 'win32.prepare', done, done, done, done],
  [0, 'win32.subgraph', done, done, done, done],
  [0, 'win32.detect first', done, done, done, done],
  [0, 'win32.applicability', done, done, done, done],
  [0, 'win32.decide', done, done, done, done],
  [0, 'win32.next-app', done, done, done, done],
  [0, 'win32.content-info', done, done, done, done],
  [0, 'win32.downloaded', done, done, done, done],
  // What lies in Incoming and Staging is not looked at again.
  [0, 'win32.verify', loadedAgain, loadedAgain, done, done],
  [0, 'win32.decrypt', loadedAgain, loadedAgain, done, done],
  [0, 'win32.unzip', loadedAgain, loadedAgain, done, done],
  // What lies in the cache is.
  [0, 'win32.content-ready', done, done, done, done],
  [0, 'win32.detect before-install', done, done, done, done],
  [0, 'win32.detected-before', done, done, done, done],
  [0, 'win32.execute', done, done, done, done],
  [0, 'win32.detect after-install', unnoted, unnoted, done, done],
  [0, 'win32.detected-after', unnoted, unnoted, done, done],
  [0, 'win32.subgraph-end', done, done, done, rebuilt],
  [0, 'win32.clean-cache', done, done, done, rebuilt],
  [0, 'win32.results', done, done, done, rebuilt],
  [0, 'win32.results-taken', done, done, done, rebuilt],
  [0, 'win32.session-end', done, done, done, rebuilt],
  [0, 'win32.end', done, done, done, rebuilt],
  [1603, 'win32.execute', failed, failed, failed, failed],
  [1603, 'win32.finish', triedAgain, triedAgain, failed, failed],
  // The GRS value is stored last: without it the failure holds nothing back.
  [1603, 'win32.subgraph-end', triedAgain, triedAgain, failed, forgotten],
  [1603, 'win32.results', failed, failed, failed, forgotten],
  [1603, 'win32.end', failed, failed, failed, forgotten],
];

describe('the pipeline of an app', () => {
  it.each(rows)('code %d, before %s', (code, stage, ...expected) => {
    const found = Object.values(interruptions).map((interrupt) => {
      const story = AgentStory.begin().create(testApp('App', code)).assign('App');
      beforeStage(story, stage, ({ at }) => ({ at: plus(at, seconds(30)) }));
      return outcome(interrupt(story).advance({ minutes: 75 }));
    });
    expect(found).toEqual(expected);
  });

  it('while the installer runs: it goes on without the service, and ends with the device', () => {
    const command =
      'powershell.exe -NoProfile -Command "Start-Sleep 240; New-Item \'C:\\Program Files\\App\\about.txt\' -Force"';
    const running = () => {
      const story = AgentStory.begin()
        .create(testApp('App', 0, { installCommand: command }))
        .assign('App');
      return story.advance({ minutes: 4 });
    };
    expect(running().attempts('App')).toHaveLength(1);
    expect(
      Object.values(interruptions).map((interrupt) => outcome(interrupt(running()).advance({ minutes: 75 }))),
    ).toEqual([unnoted, '2/1 installed 1000', done, done]);
  });

  it('while it runs for a user who signs out: it ends with the session, and the attempt has failed', () => {
    const app = testApp('App', 0, {
      installContext: 'user',
      installCommand: 'powershell.exe -NoProfile -Command "Start-Sleep 300"',
    });
    const story = AgentStory.begin().create(app).assign('App', { target: 'all-users' }).firstCheckIn(5);
    story.do('sign-out').advance({ minutes: 10 });
    expect(story.state('App', userScope)).toEqual({
      compliance: 2,
      applicability: 0,
      enforcement: 5000,
      error: -2016214835,
      exitCode: 1073807364,
    });
    expect(story.grs('App', userScope)).toEqual(story.attempts('App'));
  });

  it('while an installer restarts the device itself', () => {
    const folder = 'C:\\Program Files\\App';
    const lines = [`mkdir "${folder}"`, `echo x> "${folder}\\about.txt"`, 'shutdown /r /t 0', 'exit /b 0'];
    const content = { setupFile: 'install.cmd', files: [{ name: 'install.cmd', text: lines.join('\r\n') }] };
    const story = AgentStory.begin()
      .create(testApp('App', 0, { content, restartBehavior: 'allow' }))
      .assign('App');
    story.advance({ minutes: 6 }).do('sign-in').advance({ minutes: 60 });
    expect(story.said('install.execute-retry')).toHaveLength(1);
    expect(story.state('App')).toMatchObject({ compliance: 1, enforcement: 2009, exitCode: null });
  });

  it('between two tries of a retry code: the service begins a new round, for no GRS value was stored', () => {
    const story = AgentStory.begin().create(testApp('App', 1618)).assign('App').advance({ minutes: 11 });
    expect(story.attempts('App')).toHaveLength(2);
    interruptions.killed(story).advance({ minutes: 75 });
    const gaps = minutesBetween(story.attempts('App'));
    expect(gaps.filter((gap) => gap === 5)).toHaveLength(4);
    expect(story.attempts('App')).toHaveLength(6);
    expect(story.grs('App')).toEqual(story.attempts('App').slice(2, 3));
  });

  it('stopped in the 20 seconds before the cache is cleaned: the content stays and is used the next time', () => {
    const story = AgentStory.begin().create(testApp('App', 1603)).assign('App');
    beforeStage(story, 'win32.clean-cache', ({ at }) => ({ at: plus(at, seconds(30)) }));
    interruptions.killed(story).advance({ hours: 34 });
    expect([story.attempts('App').length, story.said('install.cache-found').length]).toEqual([2, 1]);
  });

  it('without network at the report: it is sent by the next check-in', () => {
    const story = AgentStory.begin().create(testApp('App')).assign('App');
    beforeStage(story, 'win32.results', ({ at }) => ({ at: plus(at, seconds(30)) }));
    interruptions.offline(story);
    expect(story.reports('App')).toEqual([]);
    story.advance({ hours: 1, minutes: 10 });
    expect(story.reports('App')).toMatchObject([{ complianceState: 1, enforcementState: 1000 }]);
  });
});
