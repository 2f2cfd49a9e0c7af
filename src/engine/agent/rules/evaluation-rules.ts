import { hours, minutes } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** Whether an app is looked at, whether it is there, whether it may be installed. */
const deviceLogs = ['Agent logs of 2026'];

export const grsRead = rule('win32.grs.read', {
  says: 'GRS values are read before a subgraph is judged: one key per subgraph, one value per app.',
  confidence: 'observed',
  sources: [...deviceLogs, 'ztrhgf/useful_powershell_modules'],
});
export const grsWindow = rule('win32.grs.window', {
  says: 'An install is tried again when 24 hours have passed since the stored time; no stored time counts as passed.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Win32 app management', 'IME log interpreter in Python'],
  parameters: { window: hours(24) },
  workshop: ['W32', 'W35', 'W37', 'W38'],
});
export const reevaluationInterval = rule('win32.reevaluation.interval', {
  says: 'A subgraph is evaluated again when the interval of its policy, 8 hours, has passed since the stored time.',
  confidence: 'observed',
  sources: [...deviceLogs, 'fadwen/IntuneScriptLab', 'Radu Bogdan'],
  parameters: { interval: minutes(480) },
  workshop: ['W35', 'W38'],
});
export const reevaluationPlace = rule('win32.reevaluation.place', {
  says: 'The time of the last evaluation is kept in the registry by the hash of the subgraph.',
  confidence: 'inferred',
  sources: ['Logs name the hash as the key; the place is not public'],
});
export const reevaluationIgnored = rule('win32.reevaluation.ignored', {
  says: 'A subgraph is evaluated before its time where a wanted, applicable app is known to be missing and has no GRS value, where the state of an app is gone, or where a start time or deadline has passed.',
  confidence: 'inferred',
  sources: ['Agents log "Ignoring reevaluation interval for subgraph"', 'Reset scripts of several authors'],
  workshop: ['W52'],
});
export const newSubgraph = rule('win32.reevaluation.new', {
  says: 'A subgraph that was never evaluated is evaluated at once.',
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W36'],
});
export const userlessApp = rule('win32.userless.user-context', {
  says: 'An app that installs in user context is not evaluated while nobody is signed in: it is reported unknown.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab'],
});
export const detectionRuns = rule('win32.detection.runs', {
  says: 'Detection rules run first; an app is detected when all of them find it.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Add, assign, and monitor a Win32 app', ...deviceLogs],
  workshop: ['W15'],
});
export const detectionError = rule('win32.detection.error', {
  says: 'A detection rule that the agent cannot evaluate makes detection fail: error 0x87D30004, compliance state Error.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab'],
});
export const fileDetection = rule('win32.detection.file', {
  says: 'A file rule looks for a file or folder, or compares its version, date or size in whole MiB; versions compare as numbers.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', ...deviceLogs],
});
export const registryDetection = rule('win32.detection.registry', {
  says: 'A registry rule looks for a key or value, or compares it; texts compare without case, the 32-bit view only where the rule asks for it.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', ...deviceLogs],
});
export const msiDetection = rule('win32.detection.msi', {
  says: 'An MSI rule asks Windows Installer for the product code, and where the rule wants it for the version.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const scriptDetection = rule('win32.detection.script', {
  says: 'A detection script finds the app when it exits with 0, writes something to its output and nothing to its error stream.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Add, assign, and monitor a Win32 app', 'fadwen/IntuneScriptLab'],
});
export const scriptFile = rule('win32.script.file', {
  says: 'The script is saved in DetectionScripts, run, and deleted afterwards.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', ...deviceLogs],
});
export const baseRequirements = rule('win32.applicability.base', {
  says: 'An app is applicable when architecture, Windows version, free disk space and memory are as its requirements ask.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Add, assign, and monitor a Win32 app'],
  workshop: ['W16'],
});
export const architectureRequirement = rule('win32.applicability.architecture', {
  says: 'The architecture of Windows is compared where the app asks for one; 0 and 3 ask for none.',
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W16'],
});
export const extendedRequirements = rule('win32.applicability.extended', {
  says: 'Further requirement rules run only where the app was not detected; each must be met.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab'],
  workshop: ['W16'],
});
export const scriptRequirement = rule('win32.applicability.script', {
  says: 'A requirement script is met by exit code 0, an empty error stream and an output that as a whole compares as the rule wants.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab'],
});
export const applicabilityRuns = rule('win32.applicability.runs', {
  says: 'Applicability is checked after detection.',
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W16'],
});
export const classification = rule('win32.action.classification', {
  says: 'From intent, detection, applicability, times and GRS the agent works out what each app of a subgraph should be.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const actionPlan = rule('win32.action.plan', {
  says: 'An app that is wanted and missing is installed, one to uninstall that is there is removed; otherwise nothing is done.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const grsBlocks = rule('win32.action.in-grs', {
  says: 'While the GRS value of an app is younger than 24 hours it is detected and reported but not installed.',
  confidence: 'observed',
  sources: [...deviceLogs, 'Reset scripts of several authors'],
  parameters: { window: hours(24) },
  workshop: ['W35', 'W38'],
});
export const scheduled = rule('win32.action.scheduled', {
  says: 'Before its start an app is evaluated and reported, nothing else; between start and deadline its content is cached; after the deadline it is installed.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Win32 app management'],
  workshop: ['W40', 'W41', 'W42', 'W43', 'W44'],
});
export const attemptedOnce = rule('win32.action.attempted', {
  says: 'After its attempts a subgraph is judged once more; an app is attempted once in a check-in.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const reportedApplicable = rule('win32.applicability.reported', {
  says: 'An app that is detected, or is to be gone, counts as applicable whatever its requirements say.',
  confidence: 'observed',
  sources: deviceLogs,
});
