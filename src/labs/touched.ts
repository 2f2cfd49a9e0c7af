import type { DeviceId } from '../base/ids.ts';
import type { WorldEvent } from '../engine/world/event.ts';

/** What an event wrote, as a prefix in the form of `ScriptOutcome.reads`; null where it wrote nothing that a script reads. */
export function writtenBy(event: WorldEvent): string | null {
  const { data } = event;
  if (data.kind === 'log') return `file:${data.file}`;
  if (data.kind !== 'change') return null;
  const { change } = data;
  if ('hive' in change) return `registry:${change.hive}\\${change.path}`;
  if (change.kind === 'file.move') return `file:${change.from}`;
  if ('path' in change) return `file:${change.path}`;
  if (change.kind === 'service.state') return `service:${change.name}`;
  return null;
}

/** True where one of the events on the device wrote something at, below or above what was read. */
export function touched(
  reads: readonly string[] | null,
  events: readonly WorldEvent[],
  device: DeviceId,
): boolean {
  if (reads === null) return events.length > 0;
  const prefixes = reads.map((read) => read.toLowerCase());
  const seen = new Set<string>();
  for (const event of events) {
    if (event.device !== device) continue;
    const written = writtenBy(event)?.toLowerCase();
    if (written === undefined || seen.has(written)) continue;
    seen.add(written);
    if (prefixes.some((read) => within(written, read) || within(read, written))) return true;
    // A file moved in is written where it goes, too.
    if (event.data.kind === 'change' && event.data.change.kind === 'file.move') {
      const to = `file:${event.data.change.to}`.toLowerCase();
      if (prefixes.some((read) => within(to, read) || within(read, to))) return true;
    }
  }
  return false;
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('\\') ? folder : `${folder}\\`);
}
