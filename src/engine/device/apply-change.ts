import { assertNever } from '../../base/assert-never.ts';
import { ok } from '../../base/result.ts';
import { boot, signIn, signOut } from './accounts/session-changes.ts';
import type { CertificateRecord, DeviceWrite } from './change.ts';
import type { DeviceParts, Stamp } from './device-parts.ts';
import { addRecord } from './event-log/records.ts';
import { imageContent } from './filesystem/file-editor.ts';
import type { Keyed } from './keyed-map.ts';
import { keyed } from './keyed-map.ts';
import type { DeviceResult } from './refusal.ts';
import { missing } from './refusal.ts';
import { applyServiceChange } from './services/service-changes.ts';
import { isSame, withToast } from './toasts.ts';
import { applyTaskChange } from './tasks/task-changes.ts';

/** Applies one change to the parts it concerns; a refusal leaves them as they were. */
export function applyChange(parts: DeviceParts, change: DeviceWrite, stamp: Stamp): DeviceResult<void> {
  const { at, writer } = stamp;
  const { registry, files } = parts;
  switch (change.kind) {
    case 'registry.set':
      registry.set(change.hive, change.path, change.name, change.value, at, writer);
      return done;
    case 'registry.create-key':
      registry.create(change.hive, change.path, at, writer);
      return done;
    case 'registry.delete-value':
      return found(registry.deleteValue(change.hive, change.path, change.name, at, writer), change.path);
    case 'registry.delete-key':
      return found(registry.deleteKey(change.hive, change.path, at, writer), change.path);
    case 'registry.rename-key':
      return found(registry.renameKey(change.hive, change.path, change.to, at, writer), change.path);
    case 'file.write':
      return files.write(change.path, { kind: 'bytes', data: change.content }, at, writer);
    case 'file.image':
      return files.write(change.path, imageContent(change.length, change.version, change.texts), at, writer);
    case 'file.append':
      return files.append(change.path, change.content, at, writer);
    case 'file.create-directory':
      return files.createDirectory(change.path, at, writer);
    case 'file.remove':
      return files.remove(change.path, at);
    case 'file.move':
      return files.move(change.from, change.to, at, writer);
    case 'file.times': {
      const { kind: _kind, path, ...times } = change;
      return files.setTimes(path, times, writer);
    }
    case 'file.attributes': {
      const { kind: _kind, path, ...attributes } = change;
      return files.setAttributes(path, attributes, writer);
    }
    case 'service.create':
    case 'service.delete':
    case 'service.state':
    case 'service.config':
    case 'service.failed':
      return applyServiceChange(parts, change, stamp);
    case 'process.start': {
      const { id, file, arguments: args, sessionId, bitness } = change;
      const user = change.account === 'system' ? 'NT AUTHORITY\\SYSTEM' : parts.userOf(sessionId);
      const parentId = change.parent ?? null;
      parts.addProcess(
        { id, file, arguments: args, parentId, user, sessionId, bitness, started: at },
        writer,
      );
      return done;
    }
    case 'process.end':
      return found(parts.endProcess(change.id), String(change.id));
    case 'session.sign-in':
      signIn(parts, change, stamp, (one) => void applyChange(parts, one, stamp));
      return done;
    case 'session.sign-out':
      return signOut(parts, change.sid, stamp);
    case 'network.state':
      parts.machine = { ...parts.machine, networkUp: change.up };
      return done;
    case 'session.lock': {
      const open = parts.sessions.some((session) => session.sid === change.sid);
      parts.sessions = parts.sessions.map((session) =>
        session.sid === change.sid ? { ...session, locked: change.locked, writer } : session,
      );
      return found(open, change.sid);
    }
    case 'power.state':
      parts.machine = { ...parts.machine, power: change.state, powerSince: at };
      return done;
    case 'clock.set':
      parts.machine = { ...parts.machine, clockAhead: change.ahead };
      return done;
    case 'device.boot':
      boot(parts, stamp);
      return done;
    case 'task.register':
    case 'task.unregister':
    case 'task.enable':
    case 'task.run':
    case 'task.end':
      return applyTaskChange(parts, change, stamp);
    case 'certificate.add': {
      const { certificate } = change;
      parts.certificates.put({ ...certificateKey(certificate), certificate, writer });
      return done;
    }
    case 'certificate.remove':
      return found(parts.certificates.delete(certificateKey(change)), change.thumbprint);
    case 'event-log':
      addRecord(parts.eventLogs, change, stamp);
      return done;
    case 'toast':
      parts.toasts = withToast(parts.toasts, change, stamp);
      return done;
    case 'toast.dismiss': {
      const left = parts.toasts.filter((one) => !isSame(one, change));
      if (left.length === parts.toasts.length) return missing(change.name);
      parts.toasts = left;
      return done;
    }
    default:
      return assertNever(change);
  }
}

const done: DeviceResult<void> = ok(undefined);
const found = (was: boolean, path: string): DeviceResult<void> => (was ? done : missing(path));

function certificateKey(
  certificate: Pick<CertificateRecord, 'store' | 'sid' | 'container' | 'thumbprint'>,
): Keyed {
  const { store, sid, container, thumbprint } = certificate;
  return keyed([store, sid, container, thumbprint].join('\\'));
}
