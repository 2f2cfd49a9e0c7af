import type { Instant } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import { AdminDataError, maybe, object, text, whole } from './admin-data.ts';
import { older, rolloutDays } from './agent-release.ts';
import type { CloudState } from './cloud-state.ts';

export { regions } from './agent-release.ts';

/** The service gives out a version of the agent. Older than the last one: refused. */
export function releaseAgent(
  state: CloudState,
  data: QueueData,
  at: Instant,
): { readonly state: CloudState; readonly data: QueueData; readonly rule: string } {
  const { version, days = rolloutDays } = object({ version: text, days: maybe(whole(0, 60)) })(
    data,
    'agent.release',
  );
  if (!/^\d+(\.\d+){1,3}$/.test(version))
    throw new AdminDataError(
      'admin-data',
      `agent.release.version: expected a version like 1.103.101.0, found "${version}".`,
      { version },
    );
  const last = state.agents.releases.at(-1);
  if (last && !older(last.version, version))
    throw new AdminDataError(
      'admin-data',
      `agent.release: ${version} is not newer than ${last.version}, which was given out before.`,
      { version, last: last.version },
    );
  const release = { version, at, days };
  return {
    state: { ...state, agents: { ...state.agents, releases: [...state.agents.releases, release] } },
    data: { version, days },
    rule: 'cloud.agent.rollout',
  };
}
