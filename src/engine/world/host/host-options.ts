import type { ProcessId } from '../../../base/ids.ts';
import type { Duration, Instant } from '../../../base/time.ts';
import type { DeviceChange } from '../../device/change.ts';
import type { DeviceDraft } from '../../device/device-draft.ts';
import type { HostResult, Identity, NetworkPort, ProcessStart } from '../../powershell/host.ts';

/** What the world gives for the port of one process. */
export interface HostOptions {
  /** The device as it is being changed; asked for each time, as the world may go on with another draft. */
  readonly draft: () => DeviceDraft;
  readonly identity: Identity;
  /** Names compare without case. */
  readonly environment: ReadonlyMap<string, string>;
  readonly now: () => Instant;
  readonly spend: (cost: Duration) => void;
  /** Makes an event of the change and applies it to the draft. What Windows would refuse never gets here. */
  readonly emit: (change: DeviceChange) => HostResult<void>;
  readonly startProcess: (request: ProcessStart) => HostResult<{ readonly id: ProcessId }>;
  readonly killProcess: (id: ProcessId) => HostResult<void>;
  readonly askService: (name: string, wanted: 'start' | 'stop') => HostResult<void>;
  /** Has Windows restart after a delay: what shutdown.exe /r asks. */
  readonly restart?: (delay: Duration) => void;
  /** Whether a host answers; without it none does. */
  readonly reach?: NetworkPort['reach'];
  /** What is read and written: `registry:HKLM\SOFTWARE\X`, `file:C:\x`, `service:BITS`, `cim:Win32_Bios`. */
  readonly onRead?: (what: string) => void;
  readonly onWrite?: (what: string) => void;
}
