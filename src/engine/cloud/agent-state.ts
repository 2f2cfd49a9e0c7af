import type { DeviceId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';

/** What the service knows of the agents themselves, by device. */
export interface CloudAgents {
  /** The last heartbeat of each device. */
  readonly health: Readonly<Record<string, HealthReport>>;
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

export const noAgents: CloudAgents = Object.freeze({ health: {} });
