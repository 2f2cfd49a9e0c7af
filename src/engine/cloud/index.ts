import { actOf } from './admin.ts';
import { agentHosts, agentPackage } from './agent-release.ts';
import { serveMdm } from './mdm-server.ts';
import { emptyCloud } from './cloud-state.ts';
import type { CloudState, InstallReport } from './cloud-state.ts';
import type { CloudOutcome, CloudPart, CloudRequest, CloudResponse } from './cloud.ts';
import { aggregateRefresh, discoveredAppsDue, inventoryShown } from './discovered-apps.ts';
import { serveGateway } from './gateway.ts';
import { healthReportPath, serveHealthReport } from './health-reports.ts';
import { reportShown, showScriptReport } from './script-results.ts';
import {
  contentHost,
  gatewayHost,
  locationHost,
  mdmHost,
  registrationHost,
  storeContentHost,
  storeHost,
} from './hosts.ts';
import { serveRegistration } from './registration-service.ts';
import { serveStore, serveStoreContent } from './store.ts';
import { serveLocation } from './location-service.ts';

export type { CloudState } from './cloud-state.ts';
export type { AdminAction, AdminVerb } from './admin-actions.ts';
export { cloudRules } from './rules.ts';
export * from './script-views.ts';
export { discoveredApps, discoveredAppsOf } from './discovered-apps.ts';
export * from './health-views.ts';
export * from './views.ts';
export * from './app-reports.ts';
export * from './company-portal.ts';
export { installState, installStates, installStateTexts } from './install-state.ts';

/** Hosts that `serve` answers for: all that the simulated network knows of the service. */
export const serviceHosts: ReadonlySet<string> = new Set([
  ...agentHosts,
  contentHost,
  gatewayHost,
  locationHost,
  mdmHost,
  registrationHost,
  storeContentHost,
  storeHost,
]);

/** The simulated Intune service. */
export const cloud: CloudPart<CloudState> = {
  empty: emptyCloud,
  admin: actOf,
  serve(state, request, at) {
    const url = /^https?:\/\/([^/]+)(\/.*)?$/.exec(request.url);
    const host = url?.[1];
    const path = url?.[2] ?? '/';
    if (host === gatewayHost && path.includes('/SideCarGatewaySessions('))
      return serveGateway(state, request, at);
    if (host === gatewayHost && healthReportPath.test(path)) return serveHealthReport(state, request, at);
    if (host === locationHost) return serveLocation(state, request);
    if (host === registrationHost)
      return { ...nothing(state), response: serveRegistration(state, request.method, path) };
    if (host === mdmHost) return serveMdm(state, request, at);
    if (host === storeHost) return { ...nothing(state), response: serveStore(state, request.method, path) };
    if (host === storeContentHost)
      return { ...nothing(state), response: serveStoreContent(state, request.method, path) };
    if (host === contentHost) return serveFile(state, request, state.content[path]);
    if (host !== undefined && agentHosts.has(host)) {
      const version = /^\/IntuneWindowsAgent\.msi\?version=([\d.]+)$/.exec(path)?.[1];
      return serveFile(state, request, version === undefined ? undefined : agentPackage(version));
    }
    return serveFile(state, request, undefined);
  },
  due(state, kind, data, at) {
    const key =
      data !== null && typeof data === 'object' && !Array.isArray(data)
        ? (data as { key?: unknown }).key
        : null;
    if (kind === inventoryShown || kind === aggregateRefresh) return discoveredAppsDue(state, kind, data, at);
    if (kind === reportShown && typeof key === 'string') return showScriptReport(state, key);
    const row =
      kind === 'cloud.report.shown' && typeof key === 'string' ? state.received.get(key) : undefined;
    if (typeof key !== 'string' || row === undefined || state.reports.get(key) === row) return nothing(state);
    if (row.complianceState === cleanedUp) return withoutReport(state, key, row);
    return {
      ...nothing(state),
      state: { ...state, reports: state.reports.with(key, row) },
      events: [{ what: 'report.shown', data: { ...row }, rule: 'cloud.report.lag' }],
    };
  },
  label: (kind) => labels[kind] ?? kind,
};

const labels: Readonly<Record<string, string>> = {
  'cloud.report.shown': 'report reaches the admin centre',
  [reportShown]: 'report reaches the admin centre',
  [inventoryShown]: 'inventory reaches the admin centre',
  [aggregateRefresh]: 'discovered apps are aggregated',
};

/** Compliance state of an app that is not targeted any more. */
const cleanedUp = 100;

/** The device has cleaned up after an app: its row goes. */
function withoutReport(state: CloudState, key: string, row: InstallReport): CloudOutcome<CloudState> {
  return {
    ...nothing(state),
    state: { ...state, reports: state.reports.without(key), received: state.received.without(key) },
    events: [{ what: 'report.removed', data: { ...row }, rule: 'cloud.report.removed' }],
  };
}

const nothing = (state: CloudState): CloudOutcome<CloudState> => ({ state, events: [], later: [], push: [] });

function serveFile(
  state: CloudState,
  request: CloudRequest,
  body: string | undefined,
): CloudOutcome<CloudState> & { readonly response: CloudResponse } {
  const found = request.method === 'GET' && body !== undefined;
  return {
    ...nothing(state),
    response: {
      status: found ? 200 : 404,
      headers: [['Content-Type', 'application/octet-stream']],
      body: found ? body : '',
    },
  };
}
