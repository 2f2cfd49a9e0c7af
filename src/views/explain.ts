import { SidecarError } from '../base/error.ts';
import { eventId } from '../base/ids.ts';
import { messageOf } from '../engine/agent/messages/index.ts';
import { rules } from '../engine/agent/rules/index.ts';
import type { Rule } from '../engine/agent/rules/index.ts';
import { cloudRules } from '../engine/cloud/index.ts';
import { mdmRules } from '../engine/mdm/rules.ts';
import { worldRules } from '../engine/world/rules.ts';
import type { Simulation } from '../engine/world/simulation.ts';
import type { Explanation } from '../protocol/verbs.ts';
import { describeEvent, whereOnDevice } from './describe-event.ts';

type AnyRule = Pick<Rule, 'says' | 'confidence' | 'sources'> & {
  readonly id: string;
  readonly otherwise?: string;
};

/** Every rule that an event can name: the agent's, the MDM client's, the service's, Windows' and the network's. */
const catalogue: ReadonlyMap<string, AnyRule> = new Map(
  [...rules.values(), ...mdmRules.values(), ...cloudRules.values(), ...worldRules].map((rule: AnyRule) => [
    rule.id,
    rule,
  ]),
);

/** Why an event came about: the rule, what it compared, and the chain back to an input or the start. */
export function explain(simulation: Simulation, id: string): Explanation {
  const { events } = simulation;
  const event = events.get(eventId(id));
  if (!event)
    throw new SidecarError('event-unknown', `There is no event ${id} in the history of this moment`, { id });
  const rule = event.rule === null ? undefined : catalogue.get(event.rule);
  return {
    event: event.id,
    at: event.at,
    what: describeEvent(event.data),
    rule: rule
      ? {
          id: rule.id,
          says: rule.says,
          confidence: rule.confidence,
          sources: [...rule.sources],
          otherwise: rule.otherwise ?? null,
        }
      : null,
    words: event.data.kind === 'log' ? messageOf(event.data.message).origin : null,
    compared: Object.entries(event.compared ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    chain: events
      .chain(event.id)
      .slice(1)
      .map((one) => ({ event: one.id, at: one.at, what: describeEvent(one.data) })),
    where: whereOnDevice(event.data),
  };
}
