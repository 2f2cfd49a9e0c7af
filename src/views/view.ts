import type { DeviceId } from '../base/ids.ts';
import type { Instant } from '../base/time.ts';
import type { Simulation } from '../engine/world/simulation.ts';
import type { World } from '../engine/world/world.ts';
import type { Attempt, PredictionOption } from '../labs/attempt.ts';
import type { Lab } from '../labs/lab.ts';
import type { ViewData, ViewName, ViewParams } from '../protocol/views.ts';

/** What every view is a function of. The values are replaced, never changed in place, so that `===` says "the same". */
export interface ViewSource {
  readonly simulation: Simulation;
  readonly world: World;
  readonly device: DeviceId;
  readonly lab: Lab;
  readonly attempt: Attempt;
  readonly clock: ClockState;
  /** What the latest input wrote on the device. */
  readonly changes: LatestChanges;
  /** Options of the predictions, as they are before they are locked. */
  readonly options: ReadonlyMap<string, readonly PredictionOption[]>;
  /** When each input was taken, by its number. */
  readonly times: ReadonlyMap<number, Instant>;
}

export interface ClockState {
  readonly playing: boolean;
  readonly speed: number;
  readonly busy: boolean;
  readonly passed: readonly { readonly at: number; readonly label: string }[];
}

/** Keys and values of the registry, folded: `HKLM\SOFTWARE\X` and `HKLM\SOFTWARE\X\0Name`. */
export interface LatestChanges {
  readonly keys: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

export interface View<N extends ViewName> {
  /** References whose identity stands for what the view reads: while they are the same, so is the view. */
  reads(source: ViewSource, params: ViewParams<N>): readonly unknown[];
  show(source: ViewSource, params: ViewParams<N>): ViewData<N>;
}

export const deviceOf = (source: ViewSource) => source.world.devices.get(source.device);
