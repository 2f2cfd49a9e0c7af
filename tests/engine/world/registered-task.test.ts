import { expect, test } from 'vitest';

import { testDevice, testWorldStart, TestWorld } from '../../support/test-world.ts';

const world = (): TestWorld =>
  new TestWorld(testWorldStart('registered-task', [testDevice('BW-W11-5')], [])).advance({ minutes: 1 });

const register = (user: string): string =>
  `$t = @(); $t += New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes 5); ` +
  `$t += New-ScheduledTaskTrigger -AtStartup; ` +
  `$a = New-ScheduledTaskAction -Execute tool.exe -Argument '-x 1'; ` +
  `$p = New-ScheduledTaskPrincipal -UserId '${user}'; ` +
  `$null = Register-ScheduledTask -InputObject (New-ScheduledTask -Action $a -Trigger $t -Principal $p) -TaskName Own; ` +
  `$d = Get-ScheduledTask -TaskName Own -ErrorAction SilentlyContinue; ` +
  `$d.URI; $d.State; $d.Actions[0].Execute; $d.Actions[0].Arguments; $d.Principal.UserId`;

test('an administrator registers a task that runs as the system', () => {
  expect(world().powershell(register('SYSTEM')).split(/\r?\n/)).toEqual([
    '\\Own',
    'Ready',
    'tool.exe',
    '-x 1',
    'NT AUTHORITY\\SYSTEM',
    '',
  ]);
});

test('a standard user may not register a task that runs as the system', () => {
  const device = world();
  device.powershell(register('SYSTEM'), 'user');
  expect(device.powershell('@(Get-ScheduledTask | Where-Object TaskName -eq Own).Count')).toBe('0\r\n');
});
