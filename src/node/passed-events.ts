import type { Instant } from '../base/time.ts';
import { labelOf } from '../engine/world/scheduler.ts';
import type { Simulation } from '../engine/world/simulation.ts';
import type { WorldEntry } from '../engine/world/world.ts';

const most = 20;

/** What the agent and Windows did in a stretch of time, for the clock: the newest last, the same thing in a row once. */
export function passedBetween(
  simulation: Simulation,
  firstEvent: number,
  from: Instant,
  to: Instant,
): readonly { readonly at: number; readonly label: string }[] {
  const { events } = simulation;
  // What was due had been scheduled before or within the stretch; an hour of looking back covers the longest timer.
  const found: { at: number; label: string }[] = [];
  for (const { data, device, id } of events.since(Math.max(0, firstEvent - 5_000))) {
    if (data.kind !== 'scheduled' || data.due <= from || data.due > to) continue;
    const entry: Pick<WorldEntry, 'id' | 'kind' | 'data' | 'at' | 'device'> = {
      id,
      kind: data.entry,
      data: data.data,
      at: data.due,
      device,
    };
    found.push({ at: data.due, label: labelOf(entry as WorldEntry) });
  }
  found.sort((a, b) => a.at - b.at);
  return found.filter((one, n) => one.label !== found[n + 1]?.label).slice(-most);
}
