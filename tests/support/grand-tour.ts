import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleId } from '../../src/base/ids.ts';
import { rules } from '../../src/engine/agent/index.ts';
import { catalogueId } from '../../src/engine/agent/messages/index.ts';
import type { Rule } from '../../src/engine/agent/rules/rule.ts';
import { cloudRules } from '../../src/engine/cloud/index.ts';
import { mdmRules } from '../../src/engine/mdm/index.ts';
import { worldRules } from '../../src/engine/world/rules.ts';
import { Simulation } from '../../src/engine/world/simulation.ts';
import type { WorldStart } from '../../src/engine/world/world-start.ts';
import { expandWorld } from '../../src/labs/world-file.ts';
import { problemText } from '../../src/labs/problem.ts';
import { labFiles } from '../../src/node/lab-folder.ts';

const worlds = join(import.meta.dirname, '..', 'worlds');

/** A world of `tests/worlds`, with its files. */
export function testWorldFile(name: string, seed = 'tour'): WorldStart {
  const text = readFileSync(join(worlds, name), 'utf8');
  const start = expandWorld({ file: name, text, files: labFiles(worlds) }, seed);
  if (!start.ok) throw new Error(start.error.map(problemText).join('\n'));
  return start.value;
}

let toured: Simulation | undefined;

/** The week in which every rule is caused and every message written; run once for all who ask. */
export const grandTour = (): Simulation => (toured ??= Simulation.start(testWorldFile('grand-tour.yaml')));

/** A rule of any catalogue, as the learner reads it. */
export type AnyRule = Pick<Rule, 'says' | 'confidence' | 'sources' | 'otherwise' | 'workshop'> & {
  readonly id: string;
};

/** The catalogues of rules, by the part of the product that they are of. */
export const ruleCatalogues: readonly { readonly part: string; readonly rules: readonly AnyRule[] }[] = [
  { part: 'The agent', rules: [...rules.values()] },
  { part: 'The MDM client', rules: [...mdmRules.values()] },
  { part: 'The service', rules: [...cloudRules.values()] },
  { part: 'Windows and the network', rules: worldRules },
];

/** Rules that events of a simulation name, with the messages written under each. */
export function servedBy(simulation: Simulation): ReadonlyMap<RuleId, ReadonlySet<string>> {
  const served = new Map<RuleId, Set<string>>();
  for (const { data, rule } of simulation.events.all()) {
    if (rule === null) continue;
    let messages = served.get(rule);
    if (!messages) served.set(rule, (messages = new Set()));
    if (data.kind === 'log') messages.add(catalogueId(data.message));
  }
  return served;
}
