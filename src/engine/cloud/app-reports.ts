import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { filterLag } from './app-check-in.ts';
import type { CloudApp, CloudDevice, CloudState, InstallReport } from './cloud-state.ts';
import { reportKey } from './cloud-state.ts';
import type { EffectiveAssignment } from './effective-assignments.ts';
import { effectiveAssignments } from './effective-assignments.ts';
import type { InstallStateName } from './install-state.ts';
import { installState } from './install-state.ts';

/** A line of Apps > an app > Device install status. */
export interface DeviceInstallStatus {
  readonly device: DeviceId;
  readonly deviceName: string;
  /** UPN; of a result for the device itself that of the primary user, "No user" without one. */
  readonly userName: string;
  readonly platform: string;
  /** Display version of the app. */
  readonly version: string;
  readonly state: InstallStateName;
  readonly detail: string;
  /** Signed 32 bit; null: none. */
  readonly errorCode: number | null;
  readonly lastCheckIn: Instant | null;
  readonly reportedAt: Instant;
}

/** Whether the admin centre has a row: what nobody targets, or is available and not there, has none. */
const isShown = (row: InstallReport): boolean =>
  row.targetingMethod === 0 &&
  row.complianceState !== cleanedUp &&
  (row.desiredState !== available || row.complianceState === detected);

const available = 4;
const detected = 1;
const cleanedUp = 100;

const shown = (state: CloudState, app: Guid): readonly InstallReport[] =>
  state.reports.values().filter((row) => row.app === app && isShown(row));

export function deviceInstallStatus(state: CloudState, app: CloudApp): readonly DeviceInstallStatus[] {
  return shown(state, app.id).map((row) => {
    const device = state.devices.get(row.device);
    const user = row.user ?? device?.primaryUser;
    return {
      device: row.device,
      deviceName: row.device,
      userName: (user && state.users[user]?.upn) ?? 'No user',
      platform: 'Windows',
      version: app.setup.version ?? '',
      ...installState(row),
      errorCode: row.errorCode,
      lastCheckIn: device?.lastContact ?? null,
      reportedAt: row.receivedAt,
    };
  });
}

/** A line of Apps > an app > User install status. */
export interface UserInstallStatus {
  readonly name: string;
  readonly userName: string;
  readonly installations: number;
  readonly failures: number;
  readonly notInstalled: number;
}

/** Devices of each user by what became of the app on them. */
export function userInstallStatus(state: CloudState, app: CloudApp): readonly UserInstallStatus[] {
  const byUser = new Map<string, DeviceInstallStatus[]>();
  for (const row of deviceInstallStatus(state, app))
    byUser.set(row.userName, [...(byUser.get(row.userName) ?? []), row]);
  return [...byUser].map(([userName, rows]) => {
    const count = (...states: readonly InstallStateName[]) =>
      rows.filter((row) => states.includes(row.state)).length;
    return {
      name: Object.values(state.users).find((user) => user.upn === userName)?.displayName ?? userName,
      userName,
      installations: count('installed'),
      failures: count('failed', 'uninstallFailed'),
      notInstalled: count('notInstalled', 'pendingInstall'),
    };
  });
}

/** The graph of an app's overview. */
export interface InstallSummary {
  readonly installed: number;
  readonly notInstalled: number;
  readonly failed: number;
  readonly installPending: number;
  readonly notApplicable: number;
}

/** Devices by install state; a device of several users counts once, by its worst. */
export function installSummary(state: CloudState, app: CloudApp): InstallSummary {
  const worst = new Map<DeviceId, InstallStateName>();
  for (const { device, state: one } of deviceInstallStatus(state, app)) {
    const before = worst.get(device);
    if (before === undefined || severity.indexOf(one) < severity.indexOf(before)) worst.set(device, one);
  }
  const count = (...states: readonly InstallStateName[]): number =>
    [...worst.values()].filter((one) => states.includes(one)).length;
  return {
    installed: count('installed'),
    notInstalled: count('notInstalled', 'unknown'),
    failed: count('failed', 'uninstallFailed'),
    installPending: count('pendingInstall'),
    notApplicable: count('notApplicable'),
  };
}

const severity: readonly InstallStateName[] = [
  'failed',
  'uninstallFailed',
  'pendingInstall',
  'notInstalled',
  'unknown',
  'installed',
  'notApplicable',
];

/** A line of Apps > Monitor > App install status. */
export interface AppInstallStatus extends InstallSummary {
  readonly app: Guid;
  readonly name: string;
  readonly publisher: string;
  readonly platform: string;
  readonly version: string;
  /** Failed of all but those it does not apply to, in whole per cent. */
  readonly failurePercent: number;
}

export function appInstallStatus(state: CloudState): readonly AppInstallStatus[] {
  return Object.values(state.apps)
    .map((app) => {
      const summary = installSummary(state, app);
      const all = summary.installed + summary.notInstalled + summary.failed + summary.installPending;
      return {
        app: app.id,
        name: app.setup.name,
        publisher: app.setup.publisher,
        platform: 'Windows',
        version: app.setup.version ?? '',
        ...summary,
        failurePercent: all === 0 ? 0 : Math.round((summary.failed * 100) / all),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** A line of Devices > a device > Managed apps: what is meant for it, and how that stands. */
export interface ManagedApp {
  readonly app: Guid;
  readonly name: string;
  readonly version: string;
  readonly intent: 'required' | 'available' | 'required and available' | 'uninstall';
  readonly state: InstallStateName;
  readonly detail: string;
}

export function managedApps(state: CloudState, device: CloudDevice): readonly ManagedApp[] {
  return effectiveAssignments(state, device.id, device.primaryUser).flatMap((one) => {
    const app = state.apps[one.app];
    if (app === undefined) return [];
    const row = [device.primaryUser, null]
      .flatMap((user) => state.reports.get(reportKey(app.id, device.id, user)) ?? [])
      .find(isShown);
    return [
      {
        app: app.id,
        name: app.setup.name,
        version: app.setup.version ?? '',
        intent: intentName(one),
        ...(row === undefined ? { state: 'unknown' as const, detail: '' } : installState(row)),
      },
    ];
  });
}

const intentName = ({ intent, alsoAvailable }: EffectiveAssignment): ManagedApp['intent'] =>
  intent === 'required' && alsoAvailable ? 'required and available' : intent;

/** A line of Devices > a device > Filter evaluation. */
export interface FilterEvaluationRow {
  readonly app: Guid;
  readonly appName: string;
  readonly filterName: string;
  readonly rule: string;
  readonly mode: 'include' | 'exclude';
  readonly matches: boolean;
  /** Whether by this filter alone the app reaches the device. */
  readonly applied: boolean;
  readonly evaluatedAt: Instant;
}

/** Outcomes that have reached the admin centre at `now`; without it all. */
export function filterEvaluations(
  state: CloudState,
  device: DeviceId,
  now?: Instant,
): readonly FilterEvaluationRow[] {
  const { evaluations, filters } = state.appService;
  return Object.values(evaluations[device] ?? {})
    .filter((one) => now === undefined || now - one.at >= filterLag)
    .map((one) => ({
      app: one.app,
      appName: state.apps[one.app]?.setup.name ?? one.app,
      filterName: filters[one.filter]?.name ?? one.filter,
      rule: filters[one.filter]?.rule ?? '',
      mode: one.mode,
      matches: one.matches,
      applied: one.matches === (one.mode === 'include'),
      evaluatedAt: one.at,
    }))
    .sort((a, b) =>
      a.appName < b.appName ? -1 : a.appName > b.appName ? 1 : a.filterName < b.filterName ? -1 : 1,
    );
}
