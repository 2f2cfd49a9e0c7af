import { assertNever } from '../../base/assert-never.ts';
import type { DeviceId, Guid } from '../../base/ids.ts';
import type { QueueData } from '../device/change.ts';
import { AdminDataError } from './admin-data.ts';
import { needsAgent } from './agent-needed.ts';
import type { CloudState } from './cloud-state.ts';
import { readComplianceRules } from './compliance-rules.ts';
import type { ScriptSettings, ScriptVerb } from './script-actions.ts';
import {
  compliancePolicyCreate,
  remediationAssign,
  remediationCreate,
  remediationRun,
  remediationUpdate,
  scriptAssign,
  scriptCreate,
  scriptUnassign,
  scriptUpdate,
} from './script-shape.ts';
import type { CloudScript, CloudScripts, CompliancePolicy, ScriptAssignment } from './script-state.ts';
import { deviceNamed, named, newId, sameTarget, targetOf } from './tenant-names.ts';

export const scriptVerbs = {
  'script.create': true,
  'script.update': true,
  'script.assign': true,
  'script.unassign': true,
  'remediation.create': true,
  'remediation.update': true,
  'remediation.assign': true,
  'remediation.unassign': true,
  'remediation.run': true,
  'compliance-script.create': true,
  'compliance-script.update': true,
  'compliance-policy.create': true,
  'compliance-policy.assign': true,
  'compliance-policy.unassign': true,
} as const satisfies Record<ScriptVerb, true>;

export const isScriptVerb = (action: string): action is ScriptVerb => Object.hasOwn(scriptVerbs, action);

interface ScriptChange {
  readonly state: CloudState;
  readonly data: QueueData;
  readonly push?: readonly DeviceId[];
  /** A device whose agent is told to run a remediation now. */
  readonly run?: { readonly device: DeviceId; readonly script: Guid };
}

const largest = 200 * 1024;

/** Does what an administrator asks with scripts; throws `AdminDataError` where a field or name is wrong. */
export function scriptAct(state: CloudState, action: ScriptVerb, data: QueueData): ScriptChange {
  switch (action) {
    case 'script.create': {
      const { id: given, ...setup } = scriptCreate(data, action);
      const id = newId(state, 'script', given, setup.name, state.scripts.items);
      return store(state, {
        ...first(id, setup, { runAs: 'user', enforceSignature: true }),
        kind: 'platform',
        script: sized(setup.script, action),
        remediation: null,
      });
    }
    case 'compliance-script.create': {
      const { id: given, ...setup } = scriptCreate(data, action);
      const id = newId(state, 'compliance-script', given, setup.name, state.scripts.items);
      return store(state, {
        ...first(id, setup, { runAs: 'system', enforceSignature: false }),
        kind: 'compliance',
        script: setup.script,
        remediation: null,
      });
    }
    case 'script.update':
    case 'compliance-script.update': {
      const { script: name, set } = scriptUpdate(data, action);
      const kind = action === 'script.update' ? 'platform' : 'compliance';
      const before = scriptNamed(state, name, kind, action);
      return store(state, { ...before, ...changed(set), revision: before.revision + 1 });
    }
    case 'remediation.create': {
      const { id: given, ...setup } = remediationCreate(data, action);
      const id = newId(state, 'remediation', given, setup.name, state.scripts.items);
      return store(state, {
        ...first(id, setup, { runAs: 'system', enforceSignature: false }),
        kind: 'remediation',
        script: sized(setup.detection, action),
        remediation: setup.remediation === undefined ? null : sized(setup.remediation, action),
      });
    }
    case 'remediation.update': {
      const { remediation: name, set } = remediationUpdate(data, action);
      const before = scriptNamed(state, name, 'remediation', action);
      const { detection, publisher: _, ...rest } = set;
      return store(state, {
        ...before,
        ...changed(detection === undefined ? rest : { ...rest, script: detection }),
        revision: before.revision + 1,
      });
    }
    case 'script.assign': {
      const given = scriptAssign(data, action);
      const { id } = scriptNamed(state, given.script, 'platform', action);
      return assign(state, action, id, given.target, given.exclude ?? false, null);
    }
    case 'remediation.assign': {
      const given = remediationAssign(data, action);
      const { id } = scriptNamed(state, given.remediation, 'remediation', action);
      const schedule = given.schedule ?? { kind: 'daily', every: 1, time: '00:00', zone: 'local' };
      return assign(state, action, id, given.target, given.exclude ?? false, schedule);
    }
    case 'compliance-policy.assign': {
      const given = scriptAssign(data, action);
      const { id } = policyNamed(state, given.script, action);
      return assign(state, action, id, given.target, given.exclude ?? false, null);
    }
    case 'script.unassign':
    case 'remediation.unassign':
    case 'compliance-policy.unassign':
      return unassign(state, action, data);
    case 'remediation.run': {
      const given = remediationRun(data, action);
      const { id } = scriptNamed(state, given.remediation, 'remediation', action);
      const device = deviceNamed(state, given.device, action);
      const onDemand = { ...state.scripts.onDemand, [device]: id };
      return {
        state: withScripts(state, { onDemand }),
        data: { device, remediation: id },
        run: { device, script: id },
      };
    }
    case 'compliance-policy.create': {
      const given = compliancePolicyCreate(data, action);
      const id = newId(state, 'compliance-policy', given.id, given.name, state.scripts.compliancePolicies);
      const policy: CompliancePolicy = {
        id,
        name: given.name,
        script: scriptNamed(state, given.script, 'compliance', action).id,
        rules: readComplianceRules(given.rules),
      };
      const compliancePolicies = { ...state.scripts.compliancePolicies, [id]: policy };
      return { state: withScripts(state, { compliancePolicies }), data: { id, name: given.name } };
    }
    default:
      return assertNever(action);
  }
}

function first(
  id: Guid,
  setup: ScriptSettings & { readonly name: string },
  defaults: { readonly runAs: 'system' | 'user'; readonly enforceSignature: boolean },
) {
  return {
    id,
    name: setup.name,
    revision: 1,
    runAs: setup.runAs ?? defaults.runAs,
    enforceSignature: setup.enforceSignature ?? defaults.enforceSignature,
    run64Bit: setup.run64Bit ?? false,
  };
}

/** Only what was given, so that a field left out stays. */
const changed = <T extends object>(set: T): T =>
  Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)) as T;

function sized(script: string, path: string): string {
  if (script.length > largest)
    throw new AdminDataError('admin-data', `${path}: a script may have at most 200 KB.`, {});
  return script;
}

const withScripts = (state: CloudState, part: Partial<CloudScripts>): CloudState => ({
  ...state,
  scripts: { ...state.scripts, ...part },
});

function store(state: CloudState, script: CloudScript): ScriptChange {
  const items = { ...state.scripts.items, [script.id]: script };
  return {
    state: withScripts(state, { items }),
    data: { id: script.id, name: script.name, revision: script.revision },
  };
}

function assign(
  state: CloudState,
  action: ScriptVerb,
  script: Guid,
  given: Parameters<typeof targetOf>[1],
  exclude: boolean,
  schedule: ScriptAssignment['schedule'],
): ScriptChange {
  const target = targetOf(state, given, action);
  const next = withScripts(state, {
    // One assignment for each script and target: a second one changes the first.
    assignments: [
      ...state.scripts.assignments.filter((one) => one.script !== script || !sameTarget(one.target, target)),
      { script, target, exclude, schedule },
    ],
  });
  const push = next.devices
    .values()
    .filter((device) => device.agentSent === null && needsAgent(next, device.id, device.primaryUser))
    .map(({ id }) => id);
  return { state: next, data: { script }, push };
}

function unassign(state: CloudState, action: ScriptVerb, data: QueueData): ScriptChange {
  const given = scriptUnassign(data, action);
  const { id } =
    action === 'compliance-policy.unassign'
      ? policyNamed(state, given.script, action)
      : scriptNamed(state, given.script, action === 'script.unassign' ? 'platform' : 'remediation', action);
  const target = targetOf(state, given.target, action);
  const assignments = state.scripts.assignments.filter(
    (one) => one.script !== id || !sameTarget(one.target, target),
  );
  if (assignments.length === state.scripts.assignments.length)
    throw new AdminDataError('not-found', `${action}: "${given.script}" has no such assignment.`, given);
  return { state: withScripts(state, { assignments }), data: { script: id } };
}

function scriptNamed(state: CloudState, name: string, kind: CloudScript['kind'], path: string): CloudScript {
  const ofKind = Object.fromEntries(
    Object.entries(state.scripts.items).filter(([, script]) => script.kind === kind),
  );
  return named(ofKind, name, (script) => script.name, kind === 'platform' ? 'script' : kind, path);
}

const policyNamed = (state: CloudState, name: string, path: string): CompliancePolicy =>
  named(state.scripts.compliancePolicies, name, (policy) => policy.name, 'compliance policy', path);
