import type { DeviceId } from '../base/ids.ts';
import { upperInvariant } from '../engine/clock/case.ts';
import type { WorldEvent } from '../engine/world/event.ts';
import type { LatestChanges } from './view.ts';

export const noChanges: LatestChanges = { keys: new Set(), values: new Set() };

/** Which keys (with all above them) and values of the registry events wrote. */
export function changesOf(events: readonly WorldEvent[], device: DeviceId): LatestChanges {
  const keys = new Set<string>();
  const values = new Set<string>();
  for (const event of events) {
    if (event.device !== device || event.data.kind !== 'change') continue;
    const { change } = event.data;
    if (!('hive' in change)) continue;
    const path = upperInvariant(change.path === '' ? change.hive : `${change.hive}\\${change.path}`);
    if (change.kind === 'registry.set') values.add(`${path}\\\0${upperInvariant(change.name)}`);
    for (let end = path.length; end > 0; end = path.lastIndexOf('\\', end - 1)) {
      const key = path.slice(0, end);
      if (keys.has(key)) break;
      keys.add(key);
    }
  }
  return keys.size === 0 && values.size === 0 ? noChanges : { keys, values };
}
