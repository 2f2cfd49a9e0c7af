import { differences } from '../../dialects/index.ts';
import type { CertificateInfo, Host, RegistryPath } from '../../host.ts';
import { notSigned, signatureText } from './signature-text.ts';

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
  const policies = differences.policy.keys.desktopIn(dialect)
    ? 'Software\\Policies\\Microsoft\\Windows\\PowerShell'
    : 'Software\\Policies\\Microsoft\\PowerShellCore';
  const own = differences.policy.keys.desktopIn(dialect)
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
  return differences.policy.defaultPolicy.desktopIn(dialect) ? 'Restricted' : 'RemoteSigned';
}

/** What a policy says of a script file: it may run, it may not and why, or its user is asked about the publisher. */
export type ScriptVerdict =
  | { readonly kind: 'run' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'ask'; readonly signer: CertificateInfo };

/** Whether a script file may run. `content` is its text, with which its signature is checked. */
export function scriptVerdict(
  path: string,
  content: string,
  host: Host,
  dialect: Dialect,
  process: ExecutionPolicy | undefined,
): ScriptVerdict {
  const policy = effectivePolicy(host, dialect, process);
  switch (policy) {
    case 'Bypass':
    case 'Unrestricted':
      return { kind: 'run' };
    case 'Restricted':
    case 'Undefined':
      return {
        kind: 'refused',
        message: `File ${path} cannot be loaded because running scripts is disabled on this system. For more information, see about_Execution_Policies at ${differences.policy.refusal.desktopIn(dialect) ? 'https:/' : 'https://'}go.microsoft.com/fwlink/?LinkID=135170.`,
      };
    case 'RemoteSigned':
      if (!path.startsWith('\\\\') && !host.files.info(`${path}:Zone.Identifier`).ok) return { kind: 'run' };
      break;
    case 'AllSigned':
      break;
  }
  const signature = host.certificates.checkScript?.(content) ?? notSigned;
  if (signature.status === 'Valid' && signature.signer)
    return signature.trustedPublisher ? { kind: 'run' } : { kind: 'ask', signer: signature.signer };
  if (signature.status === 'NotTrusted')
    return {
      kind: 'refused',
      message: `File ${path} is published by ${signature.signer?.subject ?? ''}. This publisher is explicitly not trusted on your system. The script will not run on the system. For more information, run the command "get-help about_signing".`,
    };
  return {
    kind: 'refused',
    message: `File ${path} cannot be loaded. ${signatureText(path, signature, dialect)}.`,
  };
}

/** Why a script did not run whose publisher nobody vouched for. */
export const optedNotToRun = (path: string): string =>
  `File ${path} cannot be loaded because you opted not to run this software now.`;

/** Key in `Session.state` of the process scope's policy. */
export const processPolicyKey = 'execution policy';
