import { expect, test } from 'vitest';
import { seconds } from '../../../src/base/time.ts';
import type { Instant } from '../../../src/base/time.ts';
import { TestWorld, testApp } from '../../support/test-world.ts';

/** A required app whose installer fails: it has been tried, and waits for its GRS value to end. */
const failing = (): TestWorld =>
  TestWorld.withApps([testApp('Broken', 1603)]).advance({ hours: 4, minutes: 10 });

const act = (of: TestWorld, action: string, data: Readonly<Record<string, string>>): TestWorld =>
  of.input({ kind: 'device.action', device: of.device, action, data });

/** Times at which the installer was started since a point of the history, in minutes from a moment. */
const triesSince = (of: TestWorld, length: number, from: Instant): readonly number[] =>
  of.simulation.events
    .all()
    .slice(length)
    .flatMap(({ data, at }) =>
      data.kind === 'change' &&
      data.change.kind === 'process.start' &&
      /install\.cmd/.test(data.change.arguments + data.change.file)
        ? [Math.floor((at - from) / seconds(60))]
        : [],
    );

const local = (of: TestWorld): string => of.powershell("Get-Date -Format 'yyyy-MM-dd HH:mm'").trim();

test('a clock put forward by more than a day ends GRS at the next check-in: the agent compares by the clock', () => {
  const device = failing();
  const from = device.simulation.events.length;
  const now = device.simulation.now;
  act(device, 'clock.set', { to: '2026-05-06T14:00:00' });
  expect(local(device)).toBe('2026-05-06 14:00');
  device.advance({ hours: 1, minutes: 5 });
  // Not at once: the check-in comes when its hour is over, as if nothing had happened.
  expect(triesSince(device, from, now).length).toBeGreaterThan(0);
  expect(triesSince(device, from, now)[0]).toBeGreaterThan(5);
  // Its logs have the new time.
  const log = device.powershell(
    "(Get-Content C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\AppWorkload.log)[-1].Contains('5-6-2026')",
  );
  expect(log).toBe('True\r\n');
});

test('a clock put back keeps the app in GRS until the stored time is a day past again', () => {
  const device = failing();
  act(device, 'clock.set', { to: '2026-05-03T12:00:00' });
  const from = device.simulation.events.length;
  const now = device.simulation.now;
  device.advance({ days: 2 });
  expect(triesSince(device, from, now)).toEqual([]);
  // The check-ins went on every hour all the same.
  const checkIns = device.simulation.events
    .all()
    .slice(from)
    .filter(({ data }) => data.kind === 'scheduled' && data.entry === 'win32.head').length;
  expect(checkIns).toBeGreaterThanOrEqual(47);
  device.advance({ days: 2 });
  expect(triesSince(device, from, now).length).toBeGreaterThan(0);
});

test('another zone changes what clocks show, and neither GRS nor timers', () => {
  const [here, there] = [failing(), failing()];
  act(there, 'clock.zone', { zone: 'Pacific Standard Time' });
  const from = there.simulation.events.length;
  const now = there.simulation.now;
  expect([local(here), local(there)]).toEqual(['2026-05-05 12:10', '2026-05-05 03:10']);
  const fromHere = here.simulation.events.length;
  for (const of of [here, there]) of.advance({ days: 2 });
  expect(triesSince(there, from, now)).toEqual(triesSince(here, fromHere, now));
});

test('a script that waits is not hurried by the clock', () => {
  const device = failing().open('one');
  device.type('one', 'Start-Sleep 600; "done"');
  device.advance({ minutes: 1 });
  act(device, 'clock.set', { to: '2026-05-09T10:00:00' }).advance({ minutes: 8 });
  const before = device.shown('one');
  device.advance({ minutes: 2 });
  expect([before.trim(), device.shown('one').trim()]).toEqual(['', 'done']);
});

test('a daily task goes by the new time; synchronising brings the true time back', () => {
  const device = failing();
  device.powershell(
    "$a = New-ScheduledTaskAction -Execute cmd.exe -Argument '/c exit 0'; $null = Register-ScheduledTask -TaskName Six -Action $a -User SYSTEM -Trigger (New-ScheduledTaskTrigger -Daily -At 18:00)",
  );
  const ran = () =>
    device.simulation.events
      .all()
      .filter(
        ({ data }) => data.kind === 'change' && data.change.kind === 'task.run' && data.change.name === 'Six',
      ).length;
  act(device, 'clock.set', { to: '2026-05-05T17:58:00' }).advance({ minutes: 3 });
  const early = ran();
  act(device, 'clock.sync', {});
  expect([early, local(device)]).toEqual([1, '2026-05-05 12:13']);
  device.advance({ hours: 6 });
  expect(ran()).toBe(2);
});

test('scripts set clock and zone: administrators the one, everybody the other', () => {
  const device = failing();
  expect(
    device.powershell(
      "Set-Date '2026-05-07 09:00' -ErrorAction SilentlyContinue; Get-Date -Format yyyy-MM-dd",
      'user',
    ),
  ).toBe('2026-05-05\r\n');
  device.powershell("$null = Set-Date '2026-05-07 09:00'");
  expect(local(device)).toBe('2026-05-07 09:00');
  device.powershell("tzutil /s 'Tokyo Standard Time'", 'user');
  expect([device.powershell('tzutil /g'), local(device)]).toEqual([
    'Tokyo Standard Time',
    '2026-05-07 16:00',
  ]);
  expect(device.powershell('Start-Service W32Time; w32tm /resync')).toContain(
    'The command completed successfully.',
  );
  expect(local(device)).toBe('2026-05-05 19:10');
});

test('a clock is set to a time, and to a zone that there is', () => {
  const device = failing();
  expect(() => act(device, 'clock.set', { to: 'noon' })).toThrow('Expected to: a time such as');
  expect(() => act(device, 'clock.zone', { zone: 'Moon Time' })).toThrow('There is no time zone Moon Time');
});
