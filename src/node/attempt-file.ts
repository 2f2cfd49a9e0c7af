import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import { SidecarError } from '../base/error.ts';
import type { AttemptRecord } from '../labs/attempt.ts';

/**
 * An attempt on disk: one record a line, `<crc32 as 8 hex> <JSON>`. Append-only. A torn last line (the process was
 * killed while it wrote) is cut when the file is opened; a damaged line in the middle is an error that says where.
 */
export class AttemptFile {
  readonly path: string;
  #handle: number | undefined;
  #size: number;

  private constructor(path: string, handle: number, size: number) {
    this.path = path;
    this.#handle = handle;
    this.#size = size;
  }

  static open(path: string): {
    readonly file: AttemptFile;
    readonly records: readonly AttemptRecord[];
    readonly cut: number;
  } {
    const content = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const { records, good } = readRecords(path, content);
    const handle = openSync(path, 'a');
    if (good < content.length) ftruncateSync(handle, good);
    return { file: new AttemptFile(path, handle, good), records, cut: content.length - good };
  }

  /** On return the record survives a kill of this process; after `sync` also a loss of power. */
  append(record: AttemptRecord): void {
    if (this.#handle === undefined) throw new SidecarError('attempt-closed', `${this.path} is closed`);
    const line = Buffer.from(recordLine(record), 'utf8');
    let written = 0;
    try {
      while (written < line.length) written += writeSync(this.#handle, line, written);
      this.#size += line.length;
    } catch (cause) {
      // A half line would look like damage to the next record.
      ftruncateSync(this.#handle, this.#size);
      throw new SidecarError(
        'attempt-not-saved',
        `The attempt could not be saved to ${this.path}: ${cause instanceof Error ? cause.message : String(cause)}. Free some disk space; nothing was changed.`,
        { path: this.path },
        cause,
      );
    }
  }

  sync(): void {
    if (this.#handle !== undefined) fdatasyncSync(this.#handle);
  }

  get size(): number {
    return this.#handle === undefined ? this.#size : fstatSync(this.#handle).size;
  }

  close(): void {
    if (this.#handle === undefined) return;
    closeSync(this.#handle);
    this.#handle = undefined;
  }
}

export function recordLine(record: AttemptRecord): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

function checksum(json: string): string {
  return crc32Of(json).toString(16).padStart(8, '0');
}

/** `zlib.crc32` came with Node 22.2; the test runtime has 18. */
function crc32Of(text: string): number {
  if (typeof crc32 === 'function') return crc32(text);
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function readRecords(
  path: string,
  content: Buffer,
): { readonly records: readonly AttemptRecord[]; readonly good: number } {
  const records: AttemptRecord[] = [];
  let start = 0;
  for (let number = 1; start < content.length; number++) {
    const end = content.indexOf(10, start);
    const line = end < 0 ? undefined : content.toString('utf8', start, end);
    const json = line?.slice(9) ?? '';
    const sound = line !== undefined && line[8] === ' ' && line.slice(0, 8) === checksum(json);
    if (!sound) {
      const last = end < 0 || end === content.length - 1;
      if (last) break;
      throw new SidecarError(
        'attempt-damaged',
        `${path}:${number}: the record does not match its checksum; the attempt was changed outside the product or the disk is failing`,
        { path, line: number },
      );
    }
    records.push(JSON.parse(json) as AttemptRecord);
    start = end + 1;
  }
  return { records, good: start };
}
