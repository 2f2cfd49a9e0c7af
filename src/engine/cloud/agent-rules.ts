import { days } from '../../base/time.ts';
import { rolloutDays } from './agent-release.ts';
import { aggregateInterval, inventoryLag } from './discovered-apps.ts';
import type { CloudRule } from './rules.ts';

/** What the service does about the agents themselves. */
export const agentCloudRules: readonly CloudRule[] = [
  {
    id: 'cloud.agent.rollout',
    says: 'A newer version of the agent reaches devices within some days: one whose turn has come is sent the package at its next MDM session, from the delivery host of the tenant’s region.',
    confidence: 'observed',
    sources: [
      'The workshop',
      'okieselbach/Autopilot-Monitor',
      'Microsoft Learn: Network endpoints for Microsoft Intune',
    ],
    parameters: { rollout: days(rolloutDays) },
    workshop: ['W09'],
  },
  {
    id: 'cloud.health.received',
    says: 'The service keeps the last health report of each device; a device whose rules all passed is healthy.',
    confidence: 'observed',
    sources: ['Microsoft Learn: Intune Data Warehouse, intuneManagementExtensions', 'Agent logs of 2026'],
    workshop: ['W03'],
  },
  {
    id: 'cloud.inventory.received',
    says: 'A full inventory replaces what the service knows of a device, a delta adds, changes and removes programs.',
    confidence: 'observed',
    sources: ['ittips.ch: Tip 19, Discovered apps', 'Agent logs of 2026'],
    workshop: ['W53', 'W54'],
  },
  {
    id: 'cloud.inventory.lag',
    says: 'An inventory shows under Discovered apps of its device some hours later.',
    confidence: 'inferred',
    sources: ['ittips.ch: Tip 19 saw hours, no figure is public'],
    parameters: { lag: inventoryLag },
    workshop: ['W53', 'W57'],
  },
  {
    id: 'cloud.discovered-apps.aggregate',
    says: 'The list of all discovered apps takes up new programs with the device; removed ones leave it when it is made anew, every 7 days.',
    confidence: 'disputed',
    sources: ['The workshop', 'Peter van der Woude: Understanding Win32 app inventory'],
    otherwise: 'Documentation of 2020 and 2022 has no Win32 apps in the aggregated list.',
    parameters: { interval: aggregateInterval },
    workshop: ['W53', 'W57'],
  },
];
