import type { DeviceId } from '../../base/ids.ts';

/** A bare device as it leaves the factory and first meets its users; everything else must come about by simulation. */
export interface DeviceStart {
  readonly id: DeviceId;
  readonly os: OsName;
  /** Windows time zone id, e.g. `W. Europe Standard Time`. */
  readonly zone: string;
  /** GUIDs in lower case. `entraDeviceId` identifies the device to the service. */
  readonly entraDeviceId: string;
  readonly intuneDeviceId: string;
  readonly users: readonly UserStart[];
  /** Version of the agent that enrolment installs, e.g. `1.101.109.0`. */
  readonly agentVersion: string;
  /** Files that are there from the start (a learner's folder, tools), text in UTF-8. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Tools beside Windows, in C:\\Tools. */
  readonly tools?: readonly 'sysinternals'[];
  /** GiB of the system volume: size and what is free. */
  readonly disk: { readonly size: number; readonly free: number };
  /** MiB. */
  readonly memory: number;
  /** Answers to questions that sources disagree on, where they differ from the default: see the agent's `disputes.ts`. */
  readonly disputes?: Readonly<Record<string, string>>;
  readonly manufacturer: string;
  readonly model: string;
}

export type OsName = 'windows-10-22h2' | 'windows-11-23h2' | 'windows-11-24h2';

export interface UserStart {
  /** Account name as in the profile folder, e.g. `AdeleVance`. */
  readonly name: string;
  readonly displayName: string;
  readonly upn: string;
  /** Entra object id, lower case. */
  readonly entraId: string;
  /** `S-1-12-1-…`, which Windows derives from the object id. */
  readonly sid: string;
  readonly administrator: boolean;
}
