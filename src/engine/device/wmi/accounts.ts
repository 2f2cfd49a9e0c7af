import type { CimClass } from './cim-value.ts';
import { uint32, uint8 } from './cim-value.ts';

const namespace = 'root/cimv2';

/** Local accounts of every Windows: name, last part of the SID, disabled, description. */
const accounts: readonly (readonly [name: string, rid: number, disabled: boolean, description: string])[] = [
  ['Administrator', 500, true, 'Built-in account for administering the computer/domain'],
  ['DefaultAccount', 503, true, 'A user account managed by the system.'],
  ['Guest', 501, true, 'Built-in account for guest access to the computer/domain'],
  [
    'WDAGUtilityAccount',
    504,
    true,
    'A user account managed and used by the system for Windows Defender Application Guard scenarios.',
  ],
];

const groups: readonly (readonly [name: string, sid: string, description: string])[] = [
  [
    'Administrators',
    'S-1-5-32-544',
    'Administrators have complete and unrestricted access to the computer/domain',
  ],
  ['Device Owners', 'S-1-5-32-583', 'Members of this group can change system-wide settings.'],
  ['Event Log Readers', 'S-1-5-32-573', 'Members of this group can read event logs from local machine'],
  [
    'Guests',
    'S-1-5-32-546',
    'Guests have the same access as members of the Users group by default, except for the Guest account which is further restricted',
  ],
  [
    'Hyper-V Administrators',
    'S-1-5-32-578',
    'Members of this group have complete and unrestricted access to all features of Hyper-V.',
  ],
  [
    'Performance Monitor Users',
    'S-1-5-32-558',
    'Members of this group can access performance counter data locally and remotely',
  ],
  [
    'Power Users',
    'S-1-5-32-547',
    'Power Users are included for backwards compatibility and possess limited administrative powers',
  ],
  ['Remote Desktop Users', 'S-1-5-32-555', 'Members in this group are granted the right to logon remotely'],
  [
    'Users',
    'S-1-5-32-545',
    'Users are prevented from making accidental or intentional system-wide changes and can run most applications',
  ],
];

/** Of the accounts database; the first user of every device has number 1000. */
export const machineSid = 'S-1-5-21-1004336348-1177238915-682003330';

export const userAccount: CimClass = {
  name: 'Win32_UserAccount',
  namespace,
  keys: ['Domain', 'Name'],
  instances: (device) =>
    accounts.map(([name, rid, disabled, description]) => [
      ['AccountType', uint32(512)],
      ['Caption', `${device.computerName}\\${name}`],
      ['Description', description],
      ['Disabled', disabled],
      ['Domain', device.computerName],
      ['FullName', ''],
      ['LocalAccount', true],
      ['Lockout', false],
      ['Name', name],
      ['PasswordChangeable', true],
      ['PasswordExpires', false],
      ['PasswordRequired', false],
      ['SID', `${machineSid}-${rid}`],
      ['SIDType', uint8(1)],
      ['Status', disabled ? 'Degraded' : 'OK'],
    ]),
};

export const group: CimClass = {
  name: 'Win32_Group',
  namespace,
  keys: ['Domain', 'Name'],
  instances: (device) =>
    groups.map(([name, sid, description]) => [
      ['Caption', `${device.computerName}\\${name}`],
      ['Description', description],
      ['Domain', device.computerName],
      ['LocalAccount', true],
      ['Name', name],
      ['SID', sid],
      ['SIDType', uint8(4)],
      ['Status', 'OK'],
    ]),
};

/** Members of the groups of every Windows. */
const members: readonly (readonly [group: string, name: string, domain: 'own' | 'system'])[] = [
  ['Administrators', 'Administrator', 'own'],
  ['Guests', 'Guest', 'own'],
  ['Users', 'INTERACTIVE', 'system'],
  ['Users', 'Authenticated Users', 'system'],
];

/** Who belongs to which local group, as references between the two. */
export const groupUser: CimClass = {
  name: 'Win32_GroupUser',
  namespace,
  keys: ['GroupComponent', 'PartComponent'],
  instances: (device) => {
    const reference = (className: string, domain: string, name: string): string =>
      `\\\\${device.computerName}\\root\\cimv2:${className}.Domain="${domain}",Name="${name}"`;
    return members.map(([of, name, domain]) => [
      ['GroupComponent', reference('Win32_Group', device.computerName, of)],
      [
        'PartComponent',
        domain === 'own'
          ? reference('Win32_UserAccount', device.computerName, name)
          : reference('Win32_SystemAccount', 'NT AUTHORITY', name),
      ],
    ]);
  },
};
