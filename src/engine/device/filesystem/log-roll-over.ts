import type { Duration, Instant } from '../../../base/time.ts';
import { fileStamp } from '../../clock/time-text.ts';
import type { DeviceChange } from '../change.ts';
import type { FileRead } from '../device-reader.ts';
import { leafName, parentPath } from './file-path.ts';

const defaultSize = 3 * 1024 * 1024;
/** What older texts say. */
const smallSize = 2 * 1024 * 1024;
const defaultHistory = 3;

export interface LogLimits {
  /** Bytes. */
  readonly size: number;
  /** Renamed copies that stay. */
  readonly history: number;
}

/** What the agent's logging key says, as text, where it is set to a number above 0. `small`: by default 2 MB. */
export const logLimits = (
  size: string | undefined,
  history: string | undefined,
  small: boolean,
): LogLimits => ({
  size: numberOr(size, small ? smallSize : defaultSize),
  history: numberOr(history, defaultHistory),
});

/**
 * A log that has passed its size is renamed with the time of its last record (`AppWorkload-20260512-103507.log`); of
 * the renamed ones, which are among `files` of its folder, the newest few stay.
 */
export function rollOver(
  path: string,
  last: { readonly at: Instant; readonly offset: Duration },
  files: readonly FileRead[],
  history: number,
): readonly DeviceChange[] {
  const name = leafName(path).replace(/\.log$/i, '');
  const folder = parentPath(path);
  const stamp = fileStamp(last.at, last.offset);
  const copies = files
    .filter((file) => new RegExp(`^${name}-\\d{8}-\\d{6}(_\\d+)?\\.log$`, 'i').test(file.name))
    .map((file) => file.path);
  // Two files full within one second.
  let to = `${folder}\\${name}-${stamp}.log`;
  for (let n = 1; copies.some((copy) => copy.toLowerCase() === to.toLowerCase()); n++)
    to = `${folder}\\${name}-${stamp}_${n}.log`;
  const keep = Math.max(0, history - 1);
  const old = copies.slice(0, Math.max(0, copies.length - keep));
  return [
    ...old.map((copy): DeviceChange => ({ kind: 'file.remove', path: copy })),
    { kind: 'file.move', from: path, to },
  ];
}

function numberOr(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : otherwise;
}
