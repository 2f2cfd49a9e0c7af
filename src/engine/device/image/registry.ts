import type { Bytes } from '../../../base/bytes.ts';
import type { StoredRegistryValue } from '../registry/registry-value.ts';
import type { WindowsVersion } from './windows-version.ts';

export interface ImageValue {
  readonly path: string;
  readonly name: string;
  readonly value: StoredRegistryValue;
}

const text = (data: string): StoredRegistryValue => ({ kind: 'String', data });
const expand = (data: string): StoredRegistryValue => ({ kind: 'ExpandString', data });
const word = (data: number): StoredRegistryValue => ({ kind: 'DWord', data });

const key = (path: string, values: Readonly<Record<string, StoredRegistryValue>>): readonly ImageValue[] =>
  Object.entries(values).map(([name, value]) => ({ path, name, value }));

const windows = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const nt = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const control = 'SYSTEM\\CurrentControlSet\\Control';

/** Keys of the machine's hive that are there without values. */
export const imageKeys: readonly string[] = [
  'HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0',
  'SAM',
  'SECURITY',
  'SOFTWARE\\Clients',
  'SOFTWARE\\Microsoft\\Active Setup\\Installed Components',
  'SOFTWARE\\Microsoft\\DeviceManageabilityCSP',
  'SOFTWARE\\Microsoft\\Enrollments',
  'SOFTWARE\\Microsoft\\PolicyManager\\current\\device',
  'SOFTWARE\\Microsoft\\PolicyManager\\default',
  'SOFTWARE\\Microsoft\\PolicyManager\\providers',
  'SOFTWARE\\Microsoft\\Provisioning\\Diagnostics\\Autopilot',
  'SOFTWARE\\Microsoft\\WindowsUpdate\\UX\\Settings',
  'SOFTWARE\\Microsoft\\Provisioning\\OMADM\\Accounts',
  `${windows}\\Authentication\\LogonUI\\SessionData`,
  `${windows}\\Component Based Servicing`,
  `${windows}\\Explorer`,
  `${windows}\\Installer\\UserData\\S-1-5-18\\Products`,
  `${windows}\\Policies\\Explorer`,
  `${windows}\\RunOnce`,
  `${windows}\\WindowsUpdate\\Auto Update`,
  `${nt}\\Schedule\\TaskCache\\Tree`,
  'SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate',
  'SOFTWARE\\Policies\\Microsoft\\Windows Defender',
  'SOFTWARE\\RegisteredApplications',
  'SOFTWARE\\WOW6432Node\\Clients',
  `SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Run`,
  `${control}\\SafeBoot`,
  'SYSTEM\\CurrentControlSet\\Enum',
];

/** Hives that are loaded before anybody signs in. */
export const userHiveKeys: readonly string[] = ['.DEFAULT', 'S-1-5-18', 'S-1-5-19', 'S-1-5-20'].flatMap(
  (sid) => [
    `${sid}\\Control Panel\\International`,
    `${sid}\\Environment`,
    `${sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer`,
    `${sid}\\Software\\Policies`,
  ],
);

/** Values of the machine's hive that every device of one Windows version has. */
export function imageValues(version: WindowsVersion): readonly ImageValue[] {
  const build = String(version.build);
  return [
    ...key(nt, {
      SystemRoot: text('C:\\Windows'),
      BuildBranch: text(
        version.build >= 26100 ? 'ge_release' : version.build >= 22000 ? 'ni_release' : 'vb_release',
      ),
      BuildLab: text(
        `${build}.${version.build >= 26100 ? 'ge' : version.build >= 22000 ? 'ni' : 'vb'}_release`,
      ),
      CompositionEditionID: text('Enterprise'),
      CurrentBuild: text(build),
      CurrentBuildNumber: text(build),
      CurrentMajorVersionNumber: word(10),
      CurrentMinorVersionNumber: word(0),
      CurrentType: text('Multiprocessor Free'),
      CurrentVersion: text('6.3'),
      DisplayVersion: text(version.displayVersion),
      EditionID: text('Enterprise'),
      InstallationType: text('Client'),
      ProductId: text('00329-00000-00003-AA042'),
      ProductName: text(version.productName),
      ReleaseId: text('2009'),
      SoftwareType: text('System'),
      UBR: word(version.revision),
      PathName: text('C:\\Windows'),
    }),
    ...key(`${nt}\\ProfileList`, {
      Default: expand('%SystemDrive%\\Users\\Default'),
      ProfilesDirectory: expand('%SystemDrive%\\Users'),
      ProgramData: expand('%SystemDrive%\\ProgramData'),
      Public: expand('%SystemDrive%\\Users\\Public'),
    }),
    ...[
      ['S-1-5-18', '%systemroot%\\system32\\config\\systemprofile'],
      ['S-1-5-19', '%systemroot%\\ServiceProfiles\\LocalService'],
      ['S-1-5-20', '%systemroot%\\ServiceProfiles\\NetworkService'],
    ].flatMap(([sid = '', path = '']) =>
      key(`${nt}\\ProfileList\\${sid}`, { Flags: word(0xc), ProfileImagePath: expand(path), State: word(0) }),
    ),
    ...key(`${nt}\\Winlogon`, {
      AutoAdminLogon: text('0'),
      Shell: text('explorer.exe'),
      Userinit: text('C:\\Windows\\system32\\userinit.exe,'),
    }),
    ...key(windows, {
      CommonFilesDir: text('C:\\Program Files\\Common Files'),
      'CommonFilesDir (x86)': text('C:\\Program Files (x86)\\Common Files'),
      CommonW6432Dir: text('C:\\Program Files\\Common Files'),
      DevicePath: expand('%SystemRoot%\\inf'),
      ProgramFilesDir: text('C:\\Program Files'),
      'ProgramFilesDir (x86)': text('C:\\Program Files (x86)'),
      ProgramFilesPath: expand('%ProgramFiles%'),
      ProgramW6432Dir: text('C:\\Program Files'),
    }),
    ...key('SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion', {
      CommonFilesDir: text('C:\\Program Files (x86)\\Common Files'),
      ProgramFilesDir: text('C:\\Program Files (x86)'),
    }),
    ...key(`${windows}\\Run`, { SecurityHealth: expand('%windir%\\system32\\SecurityHealthSystray.exe') }),
    ...key(`${windows}\\Policies\\System`, {
      ConsentPromptBehaviorAdmin: word(5),
      ConsentPromptBehaviorUser: word(3),
      EnableLUA: word(1),
      PromptOnSecureDesktop: word(1),
      dontdisplaylastusername: word(0),
      legalnoticecaption: text(''),
      legalnoticetext: text(''),
    }),
    ...key(`${windows}\\App Paths\\cmmgr32.exe`, { CmNative: word(2) }),
    ...appPath('msedge.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application'),
    ...appPath('iexplore.exe', 'C:\\Program Files\\Internet Explorer'),
    ...key(`${windows}\\Setup\\State`, { ImageState: text('IMAGE_STATE_COMPLETE') }),
    ...key(`${windows}\\Setup\\OOBE`, { LaunchUserOOBE: word(1) }),
    ...key('SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State', { UEFISecureBootEnabled: word(1) }),
    ...key('SYSTEM\\Setup', {
      OOBEInProgress: word(0),
      SetupType: word(0),
      SystemSetupInProgress: word(0),
    }),
    ...uninstall('WOW6432Node\\', 'Microsoft Edge', {
      DisplayName: text('Microsoft Edge'),
      DisplayVersion: text('138.0.3351.83'),
      Publisher: text('Microsoft Corporation'),
      InstallLocation: text('C:\\Program Files (x86)\\Microsoft\\Edge\\Application'),
      UninstallString: text(
        '"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\138.0.3351.83\\Installer\\setup.exe" --uninstall --msedge --channel=stable --system-level --verbose-logging',
      ),
      NoModify: word(1),
      NoRepair: word(0),
    }),
    ...uninstall('WOW6432Node\\', 'Microsoft Edge Update', {
      DisplayName: text('Microsoft Edge Update'),
      DisplayVersion: text('1.3.195.61'),
      NoModify: word(1),
      NoRepair: word(1),
    }),
    ...uninstall('WOW6432Node\\', 'Microsoft EdgeWebView', {
      DisplayName: text('Microsoft Edge WebView2 Runtime'),
      DisplayVersion: text('138.0.3351.83'),
      Publisher: text('Microsoft Corporation'),
      InstallLocation: text('C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application'),
      NoModify: word(1),
    }),
    ...uninstall('', 'AddressBook', {}),
    ...uninstall('', 'Connection Manager', { SystemComponent: word(1) }),
    ...uninstall('', '{6A2A8076-135F-4F55-BB02-DED67C8C6934}', {
      DisplayName: text('Microsoft Update Health Tools'),
      DisplayVersion: text('5.72.0.0'),
      Publisher: text('Microsoft Corporation'),
      UninstallString: expand('MsiExec.exe /X{6A2A8076-135F-4F55-BB02-DED67C8C6934}'),
      ModifyPath: expand('MsiExec.exe /X{6A2A8076-135F-4F55-BB02-DED67C8C6934}'),
      WindowsInstaller: word(1),
      EstimatedSize: word(1084),
      Language: word(1033),
      Version: word(0x05480000),
      VersionMajor: word(5),
      VersionMinor: word(72),
    }),
    ...key('SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full', {
      Install: word(1),
      InstallPath: text('C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\'),
      Release: word(version.build >= 26100 ? 533_509 : 533_320),
      TargetVersion: text('4.0.0'),
      Version: text(version.build >= 26100 ? '4.8.09221' : '4.8.09032'),
    }),
    ...key('SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine', {
      ApplicationBase: text('C:\\Windows\\System32\\WindowsPowerShell\\v1.0'),
      PSCompatibleVersion: text('1.0, 2.0, 3.0, 4.0, 5.0, 5.1'),
      PowerShellVersion: text(`5.1.${build}.${version.revision}`),
      RuntimeVersion: text('v4.0.30319'),
    }),
    ...key('SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell', {
      Path: text('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'),
      ExecutionPolicy: text('RemoteSigned'),
    }),
    ...key('SOFTWARE\\Microsoft\\Cryptography', { MachineGuid: text('') }),
    ...key('SOFTWARE\\Microsoft\\SQMClient', { MachineId: text('') }),
    ...key(`${control}\\ProductOptions`, { ProductType: text('WinNT') }),
    ...key(`${control}\\Session Manager`, { ProtectionMode: word(1) }),
    ...key(`${control}\\Session Manager\\Environment`, {
      ComSpec: expand('%SystemRoot%\\system32\\cmd.exe'),
      DriverData: text('C:\\Windows\\System32\\Drivers\\DriverData'),
      OS: text('Windows_NT'),
      Path: expand(
        '%SystemRoot%\\system32;%SystemRoot%;%SystemRoot%\\System32\\Wbem;%SYSTEMROOT%\\System32\\WindowsPowerShell\\v1.0\\;%SYSTEMROOT%\\System32\\OpenSSH\\',
      ),
      PATHEXT: text('.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC'),
      PROCESSOR_ARCHITECTURE: text('AMD64'),
      PSModulePath: expand(
        '%ProgramFiles%\\WindowsPowerShell\\Modules;%SystemRoot%\\system32\\WindowsPowerShell\\v1.0\\Modules',
      ),
      TEMP: expand('%SystemRoot%\\TEMP'),
      TMP: expand('%SystemRoot%\\TEMP'),
      USERNAME: text('SYSTEM'),
      windir: expand('%SystemRoot%'),
      NUMBER_OF_PROCESSORS: text('4'),
    }),
    ...key(`${control}\\FileSystem`, {
      LongPathsEnabled: word(0),
      NtfsDisableLastAccessUpdate: word(0x80000002),
    }),
    ...key(`${control}\\Terminal Server`, { fDenyTSConnections: word(1) }),
    ...key('SYSTEM\\Select', { Current: word(1), Default: word(1), Failed: word(0), LastKnownGood: word(1) }),
    ...key('HARDWARE\\DESCRIPTION\\System', {
      Identifier: text('AT/AT COMPATIBLE'),
      SystemBiosVersion: { kind: 'MultiString', data: ['VRTUAL - 1', 'Hyper-V UEFI Release v4.1'] },
    }),
    ...key('HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0', {
      Identifier: text('Intel64 Family 6 Model 140 Stepping 1'),
      ProcessorNameString: text('11th Gen Intel(R) Core(TM) i5-1145G7 @ 2.60GHz'),
      VendorIdentifier: text('GenuineIntel'),
      '~MHz': word(2611),
      'Update Signature': { kind: 'Binary', data: '\0\0\0\0\x9a\0\0\0' as Bytes },
    }),
    ...key('SOFTWARE\\Classes\\.ps1', { '': text('Microsoft.PowerShellScript.1') }),
    ...key('SOFTWARE\\Classes\\.txt', { '': text('txtfile'), 'Content Type': text('text/plain') }),
    ...key('SOFTWARE\\Classes\\.log', { '': text('txtfilelegacy') }),
    ...key('SOFTWARE\\Classes\\.msi', { '': text('Msi.Package') }),
    ...key('SOFTWARE\\Classes\\.exe', { '': text('exefile') }),
    ...key('SOFTWARE\\Classes\\.cmd', { '': text('cmdfile') }),
    ...key('SOFTWARE\\Classes\\http', {
      '': text('URL:HyperText Transfer Protocol'),
      'URL Protocol': text(''),
    }),
    ...key('SOFTWARE\\Classes\\https', {
      '': text('URL:HyperText Transfer Protocol with Privacy'),
      'URL Protocol': text(''),
    }),
    ...key('SOFTWARE\\Classes\\ms-settings', { '': text('URL:ms-settings'), 'URL Protocol': text('') }),
  ];
}

function uninstall(
  view: string,
  name: string,
  values: Readonly<Record<string, StoredRegistryValue>>,
): readonly ImageValue[] {
  const path = `SOFTWARE\\${view}Microsoft\\Windows\\CurrentVersion\\Uninstall\\${name}`;
  // A key without values still has to come about.
  return Object.keys(values).length === 0 ? [{ path, name: '', value: text('') }] : key(path, values);
}

function appPath(program: string, folder: string): readonly ImageValue[] {
  return key(`${windows}\\App Paths\\${program}`, { '': text(`${folder}\\${program}`), Path: text(folder) });
}
