import { words2026 } from './agent-versions.ts';
import type { MessageVersions } from './message.ts';
import { define } from './message.ts';

/** IntuneManagementExtension.log: start and stop of the service. */
const main = (
  id: string,
  words: string,
  type: 1 | 2 | 3 = 1,
  origin: 'observed' | 'public' | 'inferred' = 'observed',
  versions: MessageVersions = {},
) => define('IntuneManagementExtension', `service.${id}`, words, origin, type, versions);

export const started = main('started', 'EMS Agent Started');
export const recycleScripts = main('recycle-scripts', 'RecycleScripts = True');
export const rotateBitLocker = main('rotate-bitlocker', 'EnableRotateBitLockerKeys = False');
export const maxKeys = main('max-keys', 'MaxTotalKeysAllowedToDelete = {n}');
export const deviceAction = main('device-action', 'EnableDeviceAction = True');
export const certificates = main('certificates', 'Found {n} MDM certificates from Local Computer Store.');
export const workingOn = main(
  'working-on',
  '[EMS] Working on C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs.',
);
export const aclsApplied = main('acls-applied', '[EMS] Desired ACLs are already applied.');
export const publicCloud = main('public-cloud', 'OnStart, public cloud env.');
export const flightingStarts = main('flighting-starts', 'Starting ECS flighting client initialization');
export const flightingReady = main(
  'flighting-ready',
  '[Flighting] Client initialized successfully for environment: PE',
  1,
  'observed',
  { earlier: [{ until: words2026, words: 'Flighting client initialized successfully.' }] },
);
export const version = main('version', 'Agent version is: {version}');
export const ids = main(
  'ids',
  'Populating AccountId and DeviceId globally. Account ID is : {accountId} Device Id is : {deviceId}',
  1,
  'observed',
  {
    earlier: [
      {
        until: words2026,
        words:
          'Populating AccountId and DeviceId gloabally. Account ID is : {accountId} Device Id is : {deviceId}',
      },
    ],
  },
);
export const locationExpired = main(
  'location-expired',
  '[Location Service] Service URL is not available or expired, retrieving with LocationService ServiceAddresses Controller',
);
export const gatewayDevice = main('gateway-device', '[ServiceGateway] Device ID: {deviceId}');
export const gatewayUrl = main('gateway-url', 'The sideCar gateway url from OnStart is : {url}');
export const telemetry = main('telemetry', '[Telemetry] Telemetry is enabled. Starting mananger...');
export const watching = main(
  'watching',
  'Start watching registry SOFTWARE\\MICROSOFT\\IntuneWindowsAgent\\Logging',
);
export const environment = main('environment', '[Policy] Current agent environment is: PE');
export const environmentOverride = main(
  'environment-override',
  '[Policy] Current agent environment after override is: PE',
);
export const rootKeyAcl = main(
  'root-key-acl',
  '[Registry ACL Protection] Root registry key ACL is updated. key=Software\\Microsoft\\IntuneManagementExtension.',
);
export const checkInInterval = main(
  'check-in-interval',
  '[Policy] check in interval from cache is : {seconds} seconds',
);
export const scriptTimer = main('script-timer', '[PowerShell] Script Default Timer is set to {hours} hour');
export const managedInstaller = main('managed-installer', 'Detect whether the managed installer is enabled.');
export const startingTask = main('starting-task', 'starting task');
export const appTimer = main('app-timer', 'Win32AppTimer interval is : {milliseconds} ms');
export const appTimerStarts = main('app-timer-starts', 'Starting Win32AppOnTimer task...');
export const requiredTimer = main(
  'required-timer',
  'set timer, delayed seconds = {seconds} for workload Win32RequiredApp',
);
export const availableTimerStarts = main('available-timer-starts', 'Starting Available app timer task...');
export const contentManager = main('content-manager', 'Starting content manager...');
export const delayAll = main(
  'delay-all',
  'Delaying all checkins by seconds = {seconds} in the first check in on start/restart.',
);
export const delayApps = main(
  'delay-apps',
  'Delaying PS and Win32 app workload checkins by seconds = {seconds} in the first check in on start/restart.',
);
export const delayOthers = main(
  'delay-others',
  'Delaying other workload checkins by seconds = {seconds} in the first check in on start/restart.',
);
export const noBasePolicies = main(
  'no-base-policies',
  'Device contains no active Win base policies, not setting up a timer.',
);
export const scriptWorkloadTimer = main(
  'script-workload-timer',
  'set timer, delayed seconds = {seconds} for workload PowerShell',
);
export const statusHostStarting = main('status-host-starting', '[StatusService] Starting service host.');
export const statusHostStarted = main('status-host-started', '[StatusService] Service host started.');
export const apv2 = main('apv2', 'EMS Agent APv2 check returned = False');
export const initialized = main('initialized', 'EMS Agent initialization is done.');
export const crashCount = main('crash-count', '[AgentExecutionHistory] Retrieved Crash Count: {n}');
export const availableTimer = main(
  'available-timer',
  'set timer, start the timer for workload Win32AvailableApp',
);
export const requiredTimerStarts = main(
  'required-timer-starts',
  'set timer, start the timer for workload Win32RequiredApp',
);
export const scriptTimerStarts = main(
  'script-timer-starts',
  'set timer, start the timer for workload PowerShell',
);
export const shutdownSignal = main('shutdown-signal', 'EMS Agent received shutdown signal');
export const statusHostClosing = main('status-host-closing', '[StatusService] Closing Status Service host.');
export const statusHostStopped = main('status-host-stopped', '[StatusService] Service host stopped.');
export const watcherStopped = main('watcher-stopped', 'Stop and dispose registry watcher.');
export const flushing = main('flushing', 'Flushing IME registry key.');
export const stopped = main('stopped', 'EMS Agent Stopped');
export const sessionChange = main('session-change', 'Session change detected.', 2);
export const logon = main('logon', 'OnSessionChange: Logon', 2);
export const logoff = main('logoff', 'OnSessionChange Logoff', 2);
export const checkInStarts = main('check-in-starts', '[Win32AppAsync] Starting app check in');
export const comanagement = main('comanagement', 'Comgt app workload status False');
export const checkInEnds = main('check-in-ends', '[Win32AppAsync] End app check in');
export const cachedGateway = main(
  'cached-gateway',
  '[Location Service] Found cached SideCarGatewayServiceUrl: {url}',
);
export const headers = main('headers', 'PrepareHeaders, client-request-id: {requestId}, Method: PUT');
export const sending = main(
  'sending',
  '[SendWebRequestInternal] Sending network request...  Current proxy is {url}',
);
export const sent = main(
  'sent',
  '[SendWebRequestInternal] Succeeded, client-request-id: {requestId}, AfdRef: ',
  1,
  'observed',
  { earlier: [{ until: words2026, words: '[SendWebRequestInternal] Succeeded' }] },
);
export const unresolved = main(
  'unresolved',
  "[SendWebRequestInternal] Web Exception occurs when sending network request, it's retryable, the exception is System.Net.WebException: The remote name could not be resolved: '{host}'",
  3,
);
export const userless = main('userless', 'Userless session, skip UserToken for device check-in');
export const waitingForJobs = main('waiting-for-jobs', 'Waiting {milliseconds} ms for {n} jobs to complete');
export const jobComplete = main('job-complete', 'Notified DO Service the job is complete.');
