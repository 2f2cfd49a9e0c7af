import { expect, test } from 'vitest';
import { TestWorld, testDevice, testWorldStart } from '../../support/test-world.ts';

const world = (): TestWorld =>
  new TestWorld(testWorldStart('hives', [testDevice('BW-W11-5')], [])).advance({ hours: 1 });
const act = (of: TestWorld, action: string): TestWorld =>
  of.input({ kind: 'device.action', device: of.device, action, data: {} });
const sidOf = ({ simulation, device }: TestWorld): string => simulation.read(device).users[0]?.sid ?? '';
const loaded = (of: TestWorld): readonly string[] =>
  [...(of.simulation.read(of.device).key('HKU', '')?.value.subKeys ?? [])].filter((name) =>
    name.startsWith('S-1-12-1-'),
  );

test('a user’s hives are in the registry while the user is signed in, and come back as they were', () => {
  const device = world();
  const sid = sidOf(device);
  device.powershell(
    '$null = New-Item HKCU:\\Software\\Lab; Set-ItemProperty HKCU:\\Software\\Lab Kept 7',
    'user',
  );
  const before = loaded(device);
  act(device, 'sign-out');
  const away = loaded(device);
  act(device, 'sign-in');
  expect([before, away, loaded(device)]).toEqual([[sid, `${sid}_Classes`], [], [sid, `${sid}_Classes`]]);
  expect(device.powershell('(Get-ItemProperty HKCU:\\Software\\Lab).Kept; $env:USERNAME', 'user')).toBe(
    '7\r\nAdeleVance\r\n',
  );
  expect(
    device.simulation.read(device.device).value('HKU', `${sid}\\Volatile Environment`, 'USERNAME'),
  ).toBeDefined();
});

test('a script that looks into every user’s registry has to load the hive of who is not there', () => {
  const device = world();
  const sid = sidOf(device);
  device.powershell(
    '$null = New-Item HKCU:\\Software\\Lab; Set-ItemProperty HKCU:\\Software\\Lab Kept 7',
    'user',
  );
  act(device, 'sign-out');
  expect(
    device.powershell(
      [
        `Test-Path Registry::HKEY_USERS\\${sid}`,
        `reg load HKU\\Temp C:\\Users\\AdeleVance\\NTUSER.DAT | Out-Null`,
        `(Get-ItemProperty Registry::HKEY_USERS\\Temp\\Software\\Lab).Kept`,
        `Set-ItemProperty Registry::HKEY_USERS\\Temp\\Software\\Lab Kept 8`,
        `reg unload HKU\\Temp | Out-Null`,
      ].join('; '),
      'system',
    ),
  ).toBe('False\r\n7\r\n');
  act(device, 'sign-in');
  expect(device.powershell('(Get-ItemProperty HKCU:\\Software\\Lab).Kept', 'user')).toBe('8\r\n');
});

test('a restart unloads them, and a device put back to a snapshot has them as they were then', () => {
  const device = world();
  device.input({ kind: 'snapshot.take', device: device.device, name: 'one' });
  device.powershell('$null = New-Item HKCU:\\Software\\Later', 'user');
  act(device, 'restart').advance({ minutes: 2 });
  expect(loaded(device)).toEqual([]);
  act(device, 'sign-in');
  expect(device.powershell('Test-Path HKCU:\\Software\\Later', 'user')).toBe('True\r\n');
  device.input({ kind: 'snapshot.restore', device: device.device, name: 'one' });
  expect(loaded(device)).toEqual([]);
  act(device, 'sign-in');
  expect(device.powershell('Test-Path HKCU:\\Software\\Later; Test-Path HKCU:\\Software', 'user')).toBe(
    'False\r\nTrue\r\n',
  );
});

test('a profile that was deleted is a new one at the next sign-in', () => {
  const device = world();
  device.powershell('$null = New-Item HKCU:\\Software\\Lab', 'user');
  act(device, 'sign-out');
  device.powershell('Remove-Item C:\\Users\\AdeleVance -Recurse -Force', 'system');
  act(device, 'sign-in');
  expect(device.powershell('Test-Path HKCU:\\Software\\Lab; Test-Path $HOME\\Desktop', 'user')).toBe(
    'False\r\nTrue\r\n',
  );
});

test('a start mode written to the registry counts when Windows has started again', () => {
  const device = world();
  device.powershell('Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Spooler Start 4');
  const mode = () => device.powershell('(Get-Service Spooler).StartType; (Get-Service Spooler).Status');
  const before = mode();
  act(device, 'restart').advance({ minutes: 5 });
  expect([before, mode()]).toEqual(['Automatic\r\nRunning\r\n', 'Disabled\r\nStopped\r\n']);
});
