import type { CloudGroup, CloudState } from './cloud-state.ts';

/** Users and devices of a group and of the groups in it. */
export interface GroupMembers {
  readonly users: ReadonlySet<string>;
  readonly devices: ReadonlySet<string>;
}

type Groups = CloudState['groups'];

/** By the groups as they are: devices ask every hour who is in a group, and groups seldom change. */
const known = new WeakMap<Groups, Map<string, GroupMembers>>();

/** Members of a group, nested ones too (Microsoft Learn: Assign apps to groups); of a group that is not there nobody. */
export function groupMembers(groups: Groups, id: string): GroupMembers {
  let all = known.get(groups);
  if (all === undefined) known.set(groups, (all = new Map()));
  let members = all.get(id);
  if (members === undefined) {
    const nested = withNested(groups, id);
    members = {
      users: new Set(nested.flatMap(({ users }) => users)),
      devices: new Set(nested.flatMap(({ devices }) => devices)),
    };
    all.set(id, members);
  }
  return members;
}

/** A group and all in it, each once. */
function withNested(groups: Groups, id: string): readonly CloudGroup[] {
  const found = new Map<string, CloudGroup>();
  for (const queue = [id]; queue.length > 0;) {
    const next = queue.shift() ?? '';
    const group = groups[next];
    if (group === undefined || found.has(next)) continue;
    found.set(next, group);
    queue.push(...group.groups);
  }
  return [...found.values()];
}
