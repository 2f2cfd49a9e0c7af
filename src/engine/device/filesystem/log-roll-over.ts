import type { Duration, Instant } from '../../../base/time.ts';
import { fileStamp } from '../../clock/time-text.ts';
import type { DeviceChange } from '../change.ts';
import type { FileRead } from '../device-reader.ts';
import { leafName, parentPath } from './file-path.ts';

const defaultSize = 3 * 1024 * 1024;
const defaultHistory = 3;

/**
 * A log that has passed its size is renamed with the time of its last record (`AppWorkload-20260512-103507.log`); of
 * the renamed ones the newest few stay. Size and number come from the agent's logging key, as text, where they are set.
 */
export function rollOver(
  path: string,
  length: number,
  last: { readonly at: Instant; readonly offset: Duration },
  list: (folder: string) => readonly FileRead[],
  configured: { readonly size: string | undefined; readonly history: string | undefined },
): readonly DeviceChange[] {
  if (length <= numberOr(configured.size, defaultSize)) return [];
  const name = leafName(path).replace(/\.log$/i, '');
  const folder = parentPath(path);
  const stamp = fileStamp(last.at, last.offset);
  const copies = list(folder)
    .filter((file) => new RegExp(`^${name}-\\d{8}-\\d{6}(_\\d+)?\\.log$`, 'i').test(file.name))
    .map((file) => file.path);
  // Two files full within one second.
  let to = `${folder}\\${name}-${stamp}.log`;
  for (let n = 1; copies.some((copy) => copy.toLowerCase() === to.toLowerCase()); n++)
    to = `${folder}\\${name}-${stamp}_${n}.log`;
  const keep = Math.max(0, numberOr(configured.history, defaultHistory) - 1);
  const old = copies.slice(0, Math.max(0, copies.length - keep));
  return [
    ...old.map((copy): DeviceChange => ({ kind: 'file.remove', path: copy })),
    { kind: 'file.move', from: path, to },
  ];
}

function numberOr(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d+$/.test(text) && Number(text) > 0 ? Number(text) : otherwise;
}
