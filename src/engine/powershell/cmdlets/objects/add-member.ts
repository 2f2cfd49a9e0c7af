import { DictionaryValue } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import { typeNamesOf, typeOf } from '../../types/type-of.ts';
import type { PSMember, Value } from '../../types/value.ts';
import { memberStoodFor } from '../../types/ps-object.ts';
import { isNull, MemberBag, PSReference, PSWrapped, automationNull } from '../../types/value.ts';
import { hasProperty } from '../../format/properties.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { memberTypeName } from './member-types.ts';

const block = (value: Value): ScriptBlockValue | null => (value instanceof ScriptBlockValue ? value : null);

function memberOf(context: CmdletContext, kind: string, name: string, value: Value, second: Value): PSMember {
  const bad = (id: string, message: string): never =>
    context.fail({
      id,
      category: 'InvalidOperation',
      message,
      exception: 'System.InvalidOperationException',
      target: null,
    });
  switch (kind) {
    case 'NoteProperty':
      return { kind, name, value };
    case 'ScriptProperty':
      if (!block(value) && !block(second))
        bad('InvalidValue1And2Type', 'The parameters Value and SecondValue must be script blocks.');
      return { kind, name, getter: block(value), setter: block(second) };
    case 'ScriptMethod':
      if (!block(value))
        bad('InvalidValueForScriptMethod', 'The Value parameter must be a ScriptBlock for a ScriptMethod.');
      return { kind, name, script: value as ScriptBlockValue };
    case 'AliasProperty':
      return isNull(second)
        ? { kind, name, target: toText(value) }
        : { kind, name, target: toText(value), castTo: toText(second) };
    case 'PropertySet':
      return { kind, name, properties: (elementsOf(value) ?? [value]).map((v) => toText(v)) };
    case 'MemberSet': {
      const members = new MemberBag();
      for (const one of elementsOf(value) ?? [value]) {
        const inner = memberStoodFor(one);
        if (inner) members.set(inner);
      }
      return { kind, name, members };
    }
    default:
      return bad(
        'CannotAddMemberType',
        `Cannot add a member of type "${kind}". Specify a different type for the MemberTypes parameter.`,
      );
  }
}

export const addMember: Cmdlet = {
  name: 'Add-Member',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.AddMemberCommand',
  defaultSet: 'TypeNameSet',
  parameters: [
    { name: 'InputObject', type: 'psobject', mandatory: true, pipeline: true },
    {
      name: 'MemberType',
      type: memberTypeName,
      aliases: ['Type'],
      sets: [{ set: 'MemberSet', position: 0, mandatory: true }],
    },
    { name: 'Name', type: 'string', sets: [{ set: 'MemberSet', position: 1, mandatory: true }] },
    { name: 'Value', type: 'object', allowNull: true, sets: [{ set: 'MemberSet', position: 2 }] },
    { name: 'SecondValue', type: 'object', allowNull: true, sets: [{ set: 'MemberSet', position: 3 }] },
    {
      name: 'TypeName',
      type: 'string',
      sets: [
        { set: 'TypeNameSet', mandatory: true },
        'MemberSet',
        'NotePropertySingleMemberSet',
        'NotePropertyMultiMemberSet',
      ],
    },
    {
      name: 'Force',
      type: 'switch',
      sets: ['MemberSet', 'NotePropertySingleMemberSet', 'NotePropertyMultiMemberSet'],
    },
    { name: 'PassThru', type: 'switch' },
    {
      name: 'NotePropertyName',
      type: 'string',
      // Names of member types mean -MemberType.
      validate: [
        {
          kind: 'pattern',
          pattern:
            '^(?!(AliasProperty|CodeProperty|Property|NoteProperty|ScriptProperty|Properties|PropertySet|Method|CodeMethod|ScriptMethod|Methods|ParameterizedProperty|MemberSet|Event|Dynamic|InferredProperty|All)$)',
        },
      ],
      sets: [{ set: 'NotePropertySingleMemberSet', position: 0, mandatory: true }],
    },
    {
      name: 'NotePropertyValue',
      type: 'object',
      allowNull: true,
      allowEmptyString: true,
      allowEmptyCollection: true,
      sets: [{ set: 'NotePropertySingleMemberSet', position: 1, mandatory: true }],
    },
    {
      name: 'NotePropertyMembers',
      type: 'System.Collections.IDictionary',
      sets: [{ set: 'NotePropertyMultiMemberSet', position: 0, mandatory: true }],
    },
  ],
  start(context) {
    const force = context.switch('Force');
    const add = (target: PSReference, member: PSMember): boolean => {
      const lower = member.name.toLowerCase();
      const taken =
        target.members?.get(member.name) !== undefined ||
        hasProperty(target, member.name) ||
        (!(target instanceof DictionaryValue) && typeOf(target)?.findMember(lower) !== undefined);
      if (taken && !force) {
        context.error({
          id: 'MemberAlreadyExists',
          category: 'InvalidOperation',
          message: `Cannot add a member with the name "${member.name}" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.`,
          exception: 'System.InvalidOperationException',
          target: target,
        });
        return false;
      }
      target.members ??= new MemberBag();
      target.members.set(member);
      return true;
    };
    return {
      process() {
        const item = context.get('InputObject');
        if (isNull(item) || item === automationNull) return undefined;
        const target: PSReference = item instanceof PSReference ? item : new PSWrapped(item as string);
        let added = true;
        const members: PSMember[] = [];
        if (context.has('NotePropertyMembers')) {
          const table = context.get('NotePropertyMembers');
          if (table instanceof DictionaryValue)
            for (const { key, value } of table.entries.values())
              members.push({ kind: 'NoteProperty', name: toText(key), value });
        } else if (context.has('NotePropertyName'))
          members.push({
            kind: 'NoteProperty',
            name: context.string('NotePropertyName'),
            value: context.get('NotePropertyValue'),
          });
        else if (context.has('MemberType'))
          members.push(
            memberOf(
              context,
              toText(context.get('MemberType')),
              context.string('Name'),
              context.get('Value'),
              context.get('SecondValue'),
            ),
          );
        for (const member of members) added = add(target, member) && added;
        if (context.has('TypeName')) {
          const type = context.string('TypeName');
          target.typeNames = [
            type,
            ...typeNamesOf(target).filter((n) => n.toLowerCase() !== type.toLowerCase()),
          ];
        }
        if (added && context.switch('PassThru')) context.write(target);
        return undefined;
      },
    };
  },
};
