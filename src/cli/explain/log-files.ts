import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SidecarError } from '../../base/error.ts';
import { RecordReader } from '../../engine/agent/explain/index.ts';
import type { LogEntry } from '../../engine/agent/explain/index.ts';
import { textOf } from './log-text-source.ts';

/** One log with the copies it rolled over to, oldest first. */
interface LogFamily {
  readonly name: string;
  readonly files: readonly string[];
}

/** Where an entry comes from: the file's name is enough, the folder is the same for all. */
export interface EntryRead {
  readonly file: string;
  readonly entry: LogEntry;
}

/** Files named by arguments: a folder stands for the logs in it. */
export function logFilesOf(paths: readonly string[]): readonly string[] {
  const files = paths.flatMap((path) => {
    let folder: boolean;
    try {
      folder = statSync(path).isDirectory();
    } catch (cause) {
      throw new SidecarError('log-missing', `There is no file or folder ${path}`, { path }, cause);
    }
    if (!folder) return [path];
    return readdirSync(path)
      .filter((name) => /\.lo[g_]$/i.test(name))
      .sort()
      .map((name) => join(path, name));
  });
  if (files.length === 0)
    throw new SidecarError('log-missing', `There is no .log file in ${paths.join(', ')}`, { paths });
  return [...new Set(files)];
}

/** `AppWorkload-20260504-080000.log` and `_AppWorkload.log` are older parts of `AppWorkload.log`. */
function partOf(file: string): { readonly family: string; readonly age: string } {
  const name = basename(file).replace(/\.lo[g_]$/i, '');
  const stamped = /^(.+)-(\d{8}-\d{6})$/.exec(name);
  if (stamped) return { family: stamped[1] ?? name, age: stamped[2] ?? '' };
  // One copy of the oldest agents; the running file sorts after every stamp.
  if (name.startsWith('_') || /\.lo_$/i.test(file)) return { family: name.replace(/^_/, ''), age: '' };
  return { family: name, age: '99999999' };
}

function familiesOf(files: readonly string[]): readonly LogFamily[] {
  const families = new Map<string, { file: string; age: string }[]>();
  for (const file of files) {
    const { family, age } = partOf(file);
    families.set(family, [...(families.get(family) ?? []), { file, age }]);
  }
  return [...families].map(([name, parts]) => ({
    name,
    files: parts.sort((a, b) => (a.age < b.age ? -1 : a.age > b.age ? 1 : 0)).map(({ file }) => file),
  }));
}

function* entriesOf(family: LogFamily): Generator<EntryRead> {
  for (const path of family.files) {
    const reader = new RecordReader();
    const file = basename(path);
    for (const text of textOf(path)) for (const entry of reader.push(text)) yield { file, entry };
    for (const entry of reader.end()) yield { file, entry };
  }
}

/** A log whose next entry waits for its turn. */
interface Stream {
  readonly entries: Generator<EntryRead>;
  next: EntryRead;
  /** Local time of the newest record: a line without a time comes with the one before it. */
  at: number;
}

/** Entries of all logs in the order of their time; those of one log stay in the order of the file. */
export function* mergedEntries(files: readonly string[]): Generator<EntryRead> {
  const streams = familiesOf(files).flatMap((family): Stream[] => {
    const entries = entriesOf(family);
    const { value, done } = entries.next();
    return done === true ? [] : [{ entries, next: value, at: timeOf(value.entry, 0) }];
  });
  while (streams.length > 0) {
    let first = 0;
    for (let n = 1; n < streams.length; n++) if ((streams[n]?.at ?? 0) < (streams[first]?.at ?? 0)) first = n;
    const stream = streams[first];
    if (!stream) return;
    yield stream.next;
    const { value, done } = stream.entries.next();
    if (done === true) streams.splice(first, 1);
    else {
      stream.next = value;
      stream.at = timeOf(value.entry, stream.at);
    }
  }
}

const timeOf = (entry: LogEntry, before: number): number => (entry.kind === 'record' ? entry.local : before);
