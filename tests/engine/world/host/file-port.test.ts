import { expect, test } from 'vitest';

import { bytes, utf8Encode } from '../../../../src/base/bytes.ts';
import { ok } from '../../../../src/base/result.ts';
import type { HostResult } from '../../../../src/engine/powershell/host.ts';
import { DeviceUnderTest, who } from '../../../support/device-host.ts';

const outcome = (result: HostResult<unknown>): string =>
  result.ok ? 'ok' : `${result.error.code}: ${result.error.message}`;

test('files and folders as scripts see them', () => {
  const device = new DeviceUnderTest();
  const { files } = device.host();
  expect(files.createDirectory('C:/Labs/new/deep')).toMatchObject(
    ok({ kind: 'directory', name: 'deep', path: 'C:\\Labs\\new\\deep' }),
  );
  files.write('c:\\labs\\NEW\\a.txt', bytes('1'));
  files.append('C:\\Labs\\new\\A.TXT', bytes('22'));
  files.append('C:\\Labs\\new\\b.txt', bytes('3'));
  files.move('C:\\Labs\\new\\deep', 'C:\\Labs\\new\\Flat');
  expect(files.list('C:\\labs\\new')).toMatchObject(
    ok([
      { name: 'a.txt', path: 'C:\\Labs\\new\\a.txt', length: 3, archive: true },
      { name: 'b.txt', length: 1 },
      { name: 'Flat', kind: 'directory', length: 0 },
    ]),
  );
  expect(files.read('C:\\Labs\\readme.txt')).toEqual(ok(utf8Encode('Grüße')));
  expect(files.info('C:\\')).toMatchObject(ok({ name: 'C:\\', path: 'C:\\' }));
  expect(files.info('C:\\Windows\\System32\\..\\System32\\cmd.exe')).toMatchObject(
    ok({ path: 'C:\\Windows\\System32\\cmd.exe', version: { fileVersion: '10.0.26100.4652' } }),
  );
});

test('refusals, with the texts of .NET', () => {
  const device = new DeviceUnderTest();
  const { files } = device.host();
  files.setAttributes('C:\\Labs\\readme.txt', { readOnly: true });
  const before = device.written.length;
  expect(
    [
      files.read('C:\\Labs\\no.txt'),
      files.read('C:\\no\\no.txt'),
      files.read('C:\\Labs'),
      files.list('C:\\Labs\\readme.txt'),
      files.write('C:\\Labs\\readme.txt', bytes('x')),
      files.write('C:\\Labs', bytes('x')),
      files.write('C:\\no\\x.txt', bytes('x')),
      files.write('C:\\Labs\\a?.txt', bytes('x')),
      files.createDirectory('D:\\x'),
      files.remove('C:\\Labs', false),
      files.move('C:\\Labs\\readme.txt', 'C:\\Windows\\win.ini'),
    ].map(outcome),
  ).toEqual([
    "not-found: Could not find file 'C:\\Labs\\no.txt'.",
    "parent-not-found: Could not find a part of the path 'C:\\no\\no.txt'.",
    "is-directory: Access to the path 'C:\\Labs' is denied.",
    "not-a-directory: The directory name is invalid. : 'C:\\Labs\\readme.txt'",
    "access-denied: Access to the path 'C:\\Labs\\readme.txt' is denied.",
    "is-directory: Access to the path 'C:\\Labs' is denied.",
    "parent-not-found: Could not find a part of the path 'C:\\no\\x.txt'.",
    'invalid-name: The filename, directory name, or volume label syntax is incorrect.',
    "parent-not-found: Could not find a part of the path 'D:\\x'.",
    'not-empty: Directory C:\\Labs cannot be removed because it is not empty.',
    'already-exists: Cannot create a file when that file already exists.',
  ]);
  expect(device.written.length).toBe(before);
});

test('who may write where', () => {
  const device = new DeviceUnderTest();
  device.host(who.system).files.createDirectory('C:\\Users\\Other');
  const may = (identity: object): string[] => {
    const { files } = device.host(identity);
    return [
      'C:\\x.txt',
      'C:\\Labs\\x.txt',
      'C:\\Windows\\x.txt',
      'C:\\Windows\\Temp\\x.txt',
      'C:\\Program Files (x86)\\x.txt',
      'C:\\ProgramData\\x.txt',
      'C:\\ProgramData\\Microsoft\\x.txt',
      'C:\\Users\\AdeleVance\\x.txt',
      'C:\\Users\\Public\\x.txt',
      'C:\\Users\\Other\\x.txt',
    ].filter((path) => files.write(path, bytes('x')).ok);
  };
  expect(may(who.user)).toEqual([
    'C:\\Labs\\x.txt',
    'C:\\Windows\\Temp\\x.txt',
    'C:\\ProgramData\\x.txt',
    'C:\\Users\\AdeleVance\\x.txt',
    'C:\\Users\\Public\\x.txt',
  ]);
  expect([may(who.admin).length, may(who.system).length]).toEqual([10, 10]);
  const user = device.host(who.user).files;
  expect([user.createDirectory('C:\\Mine').ok, user.list('C:\\Users\\Other').ok]).toEqual([true, false]);
});

test('a 32-bit process has SysWOW64 for System32, and the real one as Sysnative', () => {
  const device = new DeviceUnderTest();
  const { files, processes } = device.host({ process64Bit: false });
  files.write('C:\\Windows\\System32\\x.dll', bytes('32'));
  files.write('C:\\Windows\\Sysnative\\x.dll', bytes('64-bit'));
  files.write('C:\\Windows\\System32\\drivers\\etc\\x', bytes('shared'));
  expect(device.written.map((change) => ('path' in change ? change.path : ''))).toEqual([
    'C:\\Windows\\SysWOW64\\x.dll',
    'C:\\Windows\\System32\\x.dll',
    'C:\\Windows\\System32\\drivers\\etc\\x',
  ]);
  expect(files.info('C:\\windows\\system32\\x.dll')).toMatchObject(
    ok({ path: 'C:\\Windows\\System32\\x.dll', length: 2 }),
  );
  expect(files.info('C:\\windows\\sysnative\\X.dll')).toMatchObject(
    ok({ path: 'C:\\Windows\\Sysnative\\x.dll', length: 6 }),
  );
  expect([processes.which('reg'), device.host().files.info('C:\\Windows\\Sysnative\\x.dll').ok]).toEqual([
    'C:\\Windows\\System32\\reg.exe',
    false,
  ]);
});

test('a full disk refuses what does not fit', () => {
  const device = new DeviceUnderTest();
  const { files } = device.host();
  const free = files.drives()[0]?.free ?? 0;
  device.draft.apply({ kind: 'file.image', path: 'C:\\big.vhdx', length: free - 10, version: null }, null);
  expect(
    [files.write('C:\\Labs\\a', bytes('123456')), files.write('C:\\Labs\\b', bytes('123456'))].map(outcome),
  ).toEqual(['ok', "disk-full: There is not enough space on the disk. : 'C:\\Labs\\b'"]);
});
