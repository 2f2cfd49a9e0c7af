import type { DeviceId } from '../base/ids.ts';
import { hours as hoursOf, plus } from '../base/time.ts';
import { forecast } from '../engine/world/forecast.ts';
import type { Simulation } from '../engine/world/simulation.ts';
import type { Forecasted } from '../protocol/verbs.ts';

/** What comes by itself on one device within so many hours, and why. Asked for, never kept up to date: it costs a run. */
export function forecastOf(simulation: Simulation, device: DeviceId, hours: number): Forecasted {
  const found = forecast(simulation, hoursOf(hours));
  return {
    from: simulation.now,
    to: found?.to ?? plus(simulation.now, hoursOf(hours)),
    tracks:
      found?.tracks
        .filter((track) => track.device === device)
        .map(({ kind, id, name, happenings }) => ({
          kind,
          id,
          name,
          happenings: happenings.map(({ local: at, what, level, rule, count, lastLocal: last }) => ({
            at,
            what,
            level,
            rule: rule?.id ?? null,
            why: rule?.says ?? null,
            count,
            last,
          })),
        })) ?? null,
  };
}
