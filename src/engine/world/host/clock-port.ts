import { ok } from '../../../base/result.ts';
import { duration } from '../../../base/time.ts';
import { findZone } from '../../clock/zone.ts';
import { zoneValues } from '../../device/image/time-zone.ts';
import type { ClockPort } from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** The device's clock: anybody reads it and sets the zone, administrators set the time. */
export function clockPort(options: HostOptions): ClockPort {
  const { draft, identity } = options;
  const set = (ahead: number) =>
    identity.elevated || identity.isSystem
      ? options.emit({ kind: 'clock.set', ahead: duration(ahead) })
      : refused('access-denied', 'A required privilege is not held by the client.', '');
  return {
    now: options.now,
    spend: options.spend,
    get zone() {
      const { windowsId, ianaId } = draft().zone;
      return { windowsId, ianaId };
    },
    offsetAt: (at) => draft().offsetAt(at),
    setTime: (at) => set(draft().machine.clockAhead + (at - options.now())),
    setZone(id) {
      const zone = findZone(id);
      if (!zone) return refused('not-found', `The time zone ID '${id}' was not found.`, id);
      for (const { path, name, value } of zoneValues(zone.windowsId, options.now())) {
        const done = options.emit({ kind: 'registry.set', hive: 'HKLM', path, name, value });
        if (!done.ok) return done;
      }
      return ok(undefined);
    },
    synchronise: () =>
      draft().networkUp
        ? set(0)
        : refused('unreachable', 'The computer did not resync because no time data was available.', ''),
  };
}
