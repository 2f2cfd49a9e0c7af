import { assertNever } from '../../base/assert-never.ts';
import { deviceId, guid } from '../../base/ids.ts';
import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { Instant } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import type { AdminVerb, AppCreate } from './admin-actions.ts';
import { AdminDataError, guidText, maybe, object, text } from './admin-data.ts';
import { appAssign, appCreate, appUnassign, appUpdate } from './app-shape.ts';
import type { Assignment, CloudApp, CloudGroup, CloudState } from './cloud-state.ts';
import type { CloudOutcome, CloudRefusal } from './cloud.ts';
import { targetedDevices } from './effective-assignments.ts';
import { guidFromHash } from './guid-from-hash.ts';
import { packContent } from './intunewin.ts';
import { isScriptVerb, scriptAct, scriptVerbs } from './script-admin.ts';
import { appNamed, deviceNamed, groupNamed, newId, sameTarget, targetOf, userNamed } from './tenant-names.ts';

type Change = {
  readonly state: CloudState;
  readonly data: QueueData;
  readonly push?: readonly DeviceId[];
  /** A device whose agent is told to run a remediation now. */
  readonly run?: { readonly device: DeviceId; readonly script: Guid };
};

/** Does an administrator's act, or says which field or name is wrong; then nothing has changed. */
export function actOf(
  state: CloudState,
  action: string,
  data: QueueData,
  at: Instant,
): Result<CloudOutcome<CloudState>, CloudRefusal> {
  try {
    const change = act(state, action, data, at);
    return ok({
      state: change.state,
      events: [{ what: action, data: change.data, rule: 'cloud.admin' }],
      later: [],
      push: [
        ...(change.push ?? []).map((device) => ({ device, reason: 'admin-centre' as const })),
        ...(change.run ? [{ ...change.run, reason: 'remediation' as const }] : []),
      ],
    });
  } catch (error) {
    if (error instanceof AdminDataError) return fail({ code: error.code, message: error.message });
    throw error;
  }
}

const verbs = {
  'tenant.create': true,
  'user.create': true,
  'group.create': true,
  'group.add-member': true,
  'group.remove-member': true,
  'device.enrol': true,
  'device.sync': true,
  'app.create': true,
  'app.update': true,
  'app.assign': true,
  'app.unassign': true,
  ...scriptVerbs,
} as const satisfies Record<AdminVerb, true>;

const isVerb = (action: string): action is AdminVerb => Object.hasOwn(verbs, action);

function act(state: CloudState, action: string, data: QueueData, at: Instant): Change {
  if (!isVerb(action))
    throw new AdminDataError(
      'admin-action',
      `Unknown admin action "${action}"; known are ${Object.keys(verbs).join(', ')}.`,
      { action },
    );
  if (isScriptVerb(action)) return scriptAct(state, action, data);
  switch (action) {
    case 'tenant.create': {
      const given = object({ name: text, seed: text })(data, action);
      if (Object.keys(state.users).length + Object.keys(state.apps).length > 0)
        throw new AdminDataError('admin-order', 'The tenant is made before anything in it.', {});
      const tenant = { id: guidFromHash('tenant', given.seed, given.name), ...given };
      return { state: { ...state, tenant }, data: tenant };
    }
    case 'user.create': {
      const given = object({ id: maybe(guidText), upn: text, displayName: text })(data, action);
      const id = newId(state, 'user', given.id, given.upn, state.users);
      const user = { id, upn: given.upn, displayName: given.displayName };
      return { state: { ...state, users: { ...state.users, [id]: user } }, data: user };
    }
    case 'group.create': {
      const given = object({ id: maybe(guidText), name: text })(data, action);
      const id = newId(state, 'group', given.id, given.name, state.groups);
      const group: CloudGroup = { id, name: given.name, users: [], devices: [] };
      return {
        state: { ...state, groups: { ...state.groups, [id]: group } },
        data: { id, name: group.name },
      };
    }
    case 'group.add-member':
    case 'group.remove-member':
      return changeMember(state, action, data);
    case 'device.enrol':
      return enrol(state, data, at);
    case 'device.sync': {
      const { device } = object({ device: text })(data, action);
      const found = deviceNamed(state, device, action);
      return { state, data: { device: found }, push: [found] };
    }
    case 'app.create': {
      const { id: givenId, ...setup } = appCreate(data, action);
      const id = newId(state, 'app', givenId, setup.name, state.apps);
      return storeApp(state, id, 1, setup);
    }
    case 'app.update': {
      const { app: name, set } = appUpdate(data, action);
      const app = appNamed(state, name, action);
      return storeApp(state, app.id, app.revision + 1, { ...app.setup, ...set });
    }
    case 'app.assign':
      return assign(state, data);
    case 'app.unassign': {
      const given = appUnassign(data, action);
      const app = appNamed(state, given.app, action);
      const target = targetOf(state, given.target, action);
      const assignments = state.assignments.filter(
        (one) => one.app !== app.id || !sameTarget(one.target, target),
      );
      if (assignments.length === state.assignments.length)
        throw new AdminDataError('not-found', `App "${given.app}" has no such assignment.`, given);
      return { state: { ...state, assignments }, data: { app: app.id } };
    }
    default:
      return assertNever(action);
  }
}

function changeMember(state: CloudState, action: AdminVerb, data: QueueData): Change {
  const given = object({ group: text, user: maybe(text), device: maybe(text) })(data, action);
  if ((given.user === undefined) === (given.device === undefined))
    throw new AdminDataError('admin-data', `${action}: give exactly one of user and device.`, {});
  const group = groupNamed(state, given.group, action);
  const adds = action === 'group.add-member';
  const change = <T>(list: readonly T[], one: T): readonly T[] =>
    adds ? (list.includes(one) ? list : [...list, one]) : list.filter((other) => other !== one);
  const changed: CloudGroup =
    given.user !== undefined
      ? { ...group, users: change(group.users, userNamed(state, given.user, action)) }
      : { ...group, devices: change(group.devices, deviceNamed(state, given.device ?? '', action)) };
  return { state: { ...state, groups: { ...state.groups, [group.id]: changed } }, data: given };
}

function enrol(state: CloudState, data: QueueData, at: Instant): Change {
  const given = object({
    device: text,
    entraDeviceId: guidText,
    intuneDeviceId: guidText,
    primaryUser: maybe(text),
    agentVersion: maybe(text),
  })(data, 'device.enrol');
  const id = deviceId(given.device);
  if (Object.hasOwn(state.devices, id))
    throw new AdminDataError('exists', `Device "${id}" is enrolled already.`, { device: id });
  const device = {
    id,
    entraDeviceId: guid(given.entraDeviceId),
    intuneDeviceId: guid(given.intuneDeviceId),
    primaryUser: given.primaryUser === undefined ? null : userNamed(state, given.primaryUser, 'device.enrol'),
    enrolledAt: at,
    agentVersion: given.agentVersion ?? currentAgentVersion,
    agentSent: null,
    lastContact: null,
  };
  return {
    state: { ...state, devices: { ...state.devices, [id]: device } },
    data: { device: id, primaryUser: device.primaryUser },
    push: [id],
  };
}

/** What the service rolls out where the enrolment does not say otherwise. */
const currentAgentVersion = '1.101.109.0';

function storeApp(state: CloudState, id: Guid, revision: number, setup: Omit<AppCreate, 'id'>): Change {
  if ((setup.supersedes ?? []).length > 0)
    throw new AdminDataError(
      'not-supported',
      'app.supersedes: supersedence is not simulated yet; leave it out.',
      { app: setup.name },
    );
  if (!setup.content.files.some(({ name }) => name === setup.content.setupFile))
    throw new AdminDataError(
      'admin-data',
      `app.content.setupFile: "${setup.content.setupFile}" is not one of the files.`,
      { app: setup.name },
    );
  const folder = guidFromHash('content', state.tenant.seed, id, String(revision));
  const path = `/${state.tenant.id}/${folder}/${id}.intunewin.bin`;
  const packed = packContent(setup.content, path, state.tenant.seed, id);
  const app: CloudApp = {
    id,
    revision,
    setup,
    package: packed.package,
    dependencies: (setup.dependencies ?? []).map(({ app: name, autoInstall }) => ({
      app: appNamed(state, name, 'app.dependencies').id,
      autoInstall,
    })),
  };
  if (dependsOn(state, app, id))
    throw new AdminDataError('admin-data', 'app.dependencies: an app cannot depend on itself.', { id });
  return {
    state: {
      ...state,
      apps: { ...state.apps, [id]: app },
      content: { ...state.content, [path]: packed.bytes },
    },
    data: { id, name: setup.name, revision },
  };
}

function dependsOn(state: CloudState, app: CloudApp, id: Guid, seen: readonly Guid[] = []): boolean {
  return app.dependencies.some(({ app: child }) => {
    const next = state.apps[child];
    return (
      child === id ||
      (next !== undefined && !seen.includes(child) && dependsOn(state, next, id, [...seen, child]))
    );
  });
}

function assign(state: CloudState, data: QueueData): Change {
  const given = appAssign(data, 'app.assign');
  const app = appNamed(state, given.app, 'app.assign');
  const target = targetOf(state, given.target, 'app.assign');
  const assignment: Assignment = {
    app: app.id,
    intent: given.intent,
    target,
    exclude: given.exclude ?? false,
    start: given.start ?? null,
    deadline: given.deadline ?? null,
    time: given.time ?? 'utc',
    notifications: given.notifications ?? 'show-all',
    restartGrace: given.restartGrace ?? null,
  };
  const next: CloudState = {
    ...state,
    // One assignment for each app and target: a second one changes the first.
    assignments: [
      ...state.assignments.filter((one) => one.app !== app.id || !sameTarget(one.target, target)),
      assignment,
    ],
  };
  const push = targetedDevices(next, app.id).filter((device) => next.devices[device]?.agentSent === null);
  return { state: next, data: { app: app.id, intent: given.intent }, push };
}
