import type { Identity } from '../../host.ts';
import { context } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { DotNetObject, EnumValue, PSArray } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { bytesOf, int, required, state, str } from './arguments.ts';
import { constructors, method, property, staticMethod } from './define.ts';

const namespace = 'System.Security.Principal';
const roleType = defineEnum(
  `${namespace}.WindowsBuiltInRole`,
  'Administrator=544,User=545,Guest=546,PowerUser=547,AccountOperator=548,SystemOperator=549,PrintOperator=550,BackupOperator=551,Replicator=552',
);
const wellKnown = defineEnum(
  `${namespace}.WellKnownSidType`,
  'NullSid=0,WorldSid=1,LocalSid=2,CreatorOwnerSid=3,LocalSystemSid=22,LocalServiceSid=23,NetworkServiceSid=24,BuiltinAdministratorsSid=26,BuiltinUsersSid=27,BuiltinGuestsSid=28,AuthenticatedUserSid=17,InteractiveSid=11',
);
const knownSids: Readonly<Record<string, string>> = {
  'S-1-0-0': 'NULL SID',
  'S-1-1-0': 'Everyone',
  'S-1-2-0': 'LOCAL',
  'S-1-3-0': 'CREATOR OWNER',
  'S-1-5-4': 'NT AUTHORITY\\INTERACTIVE',
  'S-1-5-11': 'NT AUTHORITY\\Authenticated Users',
  'S-1-5-18': 'NT AUTHORITY\\SYSTEM',
  'S-1-5-19': 'NT AUTHORITY\\LOCAL SERVICE',
  'S-1-5-20': 'NT AUTHORITY\\NETWORK SERVICE',
  'S-1-5-32-544': 'BUILTIN\\Administrators',
  'S-1-5-32-545': 'BUILTIN\\Users',
  'S-1-5-32-546': 'BUILTIN\\Guests',
};
const wellKnownSids: Readonly<Record<number, string>> = {
  0: 'S-1-0-0',
  1: 'S-1-1-0',
  2: 'S-1-2-0',
  3: 'S-1-3-0',
  11: 'S-1-5-4',
  17: 'S-1-5-11',
  22: 'S-1-5-18',
  23: 'S-1-5-19',
  24: 'S-1-5-20',
  26: 'S-1-5-32-544',
  27: 'S-1-5-32-545',
  28: 'S-1-5-32-546',
};
const who = (): Identity => context().host.identity;
const notMapped = (): Error =>
  dotNetError(
    `${namespace}.IdentityNotMappedException`,
    'Some or all identity references could not be translated.',
  );

/** Revision, count, six bytes of authority, sub-authorities of four, low byte first. */
function sidOfBytes(bytes: Uint8Array): string {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 + 4 * count || bytes[0] !== 1)
    throw dotNetError(
      'System.ArgumentOutOfRangeException',
      "Array is not long enough to hold a security identifier. (Parameter 'binaryForm')",
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  const parts = Array.from({ length: count }, (_one, i) => view.getUint32(8 + 4 * i, true));
  return ['S', 1, authority, ...parts].join('-');
}

const referenceType = defineType(`${namespace}.IdentityReference`, { isAbstract: true });
const accountType = defineType(`${namespace}.NTAccount`, { baseType: referenceType, isSealed: true });
const sidType = defineType(`${namespace}.SecurityIdentifier`, { baseType: referenceType, isSealed: true });
const text = (v: Value): string => state<string>(v);
const account = (name: string): Value => new DotNetObject(accountType, name);
const sid = (value: string): Value => new DotNetObject(sidType, value);
/** The profile list names every account that has signed in. */
function sidOfProfile(wanted: (user: string) => boolean): string | undefined {
  const { registry } = context().host;
  const list = {
    hive: 'HKLM',
    path: 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList',
  } as const;
  const keys = registry.subKeys(list);
  if (!keys.ok) return undefined;
  return keys.value.find((key) => {
    const path = registry.value({ ...list, path: `${list.path}\\${key}` }, 'ProfileImagePath');
    return path.ok && 'data' in path.value && wanted(String(path.value.data).replace(/^.*\\/, ''));
  });
}
function sidOf(name: string): string {
  const lower = name.toLowerCase();
  if (lower === who().name.toLowerCase() || lower === who().name.toLowerCase().replace(/^.*\\/, ''))
    return who().sid;
  for (const [id, known] of Object.entries(knownSids))
    if (known.toLowerCase() === lower || known.toLowerCase().replace(/^.*\\/, '') === lower) return id;
  const user = lower.replace(/^.*\\/, '');
  const found = sidOfProfile((profile) => profile.toLowerCase() === user);
  if (!found) throw notMapped();
  return found;
}
function nameOf(id: string): string {
  if (id === who().sid) return who().name;
  const known = knownSids[id];
  if (known !== undefined) return known;
  let user: string | undefined;
  const { registry, computer } = context().host;
  const path = registry.value(
    { hive: 'HKLM', path: `SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\${id}` },
    'ProfileImagePath',
  );
  if (path.ok && 'data' in path.value) user = String(path.value.data).replace(/^.*\\/, '');
  if (user === undefined) throw notMapped();
  return `${id.startsWith('S-1-12-1-') ? 'AzureAD' : computer.name}\\${user}`;
}
const translate = (v: Value, target: Value | undefined): Value => {
  const isSid = (v as DotNetObject).type === sidType;
  if (target === sidType) return isSid ? v : sid(sidOf(text(v)));
  if (target === accountType) return isSid ? account(nameOf(text(v))) : v;
  throw dotNetError(
    'System.ArgumentException',
    "The targetType parameter must be of IdentityReference type. (Parameter 'targetType')",
  );
};
const sameText = (v: Value, other: Value | undefined): boolean =>
  other instanceof DotNetObject &&
  other.type === (v as DotNetObject).type &&
  String(other.state).toLowerCase() === text(v).toLowerCase();
defineType(referenceType.fullName, {
  members: [
    property('Value', 'string', text),
    method(['string ToString()', text]),
    method([`${namespace}.IdentityReference Translate(type targetType)`, (v, a) => translate(v, a[0])]),
    method(['bool IsValidTargetType(type targetType)', (_v, a) => a[0] === sidType || a[0] === accountType]),
    method(['bool Equals(System.Object o)', (v, a) => sameText(v, a[0])]),
  ],
});
defineType(accountType.fullName, {
  constructors: constructors(
    ['NTAccount new(string name)', (_v, a) => account(required(a[0], 'name'))],
    [
      'NTAccount new(string domainName, string accountName)',
      (_v, a) => account(`${str(a[0])}\\${str(a[1])}`),
    ],
  ),
});
function parseSid(value: string): Value {
  if (!/^S-1-\d+(-\d+)*$/i.test(value))
    throw dotNetError('System.ArgumentException', "Value was invalid. (Parameter 'sddlForm')");
  return sid(value.toUpperCase());
}
const subAuthorities = (v: Value): string[] => text(v).split('-').slice(3);
defineType(sidType.fullName, {
  constructors: constructors(
    [
      'SecurityIdentifier new(byte[] binaryForm, int offset)',
      (_v, a) => sid(sidOfBytes(bytesOf(a[0]).subarray(int(a[1] ?? 0)))),
    ],
    ['SecurityIdentifier new(string sddlForm)', (_v, a) => parseSid(required(a[0], 'sddlForm'))],
    [
      `SecurityIdentifier new(${wellKnown.fullName} sidType, ${sidType.fullName} domainSid)`,
      (_v, a) => {
        const found = wellKnownSids[int(Number((a[0] as EnumValue).value))];
        if (!found)
          throw dotNetError('System.ArgumentException', "The parameter is incorrect. (Parameter 'sidType')");
        return sid(found);
      },
    ],
  ),
  members: [
    property('BinaryLength', 'int', (v) => 8 + 4 * subAuthorities(v).length),
    property('AccountDomainSid', sidType.fullName, (v) =>
      /^S-1-5-21-/.test(text(v)) ? sid(text(v).split('-').slice(0, 7).join('-')) : null,
    ),
    method(['bool IsAccountSid()', (v) => /^S-1-5-21-/.test(text(v))]),
    method([
      `bool IsWellKnown(${wellKnown.fullName} type)`,
      (v, a) => wellKnownSids[Number((a[0] as EnumValue).value)] === text(v),
    ]),
  ],
});

/** WindowsIdentity: whose token the process has, as it was when asked. */
const identityType = defineType(`${namespace}.WindowsIdentity`, {
  interfaces: ['System.IDisposable'],
});
const principalType = defineType(`${namespace}.WindowsPrincipal`);
const i = (v: Value): Identity => state<Identity>(v);
/** Groups of a token that matter to scripts. */
const groupsOf = (of: Identity): string[] => [
  'S-1-1-0',
  ...(of.isSystem || of.elevated ? ['S-1-5-32-544'] : []),
  ...(of.isSystem ? [] : ['S-1-5-32-545', 'S-1-5-4']),
  'S-1-5-11',
];
defineType(identityType.fullName, {
  members: [
    property('AuthenticationType', 'string', (v) =>
      i(v).isSystem ? 'Kerberos' : /^AzureAD\\/i.test(i(v).name) ? 'CloudAP' : 'NTLM',
    ),
    property('Groups', 'System.Object', (v) => new PSArray(groupsOf(i(v)).map(sid), referenceType)),
    property('ImpersonationLevel', 'string', () => 'None'),
    property('IsAnonymous', 'bool', () => false),
    property('IsAuthenticated', 'bool', () => true),
    property('IsGuest', 'bool', () => false),
    property('IsSystem', 'bool', (v) => i(v).isSystem),
    property('Name', 'string', (v) => i(v).name),
    property('Owner', sidType.fullName, (v) =>
      sid(i(v).isSystem || i(v).elevated ? 'S-1-5-32-544' : i(v).sid),
    ),
    property('User', sidType.fullName, (v) => sid(i(v).sid)),
    method(['void Dispose()', () => undefined]),
    staticMethod(
      [`${namespace}.WindowsIdentity GetCurrent()`, () => new DotNetObject<Identity>(identityType, who())],
      [`${namespace}.WindowsIdentity GetCurrent(bool ifImpersonating)`, () => null],
    ),
  ],
});
const principal = (v: Value | undefined): Value => new DotNetObject(principalType, state<Identity>(v));
function isInRole(of: Identity, role: Value | undefined): boolean {
  if (role instanceof DotNetObject) return groupsOf(of).includes(String(role.state)) || of.sid === role.state;
  if (typeof role === 'string') {
    const lower = role.toLowerCase();
    const name = [...(roleType.enumValues?.keys() ?? [])].find((n) => n.toLowerCase() === lower);
    if (name !== undefined) return groupsOf(of).includes(`S-1-5-32-${roleType.enumValues?.get(name)}`);
    return Object.entries(knownSids).some(
      ([id, known]) =>
        (known.toLowerCase() === lower || known.toLowerCase().endsWith(`\\${lower}`)) &&
        groupsOf(of).includes(id),
    );
  }
  return groupsOf(of).includes(`S-1-5-32-${role instanceof EnumValue ? role.value : int(role)}`);
}
defineType(principalType.fullName, {
  constructors: constructors([
    `WindowsPrincipal new(${identityType.fullName} ntIdentity)`,
    (_v, a) => principal(a[0]),
  ]),
  members: [
    property('Identity', identityType.fullName, (v) => new DotNetObject(identityType, i(v))),
    method(
      [`bool IsInRole(${roleType.fullName} role)`, (v, a) => isInRole(i(v), a[0])],
      ['bool IsInRole(string role)', (v, a) => isInRole(i(v), a[0])],
      ['bool IsInRole(int rid)', (v, a) => isInRole(i(v), a[0])],
      [`bool IsInRole(${sidType.fullName} sid)`, (v, a) => isInRole(i(v), a[0])],
    ),
  ],
});
typeConverters.set(principalType.fullName, (value) =>
  value instanceof DotNetObject && value.type === identityType ? principal(value) : undefined,
);
