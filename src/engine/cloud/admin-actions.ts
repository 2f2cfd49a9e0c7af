import type { AppAction, AssignmentFilter } from './app-actions.ts';
import type { ScriptAction } from './script-actions.ts';

/**
 * What an administrator can do in the admin centre: the verb of an `admin` input and the shape of its data. The service
 * checks data before anything changes (`admin-data.ts`) and refuses with the field's name.
 *
 * Users, groups, apps and devices may be named by id or by name (UPN for users). Ids are GUIDs; one that is not given is
 * derived from the hash of the tenant's seed, the kind and the name, so the same tenant always gives the same ids.
 */
export type AdminAction =
  | { readonly action: 'tenant.create'; readonly data: TenantCreate }
  | { readonly action: 'user.create'; readonly data: UserCreate }
  | { readonly action: 'group.create'; readonly data: GroupCreate }
  | { readonly action: 'group.add-member'; readonly data: GroupMember }
  | { readonly action: 'group.remove-member'; readonly data: GroupMember }
  | { readonly action: 'device.enrol'; readonly data: DeviceEnrol }
  | { readonly action: 'device.sync'; readonly data: DeviceSync }
  | { readonly action: 'agent.release'; readonly data: AgentReleaseData }
  | { readonly action: 'app.create'; readonly data: AppCreate }
  | { readonly action: 'app.update'; readonly data: AppUpdate }
  | { readonly action: 'app.assign'; readonly data: AppAssign }
  | { readonly action: 'app.unassign'; readonly data: AppUnassign }
  | AppAction
  | ScriptAction;

export type AdminVerb = AdminAction['action'];

/** Optional; first of all. Without it the tenant is `Contoso` with an empty seed. */
export type TenantCreate = {
  readonly name: string;
  /** Ids that are not given are derived from it. */
  readonly seed: string;
  /** Where its scale unit stands; default `europe`. */
  readonly region?: 'north-america' | 'europe' | 'asia-pacific';
};

export type UserCreate = {
  /** Entra object id; give the one of the device's `UserStart` where a device has this user. */
  readonly id?: string;
  readonly upn: string;
  readonly displayName: string;
};

export type GroupCreate = { readonly id?: string; readonly name: string };

/** Exactly one of `user`, `device` and `member`: a group, whose members are then its own too. */
export type GroupMember = {
  readonly group: string;
  readonly user?: string;
  readonly device?: string;
  readonly member?: string;
};

/** The device joins the tenant and is enrolled; its MDM client is pushed to sync at once. */
export type DeviceEnrol = {
  /** Id of the device in the world, which is also its name in reports. */
  readonly device: string;
  /** Ids that the device has from its start state. */
  readonly entraDeviceId: string;
  readonly intuneDeviceId: string;
  /** User it belongs to; none for a shared device. */
  readonly primaryUser?: string;
  /** Agent version that the service sends it; default 1.101.109.0. */
  readonly agentVersion?: string;
};

/** Nobody's act in the admin centre: Microsoft gives out a version of the agent, which reaches each device within some days. */
export type AgentReleaseData = { readonly version: string; /** Default 3. */ readonly days?: number };

/** Admin centre > Devices > Sync. */
export type DeviceSync = { readonly device: string };

/** A Win32 app as its five pages in the admin centre set it. */
export type AppCreate = {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly publisher: string;
  /** Display version; the revision that the agent sees starts at 1 and counts changes. */
  readonly version?: string;
  readonly content: AppContent;
  readonly installCommand: string;
  readonly uninstallCommand: string;
  /** Default `system`. */
  readonly installContext?: 'system' | 'user';
  /** Default 60. */
  readonly maxRunTimeMinutes?: number;
  /** Default `return-codes`. */
  readonly restartBehavior?: 'return-codes' | 'allow' | 'suppress' | 'force';
  /** All must be met; at least one. */
  readonly detection: readonly DetectionRule[];
  readonly requirements?: Requirements;
  /** Default: 0 and 1707 success, 3010 soft reboot, 1641 hard reboot, 1618 retry. */
  readonly returnCodes?: readonly ReturnCode[];
  readonly dependencies?: readonly { readonly app: string; readonly autoInstall: boolean }[];
  /** Apps that this one takes the place of; `uninstall` removes the old one first. */
  readonly supersedes?: readonly { readonly app: string; readonly uninstall: boolean }[];
};

/** Any field of `app.create` but the id, set anew: the revision goes up by one. */
export type AppUpdate = { readonly app: string; readonly set: Partial<Omit<AppCreate, 'id'>> };

/** What the packaging tool is given: a folder and the setup file in it. */
export type AppContent = {
  readonly setupFile: string;
  /** Text in UTF-8; `name` may have folders, `tools\x.cmd`. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
};

export type Operator = 'equal' | 'not-equal' | 'greater' | 'greater-or-equal' | 'less' | 'less-or-equal';

export type DetectionRule =
  | FileRule
  | RegistryRule
  | {
      readonly kind: 'msi';
      /** With braces, as Windows writes it. */
      readonly productCode: string;
      readonly operator?: Operator;
      readonly version?: string;
    }
  | {
      readonly kind: 'script';
      readonly script: string;
      readonly enforceSignature?: boolean;
      readonly runAs32Bit?: boolean;
    };

export type FileRule = {
  readonly kind: 'file';
  /** Folder; variables such as `%ProgramFiles%` are allowed. */
  readonly path: string;
  readonly name: string;
  readonly check32Bit?: boolean;
} & (
  | { readonly test: 'exists' | 'not-exists' }
  | {
      /** Dates `2026-11-25T08:00:00Z`, versions `1.2.3.4`, size in MiB. */
      readonly test: 'modified' | 'created' | 'version' | 'size';
      readonly operator: Operator;
      readonly value: string;
    }
);

export type RegistryRule = {
  readonly kind: 'registry';
  /** `HKEY_LOCAL_MACHINE\SOFTWARE\…` (short names too). */
  readonly key: string;
  /** Value name; left out: the key itself, or its default value where one is compared. */
  readonly name?: string;
  readonly check32Bit?: boolean;
} & (
  | { readonly test: 'exists' | 'not-exists' }
  | {
      readonly test: 'string' | 'integer' | 'version';
      readonly operator: Operator;
      readonly value: string;
    }
);

export type Requirements = {
  /** Default `x64`. */
  readonly architecture?: 'x86' | 'x64' | 'both';
  /** Build, e.g. `10.0.19045`. */
  readonly minimumOs?: string;
  readonly freeDiskMb?: number;
  readonly memoryMb?: number;
  readonly processors?: number;
  readonly cpuMhz?: number;
  /** Further rules; all must be met. */
  readonly rules?: readonly RequirementRule[];
};

export type RequirementRule =
  | FileRule
  | RegistryRule
  | {
      readonly kind: 'script';
      readonly script: string;
      readonly dataType: 'string' | 'date-time' | 'integer' | 'float' | 'version' | 'boolean';
      readonly operator: Operator;
      readonly value: string;
      readonly runAs32Bit?: boolean;
      readonly enforceSignature?: boolean;
      /** Default `system`. */
      readonly runAs?: 'system' | 'user';
    };

export type ReturnCode = {
  readonly code: number;
  readonly type: 'failed' | 'success' | 'soft-reboot' | 'hard-reboot' | 'retry';
};

/** A group by name or id, or one of the two virtual groups. */
export type AssignmentTarget = { readonly group: string } | 'all-users' | 'all-devices';

export type AppAssign = {
  readonly app: string;
  readonly intent: 'required' | 'available' | 'uninstall';
  readonly target: AssignmentTarget;
  /** Members of the group are left out instead. */
  readonly exclude?: boolean;
  /** Devices that the assignment reaches, by their properties. */
  readonly filter?: AssignmentFilter;
  /** Of an available assignment of a superseding app: it comes by itself to users who asked for the superseded one. */
  readonly autoUpdate?: boolean;
  /** `2026-11-25T22:00:00`; default: as soon as possible. */
  readonly start?: string;
  readonly deadline?: string;
  /** How start and deadline are read: UTC (default) or the device's local time. */
  readonly time?: 'utc' | 'local';
  /** Default `show-all`. */
  readonly notifications?: 'show-all' | 'show-reboot' | 'hide-all';
  /** Minutes; left out: no grace period. */
  readonly restartGrace?: {
    readonly gracePeriod: number;
    readonly countdown: number;
    readonly snooze: number | null;
  };
};

export type AppUnassign = { readonly app: string; readonly target: AssignmentTarget };
