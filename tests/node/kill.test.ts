import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AttemptFile, readRecords } from '../../src/node/attempt-file.ts';
import { EngineHost } from '../../src/node/engine-host.ts';
import { loadLab } from '../../src/node/lab-folder.ts';
import { draw } from '../../src/labs/vary.ts';
import { advanced, goOn, openAdmin, saved, typed } from './journal-driver.ts';
import type { Act } from './journal-driver.ts';
import { newAttempt, openHost, registryLab } from './host-client.ts';
import { childActs } from './kill-child-acts.ts';

const node = join(import.meta.dirname, '..', '..', 'node_modules', 'node', 'bin', 'node');

/** The solution of the registry lab as inputs of a journal. */
function solution(): readonly Act[] {
  const lab = loadLab(registryLab);
  const file = (name: string) => lab.files.get(name) ?? '';
  return [
    openAdmin,
    ...lab.solution.acts.flatMap((act): readonly Act[] => {
      if ('type' in act) return [typed(act.type)];
      if ('save' in act) return [saved(act.save.path, file(act.save.from))];
      if ('advance' in act) return [advanced(Number(/^PT(\d+)H$/.exec(act.advance)?.[1]))];
      return [];
    }),
  ];
}

test('killed at 200 points of the solution and opened again, the registry lab ends in the same state', async () => {
  const acts = solution();
  const whole = newAttempt();
  const uninterrupted = openHost({ labFolder: registryLab, attemptFolder: whole });
  const expected = await goOn(uninterrupted, acts);
  uninterrupted.close();
  const journal = readFileSync(join(whole, 'attempt.journal'));
  const records = readRecords('', journal).records;

  // What a kill leaves is a prefix of the file, torn anywhere. What comes of it depends on the whole records in it only,
  // so each such prefix is played to the end once.
  const ends = new Map<number, string>();
  for (let n = 0; n < 200; n++) {
    const at = draw('kill', String(n)) % (journal.length + 1);
    const folder = newAttempt();
    const path = join(folder, 'attempt.journal');
    writeFileSync(path, journal.subarray(0, at));
    const opened = AttemptFile.open(path);
    opened.file.close();
    expect(opened.records).toEqual(records.slice(0, opened.records.length));
    expect(readFileSync(path)).toEqual(journal.subarray(0, at - opened.cut));
    // A torn first record leaves nothing that names the seed.
    if (opened.records.length === 0) continue;
    if (!ends.has(opened.records.length)) {
      const host = openHost({ labFolder: registryLab, attemptFolder: folder });
      ends.set(opened.records.length, await goOn(host, acts));
      host.close();
    }
    expect(ends.get(opened.records.length)).toBe(expected);
  }
  expect(ends.size).toBeGreaterThan(8);
}, 600_000);

test('a process ended by kill -9 at any time goes on from its file', async () => {
  const whole = newAttempt();
  const uninterrupted = openHost({ attemptFolder: whole });
  const expected = await goOn(uninterrupted, childActs);
  uninterrupted.close();

  const folder = newAttempt();
  let kills = 0;
  for (let round = 0; round < 40; round++) {
    const child = spawn(node, [join(import.meta.dirname, 'kill-child.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    const ended = new Promise((resolve) => child.on('close', resolve));
    // The child says when it works; the kill comes some time after, a few milliseconds or many.
    const wait = draw('real kill', String(round)) % 400;
    await new Promise<void>((resolve) => {
      child.stdout.once('data', () => setTimeout(resolve, wait));
      child.once('close', () => resolve());
    });
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      kills++;
    }
    await ended;
    const hash = /^hash ([0-9a-f]+)$/m.exec(output)?.[1];
    if (hash !== undefined) {
      expect(hash).toBe(expected);
      break;
    }
  }
  const last = new EngineHost({
    labFolder: join(import.meta.dirname, 'small-lab'),
    attemptFolder: folder,
    engine: 'test',
  });
  expect(await goOn(last, childActs)).toBe(expected);
  last.close();
  expect(kills).toBeGreaterThan(0);
}, 300_000);
