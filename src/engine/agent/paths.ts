/** Places of the agent; registry paths are below HKLM. */
export const agentService = 'IntuneManagementExtension';

export const agentKey = 'SOFTWARE\\Microsoft\\IntuneManagementExtension';
export const win32AppsKey = `${agentKey}\\Win32Apps`;
export const statusReportsKey = `${agentKey}\\SideCarPolicies\\StatusServiceReports`;
/** Exists while a restart that an app needs is due. */
export const rebootFlagKey = `${agentKey}\\RebootSettings\\RebootFlag`;
export const settingsKey = `${agentKey}\\Win32AppSettings`;

/** State of the device itself, where others have the user's Entra object id. */
export const deviceScope = '00000000-0000-0000-0000-000000000000';

/**
 * Paths of two names that are asked for at every check-in. Those made are kept: a string that was looked up before is
 * found again at once, a new one must be put together and hashed.
 */
export function keptPath(make: (scope: string, name: string) => string): typeof make {
  const made = new Map<string, Map<string, string>>();
  return (scope, name) => {
    let inScope = made.get(scope);
    if (inScope === undefined) {
      if (made.size >= 256) made.clear();
      made.set(scope, (inScope = new Map()));
    }
    let path = inScope.get(name);
    if (path === undefined) {
      if (inScope.size >= 1024) inScope.clear();
      inScope.set(name, (path = make(scope, name)));
    }
    return path;
  };
}

export const appStateKey = (scope: string, app: string, revision: number): string =>
  `${win32AppsKey}\\${scope}\\${app}_${revision}`;
export const grsKey = keptPath((scope, hash) => `${win32AppsKey}\\${scope}\\GRS\\${hash}`);
export const reportingKey = keptPath((scope, app) => `${win32AppsKey}\\Reporting\\${scope}\\${app}`);
export const authorityKey = `${win32AppsKey}\\Reporting\\AppAuthority`;
export const operationalKey = (scope: string, app: string): string =>
  `${win32AppsKey}\\OperationalState\\${scope}\\${app}`;
/** Where re-evaluation times are kept is not public; value name is the subgraph's hash. */
export const reevaluationKey = (scope: string): string => reevaluation(scope, '');
const reevaluation = keptPath((scope) => `${settingsKey}\\LastSubgraphEvaluationTimeUTC\\${scope}`);
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
