import type { DotNetMember } from '../../types/dotnet-type.ts';
import { DotNetType, objectType } from '../../types/dotnet-type.ts';
import { extendedMembers } from '../../types/extended-members.ts';
import { PSCustomObject } from '../../types/objects.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { objectText, toText } from '../../types/text.ts';
import { typeNamesOf, typeOf } from '../../types/type-of.ts';
import type { PSMember, Value } from '../../types/value.ts';
import { automationNull, isNull, PSWrapped } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import { readProperty } from '../../format/properties.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { typeShortName } from '../../types/registry.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { makeRecord, recordType } from './record-type.ts';
import { memberType, memberTypeName } from './member-types.ts';
import { compareText } from '../../types/compare.ts';

const definitionType = recordType(
  'Microsoft.PowerShell.Commands.MemberDefinition',
  'TypeName:string Name:string MemberType:System.Management.Automation.PSMemberTypes Definition:string',
  { toString: (state) => toText(state['Definition'] ?? null) },
);

export interface Found {
  readonly name: string;
  readonly kind: string;
  readonly definition: string;
}

/** Type of a note property's value without namespace, as its definition starts. */
function noteTypeName(value: Value): string {
  const type = typeOf(value);
  if (!type) return 'object';
  if (type.elementType === objectType) return 'Object[]';
  const short = typeShortName(type);
  return short.includes('.') ? short.replace(/(?:\w+\.)+(\w+)/g, '$1') : short;
}
const script = (value: Value): string =>
  value instanceof ScriptBlockValue ? value.text.replace(/^\{|\}$/g, '') : '';

function ofMember(member: PSMember, self: Value): Found {
  const { name, kind } = member;
  switch (member.kind) {
    case 'NoteProperty':
      return {
        name,
        kind,
        definition: `${noteTypeName(member.value)} ${name}=${isNull(member.value) ? 'null' : elementsOf(member.value) ? objectText(member.value) : toText(member.value)}`,
      };
    case 'ScriptProperty':
      return {
        name,
        kind,
        definition: `System.Object ${name} {${member.getter ? `get=${script(member.getter)};` : ''}${member.setter ? `set=${script(member.setter)};` : ''}}`,
      };
    case 'AliasProperty':
      return {
        name,
        kind,
        definition: `${name} = ${member.castTo ? `(${member.castTo})` : ''}${member.target}`,
      };
    case 'CodeProperty':
      return { name, kind, definition: member.definition ?? `${member.typeName} ${name}{get=${name};}` };
    case 'ScriptMethod':
      return { name, kind, definition: `System.Object ${name}();` };
    case 'CodeMethod':
      return { name, kind, definition: member.definition };
    case 'PropertySet':
      return { name, kind, definition: `${name} {${member.properties.join(', ')}}` };
    case 'MemberSet':
      return { name, kind, definition: `${name} {${[...member.members].map((m) => m.name).join(', ')}}` };
  }
  return { name, kind, definition: toText(readProperty(self, name)) };
}

function ofDotNet(member: DotNetMember): Found {
  const prefix = member.isStatic ? 'static ' : '';
  if (member.kind === 'property')
    return {
      name: member.name,
      kind: 'Property',
      definition: member.isField
        ? `${prefix}${member.typeName} ${member.name} {get;${member.set ? 'set;' : ''}}`
        : `${prefix}${member.typeName} ${member.name} {get;${member.set ? 'set;' : ''}}`,
    };
  return {
    name: member.name,
    kind: 'Method',
    definition: member.overloads.map((o) => prefix + o.signature).join(', '),
  };
}

/** Methods every object has, where its type does not list them. */
const common: readonly Found[] = [
  { name: 'Equals', kind: 'Method', definition: 'bool Equals(System.Object obj)' },
  { name: 'GetHashCode', kind: 'Method', definition: 'int GetHashCode()' },
  { name: 'GetType', kind: 'Method', definition: 'type GetType()' },
  { name: 'ToString', kind: 'Method', definition: 'string ToString()' },
];

export function membersOf(value: Value, view: string, force = false): Found[] {
  const found = new Map<string, Found>();
  const add = (member: Found): void => {
    const key = member.name.toLowerCase();
    if (!found.has(key)) found.set(key, member);
  };
  const extended = view !== 'Base' && view !== 'Adapted';
  if (extended && typeof value === 'object' && value !== null)
    for (const member of value.members ?? []) add(ofMember(member, value));
  if (extended)
    for (const member of extendedMembers(value))
      if (member.name !== 'PSStandardMembers') add(ofMember(member, value));
  if (view !== 'Extended') {
    const target = value instanceof PSWrapped ? value.base : value;
    const type = typeOf(target);
    if (type?.adapter)
      for (const name of type.adapter.names(target))
        add({
          name,
          kind: 'Property',
          definition: `${noteTypeName(type.adapter.get(target, name) ?? null)} ${name} {get;set;}`,
        });
    for (let t: DotNetType | null = type; t; t = t.baseType)
      for (const member of t.instanceMembers.values()) if (force || !member.hidden) add(ofDotNet(member));
    for (const member of common) add(member);
    if (value instanceof PSCustomObject)
      for (const member of common)
        found.set(member.name.toLowerCase(), found.get(member.name.toLowerCase()) ?? member);
  }
  return [...found.values()];
}

export function staticMembers(type: DotNetType, force = false): Found[] {
  const found: Found[] = [];
  for (let t: DotNetType | null = type; t; t = t.baseType)
    for (const member of t.staticMembers.values()) if (force || !member.hidden) found.push(ofDotNet(member));
  for (const name of type.enumValues?.keys() ?? [])
    found.push({ name, kind: 'Property', definition: `static ${type.fullName} ${name} {get;}` });
  return found;
}

const groups: Readonly<Record<string, readonly string[]>> = {
  Properties: ['AliasProperty', 'CodeProperty', 'Property', 'NoteProperty', 'ScriptProperty'],
  Methods: ['Method', 'CodeMethod', 'ScriptMethod'],
};

export const getMember: Cmdlet = {
  name: 'Get-Member',
  aliases: ['gm'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.GetMemberCommand',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Name', type: 'string[]', position: 0 },
    { name: 'MemberType', type: memberTypeName, aliases: ['Type'] },
    { name: 'View', type: 'string' },
    { name: 'Static', type: 'switch' },
    { name: 'Force', type: 'switch' },
  ],
  start(context) {
    const seen = new Set<string>();
    const kinds = context.has('MemberType')
      ? new Set(
          toText(context.get('MemberType'))
            .split(/,\s*/)
            .flatMap((k) => groups[k] ?? [k]),
        )
      : undefined;
    const names = context.strings('Name').map((n) => wildcard(n));
    let any = false;
    return {
      process() {
        const value = context.get('InputObject');
        if (isNull(value) || value === automationNull) return undefined;
        any = true;
        const isStatic = context.switch('Static');
        const type = isStatic ? (value instanceof DotNetType ? value : typeOf(value)) : undefined;
        const typeName = type ? type.displayName : (typeNamesOf(value)[0] ?? '');
        if (seen.has(typeName)) return undefined;
        seen.add(typeName);
        const all = (
          type
            ? staticMembers(type, context.switch('Force'))
            : membersOf(value, context.string('View'), context.switch('Force'))
        )
          .filter((m) => kinds === undefined || kinds.has('All') || kinds.has(m.kind))
          .sort((a, b) => (a.kind === b.kind ? compareText(a.name, b.name, true) : a.kind < b.kind ? -1 : 1));
        // Each name that was asked for gives its own members, in the order of the names.
        const members = names.length === 0 ? all : names.flatMap((test) => all.filter((m) => test(m.name)));
        for (const member of members)
          context.write(
            makeRecord(definitionType, {
              TypeName: typeName,
              Name: member.name,
              MemberType: memberType(member.kind),
              Definition: member.definition,
            }),
          );
        return undefined;
      },
      end() {
        if (!any)
          context.error({
            id: 'NoObjectInGetMember',
            category: 'CloseError',
            message: 'You must specify an object for the Get-Member cmdlet.',
            exception: 'System.InvalidOperationException',
          });
        return undefined;
      },
    };
  },
};
