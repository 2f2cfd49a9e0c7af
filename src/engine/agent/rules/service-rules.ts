import { hours, minutes, seconds } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** The service, its timers and what wakes it. */
const deviceLogs = ['Agent logs of 2025 and 2026'];

export const serviceStarts = rule('agent.service.starts', {
  says: 'The service writes what it finds on the device before it does anything else.',
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W03'],
});
export const serviceEnvironment = rule('agent.service.environment', {
  says: 'At its start the agent names its version, tenant and device and begins to watch its logging settings.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const gatewayLocation = rule('agent.service.location', {
  says: 'The agent asks the location service for the address of its gateway and keeps it.',
  confidence: 'observed',
  sources: [...deviceLogs, 'PyTune'],
});
export const servicePolicy = rule('agent.service.policy', {
  says: 'The agent takes its check-in interval of 60 minutes and its script timer from its settings.',
  confidence: 'observed',
  sources: [...deviceLogs, 'fadwen/IntuneScriptLab'],
  parameters: { checkIn: minutes(60), scripts: hours(24) },
  workshop: ['W45'],
});
export const serviceTimers = rule('agent.service.timers', {
  says: 'Each workload has a timer of its own; it starts when the first check-in does.',
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W45'],
});
export const startDelay = rule('agent.service.start-delay', {
  says: 'After its start the agent waits before any check-in, then again before script and app check-ins: 36 and 147 seconds were seen.',
  confidence: 'observed',
  sources: [...deviceLogs, 'fadwen/IntuneScriptLab'],
  parameters: {
    allLeast: seconds(30),
    allSpan: seconds(30),
    appsLeast: seconds(120),
    appsSpan: seconds(60),
  },
  workshop: ['W48'],
});
export const startDelayRange = rule('agent.service.start-delay.range', {
  says: 'The delays differ from start to start: 30 to 60 seconds, then 120 to 180.',
  confidence: 'inferred',
  sources: ['One start was measured: 36 and 147 seconds'],
});
export const serviceReady = rule('agent.service.ready', {
  says: 'The service opens its status host for Company Portal and says that its start is done.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const firstWork = rule('agent.service.first-work', {
  says: 'When the start delay is over the timers run and the first app check-in begins.',
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W45'],
});
export const serviceStops = rule('agent.service.stops', {
  says: 'A stopped service drops its pending work and what it held in memory; what it stored in the registry stays.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const sessionChange = rule('agent.session.change', {
  says: 'The agent hears of sign-ins and sign-outs.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const sessionCheckIn = rule('agent.session.check-in', {
  says: 'A sign-in starts an app check-in for the new session.',
  confidence: 'observed',
  sources: ['Agent logs of 2025', 'IME log interpreter in Python'],
  otherwise: 'Public texts name only a check-in for available apps at sign-in.',
});
export const checkInInterval = rule('win32.check-in.interval', {
  says: 'Apps are checked every 60 minutes.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Win32 app management', 'fadwen/IntuneScriptLab'],
  parameters: { interval: minutes(60) },
  workshop: ['W45'],
});
export const syncProtocol = rule('agent.protocol.syncapp', {
  says: 'Opening intunemanagementextension://syncapp starts an app check-in at once, and nothing else.',
  confidence: 'observed',
  sources: ['okieselbach/Intune: Create-ImeSyncBatch.ps1', 'Scripts of several authors'],
  workshop: ['W49', 'W50', 'W51'],
});
export const companyPortalSync = rule('agent.company-portal.sync', {
  says: 'Sync in Company Portal starts an app check-in.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Intune Management Extension for Windows'],
  workshop: ['W47'],
});
export const adminSync = rule('agent.admin-centre.sync', {
  says: 'Sync in the admin centre reaches the agent as a push a few seconds later and starts an app check-in.',
  confidence: 'disputed',
  sources: ['The workshop'],
  otherwise:
    'Sources that read the agent say that the sync starts an MDM session only, and the agent works by itself.',
  parameters: { after: seconds(6) },
  workshop: ['W46'],
});
