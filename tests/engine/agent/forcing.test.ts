import { describe, expect, it } from 'vitest';
import { AgentStory, deviceScope, testApp, userScope } from '../../support/agent-harness.ts';

const apps = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps';
const reports =
  'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\SideCarPolicies\\StatusServiceReports';
const evaluated =
  'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32AppSettings\\LastSubgraphEvaluationTimeUTC';

/** A device on which an app has failed and waits for its GRS time. The hash of its subgraph has what is asked for in it. */
function stuck(withinHash = ''): { story: AgentStory; id: string; hash: string } {
  for (const seed of 'abcdefghijkl') {
    const story = AgentStory.begin(seed).create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    const root = `SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\${deviceScope}\\GRS`;
    const hash = story.read.key('HKLM', root)?.value.subKeys[0] ?? '';
    if (hash.includes(withinHash)) return { story, id: story.id('Bad'), hash };
  }
  throw new Error(`No seed gives a hash with ${withinHash}`);
}

interface Row {
  readonly what: string;
  /** What is typed, with the app's id and the hash of its subgraph. */
  readonly command: (id: string, hash: string) => string;
  readonly within?: string;
  readonly standardUser?: true;
  /** Attempts half an hour after a sync and a restart of the service. */
  readonly attempts: 1 | 2;
  /** Enforcement state then; null: nothing is known of an attempt. */
  readonly enforcement: number | null;
  /** Reports that the service got. */
  readonly sent: number;
  readonly says?: RegExp;
}

const root = `${apps}\\${deviceScope}`;
const app = (id: string) => `Remove-Item '${root}\\${id}_1' -Recurse -Force`;
const grs = (hash: string) => `Remove-Item -LiteralPath '${root}\\GRS\\${hash}' -Recurse -Force`;
const failed = 5000;

const rows: readonly Row[] = [
  { what: 'nothing', command: () => '$null', attempts: 1, enforcement: failed, sent: 1 },
  // The state is rebuilt by detection; the failure is forgotten, GRS is not.
  { what: 'the key of the app', command: app, attempts: 1, enforcement: null, sent: 2 },
  { what: 'the GRS key', command: (_, hash) => grs(hash), attempts: 2, enforcement: failed, sent: 1 },
  {
    what: 'the value of the app in the GRS key',
    command: (id) =>
      `Get-ChildItem '${root}\\GRS' | Where-Object { $_.GetValueNames() -contains '${id}' } | ForEach-Object { Remove-ItemProperty -LiteralPath $_.PSPath -Name '${id}' }`,
    attempts: 2,
    enforcement: failed,
    sent: 1,
  },
  {
    what: 'the key of the app and the GRS key',
    command: (id, hash) => `${app(id)}; ${grs(hash)}`,
    attempts: 2,
    enforcement: failed,
    sent: 1,
  },
  {
    what: 'these and the reporting key: the same report is sent again',
    command: (id, hash) =>
      `${app(id)}; ${grs(hash)}; Remove-Item '${apps}\\Reporting\\${deviceScope}\\${id}' -Recurse -Force`,
    attempts: 2,
    enforcement: failed,
    sent: 2,
  },
  {
    what: 'the whole scope',
    command: () => `Remove-Item '${root}' -Recurse -Force`,
    attempts: 2,
    enforcement: failed,
    sent: 1,
  },
  {
    what: 'the reporting key alone: reported again, not tried again',
    command: (id) => `Remove-Item '${apps}\\Reporting\\${deviceScope}\\${id}' -Recurse -Force`,
    attempts: 1,
    enforcement: failed,
    sent: 2,
  },
  {
    what: 'what Company Portal shows',
    command: () => `Remove-Item '${reports}' -Recurse -Force`,
    attempts: 1,
    enforcement: failed,
    sent: 1,
  },
  {
    what: 'the evaluation times: looked at, and found in GRS',
    command: () => `Remove-Item '${evaluated}' -Recurse -Force`,
    attempts: 1,
    enforcement: failed,
    sent: 1,
  },
  {
    what: 'GRS of the user instead of the device',
    command: (_, hash) => `Remove-Item -LiteralPath '${apps}\\${userScope}\\GRS\\${hash}' -Recurse`,
    attempts: 1,
    enforcement: failed,
    sent: 1,
    says: /Cannot find path/,
  },
  // Mistakes of public reset scripts.
  {
    what: 'the key that LastHashValue names: it is another hash',
    command: (id) =>
      `$hash = (Get-ItemProperty '${apps}\\Reporting\\${deviceScope}\\${id}\\ReportCache\\${deviceScope}').LastHashValue; Get-ChildItem '${root}\\GRS' | Where-Object PSChildName -eq $hash | Remove-Item`,
    attempts: 1,
    enforcement: failed,
    sent: 1,
  },
  {
    what: 'the key that LastHashValue names, looked for with the revision in the path',
    command: (id) =>
      `$hash = (Get-ItemProperty '${apps}\\Reporting\\${deviceScope}\\${id}_1\\ReportCache\\${deviceScope}' -ErrorAction SilentlyContinue).LastHashValue; if ($hash) { Remove-Item "${root}\\GRS\\$hash" } else { 'no hash' }`,
    attempts: 1,
    enforcement: failed,
    sent: 1,
    says: /no hash/,
  },
  {
    what: 'the key that a pattern with a plus sign does not match',
    command: (_, hash) =>
      `Get-ChildItem '${root}\\GRS' | Where-Object { $_.PSChildName -match '${hash}' } | Remove-Item -Recurse`,
    within: '+',
    attempts: 1,
    enforcement: failed,
    sent: 1,
  },
  {
    what: 'the same, with the pattern escaped',
    command: (_, hash) =>
      `Get-ChildItem '${root}\\GRS' | Where-Object { $_.PSChildName -match [regex]::Escape('${hash}') } | Remove-Item -Recurse`,
    within: '+',
    attempts: 2,
    enforcement: failed,
    sent: 1,
  },
  {
    what: 'a path that a slash in the hash breaks',
    command: (_, hash) => `Remove-Item '${root}\\GRS\\${hash}' -Recurse`,
    within: '/',
    attempts: 1,
    enforcement: failed,
    sent: 1,
    says: /Cannot find path/,
  },
  {
    what: 'the hash that is looked for in the main log, where app lines have not been since 2408',
    command: () =>
      "$line = Select-String -Path 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\IntuneManagementExtension*.log' -Pattern 'GRSManager'; if (-not $line) { 'no line' }",
    attempts: 1,
    enforcement: failed,
    sent: 1,
    says: /no line/,
  },
  {
    what: 'the 32-bit view',
    command: (_, hash) =>
      `& C:\\Windows\\SysWOW64\\WindowsPowerShell\\v1.0\\powershell.exe -NoProfile -Command "Get-ChildItem '${root}\\GRS' | Where-Object PSChildName -eq '${hash}' | Remove-Item -Recurse"`,
    attempts: 1,
    enforcement: failed,
    sent: 1,
    says: /Cannot find path/,
  },
  {
    what: 'anything, without elevation',
    command: (_, hash) => grs(hash),
    standardUser: true,
    attempts: 1,
    enforcement: failed,
    sent: 1,
    says: /not allowed|denied/i,
  },
];

describe('forcing a new attempt by deleting', () => {
  it.each(rows)('$what', ({ command, within, standardUser, attempts, enforcement, sent, says }) => {
    const { story, id, hash } = stuck(within);
    const before = story.grs('Bad');
    story.open('c', standardUser === true ? 'user' : 'admin').type('c', command(id, hash));
    const shown = story.shown('c');
    story
      .do('open-uri', { uri: 'intunemanagementextension://syncapp' })
      .advance({ minutes: 10 })
      .do('service.restart', { service: 'IntuneManagementExtension' })
      .advance({ minutes: 20 });
    expect({
      attempts: story.attempts('Bad').length,
      enforcement: story.state('Bad')?.enforcement,
      // Set anew by an attempt, else as it was.
      grs: story.grs('Bad'),
      sent: story.said('check-in.sending-results').length,
    }).toEqual({
      attempts,
      enforcement,
      grs: attempts === 2 ? story.attempts('Bad').slice(1) : before,
      sent,
    });
    if (says === undefined) expect(shown).not.toMatch(/Exception|Cannot find/);
    else expect(shown).toMatch(says);
  });

  it('finds an app that is there, and only reports it', () => {
    const { story, id, hash } = stuck();
    story
      .open('c')
      .type(
        'c',
        `mkdir 'C:\\Program Files\\Bad'; 'x' > 'C:\\Program Files\\Bad\\about.txt'; ${app(id)}; ${grs(hash)}`,
      )
      .do('open-uri', { uri: 'intunemanagementextension://syncapp' })
      .advance({ minutes: 10 });
    expect(story.attempts('Bad')).toHaveLength(1);
    expect(story.state('Bad')).toMatchObject({ compliance: 1, enforcement: null });
    expect(story.grs('Bad')).toEqual([]);
  });

  it('of a user app asks for the keys of the user', () => {
    const story = AgentStory.begin()
      .create(testApp('Bad', 1603))
      .assign('Bad', { target: 'all-users' })
      .firstCheckIn();
    const clear = (scope: string) =>
      story
        .type('c', `Get-ChildItem '${apps}\\${scope}\\GRS' | Remove-Item -Recurse`)
        .do('open-uri', { uri: 'intunemanagementextension://syncapp' })
        .advance({ minutes: 10 });
    story.open('c');
    clear(deviceScope);
    expect(story.attempts('Bad')).toHaveLength(1);
    clear(userScope);
    expect(story.attempts('Bad')).toHaveLength(2);
  });
});
