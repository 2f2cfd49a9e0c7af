import { guid } from '../../base/ids.ts';
import type { DeviceId, Guid } from '../../base/ids.ts';
import type { AssignmentTarget } from './admin-actions.ts';
import { AdminDataError } from './admin-data.ts';
import type { Assignment, CloudApp, CloudGroup, CloudState } from './cloud-state.ts';
import { guidFromHash } from './guid-from-hash.ts';

/** What an administrator names: users, groups, devices and apps by id or name. A name that is none throws `AdminDataError`. */
export function targetOf(state: CloudState, target: AssignmentTarget, path: string): Assignment['target'] {
  return typeof target === 'string'
    ? { kind: target }
    : { kind: 'group', group: groupNamed(state, target.group, path).id };
}

export const sameTarget = (a: Assignment['target'], b: Assignment['target']): boolean =>
  a.kind === 'group' && b.kind === 'group' ? a.group === b.group : a.kind === b.kind;

export function newId(
  state: CloudState,
  kind: string,
  given: string | undefined,
  name: string,
  existing: Readonly<Record<string, unknown>>,
): Guid {
  const id = given === undefined ? guidFromHash(kind, state.tenant.seed, name) : guid(given);
  if (Object.hasOwn(existing, id))
    throw new AdminDataError('exists', `A ${kind} with id ${id} ("${name}") exists already.`, { id });
  return id;
}

export function named<T extends { readonly id: string }>(
  all: Readonly<Record<string, T>>,
  name: string,
  nameOf: (one: T) => string,
  what: string,
  path: string,
): T {
  const found =
    all[name.toLowerCase()] ?? all[name] ?? Object.values(all).find((one) => sameName(nameOf(one), name));
  if (found) return found;
  throw notFound(what, name, path);
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const notFound = (what: string, name: string, path: string): AdminDataError =>
  new AdminDataError('not-found', `${path}: there is no ${what} "${name}".`, { name });

export const userNamed = (state: CloudState, name: string, path: string): Guid =>
  named(state.users, name, (user) => user.upn, 'user', path).id;
export const groupNamed = (state: CloudState, name: string, path: string): CloudGroup =>
  named(state.groups, name, (group) => group.name, 'group', path);
export function deviceNamed(state: CloudState, name: string, path: string): DeviceId {
  const found = state.devices.get(name) ?? state.devices.values().find((one) => sameName(one.id, name));
  if (found) return found.id;
  throw notFound('device', name, path);
}
export const appNamed = (state: CloudState, name: string, path: string): CloudApp =>
  named(state.apps, name, (app) => app.setup.name, 'app', path);
