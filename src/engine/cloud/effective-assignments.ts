import type { DeviceId, Guid } from '../../base/ids.ts';
import { requestKey } from './app-state.ts';
import type { Assignment, CloudState } from './cloud-state.ts';
import type { FilterOutcome } from './filters.ts';
import { filterOutcome } from './filters.ts';
import { groupMembers } from './group-members.ts';

/** How an app reaches a device in one scope. */
export interface EffectiveAssignment {
  readonly app: Guid;
  readonly intent: Assignment['intent'];
  /** Shown in Company Portal as well: required and available, or available although the device is to lose it. */
  readonly alsoAvailable: boolean;
  /** 1 user group, 2 device group, 3 both. */
  readonly targetType: 1 | 2 | 3;
  /** Where several assignments have the intent, the one that is due first. */
  readonly assignment: Assignment;
  /** Several have it, and not one deadline. */
  readonly competing: boolean;
  /** Null: no filter was asked. */
  readonly filter: FilterOutcome | null;
}

interface Reached {
  readonly assignment: Assignment;
  readonly targetType: 1 | 2;
}

/**
 * Apps that target a device or its signed-in user (null: none), one entry an app, in the order of the assignments. An
 * exclusion takes away what includes the same kind, users or devices; conflicting intents and filters are resolved as
 * documented. An app that a filter keeps away is in the list and says so.
 */
export function effectiveAssignments(
  state: CloudState,
  device: DeviceId,
  user: Guid | null,
): readonly EffectiveAssignment[] {
  const reached = new Map<Guid, Reached[]>();
  const excluded = new Set<string>();
  for (const assignment of state.assignments) {
    const targetType = reach(state, assignment, device, user);
    if (targetType === null) continue;
    if (assignment.exclude) excluded.add(`${assignment.app}|${targetType}`);
    else {
      const before = reached.get(assignment.app);
      if (before === undefined) reached.set(assignment.app, [{ assignment, targetType }]);
      else before.push({ assignment, targetType });
    }
  }
  const out: EffectiveAssignment[] = [];
  for (const [app, all] of reached) {
    const left =
      excluded.size === 0 ? all : all.filter(({ targetType }) => !excluded.has(`${app}|${targetType}`));
    if (left.length > 0) out.push(effective(state, device, user, app, left));
  }
  return out;
}

/** Apps that an exclusion takes something of: by device or by user. */
export function excludedApps(state: CloudState, device: DeviceId, user: Guid | null): readonly Guid[] {
  const reached = (exclude: boolean) =>
    state.assignments.flatMap((one) => {
      const type = one.exclude === exclude ? reach(state, one, device, user) : null;
      return type === null ? [] : [{ app: one.app, key: `${one.app}|${type}` }];
    });
  const excluded = new Set(reached(true).map(({ key }) => key));
  return [...new Set(reached(false).flatMap(({ app, key }) => (excluded.has(key) ? [app] : [])))];
}

function effective(
  state: CloudState,
  device: DeviceId,
  user: Guid | null,
  app: Guid,
  reached: readonly Reached[],
): EffectiveAssignment {
  const { intent, alsoAvailable } = intentOf(
    reached,
    user !== null && state.appService.requests[device]?.[requestKey(app, user)] !== undefined,
  );
  const deciding = reached.filter(({ assignment }) => assignment.intent === intent);
  const filtering = alsoAvailable
    ? reached.filter(({ assignment }) => assignment.intent === intent || assignment.intent === 'available')
    : deciding;
  const types = new Set(deciding.map(({ targetType }) => targetType));
  return {
    app,
    intent,
    alsoAvailable,
    targetType: types.size === 2 ? 3 : types.has(2) ? 2 : 1,
    assignment: firstDue(deciding),
    competing: deciding.some(({ assignment }) => assignment.deadline !== deciding[0]?.assignment.deadline),
    filter: filterOutcome(
      state,
      state.devices.get(device),
      filtering.map(({ assignment }) => assignment),
    ),
  };
}

/**
 * The documented table of conflicts: required wins over all and stays available; uninstall wins over available, except
 * that a user's available outlasts a device's uninstall once the user has asked for the app.
 */
function intentOf(
  reached: readonly Reached[],
  asked: boolean,
): { readonly intent: Assignment['intent']; readonly alsoAvailable: boolean } {
  const has = (intent: Assignment['intent'], type?: 1 | 2): boolean =>
    reached.some(
      ({ assignment, targetType }) =>
        assignment.intent === intent && (type === undefined || targetType === type),
    );
  if (has('required')) return { intent: 'required', alsoAvailable: has('available') };
  if (!has('uninstall')) return { intent: 'available', alsoAvailable: true };
  const outlasts = has('available', 1) && !has('uninstall', 1);
  return outlasts && asked
    ? { intent: 'available', alsoAvailable: true }
    : { intent: 'uninstall', alsoAvailable: outlasts };
}

/** The assignment with the earliest deadline; one without any is due at once. A device's goes before a user's. */
function firstDue(all: readonly Reached[]): Assignment {
  const due = ({ assignment }: Reached): string => assignment.deadline ?? '';
  const [first, ...others] = all;
  let best = first as Reached;
  for (const one of others)
    if (due(one) < due(best) || (due(one) === due(best) && one.targetType > best.targetType)) best = one;
  return best.assignment;
}

/** Devices that an app targets directly or by their primary user. */
export function targetedDevices(state: CloudState, app: Guid): readonly DeviceId[] {
  const ofApp = { ...state, assignments: state.assignments.filter((one) => one.app === app) };
  return state.devices
    .values()
    .filter((device) => effectiveAssignments(ofApp, device.id, device.primaryUser).length > 0)
    .map((device) => device.id);
}

/** How an assignment reaches a device: 2 by the device, 1 by its signed-in user; null: not. */
export function reach(
  state: CloudState,
  assignment: Pick<Assignment, 'target'>,
  device: DeviceId,
  user: Guid | null,
): 1 | 2 | null {
  const target = assignment.target;
  if (target.kind === 'all-devices') return state.devices.has(device) ? 2 : null;
  if (target.kind === 'all-users') return user !== null && Object.hasOwn(state.users, user) ? 1 : null;
  const { devices, users } = groupMembers(state.groups, target.group);
  if (devices.has(device)) return 2;
  return user !== null && users.has(user) ? 1 : null;
}
