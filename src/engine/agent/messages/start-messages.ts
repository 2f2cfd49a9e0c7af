import { define } from './message.ts';
import { words2026 } from './agent-versions.ts';
import type { MessageVersions } from './message.ts';

/** IntuneManagementExtension.log: the search for the gateway, further lines of the service's start, its history. */
const main = (id: string, words: string, type: 1 | 2 | 3 = 1, versions: MessageVersions = {}) =>
  define('IntuneManagementExtension', `start.${id}`, words, 'observed', type, versions);
const of2025 = { until: words2026 };
const noSMode =
  "Device is either not in 'Win 10 S Mode' or not a '19H2 (Win 10 S supported) or later' build.";

export const provisioningKey = main(
  'provisioning-key',
  'RegistryKeyExistsFullPath opening subPath SOFTWARE\\Microsoft\\Provisioning\\{path}...',
);
export const discovered = main('discovered', '[Discovery Service] Got gateway addr: {url}');
export const locationCalls = main(
  'location-calls',
  '[Location Service] Calling LocationService ServiceAddresses Controller with {url} with True',
);
export const locationRequest = main(
  'location-request',
  '[Location Service] SendWebRequest, client-request-id: {requestId}, Method: GET',
);
export const locationFound = main(
  'location-found',
  '[Location Service] Success!! LocationService ServiceAddresses Controller with {url} with True, statusCode = OK',
);
export const locationAddress = main(
  'location-address',
  '[Location Service] Got address for service: {service}, url: {url}',
);
export const downloadUrl = main('download-url', '[Location Service] Intune DownloadServiceUrl is {url}');
export const certificateRefreshed = main(
  'certificate-refreshed',
  'Refreshed MDM device certificate, CN is CN={deviceId}, expiry is {expiry}',
);
export const eventManager = main('event-manager', 'Initializing EventManager with environment [PE]');
export const telemetryMetadata = main(
  'telemetry-metadata',
  '[Telemetry] Telemetry metadata registry values initialized.',
  1,
  of2025,
);
export const selectedOnTimer = main(
  'selected-on-timer',
  '[PowerShell] Check flighting to CallSelectedOnTimer for OnStart.',
  2,
);
export const osVersion = main(
  'os-version',
  '[EnvironmentHelper] osVersion with revision is {version}',
  1,
  of2025,
);
export const registryKey = main('registry-key', 'Found the registry key.');
export const enrolmentEnvironment = main('enrolment-environment', 'current-enroll-env = PE (Prod)');
export const requiredSMode = main('required-s-mode', `[EmsAgentService:RequiredAppTask] ${noSMode}`);
export const availableSMode = main('available-s-mode', `[EmsAgentService:AvailableAppTask] ${noSMode}`);
export const availableTimer = main(
  'available-timer',
  'set timer, delayed seconds = {seconds} for workload Win32AvailableApp',
);
export const mixedMode = main('mixed-mode', 'Mixed mode policy feature is supported on this device.');
export const gettingPolicies = main(
  'getting-policies',
  '[UnlockWin: GetAllBaseAndSupplementalPolicyInfos] Getting all PolicyInfos',
);
export const gotPolicies = main(
  'got-policies',
  '[UnlockWin: GetAllBaseAndSupplementalPolicyInfos] Finished getting all PolicyInfos.',
);
export const restricted = main('restricted', 'Successfully restrict service permissions.');
export const testMode = main('test-mode', 'Load isTestMode from registry settings.');
export const historyKey = main(
  'history-key',
  '[AgentExecutionHistory] Registery key: Software\\Microsoft\\IntuneManagementExtension\\AgentExecutionHistorySetting created',
  1,
  of2025,
);
export const lastStart = main(
  'last-start',
  '[AgentExecutionHistory] LastAgentExecutionStartTime: {time}',
  1,
  of2025,
);
export const lastEnd = main(
  'last-end',
  '[AgentExecutionHistory] LastAgentExecutionEndTime: {time}',
  1,
  of2025,
);
export const history = main(
  'history',
  'AgentExecutionHistory : AgentExecutionStartTime is {start}, AgentExecutionEndTime is {end}, AgentCrashCount is {n}.',
);
export const crashesSet = main('crashes-set', '[AgentExecutionHistory] Crash Count successfully set to: {n}');
export const workSMode = main('work-s-mode', `[EmsAgentService:StartWork] ${noSMode}`);
export const workOnTimer = main(
  'work-on-timer',
  '[PowerShell] Check flighting to call OnTimer from StartWork.',
  2,
);
