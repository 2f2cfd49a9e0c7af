import { expect, test } from 'vitest';
import { graphRows } from '../../renderer/panes/moments/lanes.ts';
import type { Moment } from '../../renderer/panes/moments/lanes.ts';

function moment(id: number, parent: number | null, onPath: boolean): Moment {
  return { id, parent, name: null, label: `m${id}`, at: id, current: false, onPath };
}

function drawn(moments: readonly Moment[]): string[] {
  const { rows } = graphRows(moments);
  return rows.map(
    ({ moment: { id }, lane, above, below, branches, passing }) =>
      `${id} lane ${lane}${above ? ' up' : ''}${below ? ' down' : ''}` +
      `${branches.length > 0 ? ` branch ${branches.join()}` : ''}` +
      `${passing.length > 0 ? ` passing ${passing.join()}` : ''}`,
  );
}

test('a straight history is one lane, newest first', () => {
  expect(drawn([moment(1, null, true), moment(2, 1, true), moment(3, 2, true)])).toEqual([
    '3 lane 0 down',
    '2 lane 0 up down',
    '1 lane 0 up',
  ]);
});

test('what was left behind stands beside the way to now, in one lane while it goes on', () => {
  const history = [moment(1, null, true), moment(2, 1, false), moment(3, 2, false), moment(4, 1, true)];
  expect(drawn(history)).toEqual([
    '4 lane 0 down',
    '3 lane 1 down passing 0',
    '2 lane 1 up down passing 0',
    '1 lane 0 up branch 1',
  ]);
});

test('branches that overlap get lanes of their own; a lane is used again once its branch has ended', () => {
  const history = [
    moment(1, null, true),
    moment(2, 1, false),
    moment(3, 1, false),
    moment(4, 2, false),
    moment(5, 1, true),
    moment(6, 5, false),
    moment(7, 5, true),
  ];
  const { rows, lanes } = graphRows(history);
  expect(lanes).toBe(3);
  expect(Object.fromEntries(rows.map((row) => [row.moment.id, row.lane]))).toEqual({
    1: 0,
    2: 1,
    3: 2,
    4: 1,
    5: 0,
    6: 1,
    7: 0,
  });
});
