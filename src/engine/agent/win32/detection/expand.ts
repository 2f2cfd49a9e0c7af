import type { DeviceReader, UserRead } from '../../../device/device-reader.ts';

/** Expands the variables that rules use; `check32` is the view of a 32-bit program. Unknown ones stay as they are. */
export function expandPath(path: string, check32: boolean, user: UserRead | undefined): string {
  const profile = user ? `C:\\Users\\${user.name}` : 'C:\\Windows\\System32\\config\\systemprofile';
  const variables: Readonly<Record<string, string>> = {
    programfiles: check32 ? 'C:\\Program Files (x86)' : 'C:\\Program Files',
    'programfiles(x86)': 'C:\\Program Files (x86)',
    programw6432: 'C:\\Program Files',
    programdata: 'C:\\ProgramData',
    allusersprofile: 'C:\\ProgramData',
    systemroot: 'C:\\Windows',
    windir: 'C:\\Windows',
    systemdrive: 'C:',
    public: 'C:\\Users\\Public',
    userprofile: profile,
    appdata: `${profile}\\AppData\\Roaming`,
    localappdata: `${profile}\\AppData\\Local`,
    temp: user ? `${profile}\\AppData\\Local\\Temp` : 'C:\\Windows\\Temp',
  };
  return path.replace(/%([^%]+)%/g, (whole, name: string) => variables[name.toLowerCase()] ?? whole);
}

/** The user whose profile a rule of a user-context app means. */
export const userOf = (read: DeviceReader, entraId: string): UserRead | undefined =>
  read.users.find((user) => user.entraId.toLowerCase() === entraId.toLowerCase());
