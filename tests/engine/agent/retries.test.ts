import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/engine/agent/disputes.ts';
import { disputes } from '../../../src/engine/agent/disputes.ts';
import { rules } from '../../../src/engine/agent/index.ts';
import { worldRules } from '../../../src/engine/world/rules.ts';
import type { AppCreate } from '../../../src/engine/cloud/admin-actions.ts';
import { AgentStory, minutesBetween, testApp, userScope } from '../../support/agent-harness.ts';

/** An app whose installer ends with a code until somebody puts a file there. */
function failing(name: string, code: number, more: Partial<AppCreate> = {}): AppCreate {
  const folder = `C:\\Program Files\\${name}`;
  const lines = [
    '@echo off',
    `if not exist C:\\Labs\\ready.txt exit /b ${code}`,
    `mkdir "${folder}"`,
    `echo ${name}> "${folder}\\about.txt"`,
    'exit /b 0',
  ];
  return testApp(name, 0, {
    content: { setupFile: 'install.cmd', files: [{ name: 'install.cmd', text: lines.join('\r\n') }] },
    ...more,
  });
}

const story = (app: AppCreate, answers: Answers = {}): AgentStory =>
  AgentStory.begin('retries', { disputes: answers }).create(app).assign(app.name);

/** Attempts in groups of those that follow each other within an hour, as minutes after the first of each group. */
function rounds(attempts: readonly string[]): readonly (readonly number[])[] {
  const out: number[][] = [];
  let last = -Infinity;
  let first = 0;
  for (const time of attempts) {
    const at = Date.parse(`${time} UTC`) / 60_000;
    if (at - last > 60) {
      out.push([]);
      first = at;
    }
    out.at(-1)?.push(Math.round(at - first));
    last = at;
  }
  return out;
}

describe('an installer that ends with a retry code', () => {
  it('is started four times, five minutes apart, each time its GRS time has passed, until it succeeds', () => {
    const busy = story(failing('Busy', 1618)).advance({ days: 3 });
    const attempts = busy.attempts('Busy');
    expect(rounds(attempts)).toEqual([
      [0, 5, 10, 15],
      [0, 5, 10, 15],
      [0, 5, 10, 15],
    ]);
    // Looked at by the 8 h re-evaluation: the first one that finds 24 hours over tries again.
    const begins = [attempts[0] ?? '', attempts[4] ?? '', attempts[8] ?? ''];
    for (const gap of minutesBetween(begins)) {
      expect(gap).toBeGreaterThanOrEqual(24 * 60);
      expect(gap).toBeLessThanOrEqual(33 * 60);
    }
    expect(busy.grs('Busy')).toEqual([begins[2]]);
    expect(busy.state('Busy')).toMatchObject({ compliance: 2, enforcement: 5000, error: -2147023278 });

    busy.open('c').type('c', "Set-Content C:\\Labs\\ready.txt 'go'").advance({ days: 2 });
    expect(rounds(busy.attempts('Busy')).slice(3)).toEqual([[0]]);
    expect(busy.state('Busy')).toMatchObject({ compliance: 1, enforcement: 1000, error: 0, exitCode: 0 });
    // A success has a GRS value too; nothing needs to be tried any more.
    expect(busy.grs('Busy')).toEqual(busy.attempts('Busy').slice(-1));
    busy.advance({ days: 3 });
    expect(busy.attempts('Busy')).toHaveLength(13);
  });

  it('shows 5999 between the tries and succeeds with the next one as soon as it can', () => {
    const busy = story(failing('Busy', 1618)).advance({ minutes: 7 });
    expect(busy.attempts('Busy')).toHaveLength(1);
    expect(busy.state('Busy')).toMatchObject({ enforcement: 5999, error: -2147023278 });
    busy.open('c').type('c', "Set-Content C:\\Labs\\ready.txt 'go'").advance({ minutes: 5 });
    expect(rounds(busy.attempts('Busy'))).toEqual([[0, 5]]);
    expect(busy.state('Busy')).toMatchObject({ compliance: 1, enforcement: 1000, error: 0 });
    // The stored time is that of the first try.
    expect(busy.grs('Busy')).toEqual(busy.attempts('Busy').slice(0, 1));
  });
});

describe('an installer that fails', () => {
  it('waits for its GRS time, for ever anew, and is looked at every 8 hours meanwhile', () => {
    const bad = story(failing('Bad', 1603)).advance({ days: 5 });
    expect(rounds(bad.attempts('Bad'))).toEqual([[0], [0], [0], [0]]);
    expect(bad.grs('Bad')).toEqual(bad.attempts('Bad').slice(-1));
    // First evaluation and one in every eighth or ninth hour: those in between found the app in GRS.
    const evaluations = bad.said('subgraph.evaluation-set').length;
    expect(evaluations).toBeGreaterThanOrEqual(10);
    expect(bad.said('action.in-grs')).toHaveLength(evaluations - 4);
  });

  it.each([
    // What the administrator says of 1603, what follows.
    ['not listed', undefined, [0], { enforcement: 5000, error: -2147023293 }],
    ['failed', 'failed', [0], { enforcement: 5000, error: -2147023293 }],
    ['retry', 'retry', [0, 5, 10, 15], { enforcement: 5000, error: -2147023293 }],
    // Detection has the last word.
    ['success', 'success', [0], { enforcement: 5000, error: -2016345060 }],
    ['soft reboot', 'soft-reboot', [0], { enforcement: 5000, error: -2016345060 }],
  ] as const)('with a code of its own: %s', (_words, type, times, state) => {
    const returnCodes = type === undefined ? {} : { returnCodes: [{ code: 1603, type }] };
    const own = story(failing('Own', 1603, returnCodes)).advance({ minutes: 40 });
    expect(rounds(own.attempts('Own'))).toEqual([times]);
    expect(own.state('Own')).toMatchObject({ compliance: 2, ...state, exitCode: 1603 });
    expect(own.said('install.not-mapped')).toHaveLength(type === undefined ? 1 : 0);
  });

  it('of a user has its GRS value under the user', () => {
    const bad = AgentStory.begin()
      .create(failing('Bad', 1603))
      .assign('Bad', { target: 'all-users' })
      .firstCheckIn();
    expect([bad.grs('Bad', userScope), bad.grs('Bad')]).toEqual([bad.attempts('Bad'), []]);
  });

  it('has one GRS key with a value for each app of its subgraph, and a new one for a new revision', () => {
    const bad = AgentStory.begin()
      .create(failing('Runtime', 1603))
      .create(failing('Tool', 1603, { dependencies: [{ app: 'Runtime', autoInstall: true }] }))
      .assign('Tool')
      .firstCheckIn();
    const keys = () => bad.read.key('HKLM', `${grsRoot}`)?.value.subKeys ?? [];
    const [first] = keys();
    expect(keys()).toHaveLength(1);
    expect(bad.read.key('HKLM', `${grsRoot}\\${first ?? ''}`)?.value.valueNames.toSorted()).toEqual(
      [bad.id('Runtime'), bad.id('Tool')].toSorted(),
    );
    expect(first).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    bad.act({ action: 'app.update', data: { app: 'Tool', set: { version: '2.0' } } }).advance({ hours: 1 });
    expect(keys()).toHaveLength(2);
  });
});

const grsRoot =
  'SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\00000000-0000-0000-0000-000000000000\\GRS';

describe('what sources disagree on', () => {
  it.each([
    [{}, 1618, [0, 5, 10, 15]],
    [{ 'retry-code-tries': 'three-in-all' }, 1618, [0, 5, 10]],
    [{}, 1603, [0]],
    [{ 'failed-code': 'retry' }, 1603, [0, 5, 10, 15]],
    [{ 'failed-code': 'retry', 'retry-code-tries': 'three-in-all' }, 1603, [0, 5, 10]],
    [{ 'failed-code': 'retry' }, 0, [0]],
  ] as const)('%j: code %d is tried after %j minutes', (answers, code, times) => {
    const app = failing('App', code);
    const one = story(app, answers).advance({ hours: 3 });
    expect(rounds(one.attempts('App'))).toEqual([times]);
  });

  it.each([
    [{}, 1],
    [{ 'admin-sync': 'mdm-only' }, 0],
  ] as const)('%j: a sync in the admin centre starts %d app check-in', (answers, checkIns) => {
    const one = story(testApp('App'), answers).firstCheckIn();
    const before = one.said('check-in.poller-starts').length;
    one.act({ action: 'device.sync', data: { device: one.device } }).advance({ minutes: 5 });
    expect(one.said('check-in.poller-starts').length - before).toBe(checkIns);
  });

  it.each([
    [{}, 24],
    [{ 'script-timer': 'fixed-eight-hours' }, 8],
  ] as const)('%j: scripts are fetched every %d hours where none was found', (answers, hours) => {
    const one = story(testApp('App'), answers).firstCheckIn();
    expect(one.said('service.script-timer')).toEqual([
      `[PowerShell] Script Default Timer is set to ${hours} hour`,
    ]);
  });

  it('has a rule that names both sides', () => {
    const known = new Map([...rules.values(), ...worldRules].map((rule) => [rule.id as string, rule]));
    for (const [question, { rule }] of Object.entries(disputes)) {
      const found = known.get(rule);
      expect([question, found?.confidence, (found?.otherwise ?? '') !== '']).toEqual([
        question,
        'disputed',
        true,
      ]);
    }
  });

  it('cannot be answered otherwise than the table says', () => {
    const asked = (answers: Record<string, string>) => () => AgentStory.begin('x', { disputes: answers });
    expect(asked({ 'failed-code': 'maybe' })).toThrow(
      'Expected one of grs, retry for failed-code, found maybe',
    );
    expect(asked({ weather: 'fine' })).toThrow('There is no disputed question weather');
  });
});
