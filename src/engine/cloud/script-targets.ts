import type { DeviceId, Guid } from '../../base/ids.ts';
import type { CloudState } from './cloud-state.ts';
import { reach } from './effective-assignments.ts';
import type { CloudScript, CompliancePolicy, ScriptAssignment } from './script-state.ts';

/** A script that reaches a device, by itself or through a compliance policy. */
export interface TargetedScript {
  readonly script: CloudScript;
  /** 1 user group, 2 device group. */
  readonly targetType: 1 | 2;
  readonly schedule: ScriptAssignment['schedule'];
}

/** Scripts that target a device or its signed-in user (null: none); exclusion wins over inclusion. In the order of the assignments. */
export function targetedScripts(
  state: CloudState,
  device: DeviceId,
  user: Guid | null,
): readonly TargetedScript[] {
  if (state.scripts.assignments.length === 0) return [];
  const found = new Map<Guid, TargetedScript>();
  for (const { id, targetType, schedule } of reached(state, device, user)) {
    const script =
      state.scripts.items[id] ?? state.scripts.items[state.scripts.compliancePolicies[id]?.script ?? ''];
    if (script && !found.has(script.id)) found.set(script.id, { script, targetType, schedule });
  }
  return [...found.values()];
}

/** Custom compliance policies that use a script and reach a device or its user. */
export function policiesWith(
  state: CloudState,
  script: Guid,
  device: DeviceId,
  user: Guid | null,
): readonly CompliancePolicy[] {
  return reached(state, device, user).flatMap(({ id }) => {
    const policy = state.scripts.compliancePolicies[id];
    return policy?.script === script ? [policy] : [];
  });
}

interface Reached {
  readonly id: Guid;
  readonly targetType: 1 | 2;
  readonly schedule: ScriptAssignment['schedule'];
}

function reached(state: CloudState, device: DeviceId, user: Guid | null): readonly Reached[] {
  const { assignments } = state.scripts;
  const excluded = new Set(
    assignments
      .filter((one) => one.exclude && reach(state, one, device, user) !== null)
      .map((one) => one.script),
  );
  const found = new Map<Guid, Reached>();
  for (const one of assignments) {
    if (one.exclude || excluded.has(one.script)) continue;
    const targetType = reach(state, one, device, user);
    const before = found.get(one.script);
    if (targetType === null || (before !== undefined && before.targetType >= targetType)) continue;
    found.set(one.script, { id: one.script, targetType, schedule: one.schedule });
  }
  return [...found.values()];
}
