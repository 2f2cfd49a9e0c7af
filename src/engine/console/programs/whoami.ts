import type { Host } from '../../powershell/host.ts';
import { program } from './simple.ts';
import type { Call } from './simple.ts';

/** A table as whoami prints it: underlined headings, each column as wide as its widest cell. */
function table(
  call: Call,
  title: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = headings.map((h, i) => Math.max(h.length, ...rows.map((row) => (row[i] ?? '').length)));
  const format = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i] as number))).join(' ');
  call.line(
    '',
    title,
    '-'.repeat(title.length),
    '',
    format(headings),
    widths.map((w) => '='.repeat(w)).join(' '),
    ...rows.map(format),
  );
}

const on = 'Mandatory group, Enabled by default, Enabled group';

/** Groups of the process's token that follow from who it is. */
export function groupsOf(host: Host): readonly (readonly [string, string, string, string])[] {
  const { identity } = host;
  const known = 'Well-known group';
  if (identity.isSystem)
    return [
      ['BUILTIN\\Administrators', 'Alias', 'S-1-5-32-544', 'Enabled by default, Enabled group, Group owner'],
      ['Everyone', known, 'S-1-1-0', on],
      ['NT AUTHORITY\\Authenticated Users', known, 'S-1-5-11', on],
      ['Mandatory Label\\System Mandatory Level', 'Label', 'S-1-16-16384', ''],
    ];
  const administrators = identity.elevated
    ? ([['BUILTIN\\Administrators', 'Alias', 'S-1-5-32-544', `${on}, Group owner`]] as const)
    : [];
  return [
    ['Everyone', known, 'S-1-1-0', on],
    ...administrators,
    ['BUILTIN\\Users', 'Alias', 'S-1-5-32-545', on],
    ['NT AUTHORITY\\INTERACTIVE', known, 'S-1-5-4', on],
    ['CONSOLE LOGON', known, 'S-1-2-1', on],
    ['NT AUTHORITY\\Authenticated Users', known, 'S-1-5-11', on],
    ['NT AUTHORITY\\This Organization', known, 'S-1-5-15', on],
    ['LOCAL', known, 'S-1-2-0', on],
    identity.elevated
      ? ['Mandatory Label\\High Mandatory Level', 'Label', 'S-1-16-12288', '']
      : ['Mandatory Label\\Medium Mandatory Level', 'Label', 'S-1-16-8192', ''],
  ];
}

const privileges: readonly (readonly [string, string, boolean])[] = [
  ['SeShutdownPrivilege', 'Shut down the system', false],
  ['SeChangeNotifyPrivilege', 'Bypass traverse checking', true],
  ['SeUndockPrivilege', 'Remove computer from docking station', false],
  ['SeIncreaseWorkingSetPrivilege', 'Increase a process working set', false],
  ['SeTimeZonePrivilege', 'Change the time zone', false],
];
const elevatedPrivileges: typeof privileges = [
  ['SeIncreaseQuotaPrivilege', 'Adjust memory quotas for a process', false],
  ['SeSecurityPrivilege', 'Manage auditing and security log', false],
  ['SeTakeOwnershipPrivilege', 'Take ownership of files or other objects', false],
  ['SeLoadDriverPrivilege', 'Load and unload device drivers', false],
  ['SeBackupPrivilege', 'Back up files and directories', false],
  ['SeRestorePrivilege', 'Restore files and directories', false],
  ['SeDebugPrivilege', 'Debug programs', false],
  ['SeRemoteShutdownPrivilege', 'Force shutdown from a remote system', false],
  ['SeImpersonatePrivilege', 'Impersonate a client after authentication', true],
];

/** Sign-in name as the identity cache of Windows keeps it for accounts of Entra ID. */
export function upnOf(host: Host): string | undefined {
  const { sid } = host.identity;
  const cached = host.registry.value(
    { hive: 'HKLM', path: `SOFTWARE\\Microsoft\\IdentityStore\\Cache\\${sid}\\IdentityCache\\${sid}` },
    'UserName',
    '64',
  );
  return cached.ok && cached.value.kind === 'String' ? cached.value.data : undefined;
}

/** whoami.exe. */
export const whoami = program('whoami.exe', (call) => {
  const { host } = call;
  const user = host.identity.name.toLowerCase();
  const [first, ...more] = call.args.map((arg) => arg.toLowerCase());
  if (first === undefined) {
    call.line(user);
    return 0;
  }
  const showUser = (): void =>
    table(call, 'USER INFORMATION', ['User Name', 'SID'], [[user, host.identity.sid]]);
  const showGroups = (): void =>
    table(call, 'GROUP INFORMATION', ['Group Name', 'Type', 'SID', 'Attributes'], groupsOf(host));
  const showPrivileges = (): void => {
    const own =
      host.identity.elevated || host.identity.isSystem ? [...elevatedPrivileges, ...privileges] : privileges;
    table(
      call,
      'PRIVILEGES INFORMATION',
      ['Privilege Name', 'Description', 'State'],
      own.map(([name, text, enabled]) => [name, text, enabled ? 'Enabled' : 'Disabled']),
    );
  };
  if (more.length > 0 && more[0] !== '/fo' && more[0] !== '/nh') {
    call.fail(`ERROR: Invalid argument/option - '${more[0]}'.`, 'Type "WHOAMI /?" for usage.');
    return 1;
  }
  switch (first) {
    case '/user':
      showUser();
      return 0;
    case '/groups':
      showGroups();
      return 0;
    case '/priv':
      showPrivileges();
      return 0;
    case '/all':
      showUser();
      call.line();
      showGroups();
      call.line();
      showPrivileges();
      return 0;
    case '/upn': {
      const upn = upnOf(host);
      if (upn === undefined) {
        call.fail(
          'ERROR: Unable to get User Principal Name (UPN) as the current logged-on user',
          '       is not a domain user.',
        );
        return 1;
      }
      call.line(upn);
      return 0;
    }
    default:
      call.fail(`ERROR: Invalid argument/option - '${call.args[0]}'.`, 'Type "WHOAMI /?" for usage.');
      return 1;
  }
});

export const hostname = program('hostname.exe', (call) => {
  if (call.args.length > 0) {
    call.fail(
      'sethostname: Use the Network Control Panel Applet to set hostname.',
      'hostname -s is not supported.',
    );
    return 1;
  }
  call.line(call.host.computer.name);
  return 0;
});
