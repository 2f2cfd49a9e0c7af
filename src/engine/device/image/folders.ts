/** Folders of a fresh Windows that nothing else makes. */
export const imageFolders: readonly string[] = [
  'C:\\PerfLogs',
  'C:\\Program Files\\Common Files\\microsoft shared',
  'C:\\Program Files\\Windows NT\\Accessories',
  'C:\\Program Files\\WindowsApps',
  'C:\\Program Files\\WindowsPowerShell\\Modules',
  'C:\\Program Files (x86)\\Common Files',
  'C:\\Program Files (x86)\\Windows NT\\Accessories',
  'C:\\Program Files (x86)\\WindowsPowerShell\\Modules',
  'C:\\ProgramData\\Microsoft\\Crypto\\RSA\\MachineKeys',
  'C:\\ProgramData\\Microsoft\\Provisioning',
  'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp',
  'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform',
  'C:\\ProgramData\\Package Cache',
  'C:\\ProgramData\\regid.1991-06.com.microsoft',
  'C:\\Recovery',
  'C:\\Users\\Default\\AppData\\Local\\Temp',
  'C:\\Users\\Default\\Desktop',
  'C:\\Users\\Default\\Documents',
  'C:\\Users\\Public\\Desktop',
  'C:\\Users\\Public\\Documents',
  'C:\\Users\\Public\\Downloads',
  'C:\\Windows\\assembly',
  'C:\\Windows\\Fonts',
  'C:\\Windows\\INF',
  'C:\\Windows\\Installer',
  'C:\\Windows\\Logs\\CBS',
  'C:\\Windows\\Panther',
  'C:\\Windows\\PolicyDefinitions\\en-US',
  'C:\\Windows\\Prefetch',
  'C:\\Windows\\Provisioning',
  'C:\\Windows\\ServiceProfiles\\LocalService\\AppData\\Local\\Temp',
  'C:\\Windows\\ServiceProfiles\\NetworkService\\AppData\\Local\\Temp',
  'C:\\Windows\\SoftwareDistribution\\DataStore',
  'C:\\Windows\\SoftwareDistribution\\Download',
  'C:\\Windows\\System32\\catroot2',
  'C:\\Windows\\System32\\config\\systemprofile\\AppData\\Local\\Temp',
  'C:\\Windows\\System32\\config\\systemprofile\\AppData\\Local\\mdm',
  'C:\\Windows\\System32\\config\\systemprofile\\AppData\\Roaming',
  'C:\\Windows\\System32\\drivers\\etc',
  'C:\\Windows\\System32\\GroupPolicy',
  'C:\\Windows\\System32\\LogFiles',
  'C:\\Windows\\System32\\Tasks\\Microsoft\\Windows',
  'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\Modules',
  'C:\\Windows\\System32\\winevt\\Logs',
  'C:\\Windows\\SysWOW64\\config\\systemprofile\\AppData\\Local\\Temp',
  'C:\\Windows\\Temp',
  'C:\\Windows\\WinSxS',
];

export const hiddenFolders: readonly string[] = [
  'C:\\ProgramData',
  'C:\\Recovery',
  'C:\\Users\\Default',
  'C:\\Windows\\Installer',
];

const hosts = `# Copyright (c) 1993-2009 Microsoft Corp.
#
# This is a sample HOSTS file used by Microsoft TCP/IP for Windows.
#
# This file contains the mappings of IP addresses to host names. Each
# entry should be kept on an individual line.
#
#	127.0.0.1       localhost
#	::1             localhost
`;

/** Text files of a fresh Windows, with lines as they stand in the file. */
export const imageTexts: readonly (readonly [path: string, text: string])[] = [
  // A hive; what is in it shows when somebody loads it.
  ['C:\\Users\\Default\\NTUSER.DAT', 'regf'],
  ['C:\\Windows\\System32\\drivers\\etc\\hosts', hosts.replaceAll('\n', '\r\n')],
  [
    'C:\\Windows\\win.ini',
    '; for 16-bit app support\r\n[fonts]\r\n[extensions]\r\n[mci extensions]\r\n[files]\r\n[Mail]\r\nMAPI=1\r\n',
  ],
  ['C:\\Windows\\system.ini', '; for 16-bit app support\r\n[386Enh]\r\nwoafont=dosapp.fon\r\n'],
];
