import { describe, expect, it } from 'vitest';
import { deviceScope } from '../../../src/engine/agent/paths.ts';
import type { AppPolicy } from '../../../src/engine/agent/policy/app-policy.ts';
import { relationsOf } from '../../../src/engine/agent/policy/relations.ts';
import { subgraphsOf } from '../../../src/engine/agent/policy/subgraph.ts';
import { timesOf } from '../../../src/engine/agent/win32/schedule.ts';

/** Policies of a chain: each app is superseded by the next, by update or replacement; all are required. */
function chain(apps: readonly string[], action: 100 | 110): readonly AppPolicy[] {
  return apps.map((id, i) => {
    const old = apps[i - 1];
    return {
      id,
      intent: 3,
      edges: old === undefined ? [] : [{ parent: id, child: old, action }],
    } as unknown as AppPolicy;
  });
}

/** What is done with each app of a chain where those named are on the device: `Remove A, install B`, `Nothing`. */
function done(apps: readonly string[], action: 100 | 110, there: readonly string[]): string {
  const { intents } = relationsOf(chain(apps, action), {
    requested: null,
    found: Object.fromEntries(apps.map((app) => [app, there.includes(app) ? 'Detected' : 'NotDetected'])),
    applicable: {},
  });
  const steps = [
    ...apps.filter((app) => intents.get(app) === 4 && there.includes(app)).map((app) => `Remove ${app}`),
    ...apps.filter((app) => intents.get(app) === 3 && !there.includes(app)).map((app) => `Install ${app}`),
  ];
  return steps.length === 0 ? 'Nothing' : steps.join(', ');
}

describe('cases of supersedence as Microsoft documents them', () => {
  const update = 100;
  const replace = 110;

  it('of one app by another', () => {
    const pair = ['A', 'B'];
    expect([
      done(pair, update, []),
      done(pair, update, ['A']),
      done(pair, update, ['B']),
      done(pair, update, ['A', 'B']),
      done(pair, replace, []),
      done(pair, replace, ['A']),
      done(pair, replace, ['B']),
      done(pair, replace, ['A', 'B']),
    ]).toEqual([
      'Install B',
      'Install B',
      'Nothing',
      'Nothing',
      'Install B',
      'Remove A, Install B',
      'Nothing',
      'Remove A',
    ]);
  });

  it('of a chain of three', () => {
    const three = ['A', 'B', 'C'];
    expect([
      done(three, update, []),
      done(three, update, ['A', 'C']),
      done(three, update, ['A']),
      done(three, update, ['C']),
      done(three, replace, []),
      done(three, replace, ['A', 'C']),
      done(three, replace, ['A']),
      done(three, replace, ['C']),
    ]).toEqual([
      'Install C',
      'Nothing',
      'Install C',
      'Nothing',
      'Install C',
      'Remove A',
      'Remove A, Install C',
      'Nothing',
    ]);
  });
});

describe('relations in a circle, which the service never sends', () => {
  const policy = (id: string, child: string, action: number, intent = 3) =>
    ({
      id,
      revision: 1,
      intent,
      targetType: 2,
      filteredOut: false,
      availableEnforcement: false,
      start: null,
      deadline: null,
      edges: [{ parent: id, child, action }],
    }) as unknown as AppPolicy;
  const known = { requested: null, found: {}, applicable: {} };

  it('supersede nothing', () => {
    const circle = [policy('A', 'B', 110), policy('B', 'A', 110)];
    expect(relationsOf(circle, known).supersededBy.size).toBe(0);
  });

  it('end', () => {
    const circle = [policy('A', 'B', 10), policy('B', 'C', 10, 0), policy('C', 'B', 10, 0)];
    expect(subgraphsOf(circle, deviceScope).map(({ apps }) => apps)).toEqual([['C', 'B', 'A']]);
    const relations = relationsOf(circle, known);
    const times = circle.map((one) => timesOf(null as never, one, circle, relations));
    expect(times).toEqual(circle.map(() => ({ start: null, deadline: null })));
  });
});
