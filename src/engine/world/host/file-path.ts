import { normalPath } from '../../device/filesystem/file-path.ts';

const system32 = /^[a-z]:\\windows\\system32(?=\\|$)/i;
const sysnative = /^[a-z]:\\windows\\sysnative(?=\\|$)/i;
/** Folders of System32 that 32-bit programs see as they are. */
const exempt =
  /^[a-z]:\\windows\\system32\\(catroot|catroot2|driverstore|drivers\\etc|logfiles|spool)(\\|$)/i;

/** Where a path of a process leads on the volume. `shown` gives a stored path as that process would name it. */
export interface ResolvedPath {
  readonly path: string;
  shown(stored: string): string;
}

const asStored = (stored: string): string => stored;

/** 32-bit processes see SysWOW64 as System32, and the real System32 as Sysnative. */
export function resolvePath(given: string, process64Bit: boolean): ResolvedPath {
  const path = normalPath(given);
  if (process64Bit) return { path, shown: asStored };
  if (sysnative.test(path))
    return {
      path: path.replace(sysnative, (match) => `${match.slice(0, -9)}System32`),
      shown: (stored) => stored.replace(system32, (match) => `${match.slice(0, -8)}Sysnative`),
    };
  if (system32.test(path) && !exempt.test(path))
    return {
      path: path.replace(system32, (match) => `${match.slice(0, -8)}SysWOW64`),
      shown: (stored) => stored.replace(/\\SysWOW64(?=\\|$)/i, '\\System32'),
    };
  return { path, shown: asStored };
}
