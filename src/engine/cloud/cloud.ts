import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import type { Duration, Instant } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';

/** A request as it arrives at a host of the simulated network. Bodies are bytes in a string (0 to 255 a character). */
export interface CloudRequest {
  /** Who sent it, as its client certificate says. */
  readonly device: DeviceId;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface CloudResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** What a change of the service brings about besides its new state. */
export interface CloudOutcome<State> {
  readonly state: State;
  /** Facts for the history: report rows, assignments … `rule` is an id of the cloud's rules. */
  readonly events: readonly { readonly what: string; readonly data: QueueData; readonly rule: string }[];
  /** Entries that wake the service later (`due`). */
  readonly later: readonly {
    readonly after: Duration;
    readonly kind: string;
    readonly data: QueueData;
    readonly rule: string;
  }[];
  /** Push notifications to devices: the device's MDM client begins a sync, or its agent runs a remediation. */
  readonly push: readonly (
    | { readonly device: DeviceId; readonly reason: 'admin-centre' }
    | { readonly device: DeviceId; readonly reason: 'remediation'; readonly script: Guid }
  )[];
}

export interface CloudRefusal {
  readonly code: string;
  /** What was expected and what was found. */
  readonly message: string;
}

/** The simulated Intune service, as the world calls it. State is immutable plain data with structural sharing. */
export interface CloudPart<State> {
  readonly empty: State;
  /** An administrator's act in the admin centre; see `admin-actions.ts` for verbs and data. */
  admin(
    state: State,
    action: string,
    data: QueueData,
    at: Instant,
  ): Result<CloudOutcome<State>, CloudRefusal>;
  serve(
    state: State,
    request: CloudRequest,
    at: Instant,
  ): CloudOutcome<State> & { readonly response: CloudResponse };
  due(state: State, kind: string, data: QueueData, at: Instant): CloudOutcome<State>;
  label(kind: string, data: QueueData): string;
}
