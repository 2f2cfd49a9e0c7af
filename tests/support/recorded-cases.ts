import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './powershell-cases.ts';
import { desktopFile, parseCases } from './powershell-cases.ts';

const root = join(import.meta.dirname, '..', 'powershell');
const folder = join(root, 'cases');
export const listPath = join(root, 'not-covered.tsv');

export interface CaseFile {
  /** `cmdlets/24-paths`. */
  readonly name: string;
  readonly path: string;
  readonly cases: readonly Case[];
}

/** What Windows PowerShell is expected to print where it differs. */
export function desktopCases(file: CaseFile): readonly Case[] {
  const path = desktopFile(file.path);
  return existsSync(path) ? parseCases(readFileSync(path, 'utf8')) : [];
}

/** Every file of recorded cases, in the order of their names. */
export function caseFiles(): CaseFile[] {
  return readdirSync(folder)
    .sort()
    .flatMap((part) =>
      readdirSync(join(folder, part))
        .filter((file) => file.endsWith('.txt') && !file.endsWith('.desktop.txt'))
        .sort()
        .map((file) => ({
          name: `${part}/${file.slice(0, -4)}`,
          path: join(folder, part, file),
          cases: parseCases(readFileSync(join(folder, part, file), 'utf8')),
        })),
    );
}

/** `cmdlets/24-002`: the numbers alone repeat in each folder. */
export const caseKey = (file: CaseFile, one: Case): string => `${file.name.split('/')[0]}/${one.id}`;

/** Keys of the cases that this engine does not cover yet. */
export function notCovered(): ReadonlySet<string> {
  return new Set(
    readFileSync(listPath, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t')[0] as string),
  );
}
