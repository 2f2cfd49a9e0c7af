import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the installation: the nearest one above this file that has the labs. */
export function installationRoot(): string {
  // The built command is CommonJS and has __dirname; the source has import.meta.
  const here = typeof __dirname === 'string' ? __dirname : dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'labs', 'course.yaml'))) return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}
