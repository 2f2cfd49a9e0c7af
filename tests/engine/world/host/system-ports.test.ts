import { expect, test } from 'vitest';

import { processId } from '../../../../src/base/ids.ts';
import { ok } from '../../../../src/base/result.ts';
import { plus, seconds } from '../../../../src/base/time.ts';
import type { CimInstance, CimValue, HostResult } from '../../../../src/engine/powershell/host.ts';
import { DeviceUnderTest, who } from '../../../support/device-host.ts';

const outcome = (result: HostResult<unknown>): string =>
  result.ok ? 'ok' : `${result.error.code}: ${result.error.message}`;

test('services are looked at by all, started and stopped by administrators through the world', () => {
  const device = new DeviceUnderTest();
  const admin = device.host().services;
  const user = device.host(who.user).services;
  expect(user.get('bits')).toMatchObject(ok({ name: 'BITS', status: 'Stopped', startMode: 'Manual' }));
  expect(user.get('RpcSs')).toMatchObject(
    ok({
      dependsOn: ['RpcEptMapper', 'DcomLaunch'],
      dependents: expect.arrayContaining(['BITS', 'Winmgmt']) as string[],
    }),
  );
  expect(
    [admin.start('bits'), admin.stop('RpcSs'), user.start('BITS'), user.stop('nope')].map(outcome),
  ).toEqual([
    'ok',
    'cannot-stop: The requested control is not valid for this service.',
    "access-denied: Cannot open BITS service on computer '.'.",
    "not-found: Service nope was not found on computer '.'.",
  ]);
  expect(device.asked).toEqual(['start BITS']);
  admin.configure('wuauserv', { startMode: 'Disabled' });
  expect(
    device
      .host()
      .registry.value({ hive: 'HKLM', path: 'SYSTEM\\CurrentControlSet\\Services\\wuauserv' }, 'Start'),
  ).toEqual(ok({ kind: 'DWord', data: 4 }));
});

test('processes: found on the path, listed, killed only where allowed', () => {
  const device = new DeviceUnderTest();
  const admin = device.host();
  const user = device.host(who.user);
  expect(
    ['cmd', 'powershell', 'REG.EXE', 'nope', 'C:\\Windows\\explorer'].map((name) =>
      admin.processes.which(name),
    ),
  ).toEqual([
    'C:\\Windows\\System32\\cmd.exe',
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    'C:\\Windows\\System32\\reg.exe',
    undefined,
    'C:\\Windows\\explorer.exe',
  ]);
  const lsass = admin.processes.list().find(({ name }) => name === 'lsass');
  const explorer = admin.processes.list().find(({ name }) => name === 'explorer');
  const id = lsass?.id ?? processId(0);
  expect(explorer).toMatchObject({
    user: 'AzureAD\\AdeleVance',
    sessionId: 1,
    path: 'C:\\Windows\\explorer.exe',
  });
  expect([
    outcome(user.processes.kill(id)),
    outcome(user.processes.kill(explorer?.id ?? processId(0))),
    outcome(admin.processes.kill(processId(4))),
    outcome(admin.processes.get(processId(99_999))),
    user.processes.get(id).ok && 'path' in (user.processes.get(id) as { value: object }).value,
  ]).toEqual([
    'access-denied: Access is denied',
    'ok',
    'access-denied: Access is denied',
    'not-found: Cannot find a process with the process identifier 99999.',
    true,
  ]);
  const before = lsass?.cpu ?? 0;
  admin.clock.spend(seconds(100));
  const after = admin.processes.get(id);
  expect(after.ok && after.value.cpu > before).toBe(true);
});

test('the clock is the device’s, in the zone that the registry names', () => {
  const device = new DeviceUnderTest();
  const { clock, registry } = device.host();
  const at = clock.now();
  clock.spend(seconds(3));
  expect([clock.now(), clock.zone, clock.offsetAt(at)]).toEqual([
    plus(at, seconds(3)),
    { windowsId: 'W. Europe Standard Time', ianaId: 'Europe/Berlin' },
    7_200_000_000,
  ]);
  registry.setValue(
    { hive: 'HKLM', path: 'SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation' },
    'TimeZoneKeyName',
    { kind: 'String', data: 'Pacific Standard Time' },
  );
  expect(clock.offsetAt(at)).toBe(-7 * 3_600_000_000);
});

test('scheduled tasks and event logs', () => {
  const device = new DeviceUnderTest();
  const admin = device.host();
  const user = device.host(who.user);
  const path = '\\Microsoft\\Windows\\WindowsUpdate\\';
  expect(
    [
      admin.tasks.setEnabled(path, 'scheduled start', false),
      admin.tasks.start(path, 'Scheduled Start'),
      admin.tasks.start(path, 'Nope'),
      user.tasks.start(path, 'Scheduled Start'),
      user.eventLog.read('Security'),
      admin.eventLog.read('Nope'),
    ].map(outcome),
  ).toEqual([
    'ok',
    'disabled: The task is disabled.',
    'not-found: The system cannot find the file specified.',
    'access-denied: Access is denied.',
    'access-denied: Attempted to perform an unauthorized operation.',
    "not-found: The event log 'Nope' on computer '.' does not exist.",
  ]);
  const record = {
    logName: 'Application',
    provider: 'Lab',
    id: 7,
    level: 3,
    levelName: 'Warning',
    message: 'm',
  };
  user.eventLog.write(record);
  expect(admin.eventLog.read('application')).toEqual(ok([{ ...record, at: device.time.now, recordId: 1 }]));
});

test('CIM instances follow the device', () => {
  const device = new DeviceUnderTest();
  const { cim, registry } = device.host();
  const uninstall =
    'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{11111111-2222-3333-4444-555555555555}';
  registry.createKey({ hive: 'HKLM', path: uninstall });
  for (const [name, data] of [
    ['DisplayName', 'Contoso App'],
    ['DisplayVersion', '2.1'],
    ['Publisher', 'Contoso'],
  ])
    registry.setValue({ hive: 'HKLM', path: uninstall }, name ?? '', { kind: 'String', data: data ?? '' });
  registry.setValue({ hive: 'HKLM', path: uninstall }, 'WindowsInstaller', { kind: 'DWord', data: 1 });
  const read = (name: string): readonly CimInstance[] => {
    const found = cim.instances('root\\CIMV2', name);
    return found.ok ? found.value : [];
  };
  const text = (one: CimInstance | undefined, name: string) =>
    one?.properties.find(([key]) => key === name)?.[1];
  expect(read('win32_product').map((one) => [text(one, 'Name'), text(one, 'Version')])).toContainEqual([
    'Contoso App',
    '2.1',
  ]);
  expect(text(read('Win32_OperatingSystem')[0], 'Caption')).toBe('Microsoft Windows 11 Enterprise');
  expect(text(read('Win32_ComputerSystem')[0], 'UserName')).toBe('AzureAD\\AdeleVance');
  expect(text(read('Win32_TimeZone')[0], 'Bias')).toEqual({ type: 'sint32', value: 60 });
  expect(text(read('Win32_TimeZone')[0], 'DaylightBias')).toEqual({ type: 'sint32', value: -60 });
  expect(read('Win32_Service').length).toBe(device.draft.services.length);
  expect(
    [cim.instances('root/cimv2', 'Nope'), cim.instances('root/nope', 'Win32_Bios')].map(outcome),
  ).toEqual(['not-found: Invalid class ', 'not-found: Invalid namespace ']);
});

test('methods of CIM classes are done through the other ports', () => {
  const device = new DeviceUnderTest();
  const { cim } = device.host();
  const call = (
    className: string,
    method: string,
    args: Record<string, CimValue> = {},
    host = device.host(),
  ) => {
    const all = host.cim.instances('root/cimv2', className);
    const named = (one: CimInstance): boolean => one.properties.some(([, value]) => value === 'BITS');
    const found = all.ok ? all.value.find(named) : undefined;
    const target = found ?? { className, namespace: 'root/cimv2', properties: [], keys: [] };
    const done = host.cim.invoke(target, method, new Map(Object.entries(args)));
    return done.ok ? Object.fromEntries(done.value) : done.error.message;
  };
  const uint32 = (value: number): CimValue => ({ type: 'uint32', value });
  const key = { hDefKey: uint32(0x80000002), sSubKeyName: 'SOFTWARE\\Wmi' };
  expect([
    call('Win32_Service', 'StartService'),
    call('Win32_Service', 'ChangeStartMode', { StartMode: 'Disabled' }),
    call('Win32_Service', 'StartService', {}, device.host(who.user)),
    call('Win32_Process', 'Create', { CommandLine: '"C:\\Windows\\notepad.exe" a b' }),
    call('StdRegProv', 'CreateKey', key),
    call('StdRegProv', 'SetDWORDValue', { ...key, sValueName: 'n', uValue: uint32(7) }),
    call('StdRegProv', 'GetDWORDValue', { ...key, sValueName: 'n' }),
    call('StdRegProv', 'GetStringValue', { ...key, sValueName: 'n' }),
    call('StdRegProv', 'EnumValues', key),
    call('StdRegProv', 'DeleteKey', key, device.host(who.user)),
    call('Win32_Service', 'Nope'),
  ]).toEqual([
    { ReturnValue: uint32(0) },
    { ReturnValue: uint32(0) },
    { ReturnValue: uint32(2) },
    { ProcessId: uint32(6000), ReturnValue: uint32(0) },
    { ReturnValue: uint32(0) },
    { ReturnValue: uint32(0) },
    { uValue: uint32(7), ReturnValue: uint32(0) },
    { sValue: null, ReturnValue: uint32(1) },
    {
      sNames: { type: 'array', value: ['n'] },
      Types: { type: 'array', value: [{ type: 'sint32', value: 4 }] },
      ReturnValue: uint32(0),
    },
    { ReturnValue: uint32(5) },
    'Invalid method ',
  ]);
  expect(device.asked).toEqual(['start BITS', 'start C:\\Windows\\notepad.exe']);
  expect(device.draft.service('BITS')?.value.startMode).toBe('Disabled');
  expect(cim.instances('root/cimv2/mdm/dmmap', 'MDM_DevDetail_Ext01').ok).toBe(true);
  expect(outcome(device.host(who.user).cim.instances('root/cimv2/mdm/dmmap', 'MDM_DevDetail_Ext01'))).toBe(
    'access-denied: Access denied ',
  );
});
