import type { Bytes } from '../../base/bytes.ts';
import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { AppAssign, AppCreate } from './admin-actions.ts';
import type { Region } from './agent-release.ts';
import type { CloudAgents } from './agent-state.ts';
import { noAgents } from './agent-state.ts';
import type { CloudAppService } from './app-state.ts';
import { noAppService } from './app-state.ts';
import type { CloudScripts } from './script-state.ts';
import { noScripts } from './script-state.ts';
import { Rows } from './rows.ts';

/** One Intune tenant. Plain immutable data; records are keyed by id. */
export interface CloudState {
  readonly tenant: {
    readonly id: Guid;
    readonly name: string;
    readonly seed: string;
    readonly region: Region;
  };
  readonly users: Readonly<Record<string, CloudUser>>;
  readonly groups: Readonly<Record<string, CloudGroup>>;
  /** By the device's id in the world. */
  readonly devices: Rows<CloudDevice>;
  readonly apps: Readonly<Record<string, CloudApp>>;
  /** In the order they were made. */
  readonly assignments: readonly Assignment[];
  /** Packages on the content delivery host, by path. */
  readonly content: Readonly<Record<string, Bytes>>;
  /** Last results received, by `reportKey`; the admin centre shows them after the lag. */
  readonly received: Rows<InstallReport>;
  /** What the admin centre shows. */
  readonly reports: Rows<InstallReport>;
  readonly scripts: CloudScripts;
  readonly appService: CloudAppService;
  readonly agents: CloudAgents;
}

export interface CloudUser {
  readonly id: Guid;
  readonly upn: string;
  readonly displayName: string;
}

export interface CloudGroup {
  readonly id: Guid;
  readonly name: string;
  readonly users: readonly Guid[];
  readonly devices: readonly DeviceId[];
  /** Groups in it, whose members are its own. */
  readonly groups: readonly Guid[];
}

export interface CloudDevice {
  readonly id: DeviceId;
  readonly entraDeviceId: Guid;
  readonly intuneDeviceId: Guid;
  readonly primaryUser: Guid | null;
  readonly enrolledAt: Instant;
  /** Version that its enrolment asks for. */
  readonly agentVersion: string;
  /** Version that its agent has named; null: not yet. */
  readonly agentSeen: string | null;
  /** When the MSI job of the agent was last sent; null: never. */
  readonly agentSent: Instant | null;
  readonly lastContact: Instant | null;
  /** What the device has told of itself; null: not yet. */
  readonly osVersion: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
}

export interface CloudApp {
  readonly id: Guid;
  /** Counts changes; the `_1` of registry keys and folders. */
  readonly revision: number;
  /** Counts changes of dependencies and supersedence. */
  readonly relationVersion: number;
  readonly setup: Omit<AppCreate, 'id'>;
  /** Null: an app of the Microsoft Store, whose content is not with the service. */
  readonly package: CloudPackage | null;
  /** Package of the Microsoft Store; null: a Win32 app. */
  readonly storePackage: string | null;
  /** Ids instead of the names that the administrator may have used. */
  readonly dependencies: readonly { readonly app: Guid; readonly autoInstall: boolean }[];
  readonly supersedes: readonly { readonly app: Guid; readonly uninstall: boolean }[];
}

/** What the service must know of an uploaded package; keys in base64 as the metadata file holds them. */
export interface CloudPackage {
  readonly path: string;
  readonly size: number;
  readonly encryptionKey: string;
  readonly macKey: string;
  readonly initializationVector: string;
  readonly mac: string;
  /** SHA-256 of the plain zip, base64. */
  readonly fileDigest: string;
}

export interface Assignment {
  readonly app: Guid;
  readonly intent: AppAssign['intent'];
  readonly target:
    | { readonly kind: 'group'; readonly group: Guid }
    | { readonly kind: 'all-users' }
    | { readonly kind: 'all-devices' };
  readonly exclude: boolean;
  readonly filter: { readonly id: Guid; readonly mode: 'include' | 'exclude' } | null;
  /** Users who asked for the app that this one supersedes get this one by itself. */
  readonly autoUpdate: boolean;
  readonly start: string | null;
  readonly deadline: string | null;
  readonly time: 'utc' | 'local';
  readonly notifications: NonNullable<AppAssign['notifications']>;
  readonly restartGrace: AppAssign['restartGrace'] | null;
}

/** A row of an app's device and user install status, as the device's last result says it. */
export interface InstallReport {
  readonly app: Guid;
  readonly revision: number;
  readonly device: DeviceId;
  /** Null: the device itself. */
  readonly user: Guid | null;
  readonly receivedAt: Instant;
  readonly applicability: number;
  readonly complianceState: number;
  readonly desiredState: number;
  readonly enforcementState: number | null;
  readonly errorCode: number | null;
  readonly exitCode: number | null;
  /** 0 the app itself is targeted, 1 it came with another. */
  readonly targetingMethod: number;
}

export const reportKey = (app: string, device: string, user: string | null): string =>
  `${app}|${device}|${user ?? ''}`;

/** Results as the last of each app, device and user. */
export const withResults = (
  received: Rows<InstallReport>,
  rows: readonly InstallReport[],
): Rows<InstallReport> =>
  rows.reduce((all, row) => all.with(reportKey(row.app, row.device, row.user), row), received);

export const emptyCloud: CloudState = Object.freeze<CloudState>({
  tenant: { id: '00000000-0000-4000-8000-000000000001' as Guid, name: 'Contoso', seed: '', region: 'europe' },
  users: {},
  groups: {},
  devices: Rows.none<CloudDevice>(),
  apps: {},
  assignments: [],
  content: {},
  received: Rows.none<InstallReport>(),
  reports: Rows.none<InstallReport>(),
  scripts: noScripts,
  appService: noAppService,
  agents: noAgents,
});
