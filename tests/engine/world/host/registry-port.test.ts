import { expect, test } from 'vitest';

import { ok } from '../../../../src/base/result.ts';
import type { HostError, HostResult, RegistryPath } from '../../../../src/engine/powershell/host.ts';
import { DeviceUnderTest, who } from '../../../support/device-host.ts';

const hklm = (path: string): RegistryPath => ({ hive: 'HKLM', path });
const hkcu = (path: string): RegistryPath => ({ hive: 'HKCU', path });
const code = (result: HostResult<unknown>): HostError['code'] | 'ok' =>
  result.ok ? 'ok' : result.error.code;
const one = { kind: 'DWord', data: 1 } as const;

test('writes go out as changes and are read back, name and case kept', () => {
  const device = new DeviceUnderTest();
  const { registry } = device.host();
  expect(registry.createKey(hklm('SOFTWARE\\Contoso\\App'))).toEqual(ok({ created: true }));
  expect(registry.setValue(hklm('software\\contoso\\app'), 'Count', one)).toEqual(ok(undefined));
  expect(registry.value(hklm('SOFTWARE\\CONTOSO\\App'), 'COUNT')).toEqual(ok(one));
  expect(registry.key(hklm('SOFTWARE\\Contoso\\APP'))).toMatchObject(
    ok({ name: 'App', subKeyCount: 0, valueCount: 1 }),
  );
  expect(device.written).toEqual([
    { kind: 'registry.create-key', hive: 'HKLM', path: 'SOFTWARE\\Contoso\\App' },
    { kind: 'registry.set', hive: 'HKLM', path: 'software\\contoso\\app', name: 'Count', value: one },
  ]);
});

test('what Windows refuses leaves no change', () => {
  const device = new DeviceUnderTest();
  const { registry } = device.host();
  registry.createKey(hklm('SOFTWARE\\A\\B'));
  const before = device.written.length;
  expect([
    code(registry.setValue(hklm('SOFTWARE\\Nope'), 'x', one)),
    code(registry.deleteKey(hklm('SOFTWARE\\A'), false)),
    code(registry.deleteKey(hklm('SOFTWARE\\Nope'), true)),
    code(registry.deleteKey(hklm('SOFTWARE'), true)),
    code(registry.deleteValue(hklm('SOFTWARE\\A'), 'x')),
    code(registry.value(hklm('SOFTWARE\\A'), 'x')),
    code(registry.renameKey(hklm('SOFTWARE\\A'), 'Microsoft')),
    code(registry.createKey(hklm('SAM\\SAM\\x'))),
  ]).toEqual([
    'not-found',
    'not-empty',
    'not-found',
    'access-denied',
    'not-found',
    'not-found',
    'already-exists',
    'access-denied',
  ]);
  expect(device.written.length).toBe(before);
});

test('who may write what', () => {
  const device = new DeviceUnderTest();
  device
    .host(who.system)
    .registry.createKey(hklm('SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps'));
  const rows = [
    hklm('SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps'),
    hkcu('Software\\Microsoft'),
    hkcu('Software\\Policies'),
    { hive: 'HKU', path: '.DEFAULT\\Software' } as const,
    { hive: 'HKCR', path: '.txt' } as const,
  ].map((path) =>
    [who.user, who.admin, who.system].map((identity) => {
      const { registry } = device.host(identity);
      return [code(registry.key(path)), code(registry.setValue(path, 'x', one))].join(' ');
    }),
  );
  expect(rows).toEqual([
    ['ok access-denied', 'ok ok', 'ok ok'],
    ['ok ok', 'ok ok', 'ok ok'],
    ['ok access-denied', 'ok ok', 'ok ok'],
    ['ok access-denied', 'ok ok', 'ok ok'],
    ['ok access-denied', 'ok ok', 'ok ok'],
  ]);
  expect(device.host(who.user).registry.createKey(hklm('SOFTWARE\\X'))).toEqual({
    ok: false,
    error: {
      code: 'access-denied',
      message: 'Requested registry access is not allowed.',
      path: 'SOFTWARE\\X',
    },
  });
});

test('a 32-bit process writes under WOW6432Node, but for keys that both share', () => {
  const device = new DeviceUnderTest();
  const { registry } = device.host({ process64Bit: false });
  for (const path of [
    'SOFTWARE\\Contoso',
    'SOFTWARE\\WOW6432Node\\Direct',
    'SOFTWARE\\Policies\\Contoso',
    'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\x.exe',
    'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1',
    'SOFTWARE\\Classes\\x',
    'SOFTWARE\\Classes\\CLSID\\{x}',
    'SYSTEM\\CurrentControlSet\\Services\\x',
    'SYSTEM\\ControlSet001\\Services\\y',
  ])
    registry.createKey(hklm(path));
  registry.createKey(hklm('SOFTWARE\\Seen'), '64');
  device.host().registry.createKey(hklm('SOFTWARE\\From64'), '32');
  expect(device.written.map((change) => ('path' in change ? change.path : ''))).toEqual([
    'SOFTWARE\\WOW6432Node\\Contoso',
    'SOFTWARE\\WOW6432Node\\Direct',
    'SOFTWARE\\Policies\\Contoso',
    'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\x.exe',
    'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1',
    'SOFTWARE\\Classes\\x',
    'SOFTWARE\\Classes\\WOW6432Node\\CLSID\\{x}',
    'SYSTEM\\CurrentControlSet\\Services\\x',
    'SYSTEM\\CurrentControlSet\\Services\\y',
    'SOFTWARE\\Seen',
    'SOFTWARE\\WOW6432Node\\From64',
  ]);
  expect(registry.value(hklm('SOFTWARE\\Microsoft\\Windows\\CurrentVersion'), 'ProgramFilesDir')).toEqual(
    ok({ kind: 'String', data: 'C:\\Program Files (x86)' }),
  );
});

test('HKCU is the own hive, HKCR the classes of the user over those of the machine', () => {
  const device = new DeviceUnderTest();
  const { registry } = device.host(who.user);
  registry.createKey(hkcu('Software\\Classes\\.mine'));
  registry.createKey(hkcu('Software\\Contoso'));
  expect(device.written).toMatchObject(
    [{ path: /_Classes\\\.mine$/ }, { path: /^S-1-12-1-[-\d]+\\Software\\Contoso$/ }].map(({ path }) => ({
      hive: 'HKU',
      path: expect.stringMatching(path) as string,
    })),
  );
  const classes = registry.subKeys({ hive: 'HKCR', path: '' });
  expect(classes.ok && classes.value.filter((name) => ['.mine', '.txt'].includes(name))).toEqual([
    '.mine',
    '.txt',
  ]);
  expect(device.host(who.system).registry.key(hkcu('Environment'))).toMatchObject(
    ok({ name: 'Environment' }),
  );
});

test('reads and writes are noted by where they are stored', () => {
  const device = new DeviceUnderTest();
  const seen: string[] = [];
  const { registry, files } = device.host(
    { process64Bit: false },
    { onRead: (what) => seen.push(`read ${what}`), onWrite: (what) => seen.push(`write ${what}`) },
  );
  registry.key(hklm('SOFTWARE\\Microsoft'));
  registry.createKey(hklm('SOFTWARE\\T'));
  files.read('c:/Labs/readme.txt');
  expect(seen).toEqual([
    'read registry:HKLM\\SOFTWARE\\WOW6432Node\\Microsoft',
    'write registry:HKLM\\SOFTWARE\\WOW6432Node\\T',
    'read file:c:\\Labs\\readme.txt',
  ]);
});
