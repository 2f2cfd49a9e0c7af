import {
  appInstallStatus,
  appOf,
  appsOf,
  compliancePoliciesOf,
  complianceReports,
  devicesOf,
  filterEvaluations,
  installReports,
  installState,
  installStateTexts,
  managedApps,
  scriptOf,
  scriptReports,
  userInstallStatus,
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

/** State and reason as the admin centre words them. */
function installCells(report: InstallReport): readonly string[] {
  const { state, detail } = installState(report);
  return [installStateTexts[state], detail];
}

/** All reports, in a fixed order; one without rows has its columns all the same. */
export function reportTables(cloud: CloudState): readonly ReportTable[] {
  const upn = new Map<string | null, string>(usersOf(cloud).map((user) => [user.id, user.upn]));
  const installs = installReports(cloud);
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
        'Status details',
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
          ...installCells(report),
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
      columns: [
        'App',
        'Publisher',
        'Version',
        'Installed',
        'Not installed',
        'Failed',
        'Install pending',
        'Not applicable',
        'Failure %',
      ],
      rows: appInstallStatus(cloud).map((one) =>
        row(
          one.name,
          one.publisher,
          one.version,
          one.installed,
          one.notInstalled,
          one.failed,
          one.installPending,
          one.notApplicable,
          one.failurePercent,
        ),
      ),
    },
    {
      name: 'user-install-status',
      columns: ['App', 'Name', 'User', 'Installations', 'Failures', 'Not installed'],
      rows: appsOf(cloud).flatMap((app) =>
        userInstallStatus(cloud, app).map((one) =>
          row(app.setup.name, one.name, one.userName, one.installations, one.failures, one.notInstalled),
        ),
      ),
    },
    {
      name: 'managed-apps',
      columns: ['Device', 'App', 'Version', 'Resolved intent', 'Status', 'Status details'],
      rows: devicesOf(cloud).flatMap((device) =>
        managedApps(cloud, device).map((one) =>
          row(device.id, one.name, one.version, one.intent, installStateTexts[one.state], one.detail),
        ),
      ),
    },
    {
      name: 'filter-evaluations',
      columns: ['Device', 'App', 'Filter', 'Rule', 'Mode', 'Result', 'Evaluated'],
      rows: devicesOf(cloud).flatMap((device) =>
        filterEvaluations(cloud, device.id).map((one) =>
          row(
            device.id,
            one.appName,
            one.filterName,
            one.rule,
            one.mode,
            one.matches ? 'Match' : 'No match',
            time(one.evaluatedAt),
          ),
        ),
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
