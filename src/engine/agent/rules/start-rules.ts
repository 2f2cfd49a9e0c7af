import { hours, milliseconds } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** The start of the service: who it asks for its gateway, what it checks, what it remembers of its last run. */
const deviceLogs = ['Agent logs of 2025 and 2026'];

export const gatewayDiscovery = rule('agent.service.discovery', {
  says: 'At each start the agent asks the location service, with the device certificate, for the addresses of its services.',
  confidence: 'observed',
  sources: [...deviceLogs, 'secureworks/pytune'],
  parameters: { after: milliseconds(400) },
});
export const gatewayCached = rule('agent.service.discovery.cached', {
  says: 'Where the location service does not answer, the start goes on with the address of before.',
  confidence: 'inferred',
  sources: ['Agent logs name a cached address; no start without network was recorded'],
});
export const startChecks = rule('agent.service.checks', {
  says: 'The start looks at S mode, application control policies and the environment of the enrolment; on a common device nothing follows.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const startEnvironmentChecks = rule('agent.service.environment-checks', {
  says: 'The start sets up telemetry and reads switches of its settings.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const configCheck = rule('agent.service.config-check', {
  says: 'Since 1.103 the agent looks at its configuration file when it starts; one that is missing or broken comes back from the copy beside it.',
  confidence: 'inferred',
  sources: [
    'Public comparison of the builds 1.101.111 and 1.103.101: a copy of the file, a check at the start',
  ],
});
export const availableTimer = rule('agent.service.available-timer', {
  says: 'The timer for available apps is set to 8 hours.',
  confidence: 'inferred',
  sources: ['Agent logs name the timer, its length is not recorded'],
  parameters: { interval: hours(8) },
});
export const executionHistory = rule('agent.service.execution-history', {
  says: 'The agent remembers when it last started and ended and counts the runs that did not end by themselves.',
  confidence: 'observed',
  sources: [
    ...deviceLogs,
    'secureworks/pytune (AgentExecutionStartTime, AgentExecutionEndTime, AgentCrashSeen)',
  ],
});
