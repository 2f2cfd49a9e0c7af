import type { Duration, Instant } from '../../../base/time.ts';
import { days, duration, hours, minutes, plus } from '../../../base/time.ts';
import * as evaluation from '../rules/evaluation-rules.ts';
import type { RuleSaid, Story, Track } from './story.ts';

/** What is to be expected, by the rules, if nothing comes between. Instants are UTC. */
export interface Expected {
  readonly what: string;
  readonly at: Instant | null;
  readonly rule: RuleSaid | null;
}

/** How far check-ins are counted ahead. */
const horizon = days(3);

/** What comes next for an app, a script or a remediation, concluded from what its lines say. */
export function whatComesNext(story: Story, track: Track): readonly Expected[] {
  const { facts } = track;
  const expected: Expected[] = [];
  if (facts.nextRun !== undefined) expected.push({ what: 'next run', at: facts.nextRun, rule: null });
  if (track.kind !== 'app') return expected;
  const evaluated = facts.hash === undefined ? undefined : story.evaluatedAt(facts.hash);
  const look = evaluated === undefined ? undefined : plus(evaluated, hours(8));
  const grsEnds = facts.grs === undefined || facts.grs === null ? undefined : plus(facts.grs, hours(24));
  if (look !== undefined) {
    const at = checkInFrom(story, look);
    expected.push({
      what: at === null ? 'looked at again at the first check-in after' : 'looked at again',
      at: at ?? look,
      rule: evaluation.reevaluationInterval,
    });
  }
  const wanted = facts.intent === 'required' || facts.intent === 'uninstall';
  const missing = facts.intent === 'uninstall' ? facts.detected === true : facts.detected === false;
  const blocked = facts.applicability !== undefined && facts.applicability !== 'Applicable';
  if (grsEnds !== undefined && wanted && missing && !blocked) {
    expected.push({ what: 'GRS ends', at: grsEnds, rule: evaluation.grsWindow });
    const attempt = attemptFrom(story, look, grsEnds);
    if (attempt !== null) expected.push({ what: 'next attempt', at: attempt, rule: evaluation.grsBlocks });
  }
  return expected;
}

/** The first look at the app, 8 hours after the one before, at which GRS is over. */
function attemptFrom(story: Story, look: Instant | undefined, grsEnds: Instant): Instant | null {
  if (look === undefined) return null;
  for (let from = look, tries = 0; tries < 10; tries++) {
    const at = checkInFrom(story, from);
    if (at === null) return null;
    if (at >= grsEnds) return at;
    from = plus(at, hours(8));
  }
  return null;
}

/** The first check-in at or after a time, in UTC; null where the log does not tell. */
function checkInFrom(story: Story, from: Instant): Instant | null {
  const { checkIn, offset } = story;
  if (checkIn === null || offset === null) return null;
  const interval: Duration = story.checkInInterval ?? minutes(60);
  const last = plus(checkIn, duration(-offset));
  if (from - last > horizon) return null;
  const steps = Math.max(1, Math.ceil((from - last) / interval));
  return plus(last, duration(steps * interval));
}
