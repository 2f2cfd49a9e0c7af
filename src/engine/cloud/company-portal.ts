import type { DeviceId, Guid } from '../../base/ids.ts';
import { supersedingApps } from './app-relations.ts';
import type { CloudState } from './cloud-state.ts';
import { effectiveAssignments } from './effective-assignments.ts';

/** An app as Company Portal lists it. */
export interface PortalApp {
  readonly app: Guid;
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly description: string;
  /** The administrator requires it: it comes by itself, the button only makes it come now. */
  readonly required: boolean;
}

/** The present as assignments write it, `2026-11-25T22:00:00`: in UTC and on the device's clock. */
export interface Clocks {
  readonly utc: string;
  readonly local: string;
}

/**
 * Apps that Company Portal offers a user on a device, by name: what is available to the user from its start time on. On
 * another's device there are none, and a superseding app stands in the place of those it supersedes (Microsoft Learn: Add
 * Win32 app supersedence).
 */
export function portalApps(
  state: CloudState,
  device: DeviceId,
  user: Guid,
  now: Clocks,
): readonly PortalApp[] {
  const owner = state.devices.get(device)?.primaryUser;
  if (owner === undefined || (owner !== null && owner !== user)) return [];
  const offered = effectiveAssignments(state, device, user).filter(
    ({ alsoAvailable, filter, assignment: { start, time } }) =>
      alsoAvailable && filter?.applies !== false && (start === null || start <= now[time]),
  );
  return offered
    .filter(({ app }) => {
      const above = supersedingApps(state.apps, app);
      return !offered.some((other) => above.includes(other.app));
    })
    .flatMap(({ app: id, intent }) => {
      const app = state.apps[id];
      if (app === undefined) return [];
      const { name, publisher, version, description } = app.setup;
      return [
        {
          app: id,
          name,
          publisher,
          version: version ?? '',
          description: description ?? '',
          required: intent === 'required',
        },
      ];
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
