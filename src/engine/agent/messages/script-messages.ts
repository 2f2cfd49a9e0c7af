import { define } from './message.ts';

/** IntuneManagementExtension.log: platform scripts. */
const main = (
  id: string,
  words: string,
  type: 1 | 2 | 3 = 1,
  origin: 'observed' | 'public' | 'inferred' = 'observed',
) => define('IntuneManagementExtension', `scripts.${id}`, words, origin, type);

export const timerChanged = main(
  'timer-changed',
  '[PowerShell] PS Script found, Timer is changed to {hours} hour',
);
export const logonRequest = main('logon-request', '[PowerShell] Request PS Scripts for user logon.', 2);
export const plugin = main('plugin', '[PowerShell] Invoking new PowerShell plugin.', 2);
export const starts = main('starts', '[PowerShell] Polling thread starts.');
export const throttle = main('throttle', '[PowerShell] saving throttle info in PowerShell flow');
export const refreshUsers = main('refresh-users', '[PowerShell] inside RefreshActiveAADUserMap');
export const activeSessions = main('active-sessions', '[PowerShell] Get {n} active user sessions');
export const validSession = main('valid-session', '[PowerShell] valid AAD user session id : {session}');
export const validSessions = main('valid-sessions', '[PowerShell] Total valid AAD User session count is {n}');
export const deviceSession = main('device-session', '[PowerShell] Add MDM Device session id : {session}', 2);
export const certificate = main('certificate', '[PowerShell] Set MdmDeviceCertificate : {thumbprint}');
export const processingSession = main(
  'processing-session',
  '[PowerShell] Processing user session {session}, user id = {user}',
);
export const loaded = main('loaded', 'Load {n} policy results.');
export const requesting = main(
  'requesting',
  '[PowerShell] Requesting policies with session id {sessionId} ...',
);
export const payload = main('payload', '[PowerShell] response payload is {payload}');
export const got = main('got', '[PowerShell] Get {n} policies for user {user} in session {session}');
export const filtering = main('filtering', '[PowerShell] Calling FilterPolicies.');
export const downloadCount = main(
  'download-count',
  '[PowerShell] Policy {policy} for user {user} has download count = {n}',
);
export const filtered = main(
  'filtered',
  '[PowerShell] After filter, get {n} policies for user {user} in session {session}',
);
export const processing = main('processing', '[PowerShell] Calling ProcessPolicies');
export const espPhase = main(
  'esp-phase',
  'Finished ESP phase check before kicking off PowerShell script. ESP phase {phase}',
);
export const counting = main('counting', '[PowerShell] increasing the download count to {n}');
export const processingPolicy = main(
  'processing-policy',
  '[PowerShell] Processing policy with id = {policy} for user {user}',
);
export const body = main('body', '[PowerShell] Policy body = {body}');
export const hash = main('hash', '[PowerShell] policy hash = {hash}');
export const tamperPass = main('tamper-pass', '[PowerShell] Tamper validation pass.');
export const generated = main('generated', 'Script file {path} is generated.');
export const asSystem = main('as-system', '[PowerShell] The policy needs be run as System');
export const asUser = main('as-user', '[PowerShell] The policy needs be run as User', 1, 'inferred');
export const signature = main('signature', 'PowerShell: Enforce signature check = {enforce}');
export const runningMode = main('running-mode', 'PowerShell: Running mode = {mode}');
export const commandLine = main('command-line', '{commandLine}');
export const launchMachine = main('launch-machine', 'Launch powershell executor in machine session');
export const launchUser = main('launch-user', 'Launch powershell executor in user session', 1, 'public');
export const impersonating = main('impersonating', 'starting impersonation, session id = {session}');
export const impersonated = main('impersonated', 'After impersonation: {user}');
export const created = main('created', 'Create proxy process successfully.');
export const processId = main('process-id', 'process id = {process}');
export const done = main('done', 'Execution is done, collecting result');
export const result = main(
  'result',
  '[PowerShell] User Id = {user}, Policy id = {policy}, policy result = {result}',
);
export const success = main('success', '[PowerShell] Success, Result details length: {n}');
export const failure = main('failure', '[PowerShell] Fail, the details are {details}', 3);
export const cleaned = main('cleaned', '[PowerShell] cleaned up all inbox files.');
export const noUnlock = main(
  'no-unlock',
  'Powershell policies are detected, but device is not Mode S or E, skipping unlock.',
);
export const reporting = main('reporting', '[PowerShell] reporting policy results ...');
export const sending = main('sending', 'sending results to service..');
export const sent = main('sent', 'Policy results are successfully sent.');
export const saved = main('saved', 'Save {n} policy results successfully to local for user {user}.');
export const stopped = main('stopped', '[PowerShell] Polling thread stopped.');
export const providerResult = main('provider-result', '[PowerShell] ProviderResult: {result}.');
