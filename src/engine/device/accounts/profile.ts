import { bytes } from '../../../base/bytes.ts';
import type { DeviceWrite } from '../change.ts';
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

const set = (hive: 'HKLM' | 'HKU', path: string, name: string, value: StoredRegistryValue): DeviceWrite => ({
  kind: 'registry.set',
  hive,
  path,
  name,
  value,
});
const text = (data: string): StoredRegistryValue => ({ kind: 'String', data });
const expand = (data: string): StoredRegistryValue => ({ kind: 'ExpandString', data });

/** Who signs in to the first-run screens; goes with the first sign-in of a user. */
export const defaultUser = {
  name: 'defaultuser0',
  sid: 'S-1-5-21-1004336348-1177238915-682003330-1000',
} as const;

/** Folders, hive, and the profile's entry in the machine's hive: what Windows makes of whoever signs in first time. */
export function profileOf(
  { name, sid }: Pick<UserStart, 'name' | 'sid'>,
  domain: string,
): readonly DeviceWrite[] {
  const home = `C:\\Users\\${name}`;
  const profile = `SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\${sid}`;
  const shell = `${sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders`;
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
    ...folders.map((folder): DeviceWrite => ({ kind: 'file.create-directory', path: `${home}\\${folder}` })),
    { kind: 'file.write', path: `${home}\\NTUSER.DAT`, content: bytes('regf') },
    { kind: 'file.attributes', path: `${home}\\NTUSER.DAT`, hidden: true, system: true },
    { kind: 'file.attributes', path: `${home}\\AppData`, hidden: true },
    set('HKLM', profile, 'ProfileImagePath', expand(home)),
    set('HKLM', profile, 'Flags', { kind: 'DWord', data: 0 }),
    set('HKLM', profile, 'State', { kind: 'DWord', data: 0 }),
    ...keys.map((path): DeviceWrite => ({
      kind: 'registry.create-key',
      hive: 'HKU',
      path: `${sid}\\${path}`,
    })),
    { kind: 'registry.create-key', hive: 'HKU', path: `${sid}_Classes` },
    set(
      'HKU',
      `${sid}\\Environment`,
      'Path',
      expand('%USERPROFILE%\\AppData\\Local\\Microsoft\\WindowsApps;'),
    ),
    set('HKU', `${sid}\\Environment`, 'TEMP', expand('%USERPROFILE%\\AppData\\Local\\Temp')),
    set('HKU', `${sid}\\Environment`, 'TMP', expand('%USERPROFILE%\\AppData\\Local\\Temp')),
    ...sessionEnvironment({ name, sid }, domain),
    set('HKU', shell, 'Desktop', expand('%USERPROFILE%\\Desktop')),
    set('HKU', shell, 'Personal', expand('%USERPROFILE%\\Documents')),
    set('HKU', shell, 'AppData', expand('%USERPROFILE%\\AppData\\Roaming')),
    set('HKU', shell, 'Local AppData', expand('%USERPROFILE%\\AppData\\Local')),
  ];
}

/** What a user's hive holds of the session only. */
export function sessionEnvironment(
  { name, sid }: Pick<UserStart, 'name' | 'sid'>,
  domain: string,
): readonly DeviceWrite[] {
  const home = `C:\\Users\\${name}`;
  const key = `${sid}\\Volatile Environment`;
  return [
    set('HKU', key, 'USERNAME', text(name)),
    set('HKU', key, 'USERDOMAIN', text(domain)),
    set('HKU', key, 'USERPROFILE', text(home)),
    set('HKU', key, 'APPDATA', text(`${home}\\AppData\\Roaming`)),
    set('HKU', key, 'LOCALAPPDATA', text(`${home}\\AppData\\Local`)),
  ];
}

/** What Windows keeps of an account of Entra ID, from which programs learn its sign-in name. */
export function identityOf(
  user: Pick<UserStart, 'name' | 'sid' | 'upn' | 'displayName'>,
): readonly DeviceWrite[] {
  const identity = `SOFTWARE\\Microsoft\\IdentityStore\\Cache\\${user.sid}\\IdentityCache\\${user.sid}`;
  return [
    set('HKLM', identity, 'DisplayName', text(user.displayName)),
    set('HKLM', identity, 'IdentityName', text(user.upn)),
    set('HKLM', identity, 'ProviderName', text('AzureAD')),
    set('HKLM', identity, 'SAMName', text(user.name)),
    set('HKLM', identity, 'SID', text(user.sid)),
    set('HKLM', identity, 'UserName', text(user.upn)),
  ];
}

/** Takes away what `profileOf` made. */
export const profileRemoval = ({ name, sid }: Pick<UserStart, 'name' | 'sid'>): readonly DeviceWrite[] => [
  { kind: 'file.remove', path: `C:\\Users\\${name}` },
  { kind: 'registry.delete-key', hive: 'HKU', path: sid },
  { kind: 'registry.delete-key', hive: 'HKU', path: `${sid}_Classes` },
  {
    kind: 'registry.delete-key',
    hive: 'HKLM',
    path: `SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\${sid}`,
  },
];

/** What the sign-in screen remembers of who signed in last, and of the open session. */
export function signInTraces(
  user: Pick<UserStart, 'name' | 'sid' | 'displayName'>,
  sessionId: number,
): readonly DeviceWrite[] {
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
