import type { DeviceChange } from './change.ts';
import type { ToastRecord } from './device.ts';
import type { Stamp } from './device-parts.ts';

/** As many as the notification centre keeps of one app. */
const kept = 20;

type Named = Pick<ToastRecord, 'sid' | 'name' | 'subject'>;

export const isSame = (a: Named, b: Named): boolean =>
  a.sid === b.sid && a.name === b.name && a.subject === b.subject;

/** The list with one more; what said the same before goes, and of too many the oldest. */
export function withToast(
  toasts: readonly ToastRecord[],
  change: Extract<DeviceChange, { kind: 'toast' }>,
  { at, writer }: Stamp,
): readonly ToastRecord[] {
  const { kind: _kind, ...toast } = change;
  return [...toasts.filter((one) => !isSame(one, toast)), { ...toast, at, writer }].slice(-kept);
}
