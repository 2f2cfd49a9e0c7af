import {
  appOf,
  appsOf,
  compliancePoliciesOf,
  complianceReports,
  devicesOf,
  installReports,
  scriptOf,
  scriptReports,
  usersOf,
} from '../engine/cloud/index.ts';
import type { CloudState } from '../engine/cloud/index.ts';
import type { InstallReport } from '../engine/cloud/cloud-state.ts';
import { applicabilityStates, complianceStates, enforcementStates } from '../engine/agent/state-names.ts';
import { isoTime } from '../engine/clock/time-text.ts';
import type { Instant } from '../base/time.ts';
import { agentTables } from './agent-report-tables.ts';

/** A report of the admin centre as a table that can be exported. */
export interface ReportTable {
  /** `app-install-status`, `device` … */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

type Cell = string | number | null | undefined;
const row = (...cells: readonly Cell[]): readonly (string | number)[] => cells.map((cell) => cell ?? '');
const time = (at: Instant | null): string => (at === null ? '' : isoTime(at));
const nameOf = (names: Readonly<Record<number, string>>, value: number | null): string =>
  value === null ? '' : (names[value] ?? String(value));

/** How the admin centre groups a row of an app's install status. */
export type InstallStatus = 'Installed' | 'Not installed' | 'Failed' | 'Pending' | 'Not applicable';

/** `desiredState` 1: the app is to go. */
export function installStatus(report: InstallReport): InstallStatus {
  const { applicability, complianceState, enforcementState, desiredState } = report;
  if (enforcementState !== null && enforcementState >= 5000 && enforcementState < 6000) return 'Failed';
  if (complianceState === 4) return 'Failed';
  if (enforcementState !== null && enforcementState >= 2000 && enforcementState < 3000) return 'Pending';
  if (complianceState === 1 && desiredState !== 1) return 'Installed';
  if (applicability !== 0) return 'Not applicable';
  return complianceState === 1 ? 'Installed' : 'Not installed';
}

const statuses: readonly InstallStatus[] = [
  'Installed',
  'Not installed',
  'Failed',
  'Pending',
  'Not applicable',
];

/** All reports, in a fixed order; one without rows has its columns all the same. */
export function reportTables(cloud: CloudState): readonly ReportTable[] {
  const upn = new Map<string | null, string>(usersOf(cloud).map((user) => [user.id, user.upn]));
  const installs = installReports(cloud);
  const counts = new Map<string, Map<InstallStatus, number>>();
  for (const report of installs) {
    const of = counts.get(report.app) ?? new Map<InstallStatus, number>();
    const status = installStatus(report);
    of.set(status, (of.get(status) ?? 0) + 1);
    counts.set(report.app, of);
  }
  const scripts = (kinds: readonly string[]) =>
    scriptReports(cloud).filter((report) => kinds.includes(scriptOf(cloud, report.script)?.kind ?? ''));
  return [
    {
      name: 'app-install-status',
      columns: [
        'App',
        'Revision',
        'Device',
        'User',
        'Status',
        'Compliance state',
        'Applicability',
        'Enforcement state',
        'Error code',
        'Exit code',
        'Received',
      ],
      rows: installs.map((report) =>
        row(
          appOf(cloud, report.app)?.setup.name ?? report.app,
          report.revision,
          report.device,
          upn.get(report.user),
          installStatus(report),
          nameOf(complianceStates, report.complianceState),
          nameOf(applicabilityStates, report.applicability),
          nameOf(enforcementStates, report.enforcementState),
          report.errorCode === null || report.errorCode === 0 ? report.errorCode : hex(report.errorCode),
          report.exitCode,
          time(report.receivedAt),
        ),
      ),
    },
    {
      name: 'app-install-overview',
      columns: ['App', ...statuses],
      rows: appsOf(cloud).map(({ id, setup }) =>
        row(setup.name, ...statuses.map((status) => counts.get(id)?.get(status) ?? 0)),
      ),
    },
    {
      name: 'devices',
      columns: ['Device', 'Primary user', 'Entra device id', 'Intune device id', 'Enrolled', 'Last contact'],
      rows: devicesOf(cloud).map((device) =>
        row(
          device.id,
          upn.get(device.primaryUser),
          device.entraDeviceId,
          device.intuneDeviceId,
          time(device.enrolledAt),
          time(device.lastContact),
        ),
      ),
    },
    ...(['platform', 'remediation'] as const).map((kind) => ({
      name: kind === 'platform' ? 'scripts' : 'remediations',
      columns: [
        'Script',
        'Device',
        'User',
        'Status',
        'Error code',
        'Output',
        'Error',
        'Output after',
        'Received',
      ],
      rows: scripts([kind]).map((report) =>
        row(
          scriptOf(cloud, report.script)?.name ?? report.script,
          report.device,
          upn.get(report.user),
          report.status,
          report.errorCode,
          report.output,
          report.error + report.remediationError,
          report.postOutput,
          time(report.receivedAt),
        ),
      ),
    })),
    {
      name: 'custom-compliance',
      columns: ['Policy', 'Device', 'User', 'Setting', 'State', 'Found', 'Expected', 'Received'],
      rows: complianceReports(cloud).flatMap((report) =>
        report.settings.map((setting) =>
          row(
            compliancePoliciesOf(cloud).find(({ id }) => id === report.policy)?.name ?? report.policy,
            report.device,
            upn.get(report.user),
            setting.setting,
            setting.state,
            setting.actual,
            setting.expected,
            time(report.receivedAt),
          ),
        ),
      ),
    },
    ...agentTables(cloud),
  ];
}

const hex = (code: number): string => `0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
