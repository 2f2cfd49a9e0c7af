import type { Duration } from '../base/time.ts';
import { duration } from '../base/time.ts';
import { durationOf } from './duration.ts';
import { draw } from './vary.ts';
import type { DeviceFile, FleetFile, WorldFile } from './world-schema.ts';

/** A device of a fleet comes: it is enrolled, and its user signs in. */
interface Arrival {
  /** Since the start of the world. */
  readonly after: Duration;
  readonly device: string;
  readonly user: string;
}

export interface Fleet {
  readonly users: WorldFile['users'];
  readonly devices: readonly DeviceFile[];
  /** Members by name of group. */
  readonly members: ReadonlyMap<
    string,
    { readonly users: readonly string[]; readonly devices: readonly string[] }
  >;
  /** By time. */
  readonly arrivals: readonly Arrival[];
}

/**
 * The devices of all fleets of a world, each with a user of its own. What differs between them is drawn by the device's
 * name: a fleet that grows leaves the devices it had as they were.
 */
export function fleetOf(fleets: readonly FleetFile[], seed: string): Fleet {
  const users: WorldFile['users'][number][] = [];
  const devices: DeviceFile[] = [];
  const members = new Map<string, { users: string[]; devices: string[] }>();
  const arrivals: Arrival[] = [];
  const join = (group: string | undefined, kind: 'users' | 'devices', name: string) => {
    if (group === undefined) return;
    const list = members.get(group) ?? { users: [], devices: [] };
    list[kind].push(name);
    members.set(group, list);
  };
  for (const fleet of fleets) {
    const span = durationOf(fleet.over);
    for (let n = 1; n <= fleet.count; n++) {
      const number = String(n).padStart(3, '0');
      const id = `${fleet.prefix}${number}`;
      const name = `user${number}.${fleet.prefix.toLowerCase().replace(/-+$/, '')}`;
      const one = <T>(what: string, list: readonly T[]): T =>
        list[draw(seed, `fleet ${id} ${what}`) % list.length] as T;
      users.push({
        name,
        displayName: `User ${number} (${fleet.prefix.replace(/-+$/, '')})`,
        upn: `${name}@${fleet.domain}`,
        administrator: false,
      });
      devices.push({
        id,
        os: one('os', fleet.os),
        zone: one('zone', fleet.zone),
        users: [name],
        primaryUser: name,
        agentVersion: one('agent', fleet.agentVersion),
        disk: one('disk', fleet.disk),
        memory: one('memory', fleet.memory),
        manufacturer: one('manufacturer', fleet.manufacturer),
        model: one('model', fleet.model),
        files: [],
      });
      join(fleet.group, 'devices', id);
      join(fleet.userGroup, 'users', name);
      const seconds = Math.max(1, Math.floor(span / 1_000_000));
      const after = duration((draw(seed, `fleet ${id} arrives`) % seconds) * 1_000_000);
      arrivals.push({ after, device: id, user: name });
    }
  }
  arrivals.sort((a, b) => a.after - b.after || (a.device < b.device ? -1 : 1));
  return { users, devices, members, arrivals };
}
