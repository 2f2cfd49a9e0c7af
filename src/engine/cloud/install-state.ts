import type { InstallReport } from './cloud-state.ts';

/** Install states of the admin centre; the numbers are those of Microsoft Graph's `resultantAppState`. */
export const installStates = {
  installed: 1,
  failed: 2,
  notInstalled: 3,
  uninstallFailed: 4,
  pendingInstall: 5,
  unknown: 99,
  notApplicable: -1,
} as const;
export type InstallStateName = keyof typeof installStates;

/** As the admin centre writes them. */
export const installStateTexts: Readonly<Record<InstallStateName, string>> = {
  installed: 'Installed',
  failed: 'Failed',
  notInstalled: 'Not installed',
  uninstallFailed: 'Uninstall failed',
  pendingInstall: 'Install pending',
  unknown: 'Unknown',
  notApplicable: 'Not applicable',
};

export interface InstallState {
  readonly state: InstallStateName;
  /** Why; '' where there is nothing to add. */
  readonly detail: string;
}

const need = {
  failed: "One or more of the application's dependencies failed to install.",
  requirements: "One or more of the application's dependencies have requirements which are not met.",
  reboot: "One or more of the application's dependencies require a device reboot to complete installation.",
  manual: '1 or more dependent apps are configured to not automatically install.',
} as const;
const superseded = {
  failed: 'A superseded app failed to uninstall.',
  reboot: 'A superseded app requires a reboot to complete uninstall.',
  removing: 'Superseded apps are being removed.',
} as const;

const at = (state: InstallStateName, detail = ''): InstallState => ({ state, detail });

/** Enforcement states that decide the install state, with Microsoft Graph's words (`resultantAppStateDetail`). */
const byEnforcement: Readonly<Record<number, InstallState>> = {
  1004: at('installed', need.failed),
  1005: at('installed', need.requirements),
  1006: at('installed', need.reboot),
  1007: at('installed', need.manual),
  1011: at('installed', 'To complete the removal of the app, the device must be rebooted.'),
  1012: at('installed', superseded.failed),
  1013: at('installed', superseded.reboot),
  1014: at('installed', 'Superseding applications are detected.'),
  1015: at('installed', 'Superseded applications are detected.'),
  1016: at('notInstalled', 'App was removed in order to install a superseding app.'),
  1018: at('installed', superseded.removing),
  2000: at('pendingInstall'),
  2007: at('pendingInstall', "One or more of the application's dependencies are installing."),
  2008: at('pendingInstall', 'Device must be rebooted to complete installation of the application.'),
  2009: at('pendingInstall', 'Application content was downloaded to the device.'),
  2010: at('pendingInstall', superseded.removing),
  2011: at('installed', 'To complete the removal of the app, the device must be rebooted.'),
  6001: at('notInstalled', need.failed),
  6002: at('pendingInstall', 'Device must be rebooted to complete installation of the application.'),
  6003: at('notInstalled', need.requirements),
  6004: at('notInstalled', 'Application is configured to not be automatically installed.'),
  6005: at('notInstalled', need.manual),
  6006: at('notInstalled', 'The app is managed but no longer installed.'),
  6009: at('notInstalled', superseded.failed),
  6010: at('notInstalled', superseded.reboot),
  6011: at(
    'notInstalled',
    'App cannot be installed. An untargeted, superseding app was detected, which created a conflict.',
  ),
};

const byApplicability: Readonly<Record<number, string>> = {
  3: 'Application is not applicable to this platform.',
  1000: 'Device architecture (e.g. x86/amd64) is not applicable for the application.',
  1001: 'Available disk space on the target device is less than the configured minimum.',
  1002: 'OS version on the target device is less than the configured minimum.',
  1003: 'Amount of RAM on the target device is less than the configured minimum.',
  1004: 'Count of logical processors on the target device is less than the configured minimum.',
  1005: 'CPU speed on the target device is less than the configured minimum.',
  1006: 'File system requirement rule is not met.',
  1007: 'Registry requirement rule is not met.',
  1008: 'PowerShell script requirement rule is not met.',
  1009: 'All targeted, superseding apps are not applicable.',
  1010: 'Filters criteria are not met.',
};

/** What the admin centre makes of a device's last result. */
export function installState(report: InstallReport): InstallState {
  const { complianceState, enforcementState, applicability } = report;
  const removes = report.desiredState === notPresent;
  if (applicability !== 0 && complianceState !== detected)
    return at('notApplicable', byApplicability[applicability] ?? '');
  const failed = complianceState === inError || (enforcementState ?? 0) >= 5000;
  const enforced = enforcementState === null ? undefined : byEnforcement[enforcementState];
  // An older attempt says nothing of an app that is there, or gone, by now.
  if (complianceState === detected && !removes)
    return enforced?.state === 'installed' ? enforced : at('installed');
  if (enforced !== undefined && (enforced.state !== 'pendingInstall' || !removes)) return enforced;
  if (failed && enforcementState !== null && enforcementState < 6000)
    return removes
      ? at('uninstallFailed', 'Application failed to uninstall. See error code property for more details.')
      : at('failed', 'Application failed to install. See error code property for more details.');
  if (complianceState === inError) return at('failed');
  if (complianceState === unknown) return at('unknown');
  return complianceState === detected
    ? at('installed')
    : at(report.desiredState === present ? 'pendingInstall' : 'notInstalled');
}

const detected = 1;
const inError = 4;
const unknown = 5;
const notPresent = 1;
const present = 2;
