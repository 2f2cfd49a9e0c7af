import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { worldFiles } from '../../src/node/lab-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-folder-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const names = (world?: string): readonly string[] => [...worldFiles(folder, world).keys()].sort();

test('a world file brings what it names and leaves the rest of its folder alone', () => {
  write('files/good/install.cmd', 'exit 0');
  write('files/drawn/a/install.cmd', 'exit 0');
  write('scripts/check.ps1', '1');
  write('logs/events.jsonl', 'x'.repeat(5 * 1024 * 1024));
  write('other/secret.txt', 'not asked for');
  write(
    'world.yaml',
    [
      'apps:',
      '  - { name: logs of A, content: { folder: files/good, setupFile: install.cmd } }',
      "  - { content: { folder: 'files/drawn/{{part}}', setupFile: install.cmd } }",
      'scripts: [{ from: scripts/check.ps1 }]',
      'outside: [../other, /etc/hostname, other\\secret.txt]',
    ].join('\n'),
  );
  expect(names('world.yaml')).toEqual([
    'files/drawn/a/install.cmd',
    'files/good/install.cmd',
    'scripts/check.ps1',
    'world.yaml',
  ]);
});

test('a lab folder is read whole, so that nothing too large hides in it', () => {
  write('world.yaml', 'apps: []');
  write('steps/01.md', 'text');
  expect(names()).toEqual(['steps/01.md', 'world.yaml']);
  write('large.bin', 'x'.repeat(5 * 1024 * 1024));
  expect(() => names()).toThrow('large.bin has 5242880 bytes; a lab file may have 4194304');
});
