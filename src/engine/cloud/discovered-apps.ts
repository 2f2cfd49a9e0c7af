import type { DeviceId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { days, hours } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import type { AggregateRow, CloudAgents, DiscoveredApp } from './agent-state.ts';
import type { CloudState } from './cloud-state.ts';
import type { CloudOutcome } from './cloud.ts';

/** How long an inventory takes from the gateway to the device's Discovered apps. */
export const inventoryLag = hours(2);
/** How often the tenant's list is made anew: only then does it lose what no device has any more. */
export const aggregateInterval = days(7);

export const inventoryShown = 'cloud.inventory.shown';
export const aggregateRefresh = 'cloud.discovered-apps.refresh';

/** Takes a device's inventory: a full one replaces what it had sent, a delta changes it. */
export function receiveInventory(
  state: CloudState,
  payload: unknown,
  device: DeviceId,
  at: Instant,
): CloudOutcome<CloudState> | null {
  const rows = rowsOf(payload);
  if (rows === null) return null;
  const { agents } = state;
  const before = rows.full ? {} : (agents.inventories.get(device)?.apps ?? {});
  const apps: Record<string, DiscoveredApp> = { ...before };
  for (const { app, deleted } of rows.apps) {
    if (deleted) delete apps[app.id];
    else apps[app.id] = app;
  }
  const first = agents.aggregatedAt === null;
  const next: CloudAgents = {
    ...agents,
    inventories: agents.inventories.with(device, { receivedAt: at, apps }),
    aggregatedAt: agents.aggregatedAt ?? at,
  };
  return {
    state: { ...state, agents: next },
    events: [
      {
        what: 'inventory.received',
        data: {
          device,
          full: rows.full,
          rows: rows.apps.length,
          programs: Object.keys(apps).length,
        },
        rule: 'cloud.inventory.received',
      },
    ],
    later: [
      { after: inventoryLag, kind: inventoryShown, data: { device }, rule: 'cloud.inventory.lag' },
      ...(first
        ? [
            {
              after: aggregateInterval,
              kind: aggregateRefresh,
              data: null,
              rule: 'cloud.discovered-apps.aggregate',
            },
          ]
        : []),
    ],
    push: [],
  };
}

/** What is due in the service: a device's inventory shows, or the tenant's list is made anew. */
export function discoveredAppsDue(
  state: CloudState,
  kind: string,
  data: QueueData,
  at: Instant,
): CloudOutcome<CloudState> {
  const { agents } = state;
  if (kind === aggregateRefresh) {
    const aggregate: Record<string, AggregateRow> = {};
    for (const [device, apps] of agents.discovered.entries()) addTo(aggregate, device, apps);
    return {
      state: { ...state, agents: { ...agents, aggregate, aggregatedAt: at } },
      events: [
        {
          what: 'discovered-apps.aggregated',
          data: { apps: Object.keys(aggregate).length },
          rule: 'cloud.discovered-apps.aggregate',
        },
      ],
      later: [
        {
          after: aggregateInterval,
          kind: aggregateRefresh,
          data: null,
          rule: 'cloud.discovered-apps.aggregate',
        },
      ],
      push: [],
    };
  }
  const device = String((data as { readonly device?: QueueData }).device);
  const apps = agents.inventories.get(device)?.apps;
  if (apps === undefined || agents.discovered.get(device) === apps)
    return { state, events: [], later: [], push: [] };
  const aggregate = { ...agents.aggregate };
  addTo(aggregate, device, apps);
  const discovered = agents.discovered.with(device, apps);
  return {
    state: { ...state, agents: { ...agents, discovered, aggregate } },
    events: [
      {
        what: 'discovered-apps.shown',
        data: { device, programs: Object.keys(apps).length },
        rule: 'cloud.inventory.lag',
      },
    ],
    later: [],
    push: [],
  };
}

/** Devices > device > Discovered apps: by name. */
export const discoveredAppsOf = (state: CloudState, device: string): readonly DiscoveredApp[] =>
  Object.values(state.agents.discovered.get(device) ?? {}).sort(byName);

/** Apps > Monitor > Discovered apps: one row for each name, version and publisher, by name. */
export const discoveredApps = (state: CloudState): readonly AggregateRow[] =>
  Object.values(state.agents.aggregate).sort(byName);

function addTo(
  aggregate: Record<string, AggregateRow>,
  device: string,
  apps: Readonly<Record<string, DiscoveredApp>>,
): void {
  for (const { name, version, publisher } of Object.values(apps)) {
    const key = `${name}|${version}|${publisher}`;
    const devices = aggregate[key]?.devices ?? [];
    if (!devices.includes(device))
      aggregate[key] = { name, version, publisher, devices: [...devices, device] };
  }
}

function byName<T extends { readonly name: string; readonly version: string }>(a: T, b: T): number {
  return a.name < b.name
    ? -1
    : a.name > b.name
      ? 1
      : a.version < b.version
        ? -1
        : a.version > b.version
          ? 1
          : 0;
}

/** Numbers of a row's Status; 0 is observed, 2 inferred. */
const deletedStatus = 2;

function rowsOf(
  payload: unknown,
): { readonly full: boolean; readonly apps: readonly { app: DiscoveredApp; deleted: boolean }[] } | null {
  const { ApplicationInventory: rows, InventoryReportType: type } = (payload ?? {}) as Record<
    string,
    unknown
  >;
  if (!Array.isArray(rows) || (type !== 0 && type !== 1)) return null;
  const apps = (rows as Record<string, unknown>[]).flatMap((row) => {
    const application = (row['Application'] ?? {}) as Record<string, unknown>;
    const text = (name: string): string => {
      const value = application[name];
      return typeof value === 'string' ? value : '';
    };
    const id = text('ApplicationId');
    if (id === '') return [];
    const app: DiscoveredApp = {
      id,
      name: text('ApplicationName'),
      version: text('ApplicationVersion'),
      publisher: text('ApplicationPublisher'),
    };
    return [{ app, deleted: row['Status'] === deletedStatus }];
  });
  return { full: type === 1, apps };
}
