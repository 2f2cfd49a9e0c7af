import type { CloudRule } from './rules.ts';

/** What the service does about the agents themselves. */
export const agentCloudRules: readonly CloudRule[] = [
  {
    id: 'cloud.health.received',
    says: 'The service keeps the last health report of each device; a device whose rules all passed is healthy.',
    confidence: 'observed',
    sources: ['Microsoft Learn: Intune Data Warehouse, intuneManagementExtensions', 'Agent logs of 2026'],
    workshop: ['W03'],
  },
];
