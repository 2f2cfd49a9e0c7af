import type { ViewData } from '../../../src/protocol/views.ts';

export type Moment = ViewData<'moments'>['moments'][number];

/** One row of the graph, newest first: the lane of its dot and the lines through the row. */
export interface GraphRow {
  readonly moment: Moment;
  readonly lane: number;
  /** A line comes in from the row above, in the dot's own lane. */
  readonly above: boolean;
  /** A line goes on to the row below, in the dot's own lane. */
  readonly below: boolean;
  /** Lanes of branches that begin at this dot. */
  readonly branches: readonly number[];
  /** Lanes of other branches that pass by. */
  readonly passing: readonly number[];
}

/** The way to now is lane 0; what was left behind when the learner went back stands beside it. */
export function graphRows(moments: readonly Moment[]): { rows: GraphRow[]; lanes: number } {
  const ordered = [...moments].sort((a, b) => a.id - b.id);
  const index = new Map(ordered.map((moment, at) => [moment.id, at]));
  const lane: number[] = [];
  /** Last row that a lane reaches so far, so that it is used again afterwards. */
  const busyUntil: number[] = [];
  const tips = lastOfBranch(ordered);
  ordered.forEach((moment, at) => {
    const parent = moment.parent === null ? undefined : index.get(moment.parent);
    const inherited = parent === undefined ? undefined : lane[parent];
    if (moment.onPath) lane[at] = 0;
    else if (parent !== undefined && inherited !== undefined && tips.heir.get(parent) === at)
      lane[at] = inherited;
    else {
      const from = parent ?? at;
      let free = 1;
      while ((busyUntil[free] ?? -1) > from) free++;
      lane[at] = free;
      busyUntil[free] = tips.end.get(at) ?? at;
    }
  });
  const rows = ordered.map((moment, at) => ({
    moment,
    lane: lane[at] ?? 0,
    above: false,
    below: false,
    branches: [] as number[],
    passing: [] as number[],
  }));
  ordered.forEach((moment, at) => {
    const parent = moment.parent === null ? undefined : index.get(moment.parent);
    const child = rows[at];
    const origin = parent === undefined ? undefined : rows[parent];
    if (!child || parent === undefined || !origin) return;
    child.below = true;
    if (origin.lane === child.lane) origin.above = true;
    else origin.branches.push(child.lane);
    for (let between = parent + 1; between < at; between++) rows[between]?.passing.push(child.lane);
  });
  return { rows: rows.reverse(), lanes: Math.max(0, ...lane) + 1 };
}

/** For each moment the child that goes on in its lane, and for each the last row its branch reaches. */
function lastOfBranch(ordered: readonly Moment[]) {
  const index = new Map(ordered.map((moment, at) => [moment.id, at]));
  const heir = new Map<number, number>();
  const end = new Map<number, number>();
  ordered.forEach((moment, at) => {
    const parent = moment.parent === null ? undefined : index.get(moment.parent);
    if (parent === undefined || moment.onPath || ordered[parent]?.onPath) return;
    if (!heir.has(parent)) heir.set(parent, at);
  });
  for (let at = ordered.length - 1; at >= 0; at--) {
    const next = heir.get(at);
    end.set(at, next === undefined ? at : (end.get(next) ?? next));
  }
  return { heir, end };
}
