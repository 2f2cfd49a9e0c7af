import type { ProcessId } from '../../base/ids.ts';
import type { DeviceReader, UserRead } from '../device/device-reader.ts';
import type { Identity } from '../powershell/host.ts';
import type { Account } from './input.ts';

/** The user at the desktop: the one who signed in first and is still there. */
function deskUser(device: DeviceReader): UserRead | undefined {
  return device.users.find((user) => user.sessionId !== null);
}

/**
 * Who a process runs as. `user` and `admin` are the same person at the desk, without and with an elevated token; during
 * OOBE, when nobody has signed in, it is `defaultuser0`, who is an administrator.
 */
export function identityOf(
  device: DeviceReader,
  account: Account,
  bits: 32 | 64,
  processId: ProcessId,
  user: UserRead | undefined = deskUser(device),
): Identity {
  const common = { process64Bit: bits === 64, processId };
  if (account === 'system') {
    return {
      ...common,
      name: 'NT AUTHORITY\\SYSTEM',
      sid: 'S-1-5-18',
      isSystem: true,
      elevated: true,
      profile: `C:\\Windows\\${bits === 64 ? 'System32' : 'SysWOW64'}\\config\\systemprofile`,
      sessionId: 0,
      interactive: false,
    };
  }
  if (!user) {
    return {
      ...common,
      name: `${device.id}\\defaultuser0`,
      sid: 'S-1-5-21-1004336348-1177238915-682003330-1000',
      isSystem: false,
      elevated: true,
      profile: 'C:\\Users\\defaultuser0',
      sessionId: 1,
      interactive: true,
    };
  }
  return {
    ...common,
    name: `AzureAD\\${user.name}`,
    sid: user.sid,
    isSystem: false,
    elevated: account === 'admin',
    profile: `C:\\Users\\${user.name}`,
    sessionId: user.sessionId ?? 1,
    interactive: true,
  };
}

/** Environment block of a new process of an identity. */
export function environmentOf(device: DeviceReader, identity: Identity): ReadonlyMap<string, string> {
  const user = identity.name.replace(/^.*\\/, '');
  const domain = identity.name.replace(/\\.*$/, '');
  const temp = identity.isSystem ? 'C:\\Windows\\TEMP' : `${identity.profile}\\AppData\\Local\\Temp`;
  const programFiles = identity.process64Bit ? 'C:\\Program Files' : 'C:\\Program Files (x86)';
  return new Map([
    ['ALLUSERSPROFILE', 'C:\\ProgramData'],
    ['APPDATA', `${identity.profile}\\AppData\\Roaming`],
    ['CommonProgramFiles', `${programFiles}\\Common Files`],
    ['CommonProgramFiles(x86)', 'C:\\Program Files (x86)\\Common Files'],
    ['CommonProgramW6432', 'C:\\Program Files\\Common Files'],
    ['COMPUTERNAME', device.id.toUpperCase()],
    ['ComSpec', 'C:\\Windows\\system32\\cmd.exe'],
    ['HOMEDRIVE', 'C:'],
    ['HOMEPATH', identity.profile.slice(2)],
    ['LOCALAPPDATA', `${identity.profile}\\AppData\\Local`],
    ['NUMBER_OF_PROCESSORS', '4'],
    ['OS', 'Windows_NT'],
    [
      'Path',
      'C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\Wbem;C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\;C:\\Windows\\System32\\OpenSSH\\',
    ],
    ['PATHEXT', '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC'],
    ['PROCESSOR_ARCHITECTURE', identity.process64Bit ? 'AMD64' : 'x86'],
    ...(identity.process64Bit ? [] : [['PROCESSOR_ARCHITEW6432', 'AMD64'] as [string, string]]),
    ['ProgramData', 'C:\\ProgramData'],
    ['ProgramFiles', programFiles],
    ['ProgramFiles(x86)', 'C:\\Program Files (x86)'],
    ['ProgramW6432', 'C:\\Program Files'],
    [
      'PSModulePath',
      `${identity.isSystem ? 'C:\\Windows\\system32\\config\\systemprofile' : identity.profile}\\Documents\\WindowsPowerShell\\Modules;C:\\Program Files\\WindowsPowerShell\\Modules;C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\Modules`,
    ],
    ['PUBLIC', 'C:\\Users\\Public'],
    ['SystemDrive', 'C:'],
    ['SystemRoot', 'C:\\Windows'],
    ['TEMP', temp],
    ['TMP', temp],
    ['USERDOMAIN', identity.isSystem ? 'WORKGROUP' : domain],
    ['USERNAME', identity.isSystem ? `${device.id.toUpperCase()}$` : user],
    ['USERPROFILE', identity.profile],
    ['windir', 'C:\\Windows'],
  ]);
}
