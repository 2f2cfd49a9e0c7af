import type { Instant } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/subgraph-messages.ts';
import { grsKey } from '../paths.ts';
import { grsSaved } from '../rules/enforcement-rules.ts';
import { reevaluationInterval } from '../rules/evaluation-rules.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder, text } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';
import { laterPass } from './decide.ts';
import { storeRelationStates } from './relation-states.ts';
import { bareCheckIn, next } from './session.ts';
import { runs, workOf } from './work.ts';

/** A subgraph is done: the times of its attempts become GRS values. */
export function subgraphEnd(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const { scope, hash } = work.graph;
  if (work.grs.length > 0) laterPass(to, read, work);
  storeRelationStates(to, read, work);
  to.log(grsSaved, msg.grsSaving);
  for (const [app, began] of work.grs) {
    const time = utcText(began as Instant);
    to.set(grsSaved, grsKey(scope, hash), app, text(time), {
      compared: { attempt: time, now: utcText(read.now) },
    }).log(grsSaved, msg.grsSaved, [time, scope, hash, app]);
  }
  to.log(reevaluationInterval, msg.done, [hash]);
  next(to, read, bareCheckIn(work), work.position + 1);
  return to.step();
}
