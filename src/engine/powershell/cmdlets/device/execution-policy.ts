import type { Host, RegistryPath } from '../../host.ts';

export const policyNames = [
  'Unrestricted',
  'RemoteSigned',
  'AllSigned',
  'Restricted',
  'Bypass',
  'Undefined',
] as const;
export type ExecutionPolicy = (typeof policyNames)[number];

export const policyScopes = [
  'MachinePolicy',
  'UserPolicy',
  'Process',
  'CurrentUser',
  'LocalMachine',
] as const;
export type PolicyScope = (typeof policyScopes)[number];

export type Dialect = 'desktop' | 'core';

/** Where a scope's policy stands in the registry; the process scope stands in an environment variable. */
export function policyKey(scope: PolicyScope, dialect: Dialect): RegistryPath | undefined {
  const policies =
    dialect === 'desktop'
      ? 'Software\\Policies\\Microsoft\\Windows\\PowerShell'
      : 'Software\\Policies\\Microsoft\\PowerShellCore';
  const own =
    dialect === 'desktop'
      ? 'Software\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell'
      : 'Software\\Microsoft\\PowerShellCore\\ShellIds\\Microsoft.PowerShell';
  switch (scope) {
    case 'MachinePolicy':
      return { hive: 'HKLM', path: policies };
    case 'UserPolicy':
      return { hive: 'HKCU', path: policies };
    case 'CurrentUser':
      return { hive: 'HKCU', path: own };
    case 'LocalMachine':
      return { hive: 'HKLM', path: own };
    case 'Process':
      return undefined;
  }
}

export const parsePolicy = (text: string): ExecutionPolicy | undefined =>
  policyNames.find((name) => name.toLowerCase() === text.toLowerCase());

/** The policy a scope states; `process` is what `-ExecutionPolicy` or Set-ExecutionPolicy -Scope Process gave. */
export function policyOf(
  scope: PolicyScope,
  host: Host,
  dialect: Dialect,
  process: ExecutionPolicy | undefined,
): ExecutionPolicy {
  const key = policyKey(scope, dialect);
  if (!key) {
    if (process) return process;
    for (const [name, value] of host.environment)
      if (name.toLowerCase() === 'psexecutionpolicypreference') return parsePolicy(value) ?? 'Undefined';
    return 'Undefined';
  }
  if (scope === 'MachinePolicy' || scope === 'UserPolicy') {
    const enabled = host.registry.value(key, 'EnableScripts');
    if (!enabled.ok || enabled.value.kind !== 'DWord') return 'Undefined';
    if (enabled.value.data === 0) return 'Restricted';
  }
  const value = host.registry.value(key, 'ExecutionPolicy');
  return value.ok && value.value.kind === 'String'
    ? (parsePolicy(value.value.data) ?? 'Undefined')
    : 'Undefined';
}

/** The first scope that states one decides; Windows clients fall back to Restricted, PowerShell 7 to RemoteSigned. */
export function effectivePolicy(
  host: Host,
  dialect: Dialect,
  process: ExecutionPolicy | undefined,
): ExecutionPolicy {
  for (const scope of policyScopes) {
    const policy = policyOf(scope, host, dialect, process);
    if (policy !== 'Undefined') return policy;
  }
  return dialect === 'desktop' ? 'Restricted' : 'RemoteSigned';
}

/** Why a script file may not run, in PowerShell's words; undefined where it may. */
export function policyRefusal(
  path: string,
  content: string,
  host: Host,
  dialect: Dialect,
  process: ExecutionPolicy | undefined,
): string | undefined {
  const about =
    'see about_Execution_Policies at ' +
    (dialect === 'desktop'
      ? 'https:/go.microsoft.com/fwlink/?LinkID=135170.'
      : 'https://go.microsoft.com/fwlink/?LinkID=135170.');
  const policy = effectivePolicy(host, dialect, process);
  switch (policy) {
    case 'Bypass':
    case 'Unrestricted':
      return undefined;
    case 'Restricted':
    case 'Undefined':
      return `File ${path} cannot be loaded because running scripts is disabled on this system. For more information, ${about}`;
    case 'RemoteSigned':
      if (!path.startsWith('\\\\') && !host.files.info(`${path}:Zone.Identifier`).ok) return undefined;
      break;
    case 'AllSigned':
      break;
  }
  // Nobody signs on a simulated device: a signature block is one of a signer it does not trust.
  return /^# SIG # Begin signature block/m.test(content)
    ? `File ${path} cannot be loaded. A certificate chain could not be built to a trusted root authority.`
    : `File ${path} cannot be loaded. The file ${path} is not digitally signed. You cannot run this script on the current system. For more information about running scripts and setting execution policy, ${about}`;
}

/** Key in `Session.state` of the process scope's policy. */
export const processPolicyKey = 'execution policy';
