import { days, hours, minutes, seconds } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** Remediations and custom compliance scripts. */
const deviceLogs = 'Agent logs of 2026';
const lab = 'fadwen/IntuneScriptLab';
const learn = 'Microsoft Learn: Use Remediations to detect and fix support issues';

export const schedulerRuns = rule('agent.remediations.scheduler', {
  says: 'A scheduler fetches remediations and compliance scripts at each start of the service, at sign-in and every 8 hours from the start.',
  confidence: 'documented',
  sources: [learn, lab, deviceLogs],
  parameters: { interval: hours(8) },
});
export const healthSessions = rule('agent.remediations.sessions', {
  says: 'Each session with an Entra user has its own remediations, results and times; without one the device has, under the all-zero id.',
  confidence: 'observed',
  sources: [deviceLogs],
});
export const healthRequest = rule('agent.remediations.request', {
  says: 'The service answers with all remediations and compliance scripts of the session, their scripts in base64.',
  confidence: 'observed',
  sources: [deviceLogs, 'PyTune'],
});
export const resolved = rule('agent.remediations.resolved', {
  says: 'A remediation in user context is left out where nobody is signed in.',
  confidence: 'observed',
  sources: [deviceLogs, lab],
});
export const schedules = rule('agent.remediations.schedules', {
  says: 'An hourly remediation runs its interval after the last run, a daily one at its time of day, one that runs once at its time; a run that was missed comes as soon as possible.',
  confidence: 'documented',
  sources: [learn, lab, deviceLogs],
});
export const firstDaily = rule('agent.remediations.first-daily', {
  says: 'A daily remediation that has never run waits for its time of day where that is still to come, else it runs at once.',
  confidence: 'inferred',
  sources: [lab],
});
export const jobQueue = rule('agent.remediations.queue', {
  says: 'One job is queued, for the earliest of all next runs, but never sooner than 5 minutes after a fetch; a restart of the service discards it.',
  confidence: 'observed',
  sources: [lab, deviceLogs],
  parameters: { least: minutes(5) },
});
export const runnerWakes = rule('agent.remediations.runner', {
  says: 'The runner wakes some seconds after the queued time: daily remediations ran 7 to 9 seconds after theirs.',
  confidence: 'observed',
  sources: [lab],
  parameters: { after: seconds(7) },
});
export const runnerFrame = rule('agent.remediations.runner.frame', {
  says: 'A pass of the runner goes through the sessions one after the other and runs what is due.',
  confidence: 'observed',
  sources: [deviceLogs],
});
export const runnerFlights = rule('agent.remediations.runner.flights', {
  says: 'The runner looks at its feature switches before it works.',
  confidence: 'observed',
  sources: [deviceLogs],
});
export const oneAfterAnother = rule('agent.remediations.in-turn', {
  says: 'Scripts run strictly one after another; one that hangs holds up all that follow.',
  confidence: 'observed',
  sources: [lab, 'IME log interpreter rules of Autopilot Monitor'],
});
export const prepared = rule('agent.remediations.prepared', {
  says: 'Scripts are kept in C:\\Windows\\IMECache\\HealthScripts\\{policy}_{version}, byte for byte, with the files of their results beside them.',
  confidence: 'observed',
  sources: [deviceLogs, lab],
});
export const healthLaunch = rule('agent.remediations.launch', {
  says: 'AgentExecutor.exe runs detection and remediation as SYSTEM or as the signed-in user, 32-bit unless the policy says otherwise, for at most 60 minutes.',
  confidence: 'observed',
  sources: [deviceLogs, lab],
  parameters: { timeout: minutes(60) },
});
export const healthSignature = rule('agent.remediations.signature', {
  says: 'With the signature check on a remediation runs with the execution policy allsigned.',
  confidence: 'disputed',
  sources: ['AgentExecutor walk-through by @nas_bench'],
  otherwise: 'Documentation: the execution policy of the device applies.',
});
export const healthOutput = rule('agent.remediations.output', {
  says: 'The last line of the output is reported, of output and errors at most the last 2,048 characters.',
  confidence: 'observed',
  sources: [lab, learn],
  parameters: { limit: 2048 },
});
export const verdict = rule('agent.remediations.verdict', {
  says: 'The exit code of detection alone decides: 0 is without issue. What it writes to the error stream does not matter.',
  confidence: 'observed',
  sources: [lab, deviceLogs],
});
export const trigger = rule('agent.remediations.trigger', {
  says: 'Any exit code of detection other than 0 starts the remediation.',
  confidence: 'disputed',
  sources: [lab],
  otherwise: 'Documentation: exit code 1 only.',
});
export const remediationEnds = rule('agent.remediations.second-detection', {
  says: 'After a remediation that ended with 0 detection runs again: 0 is fixed, else the issue recurred. A remediation that failed is not looked at again.',
  confidence: 'observed',
  sources: [lab, deviceLogs],
});
export const detectionFails = rule('agent.remediations.detection-fails', {
  says: 'A detection that was killed when its time was over is a failed one; nothing is remediated.',
  confidence: 'observed',
  sources: [lab],
});
export const healthResult = rule('agent.remediations.result', {
  says: 'The result is one JSON document; it is compared with the one stored for this version.',
  confidence: 'observed',
  sources: [deviceLogs],
});
export const healthReport = rule('agent.remediations.report', {
  says: 'Results that differ from the stored ones go to the service at the end of the pass; those that are the same do not.',
  confidence: 'documented',
  sources: [learn, deviceLogs],
});
export const fullReport = rule('agent.remediations.full-report', {
  says: 'All results are sent every 7 days, and where no time of a full report is stored.',
  confidence: 'documented',
  sources: [learn, deviceLogs],
  parameters: { interval: days(7) },
});
export const healthStored = rule('agent.remediations.stored', {
  says: 'Times of execution stand under SideCarPolicies\\Scripts\\Execution, results under SideCarPolicies\\Scripts\\Reports, for each user and version. Without LastExecution a script counts as never run.',
  confidence: 'observed',
  sources: ['ztrhgf/useful_powershell_functions', lab],
});
export const onDemand = rule('agent.remediations.on-demand', {
  says: 'Run remediation in the admin centre reaches an online device as a push and runs that remediation at once, assigned or not; a later one takes the place of an earlier one that was not fetched.',
  confidence: 'documented',
  sources: [learn, 'Microsoft support wiki: Remediations'],
});
export const onDemandKept = rule('agent.remediations.on-demand.kept', {
  says: 'The device notes the remediation that it ran on demand and when; the schedule of an assigned one is not touched.',
  confidence: 'inferred',
  sources: ['Microsoft support wiki: Remediations names the key, not its values'],
});
export const complianceSync = rule('agent.compliance.sync', {
  says: 'Opening intunemanagementextension://synccompliance runs the compliance scripts at once instead of at their time; asked for again while they run, it does nothing more.',
  confidence: 'observed',
  sources: ['alexverboon/IntuneCustomCompliance', 'Comparison of agent builds 1.101 and 1.103'],
});
export const complianceUser = rule('agent.compliance.user-context', {
  says: 'A compliance script in user context runs as SYSTEM where nobody is signed in.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Custom compliance discovery scripts'],
});
