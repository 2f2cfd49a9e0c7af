import fc from 'fast-check';
import { expect, test } from 'vitest';

import { instant } from '../../../src/base/time.ts';
import type { Queued } from '../../../src/engine/clock/queue.ts';
import { Queue } from '../../../src/engine/clock/queue.ts';

type Command =
  | { kind: 'insert'; at: number; device: string; group: string | null }
  | { kind: 'pop' }
  | { kind: 'removeGroup'; device: string; group: string }
  | { kind: 'removeDevice'; device: string };

const device = fc.constantFrom('*', 'BW-1', 'BW-2');
const group = fc.constantFrom('agent', 'timer');
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      at: fc.nat(20),
      device,
      group: fc.option(group),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('removeGroup' as const), device, group }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('removeDevice' as const), device }) },
);
const order = (a: Queued, b: Queued): number =>
  a.at - b.at || (a.device < b.device ? -1 : a.device > b.device ? 1 : 0) || a.seq - b.seq;

test('behaves as a sorted list and never changes an older queue', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 120 }), (commands) => {
      let queue = Queue.empty<Queued>();
      let list: Queued[] = [];
      const history: [Queue<Queued>, Queued[]][] = [];
      commands.forEach((what, seq) => {
        if (what.kind === 'insert') {
          const entry = { at: instant(what.at), device: what.device, seq, group: what.group };
          queue = queue.insert(entry);
          list = [...list, entry].sort(order);
        } else if (what.kind === 'pop') {
          const popped = queue.popFirst();
          expect(popped?.entry).toBe(list[0]);
          queue = popped?.rest ?? queue;
          list = list.slice(1);
        } else {
          const gone = (e: Queued): boolean =>
            e.device === what.device && (what.kind === 'removeDevice' || e.group === what.group);
          const result =
            what.kind === 'removeGroup'
              ? queue.removeGroup(what.device, what.group)
              : queue.removeDevice(what.device);
          expect(result.removed).toEqual(list.filter(gone));
          queue = result.queue;
          list = list.filter((e) => !gone(e));
        }
        history.push([queue, list]);
      });
      for (const [old, expected] of history) {
        expect([...old.entries()]).toEqual(expected);
        expect(old.size).toBe(expected.length);
        expect(old.first()).toBe(expected[0]);
        expect(old.ofDevice('BW-1')).toEqual(expected.filter((e) => e.device === 'BW-1'));
      }
    }),
  );
});
