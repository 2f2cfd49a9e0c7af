import { sha256 } from '@noble/hashes/sha2.js';
import { toUint8Array, utf8Encode } from '../../base/bytes.ts';
import { days, duration, plus } from '../../base/time.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { text } from '../agent/step-builder.ts';
import type { StepBuilder } from '../agent/step-builder.ts';
import { civilTime } from '../clock/civil-time.ts';
import { padded } from '../clock/time-text.ts';
import type { CertificateRecord, TaskDefinition } from '../device/change.ts';
import { defaultTaskSettings } from '../device/tasks/task-trigger.ts';
import type { TaskSettings, TaskTrigger } from '../device/tasks/task-trigger.ts';
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

/** The task that a push message starts, where a device is enrolled: path and name. */
export const pushTask = (id: string) => ({ path: `${enrolmentTasks}${id}\\`, name: 'PushLaunch' }) as const;

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
    to.change(rules.schedule, {
      kind: 'task.register',
      task: {
        path: `${enrolmentTasks}${id}\\`,
        name,
        execute: '%windir%\\system32\\deviceenroller.exe',
        arguments: `/o "${id}" /c${name.startsWith('Schedule #3') ? ' /b' : ''}`,
        principal: 'NT AUTHORITY\\SYSTEM',
        enabled: true,
        ...scheduleOf(name, read),
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

/**
 * When a task of the enrolment starts by itself: three schedules one after the other, and each sign-in. Push messages
 * start PushLaunch; the others are started by Windows when it needs them.
 */
function scheduleOf(name: string, read: DeviceReader): Pick<TaskDefinition, 'triggers' | 'settings'> {
  if (name.startsWith('Login Schedule')) return { triggers: [{ kind: 'logon', user: null }] };
  const number = Number(/^Schedule #(\d)/.exec(name)?.[1] ?? 0);
  const { first, firstFor, second, secondFor, then } = rules.schedule.parameters as Readonly<
    Record<'first' | 'firstFor' | 'second' | 'secondFor' | 'then', Duration>
  >;
  const start = (after: number): string => boundary(plus(read.now, duration(after)), read);
  const settings: TaskSettings = { ...defaultTaskSettings, startWhenAvailable: true };
  const time = (after: number, every: Duration, within: Duration | null): TaskTrigger => ({
    kind: 'time',
    start: start(after),
    repeat: { every, within },
  });
  switch (number) {
    case 1:
      return { triggers: [time(first, first, firstFor)], settings };
    case 2:
      return { triggers: [time(firstFor + second, second, secondFor)], settings };
    case 3:
      return { triggers: [time(firstFor + secondFor + then, then, null)], settings };
    default:
      return {};
  }
}

/** A start boundary: the local clock's reading in whole seconds. */
function boundary(at: Instant, read: DeviceReader): string {
  const t = civilTime(at, read.offsetAt(at));
  const two = (value: number): string => padded(value, 2);
  return `${padded(t.year, 4)}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
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
