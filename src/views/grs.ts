import type { Instant } from '../base/time.ts';
import { instant } from '../base/time.ts';
import { fromCivil } from '../engine/clock/civil-time.ts';
import type { DeviceReader } from '../engine/device/device-reader.ts';

export const win32Apps = 'SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps';

export interface GrsValue {
  /** Object id of the user, or zeros for the device. */
  readonly scope: string;
  readonly app: string;
  readonly stored: Instant;
  /** Key below HKLM that holds the value. */
  readonly key: string;
}

/** The GRS values of a device, as anyone can read them in its registry. */
export function grsValues(read: DeviceReader): readonly GrsValue[] {
  const found: GrsValue[] = [];
  for (const scope of read.key('HKLM', win32Apps)?.value.subKeys ?? []) {
    const grs = `${win32Apps}\\${scope}\\GRS`;
    for (const hash of read.key('HKLM', grs)?.value.subKeys ?? []) {
      const key = `${grs}\\${hash}`;
      for (const app of read.key('HKLM', key)?.value.valueNames ?? []) {
        const value = read.value('HKLM', key, app)?.value;
        const stored = value?.kind === 'String' ? parseStored(value.data) : null;
        if (stored !== null) found.push({ scope, app, stored, key });
      }
    }
  }
  return found;
}

/** `MM/dd/yyyy HH:mm:ss`, UTC; null where it is something else. */
export function parseStored(text: string): Instant | null {
  const match = /^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2})$/.exec(text);
  if (!match) return null;
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return instant(fromCivil({ year, month, day, hour, minute, second }));
}
