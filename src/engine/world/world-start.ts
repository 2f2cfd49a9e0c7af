import type { Instant } from '../../base/time.ts';
import type { Answers } from '../agent/disputes.ts';
import type { DeviceStart } from '../device/device-start.ts';
import type { Input } from './input.ts';
import type { Site } from './sites.ts';

/**
 * Where a world comes from: bare devices, and the inputs that lead from there to "now". No state is typed in; what a
 * rule owns comes about by its rule.
 */
export interface WorldStart {
  readonly seed: string;
  readonly start: Instant;
  readonly devices: readonly DeviceStart[];
  /** Hosts of the internet besides the service's own. */
  readonly sites?: readonly Site[];
  /** Answers to disputed questions for all devices; a device's own go before them. */
  readonly disputes?: Answers;
  /** Run one after the other, each until nothing more can run; `advance` moves the clock. */
  readonly inputs: readonly Input[];
}
