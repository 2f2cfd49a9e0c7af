import type { Input, JournalEntry } from '../engine/world/input.ts';
import { describeInput } from '../engine/world/inputs.ts';
import type { Attempt } from '../labs/attempt.ts';
import type { ViewData } from '../protocol/views.ts';
import type { View } from './view.ts';

type Moment = ViewData<'moments'>['moments'][number];

/** The tree of moments, in the order they came about. What only opened a console, or let time pass on the way, is left out. */
export const moments: View<'moments'> = {
  reads: (source) => [
    source.attempt.entries,
    source.attempt.names,
    source.attempt.current,
    source.attempt.abandoned,
    source.world.snapshots,
    source.times,
  ],
  show({ attempt, times, world, device }) {
    const onPath = pathOf(attempt);
    const shown = shownEntries(attempt);
    const current = shownFrom(attempt, shown, attempt.current);
    const list: Moment[] = [
      {
        id: 0,
        parent: null,
        name: attempt.names.get(0) ?? null,
        label: 'lab begun',
        at: times.get(0) ?? 0,
        current: current === 0,
        onPath: true,
      },
    ];
    for (const [seq, { input }] of shown)
      list.push({
        id: seq,
        parent: shownFrom(attempt, shown, attempt.entries.get(seq)?.parent ?? 0),
        name: attempt.names.get(seq) ?? null,
        label: describeInput(input),
        at: times.get(seq) ?? 0,
        current: seq === current,
        onPath: onPath.has(seq),
      });
    const prefix = `${device}/`;
    return {
      canUndo: current !== 0,
      moments: list,
      snapshots: [...world.snapshots]
        .filter(([key]) => key.startsWith(prefix))
        .map(([, { name, takenAt }]) => ({ name, at: takenAt })),
    };
  },
};

/** Where undo goes: the moment before the newest that is shown; null at the start. */
export function undoTarget(attempt: Attempt): number | null {
  const shown = shownEntries(attempt);
  const current = shownFrom(attempt, shown, attempt.current);
  if (current === 0) return null;
  return shownFrom(attempt, shown, attempt.entries.get(current)?.parent ?? 0);
}

/** The nearest moment at or above an input that is shown. */
function shownFrom(attempt: Attempt, shown: ReadonlyMap<number, JournalEntry>, seq: number): number {
  let at = seq;
  while (at !== 0 && !shown.has(at)) at = attempt.entries.get(at)?.parent ?? 0;
  return at;
}

function pathOf(attempt: Attempt): ReadonlySet<number> {
  const path = new Set<number>([0]);
  for (let at = attempt.current; at !== 0; at = attempt.entries.get(at)?.parent ?? 0) path.add(at);
  return path;
}

const quiet = new Set<Input['kind']>(['console.open', 'console.close', 'console.resize']);

function shownEntries(attempt: Attempt): ReadonlyMap<number, JournalEntry> {
  const entries = [...attempt.entries].filter(([seq]) => !attempt.abandoned.has(seq));
  // Of advances in a row the last stands for all, unless one has a name.
  const followed = new Set<number>();
  for (const [, entry] of entries) if (entry.input.kind === 'advance') followed.add(entry.parent);
  return new Map(
    entries.filter(([seq, { input }]) => {
      if (attempt.names.has(seq)) return true;
      if (quiet.has(input.kind)) return false;
      return input.kind !== 'advance' || seq === attempt.current || !followed.has(seq);
    }),
  );
}
