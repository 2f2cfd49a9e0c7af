import { assertNever } from '../../base/assert-never.ts';
import type { DeviceId, Guid } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import type { AdminVerb, AppCreate } from './admin-actions.ts';
import { AdminDataError } from './admin-data.ts';
import type { AppVerb } from './app-actions.ts';
import { checkRelations, isRelated } from './app-relations.ts';
import {
  appAssign,
  appCreate,
  appDelete,
  appUnassign,
  appUpdate,
  filterCreate,
  filterDelete,
  filterUpdate,
  storeAppCreate,
  storePublish,
} from './app-shape.ts';
import type { CloudFilter } from './app-state.ts';
import type { Assignment, CloudApp, CloudState, InstallReport } from './cloud-state.ts';
import { targetedDevices } from './effective-assignments.ts';
import { parseFilterRule } from './filter-rule.ts';
import { guidFromHash } from './guid-from-hash.ts';
import { packContent } from './intunewin.ts';
import { appNamed, named, newId, sameTarget, targetOf } from './tenant-names.ts';

export const appVerbs = {
  'app.create': true,
  'app.update': true,
  'app.assign': true,
  'app.unassign': true,
  'app.delete': true,
  'store-app.create': true,
  'store.publish': true,
  'filter.create': true,
  'filter.update': true,
  'filter.delete': true,
} as const satisfies Record<AppVerb | Extract<AdminVerb, `app.${string}`>, true>;

type Verb = keyof typeof appVerbs;

export const isAppVerb = (action: string): action is Verb => Object.hasOwn(appVerbs, action);

interface AppChange {
  readonly state: CloudState;
  readonly data: QueueData;
  readonly push?: readonly DeviceId[];
  /** What the act is an instance of, where it is not an administrator's. */
  readonly rule?: string;
}

/** Does what an administrator asks with apps and filters; throws `AdminDataError` where a field or name is wrong. */
export function appAct(state: CloudState, action: Verb, data: QueueData, at: Instant): AppChange {
  switch (action) {
    case 'app.create': {
      const { id: givenId, ...setup } = appCreate(data, action);
      const id = newId(state, 'app', givenId, setup.name, state.apps);
      return storeApp(state, id, undefined, setup);
    }
    case 'app.update': {
      const { app: name, set } = appUpdate(data, action);
      const app = appNamed(state, name, action);
      if (app.storePackage !== null)
        throw new AdminDataError('admin-data', 'app.update: what the Store says of an app cannot be set.', {
          app: app.id,
        });
      return storeApp(state, app.id, app, { ...app.setup, ...set });
    }
    case 'app.assign':
      return assign(state, data);
    case 'app.unassign':
      return unassign(state, data);
    case 'app.delete': {
      const given = appDelete(data, action);
      return remove(state, appNamed(state, given.app, action));
    }
    case 'store-app.create':
      return storeAppOf(state, data);
    case 'store.publish': {
      const given = storePublish(data, action);
      if (!/^\d+(\.\d+){3}$/.test(given.version))
        throw new AdminDataError(
          'admin-data',
          `store.version: expected four numbers, found ${given.version}.`,
          {},
        );
      const store = { ...state.appService.store, [given.packageId]: given };
      return {
        state: { ...state, appService: { ...state.appService, store } },
        data: given,
        rule: 'store.published',
      };
    }
    case 'filter.create': {
      const given = filterCreate(data, action);
      parseFilterRule(given.rule);
      const id = newId(state, 'filter', given.id, given.name, state.appService.filters);
      return storeFilter(state, { id, name: given.name, rule: given.rule, modifiedAt: at });
    }
    case 'filter.update': {
      const given = filterUpdate(data, action);
      parseFilterRule(given.rule);
      const filter = filterNamed(state, given.filter, action);
      return storeFilter(state, { ...filter, rule: given.rule, modifiedAt: at });
    }
    case 'filter.delete': {
      const filter = filterNamed(state, filterDelete(data, action).filter, action);
      if (state.assignments.some((one) => one.filter?.id === filter.id))
        throw new AdminDataError(
          'filter-in-use',
          'Unable to delete assignment filter – An assignment filter is associated with existing assignments. Delete all the assignments for the filter and try again.',
          { filter: filter.id },
        );
      const { [filter.id]: _gone, ...filters } = state.appService.filters;
      return { state: { ...state, appService: { ...state.appService, filters } }, data: { id: filter.id } };
    }
    default:
      return assertNever(action);
  }
}

const filterNamed = (state: CloudState, name: string, path: string): CloudFilter =>
  named(state.appService.filters, name, (filter) => filter.name, 'filter', path);

function storeFilter(state: CloudState, filter: CloudFilter): AppChange {
  const filters = { ...state.appService.filters, [filter.id]: filter };
  return {
    state: { ...state, appService: { ...state.appService, filters } },
    data: { id: filter.id, name: filter.name, rule: filter.rule },
  };
}

/** The Store's data stands where a Win32 app has its own. */
function storeAppOf(state: CloudState, data: QueueData): AppChange {
  const given = storeAppCreate(data, 'store-app.create');
  const found = state.appService.store[given.packageId];
  if (found === undefined)
    throw new AdminDataError(
      'not-found',
      `store-app.create: the Store has no package "${given.packageId}".`,
      given,
    );
  const name = given.name ?? found.name;
  const id = newId(state, 'app', given.id, name, state.apps);
  const app: CloudApp = {
    id,
    revision: 1,
    relationVersion: 0,
    setup: {
      name,
      publisher: found.publisher,
      content: { setupFile: '', files: [] },
      installCommand: '',
      uninstallCommand: '',
      installContext: given.installContext ?? 'user',
      detection: [],
    },
    package: null,
    storePackage: found.packageId,
    dependencies: [],
    supersedes: [],
  };
  return { state: { ...state, apps: { ...state.apps, [id]: app } }, data: { id, name, revision: 1 } };
}

const relationFields: readonly (keyof AppCreate)[] = ['dependencies', 'supersedes'];

/** Makes an app, or changes it: its revision counts up, or only that of its relations where nothing else is different. */
function storeApp(
  state: CloudState,
  id: Guid,
  before: CloudApp | undefined,
  setup: Omit<AppCreate, 'id'>,
): AppChange {
  if (!setup.content.files.some(({ name }) => name === setup.content.setupFile))
    throw new AdminDataError(
      'admin-data',
      `app.content.setupFile: "${setup.content.setupFile}" is not one of the files.`,
      { app: setup.name },
    );
  const changed = before && changedFields(before.setup, setup);
  const onlyRelations =
    changed !== undefined && changed.length > 0 && changed.every((field) => relationFields.includes(field));
  const revision = before === undefined ? 1 : onlyRelations ? before.revision : before.revision + 1;
  const packed = before && onlyRelations ? null : pack(state, id, revision, setup);
  const app: CloudApp = {
    id,
    revision,
    relationVersion: (before?.relationVersion ?? 0) + (onlyRelations ? 1 : 0),
    setup,
    package: packed?.package ?? before?.package ?? null,
    storePackage: null,
    dependencies: (setup.dependencies ?? []).map(({ app: name, autoInstall }) => ({
      app: relatedNamed(state, id, setup, name, 'app.dependencies'),
      autoInstall,
    })),
    supersedes: (setup.supersedes ?? []).map(({ app: name, uninstall }) => ({
      app: relatedNamed(state, id, setup, name, 'app.supersedes'),
      uninstall,
    })),
  };
  const apps = { ...state.apps, [id]: app };
  checkRelations(apps, app);
  return {
    state: {
      ...state,
      apps,
      ...(packed ? { content: { ...state.content, [packed.path]: packed.bytes } } : {}),
    },
    data: { id, name: setup.name, revision },
  };
}

/** Id of a related app; the app itself can be named, to be refused with the better reason. */
const relatedNamed = (
  state: CloudState,
  id: Guid,
  setup: Omit<AppCreate, 'id'>,
  name: string,
  path: string,
): Guid => {
  if (name === setup.name || name === id) return id;
  const app = appNamed(state, name, path);
  if (app.storePackage !== null)
    throw new AdminDataError('admin-data', `${path}: "${name}" is no Win32 app.`, { app: app.id });
  return app.id;
};

const changedFields = (
  before: CloudApp['setup'],
  now: CloudApp['setup'],
): readonly (keyof CloudApp['setup'])[] =>
  (Object.keys({ ...before, ...now }) as (keyof CloudApp['setup'])[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(now[field]),
  );

function pack(state: CloudState, id: Guid, revision: number, setup: Omit<AppCreate, 'id'>) {
  const folder = guidFromHash('content', state.tenant.seed, id, String(revision));
  const path = `/${state.tenant.id}/${folder}/${id}.intunewin.bin`;
  return { path, ...packContent(setup.content, path, state.tenant.seed, id) };
}

function assign(state: CloudState, data: QueueData): AppChange {
  const given = appAssign(data, 'app.assign');
  const app = appNamed(state, given.app, 'app.assign');
  const target = targetOf(state, given.target, 'app.assign');
  if (given.autoUpdate === true && (given.intent !== 'available' || app.supersedes.length === 0))
    throw new AdminDataError(
      'admin-data',
      'app.assign.autoUpdate: only for an available assignment of an app that supersedes another.',
      { app: app.id },
    );
  const assignment: Assignment = {
    app: app.id,
    intent: given.intent,
    target,
    exclude: given.exclude ?? false,
    filter: given.filter
      ? { id: filterNamed(state, given.filter.filter, 'app.assign').id, mode: given.filter.mode }
      : null,
    autoUpdate: given.autoUpdate ?? false,
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
  const push = targetedDevices(next, app.id).filter((device) => next.devices.get(device)?.agentSent === null);
  return { state: next, data: { app: app.id, intent: given.intent }, push };
}

function unassign(state: CloudState, data: QueueData): AppChange {
  const given = appUnassign(data, 'app.unassign');
  const app = appNamed(state, given.app, 'app.unassign');
  const target = targetOf(state, given.target, 'app.unassign');
  const assignments = state.assignments.filter(
    (one) => one.app !== app.id || !sameTarget(one.target, target),
  );
  if (assignments.length === state.assignments.length)
    throw new AdminDataError('not-found', `App "${given.app}" has no such assignment.`, given);
  return { state: { ...state, assignments }, data: { app: app.id } };
}

/** With the app its assignments, content and reports go. */
function remove(state: CloudState, app: CloudApp): AppChange {
  if (isRelated(state.apps, app))
    throw new AdminDataError(
      'app-related',
      `App "${app.setup.name}" has dependency or supersedence relationships; remove them first.`,
      { app: app.id },
    );
  const { [app.id]: _app, ...apps } = state.apps;
  const ofOthers = (row: InstallReport): boolean => row.app !== app.id;
  return {
    state: {
      ...state,
      apps,
      assignments: state.assignments.filter((one) => one.app !== app.id),
      received: state.received.filter(ofOthers),
      reports: state.reports.filter(ofOthers),
    },
    data: { app: app.id, name: app.setup.name },
  };
}
