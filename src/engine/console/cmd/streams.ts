import { utf8Encode } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';
import type { FilePort, OutputPort } from '../../powershell/host.ts';

/** Where a handle of a command leads. */
export interface Target {
  /** Set where a child inherits the handle as it is; else the child's output is caught and written here. */
  readonly inherited: 'out' | 'error' | undefined;
  write(text: string): void;
}

/** Text a command reads, taken line by line. */
export class Input {
  private rest: string;
  constructor(text: string) {
    this.rest = text;
  }
  line(): string | undefined {
    if (this.rest === '') return undefined;
    const end = this.rest.indexOf('\n');
    const line = end < 0 ? this.rest : this.rest.slice(0, end);
    this.rest = end < 0 ? '' : this.rest.slice(end + 1);
    return line.replace(/\r$/, '');
  }
  all(): string {
    const text = this.rest;
    this.rest = '';
    return text;
  }
  bytes(): Bytes {
    return utf8Encode(this.all());
  }
}

export interface Streams {
  readonly input: Input | undefined;
  readonly out: Target;
  readonly error: Target;
}

export const consoleTarget = (output: OutputPort, stream: 'out' | 'error'): Target => ({
  inherited: stream,
  write: (text) => output.write(stream, text),
});

export const nullTarget: Target = { inherited: undefined, write: () => undefined };

/** Collects. */
export class TextTarget implements Target {
  readonly inherited = undefined;
  text = '';
  write(text: string): void {
    this.text += text;
  }
}

/** A file as `>` or `>>` opens it; a string says why it cannot be. */
export function fileTarget(files: FilePort, path: string, append: boolean): Target | string {
  const known = files.info(path);
  if (known.ok && known.value.kind === 'directory') return 'Access is denied.';
  if (!append || !known.ok) {
    const made = files.write(path, utf8Encode(''));
    if (!made.ok)
      return made.error.code === 'parent-not-found'
        ? 'The system cannot find the path specified.'
        : made.error.code === 'in-use'
          ? 'The process cannot access the file because it is being used by another process.'
          : 'Access is denied.';
  }
  return {
    inherited: undefined,
    write: (text) => {
      files.append(path, utf8Encode(text));
    },
  };
}
