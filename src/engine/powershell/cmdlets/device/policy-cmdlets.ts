import { enumValue } from '../../types/enum-text.ts';
import { customObject } from '../../types/objects.ts';
import { defineEnum } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { effectivePolicy, policyKey, policyOf, policyScopes, processPolicyKey } from './execution-policy.ts';
import type { ExecutionPolicy, PolicyScope } from './execution-policy.ts';
import { getAuthenticodeSignature, setAuthenticodeSignature } from './signature-cmdlets.ts';

const policyType = defineEnum(
  'Microsoft.PowerShell.ExecutionPolicy',
  'Unrestricted,RemoteSigned,AllSigned,Restricted,Bypass,Undefined',
);
defineEnum(
  'Microsoft.PowerShell.ExecutionPolicyScope',
  'Process,CurrentUser,LocalMachine,UserPolicy,MachinePolicy',
);

const process = (context: CmdletContext): ExecutionPolicy | undefined =>
  context.session.state.get(processPolicyKey) as ExecutionPolicy | undefined;

export const getExecutionPolicy: Cmdlet = {
  name: 'Get-ExecutionPolicy',
  module: 'Microsoft.PowerShell.Security',
  typeName: 'Microsoft.PowerShell.Commands.GetExecutionPolicyCommand',
  parameters: [
    { name: 'Scope', type: 'Microsoft.PowerShell.ExecutionPolicyScope', position: 0, pipelineByName: true },
    { name: 'List', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { host, dialect } = context;
      if (context.switch('List')) {
        for (const scope of policyScopes)
          context.write(
            customObject([
              ['Scope', scope],
              ['ExecutionPolicy', enumValue(policyType, policyOf(scope, host, dialect, process(context)))],
            ]),
          );
        return undefined;
      }
      const policy = context.has('Scope')
        ? policyOf(toText(context.get('Scope')) as PolicyScope, host, dialect, process(context))
        : effectivePolicy(host, dialect, process(context));
      context.write(enumValue(policyType, policy));
      return undefined;
    },
  }),
};

export const setExecutionPolicy: Cmdlet = {
  name: 'Set-ExecutionPolicy',
  module: 'Microsoft.PowerShell.Security',
  typeName: 'Microsoft.PowerShell.Commands.SetExecutionPolicyCommand',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'ExecutionPolicy',
      type: 'Microsoft.PowerShell.ExecutionPolicy',
      position: 0,
      mandatory: true,
      pipelineByName: true,
    },
    { name: 'Scope', type: 'Microsoft.PowerShell.ExecutionPolicyScope', position: 1, pipelineByName: true },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { host, dialect } = context;
      const wanted = toText(context.get('ExecutionPolicy')) as ExecutionPolicy;
      const scope = (context.has('Scope') ? toText(context.get('Scope')) : 'LocalMachine') as PolicyScope;
      if (scope === 'MachinePolicy' || scope === 'UserPolicy')
        context.fail({
          id: 'CantSetGroupPolicy',
          category: 'InvalidOperation',
          message: `Cannot set execution policy. Execution policies at the MachinePolicy or UserPolicy scopes must be set through Group Policy.`,
          exception: 'System.InvalidOperationException',
        });
      if (!context.shouldProcess(`${wanted}`, 'Set-ExecutionPolicy')) return undefined;
      const key = policyKey(scope, dialect);
      if (!key) {
        if (wanted === 'Undefined') context.session.state.delete(processPolicyKey);
        else context.session.state.set(processPolicyKey, wanted);
      } else {
        const made = wanted === 'Undefined' ? undefined : host.registry.createKey(key);
        const done =
          wanted === 'Undefined'
            ? host.registry.deleteValue(key, 'ExecutionPolicy')
            : made?.ok
              ? host.registry.setValue(key, 'ExecutionPolicy', { kind: 'String', data: wanted })
              : made;
        if (done && !done.ok && done.error.code === 'access-denied') {
          const root = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell`;
          context.fail({
            id: 'System.UnauthorizedAccessException',
            category: 'PermissionDenied',
            message: `Access to the registry key '${root}' is denied. To change the execution policy for the default (LocalMachine) scope, start Windows PowerShell with the "Run as administrator" option. To change the execution policy for the current user, run "Set-ExecutionPolicy -Scope CurrentUser".`,
            exception: 'System.UnauthorizedAccessException',
          });
        }
      }
      const effective = effectivePolicy(host, dialect, process(context));
      if (wanted !== 'Undefined' && effective !== wanted)
        context.fail({
          id: 'ExecutionPolicyOverride',
          category: 'PermissionDenied',
          message: `Windows PowerShell updated your execution policy successfully, but the setting is overridden by a policy defined at a more specific scope.  Due to the override, your shell will retain its current effective execution policy of ${effective}. Type "Get-ExecutionPolicy -List" to view your execution policy settings. For more information please see "Get-Help Set-ExecutionPolicy".`,
          exception: 'System.Security.SecurityException',
        });
      return undefined;
    },
  }),
};

export const policyCmdlets: readonly Cmdlet[] = [
  getExecutionPolicy,
  setExecutionPolicy,
  getAuthenticodeSignature,
  setAuthenticodeSignature,
];
