import type { EventId } from '../../base/ids.ts';
import type { Duration } from '../../base/time.ts';
import type { DeviceChange, QueueData } from '../device/change.ts';
import type { Rule } from './rules/rule.ts';

/**
 * What a stage decides: writes, log records, further queue entries, each with the rule that asks for it and the event
 * whose data that rule read. The world applies them in order, stamps ids and times, and freezes the result.
 */
export interface Step {
  readonly effects: readonly Effect[];
}

export type Effect =
  | {
      readonly kind: 'change';
      readonly change: DeviceChange;
      readonly rule: Rule;
      /** The event whose data was read; without it the entry that woke the stage. */
      readonly cause?: EventId;
      /** Values compared, for the explanation: name and value as shown. */
      readonly compared?: Readonly<Record<string, string | number | boolean | null>>;
    }
  /** Wakes a later stage. Entries due at one time run in the order (device, sequence). */
  | {
      readonly kind: 'enqueue';
      readonly after: Duration;
      readonly entry: string;
      readonly data: QueueData;
      readonly rule: Rule;
      readonly cause?: EventId;
      /** Entries of the same group are dropped together (service stop, restart). */
      readonly group?: string;
    }
  | { readonly kind: 'cancel'; readonly group: string; readonly rule: Rule; readonly cause?: EventId }
  /** Bytes to a host of the simulated network; the answer wakes `then` with `{ status, body }` added to its data. */
  | {
      readonly kind: 'request';
      readonly method: string;
      readonly url: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
      readonly then: string;
      readonly data: QueueData;
      readonly rule: Rule;
      readonly cause?: EventId;
      readonly group?: string;
    }
  /** Windows is asked to restart now. */
  | { readonly kind: 'restart'; readonly rule: Rule; readonly cause?: EventId }
  /** The memory of the agent's process, lost when it ends. Plain data. */
  | {
      readonly kind: 'memory';
      readonly key: string;
      readonly value: QueueData | undefined;
      readonly rule: Rule;
      readonly cause?: EventId;
    };
