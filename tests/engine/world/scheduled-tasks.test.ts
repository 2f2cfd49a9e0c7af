import { expect, test } from 'vitest';
import { isoTime } from '../../../src/engine/clock/time-text.ts';
import { TestWorld, testDevice, testWorldStart } from '../../support/test-world.ts';

const world = (): TestWorld =>
  new TestWorld(testWorldStart('tasks', [testDevice('BW-W11-5')], [])).advance({ hours: 1 });

const action = (text: string): string =>
  `$a = New-ScheduledTaskAction -Execute cmd.exe -Argument '/c echo ${text}>>C:\\Labs\\ran.txt'; `;
const asSystem = `$p = New-ScheduledTaskPrincipal -UserId SYSTEM -RunLevel Highest; `;

/** When the program of a task has started, UTC. */
const startsOf = ({ simulation, device }: TestWorld, name: string): readonly string[] =>
  simulation.events
    .of(device)
    .flatMap(({ data, at }) =>
      data.kind === 'change' && data.change.kind === 'task.run' && data.change.name === name
        ? [isoTime(at).replace(/\.\d+/, '')]
        : [],
    );

/** The task's last result as an HRESULT. */
const resultOf = (of: TestWorld, name: string): number =>
  Number(of.powershell(`(Get-ScheduledTaskInfo ${name}).LastTaskResult`)) | 0;

const ran = (of: TestWorld): string =>
  of.powershell('Get-Content C:\\Labs\\ran.txt').replaceAll('\r\n', ' ').trim();

test('a daily task runs at its time of day, day after day', () => {
  const device = world();
  const shown = device.powershell(
    action('daily') +
      asSystem +
      `$t = New-ScheduledTaskTrigger -Daily -At '2026-05-05 10:30'; ` +
      `$null = Register-ScheduledTask -TaskName Daily -Action $a -Trigger $t -Principal $p; ` +
      `(Get-ScheduledTaskInfo Daily).NextRunTime.ToString('s'); (Get-ScheduledTask Daily).Triggers[0].DaysInterval`,
  );
  expect(shown).toBe('2026-05-05T10:30:00\r\n1\r\n');
  device.advance({ days: 2, hours: 4 });
  // Berlin is two hours ahead in May.
  expect(startsOf(device, 'Daily')).toEqual([
    '2026-05-05T08:30:00Z',
    '2026-05-06T08:30:00Z',
    '2026-05-07T08:30:00Z',
  ]);
  expect([ran(device), resultOf(device, 'Daily')]).toEqual(['daily daily daily', 0]);
});

test('a task that never ran shows the day that Windows shows, alike in both programs', () => {
  expect(
    world().powershell(
      `$i = Get-ScheduledTask PushUpgrade | Get-ScheduledTaskInfo; $i.LastRunTime.ToString('s'); $i.LastTaskResult; ` +
        `(schtasks /query /v /fo list /tn ($i.TaskPath + $i.TaskName) | Select-String 'Last ').Line -replace ': +', ': '`,
    ),
  ).toBe('1999-11-30T00:00:00\r\n267011\r\nLast Run Time: 11/30/1999 12:00:00 AM\r\nLast Result: 267011\r\n');
});

test('a task repeats, and stops when it is disabled or taken away', () => {
  const device = world();
  device.powershell(
    action('again') +
      asSystem +
      `$t = New-ScheduledTaskTrigger -Once -At '2026-05-05 09:30' -RepetitionInterval (New-TimeSpan -Minutes 20); ` +
      `$null = Register-ScheduledTask -TaskName Again -Action $a -Trigger $t -Principal $p`,
  );
  device.advance({ hours: 1 });
  device.powershell('$null = Disable-ScheduledTask Again');
  device.advance({ hours: 1 });
  device.powershell('$null = Enable-ScheduledTask Again');
  device.advance({ minutes: 25 });
  device.powershell('Unregister-ScheduledTask Again -Confirm:$false');
  device.advance({ hours: 2 });
  expect(startsOf(device, 'Again')).toEqual([
    '2026-05-05T07:30:00Z',
    '2026-05-05T07:50:00Z',
    '2026-05-05T09:10:00Z',
  ]);
});

test('tasks at startup and at sign-in; one for a user runs only for him and only while he is there', () => {
  const device = world();
  device.powershell(
    action('start') +
      asSystem +
      `$null = Register-ScheduledTask -TaskName Start -Action $a -Principal $p -Trigger (New-ScheduledTaskTrigger -AtStartup); ` +
      action('logon') +
      `$null = Register-ScheduledTask -TaskName Logon -Action $a -User AdeleVance -Trigger (New-ScheduledTaskTrigger -AtLogOn -User 'AzureAD\\AdeleVance'); ` +
      action('noon') +
      `$null = Register-ScheduledTask -TaskName Noon -Action $a -User AdeleVance -Trigger (New-ScheduledTaskTrigger -Daily -At '12:00')`,
  );
  device.input({ kind: 'device.action', device: device.device, action: 'restart', data: {} });
  // Noon, Berlin time: nobody has signed in since the restart.
  device.advance({ hours: 4 });
  expect([startsOf(device, 'Logon'), resultOf(device, 'Noon')]).toEqual([[], -2147023651]);
  device.input({ kind: 'device.action', device: device.device, action: 'sign-in', data: {} });
  device.advance({ minutes: 1 });
  expect([startsOf(device, 'Start').length, startsOf(device, 'Logon'), ran(device)]).toEqual([
    1,
    ['2026-05-05T11:00:00Z'],
    'start logon',
  ]);
});

test('a start that was missed while the device was off is made up for only where the task asks for it', () => {
  const device = world();
  device.powershell(
    action('late') +
      asSystem +
      `$t = New-ScheduledTaskTrigger -Once -At '2026-05-05 09:01'; ` +
      `$null = Register-ScheduledTask -TaskName Late -Action $a -Trigger $t -Principal $p -Settings (New-ScheduledTaskSettingsSet -StartWhenAvailable); ` +
      `$null = Register-ScheduledTask -TaskName Lost -Action $a -Trigger $t -Principal $p`,
  );
  // 09:00:45 in Berlin: down for 35 seconds, and the start falls into them.
  device.advance({ seconds: 40 });
  device.input({ kind: 'device.action', device: device.device, action: 'restart', data: {} });
  device.advance({ minutes: 30 });
  const [late] = startsOf(device, 'Late');
  expect(late).toMatch(/^2026-05-05T07:11:/);
  expect([startsOf(device, 'Late').length, startsOf(device, 'Lost')]).toEqual([1, []]);
});

test('a task that waits for an event starts when it is written, and no other', () => {
  const device = world();
  expect(
    device.powershell(
      `schtasks /create /tn OnEvent /ru SYSTEM /tr 'cmd.exe /c echo event>>C:\\Labs\\ran.txt' /sc onevent /ec Application /mo '*[System[Provider[@Name=''Lab''] and EventID=77]]'`,
    ),
  ).toBe('SUCCESS: The scheduled task "OnEvent" has successfully been created.\r\n');
  device.powershell(
    'New-EventLog -LogName Application -Source Lab; Write-EventLog -LogName Application -Source Lab -EventId 76 -Message no',
  );
  device.advance({ minutes: 1 });
  const before = startsOf(device, 'OnEvent').length;
  device.powershell('Write-EventLog -LogName Application -Source Lab -EventId 77 -Message yes');
  device.advance({ minutes: 1 });
  expect([before, startsOf(device, 'OnEvent').length, ran(device)]).toEqual([0, 1, 'event']);
});

test('after enrolment the tasks of the enrolment have the device sync: often at first, then every eight hours', () => {
  const device = new TestWorld(testWorldStart('sync', [testDevice('BW-W11-5')], [])).advance({ days: 1 });
  const at = (number: number): readonly number[] =>
    startsOf(device, `Schedule #${number} created by enrollment client`).map((text) =>
      Math.round((Date.parse(text) - Date.UTC(2026, 4, 5, 6)) / 60_000),
    );
  expect([at(1), at(2), at(3)]).toEqual([
    [3, 6, 9, 12, 15],
    [30, 45, 60, 75, 90, 105, 120, 135],
    [615, 1095],
  ]);
  // A sign-in is one of its own; a sign-out is not.
  device.input({ kind: 'device.action', device: device.device, action: 'sign-out', data: {} });
  device.input({ kind: 'device.action', device: device.device, action: 'sign-in', data: {} });
  device.advance({ minutes: 1 });
  expect(startsOf(device, 'Login Schedule created by enrollment client').length).toBe(1);
});
