import type { Instant } from '../base/time.ts';
import { canSnoozeRestart, restartReminderToast } from '../engine/agent/win32/restart-manager.ts';
import type { DeviceReader } from '../engine/device/device-reader.ts';

/** A notification as a user sees it. */
export interface NotificationLine {
  readonly title: string;
  readonly text: string;
  readonly at: Instant;
  /** It has a button that puts it off: the device action `restart.snooze`. */
  readonly snooze: boolean;
}

/** What is in the notification centre of a user on a device, the newest first. */
export function notifications(read: DeviceReader, sid: string): readonly NotificationLine[] {
  return read.toasts
    .filter((toast) => toast.sid === sid)
    .map(({ title, text, at, name }) => ({
      title,
      text,
      at,
      snooze: name === restartReminderToast && canSnoozeRestart(read),
    }))
    .reverse();
}
