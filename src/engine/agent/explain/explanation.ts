import type { Duration, Instant } from '../../../base/time.ts';
import type { LogExplainer, Counts, UnknownLine } from './log-explainer.ts';
import type { AppFacts, Happening, RuleSaid, Track, TrackKind } from './story.ts';
import type { Expected } from './what-comes-next.ts';
import { whatComesNext } from './what-comes-next.ts';
import { whereItStands } from './where-it-stands.ts';

/** What one app, script, remediation or part of the agent went through. */
export interface TrackExplained {
  readonly kind: TrackKind;
  readonly id: string;
  readonly name: string | null;
  readonly facts: AppFacts;
  /** Where an app stands at the end of the log, and why not where it should; null where no line tells. */
  readonly stands: string | null;
  readonly happenings: readonly Happening[];
  /** Happenings in the middle of a very long story that were not kept. */
  readonly left: number;
  readonly next: readonly Expected[];
}

/** What logs say, as a story by subject. Times of happenings are the log's local clock; `next` is UTC. */
export interface LogExplanation {
  readonly first: Instant | null;
  readonly last: Instant | null;
  readonly agentVersion: string | null;
  /** What the log's clock is ahead of UTC at the end of the log; null where no line tells. */
  readonly offset: Duration | null;
  readonly counts: Counts;
  readonly tracks: readonly TrackExplained[];
  /** Every rule that a happening or an expectation names. */
  readonly rules: readonly RuleSaid[];
  readonly unknown: readonly UnknownLine[];
}

const order: readonly TrackKind[] = [
  'app',
  'script',
  'remediation',
  'inventory',
  'health',
  'check-in',
  'service',
];

export function explanationOf(explainer: LogExplainer): LogExplanation {
  const { story } = explainer;
  const tracks = story.tracks
    .filter((track) => track.happenings.length > 0)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((track) => explained(track, whatComesNext(story, track)));
  const rules = new Map<string, RuleSaid>();
  for (const { happenings, next } of tracks)
    for (const { rule } of [...happenings, ...next]) if (rule) rules.set(rule.id, rule);
  return {
    first: explainer.first,
    last: explainer.last,
    agentVersion: story.agentVersion,
    offset: story.offset,
    counts: explainer.counts,
    tracks,
    rules: [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    unknown: explainer.unknown,
  };
}

const explained = (track: Track, next: readonly Expected[]): TrackExplained => ({
  kind: track.kind,
  id: track.id,
  name: track.name,
  facts: track.facts,
  stands: whereItStands(track),
  happenings: track.happenings,
  left: track.left,
  next,
});
