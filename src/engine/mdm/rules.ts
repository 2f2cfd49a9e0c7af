import { hours, minutes, seconds } from '../../base/time.ts';
import type { RuleId } from '../../base/ids.ts';
import type { Rule } from '../agent/rules/rule.ts';
import { rule } from '../agent/rules/rule.ts';

/** What the built-in MDM client does; thin so far: one session asks and installs what the answer says. */
export const session = rule('mdm.session', {
  says: 'A sync, a push or the schedule starts a session: the client posts to its server and does what the answer says.',
  confidence: 'documented',
  sources: ['Microsoft Learn: OMA DM protocol support'],
  workshop: ['W10', 'W46'],
});
export const oneSession = rule('mdm.session.one-at-a-time', {
  says: 'The client has one session at a time; what asks for one while it runs gets one more after it.',
  confidence: 'inferred',
  sources: ['Microsoft Learn: OMA DM protocol support (a session is one exchange of packages with a server)'],
});
export const enrolment = rule('mdm.enrolment', {
  says: 'An enrolled device keeps its enrolment under SOFTWARE\\Microsoft\\Enrollments and its server account under Provisioning.',
  confidence: 'observed',
  sources: ['Microsoft Learn: MDM enrollment of Windows devices', 'okieselbach/SyncMLViewer'],
});
export const tenantInfo = rule('mdm.join.tenant-info', {
  says: 'A device that joins asks the registration service for its tenant; the name stands under CloudDomainJoin\\TenantInfo.',
  confidence: 'documented',
  sources: [
    'Microsoft Learn: dsregcmd, tenant details',
    'Public notes on the discovery of the device registration service',
  ],
});
export const schedule = rule('mdm.schedule', {
  says: 'After enrolment scheduled tasks have the client sync every 3 minutes for 15 minutes, every 15 minutes for 2 hours, then every 8 hours, and at each sign-in.',
  confidence: 'observed',
  sources: ['Scheduled tasks of the enrollment client'],
  parameters: {
    first: minutes(3),
    firstFor: minutes(15),
    second: minutes(15),
    secondFor: hours(2),
    then: hours(8),
  },
});
export const msiJob = rule('mdm.msi.job', {
  says: 'An MSI job of the server is tracked under EnterpriseDesktopAppManagement, its Status going from 10 by 20, 40 and 50 to 70.',
  confidence: 'documented',
  sources: ['Microsoft Learn: EnterpriseDesktopAppManagement CSP'],
  workshop: ['W07', 'W08', 'W11'],
});
export const msiDownload = rule('mdm.msi.download', {
  says: 'The package is downloaded from the first address of the job and must have the hash that the job names.',
  confidence: 'documented',
  sources: ['Microsoft Learn: EnterpriseDesktopAppManagement CSP'],
  workshop: ['W09'],
});
export const msiInstall = rule('mdm.msi.install', {
  says: 'Windows Installer puts the agent into its program folder, registers its service and starts it.',
  confidence: 'observed',
  sources: ['Devices after enrolment'],
  parameters: { duration: seconds(9) },
  workshop: ['W06', 'W07'],
});
export const msiUpgrade = rule('mdm.msi.upgrade', {
  says: 'A package of a newer version stops the service, replaces the files and the entry of the version before, and starts the service again.',
  confidence: 'observed',
  sources: [
    'Public comparison of the builds 1.101.111 and 1.103.101',
    'Microsoft Learn: Windows Installer, major upgrades',
  ],
  workshop: ['W09'],
});
export const msiFailed = rule('mdm.msi.failed', {
  says: 'A download that fails or has another hash leaves the job at status 30; a later session tries again.',
  confidence: 'inferred',
  sources: ['Microsoft Learn: EnterpriseDesktopAppManagement CSP (status values)'],
});

/** Rules of the MDM client by id. */
export const mdmRules: ReadonlyMap<RuleId, Rule> = new Map(
  [
    session,
    oneSession,
    enrolment,
    tenantInfo,
    schedule,
    msiJob,
    msiDownload,
    msiInstall,
    msiUpgrade,
    msiFailed,
  ].map((one) => [one.id, one]),
);
