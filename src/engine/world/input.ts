import type { ConsoleId, DeviceId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';

/** The only things that change a world from outside. A journal is a list of them; plain JSON. */
export type Input =
  | { readonly kind: 'advance'; readonly to: Instant }
  | {
      readonly kind: 'console.open';
      readonly device: DeviceId;
      readonly console: ConsoleId;
      readonly as: Account;
      readonly width: number;
      readonly height: number;
      readonly shell: Shell;
      /** Output carries colours as ANSI sequences; absent means it does not. */
      readonly colour?: boolean;
    }
  | { readonly kind: 'console.close'; readonly device: DeviceId; readonly console: ConsoleId }
  | {
      readonly kind: 'console.resize';
      readonly device: DeviceId;
      readonly console: ConsoleId;
      readonly width: number;
      readonly height: number;
    }
  /** A whole command, as it was sent with Enter (several lines where it was multi-line), or the answer to a prompt. */
  | {
      readonly kind: 'console.line';
      readonly device: DeviceId;
      readonly console: ConsoleId;
      readonly text: string;
    }
  /** Ctrl+C on the foreground of a console. */
  | { readonly kind: 'console.stop'; readonly device: DeviceId; readonly console: ConsoleId }
  /** A script run outside a console (command line, checks on a VM's twin). Text is written to `path` first. */
  | {
      readonly kind: 'script.run';
      readonly device: DeviceId;
      readonly console: ConsoleId;
      readonly path: string;
      readonly text: string;
      readonly args: readonly string[];
    }
  | { readonly kind: 'file.save'; readonly device: DeviceId; readonly path: string; readonly text: string }
  /** What an administrator does in the Intune admin centre: verb and its data, checked by the cloud. */
  | { readonly kind: 'admin'; readonly action: string; readonly data: QueueData }
  /** A button or gesture on the device: `company-portal.sync`, `restart`, `sign-in`, `power.sleep` … */
  | {
      readonly kind: 'device.action';
      readonly device: DeviceId;
      readonly action: string;
      readonly data: QueueData;
    }
  | { readonly kind: 'snapshot.take'; readonly device: DeviceId; readonly name: string }
  | { readonly kind: 'snapshot.restore'; readonly device: DeviceId; readonly name: string };

export type Account = 'system' | 'admin' | 'user';
export type Shell = 'powershell' | 'pwsh' | 'cmd';

/**
 * One record of a journal. `after` is the number of scheduler steps done since the previous input when this one
 * came, or 'idle' where everything runnable had run: so a Ctrl+C in the middle of a script is replayed exactly.
 */
export interface JournalEntry {
  readonly seq: number;
  readonly parent: number;
  readonly after: number | 'idle';
  readonly input: Input;
}
