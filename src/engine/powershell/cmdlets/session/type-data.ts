import { DictionaryValue, hashtableType } from '../../types/collections.ts';
import { toText } from '../../types/text.ts';
import { DotNetType } from '../../types/dotnet-type.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import type { PSMember } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import { makeRecord, recordType } from '../objects/record-type.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { loadGivenFiles } from './ps1xml.ts';
import { bagOf, names } from './type-bags.ts';

const utility = 'Microsoft.PowerShell.Utility';

function member(context: CmdletContext, name: string): PSMember | undefined {
  const value = context.get('Value');
  const block = value instanceof ScriptBlockValue ? value : null;
  switch (context.string('MemberType').toLowerCase()) {
    case 'noteproperty':
      return { kind: 'NoteProperty', name, value };
    case 'aliasproperty':
      return {
        kind: 'AliasProperty',
        name,
        target: toText(value),
        ...(context.get('SecondValue') instanceof DotNetType
          ? { castTo: (context.get('SecondValue') as DotNetType).fullName }
          : {}),
      };
    case 'scriptproperty': {
      const setter = context.get('SecondValue');
      return {
        kind: 'ScriptProperty',
        name,
        getter: block,
        setter: setter instanceof ScriptBlockValue ? setter : null,
      };
    }
    case 'scriptmethod':
      return block ? { kind: 'ScriptMethod', name, script: block } : undefined;
    default:
      return undefined;
  }
}

/** PSStandardMembers of a type: how it is shown when nothing is said. */
function standard(bag: MemberBag): MemberBag {
  const known = bag.get('PSStandardMembers');
  if (known?.kind === 'MemberSet') return known.members;
  const members = new MemberBag();
  bag.set({ kind: 'MemberSet', name: 'PSStandardMembers', members });
  return members;
}

export const updateTypeData: Cmdlet = {
  name: 'Update-TypeData',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.UpdateTypeDataCommand',
  defaultSet: 'FileSet',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'MemberType',
      type: 'System.Management.Automation.PSMemberTypes',
      sets: [{ set: 'DynamicTypeSet' }],
    },
    { name: 'MemberName', type: 'string', sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'Value', type: 'object', allowNull: true, sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'SecondValue', type: 'object', sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'TypeConverter', type: 'type', sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'TypeAdapter', type: 'type', sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'SerializationMethod', type: 'string', sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'SerializationDepth', type: 'int', sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'DefaultDisplayProperty', type: 'string', sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'DefaultDisplayPropertySet', type: 'string[]', sets: [{ set: 'DynamicTypeSet' }] },
    { name: 'DefaultKeyPropertySet', type: 'string[]', sets: [{ set: 'DynamicTypeSet' }] },
    {
      name: 'TypeName',
      type: 'string',
      sets: [{ set: 'DynamicTypeSet', position: 0, mandatory: true, pipelineByName: true }],
    },
    { name: 'Force', type: 'switch', sets: ['DynamicTypeSet'] },
    {
      name: 'AppendPath',
      type: 'string[]',
      aliases: ['PSPath', 'Path'],
      sets: [{ set: 'FileSet', position: 0, pipeline: true, pipelineByName: true }],
    },
    { name: 'PrependPath', type: 'string[]', sets: ['FileSet'] },
  ],
  start: (context) => ({
    process() {
      if (!context.has('TypeName')) {
        loadGivenFiles(context, 'types');
        return undefined;
      }
      const type = context.string('TypeName');
      if (!context.shouldProcess(`TypeName : ${type}`, 'Update TypeData')) return undefined;
      const bag = bagOf(context, type);
      if (context.has('MemberName')) {
        const name = context.string('MemberName');
        if (bag.get(name) && !context.switch('Force')) {
          context.error({
            id: 'TypesDynamicUpdateException',
            category: 'InvalidOperation',
            message: `Error in TypeData "${type}": The member ${name} is already present.`,
            exception: 'System.Management.Automation.RuntimeException',
          });
          return undefined;
        }
        const made = member(context, name);
        if (made) bag.set(made);
      }
      const set = (name: string): void => {
        if (context.has(name))
          standard(bag).set({ kind: 'PropertySet', name, properties: context.strings(name) });
      };
      set('DefaultDisplayPropertySet');
      set('DefaultKeyPropertySet');
      if (context.has('DefaultDisplayProperty'))
        standard(bag).set({
          kind: 'NoteProperty',
          name: 'DefaultDisplayProperty',
          value: context.string('DefaultDisplayProperty'),
        });
      return undefined;
    },
  }),
};

const typeDataType = recordType(
  'System.Management.Automation.Runspaces.TypeData',
  'TypeName:string Members:object TypeConverter:type TypeAdapter:type IsOverride:bool SerializationMethod:string SerializationDepth:uint InheritPropertySerializationSet:bool StringSerializationSource:string DefaultDisplayProperty:string DefaultDisplayPropertySet:object DefaultKeyPropertySet:object PropertySerializationSet:object',
);
const memberDataType = recordType(
  'System.Management.Automation.Runspaces.TypeMemberData',
  'Name:string Value:object',
);

export const getTypeData: Cmdlet = {
  name: 'Get-TypeData',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.GetTypeDataCommand',
  parameters: [{ name: 'TypeName', type: 'string[]', position: 0, pipeline: true }],
  start: (context) => ({
    process() {
      const tests = context.strings('TypeName').map((t) => wildcard(t));
      for (const [lower, bag] of context.session.typeData) {
        const name = names(context).get(lower) ?? lower;
        if (tests.length > 0 && !tests.some((t) => t(name))) continue;
        const members = new DictionaryValue(hashtableType, true);
        for (const one of bag)
          if (one.name !== 'PSStandardMembers')
            members.set(
              one.name,
              makeRecord(memberDataType, {
                Name: one.name,
                Value: one.kind === 'NoteProperty' ? one.value : null,
              }),
            );
        context.write(makeRecord(typeDataType, { TypeName: name, Members: members, IsOverride: false }));
      }
      return undefined;
    },
  }),
};

export const removeTypeData: Cmdlet = {
  name: 'Remove-TypeData',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.RemoveTypeDataCommand',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'TypeName', type: 'string', position: 0, mandatory: true, pipeline: true, pipelineByName: true },
  ],
  start: (context) => ({
    process() {
      const name = context.string('TypeName');
      if (!context.session.typeData.delete(name.toLowerCase()))
        context.error({
          id: 'TypesDynamicRemoveException',
          category: 'InvalidOperation',
          message: `Error in TypeData "${name}": The TypeData "${name}" was not found.`,
          exception: 'System.Management.Automation.RuntimeException',
        });
      return undefined;
    },
  }),
};
