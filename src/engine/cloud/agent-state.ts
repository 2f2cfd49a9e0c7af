import type { DeviceId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { AgentRelease } from './agent-release.ts';
import { Rows } from './rows.ts';

/** What the service knows of the agents themselves, by device. */
export interface CloudAgents {
  /** The last heartbeat of each device. */
  readonly health: Rows<HealthReport>;
  /** Programs that each device has reported, by program id. */
  readonly inventories: Rows<DeviceInventory>;
  /** What the admin centre shows of them for each device: some time behind. */
  readonly discovered: Rows<Readonly<Record<string, DiscoveredApp>>>;
  /** The tenant's list, by name, version and publisher. */
  readonly aggregate: Readonly<Record<string, AggregateRow>>;
  /** Agent versions that the service has given out, the oldest first. */
  readonly releases: readonly AgentRelease[];
  /** When that list was last made anew; null before the first inventory. */
  readonly aggregatedAt: Instant | null;
}

export interface DeviceInventory {
  readonly receivedAt: Instant;
  readonly apps: Readonly<Record<string, DiscoveredApp>>;
}

export interface DiscoveredApp {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
}

/** A row of Apps > Monitor > Discovered apps. */
export interface AggregateRow {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  /** Ids of the devices it was found on when the list was last made anew, and found since. */
  readonly devices: readonly string[];
}

/** A heartbeat as the client health evaluation of a device sent it. */
export interface HealthReport {
  readonly device: DeviceId;
  readonly receivedAt: Instant;
  readonly agentVersion: string;
  /** `extensionState` of the data warehouse. */
  readonly state: 'Healthy' | 'Unhealthy';
  readonly results: readonly {
    readonly rule: string;
    readonly description: string;
    readonly result: string;
    readonly details: string;
    readonly remediated: boolean;
  }[];
}

export const noAgents: CloudAgents = Object.freeze({
  health: Rows.none<HealthReport>(),
  inventories: Rows.none<DeviceInventory>(),
  discovered: Rows.none<Readonly<Record<string, DiscoveredApp>>>(),
  aggregate: {},
  releases: [],
  aggregatedAt: null,
});
