import { bytesToHex } from '@noble/hashes/utils.js';
import type { Device } from './device.ts';
import {
  directoryDigest,
  encodeCertificate,
  encodeDraw,
  encodeEventLog,
  encodeMemory,
  encodeProcess,
  encodeService,
  encodeSession,
  encodeTask,
  encodeToast,
  hashed,
  keyDigest,
  mapDigest,
} from './state/encode.ts';

const known = new WeakMap<Device, string>();

/**
 * Names the state of a device, in hex: equal for equal devices, whatever led to them and whoever wrote what. What did
 * not change since an earlier hash is not read again.
 */
export function hashDevice(device: Device): string {
  let hash = known.get(device);
  if (hash === undefined) {
    hash = bytesToHex(
      hashed((out) => {
        out.data(device.start);
        out.digest(keyDigest(device.hklm));
        out.digest(keyDigest(device.hku));
        out.digest(directoryDigest(device.volume));
        out.number(device.diskUsed);
        out.digest(mapDigest(device.services, encodeService));
        out.digest(mapDigest(device.processes, encodeProcess));
        out.digest(mapDigest(device.tasks, encodeTask));
        out.digest(mapDigest(device.eventLogs, encodeEventLog));
        out.digest(mapDigest(device.certificates, encodeCertificate));
        out.list(device.sessions, (session) => encodeSession(out, session));
        out.list(device.toasts, (toast) => encodeToast(out, toast));
        out.digest(mapDigest(device.memory, encodeMemory));
        out.digest(mapDigest(device.draws, encodeDraw));
        out.data(device.machine);
      }),
    ).slice(0, 32);
    known.set(device, hash);
  }
  return hash;
}
