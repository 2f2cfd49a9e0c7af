import { valuesOf, subKeysOf } from '../registry/key-node.ts';
import type { CimClass } from './cim-value.ts';
import { datetime, uint16, uint32 } from './cim-value.ts';
import { installedPrograms, installedWin32Programs } from './installed-programs.ts';

const namespace = 'root/cimv2';

export const product: CimClass = {
  name: 'Win32_Product',
  namespace,
  keys: ['IdentifyingNumber', 'Name', 'Version'],
  instances: (device) =>
    installedPrograms(device)
      .filter(({ windowsInstaller, key }) => windowsInstaller && /^\{[0-9a-f-]{36}\}$/i.test(key))
      .map((program) => [
        ['IdentifyingNumber', program.key],
        ['Name', program.name],
        ['Vendor', program.publisher],
        ['Version', program.version],
        ['Caption', program.name],
        ['Description', program.name],
        ['AssignmentType', uint16(1)],
        ['InstallDate', program.installDate === '' ? null : program.installDate],
        ['InstallLocation', program.installLocation === '' ? null : program.installLocation],
        ['InstallSource', program.installSource === '' ? null : program.installSource],
        ['InstallState', { type: 'sint16', value: 5 }],
        ['Language', String(program.language)],
        ['LocalPackage', null],
        ['PackageName', `${program.name}.msi`],
      ]),
};

export const installedWin32Program: CimClass = {
  name: 'Win32_InstalledWin32Program',
  namespace,
  keys: ['ProgramId'],
  instances: (device) =>
    installedWin32Programs(device).map((program) => [
      ['Name', program.name],
      ['Vendor', program.vendor],
      ['Version', program.version],
      ['ProgramId', program.programId],
      ['Language', String(program.language)],
      ['MsiPackageCode', program.msiPackageCode],
      ['MsiProductCode', program.msiProductCode],
    ]),
};

export const userProfile: CimClass = {
  name: 'Win32_UserProfile',
  namespace,
  keys: ['SID'],
  instances(device) {
    const list = device.registry.find('HKLM', 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList');
    if (list === undefined) return [];
    return subKeysOf(list).map((key) => {
      const path = valuesOf(key).find(({ name }) => name === 'ProfileImagePath')?.value;
      const local = path?.kind === 'ExpandString' || path?.kind === 'String' ? path.data : '';
      const session = device.sessions.find(({ sid }) => sid.toUpperCase() === key.folded);
      const special = /^S-1-5-(18|19|20)$/.test(key.name);
      return [
        ['LastUseTime', datetime(session?.since ?? key.lastWrite)],
        ['Loaded', special || session !== undefined],
        ['LocalPath', local.replace(/%systemroot%/i, 'C:\\Windows')],
        ['RefCount', null],
        ['RoamingConfigured', false],
        ['SID', key.name],
        ['Special', special],
        ['Status', uint32(0)],
        ['HealthStatus', { type: 'uint8', value: 3 }],
      ];
    });
  },
};

export const quickFix: CimClass = {
  name: 'Win32_QuickFixEngineering',
  namespace,
  keys: ['HotFixID', 'ServicePackInEffect'],
  instances: (device) =>
    [
      { 'windows-10-22h2': 'KB5062554', 'windows-11-23h2': 'KB5062552', 'windows-11-24h2': 'KB5062553' }[
        device.os
      ],
    ].map((id) => [
      ['Caption', `https://support.microsoft.com/help/${id.slice(2)}`],
      ['Description', 'Security Update'],
      ['InstallDate', null],
      ['CSName', device.computerName],
      ['HotFixID', id],
      ['InstalledBy', 'NT AUTHORITY\\SYSTEM'],
      ['InstalledOn', '7/8/2025'],
      ['ServicePackInEffect', ''],
    ]),
};
