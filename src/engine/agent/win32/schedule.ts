import type { Instant } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { deadlineOf, startOf } from '../policy/app-policy.ts';
import type { Relations } from '../policy/relations.ts';
import { edgeActions } from '../policy/relations.ts';

/** When an app may be worked on and by when it must be; null: not set. */
export interface Times {
  readonly start: Instant | null;
  readonly deadline: Instant | null;
}

/**
 * Times of an app; one that nobody targets has those of the app for whose sake something is done with it: of the app that
 * replaces it, or of the first due that needs it.
 */
export function timesOf(
  read: DeviceReader,
  policy: AppPolicy,
  policies: readonly AppPolicy[],
  relations: Relations,
  /** Apps whose times are being looked for: relations of a malformed policy may go in a circle. */
  seen: readonly string[] = [],
): Times {
  const own = { start: startOf(read, policy), deadline: deadlineOf(read, policy) };
  if (seen.includes(policy.id)) return own;
  const successor = relations.replacedBy.get(policy.id);
  const leader =
    successor !== undefined
      ? policies.find(({ id }) => id === successor)
      : policy.intent === 0
        ? firstDue(read, policy, policies, relations, [...seen, policy.id])
        : policy;
  return leader === undefined || leader.id === policy.id
    ? own
    : timesOf(read, leader, policies, relations, [...seen, policy.id]);
}

function firstDue(
  read: DeviceReader,
  policy: AppPolicy,
  policies: readonly AppPolicy[],
  relations: Relations,
  seen: readonly string[],
): AppPolicy | undefined {
  const parents = policies.filter(
    (one) =>
      relations.intents.get(one.id) === 3 &&
      one.edges.some(
        (edge) => edge.parent === one.id && edge.child === policy.id && edge.action === edgeActions.install,
      ),
  );
  const due = (one: AppPolicy): number => {
    const { start, deadline } = timesOf(read, one, policies, relations, seen);
    return deadline ?? start ?? 0;
  };
  return parents.length < 2
    ? parents[0]
    : parents.reduce((first, one) => (due(one) < due(first) ? one : first));
}

export const isBefore = (read: DeviceReader, time: Instant | null): boolean =>
  time !== null && read.now < time;
