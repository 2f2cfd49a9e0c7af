import type { Guid } from '../base/ids.ts';
import { statusReportsKey } from '../engine/agent/paths.ts';
import { companyPortalStates } from '../engine/agent/state-names.ts';
import { isoTime } from '../engine/clock/time-text.ts';
import { instant } from '../base/time.ts';
import type { CloudState, PortalApp } from '../engine/cloud/index.ts';
import { portalApps } from '../engine/cloud/index.ts';
import type { DeviceReader } from '../engine/device/device-reader.ts';

/** A line of Company Portal: an offered app, and what the agent last told of it on this device. */
export interface PortalLine extends PortalApp {
  /** Null: the agent has not told anything. */
  readonly status: (typeof companyPortalStates)[keyof typeof companyPortalStates] | null;
}

/** What a user sees in Company Portal on a device. */
export function companyPortal(cloud: CloudState, read: DeviceReader, user: Guid): readonly PortalLine[] {
  const text = (at: number): string => isoTime(instant(at)).slice(0, 19);
  const now = { utc: text(read.now), local: text(read.now + read.offsetAt(read.now)) };
  return portalApps(cloud, read.id, user, now).map((app) => ({
    ...app,
    status: statusOf(read, user, app.app),
  }));
}

function statusOf(read: DeviceReader, user: Guid, app: Guid): PortalLine['status'] {
  const stored = read.value('HKLM', `${statusReportsKey}\\${user}\\${app}`, 'Status')?.value;
  const state = stored?.kind === 'String' ? Number(stored.data) : 0;
  return companyPortalStates[state as keyof typeof companyPortalStates] ?? null;
}
