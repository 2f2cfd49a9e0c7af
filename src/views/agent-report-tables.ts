import { discoveredApps, discoveredAppsOf, devicesOf, healthReports } from '../engine/cloud/index.ts';
import type { CloudState } from '../engine/cloud/index.ts';
import { isoTime } from '../engine/clock/time-text.ts';
import type { ReportTable } from './report-tables.ts';

/** What the service knows of agents and of the programs that they found. */
export const agentTables = (cloud: CloudState): readonly ReportTable[] => [
  {
    name: 'discovered-apps',
    columns: ['Application name', 'Application version', 'Publisher', 'Device count'],
    rows: discoveredApps(cloud).map(({ name, version, publisher, devices }) => [
      name,
      version,
      publisher,
      devices.length,
    ]),
  },
  {
    name: 'device-discovered-apps',
    columns: ['Device', 'Application name', 'Application version', 'Publisher'],
    rows: devicesOf(cloud).flatMap(({ id }) =>
      discoveredAppsOf(cloud, id).map(({ name, version, publisher }) => [id, name, version, publisher]),
    ),
  },
  {
    name: 'agent-health',
    columns: ['Device', 'State', 'Agent version', 'Failed rules', 'Repaired rules', 'Received'],
    rows: healthReports(cloud).map(({ device, state, agentVersion, results, receivedAt }) => [
      device,
      state,
      agentVersion,
      results
        .filter(({ result }) => result !== 'Pass')
        .map(({ description }) => description)
        .join(' '),
      results
        .filter(({ remediated }) => remediated)
        .map(({ description }) => description)
        .join(' '),
      isoTime(receivedAt),
    ]),
  },
];
