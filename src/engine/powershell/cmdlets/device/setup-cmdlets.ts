import { callStatic } from '../../types/member.ts';
import type { Value } from '../../types/value.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { resolveType } from '../../types/registry.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

const zones = (): DotNetType => resolveType('System.TimeZoneInfo') as DotNetType;

function local(context: CmdletContext): Value {
  const member = zones().staticMembers.get('local');
  return member?.kind === 'property' ? member.get(zones(), context) : null;
}

const getTimeZone: Cmdlet = {
  name: 'Get-TimeZone',
  aliases: ['gtz'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.GetTimeZoneCommand',
  defaultSet: 'Name',
  parameters: [
    { name: 'Id', type: 'string[]', sets: [{ set: 'Id', mandatory: true, pipelineByName: true }] },
    { name: 'ListAvailable', type: 'switch', sets: [{ set: 'ListAvailable', mandatory: true }] },
    { name: 'Name', type: 'string[]', sets: [{ set: 'Name', position: 0, pipelineByName: true }] },
  ],
  start: (context) => ({
    process() {
      if (context.switch('ListAvailable')) {
        for (const zone of elementsOf(callStatic(zones(), 'GetSystemTimeZones', [])) ?? [])
          context.write(zone);
        return undefined;
      }
      const asked = [...context.strings('Id'), ...context.strings('Name')];
      if (asked.length === 0) context.write(local(context));
      for (const id of asked) context.write(callStatic(zones(), 'FindSystemTimeZoneById', [id]));
      return undefined;
    },
  }),
};

/** What the firmware said at start, as Windows keeps it. Without an answer the machine has no UEFI. */
const confirmSecureBoot: Cmdlet = {
  name: 'Confirm-SecureBootUEFI',
  module: 'SecureBoot',
  typeName: 'Microsoft.SecureBoot.Commands.ConfirmSecureBootUefiCommand',
  parameters: [],
  start: (context) => ({
    process() {
      if (!context.host.identity.elevated)
        return context.fail({
          id: 'GetFWVarFailed',
          category: 'PermissionDenied',
          message: 'Unable to set proper privileges. Access was denied.',
          exception: 'System.UnauthorizedAccessException',
        });
      const state = context.host.registry.value(
        { hive: 'HKLM', path: 'SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State' },
        'UEFISecureBootEnabled',
        '64',
      );
      if (!state.ok || state.value.kind !== 'DWord')
        return context.fail({
          id: 'GetFWVarFailed',
          category: 'NotImplemented',
          message: 'Cmdlet not supported on this platform: 0xC0000002',
          exception: 'System.PlatformNotSupportedException',
        });
      context.write(state.value.data !== 0);
      return undefined;
    },
  }),
};

export const setupCmdlets: readonly Cmdlet[] = [getTimeZone, confirmSecureBoot];
