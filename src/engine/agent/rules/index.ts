import type { RuleId } from '../../../base/ids.ts';
import * as healthScript from './health-script-rules.ts';
import * as executor from './executor-rules.ts';
import * as script from './script-rules.ts';
import * as checkIn from './check-in-rules.ts';
import * as cleanup from './cleanup-rules.ts';
import * as enforcement from './enforcement-rules.ts';
import * as evaluation from './evaluation-rules.ts';
import * as frame from './frame-rules.ts';
import * as health from './health-rules.ts';
import * as inventory from './inventory-rules.ts';
import * as portal from './portal-rules.ts';
import * as relation from './relation-rules.ts';
import * as requirements from './requirement-rules.ts';
import * as restarts from './restart-rules.ts';
import type { Rule } from './rule.ts';
import * as service from './service-rules.ts';
import * as store from './store-rules.ts';
import * as start from './start-rules.ts';
import * as session from './session-rules.ts';

export type { Confidence, Rule } from './rule.ts';

/** Every rule of the agent by its id. */
export const rules: ReadonlyMap<RuleId, Rule> = new Map(
  [
    service,
    checkIn,
    evaluation,
    enforcement,
    cleanup,
    portal,
    relation,
    requirements,
    frame,
    health,
    start,
    inventory,
    executor,
    script,
    healthScript,
    restarts,
    session,
    store,
  ]
    .flatMap((family) => Object.values(family))
    .map((rule) => [rule.id, rule]),
);
