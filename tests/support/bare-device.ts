import { utf8Encode } from '../../src/base/bytes.ts';
import { deviceId, guid, messageId } from '../../src/base/ids.ts';
import type { EventId } from '../../src/base/ids.ts';
import type { Instant } from '../../src/base/time.ts';
import { fromCivil } from '../../src/engine/clock/civil-time.ts';
import { bareDevice } from '../../src/engine/device/bare-device.ts';
import type { DeviceChange } from '../../src/engine/device/change.ts';
import type { Device } from '../../src/engine/device/device.ts';
import { DeviceDraft } from '../../src/engine/device/device-draft.ts';
import type { DeviceStart } from '../../src/engine/device/device-start.ts';
import type { LogText } from '../../src/engine/device/filesystem/log-text.ts';

export const testStart: DeviceStart = {
  id: deviceId('BW-W11-5'),
  os: 'windows-11-24h2',
  zone: 'W. Europe Standard Time',
  entraDeviceId: guid('6f1c2e0a-52a1-4c0e-9d5e-0b4a3c7f1a01'),
  intuneDeviceId: guid('b0c4d7e2-1f8a-4e77-8f66-2a9d5c3b4e02'),
  users: [
    {
      name: 'AdeleVance',
      displayName: 'Adele Vance',
      upn: 'AdeleV@contoso.example',
      entraId: guid('9a7f7f0e-3a57-4c1e-8c55-7f5e6b3d2c03'),
      sid: 'S-1-12-1-2591686414-1277049431-1593791884-53220718',
      administrator: false,
    },
  ],
  agentVersion: '1.101.109.0',
  files: [{ path: 'C:\\Labs\\readme.txt', text: 'Grüße' }],
  disk: { size: 128, free: 64 },
  memory: 8192,
  manufacturer: 'Microsoft Corporation',
  model: 'Virtual Machine',
};

export const testTime: Instant = fromCivil({ year: 2026, month: 5, day: 11, hour: 8 });

/** Every message goes to one file of the agent's folder, with its parameters as text. */
export const testLogText: LogText = {
  written: (message) => ({
    message,
    path: 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\IntuneManagementExtension.log',
  }),
  record: (message, parameters) => ({
    text: `${message} ${parameters.join(' ')}`.trimEnd(),
    component: 'IntuneManagementExtension',
    type: 1,
  }),
  length(message, parameters) {
    const { text, component } = this.record(message, parameters);
    return utf8Encode(text).length + component.length;
  },
};

export const bare = (start: Partial<DeviceStart> = {}): Device =>
  bareDevice({ ...testStart, ...start }, testTime);

/** A draft whose clock stands still unless `time.now` is moved. */
export function draftOf(device: Device, time: { now: Instant } = { now: testTime }): DeviceDraft {
  return new DeviceDraft(device, { now: () => time.now, seed: 'test', logText: testLogText });
}

export const logOf = (text: string): DeviceChange => ({
  kind: 'log',
  message: messageId(text),
  parameters: [],
  thread: 7,
});

export function applyAll(
  draft: DeviceDraft,
  changes: readonly DeviceChange[],
  writer: EventId | null = null,
): void {
  for (const change of changes) draft.apply(change, writer);
}
