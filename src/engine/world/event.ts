import type { ConsoleId, DeviceId, EventId, MessageId, RuleId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { DeviceChange, LogParameter, QueueData } from '../device/change.ts';

/**
 * Derived output of a step, never state: replay makes it again. `cause` is the event whose data the rule read;
 * chains end at an input or at the start of the world.
 */
export interface WorldEvent {
  readonly id: EventId;
  readonly at: Instant;
  /** `*` for what concerns the cloud or the whole world. */
  readonly device: DeviceId | '*';
  readonly data: EventData;
  readonly cause: EventId | null;
  readonly rule: RuleId | null;
  readonly compared?: Readonly<Record<string, string | number | boolean | null>>;
}

export type EventData =
  | { readonly kind: 'world.start' }
  | { readonly kind: 'input'; readonly seq: number; readonly input: string }
  | { readonly kind: 'scheduled'; readonly entry: string; readonly due: Instant; readonly data: QueueData }
  | { readonly kind: 'cancelled'; readonly group: string; readonly count: number }
  | { readonly kind: 'memory'; readonly key: string; readonly value: QueueData | null }
  | {
      readonly kind: 'change';
      readonly change: Exclude<DeviceChange, { kind: 'log' }>;
      readonly before: string | null;
    }
  | {
      readonly kind: 'log';
      readonly message: MessageId;
      readonly parameters: readonly LogParameter[];
      readonly thread: number;
      readonly file: string;
    }
  | {
      readonly kind: 'process.exit';
      readonly process: number;
      readonly exitCode: number;
      readonly file: string;
    }
  | {
      readonly kind: 'network';
      readonly direction: 'request' | 'response';
      readonly url: string;
      readonly status: number | null;
      readonly bytes: number;
    }
  | { readonly kind: 'cloud'; readonly what: string; readonly data: QueueData }
  | {
      readonly kind: 'console';
      readonly console: ConsoleId;
      /** `echo`: a line as it was typed; `prompt`: what a shell or a question shows before it waits for one. */
      readonly stream: 'out' | 'error' | 'echo' | 'prompt';
      readonly text: string;
    };
