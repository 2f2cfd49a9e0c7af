import { sha256 } from '@noble/hashes/sha2.js';
import { toUint8Array, utf8Encode } from '../../base/bytes.ts';
import { days, plus } from '../../base/time.ts';
import { text } from '../agent/step-builder.ts';
import type { StepBuilder } from '../agent/step-builder.ts';
import type { CertificateRecord } from '../device/change.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import * as rules from './rules.ts';

/** Folder of the enrolment's scheduled tasks; scripts start them to have the device sync. */
export const enrolmentTasks = '\\Microsoft\\Windows\\EnterpriseMgmt\\';

const taskNames = [
  'Login Schedule created by enrollment client',
  'Passport for Work alert created by enrollment client',
  'Policy Manager Login Refresh Schedule',
  'Provisioning initiated session',
  'PushLaunch',
  'PushRenewal',
  'PushUpgrade',
  'Schedule #1 created by enrollment client',
  'Schedule #2 created by enrollment client',
  'Schedule #3 created by enrollment client',
  'Schedule to run OMADMClient by client',
  'Schedule to run OMADMClient by server',
];

/** Those that start a session with the server. */
export const startsSession = (path: string, name: string): boolean =>
  path.toUpperCase().startsWith(enrolmentTasks.toUpperCase()) &&
  /^(PushLaunch|Schedule #\d|Schedule to run OMADMClient|Login Schedule)/i.test(name);

/** What join and enrolment leave outside the enrolment's own key: certificates, join information, tasks. */
export function writeEnrolmentTraces(to: StepBuilder, read: DeviceReader, id: string, tenant: string): void {
  const mdm = certificate(read, 'mdm', `CN=${read.intuneDeviceId}`, 'CN=Microsoft Intune MDM Device CA', 365);
  const join = certificate(
    read,
    'join',
    `CN=${read.entraDeviceId}`,
    'DC=net + DC=windows + CN=MS-Organization-Access + OU=82dbaca4-3e81-46ca-9c73-0950c1eaca97',
    3652,
  );
  for (const one of [join, mdm]) to.change(rules.enrolment, { kind: 'certificate.add', certificate: one });
  const key = `SOFTWARE\\Microsoft\\Enrollments\\${id}`;
  const account = `SOFTWARE\\Microsoft\\Provisioning\\OMADM\\Accounts\\${id}`;
  to.set(rules.enrolment, key, 'AADResourceID', text('https://manage.microsoft.com/'))
    .set(rules.enrolment, key, 'DMPCertThumbPrint', text(mdm.thumbprint))
    .set(rules.enrolment, account, 'SslClientCertReference', text(`MY;System;${mdm.thumbprint}`));
  const domain = 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin';
  const joined = `${domain}\\JoinInfo\\${join.thumbprint}`;
  const urls = `${domain}\\TenantInfo\\${tenant}`;
  to.set(rules.enrolment, joined, 'TenantId', text(tenant))
    .set(rules.enrolment, joined, 'UserEmail', text(read.users[0]?.upn ?? ''))
    .set(
      rules.enrolment,
      urls,
      'MdmEnrollmentUrl',
      text('https://enrollment.manage.microsoft.com/enrollmentserver/discovery.svc'),
    )
    .set(
      rules.enrolment,
      urls,
      'MdmTermsOfUseUrl',
      text('https://portal.manage.microsoft.com/TermsofUse.aspx'),
    )
    .set(
      rules.enrolment,
      urls,
      'MdmComplianceUrl',
      text('https://portal.manage.microsoft.com/?portalAction=Compliance'),
    );
  for (const name of taskNames)
    to.change(rules.enrolment, {
      kind: 'task.register',
      task: {
        path: `${enrolmentTasks}${id}\\`,
        name,
        execute: '%windir%\\system32\\deviceenroller.exe',
        arguments: `/o "${id}" /c${name.startsWith('Schedule #3') ? ' /b' : ''}`,
        principal: 'NT AUTHORITY\\SYSTEM',
        enabled: true,
      },
    });
  // Push messages come in through this service.
  if (read.service('dmwappushservice'))
    to.change(rules.enrolment, {
      kind: 'service.config',
      name: 'dmwappushservice',
      startMode: 'AutomaticDelayed',
    });
}

/** Thumbprint and serial number follow from the device: always the same for it. */
function certificate(
  read: DeviceReader,
  purpose: string,
  subject: string,
  issuer: string,
  validDays: number,
): CertificateRecord {
  const digest = sha256(toUint8Array(utf8Encode(`certificate\n${purpose}\n${read.intuneDeviceId}`)));
  const hex = [...digest]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return {
    store: 'LocalMachine',
    sid: '',
    container: 'My',
    thumbprint: hex.slice(0, 40),
    subject,
    issuer,
    notBefore: read.now,
    notAfter: plus(read.now, days(validDays)),
    serialNumber: hex.slice(32, 64),
    hasPrivateKey: true,
  };
}
