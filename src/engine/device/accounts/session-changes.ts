import { ok } from '../../../base/result.ts';
import type { DeviceChange, DeviceWrite } from '../change.ts';
import type { DeviceParts, Stamp } from '../device-parts.ts';
import { addRecord, bootRecords } from '../event-log/records.ts';
import { bootProcesses, desktopProcesses } from '../processes/boot-processes.ts';
import type { DeviceResult } from '../refusal.ts';
import { missing } from '../refusal.ts';
import {
  defaultUser,
  identityOf,
  profileOf,
  profileRemoval,
  sessionEnvironment,
  signInTraces,
} from './profile.ts';
import { loadHives, unloadHives } from './user-hive.ts';

/** A desktop appears, and with a user's first one the profile. `write` applies a further change of the same event. */
export function signIn(
  parts: DeviceParts,
  { sid, sessionId }: Extract<DeviceChange, { kind: 'session.sign-in' }>,
  { at, writer }: Stamp,
  write: (change: DeviceWrite) => void,
): void {
  const user = parts.start.users.find((one) => one.sid === sid);
  parts.sessions = [
    ...parts.sessions.filter((session) => session.sid !== sid),
    { sid, sessionId, locked: false, since: at, writer },
  ];
  if (user !== undefined) {
    if (parts.registry.find('HKU', defaultUser.sid) !== undefined) profileRemoval(defaultUser).forEach(write);
    if (parts.registry.find('HKU', sid) === undefined)
      if (loadHives(parts, user, { at, writer })) sessionEnvironment(user, 'AzureAD').forEach(write);
      else [...profileOf(user, 'AzureAD'), ...identityOf(user)].forEach(write);
    signInTraces(user, sessionId).forEach(write);
  }
  const name = parts.userOf(sessionId);
  for (const program of desktopProcesses)
    parts.addProcess({ ...program, user: name, sessionId, started: at }, writer);
}

const sessionData = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\LogonUI\\SessionData';

/** With all that the session ran. */
export function signOut(parts: DeviceParts, sid: string, stamp: Stamp): DeviceResult<void> {
  const session = parts.sessions.find((one) => one.sid === sid);
  if (session === undefined) return missing(sid);
  parts.registry.deleteKey('HKLM', `${sessionData}\\${session.sessionId}`, stamp.at, stamp.writer);
  parts.sessions = parts.sessions.filter((one) => one !== session);
  for (const process of parts.processes.list())
    if (process.sessionId === session.sessionId) parts.endProcess(process.id);
  const user = parts.start.users.find((one) => one.sid === sid);
  if (user !== undefined) unloadHives(parts, user, stamp);
  return ok(undefined);
}

/** Windows has started: what ran is gone, services are stopped until they are started, nobody is signed in. */
export function boot(parts: DeviceParts, stamp: Stamp): void {
  const { at, writer } = stamp;
  for (const { sid } of parts.sessions) {
    const user = parts.start.users.find((one) => one.sid === sid);
    if (user !== undefined) unloadHives(parts, user, stamp);
  }
  for (const process of parts.processes.list()) if (process.id > 4) parts.endProcess(process.id);
  for (const service of parts.services.list())
    if (service.status !== 'Stopped' || service.failures !== null)
      parts.services.put({ ...service, status: 'Stopped', processId: null, failures: null, writer });
  parts.sessions = [];
  parts.memory = null;
  parts.machine = { ...parts.machine, bootedAt: at, power: 'on', powerSince: at };
  for (const program of bootProcesses)
    parts.addProcess({ ...program, user: 'NT AUTHORITY\\SYSTEM', sessionId: 0, started: at }, writer);
  for (const record of bootRecords(parts.start.os)) addRecord(parts.eventLogs, record, { at, writer });
}
