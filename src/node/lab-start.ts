import type { Lab } from '../labs/lab.ts';
import { SidecarError } from '../base/error.ts';
import type { Moment } from '../engine/world/moment.ts';
import { Simulation } from '../engine/world/simulation.ts';
import { problemText } from '../labs/problem.ts';
import { expandWorld } from '../labs/world-file.ts';
import { labHash } from './lab-folder.ts';

const known = new Map<string, Moment>();

/** The moment at which a lab begins, for a seed. Simulated once for each content and seed of this process. */
export function labStart(lab: Lab, seed: string): Moment {
  const key = `${labHash(lab)} ${seed}`;
  const before = known.get(key);
  if (before) return before;
  const start = expandWorld({ file: 'world.yaml', text: lab.world, files: lab.files }, seed);
  if (!start.ok) throw new SidecarError('world-malformed', start.error.map(problemText).join('\n'));
  const moment = Simulation.start(start.value).moment();
  if (!moment)
    throw new SidecarError('world-unsettled', `${lab.id}: a script still runs when the lab begins`);
  known.set(key, moment);
  return moment;
}
