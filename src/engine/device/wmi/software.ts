import type { DeviceDraft } from '../device-draft.ts';
import { valuesOf, subKeysOf } from '../registry/key-node.ts';
import type { CimClass } from './cim-value.ts';
import { datetime, uint16, uint32 } from './cim-value.ts';

const namespace = 'root/cimv2';

/** An entry of Programs and Features as the registry holds it. */
export interface InstalledProgram {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly installDate: string;
  readonly installLocation: string;
  readonly installSource: string;
  readonly language: number;
  readonly uninstallString: string;
  readonly windowsInstaller: boolean;
  readonly systemComponent: boolean;
  /** 64- or 32-bit view of the machine's hive. */
  readonly bitness: 32 | 64;
}

/** What the machine's uninstall keys say, in both views; only entries with a name. */
export function installedPrograms(device: Pick<DeviceDraft, 'registry'>): readonly InstalledProgram[] {
  const found: InstalledProgram[] = [];
  for (const [view, bitness] of [
    ['', 64],
    ['WOW6432Node\\', 32],
  ] as const) {
    const root = device.registry.find(
      'HKLM',
      `SOFTWARE\\${view}Microsoft\\Windows\\CurrentVersion\\Uninstall`,
    );
    if (root === undefined) continue;
    for (const key of subKeysOf(root)) {
      const values = new Map(valuesOf(key).map((value) => [value.folded, value.value]));
      const text = (name: string): string => {
        const value = values.get(name.toUpperCase());
        return value?.kind === 'String' || value?.kind === 'ExpandString' ? value.data : '';
      };
      const number = (name: string): number => {
        const value = values.get(name.toUpperCase());
        return value?.kind === 'DWord' ? value.data : 0;
      };
      if (text('DisplayName') === '') continue;
      found.push({
        key: key.name,
        name: text('DisplayName'),
        version: text('DisplayVersion'),
        publisher: text('Publisher'),
        installDate: text('InstallDate'),
        installLocation: text('InstallLocation'),
        installSource: text('InstallSource'),
        language: number('Language'),
        uninstallString: text('UninstallString'),
        windowsInstaller: number('WindowsInstaller') === 1,
        systemComponent: number('SystemComponent') === 1,
        bitness,
      });
    }
  }
  return found;
}

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
  keys: ['Name', 'ProgramId', 'Vendor', 'Version'],
  instances: (device) =>
    installedPrograms(device)
      .filter(({ systemComponent }) => !systemComponent)
      .map((program) => [
        ['Name', program.name],
        ['Vendor', program.publisher],
        ['Version', program.version],
        ['ProgramId', programId(program)],
        ['Language', program.language === 0 ? '65535' : String(program.language)],
        ['MsiPackageCode', ''],
        ['MsiProductCode', program.windowsInstaller ? program.key : ''],
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

/** 44 hexadecimal digits that follow from what identifies the program, as the inventory's ids look. */
function programId(program: InstalledProgram): string {
  let a = 0x811c9dc5;
  const digits: string[] = [];
  const text = `${program.name}|${program.version}|${program.publisher}|${program.key}`;
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < text.length; i++) a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) >>> 0;
    digits.push(a.toString(16).padStart(8, '0'));
  }
  return `0000${digits.join('')}`;
}

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
