import { contextIfAny } from './ambient.ts';
import { dotNetError } from './errors.ts';

/**
 * How much a script may hold at once. Real PowerShell has what the machine has; the limit is the product's own, so that
 * no script can take the window or the attempt with it. Counted in bytes about as .NET stores things (two for a character,
 * sixteen for an element of an array), never in the host's: the same script fails at the same place everywhere.
 */
const memoryLimit = 2 ** 29;
/** What may come to be before what is held is counted again. */
const smallest = 2 ** 26;

/** The account of one session. */
export interface Memory {
  /** Bytes made since what is held was last counted. */
  made: number;
  /** Bytes after which it is counted again. */
  until: number;
  /** Bytes that the session can still reach; stops counting beyond a limit. */
  readonly held: (limit: number) => number;
}

export const newMemory = (held: Memory['held']): Memory => ({ made: 0, until: smallest, held });

export const outOfMemory = (): Error =>
  dotNetError('System.OutOfMemoryException', "Exception of type 'System.OutOfMemoryException' was thrown.");

/** Says that so many bytes are about to be made; throws .NET's error where the session would hold too much. */
export function allocate(bytes: number): void {
  const memory = contextIfAny()?.memory;
  if (!memory) {
    if (bytes > memoryLimit) throw outOfMemory();
    return;
  }
  memory.made += bytes;
  if (memory.made > memory.until || bytes > memoryLimit) count(memory, bytes);
}

function count(memory: Memory, bytes: number): void {
  const held = bytes > memoryLimit ? 0 : memory.held(memoryLimit);
  memory.made = 0;
  memory.until = Math.max(smallest, Math.min(held, memoryLimit - held));
  if (held + bytes > memoryLimit) throw outOfMemory();
}
