import type { Guid } from '../../base/ids.ts';
import type {
  Assignment,
  CloudApp,
  CloudDevice,
  CloudState,
  CloudUser,
  InstallReport,
} from './cloud-state.ts';

/** What the admin centre shows; lists are in a fixed order (apps and users by name, reports by app, device and user). */
export const appsOf = (state: CloudState): readonly CloudApp[] =>
  sorted(Object.values(state.apps), (app) => app.setup.name);

export const usersOf = (state: CloudState): readonly CloudUser[] =>
  sorted(Object.values(state.users), (user) => user.upn);

export const devicesOf = (state: CloudState): readonly CloudDevice[] => state.devices.values();

/** An app by id or name. */
export const appOf = (state: CloudState, name: string): CloudApp | undefined =>
  state.apps[name.toLowerCase()] ?? appsOf(state).find((app) => app.setup.name === name);

/** Assignments of one app with their targets by name, in the order in which they were made. */
export const assignmentsOf = (
  state: CloudState,
  app: Guid,
): readonly (Assignment & { readonly targetName: string })[] =>
  state.assignments
    .filter((one) => one.app === app)
    .map((one) => ({ ...one, targetName: nameOfTarget(state, one.target) }));

function nameOfTarget(state: CloudState, target: Assignment['target']): string {
  if (target.kind === 'group') return state.groups[target.group]?.name ?? target.group;
  return target.kind === 'all-users' ? 'All users' : 'All devices';
}

/** Install status rows of one app, or of all: what the admin centre shows, some minutes behind what was received. */
export const installReports = (state: CloudState, app?: Guid): readonly InstallReport[] =>
  state.reports.values().filter((row) => app === undefined || row.app === app);

function sorted<T>(items: readonly T[], name: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
}
