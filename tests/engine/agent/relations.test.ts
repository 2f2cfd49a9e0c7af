import fc from 'fast-check';
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

describe('any relations between any apps', () => {
  const names = ['A', 'B', 'C', 'D', 'E'] as const;
  const app = fc.constantFrom(...names);
  const graph = fc.record({
    intents: fc.array(fc.constantFrom(0, 1, 3, 4), { minLength: 5, maxLength: 5 }),
    edges: fc.uniqueArray(fc.record({ parent: app, child: app, action: fc.constantFrom(0, 10, 100, 110) }), {
      maxLength: 8,
      selector: ({ parent, child }) => `${parent}${child}`,
    }),
    found: fc.array(fc.constantFrom('Detected' as const, 'NotDetected' as const, 'Failed' as const), {
      minLength: 5,
      maxLength: 5,
    }),
    applicable: fc.array(fc.constantFrom(0, 0, 1003), { minLength: 5, maxLength: 5 }),
    requested: fc.option(app),
  });
  const by = <T>(list: readonly T[]): Record<string, T> =>
    Object.fromEntries(names.map((name, i) => [name, list[i] as T]));

  it('end in intents that do not contradict each other', () => {
    fc.assert(
      fc.property(graph, ({ intents, edges, found, applicable, requested }) => {
        const policies = names.map(
          (id, i) =>
            ({
              id,
              revision: 1,
              intent: intents[i],
              targetType: 2,
              filteredOut: false,
              availableEnforcement: false,
              edges: edges.filter(({ parent, child }) => parent === id && child !== id),
            }) as unknown as AppPolicy,
        );
        for (const { apps } of subgraphsOf(policies, deviceScope)) {
          const inGraph = apps.flatMap((id) => policies.find((one) => one.id === id) ?? []);
          const relations = relationsOf(inGraph, {
            requested,
            found: by(found),
            applicable: by(applicable),
          });
          const intent = (id: string) => relations.intents.get(id);
          // What gives way is not installed; what is replaced goes, for the sake of an app that is wanted.
          for (const [old] of relations.supersededBy) expect(intent(old)).not.toBe(3);
          for (const [old, successor] of relations.replacedBy)
            expect([intent(old), intent(successor)]).toEqual([4, 3]);
          // What a wanted app needs is wanted, or the app says that it cannot be.
          for (const { id, edges: own } of inGraph)
            for (const { child, action } of own)
              if (intent(id) === 3 && action === 10 && apps.includes(child))
                expect(
                  intent(child) === 3 || relations.conflicts.has(id) || by(found)[child] === 'Detected',
                ).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
