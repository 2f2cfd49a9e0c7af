import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settings } from '../../src/protocol/ipc.ts';
import type { Settings } from '../../src/protocol/ipc.ts';

const initial: Settings = { theme: 'system', zoom: 1, screenReader: false, layouts: {} };

/** Settings of this learner, one JSON file, replaced whole by a rename so that a kill leaves the old or the new one. */
export class SettingsFile {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'settings.json');
  }

  /** A file that is missing or does not parse gives the defaults: settings are never worth a start that fails. */
  read(): Settings {
    try {
      return settings.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      return initial;
    }
  }

  write(value: Settings): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const staged = `${this.#path}.${process.pid}`;
    writeFileSync(staged, JSON.stringify(value, null, 2));
    renameSync(staged, this.#path);
  }
}
