import { sha256 } from '@noble/hashes/sha2.js';
import { toUint8Array, utf8Encode } from '../../base/bytes.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import type { StepBuilder } from '../agent/step-builder.ts';
import { dword, text } from '../agent/step-builder.ts';
import { writeEnrolmentTraces } from './enrolment-traces.ts';
import * as rules from './rules.ts';

const enrollments = 'SOFTWARE\\Microsoft\\Enrollments';

/** Id of the device's enrolment; always the same for a device. */
export function enrolmentId(read: DeviceReader): string {
  const digest = sha256(toUint8Array(utf8Encode(`enrolment\n${read.intuneDeviceId}`)));
  const hex = [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`.toUpperCase();
}

export const isEnrolled = (read: DeviceReader): boolean =>
  read.key('HKLM', `${enrollments}\\${enrolmentId(read)}`) !== undefined;

/** What enrolment leaves in the registry, as far as the labs look at it. */
export function writeEnrolment(to: StepBuilder, read: DeviceReader, tenant: string): void {
  const id = enrolmentId(read);
  const key = `${enrollments}\\${id}`;
  const [user] = read.users;
  to.set(rules.enrolment, key, 'EnrollmentState', dword(1))
    .set(rules.enrolment, key, 'EnrollmentType', dword(6))
    .set(rules.enrolment, key, 'ProviderID', text('MS DM Server'))
    .set(rules.enrolment, key, 'AADTenantID', text(tenant))
    .set(
      rules.enrolment,
      key,
      'DiscoveryServiceFullURL',
      text('https://enrollment.manage.microsoft.com/enrollmentserver/discovery.svc'),
    );
  if (user)
    to.set(rules.enrolment, key, 'UPN', text(user.upn)).set(rules.enrolment, key, 'SID', text(user.sid));
  const account = `SOFTWARE\\Microsoft\\Provisioning\\OMADM\\Accounts\\${id}`;
  to.set(rules.enrolment, account, 'ProtoVer', text('1.2')).set(
    rules.enrolment,
    `${account}\\Protected`,
    'ServerId',
    text('MS DM Server'),
  );
  writeEnrolmentTraces(to, read, id, tenant);
}
