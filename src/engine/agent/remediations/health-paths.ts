import { agentKey } from '../paths.ts';

/** Places of remediations and compliance scripts; registry paths are below HKLM. */
const scriptsKey = `${agentKey}\\SideCarPolicies\\Scripts`;
export const executionsKey = (user: string): string => `${scriptsKey}\\Execution\\${user}`;
export const executionKey = (user: string, policy: string, version: number): string =>
  `${executionsKey(user)}\\${policy}_${version}`;
export const reportsKey = (user: string): string => `${scriptsKey}\\Reports\\${user}`;
export const resultKey = (user: string, policy: string, version: number): string =>
  `${reportsKey(user)}\\${policy}_${version}\\Result`;
export const onDemandKey = `${agentKey}\\SideCarPolicies\\DeviceAction\\OnDemandProactiveRemediation`;

export const healthFolder = (policy: string, version: number): string =>
  `C:\\Windows\\IMECache\\HealthScripts\\${policy}_${version}`;
