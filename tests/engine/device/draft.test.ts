import fc from 'fast-check';
import { expect, test } from 'vitest';

import { bytes, utf8Decode } from '../../../src/base/bytes.ts';
import { eventId, processId } from '../../../src/base/ids.ts';
import { plus, seconds } from '../../../src/base/time.ts';
import type { DeviceChange } from '../../../src/engine/device/change.ts';
import type { Device } from '../../../src/engine/device/device.ts';
import { hashDevice } from '../../../src/engine/device/device-hash.ts';
import { diffDevices } from '../../../src/engine/device/diff.ts';
import type { DeviceDraft } from '../../../src/engine/device/device-draft.ts';
import { applyAll, bare, draftOf, logOf, testTime } from '../../support/bare-device.ts';

const path = fc.constantFrom(
  'SOFTWARE\\X',
  'software\\x',
  'SOFTWARE\\X\\Deep\\Key',
  'SOFTWARE\\Y',
  'SOFTWARE\\X\\Deep',
);
const name = fc.constantFrom('', 'a', 'A', 'Größe', 'b');
const file = fc.constantFrom('C:\\T\\a.txt', 'c:\\t\\A.TXT', 'C:\\T\\sub\\b.txt', 'C:\\U\\c.txt');
const hive = fc.constant('HKLM' as const);

const change: fc.Arbitrary<DeviceChange> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('registry.set' as const),
      hive,
      path,
      name,
      value: fc.oneof(
        fc.record({ kind: fc.constant('DWord' as const), data: fc.nat(3) }),
        fc.record({ kind: fc.constant('String' as const), data: fc.constantFrom('', 'x', 'y') }),
        fc.record({ kind: fc.constant('MultiString' as const), data: fc.array(fc.constantFrom('x', 'y')) }),
      ),
    }),
  },
  fc.record({ kind: fc.constant('registry.create-key' as const), hive, path }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('registry.delete-value' as const), hive, path, name }),
  },
  fc.record({ kind: fc.constant('registry.delete-key' as const), hive, path }),
  fc.record({
    kind: fc.constant('registry.rename-key' as const),
    hive,
    path,
    to: fc.constantFrom('Renamed', 'x', 'Y'),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('file.write' as const, 'file.append' as const),
      path: file,
      content: fc.constantFrom(bytes(''), bytes('1'), bytes('22')),
    }),
  },
  fc.record({ kind: fc.constant('file.remove' as const), path: fc.oneof(file, fc.constant('C:\\T')) }),
  fc.record({
    kind: fc.constant('file.move' as const),
    from: fc.oneof(file, fc.constant('C:\\T')),
    to: file,
  }),
  fc.record({ kind: fc.constant('file.attributes' as const), path: file, readOnly: fc.boolean() }),
  fc.constant<DeviceChange>(logOf('m')),
  fc.record({
    kind: fc.constant('file.append' as const),
    path: fc.constant(
      'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\IntuneManagementExtension.log',
    ),
    content: fc.constant(bytes('by hand\r\n')),
  }),
  fc.record({
    kind: fc.constant('service.state' as const),
    name: fc.constantFrom('BITS', 'wuauserv'),
    status: fc.constantFrom('Running', 'Stopped', 'StartPending'),
  }),
  fc.record({
    kind: fc.constant('service.config' as const),
    name: fc.constant('bits'),
    startMode: fc.constantFrom('Disabled' as const, 'Manual' as const),
  }),
  fc.record({ kind: fc.constant('network.state' as const), up: fc.boolean() }),
  fc.constant<DeviceChange>({
    kind: 'event-log',
    log: 'Application',
    provider: 'p',
    id: 1,
    level: 4,
    message: 'm',
  }),
);
const changes = fc.array(change, { maxLength: 25 });

/** All that can be read, without any cache of the state. */
function contents(device: Device): unknown {
  const draft = draftOf(device);
  const key = (at: string): unknown => {
    const read = draft.key('HKLM', at);
    return (
      read && [
        read.value,
        read.value.valueNames.map((one) => draft.value('HKLM', at, one)),
        read.value.subKeys.map((one) => key(`${at}\\${one}`)),
      ]
    );
  };
  const folder = (at: string): unknown =>
    draft
      .children(at)
      .map((one) => [one, draft.content(one.path), one.kind === 'directory' ? folder(one.path) : []]);
  return [
    key('SOFTWARE\\X'),
    key('SOFTWARE\\Y'),
    folder('C:\\T'),
    folder('C:\\U'),
    folder('C:\\ProgramData\\Microsoft'),
    draft.service('BITS'),
    draft.networkUp,
    draft.eventLog('Application')?.entries.length,
  ];
}

test('a draft never changes the device it came from, nor one that it gave', () => {
  fc.assert(
    fc.property(changes, changes, changes, (first, second, third) => {
      const time = { now: testTime };
      const start = bare();
      const draft = draftOf(start, time);
      applyAll(draft, first);
      const one = draft.freeze();
      const [before, after] = [contents(start), contents(one)];
      time.now = plus(testTime, seconds(5));
      applyAll(draft, second);
      draft.freeze();
      applyAll(draftOf(one), third);
      expect([contents(start), contents(one)]).toEqual([before, after]);
    }),
    { numRuns: 60 },
  );
});

test('the hash of a state does not depend on how often the draft was frozen on the way', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(change, fc.boolean()), { maxLength: 30 }), (steps) => {
      const often = draftOf(bare());
      const once = draftOf(bare());
      for (const [one, freeze] of steps) {
        often.apply(one, eventId('BW-W11-5:1'));
        once.apply(one, null);
        if (freeze) hashDevice(often.freeze());
      }
      const [a, b] = [often.freeze(), once.freeze()];
      expect(hashDevice(a)).toBe(hashDevice(b));
      expect(diffDevices(a, b)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('two states have no differences exactly where their hashes are equal', () => {
  const equal = { yes: 0, no: 0 };
  fc.assert(
    fc.property(changes, fc.array(change, { maxLength: 2 }), fc.boolean(), (common, more, restart) => {
      const first = draftOf(bare());
      applyAll(first, common);
      const a = first.freeze();
      const second = restart ? draftOf(bare()) : draftOf(a);
      if (restart) applyAll(second, common);
      applyAll(second, more);
      const b = second.freeze();
      const same = hashDevice(a) === hashDevice(b);
      equal[same ? 'yes' : 'no']++;
      expect(diffDevices(a, b).length === 0).toBe(same);
    }),
    { numRuns: 150 },
  );
  expect(Math.min(equal.yes, equal.no)).toBeGreaterThan(5);
});

test('an untouched draft gives the very device it came from', () => {
  const device = bare();
  const draft = draftOf(device);
  draft.key('HKLM', 'SOFTWARE');
  draft.content('C:\\Labs\\readme.txt');
  expect([draft.dirty, draft.freeze() === device]).toEqual([false, true]);
});

test('random numbers of one purpose do not depend on draws of another, nor on freezing', () => {
  const plain = draftOf(bare());
  const mixed = draftOf(bare());
  const drawn = (draft: DeviceDraft): number[] => [1, 2, 3].map(() => draft.random('jitter'));
  const expected = drawn(plain);
  const first = mixed.random('jitter');
  mixed.random('other');
  const later = draftOf(mixed.freeze());
  expect([first, later.random('jitter'), later.random('jitter')]).toEqual(expected);
  expect(new Set(expected).size).toBe(3);
});

test('a log is text made of its records, and a file like any other for scripts', () => {
  const log = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\IntuneManagementExtension.log';
  const draft = draftOf(bare());
  applyAll(draft, [
    logOf('first'),
    { kind: 'file.append', path: log, content: bytes('mine\r\n') },
    logOf('second'),
  ]);
  const line = (text: string): string =>
    `<![LOG[${text}]LOG]!><time="10:00:00.0000000" date="5-11-2026" component="IntuneManagementExtension" context="" type="1" thread="7" file="">\r\n`;
  const text = `${line('first')}mine\r\n${line('second')}`;
  // A file that the agent begins has the mark of UTF-8.
  expect(utf8Decode(draft.content(log) ?? bytes(''))).toBe(`\uFEFF${text}`);
  expect(draft.file(log)?.value.length).toBe(3 + text.length);
  applyAll(draft, [{ kind: 'file.write', path: log, content: bytes('new\r\n') }, logOf('third')]);
  expect(utf8Decode(draft.content(log) ?? bytes(''))).toBe(`new\r\n${line('third')}`);
});

test('the length of a log is that of its text, whatever is in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ text: fc.string({ unit: 'binary' }), thread: fc.nat(), at: fc.nat(4e7) }), {
        maxLength: 150,
      }),
      (records) => {
        const time = { now: testTime };
        const draft = draftOf(bare(), time);
        for (const { text, thread, at } of records) {
          time.now = plus(testTime, seconds(at));
          draft.apply({ ...(logOf(text) as Extract<DeviceChange, { kind: 'log' }>), thread }, null);
        }
        const file =
          'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\IntuneManagementExtension.log';
        expect(draft.file(file)?.value.length ?? 0).toBe(draft.content(file)?.length ?? 0);
      },
    ),
    { numRuns: 30 },
  );
});

test('a log that passed its limit is renamed with the time of its last record, and three copies stay', () => {
  const time = { now: testTime };
  const draft = draftOf(bare(), time);
  const folder = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';
  draft.apply(
    {
      kind: 'registry.set',
      hive: 'HKLM',
      path: 'SOFTWARE\\Microsoft\\IntuneWindowsAgent\\Logging',
      name: 'LogMaxSize',
      value: { kind: 'String', data: '300' },
    },
    null,
  );
  for (let i = 0; i < 15; i++) {
    time.now = plus(testTime, seconds(i));
    const change = logOf('hello');
    if (change.kind === 'log')
      applyAll(draft, [...draft.beforeLog(`${folder}\\IntuneManagementExtension.log`), change]);
  }
  expect(draft.children(folder).map((one) => one.name)).toEqual([
    'IntuneManagementExtension-20260511-100005.log',
    'IntuneManagementExtension-20260511-100008.log',
    'IntuneManagementExtension-20260511-100011.log',
    'IntuneManagementExtension.log',
  ]);
});

test('a service has a process from start pending until it is stopped', () => {
  const draft = draftOf(bare());
  const states = ['StartPending', 'Running', 'StopPending', 'Stopped'].map((status) => {
    draft.apply({ kind: 'service.state', name: 'bits', status }, null);
    const id = draft.service('BITS')?.value.processId ?? null;
    return id === null ? id : draft.process(id)?.service;
  });
  expect(states).toEqual(['BITS', 'BITS', 'BITS', null]);
  expect(draft.apply({ kind: 'service.state', name: 'nope', status: 'Running' }, null).ok).toBe(false);
});

test('a first sign-in makes the profile; signing out ends what the session ran', () => {
  const draft = draftOf(bare());
  const user = draft.users[0];
  const sid = user?.sid ?? '';
  const before = draft.processes.length;
  applyAll(draft, [
    { kind: 'session.sign-in', sid, sessionId: 1 },
    {
      kind: 'process.start',
      id: processId(9000),
      file: 'C:\\Windows\\System32\\notepad.exe',
      arguments: '',
      workingDirectory: 'C:\\',
      account: 'user',
      sessionId: 1,
      bitness: 64,
      then: '',
      thenData: null,
    },
  ]);
  expect(draft.users[0]?.sessionId).toBe(1);
  expect(draft.process(processId(9000))?.user).toBe('AzureAD\\AdeleVance');
  expect(draft.file('C:\\Users\\AdeleVance\\Desktop')?.value.kind).toBe('directory');
  expect(draft.key('HKU', `${sid}\\Software`)).toBeDefined();
  applyAll(draft, [{ kind: 'session.sign-out', sid }]);
  expect([draft.users[0]?.sessionId, draft.processes.length]).toEqual([null, before]);
});

test('memory keeps the order of its making and is empty after a start of Windows', () => {
  const draft = draftOf(bare());
  draft.setMemory('b', 1, null);
  draft.setMemory('a', { x: [1] }, eventId('BW-W11-5:3'));
  draft.setMemory('b', 2, null);
  expect([draft.memoryKeys(''), draft.memory('a')?.writer, draft.memory('b')?.value]).toEqual([
    ['b', 'a'],
    'BW-W11-5:3',
    2,
  ]);
  applyAll(draft, [{ kind: 'device.boot' }]);
  expect([draft.memoryKeys(''), draft.service('RpcSs')?.value.status]).toEqual([[], 'Stopped']);
});

test('a name keeps the case of its first writing, and its place when it is written again', () => {
  const draft = draftOf(bare());
  const set = (name: string, data: number): DeviceChange => ({
    kind: 'registry.set',
    hive: 'HKLM',
    path: 'SOFTWARE\\Contoso',
    name,
    value: { kind: 'DWord', data },
  });
  applyAll(draft, [set('Zeta', 1), set('alpha', 2), set('ZETA', 3)], eventId('BW-W11-5:9'));
  expect(draft.key('HKLM', 'software\\CONTOSO')?.value).toMatchObject({
    name: 'Contoso',
    valueNames: ['Zeta', 'alpha'],
  });
  expect(draft.value('HKLM', 'SOFTWARE\\contoso', 'zeta')).toMatchObject({
    value: { kind: 'DWord', data: 3 },
    writer: 'BW-W11-5:9',
  });
});
