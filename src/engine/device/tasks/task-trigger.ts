import type { Duration } from '../../../base/time.ts';

/**
 * What starts a scheduled task. A `start` is a reading of the device's clock (`2026-05-12T09:00:00`), or with `Z` a
 * point in time. Microsoft Learn: Task Scheduler, trigger types.
 */
export type TaskTrigger = (
  | { readonly kind: 'time'; readonly start: string }
  /** At the time of day of `start`, each so many days. */
  | { readonly kind: 'daily'; readonly start: string; readonly days: number }
  /** At the time of day of `start`, on these days (0 Sunday) of each so many weeks. */
  | {
      readonly kind: 'weekly';
      readonly start: string;
      readonly weeks: number;
      readonly daysOfWeek: readonly number[];
    }
  | { readonly kind: 'boot' }
  /** `user`: SID, or null for anybody. */
  | { readonly kind: 'logon'; readonly user: string | null }
  | { readonly kind: 'session'; readonly change: SessionChange; readonly user: string | null }
  | { readonly kind: 'registration' }
  /** `provider` null: any of the log; `ids` empty: all. */
  | {
      readonly kind: 'event';
      readonly log: string;
      readonly provider: string | null;
      readonly ids: readonly number[];
    }
) & {
  readonly repeat?: { readonly every: Duration; /** null: for ever. */ readonly within: Duration | null };
  /** Time triggers start up to this much later, drawn anew each time. */
  readonly randomDelay?: Duration;
  /** The others start this much later. */
  readonly delay?: Duration;
  readonly enabled?: boolean;
};

export type SessionChange = 'lock' | 'unlock' | 'connect' | 'disconnect';

export interface TaskSettings {
  /** A start that was missed is made up for. */
  readonly startWhenAvailable: boolean;
  /** What a start does while the task runs. */
  readonly multipleInstances: 'IgnoreNew' | 'Parallel' | 'Queue' | 'StopExisting';
  readonly hidden: boolean;
}

export const defaultTaskSettings: TaskSettings = {
  startWhenAvailable: false,
  multipleInstances: 'IgnoreNew',
  hidden: false,
};
