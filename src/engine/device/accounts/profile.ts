import { bytes } from '../../../base/bytes.ts';
import type { DeviceChange } from '../change.ts';
import type { UserStart } from '../device-start.ts';
import type { StoredRegistryValue } from '../registry/registry-value.ts';

const folders = [
  'AppData\\Local\\Microsoft\\Windows',
  'AppData\\Local\\Microsoft\\WindowsApps',
  'AppData\\Local\\Packages',
  'AppData\\Local\\Programs',
  'AppData\\Local\\Temp',
  'AppData\\LocalLow',
  'AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup',
  'Contacts',
  'Desktop',
  'Documents',
  'Downloads',
  'Favorites',
  'Links',
  'Music',
  'Pictures',
  'Saved Games',
  'Searches',
  'Videos',
];

const set = (hive: 'HKLM' | 'HKU', path: string, name: string, value: StoredRegistryValue): DeviceChange => ({
  kind: 'registry.set',
  hive,
  path,
  name,
  value,
});
const text = (data: string): StoredRegistryValue => ({ kind: 'String', data });
const expand = (data: string): StoredRegistryValue => ({ kind: 'ExpandString', data });

/** What Windows makes of a user at the first sign-in: folders, hive, and the profile's entry in the machine's hive. */
export function profileOf(
  user: Pick<UserStart, 'name' | 'sid' | 'upn' | 'displayName'>,
): readonly DeviceChange[] {
  const home = `C:\\Users\\${user.name}`;
  const profile = `SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\${user.sid}`;
  const shell = `${user.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders`;
  const identity = `SOFTWARE\\Microsoft\\IdentityStore\\Cache\\${user.sid}\\IdentityCache\\${user.sid}`;
  const keys = [
    'Control Panel\\Desktop',
    'Control Panel\\International',
    'Software\\Classes',
    'Software\\Microsoft\\Windows\\CurrentVersion\\Run',
    'Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
    'Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\Advanced',
    'Software\\Microsoft\\Windows NT\\CurrentVersion',
    'Software\\Policies',
  ];
  return [
    ...folders.map((folder): DeviceChange => ({ kind: 'file.create-directory', path: `${home}\\${folder}` })),
    { kind: 'file.write', path: `${home}\\NTUSER.DAT`, content: bytes('regf') },
    { kind: 'file.attributes', path: `${home}\\NTUSER.DAT`, hidden: true, system: true },
    { kind: 'file.attributes', path: `${home}\\AppData`, hidden: true },
    set('HKLM', profile, 'ProfileImagePath', expand(home)),
    set('HKLM', profile, 'Flags', { kind: 'DWord', data: 0 }),
    set('HKLM', profile, 'State', { kind: 'DWord', data: 0 }),
    set('HKLM', identity, 'DisplayName', text(user.displayName)),
    set('HKLM', identity, 'IdentityName', text(user.upn)),
    set('HKLM', identity, 'ProviderName', text('AzureAD')),
    set('HKLM', identity, 'SAMName', text(user.name)),
    set('HKLM', identity, 'SID', text(user.sid)),
    set('HKLM', identity, 'UserName', text(user.upn)),
    ...keys.map((path): DeviceChange => ({
      kind: 'registry.create-key',
      hive: 'HKU',
      path: `${user.sid}\\${path}`,
    })),
    { kind: 'registry.create-key', hive: 'HKU', path: `${user.sid}_Classes` },
    set(
      'HKU',
      `${user.sid}\\Environment`,
      'Path',
      expand('%USERPROFILE%\\AppData\\Local\\Microsoft\\WindowsApps;'),
    ),
    set('HKU', `${user.sid}\\Environment`, 'TEMP', expand('%USERPROFILE%\\AppData\\Local\\Temp')),
    set('HKU', `${user.sid}\\Environment`, 'TMP', expand('%USERPROFILE%\\AppData\\Local\\Temp')),
    set('HKU', `${user.sid}\\Volatile Environment`, 'USERNAME', text(user.name)),
    set('HKU', `${user.sid}\\Volatile Environment`, 'USERDOMAIN', text('AzureAD')),
    set('HKU', `${user.sid}\\Volatile Environment`, 'USERPROFILE', text(home)),
    set('HKU', `${user.sid}\\Volatile Environment`, 'APPDATA', text(`${home}\\AppData\\Roaming`)),
    set('HKU', `${user.sid}\\Volatile Environment`, 'LOCALAPPDATA', text(`${home}\\AppData\\Local`)),
    set('HKU', shell, 'Desktop', expand('%USERPROFILE%\\Desktop')),
    set('HKU', shell, 'Personal', expand('%USERPROFILE%\\Documents')),
    set('HKU', shell, 'AppData', expand('%USERPROFILE%\\AppData\\Roaming')),
    set('HKU', shell, 'Local AppData', expand('%USERPROFILE%\\AppData\\Local')),
  ];
}

/** What the sign-in screen remembers of who signed in last, and of the open session. */
export function signInTraces(
  user: Pick<UserStart, 'name' | 'sid' | 'displayName'>,
  sessionId: number,
): readonly DeviceChange[] {
  const screen = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Authentication\\LogonUI';
  const session = `${screen}\\SessionData\\${sessionId}`;
  const account = `AzureAD\\${user.name}`;
  return [
    set('HKLM', screen, 'LastLoggedOnDisplayName', text(user.displayName)),
    set('HKLM', screen, 'LastLoggedOnSAMUser', text(account)),
    set('HKLM', screen, 'LastLoggedOnUser', text(account)),
    set('HKLM', screen, 'LastLoggedOnUserSID', text(user.sid)),
    set('HKLM', screen, 'SelectedUserSID', text(user.sid)),
    set('HKLM', session, 'LoggedOnSAMUser', text(account)),
    set('HKLM', session, 'LoggedOnUser', text(account)),
    set('HKLM', session, 'LoggedOnUserSID', text(user.sid)),
  ];
}
