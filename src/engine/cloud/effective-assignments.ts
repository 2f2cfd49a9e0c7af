import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Assignment, CloudState } from './cloud-state.ts';

/** How an app reaches a device in one scope. */
export interface EffectiveAssignment {
  readonly app: Guid;
  readonly intent: Assignment['intent'];
  /** 1 user group, 2 device group. */
  readonly targetType: 1 | 2;
  readonly assignment: Assignment;
}

/** Required wins over uninstall, uninstall over available. */
const rank: Record<Assignment['intent'], number> = { required: 3, uninstall: 2, available: 1 };

/**
 * Apps that target a device, or one of its signed-in users: one entry an app, exclusion wins over inclusion, a device
 * assignment over a user's where both have the same intent. In the order of the assignments.
 */
export function effectiveAssignments(
  state: CloudState,
  device: DeviceId,
  user: Guid | null,
): readonly EffectiveAssignment[] {
  const found = new Map<Guid, EffectiveAssignment>();
  const excluded = new Set(
    state.assignments
      .filter((one) => one.exclude && reach(state, one, device, user) !== null)
      .map((one) => one.app),
  );
  for (const assignment of state.assignments) {
    if (assignment.exclude || excluded.has(assignment.app)) continue;
    const targetType = reach(state, assignment, device, user);
    if (targetType === null) continue;
    const before = found.get(assignment.app);
    const better =
      before === undefined ||
      rank[assignment.intent] > rank[before.intent] ||
      (rank[assignment.intent] === rank[before.intent] && targetType > before.targetType);
    if (better)
      found.set(assignment.app, {
        app: assignment.app,
        intent: assignment.intent,
        targetType,
        assignment,
      });
  }
  return [...found.values()];
}

/** Devices that an app targets directly or by their primary user. */
export function targetedDevices(state: CloudState, app: Guid): readonly DeviceId[] {
  return Object.values(state.devices)
    .filter((device) =>
      effectiveAssignments(state, device.id, device.primaryUser).some((one) => one.app === app),
    )
    .map((device) => device.id);
}

/** How an assignment reaches a device: 2 by itself, 1 by its user, null not at all. */
export function reach(
  state: CloudState,
  assignment: Pick<Assignment, 'target'>,
  device: DeviceId,
  user: Guid | null,
): 1 | 2 | null {
  const target = assignment.target;
  if (target.kind === 'all-devices') return Object.hasOwn(state.devices, device) ? 2 : null;
  if (target.kind === 'all-users') return user !== null && Object.hasOwn(state.users, user) ? 1 : null;
  const group = state.groups[target.group];
  if (group?.devices.includes(device)) return 2;
  return user !== null && group?.users.includes(user) ? 1 : null;
}
