import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createHash } from 'node:crypto';
import { SidecarError } from '../base/error.ts';
import { readLab } from '../labs/lab.ts';
import type { Lab, LabFiles } from '../labs/lab.ts';
import { problemText } from '../labs/problem.ts';

const largest = 4 * 1024 * 1024;

/** Text files below a lab folder. Links are not followed: a lab is only what its folder holds. */
export function labFiles(folder: string): LabFiles {
  const files = new Map<string, string>();
  const walk = (prefix: string) => {
    const entries = readdirSync(join(folder, prefix), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    for (const entry of entries) {
      const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (entry.isFile()) {
        const text = readFileSync(join(folder, name));
        if (text.length > largest)
          throw new SidecarError(
            'lab-file-too-large',
            `${name} has ${text.length} bytes; a lab file may have ${largest}`,
            { name },
          );
        files.set(name, text.toString('utf8').replace(/^\uFEFF/, ''));
      }
    }
  };
  walk('');
  return files;
}

/** Reads a lab or throws one error that lists every problem as file:line: what was expected. */
export function loadLab(folder: string): Lab {
  const result = readLab(basename(folder), labFiles(folder));
  if (result.ok) return result.value;
  throw new SidecarError(
    'lab-malformed',
    `The lab in ${folder} has errors:\n${result.error.map(problemText).join('\n')}`,
    { folder },
  );
}

/** Names the content an attempt was started with, so that a replay knows whether it has the same. */
export function labHash(lab: Lab): string {
  const hash = createHash('sha256');
  for (const name of [...lab.files.keys()].sort()) hash.update(`${name}\0${lab.files.get(name) ?? ''}\0`);
  return hash.digest('hex').slice(0, 16);
}
