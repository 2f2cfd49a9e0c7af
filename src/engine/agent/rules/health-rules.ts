import { hours, milliseconds, minutes } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** Client health: the scheduled evaluation of the service, what it repairs and reports; the certificate check. */
const deviceLogs = ['Agent logs of 2026'];
const blog = 'Peter van der Woude: Understanding the Intune Management Extension client health check';

export const healthTask = rule('agent.health.task', {
  says: 'The scheduled task Intune Management Extension Health Evaluation runs ClientHealthEval.exe once a day, up to an hour later than its time.',
  confidence: 'observed',
  sources: [blog],
  // The hour is inferred.
  parameters: { every: hours(24), delay: minutes(60), hour: 12 },
  workshop: ['W03'],
});
export const healthEvaluation = rule('agent.health.evaluation', {
  says: 'The evaluation runs as a program of its own beside the service; it needs an administrator or SYSTEM.',
  confidence: 'observed',
  sources: [blog, ...deviceLogs],
  parameters: { starts: milliseconds(650), rule: milliseconds(40) },
  workshop: ['W03'],
});
export const healthEnvironment = rule('agent.health.environment', {
  says: 'Before its rules the evaluation finds the device certificate and its service address and sets up flighting and telemetry.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const healthRules = rule('agent.health.rules', {
  says: 'The evaluation reads its rules from HealthCheck.xml in the program folder, in their order, and says of each how it went.',
  confidence: 'observed',
  sources: [...deviceLogs, 'Public comparison of the builds 1.101.111 and 1.103.101'],
  workshop: ['W04'],
});
export const healthServiceExists = rule('agent.health.service-exists', {
  says: 'A missing service fails its rule; nothing repairs it, and rules about that service fail with an exception.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const healthStartupType = rule('agent.health.startup-type', {
  says: 'A service that does not start automatically is set to start automatically.',
  confidence: 'observed',
  sources: [...deviceLogs, blog],
  workshop: ['W03'],
});
export const healthStatus = rule('agent.health.status', {
  says: 'A service that does not run is started.',
  confidence: 'observed',
  sources: [...deviceLogs, blog],
  parameters: { pending: milliseconds(900) },
  workshop: ['W03'],
});
export const healthMemory = rule('agent.health.memory', {
  says: 'A service process that takes more memory than the rule allows is restarted.',
  confidence: 'inferred',
  sources: ['Agent logs of 2026 name the rule Verify/Remediate … memory usage'],
});
export const healthRemediation = rule('agent.health.remediation', {
  says: 'A rule that repaired something passes, and the log says so.',
  confidence: 'inferred',
  sources: ['Jannik Reinhard: the log holds remediation actions; no public text has the line'],
});
export const healthTornRecord = rule('agent.health.torn-record', {
  says: 'Two evaluations at once write into one log: a record of one may begin within a record of the other.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const heartbeat = rule('agent.health.heartbeat', {
  says: 'After its rules the evaluation sends the results to the service as a heartbeat.',
  confidence: 'observed',
  sources: [...deviceLogs, 'adamgell/cmtraceopen'],
  workshop: ['W03'],
});
export const heartbeatRequest = rule('agent.health.heartbeat.request', {
  says: 'The heartbeat is a request of the device, without user, with the device certificate.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const heartbeatFailed = rule('agent.health.heartbeat.failed', {
  says: 'A heartbeat that the service refuses or that does not reach it is given up until the next evaluation.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const tcpProbe = rule('agent.health.tcp-probe', {
  says: 'After the heartbeat the evaluation tries a TCP connection to the address that it reached.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const tcpProbeSubnets = rule('agent.health.tcp-probe.subnets', {
  says: 'Then it tries a few well-known addresses of the service in other subnets, others each day.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const certCheck = rule('agent.cert-check', {
  says: 'The scheduled task Intune Management Extension Client Cert Checker counts MDM certificates of the machine and the user; one is left as it is.',
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W03'],
});
