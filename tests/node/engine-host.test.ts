import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { EngineHost } from '../../src/node/engine-host.ts';
import { readRecords } from '../../src/node/attempt-file.ts';
import { HostClient, newAttempt, openHost, smallLab } from './host-client.ts';

const hosts: EngineHost[] = [];
afterEach(() => {
  for (const host of hosts.splice(0)) host.close();
});

function open(options: Parameters<typeof openHost>[0] = {}) {
  const host = openHost(options);
  hosts.push(host);
  return { host, client: new HostClient(host) };
}

const recordsOf = (folder: string) => {
  const path = join(folder, 'attempt.journal');
  return readRecords(path, readFileSync(path)).records;
};

test('a typed line runs, and is in the file before its output is shown', async () => {
  const attemptFolder = newAttempt();
  const { client } = open({ attemptFolder });
  await client.openConsole();
  const kinds = () => recordsOf(attemptFolder).map((record) => record.kind);
  client.keys('admin', '"four is $(2+2)"\r');
  await client.until(() => client.screen().includes('four is 4'));
  expect(kinds().filter((kind) => kind === 'input')).toHaveLength(2);
  await client.until(() => kinds().at(-1) === 'hash');
});

test('checks run when what they read was touched; a latch counts once', async () => {
  const { client, host } = open();
  const guide = client.subscribe('guide', {});
  await client.openConsole();
  await client.call('console.type', { console: 'admin', text: "'done' | Set-Content C:\\Labs\\done.txt" });
  await client.until(() => guide().steps[0]?.checks[0]?.state === 'passed');
  await client.call('console.type', { console: 'admin', text: 'Remove-Item C:\\Labs\\done.txt' });
  await host.atRest();
  await client.call('check.run', { step: 'write' });
  expect(guide().steps[0]?.checks[0]).toMatchObject({ state: 'passed', earned: 10 });
});

test('a failing check says expected, found and where once it is asked for', async () => {
  const { client } = open();
  const guide = client.subscribe('guide', {});
  expect(guide().steps[0]?.checks[0]).toMatchObject({ state: 'open', verdicts: [] });
  await client.call('check.run', { step: 'write' });
  await client.until(() => guide().steps[0]?.checks[0]?.state === 'failed');
  expect(guide().steps[0]?.checks[0]?.verdicts).toEqual([
    { passed: false, expected: 'the word', found: 'no file', where: 'C:\\Labs\\done.txt', hint: null },
  ]);
});

test('a hint costs what it says, once', async () => {
  const { client } = open();
  const guide = client.subscribe('guide', {});
  await client.call('hint.take', { step: 'write', hint: 'how' });
  await client.call('hint.take', { step: 'write', hint: 'how' });
  await client.openConsole();
  await client.call('console.type', { console: 'admin', text: "'done' | Set-Content C:\\Labs\\done.txt" });
  await client.until(() => guide().earned === 8);
  expect(guide().steps[0]?.hints).toEqual([{ id: 'how', cost: 2, text: 'Use Set-Content.' }]);
});

test('a prediction is locked, and its outcome is seen only when it has come', async () => {
  const { client } = open();
  const guide = client.subscribe('guide', {});
  const prediction = () => guide().steps[1]?.predictions[0];
  await client.call('step.go', { step: 'wait' });
  await client.until(() => prediction()?.options.length === 2);
  await client.call('prediction.lock', { step: 'wait', prediction: 'later', answer: 'gone' });
  await client.until(() => prediction()?.answer === 'gone');
  expect(prediction()).toMatchObject({ answer: 'gone', correct: null, explanation: null });
  await expect(
    client.call('prediction.lock', { step: 'wait', prediction: 'later', answer: 'kept' }),
  ).rejects.toThrow('prediction-locked');
  await client.openConsole();
  await client.call('console.type', { console: 'admin', text: "'kept' | Set-Content C:\\Labs\\kept.txt" });
  await client.until(() => prediction()?.correct === false);
  expect(prediction()?.explanation).toBe('Nobody deletes it. kept. It is what you write.');
});

test('an outcome that can be seen cannot be predicted', async () => {
  const { client } = open();
  await client.openConsole();
  await client.call('console.type', { console: 'admin', text: "'kept' | Set-Content C:\\Labs\\kept.txt" });
  await client.call('step.go', { step: 'wait' });
  await expect(
    client.call('prediction.lock', { step: 'wait', prediction: 'later', answer: 'kept' }),
  ).rejects.toThrow('outcome-seen');
});

test('going to a moment and back: world, console and moments follow; drafts stay', async () => {
  const { client, host } = open();
  const moments = client.subscribe('moments', {});
  const files = client.subscribe('files', { path: 'C:\\Labs', first: 0, count: 50 });
  const drafts = client.subscribe('drafts', {});
  await client.openConsole();
  await client.call('draft.save', { path: 'C:\\Labs\\work.ps1', text: '# mine' });
  await client.call('console.type', { console: 'admin', text: "'1' > C:\\Labs\\one.txt" });
  await host.atRest();
  await client.call('console.type', { console: 'admin', text: "'2' > C:\\Labs\\two.txt" });
  await host.atRest();
  await client.until(() => files().rows.some((row) => row.name === 'two.txt'));
  const names = () => files().rows.map((row) => row.name);
  expect(names()).toEqual(['one.txt', 'readme.txt', 'two.txt']);
  await client.call('moment.undo', {});
  await client.until(() => !names().includes('two.txt'));
  expect(names()).toEqual(['one.txt', 'readme.txt']);
  expect(drafts().files).toEqual([{ path: 'C:\\Labs\\work.ps1', text: '# mine' }]);
  await client.until(() =>
    moments().moments.some((moment) => moment.current && moment.label.includes('one')),
  );
  const two = moments().moments.find((moment) => moment.label.includes('two'));
  await client.call('moment.go', { id: two?.id ?? -1 });
  await client.until(() => names().includes('two.txt'));
  await client.call('console.type', { console: 'admin', text: '"variables: $($null -eq $x)"' });
  await client.until(() => client.screen().includes('variables: True'));
});

test('reopened, an attempt is where it was: console, state and points', async () => {
  const attemptFolder = newAttempt();
  const first = open({ attemptFolder });
  await first.client.openConsole();
  await first.client.call('console.type', { console: 'admin', text: '$x = 41' });
  await first.client.call('console.type', {
    console: 'admin',
    text: "'done' | Set-Content C:\\Labs\\done.txt",
  });
  const guide = first.client.subscribe('guide', {});
  await first.client.until(() => guide().earned === 10);
  await first.host.atRest();
  const hash = first.host.timeline.simulation.hash();
  first.host.close();
  const second = open({ attemptFolder });
  await second.host.atRest();
  expect(second.host.timeline.simulation.hash()).toBe(hash);
  expect(second.client.frames.filter((frame) => frame.kind === 'notice')).toEqual([]);
  await second.client.openConsole();
  await second.client.call('console.type', { console: 'admin', text: '"x is $($x + 1)"' });
  await second.client.until(() => second.client.screen().includes('x is 42'));
  expect(second.client.subscribe('guide', {})().earned).toBe(10);
});

test('Ctrl+C stops an endless loop, and the replay stops it at the same step', async () => {
  const attemptFolder = newAttempt();
  const first = open({ attemptFolder });
  await first.client.openConsole();
  await first.client.call('console.type', { console: 'admin', text: '$n = 0; while ($true) { $n++ }' });
  await first.client.until(() => first.client.screen().includes('while'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const stopped = performance.now();
  first.client.keys('admin', '\x03');
  await first.host.atRest();
  expect(performance.now() - stopped).toBeLessThan(1_000);
  await first.client.call('console.type', { console: 'admin', text: '"n is $n"' });
  await first.client.until(() => /n is \d+/.test(first.client.screen()));
  const seen = /n is (\d+)/.exec(first.client.screen())?.[1];
  await first.host.atRest();
  const hash = first.host.timeline.simulation.hash();
  first.host.close();
  const second = open({ attemptFolder });
  await second.host.atRest();
  expect(second.host.timeline.simulation.hash()).toBe(hash);
  await second.client.openConsole();
  expect(second.client.screen()).toContain(`n is ${seen ?? ''}`);
});

test('a command that was taken back is gone when the engine comes again', async () => {
  const attemptFolder = newAttempt();
  const first = open({ attemptFolder });
  await first.client.openConsole();
  await first.client.call('console.type', { console: 'admin', text: "'1' > C:\\Labs\\one.txt" });
  await first.host.atRest();
  await first.client.call('console.type', { console: 'admin', text: 'while ($true) { }' });
  await new Promise((resolve) => setTimeout(resolve, 100));
  first.host.close();
  const second = open({ attemptFolder, dropInFlight: true });
  await second.host.atRest();
  const files = second.client.subscribe('files', { path: 'C:\\Labs', first: 0, count: 50 });
  expect(files().rows.map((row) => row.name)).toEqual(['one.txt', 'readme.txt']);
  expect(second.client.frames[0]).toMatchObject({
    kind: 'notice',
    text: expect.stringContaining('taken back'),
  });
});

test('Start-Sleep keeps pace for two seconds, then the clock runs to its end', async () => {
  const { client, host } = open();
  await client.openConsole();
  const before = host.timeline.simulation.now;
  const started = performance.now();
  await client.call('console.type', { console: 'admin', text: 'Start-Sleep 3600; "awake"' });
  await client.until(() => client.screen().includes('awake\r\n'));
  const took = performance.now() - started;
  expect(took).toBeGreaterThan(1_900);
  expect(took).toBeLessThan(8_000);
  expect((host.timeline.simulation.now - before) / 1e6).toBeGreaterThanOrEqual(3600);
});

test('the clock plays and pauses; an advance says what passed', async () => {
  const { client, host } = open();
  const clock = client.subscribe('clock', {});
  const before = clock().now;
  await client.call('clock.play', { speed: 3600 });
  await client.until(() => clock().now > before + 1_800e6);
  await client.call('clock.pause', {});
  await host.atRest();
  const paused = host.timeline.simulation.now;
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(host.timeline.simulation.now).toBe(paused);
  await client.call('clock.advance', { to: paused + 3_600e6 });
  await client.until(() => clock().now >= paused + 3_600e6);
  await expect(client.call('clock.advance', { to: paused })).rejects.toThrow('input-refused');
});

test('a snapshot puts the device back while the clock goes on; the console opens again', async () => {
  const { client, host } = open();
  const files = client.subscribe('files', { path: 'C:\\Labs', first: 0, count: 50 });
  await client.openConsole();
  await client.call('snapshot.take', { name: 'before' });
  await client.call('console.type', { console: 'admin', text: "'1' > C:\\Labs\\one.txt" });
  await client.until(() => files().total === 2);
  const at = host.timeline.simulation.now;
  await client.call('snapshot.restore', { name: 'before' });
  await client.until(() => files().total === 1);
  expect(host.timeline.simulation.now).toBeGreaterThanOrEqual(at);
  await host.atRest();
  await client.call('console.type', { console: 'admin', text: '"again"' });
  await client.until(() => client.screen().includes('again\r\n'));
});

test('finish counts what holds at the end', async () => {
  const attemptFolder = newAttempt();
  const { client } = open({ attemptFolder });
  const guide = client.subscribe('guide', {});
  await client.openConsole();
  await client.call('console.type', { console: 'admin', text: "'done' | Set-Content C:\\Labs\\done.txt" });
  await client.call('attempt.finish', {});
  await client.until(() => guide().finished);
  expect(guide()).toMatchObject({ earned: 10, possible: 20 });
  expect(JSON.parse(readFileSync(join(attemptFolder, 'summary.json'), 'utf8'))).toMatchObject({
    earned: 10,
    possible: 20,
    finished: true,
  });
});

test('what is malformed is refused with a reason', async () => {
  const { client } = open();
  await expect(client.call('moment.go', { id: 99 })).rejects.toThrow('The attempt has no moment 99');
  await expect(client.call('console.type', { console: 'none', text: 'x' })).rejects.toThrow(
    'console-unknown',
  );
  await expect(client.call('clock.play', { speed: 0 })).rejects.toThrow('request-malformed');
  client.send({ kind: 'nonsense' });
  expect(client.frames.at(-1)).toMatchObject({ kind: 'notice', level: 'error' });
  expect(smallLab).toContain('small-lab');
});

test.each([
  ['a loop that grows an array', '$l = @(); while ($true) { $l += 1 }'],
  ['a catastrophic regular expression', '("a" * 40 + "b") -match "^(a|aa)+$"'],
  ['endless output', 'foreach ($i in 1..20000000) { "line $i" }'],
])('Ctrl+C ends %s', async (_what, command) => {
  const { client, host } = open();
  await client.openConsole();
  await client.call('console.type', { console: 'admin', text: command });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const pressed = performance.now();
  client.keys('admin', '\x03');
  await host.atRest();
  expect(performance.now() - pressed).toBeLessThan(1_000);
});
