import { differences } from '../../dialects/index.ts';
import { context, isDesktop } from '../ambient.ts';
import { hashtable } from '../collections.ts';
import { dotNetError } from '../errors.ts';
import { environment } from '../../run/session-objects.ts';
import type { Session } from '../../run/session.ts';
import { ExitFlow } from '../../run/flow.ts';
import { DotNetObject, EnumValue, stringArray } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { bits, int, required, str } from './arguments.ts';
import { method, property, staticMethod, staticProperty } from './define.ts';
import { currentDirectory, setCurrentDirectory } from './paths.ts';
import { parseVersion } from './version.ts';

defineEnum(
  'System.Environment+SpecialFolder',
  'Desktop=0,Programs=2,MyDocuments=5,Personal=5,Favorites=6,Startup=7,Recent=8,SendTo=9,StartMenu=11,MyMusic=13,MyVideos=14,DesktopDirectory=16,MyComputer=17,Fonts=20,Templates=21,CommonStartMenu=22,CommonPrograms=23,CommonStartup=24,CommonDesktopDirectory=25,ApplicationData=26,LocalApplicationData=28,InternetCache=32,Cookies=33,History=34,CommonApplicationData=35,Windows=36,System=37,ProgramFiles=38,MyPictures=39,UserProfile=40,SystemX86=41,ProgramFilesX86=42,CommonProgramFiles=43,CommonProgramFilesX86=44,CommonTemplates=45,CommonDocuments=46,CommonAdminTools=47,AdminTools=48',
);
defineEnum('System.EnvironmentVariableTarget', 'Process,User,Machine');
const platform = defineEnum('System.PlatformID', 'Win32S,Win32Windows,Win32NT,WinCE,Unix,Xbox,MacOSX');

const session = (): Session => context().session as Session;
const variable = (name: string): string | undefined => environment(session()).get(name.toLowerCase())?.value;
const machineKey = {
  hive: 'HKLM',
  path: 'SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment',
} as const;
const userKey = { hive: 'HKCU', path: 'Environment' } as const;
const expand = (text: string): string =>
  text.replace(/%([^%]+)%/g, (whole, name: string) => variable(name) ?? whole);
function getVariable(name: string, target: number): Value {
  if (target === 0) return variable(name) ?? null;
  const found = context().host.registry.value(target === 2 ? machineKey : userKey, name);
  if (!found.ok) return null;
  const { value } = found;
  if (value.kind === 'ExpandString') return expand(value.data);
  return value.kind === 'String' ? value.data : null;
}
function setVariable(name: string, to: Value | undefined, target: number): void {
  if (name === '' || name.includes('='))
    throw dotNetError(
      'System.ArgumentException',
      name === ''
        ? "String cannot be of zero length. (Parameter 'variable')"
        : "Environment variable name cannot contain equal character. (Parameter 'variable')",
    );
  const text = isNull(to ?? null) ? '' : str(to);
  if (target === 0) {
    const own = environment(session());
    if (text === '') own.delete(name.toLowerCase());
    else own.set(name.toLowerCase(), { name: own.get(name.toLowerCase())?.name ?? name, value: text });
    return;
  }
  const { registry } = context().host;
  const key = target === 2 ? machineKey : userKey;
  const done =
    text === ''
      ? registry.deleteValue(key, name)
      : registry.setValue(key, name, { kind: 'String', data: text });
  if (!done.ok && done.error.code === 'access-denied')
    throw dotNetError('System.Security.SecurityException', 'Requested registry access is not allowed.');
}
/** Folders below the user's profile and those of the machine; '' of what a device has not. */
function folder(n: number): string {
  const { profile, process64Bit } = context().host.identity;
  const windows = variable('windir') ?? 'C:\\Windows';
  const data = variable('ProgramData') ?? 'C:\\ProgramData';
  const menu = '\\Microsoft\\Windows\\Start Menu';
  const roaming = `${profile}\\AppData\\Roaming`;
  const local = `${profile}\\AppData\\Local`;
  const system = windows.slice(0, 2);
  const files86 = `${system}\\Program Files (x86)`;
  const files = process64Bit ? `${system}\\Program Files` : files86;
  const paths: Readonly<Record<number, string>> = {
    0: `${profile}\\Desktop`,
    2: `${roaming}${menu}\\Programs`,
    5: `${profile}\\Documents`,
    6: `${profile}\\Favorites`,
    7: `${roaming}${menu}\\Programs\\Startup`,
    8: `${roaming}\\Microsoft\\Windows\\Recent`,
    9: `${roaming}\\Microsoft\\Windows\\SendTo`,
    11: `${roaming}${menu}`,
    13: `${profile}\\Music`,
    14: `${profile}\\Videos`,
    16: `${profile}\\Desktop`,
    20: `${windows}\\Fonts`,
    21: `${roaming}\\Microsoft\\Windows\\Templates`,
    22: `${data}${menu}`,
    23: `${data}${menu}\\Programs`,
    24: `${data}${menu}\\Programs\\Startup`,
    25: `${system}\\Users\\Public\\Desktop`,
    26: roaming,
    28: local,
    32: `${local}\\Microsoft\\Windows\\INetCache`,
    33: `${local}\\Microsoft\\Windows\\INetCookies`,
    34: `${local}\\Microsoft\\Windows\\History`,
    35: data,
    36: windows,
    37: `${windows}\\system32`,
    38: files,
    39: `${profile}\\Pictures`,
    40: profile,
    41: `${windows}\\SysWOW64`,
    42: files86,
    43: `${files}\\Common Files`,
    44: `${files86}\\Common Files`,
    45: `${data}\\Microsoft\\Windows\\Templates`,
    46: `${system}\\Users\\Public\\Documents`,
    47: `${data}${menu}\\Programs\\Administrative Tools`,
    48: `${roaming}${menu}\\Programs\\Administrative Tools`,
  };
  return paths[n] ?? '';
}
const osType = defineType('System.OperatingSystem', {
  members: [
    property('Platform', 'System.PlatformID', () => new EnumValue(platform, 2)),
    property('ServicePack', 'string', () => ''),
    property('Version', 'version', () => osVersion()),
    property('VersionString', 'string', () => `Microsoft Windows NT ${toText(osVersion())}`),
    method(['string ToString()', () => `Microsoft Windows NT ${toText(osVersion())}`]),
  ],
});
/** Major, minor, build and a zero: the update revision is not part of it. */
const osVersion = (): Value =>
  parseVersion(`${context().host.computer.osVersion.split('.').slice(0, 3).join('.')}.0`);
const userName = (): string => context().host.identity.name.replace(/^.*\\/, '');
const domainName = (): string => {
  const { name } = context().host.identity;
  return name.includes('\\') ? name.slice(0, name.indexOf('\\')) : context().host.computer.name;
};
/** Milliseconds since the start of the device. */
const tickCount = (): number =>
  Math.floor((context().host.clock.now() - context().host.computer.bootTime) / 1000);

defineType('System.Environment', {
  members: [
    staticProperty('NewLine', 'string', () => context().host.newline),
    staticProperty('MachineName', 'string', () => context().host.computer.name.toUpperCase()),
    staticProperty('UserName', 'string', () => (context().host.identity.isSystem ? 'SYSTEM' : userName())),
    staticProperty('UserDomainName', 'string', domainName),
    staticProperty('UserInteractive', 'bool', () => context().host.identity.interactive),
    staticProperty('OSVersion', 'System.OperatingSystem', () => new DotNetObject(osType, null)),
    staticProperty('Version', 'version', () =>
      parseVersion(isDesktop(differences.engine.clrVersion) ? '4.0.30319.42000' : '10.0.0'),
    ),
    staticProperty('Is64BitOperatingSystem', 'bool', () => context().host.computer.is64Bit),
    staticProperty('Is64BitProcess', 'bool', () => context().host.identity.process64Bit),
    staticProperty('ProcessorCount', 'int', () => context().host.computer.processorCount),
    staticProperty('ProcessId', 'int', () => Number(context().host.identity.processId)),
    staticProperty('SystemDirectory', 'string', () => folder(37)),
    staticProperty('SystemPageSize', 'int', () => 4096),
    staticProperty('TickCount', 'int', () => tickCount() | 0),
    staticProperty('TickCount64', 'long', () => BigInt(tickCount())),
    staticProperty('CommandLine', 'string', () => ''),
    staticProperty('CurrentManagedThreadId', 'int', () => 1),
    staticProperty('HasShutdownStarted', 'bool', () => false),
    staticProperty('ExitCode', 'int', () => 0),
    staticProperty('StackTrace', 'string', () => ''),
    staticProperty('WorkingSet', 'long', () => 104857600n),
    staticProperty(
      'CurrentDirectory',
      'string',
      () => currentDirectory(),
      (_v, value) => setCurrentDirectory(toText(value)),
    ),
    staticMethod(
      [
        'string GetEnvironmentVariable(string variable)',
        (_v, a) => getVariable(required(a[0], 'variable'), 0),
      ],
      [
        'string GetEnvironmentVariable(string variable, System.EnvironmentVariableTarget target)',
        (_v, a) => getVariable(required(a[0], 'variable'), bits(a[1])),
      ],
    ),
    staticMethod(
      [
        'void SetEnvironmentVariable(string variable, string value)',
        (_v, a) => setVariable(required(a[0], 'variable'), a[1], 0),
      ],
      [
        'void SetEnvironmentVariable(string variable, string value, System.EnvironmentVariableTarget target)',
        (_v, a) => setVariable(required(a[0], 'variable'), a[1], bits(a[2])),
      ],
    ),
    staticMethod([
      'System.Collections.IDictionary GetEnvironmentVariables()',
      () => hashtable([...environment(session()).values()].map((x) => [x.name, x.value] as const)),
    ]),
    staticMethod([
      'string ExpandEnvironmentVariables(string name)',
      (_v, a) => expand(required(a[0], 'name')),
    ]),
    staticMethod(
      ['string GetFolderPath(System.Environment+SpecialFolder folder)', (_v, a) => folder(bits(a[0]))],
      [
        'string GetFolderPath(System.Environment+SpecialFolder folder, System.Object option)',
        (_v, a) => folder(bits(a[0])),
      ],
    ),
    staticMethod([
      'string[] GetLogicalDrives()',
      () =>
        stringArray(
          context()
            .host.files.drives()
            .map((d) => `${d.name.replace(/[:\\]*$/, '')}:\\`),
        ),
    ]),
    staticMethod([
      'string[] GetCommandLineArgs()',
      () => stringArray([isDesktop(differences.engine.processName) ? 'powershell.exe' : 'pwsh.exe']),
    ]),
    staticMethod([
      'void Exit(int exitCode)',
      (_v, a) => {
        throw new ExitFlow(int(a[0]));
      },
    ]),
  ],
});
