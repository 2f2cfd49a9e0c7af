import type { Guid } from '../../base/ids.ts';
import { guid } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { hours, minutes } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import type { PolicyAnswer } from './app-policy.ts';
import { appPolicies } from './app-policy.ts';
import { supersededApps } from './app-relations.ts';
import type { AppRequest, FilterEvaluation } from './app-state.ts';
import { evaluationKey, requestKey } from './app-state.ts';
import type { CloudDevice, CloudState, InstallReport } from './cloud-state.ts';
import { reportKey, withResults } from './cloud-state.ts';
import type { CloudOutcome } from './cloud.ts';
import type { EffectiveAssignment } from './effective-assignments.ts';
import { effectiveAssignments, excludedApps } from './effective-assignments.ts';

/** Between the check-in that notices an update and the one that brings it, as documented. */
export const autoUpdateDelay = hours(8);
/** Longest time from an evaluation of a filter to the admin centre, as documented. */
export const filterLag = minutes(30);

/** What the service does when a device asks for its apps, and the policies that it answers with. */
export interface AppCheckIn extends CloudOutcome<CloudState> {
  readonly policies: string;
}

/**
 * A device asks for the apps of one user (null: no user). `asked` is the available app that the user clicked Install for.
 * Most check-ins change nothing here.
 */
export function appCheckIn(
  state: CloudState,
  device: CloudDevice,
  user: Guid | null,
  asked: string | null,
  at: Instant,
): AppCheckIn {
  const wanted = asked === null ? null : appAsked(state, asked);
  const effective = effectiveAssignments(state, device.id, user);
  const events: Happening[] = [];
  const requested = user === null ? state : withRequests(events, state, device, user, wanted, effective, at);
  const filters = withEvaluations(requested, device, user, effective, at);
  const now = requested === state ? effective : effectiveAssignments(filters.state, device.id, user);
  const answer = appPolicies(filters.state, device.id, user, now, wanted);
  const answered = withAnswer(events, filters.state, device, user, now, answer);
  return {
    ...filters,
    state: answered,
    events: events.length === 0 ? filters.events : [...events, ...filters.events],
    policies: answer.text,
  };
}

type Happening = CloudOutcome<CloudState>['events'][number];

/** Notes an answer that differs from the last one, with what decided it. */
function withAnswer(
  events: Happening[],
  state: CloudState,
  device: CloudDevice,
  user: Guid | null,
  effective: readonly EffectiveAssignment[],
  { mark }: PolicyAnswer,
): CloudState {
  const key = `${device.id}|${user ?? ''}`;
  if (state.appService.answers.get(key) === mark) return state;
  const who = { device: device.id, user };
  events.push({
    what: 'policies.changed',
    data: { ...who, apps: effective.map(({ app, intent }) => ({ app, intent })) },
    rule: 'cloud.policy.effective',
  });
  for (const { app, assignment, competing } of effective)
    if (competing)
      events.push({
        what: 'assignment.chosen',
        data: { ...who, app, deadline: assignment.deadline },
        rule: 'cloud.policy.deadline',
      });
  for (const app of excludedApps(state, device.id, user))
    events.push({ what: 'app.excluded', data: { ...who, app }, rule: 'cloud.policy.exclusion' });
  const answers = state.appService.answers.with(key, mark);
  return { ...state, appService: { ...state.appService, answers } };
}

/** Company Portal names an app by its id; a world file may name it by its name. */
const appAsked = (state: CloudState, asked: string): Guid | null =>
  (state.apps[asked] ?? Object.values(state.apps).find((app) => app.setup.name === asked))?.id ?? null;

/** Notes what the user asks for, drops what is not available any more, looks for updates. */
function withRequests(
  events: Happening[],
  state: CloudState,
  device: CloudDevice,
  user: Guid,
  asked: Guid | null,
  effective: readonly EffectiveAssignment[],
  at: Instant,
): CloudState {
  const before = state.appService.requests[device.id] ?? none;
  const available = new Map(effective.flatMap((one) => (one.alsoAvailable ? [[one.app, one] as const] : [])));
  const next: Record<string, AppRequest> = {};
  let changed = false;
  const put = (request: AppRequest): void => {
    next[requestKey(request.app, user)] = request;
    changed = true;
    events.push({
      what: request.kind === 'user' ? 'app.requested' : request.due ? 'app.update-due' : 'app.update-noticed',
      data: { ...request },
      rule: request.kind === 'user' ? 'cloud.available.consent' : 'cloud.supersedence.auto-update',
    });
  };
  for (const [key, request] of Object.entries(before)) {
    // Consent is gone with the availability, and does not come back with it.
    if (request.user === user && !available.has(request.app)) {
      changed = true;
      events.push({ what: 'consent.removed', data: { ...request }, rule: 'cloud.available.consent' });
    } else if (request.kind === 'auto-update' && !request.due && at - request.at >= autoUpdateDelay)
      put({ ...request, due: true });
    else next[key] = request;
  }
  if (asked !== null && available.has(asked) && before[requestKey(asked, user)]?.kind !== 'user')
    put({ app: asked, device: device.id, user, kind: 'user', due: false, at });
  for (const one of available.values()) {
    if (!one.assignment.autoUpdate || next[requestKey(one.app, user)]) continue;
    const old = supersededApps(state.apps, one.app).some(
      (app) => next[requestKey(app, user)] !== undefined && isInstalled(state, app, device, user),
    );
    if (old) put({ app: one.app, device: device.id, user, kind: 'auto-update', due: false, at });
  }
  if (!changed) return state;
  const requests = { ...state.appService.requests, [device.id]: next };
  return { ...state, appService: { ...state.appService, requests } };
}

const none: Readonly<Record<string, AppRequest>> = {};

const isInstalled = (state: CloudState, app: Guid, device: CloudDevice, user: Guid): boolean =>
  [user, null].some((scope) => state.received.get(reportKey(app, device.id, scope))?.complianceState === 1);

/** Keeps the outcome of each filter that was asked, and reports of the service's own on apps that a filter keeps away. */
function withEvaluations(
  state: CloudState,
  device: CloudDevice,
  user: Guid | null,
  effective: readonly EffectiveAssignment[],
  at: Instant,
): CloudOutcome<CloudState> {
  if (effective.every((one) => one.filter === null)) return { state, events: [], later: [], push: [] };
  const before = state.appService.evaluations[device.id] ?? {};
  const changed: FilterEvaluation[] = [];
  const rows: InstallReport[] = [];
  for (const { app, filter, intent, targetType } of effective) {
    if (filter === null) continue;
    for (const one of filter.evaluated) {
      const old = before[evaluationKey(app, one.filter)];
      if (old?.matches !== one.matches || old.mode !== one.mode)
        changed.push({
          device: device.id,
          app,
          filter: guid(one.filter),
          mode: one.mode,
          matches: one.matches,
          at,
        });
    }
    if (filter.applies || intent === 'available') continue;
    const scope = targetType === 1 ? user : null;
    if (state.received.get(reportKey(app, device.id, scope))?.applicability === notMet) continue;
    rows.push({
      app,
      revision: state.apps[app]?.revision ?? 1,
      device: device.id,
      user: scope,
      receivedAt: at,
      applicability: notMet,
      complianceState: 5,
      desiredState: 0,
      enforcementState: null,
      errorCode: null,
      exitCode: null,
      targetingMethod: 0,
    });
  }
  if (changed.length === 0 && rows.length === 0) return { state, events: [], later: [], push: [] };
  const evaluations = { ...before };
  for (const one of changed) evaluations[evaluationKey(one.app, one.filter)] = one;
  return {
    state: {
      ...state,
      received: withResults(state.received, rows),
      appService: {
        ...state.appService,
        evaluations: { ...state.appService.evaluations, [device.id]: evaluations },
      },
    },
    events: changed.map((one) => ({
      what: 'filter.evaluated',
      data: { ...one } satisfies QueueData,
      rule: 'cloud.filter.evaluated',
    })),
    later: rows.map((row) => ({
      after: filterLag,
      kind: 'cloud.report.shown',
      data: { key: reportKey(row.app, row.device, row.user) },
      rule: 'cloud.filter.lag',
    })),
    push: [],
  };
}

/** AssignmentFiltersCriteriaNotMet */
const notMet = 1010;
