import type { WorldEntry } from '../../src/engine/world/world.ts';
import { Simulation } from '../../src/engine/world/simulation.ts';
import type { AgentStory } from './agent-harness.ts';

/**
 * Goes on to the moment before a stage of the agent (`win32.detect before-install`: with what a detection is for), and
 * changes its entry: what it carries, or when it is due. Consoles are closed by it.
 */
export function beforeStage(
  story: AgentStory,
  stage: string,
  change: (entry: WorldEntry) => Partial<WorldEntry>,
): AgentStory {
  const [kind, phase] = stage.split(' ');
  for (let i = 0; i < 3000; i++) {
    const next = story.simulation.next();
    if (next === null) break;
    const moment = next.kind === kind ? story.simulation.moment() : null;
    const entry = moment?.world.queue.first();
    if (moment && entry && entry.kind === kind && (phase === undefined || phaseOf(entry) === phase)) {
      const queue = moment.world.queue.remove(entry).insert({ ...entry, ...change(entry) });
      return Object.assign(story, {
        simulation: Simulation.from({ ...moment, world: { ...moment.world, queue } }),
      });
    }
    story.input({ kind: 'advance', to: next.at });
  }
  throw new Error(`There is no ${stage}`);
}

const phaseOf = ({ data }: WorldEntry): unknown => (data as { readonly phase?: unknown } | null)?.phase;
