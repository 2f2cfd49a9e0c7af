/** Places of the agent; registry paths are below HKLM. */
export const agentService = 'IntuneManagementExtension';

export const agentKey = 'SOFTWARE\\Microsoft\\IntuneManagementExtension';
export const win32AppsKey = `${agentKey}\\Win32Apps`;
export const statusReportsKey = `${agentKey}\\SideCarPolicies\\StatusServiceReports`;
export const settingsKey = `${agentKey}\\Win32AppSettings`;

/** State of the device itself, where others have the user's Entra object id. */
export const deviceScope = '00000000-0000-0000-0000-000000000000';

export const appStateKey = (scope: string, app: string, revision: number): string =>
  `${win32AppsKey}\\${scope}\\${app}_${revision}`;
export const grsKey = (scope: string, hash: string): string => `${win32AppsKey}\\${scope}\\GRS\\${hash}`;
export const reportingKey = (scope: string, app: string): string =>
  `${win32AppsKey}\\Reporting\\${scope}\\${app}`;
export const authorityKey = `${win32AppsKey}\\Reporting\\AppAuthority`;
export const operationalKey = (scope: string, app: string): string =>
  `${win32AppsKey}\\OperationalState\\${scope}\\${app}`;
/** Where re-evaluation times are kept is not public; value name is the subgraph's hash. */
export const reevaluationKey = (scope: string): string =>
  `${settingsKey}\\LastSubgraphEvaluationTimeUTC\\${scope}`;
export const lastCheckInKey = `${settingsKey}\\LastEvaluationCheckInTimeUTC`;

export const programFolder = 'C:\\Program Files (x86)\\Microsoft Intune Management Extension';
export const incomingFile = (app: string, revision: number): string =>
  `${programFolder}\\Content\\Incoming\\${app}_${revision}.bin`;
export const stagingFolder = (app: string, revision: number): string =>
  `${programFolder}\\Content\\Staging\\${app}_${revision}`;
export const detectionScript = (app: string, revision: number): string =>
  `${programFolder}\\Content\\DetectionScripts\\${app}_${revision}.ps1`;
export const cacheFolder = (app: string, revision: number): string =>
  `C:\\Windows\\IMECache\\${app}_${revision}`;
