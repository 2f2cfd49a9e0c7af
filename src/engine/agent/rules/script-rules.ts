import { hours, minutes } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** Platform scripts. */
const deviceLogs = 'Agent logs of 2025 and 2026';

export const scriptTimer = rule('agent.scripts.timer', {
  says: 'Platform scripts are fetched every 24 hours, every 8 once a script was found, and at each start of the service.',
  confidence: 'disputed',
  sources: [deviceLogs],
  otherwise: 'Documentation and measurements name a fixed timer of 8 hours.',
  parameters: { withoutScripts: hours(24), withScripts: hours(8) },
});
export const scriptFetch = rule('agent.scripts.fetch', {
  says: 'One script fetch runs at a time, in the sessions of all signed-in users one after the other, else for the device alone.',
  confidence: 'observed',
  sources: [deviceLogs],
  workshop: ['W26'],
});
export const scriptFrame = rule('agent.scripts.frame', {
  says: 'Scripts wait for the Enrollment Status Page; then those of a session are processed, and at the end the agent says how the fetch went.',
  confidence: 'observed',
  sources: [deviceLogs],
});
export const scriptSessions = rule('agent.scripts.sessions', {
  says: 'A script that targets a device runs once for each user who signs in, also where it runs as SYSTEM; the all-zero id stands for the device without a user.',
  confidence: 'observed',
  sources: [deviceLogs, 'fadwen/IntuneScriptLab'],
});
export const scriptLogon = rule('agent.scripts.logon', {
  says: 'A sign-in has the agent fetch scripts for the new session.',
  confidence: 'observed',
  sources: ['Agent logs of 2025', 'Microsoft Learn: Use PowerShell scripts on Windows devices'],
});
export const scriptRequest = rule('agent.scripts.request', {
  says: 'The service answers a script fetch with all scripts of the session; their text stands in clear in the answer and in the log.',
  confidence: 'observed',
  sources: [deviceLogs, 'PyTune'],
  workshop: ['W26'],
});
export const scriptRuns = rule('agent.scripts.runs', {
  says: 'A script that succeeded is not run again. One that failed runs at script fetches until it has run three times in all: its download count.',
  confidence: 'disputed',
  sources: ['fadwen/IntuneScriptLab'],
  otherwise: 'Documentation: three retries over the next three check-ins, four runs in all.',
  parameters: { most: 3 },
  workshop: ['W26'],
});
export const scriptChanged = rule('agent.scripts.changed', {
  says: 'A script whose text or settings changed runs again, as if it were new.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Use PowerShell scripts on Windows devices'],
});
export const scriptHashKept = rule('agent.scripts.hash', {
  says: 'The hash of the policy that ran is kept beside its result, to know a changed script.',
  confidence: 'inferred',
  sources: ['Agent logs of 2025 compare an old with a new hash; where the old one is kept is not public'],
});
export const scriptSkipsUser = rule('agent.scripts.user-context', {
  says: 'A script that runs as the signed-in user waits until somebody is signed in.',
  confidence: 'inferred',
  sources: ['No log line of it is public'],
});
export const scriptPrepared = rule('agent.scripts.prepared', {
  says: 'The agent counts the download, checks that nobody changed the policy, and writes the script to Policies\\Scripts byte for byte.',
  confidence: 'observed',
  sources: [deviceLogs, 'fadwen/IntuneScriptLab'],
  workshop: ['W26'],
});
export const scriptLaunch = rule('agent.scripts.launch', {
  says: 'AgentExecutor.exe runs the script as SYSTEM in session 0 or as the user in the session of the user, 32-bit unless the policy says otherwise, for at most 30 minutes.',
  confidence: 'observed',
  sources: [
    deviceLogs,
    'Microsoft Learn: Use PowerShell scripts on Windows devices',
    'LOLBAS: AgentExecutor',
  ],
  parameters: { timeout: minutes(30) },
  workshop: ['W26'],
});
export const scriptUserLaunch = rule('agent.scripts.user-launch', {
  says: 'For a script in user context the agent takes on the identity of the signed-in user first.',
  confidence: 'observed',
  sources: ['IME log tools by Petri Paavola and Oliver Kieselbach'],
});
export const scriptOutcome = rule('agent.scripts.outcome', {
  says: 'Any text on the error stream makes a script fail, even with exit code 0. The result says what the script wrote, uncut.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', 'Microsoft Learn: Use PowerShell scripts on Windows devices'],
  workshop: ['W26'],
});
export const scriptExitCode = rule('agent.scripts.exit-code', {
  says: 'A script that ends with another exit code than 0, or was killed when its time was over, has failed.',
  confidence: 'inferred',
  sources: [
    'AgentExecutor writes "failed to execute" for such an exit code; how the agent reads it is not public',
  ],
});
export const scriptFilesRemoved = rule('agent.scripts.files-removed', {
  says: 'Script and result files exist only until the run is finished.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Use PowerShell scripts on Windows devices', deviceLogs],
  workshop: ['W26'],
});
export const scriptReport = rule('agent.scripts.report', {
  says: 'Results of a session go to the service at once; when it has taken them they are stored under Policies.',
  confidence: 'observed',
  sources: [deviceLogs],
  workshop: ['W26'],
});
export const scriptStored = rule('agent.scripts.stored', {
  says: 'HKLM\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Policies\\{user}\\{policy} holds the result; without that key the script counts as never run.',
  confidence: 'observed',
  sources: ['ztrhgf/useful_powershell_functions', 'fadwen/IntuneScriptLab'],
  workshop: ['W26'],
});
export const scriptSignature = rule('agent.scripts.signature', {
  says: 'The signature check of a script is on unless its policy switches it off: the admin centre has it on by default now.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Use PowerShell scripts on Windows devices', 'The workshop'],
  workshop: ['W27'],
});
