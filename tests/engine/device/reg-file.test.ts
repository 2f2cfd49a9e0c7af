import fc from 'fast-check';
import { expect, test } from 'vitest';

import { bytes } from '../../../src/base/bytes.ts';
import { ok } from '../../../src/base/result.ts';
import type { KeyNode } from '../../../src/engine/device/registry/key-node.ts';
import type { RegEntry } from '../../../src/engine/device/registry/reg-file.ts';
import { exportKey, parseRegFile } from '../../../src/engine/device/registry/reg-file.ts';
import type { StoredRegistryValue } from '../../../src/engine/device/registry/registry-value.ts';
import { bare, draftOf } from '../../support/bare-device.ts';

const plain = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map((text) => text.replaceAll(/[\0\r\n\ufeff]/g, ''));
const name = plain.filter((text) => !text.includes('\\'));
const raw = fc.uint8Array({ maxLength: 60 }).map((data) => bytes(String.fromCharCode(...data)));
const value: fc.Arbitrary<StoredRegistryValue> = fc.oneof(
  plain.map((data) => ({ kind: 'String' as const, data })),
  fc.constant({ kind: 'String' as const, data: 'two\r\nlines "quoted" C:\\x\\' }),
  plain.map((data) => ({ kind: 'ExpandString' as const, data })),
  fc.array(plain.filter((text) => text !== '')).map((data) => ({ kind: 'MultiString' as const, data })),
  fc.nat(0xffffffff).map((data) => ({ kind: 'DWord' as const, data })),
  fc.bigInt(0n, 0xffffffffffffffffn).map((data) => ({ kind: 'QWord' as const, data })),
  raw.map((data) => ({ kind: 'Binary' as const, data })),
  raw.map((data) => ({ kind: 'None' as const, data })),
);

function keyOf(entries: readonly (readonly [string, StoredRegistryValue])[]): KeyNode {
  const draft = draftOf(bare());
  draft.apply({ kind: 'registry.create-key', hive: 'HKLM', path: 'SOFTWARE\\T\\Sub' }, null);
  for (const [one, data] of entries)
    draft.apply({ kind: 'registry.set', hive: 'HKLM', path: 'SOFTWARE\\T', name: one, value: data }, null);
  return draft.registry.find('HKLM', 'SOFTWARE\\T') as KeyNode;
}

test('what is exported is read back the same', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(name, value), { selector: ([one]) => one.toUpperCase() }),
      (values) => {
        const place = { hive: 'HKEY_LOCAL_MACHINE', path: 'SOFTWARE\\T' };
        const expected: RegEntry[] = [
          { kind: 'key', ...place },
          ...values.map(([one, data]): RegEntry => ({ kind: 'value', ...place, name: one, value: data })),
          { kind: 'key', ...place, path: 'SOFTWARE\\T\\Sub' },
        ];
        expect(parseRegFile(exportKey(keyOf(values), 'HKLM', 'SOFTWARE\\T'))).toEqual(ok(expected));
      },
    ),
    { numRuns: 60 },
  );
});

test('is written as the registry editor writes it', () => {
  const key = keyOf([
    ['', { kind: 'String', data: 'default' }],
    ['Path "x"', { kind: 'ExpandString', data: '%windir%' }],
    ['Count', { kind: 'DWord', data: 0x1f }],
    ['Blob', { kind: 'Binary', data: bytes('\0'.repeat(30)) }],
  ]);
  expect(exportKey(key, 'HKLM', 'SOFTWARE\\T').split('\r\n')).toEqual([
    'Windows Registry Editor Version 5.00',
    '',
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\T]',
    '@="default"',
    '"Path \\"x\\""=hex(2):25,00,77,00,69,00,6e,00,64,00,69,00,72,00,25,00,00,00',
    '"Count"=dword:0000001f',
    '"Blob"=hex:00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,00,\\',
    '  00,00,00,00,00,00,00,00',
    '',
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\T\\Sub]',
    '',
    '',
  ]);
});

test('deletions, comments and other versions are read; other text is refused with its line', () => {
  const head = 'Windows Registry Editor Version 5.00\r\n\r\n';
  const place = { hive: 'HKEY_CURRENT_USER', path: 'Software\\A' };
  expect(
    parseRegFile(
      `${head}; note\r\n[-HKEY_CURRENT_USER\\Software\\B]\r\n[HKEY_CURRENT_USER\\Software\\A]\r\n"x"=-\r\n"y"=hex(1):61,00,\\\r\n  00,00\r\n`,
    ),
  ).toEqual(
    ok([
      { kind: 'delete-key', hive: 'HKEY_CURRENT_USER', path: 'Software\\B' },
      { kind: 'key', ...place },
      { kind: 'delete-value', ...place, name: 'x' },
      { kind: 'value', ...place, name: 'y', value: { kind: 'String', data: 'a' } },
    ]),
  );
  expect([parseRegFile('x=1'), parseRegFile(`${head}[HKEY_CURRENT_USER\\A]\r\nnonsense`)]).toEqual([
    { ok: false, error: { line: 1, text: 'x=1' } },
    { ok: false, error: { line: 4, text: 'nonsense' } },
  ]);
});
