import type { CloudState } from './cloud-state.ts';
import type { CloudScript, ComplianceReport, CompliancePolicy, ScriptReport } from './script-state.ts';

/** Scripts, remediations and compliance scripts by name. */
export const scriptsOf = (state: CloudState): readonly CloudScript[] =>
  byName(Object.values(state.scripts.items));

export const compliancePoliciesOf = (state: CloudState): readonly CompliancePolicy[] =>
  byName(Object.values(state.scripts.compliancePolicies));

/** A script, remediation or compliance script by id or name. */
export const scriptOf = (state: CloudState, name: string): CloudScript | undefined =>
  state.scripts.items[name.toLowerCase()] ?? scriptsOf(state).find((one) => one.name === name);

/** Device and user status of one script, or of all: what the admin centre shows, some minutes behind what was received. */
export const scriptReports = (state: CloudState, script?: string): readonly ScriptReport[] =>
  state.scripts.reports.values().filter((row) => script === undefined || row.script === script);

/** Custom compliance of devices with the result of each setting. */
export const complianceReports = (state: CloudState, policy?: string): readonly ComplianceReport[] =>
  state.scripts.compliance.values().filter((row) => policy === undefined || row.policy === policy);

const byName = <T extends { readonly name: string }>(items: readonly T[]): readonly T[] =>
  [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
