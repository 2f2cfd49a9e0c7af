import type { ConsoleId, DeviceId } from '../../base/ids.ts';
import type { EventStore } from './event-store.ts';
import type { World } from './world.ts';

/** The whole world at a point of the journal, clock and service included. */
export interface Moment {
  readonly world: World;
  /** Where events are kept, and how many of them came before this moment. */
  readonly events: EventStore;
  readonly length: number;
  /** Consoles that were open: their sessions' variables are not part of a moment. */
  readonly consoles: readonly { readonly device: DeviceId; readonly id: ConsoleId }[];
}
