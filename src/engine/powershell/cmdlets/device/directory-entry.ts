import type { CimInstance, Host } from '../../host.ts';
import { context } from '../../types/ambient.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { constructors, method, property } from '../../types/dotnet/define.ts';
import { dotNetError } from '../../types/errors.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { hooks } from '../../types/hooks.ts';
import { Boxed, byteType, DotNetObject, PSArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import { typeConverters } from '../../types/type-converters.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { fromCim } from './cim-value.ts';

/** An object of the local account database by its address: the computer, a group, a user. */
interface Entry {
  readonly path: string;
  readonly kind: 'Computer' | 'Group' | 'User';
  readonly name: string;
}

const entryOf = (value: Value): Entry => (value as DotNetObject<Entry>).state;
const text = (instance: CimInstance, name: string, host: Host): string => {
  const found = instance.properties.find(([own]) => own === name);
  return found ? toText(fromCim(found[1], host)) : '';
};
const all = (host: Host, className: string): readonly CimInstance[] => {
  const found = host.cim.instances('root/cimv2', className);
  return found.ok ? found.value : [];
};
/** `Name="x"` of a CIM reference. */
const part = (reference: string, name: string): string =>
  new RegExp(`${name}="([^"]*)"`, 'i').exec(reference)?.[1] ?? '';

/** What stands below the computer: its groups and users. */
function children(host: Host): readonly Entry[] {
  const base = `WinNT://WORKGROUP/${host.computer.name}`;
  return (
    [
      ['Group', 'Win32_Group'],
      ['User', 'Win32_UserAccount'],
    ] as const
  ).flatMap(([kind, className]) =>
    all(host, className).map((one): Entry => {
      const name = text(one, 'Name', host);
      return { kind, name, path: `${base}/${name}` };
    }),
  );
}

function members(group: Entry, host: Host): readonly Entry[] {
  return all(host, 'Win32_GroupUser').flatMap((link): Entry[] => {
    if (part(text(link, 'GroupComponent', host), 'Name').toLowerCase() !== group.name.toLowerCase())
      return [];
    const member = text(link, 'PartComponent', host);
    const name = part(member, 'Name');
    const domain = part(member, 'Domain');
    const local = domain.toLowerCase() === host.computer.name.toLowerCase();
    return [
      {
        kind: /Win32_Group/i.test(member) ? 'Group' : 'User',
        name,
        path: local ? `WinNT://WORKGROUP/${domain}/${name}` : `WinNT://${domain}/${name}`,
      },
    ];
  });
}

function found(path: string, host: Host): Entry {
  const match = /^WinNT:\/\/(?:WORKGROUP\/)?([^/,]+)(?:\/([^,]+))?(?:,(\w+))?$/i.exec(path.trim());
  const [, computer = '', name, kind] = match ?? [];
  const own = computer === '.' || computer.toLowerCase() === host.computer.name.toLowerCase();
  if (match && own && name === undefined)
    return { kind: 'Computer', name: host.computer.name, path: `WinNT://WORKGROUP/${host.computer.name}` };
  const entry = own
    ? children(host).find(
        (one) =>
          one.name.toLowerCase() === name?.toLowerCase() &&
          (kind === undefined || kind.toLowerCase() === one.kind.toLowerCase()),
      )
    : undefined;
  if (entry) return entry;
  throw dotNetError(
    'System.Runtime.InteropServices.COMException',
    match ? 'The network path was not found.' : 'Unknown error (0x80005000)',
  );
}

/** A member as the directory interface gives it: only its late-bound properties can be read. */
const memberType = defineType('System.__ComObject.ADsMember', {
  members: [
    property('ADsPath', 'string', (self) => entryOf(self).path),
    property('Class', 'string', (self) => entryOf(self).kind),
    property('Name', 'string', (self) => entryOf(self).name),
  ],
});
const comMember = (entry: Entry): Value => {
  const made = new DotNetObject(memberType, entry);
  made.typeNames = ['System.__ComObject', 'System.MarshalByRefObject', 'System.Object'];
  return made;
};

const listType = defineType('System.DirectoryServices.DirectoryEntries', {
  interfaces: ['System.Collections.IEnumerable'],
  members: [
    method(
      [
        'System.DirectoryServices.DirectoryEntry Find(string name)',
        (_self, args, { host }) => find(toText(args[0] as Value), undefined, host),
      ],
      [
        'System.DirectoryServices.DirectoryEntry Find(string name, string schemaClassName)',
        (_self, args, { host }) => find(toText(args[0] as Value), toText(args[1] as Value), host),
      ],
    ),
  ],
});

function find(name: string, kind: string | undefined, host: Host): Value {
  const entry = children(host).find(
    (one) =>
      one.name.toLowerCase() === name.toLowerCase() &&
      (kind === undefined || one.kind.toLowerCase() === kind.toLowerCase()),
  );
  if (!entry)
    throw dotNetError('System.Runtime.InteropServices.COMException', 'The group name could not be found.');
  return new DotNetObject(entryType, entry);
}

/** Accounts of the device through the directory interface, `[ADSI]"WinNT://…"`: for reading. */
const entryType: DotNetType = defineType('System.DirectoryServices.DirectoryEntry', {
  constructors: constructors([
    'System.DirectoryServices.DirectoryEntry new(string path)',
    (_self, args, { host }) => new DotNetObject(entryType, found(toText(args[0] as Value), host)),
  ]),
  members: [
    property('Path', 'string', (self) => entryOf(self).path),
    property('Name', 'string', (self) => entryOf(self).name),
    property('SchemaClassName', 'string', (self) => entryOf(self).kind),
    property('Children', 'System.DirectoryServices.DirectoryEntries', () => new DotNetObject(listType, null)),
    method([
      'System.Object Invoke(string methodName, Params System.Object[] args)',
      (self, args, { host }) => invoke(entryOf(self), toText(args[0] as Value), host),
    ]),
    method([
      'System.Object InvokeGet(string propertyName)',
      (self, args, { host }) => read(entryOf(self), toText(args[0] as Value), host),
    ]),
    method(['System.Object Members()', (self, _args, { host }) => invoke(entryOf(self), 'Members', host)]),
  ],
});

function invoke(entry: Entry, name: string, host: Host): Value {
  if (/^members$/i.test(name) && entry.kind === 'Group')
    return new PSArray(members(entry, host).map(comMember));
  throw dotNetError(
    'System.Runtime.InteropServices.COMException',
    `${name} cannot be called here: accounts are changed with Add-LocalGroupMember, net localgroup and their like.`,
  );
}

typeConverters.set(entryType.fullName, (value) => {
  if (isNull(value)) return undefined;
  if (value instanceof DotNetObject && value.type === memberType)
    return new DotNetObject(entryType, entryOf(value));
  return new DotNetObject(entryType, found(toText(value), context().host));
});

/** The security id of an account: local ones by the account database, others by their profile. */
function sidOf(entry: Entry, host: Host): string {
  for (const className of ['Win32_Group', 'Win32_UserAccount'])
    for (const one of all(host, className))
      if (text(one, 'Name', host).toLowerCase() === entry.name.toLowerCase()) return text(one, 'SID', host);
  const profile = all(host, 'Win32_UserProfile').find((one) =>
    text(one, 'LocalPath', host).toLowerCase().endsWith(`\\${entry.name.toLowerCase()}`),
  );
  return profile ? text(profile, 'SID', host) : '';
}

/** As Windows stores a security id: revision, count, authority, sub-authorities. */
function sidBytes(sid: string): Value {
  const [, revision = 1, authority = 0, ...parts] = sid.split('-').map(Number);
  const bytes = [revision, parts.length, 0, 0, 0, 0, 0, authority];
  for (const part of parts) for (let shift = 0; shift < 32; shift += 8) bytes.push((part >>> shift) & 255);
  return new PSArray(
    bytes.map((one) => new Boxed('byte', one)),
    byteType,
  );
}

function read(entry: Entry, name: string, host: Host): Value {
  switch (name.toLowerCase()) {
    case 'adspath':
      return entry.path;
    case 'name':
      return entry.name;
    case 'class':
      return entry.kind;
    case 'objectsid':
      return sidBytes(sidOf(entry, host));
    default:
      throw dotNetError(
        'System.Runtime.InteropServices.COMException',
        'The directory property cannot be found in the cache.',
      );
  }
}

// Late binding by reflection, which is how scripts read what a COM object has.
defineType('System.Type', {
  members: [
    method([
      'System.Object InvokeMember(string name, System.Reflection.BindingFlags invokeAttr, System.Object binder, System.Object target, System.Object[] args)',
      (_self, args) => {
        const name = toText(args[0] as Value);
        const target = args[3] ?? null;
        if (/GetProperty|GetField/i.test(toText(args[1] as Value))) {
          const value = hooks.getProperty(target, name);
          if (value !== undefined) return value;
          throw dotNetError(
            'System.Runtime.InteropServices.COMException',
            'Unknown name. (Exception from HRESULT: 0x80020006 (DISP_E_UNKNOWNNAME))',
          );
        }
        return hooks.invokeMethod(target, name, [...(elementsOf(args[4] ?? null) ?? [])]);
      },
    ]),
  ],
});
