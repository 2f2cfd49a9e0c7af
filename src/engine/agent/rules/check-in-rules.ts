import { hours } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** A check-in: its frame, sessions, policies, results. */
const deviceLogs = ['Agent logs of 2025 and 2026'];

export const checkInFrame = rule('win32.check-in.frame', {
  says: 'One check-in runs at a time; one that is wanted meanwhile waits for its end.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const availableRequest = rule('win32.available.request', {
  says: 'Install in Company Portal starts a check-in for that app at once; neither its re-evaluation time nor its GRS value holds it back.',
  confidence: 'observed',
  sources: ['IME log interpreter in Python', 'Agent logs of 2026'],
  workshop: ['W39'],
});
export const checkInSettings = rule('win32.check-in.settings', {
  says: 'A check-in looks at enrolment status, co-management and known deadlines before it asks for apps.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const sessions = rule('win32.check-in.sessions', {
  says: 'Each session with an Entra user gets a pass for the device and that user; without one there is a pass for the device alone.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', 'IME log interpreter in Python'],
});
export const sessionMap = rule('win32.check-in.session-map', {
  says: 'The agent pairs sessions with the Entra users that are signed in to them.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const webRequest = rule('agent.web-request', {
  says: 'Each call to the service names the device by its MDM certificate and the user by a token.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const policyRequest = rule('win32.policy.request', {
  says: 'The agent asks the service for the apps of a session and logs the whole answer.',
  confidence: 'observed',
  sources: [...deviceLogs, 'Radu Bogdan'],
  workshop: ['W12', 'W13'],
});
export const noAnswer = rule('win32.policy.no-answer', {
  says: 'Without an answer of the service the check-in ends; the next one asks again.',
  confidence: 'inferred',
  sources: ['No log line of the end is public'],
});
export const reportingLoaded = rule('win32.reporting.loaded', {
  says: 'The stored reporting state of each app is read before anything is evaluated.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const deadlineTimer = rule('win32.schedule.timer', {
  says: 'The agent keeps the start times and deadlines of its apps and checks in when the next of them comes.',
  confidence: 'inferred',
  sources: ['Agent logs of 2026 count entries of a schedule of start times and deadlines'],
  workshop: ['W42', 'W43'],
});
export const checkInTime = rule('win32.reevaluation.check-in-time', {
  says: 'The time of the last check-in that evaluated apps is stored and renewed when 8 hours have passed.',
  confidence: 'observed',
  sources: deviceLogs,
  parameters: { interval: hours(8) },
});
export const subgraphs = rule('win32.subgraphs', {
  says: 'An app and everything linked to it by dependency is one subgraph; subgraphs are processed one after the other, children first.',
  confidence: 'observed',
  sources: [...deviceLogs, 'IME log interpreter in Python'],
  workshop: ['W14'],
});
export const stateScope = rule('win32.state.scope', {
  says: 'State of an app that targets the device is kept under the all-zero id, that of an app that targets a user under the Entra object id.',
  confidence: 'observed',
  sources: ['byteben/MEM', 'ztrhgf/useful_powershell_modules'],
  workshop: ['W29'],
});
export const sendResults = rule('win32.report.send', {
  says: 'Results that changed since they were last sent go to the service at the end of the session.',
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W24'],
});
export const unchangedResults = rule('win32.report.unchanged', {
  says: 'A result whose hash equals the stored one is not sent again.',
  confidence: 'observed',
  sources: [...deviceLogs, 'preintune/RerunFailedWin32Apps'],
});
export const lastHashValue = rule('win32.report.last-hash', {
  says: 'LastHashValue under ReportCache holds the hash of the report that was last sent.',
  confidence: 'disputed',
  sources: ['Newer reset scripts search the GRS keys instead'],
  otherwise: 'Older reset scripts take it for the hash of the subgraph, the name of its key under GRS.',
  workshop: ['W52'],
});
export const grsScan = rule('win32.grs.scan', {
  says: 'At the end of a session stored GRS values are looked through.',
  confidence: 'observed',
  sources: deviceLogs,
});
