import { assertNever } from '../../base/assert-never.ts';
import { deviceId, guid } from '../../base/ids.ts';
import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import { fail, ok } from '../../base/result.ts';
import type { Instant } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import type { AdminVerb } from './admin-actions.ts';
import { appAct, appVerbs, isAppVerb } from './app-admin.ts';
import { regions, releaseAgent } from './agent-release-admin.ts';
import { AdminDataError, guidText, maybe, object, oneOf, text } from './admin-data.ts';
import type { CloudGroup, CloudState } from './cloud-state.ts';
import type { CloudOutcome, CloudRefusal } from './cloud.ts';
import { guidFromHash } from './guid-from-hash.ts';
import { isScriptVerb, scriptAct, scriptVerbs } from './script-admin.ts';
import { deviceNamed, groupNamed, newId, userNamed } from './tenant-names.ts';

type Change = {
  readonly state: CloudState;
  readonly data: QueueData;
  readonly push?: readonly DeviceId[];
  /** What the act is an instance of, where it is not an administrator's. */
  readonly rule?: string;
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
      events: [{ what: action, data: change.data, rule: change.rule ?? 'cloud.admin' }],
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
  'agent.release': true,
  ...appVerbs,
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
  if (isAppVerb(action)) return appAct(state, action, data, at);
  if (isScriptVerb(action)) return scriptAct(state, action, data);
  switch (action) {
    case 'tenant.create': {
      const { region = 'europe', ...given } = object({
        name: text,
        seed: text,
        region: maybe(oneOf(...regions)),
      })(data, action);
      if (Object.keys(state.users).length + Object.keys(state.apps).length > 0)
        throw new AdminDataError('admin-order', 'The tenant is made before anything in it.', {});
      const tenant = { id: guidFromHash('tenant', given.seed, given.name), ...given, region };
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
      const group: CloudGroup = { id, name: given.name, users: [], devices: [], groups: [] };
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
      return { state, data: { device: found }, push: [found], rule: 'cloud.sync.push' };
    }
    case 'agent.release':
      return releaseAgent(state, data, at);
    default:
      return assertNever(action);
  }
}

function changeMember(state: CloudState, action: AdminVerb, data: QueueData): Change {
  const given = object({ group: text, user: maybe(text), device: maybe(text), member: maybe(text) })(
    data,
    action,
  );
  const named = [given.user, given.device, given.member].filter((one) => one !== undefined);
  if (named.length !== 1)
    throw new AdminDataError(
      'admin-data',
      `${action}: give exactly one of user and device, or a group as member.`,
      {},
    );
  const group = groupNamed(state, given.group, action);
  const adds = action === 'group.add-member';
  const change = <T>(list: readonly T[], one: T): readonly T[] =>
    adds ? (list.includes(one) ? list : [...list, one]) : list.filter((other) => other !== one);
  const changed: CloudGroup =
    given.user !== undefined
      ? { ...group, users: change(group.users, userNamed(state, given.user, action)) }
      : given.device !== undefined
        ? { ...group, devices: change(group.devices, deviceNamed(state, given.device, action)) }
        : { ...group, groups: change(group.groups, groupNamed(state, given.member ?? '', action).id) };
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
  const before = state.devices.get(id);
  // A machine that was set up anew comes again with the ids it had: its record is renewed.
  if (before && before.intuneDeviceId !== given.intuneDeviceId.toLowerCase())
    throw new AdminDataError('exists', `Device "${id}" is enrolled already, as ${before.intuneDeviceId}.`, {
      device: id,
    });
  const device = {
    id,
    entraDeviceId: guid(given.entraDeviceId),
    intuneDeviceId: guid(given.intuneDeviceId),
    primaryUser: given.primaryUser === undefined ? null : userNamed(state, given.primaryUser, 'device.enrol'),
    enrolledAt: at,
    agentVersion: given.agentVersion ?? currentAgentVersion,
    agentSeen: null,
    agentSent: null,
    osVersion: null,
    manufacturer: null,
    model: null,
    lastContact: null,
  };
  return {
    state: { ...state, devices: state.devices.with(id, device) },
    data: { device: id, primaryUser: device.primaryUser },
    push: [id],
  };
}

/** What the service rolls out where the enrolment does not say otherwise. */
const currentAgentVersion = '1.101.109.0';
