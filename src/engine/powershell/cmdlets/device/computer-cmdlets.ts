import { differences } from '../../dialects/index.ts';
import type { CimInstance, CimValue } from '../../host.ts';
import { localTime } from '../../providers/local-time.ts';
import { expandPath, psPath } from '../../providers/resolve.ts';
import { array, Boxed, customObject } from '../../types/objects.ts';
import { TimeSpanValue } from '../../types/scalars.ts';
import type { Value } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { fromCim } from './cim-value.ts';
import { managementObject } from './management-object.ts';

const management = 'Microsoft.PowerShell.Management';

const first = (context: CmdletContext, className: string): CimInstance | undefined => {
  const found = context.host.cim.instances('root/cimv2', className);
  return found.ok ? found.value[0] : undefined;
};
const all = (context: CmdletContext, className: string): readonly CimInstance[] => {
  const found = context.host.cim.instances('root/cimv2', className);
  return found.ok ? found.value : [];
};
const read = (context: CmdletContext, instance: CimInstance | undefined, name: string): Value => {
  const found = instance?.properties.find(([own]) => own.toLowerCase() === name.toLowerCase());
  return found ? fromCim(found[1], context.host) : null;
};
const text = (context: CmdletContext, instance: CimInstance | undefined, name: string): string => {
  const value = read(context, instance, name);
  return value === null ? '' : context.text(value);
};

/** Value of HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion as text. */
function windowsValue(context: CmdletContext, name: string): Value {
  const found = context.host.registry.value(
    { hive: 'HKLM', path: 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion' },
    name,
    '64',
  );
  if (!found.ok) return null;
  return found.value.kind === 'String'
    ? found.value.data
    : found.value.kind === 'DWord'
      ? found.value.data
      : null;
}

export const getComputerInfo: Cmdlet = {
  name: 'Get-ComputerInfo',
  aliases: ['gin'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetComputerInfoCommand',
  parameters: [{ name: 'Property', type: 'string[]', position: 0 }],
  start: (context) => ({
    process() {
      const { host } = context;
      const os = first(context, 'Win32_OperatingSystem');
      const computer = first(context, 'Win32_ComputerSystem');
      const bios = first(context, 'Win32_BIOS');
      const { computer: own } = host;
      const boot = localTime(host, own.bootTime);
      const now = localTime(host, host.clock.now());
      const serial = read(context, bios, 'SerialNumber');
      const properties: (readonly [string, Value])[] = [
        ['WindowsBuildLabEx', windowsValue(context, 'BuildLabEx')],
        ['WindowsCurrentVersion', windowsValue(context, 'CurrentVersion') ?? '6.3'],
        ['WindowsEditionId', windowsValue(context, 'EditionID')],
        ['WindowsInstallationType', windowsValue(context, 'InstallationType') ?? 'Client'],
        ['WindowsProductId', windowsValue(context, 'ProductId')],
        ['WindowsProductName', windowsValue(context, 'ProductName')],
        ['WindowsRegisteredOrganization', windowsValue(context, 'RegisteredOrganization')],
        ['WindowsRegisteredOwner', windowsValue(context, 'RegisteredOwner')],
        ['WindowsSystemRoot', 'C:\\Windows'],
        ['WindowsVersion', windowsValue(context, 'ReleaseId') ?? '2009'],
        ['OSDisplayVersion', windowsValue(context, 'DisplayVersion')],
        ['BiosManufacturer', read(context, bios, 'Manufacturer')],
        ['BiosName', read(context, bios, 'Name')],
        [
          differences.commands.biosProperty.desktopIn(context.dialect)
            ? 'BiosSeralNumber'
            : 'BiosSerialNumber',
          serial,
        ],
        ['BiosSMBIOSBIOSVersion', read(context, bios, 'SMBIOSBIOSVersion')],
        ['BiosVersion', read(context, bios, 'Version')],
        ['CsDNSHostName', own.name],
        ['CsDomain', own.domain],
        ['CsManufacturer', read(context, computer, 'Manufacturer')],
        ['CsModel', read(context, computer, 'Model')],
        ['CsName', own.name],
        ['CsNumberOfLogicalProcessors', new Boxed('uint32', own.processorCount)],
        ['CsPartOfDomain', read(context, computer, 'PartOfDomain')],
        ['CsSystemType', own.is64Bit ? 'x64-based PC' : 'X86-based PC'],
        ['CsTotalPhysicalMemory', read(context, computer, 'TotalPhysicalMemory')],
        ['CsUserName', read(context, computer, 'UserName')],
        ['CsWorkgroup', read(context, computer, 'Workgroup')],
        ['OsName', own.osCaption],
        ['OsVersion', own.osVersion.split('.').slice(0, 3).join('.')],
        ['OsBuildNumber', own.osVersion.split('.')[2] ?? ''],
        ['OsArchitecture', read(context, os, 'OSArchitecture') ?? (own.is64Bit ? '64-bit' : '32-bit')],
        ['OsHardwareAbstractionLayer', own.osVersion],
        ['OsLastBootUpTime', boot],
        ['OsLocalDateTime', now],
        ['OsUptime', new TimeSpanValue(now.ticks - boot.ticks)],
        ['OsInstallDate', read(context, os, 'InstallDate')],
        ['OsFreePhysicalMemory', read(context, os, 'FreePhysicalMemory')],
        ['OsSerialNumber', read(context, os, 'SerialNumber')],
        ['OsLocale', own.culture],
        ['OsLanguage', own.culture],
        ['TimeZone', host.clock.zone.windowsId],
        ['LogonServer', `\\\\${own.name}`],
      ];
      const wanted = context.has('Property')
        ? context.strings('Property').map((name) => wildcard(name))
        : undefined;
      context.write(
        customObject(
          wanted ? properties.filter(([name]) => wanted.some((test) => test(name))) : properties,
          'Microsoft.PowerShell.Commands.ComputerInfo',
        ),
      );
      return undefined;
    },
  }),
};

/** Restart and shut down go the way Windows' own tools go: Win32_OperatingSystem.Win32ShutdownTracker. */
function shutDown(context: CmdletContext, flags: number, verb: string): void {
  const { host } = context;
  const system = first(context, 'Win32_OperatingSystem');
  const args = new Map<string, CimValue>([
    ['Timeout', { type: 'uint32', value: 0 }],
    ['Comment', ''],
    ['ReasonCode', { type: 'uint32', value: 0 }],
    ['Flags', { type: 'sint32', value: flags }],
  ]);
  const done = system && host.cim.invoke(system, 'Win32ShutdownTracker', args);
  if (done?.ok) return;
  const reason =
    done?.error.code === 'access-denied'
      ? 'Privilege not held.'
      : (done?.error.message ?? 'The RPC server is unavailable.');
  context.error({
    id: verb === 'restart' ? 'RestartcomputerFailed' : 'StopComputerException',
    category: 'OperationStopped',
    message: `Failed to ${verb} the computer ${host.computer.name} with the following error message: ${reason.trim()}`,
    exception: 'System.InvalidOperationException',
    target: host.computer.name,
  });
}

export const restartComputer: Cmdlet = {
  name: 'Restart-Computer',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.RestartComputerCommand',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'ComputerName',
      type: 'string[]',
      position: 0,
      aliases: ['CN', '__SERVER', 'Server', 'IPAddress'],
    },
    { name: 'Force', type: 'switch', aliases: ['f'] },
    { name: 'Wait', type: 'switch' },
    { name: 'Timeout', type: 'int', aliases: ['TimeoutSec'] },
    { name: 'Delay', type: 'int16' },
  ],
  start: (context) => ({
    process() {
      if (context.shouldProcess(context.host.computer.name, 'Restart-Computer'))
        shutDown(context, context.switch('Force') ? 6 : 2, 'restart');
      return undefined;
    },
  }),
};

export const stopComputer: Cmdlet = {
  name: 'Stop-Computer',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.StopComputerCommand',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'ComputerName',
      type: 'string[]',
      position: 0,
      aliases: ['CN', '__SERVER', 'Server', 'IPAddress'],
    },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      if (context.shouldProcess(context.host.computer.name, 'Stop-Computer'))
        shutDown(context, context.switch('Force') ? 5 : 1, 'stop');
      return undefined;
    },
  }),
};

export const renameComputer: Cmdlet = {
  name: 'Rename-Computer',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.RenameComputerCommand',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'NewName', type: 'string', position: 0, mandatory: true, pipelineByName: true },
    { name: 'ComputerName', type: 'string' },
    { name: 'Force', type: 'switch' },
    { name: 'PassThru', type: 'switch' },
    { name: 'Restart', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const name = context.string('NewName');
      const old = host.computer.name;
      const failed = (message: string): void =>
        context.error({
          id: 'FailToRenameComputer',
          category: 'OperationStopped',
          message,
          exception: 'System.InvalidOperationException',
          target: old,
        });
      if (!/^[\w-]{1,63}$/.test(name) || /^\d+$/.test(name)) {
        context.error({
          id: 'InvalidNewName',
          category: 'InvalidArgument',
          message: `Skip computer '${old}' with new name '${name}' because the new name is not valid. The new computer name entered is not properly formatted. Standard names may contain letters (a-z, A-Z), numbers (0-9), and hyphens (-), but no spaces or periods (.). The name may not consist entirely of digits, and may not be longer than 63 characters.`,
          exception: 'System.InvalidOperationException',
          target: old,
        });
        return undefined;
      }
      if (!context.shouldProcess(old, `Rename-Computer`)) return undefined;
      const computer = first(context, 'Win32_ComputerSystem');
      const done =
        computer && host.cim.invoke(computer, 'Rename', new Map<string, CimValue>([['Name', name]]));
      if (!done?.ok) {
        failed(
          `Fail to rename computer '${old}' to '${name}' due to the following exception: ${done?.error.code === 'access-denied' ? 'Access is denied.' : (done?.error.message.trim() ?? '')}`,
        );
        return undefined;
      }
      if (context.switch('PassThru'))
        context.write(
          customObject(
            [
              ['HasSucceeded', true],
              ['OldComputerName', old],
              ['NewComputerName', name],
            ],
            'Microsoft.PowerShell.Commands.RenameComputerChangeInfo',
          ),
        );
      if (context.switch('Restart')) shutDown(context, 2, 'restart');
      else context.warning(`The changes will take effect after you restart the computer ${old}.`);
      return undefined;
    },
  }),
};

export const getHotFix: Cmdlet = {
  name: 'Get-HotFix',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetHotFixCommand',
  parameters: [
    { name: 'Id', type: 'string[]', position: 0, aliases: ['HFID'] },
    { name: 'Description', type: 'string[]' },
    { name: 'ComputerName', type: 'string[]', aliases: ['CN'] },
  ],
  start: (context) => ({
    process() {
      const wanted = context.has('Id') ? context.strings('Id') : undefined;
      let any = false;
      for (const fix of all(context, 'Win32_QuickFixEngineering')) {
        const id = text(context, fix, 'HotFixID');
        if (wanted && !wanted.some((one) => one.toLowerCase() === id.toLowerCase())) continue;
        if (
          context.has('Description') &&
          !context.strings('Description').some((one) => wildcard(one)(text(context, fix, 'Description')))
        )
          continue;
        any = true;
        const value = managementObject(fix, context.host);
        context.write(value);
      }
      if (!any && wanted)
        context.error({
          id: 'GetHotFixNoEntriesFound',
          category: 'ObjectNotFound',
          message:
            "Cannot find the requested hotfix on the 'localhost' computer. Verify the input and run the command again.",
          exception: 'System.ArgumentException',
        });
      return undefined;
    },
  }),
};

const missingAccount = (context: CmdletContext, kind: 'User' | 'Group', name: string): void =>
  context.error({
    id: `${kind}NotFound`,
    category: 'ObjectNotFound',
    message: `${kind} ${name} was not found.`,
    exception: `Microsoft.PowerShell.Commands.${kind}NotFoundException`,
    target: name,
  });

export const getLocalUser: Cmdlet = {
  name: 'Get-LocalUser',
  aliases: ['glu'],
  module: 'Microsoft.PowerShell.LocalAccounts',
  typeName: 'Microsoft.PowerShell.Commands.GetLocalUserCommand',
  parameters: [
    { name: 'Name', type: 'string[]', position: 0, pipeline: true, pipelineByName: true },
    { name: 'SID', type: 'string[]' },
  ],
  start: (context) => ({
    process() {
      const users = all(context, 'Win32_UserAccount');
      const names = context.has('Name') ? context.strings('Name') : ['*'];
      for (const name of names) {
        const found = users.filter((user) => wildcard(name)(text(context, user, 'Name')));
        if (found.length === 0 && !/[*?]/.test(name)) missingAccount(context, 'User', name);
        for (const user of found)
          context.write(
            customObject(
              [
                ['Name', read(context, user, 'Name')],
                ['Enabled', read(context, user, 'Disabled') !== true],
                ['Description', read(context, user, 'Description')],
                ['FullName', read(context, user, 'FullName')],
                ['SID', read(context, user, 'SID')],
                ['PrincipalSource', 'Local'],
                ['ObjectClass', 'User'],
              ],
              'Microsoft.PowerShell.Commands.LocalUser',
            ),
          );
      }
      return undefined;
    },
  }),
};

export const getLocalGroup: Cmdlet = {
  name: 'Get-LocalGroup',
  aliases: ['glg'],
  module: 'Microsoft.PowerShell.LocalAccounts',
  typeName: 'Microsoft.PowerShell.Commands.GetLocalGroupCommand',
  parameters: [
    { name: 'Name', type: 'string[]', position: 0, pipeline: true, pipelineByName: true },
    { name: 'SID', type: 'string[]' },
  ],
  start: (context) => ({
    process() {
      const sids = context.strings('SID').map((sid) => sid.toLowerCase());
      const groups = all(context, 'Win32_Group').filter(
        (group) => sids.length === 0 || sids.includes(text(context, group, 'SID').toLowerCase()),
      );
      const names = context.has('Name') ? context.strings('Name') : ['*'];
      for (const name of names) {
        const found = groups.filter((group) => wildcard(name)(text(context, group, 'Name')));
        if (found.length === 0 && !/[*?]/.test(name)) missingAccount(context, 'Group', name);
        for (const group of found)
          context.write(
            customObject(
              [
                ['Name', read(context, group, 'Name')],
                ['Description', read(context, group, 'Description')],
                ['SID', read(context, group, 'SID')],
                ['PrincipalSource', 'Local'],
                ['ObjectClass', 'Group'],
              ],
              'Microsoft.PowerShell.Commands.LocalGroup',
            ),
          );
      }
      return undefined;
    },
  }),
};

const referenced = (reference: string, part: 'Name' | 'Domain'): string =>
  new RegExp(`${part}="([^"]*)"`).exec(reference)?.[1] ?? '';

export const getLocalGroupMember: Cmdlet = {
  name: 'Get-LocalGroupMember',
  aliases: ['glgm'],
  module: 'Microsoft.PowerShell.LocalAccounts',
  typeName: 'Microsoft.PowerShell.Commands.GetLocalGroupMemberCommand',
  parameters: [
    { name: 'Group', type: 'string', position: 0, mandatory: true, pipeline: true, aliases: ['Name'] },
    { name: 'Member', type: 'string', position: 1 },
  ],
  start: (context) => ({
    process() {
      const name = context.string('Group');
      const group = all(context, 'Win32_Group').find(
        (one) => text(context, one, 'Name').toLowerCase() === name.toLowerCase(),
      );
      if (!group) {
        missingAccount(context, 'Group', name);
        return undefined;
      }
      const users = all(context, 'Win32_UserAccount');
      for (const link of all(context, 'Win32_GroupUser')) {
        if (referenced(text(context, link, 'GroupComponent'), 'Name').toLowerCase() !== name.toLowerCase())
          continue;
        const part = text(context, link, 'PartComponent');
        const member = referenced(part, 'Name');
        const user = users.find((one) => text(context, one, 'Name').toLowerCase() === member.toLowerCase());
        context.write(
          customObject(
            [
              ['ObjectClass', /Win32_Group/i.test(part) ? 'Group' : 'User'],
              ['Name', `${referenced(part, 'Domain')}\\${member}`],
              ['SID', read(context, user, 'SID')],
              ['PrincipalSource', user ? 'Local' : 'AzureAD'],
            ],
            'Microsoft.PowerShell.Commands.LocalPrincipal',
          ),
        );
      }
      return undefined;
    },
  }),
};

export const getAppxPackage: Cmdlet = {
  name: 'Get-AppxPackage',
  module: 'Appx',
  typeName: 'Microsoft.Windows.Appx.PackageManager.Commands.GetAppxPackageCommand',
  parameters: [
    { name: 'Name', type: 'string', position: 0, pipelineByName: true },
    { name: 'Publisher', type: 'string', position: 1 },
    { name: 'AllUsers', type: 'switch' },
    { name: 'User', type: 'string' },
    { name: 'PackageTypeFilter', type: 'string' },
  ],
  // The device has no packages of this kind.
  start: () => ({ process: () => undefined }),
};

const uninstall = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

export const getPackage: Cmdlet = {
  name: 'Get-Package',
  module: 'PackageManagement',
  typeName: 'Microsoft.PowerShell.PackageManagement.Cmdlets.GetPackage',
  parameters: [
    { name: 'Name', type: 'string[]', position: 0 },
    { name: 'ProviderName', type: 'string[]', aliases: ['Provider'] },
    { name: 'AllVersions', type: 'switch' },
    { name: 'IncludeWindowsInstaller', type: 'switch' },
    { name: 'IncludeSystemComponent', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { registry } = context.host;
      const names = context.has('Name') ? context.strings('Name') : ['*'];
      const providers = context.strings('ProviderName').map((name) => name.toLowerCase());
      const found: { name: string; version: string; provider: string; source: string }[] = [];
      for (const [hive, view] of [
        ['HKLM', '64'],
        ['HKLM', '32'],
        ['HKCU', '64'],
      ] as const) {
        const keys = registry.subKeys({ hive, path: uninstall }, view);
        for (const key of keys.ok ? keys.value : []) {
          const at = { hive, path: `${uninstall}\\${key}` } as const;
          const value = (name: string): string => {
            const one = registry.value(at, name, view);
            return one.ok && one.value.kind === 'String' ? one.value.data : '';
          };
          const name = value('DisplayName');
          if (name === '' || found.some((other) => other.name === name)) continue;
          const installer = registry.value(at, 'WindowsInstaller', view);
          const isMsi = installer.ok && installer.value.kind === 'DWord' && installer.value.data === 1;
          const provider = isMsi ? 'msi' : 'Programs';
          if (providers.length > 0 && !providers.includes(provider.toLowerCase())) continue;
          found.push({ name, version: value('DisplayVersion'), provider, source: value('InstallLocation') });
        }
      }
      for (const name of names) {
        const own = found.filter((one) => wildcard(name)(one.name));
        if (own.length === 0 && !/[*?]/.test(name))
          context.error({
            id: 'NoMatchFound',
            category: 'ObjectNotFound',
            message: `No package found for '${name}'.`,
            target: name,
          });
        for (const one of own)
          context.write(
            customObject(
              [
                ['Name', one.name],
                ['Version', one.version],
                ['Source', one.source],
                ['ProviderName', one.provider],
              ],
              'Microsoft.PackageManagement.Packaging.SoftwareIdentity',
            ),
          );
      }
      return undefined;
    },
  }),
};

export const getAcl: Cmdlet = {
  name: 'Get-Acl',
  module: 'Microsoft.PowerShell.Security',
  typeName: 'Microsoft.PowerShell.Commands.GetAclCommand',
  parameters: [
    { name: 'Path', type: 'string[]', position: 0, pipeline: true, pipelineByName: true },
    { name: 'LiteralPath', type: 'string[]', aliases: ['PSPath'], pipelineByName: true },
    { name: 'Audit', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      for (const path of context.has('LiteralPath')
        ? context.strings('LiteralPath')
        : context.has('Path')
          ? context.strings('Path')
          : ['.']) {
        const expanded = expandPath(context, path, { literal: context.has('LiteralPath') });
        if (!expanded.ok) {
          context.error(expanded.error);
          continue;
        }
        for (const one of expanded.value) {
          // Windows' defaults by place: the device keeps no access lists of its own.
          const isFile = one.provider.name === 'FileSystem';
          const inProfile =
            /^c:\\users\\/i.test(one.providerPath) || /^HKEY_(CURRENT_USER|USERS)/i.test(one.providerPath);
          const rule = (who: string, rights: string): Value =>
            customObject(
              [
                [isFile ? 'FileSystemRights' : 'RegistryRights', rights],
                ['AccessControlType', 'Allow'],
                ['IdentityReference', who],
                ['IsInherited', true],
                ['InheritanceFlags', 'ContainerInherit, ObjectInherit'],
                ['PropagationFlags', 'None'],
              ],
              `System.Security.AccessControl.${isFile ? 'FileSystem' : 'Registry'}AccessRule`,
            );
          const rules = [
            rule('NT AUTHORITY\\SYSTEM', 'FullControl'),
            rule('BUILTIN\\Administrators', 'FullControl'),
            inProfile
              ? rule(context.host.identity.name, 'FullControl')
              : rule('BUILTIN\\Users', isFile ? 'ReadAndExecute, Synchronize' : 'ReadKey'),
          ];
          const owner = inProfile ? context.host.identity.name : 'NT AUTHORITY\\SYSTEM';
          context.write(
            customObject(
              [
                ['Path', psPath(one.provider, one.providerPath)],
                ['Owner', owner],
                ['Group', owner],
                ['Access', array(rules)],
                ['AreAccessRulesProtected', false],
              ],
              `System.Security.AccessControl.${isFile ? (one.provider.isContainer(one.providerPath, context) ? 'Directory' : 'File') : 'Registry'}Security`,
            ),
          );
        }
      }
      return undefined;
    },
  }),
};

export const computerCmdlets: readonly Cmdlet[] = [
  getComputerInfo,
  restartComputer,
  stopComputer,
  renameComputer,
  getHotFix,
  getLocalUser,
  getLocalGroup,
  getLocalGroupMember,
  getAppxPackage,
  getPackage,
  getAcl,
];
