import { equals } from '../../types/compare.ts';
import { ListValue } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { setProperty } from '../../types/member.ts';
import { DotNetObject, PSArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import { constructors, property } from '../../types/dotnet/define.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { DictionaryValue } from '../../types/collections.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';

interface Modifier {
  readonly add: readonly Value[];
  readonly remove: readonly Value[];
  readonly replace: readonly Value[];
}
const items = (v: Value | undefined): readonly Value[] =>
  v === undefined || isNull(v) ? [] : (elementsOf(v) ?? [v]);
const state = (v: Value): Modifier => (v as DotNetObject<Modifier>).state;
const modifierType: DotNetType = defineType('System.Management.Automation.PSListModifier', {
  constructors: constructors(
    [
      'PSListModifier new()',
      () => new DotNetObject<Modifier>(modifierType, { add: [], remove: [], replace: [] }),
    ],
    [
      'PSListModifier new(System.Collections.IDictionary hash)',
      (_v, a) => {
        const [table] = a;
        const part = (name: string): readonly Value[] =>
          table instanceof DictionaryValue ? items(table.get(name)) : [];
        return new DotNetObject<Modifier>(modifierType, {
          add: part('Add'),
          remove: part('Remove'),
          replace: part('Replace'),
        });
      },
    ],
  ),
});
defineType(modifierType.fullName, {
  members: [
    property('Add', 'System.Object', (v) => new PSArray([...state(v).add])),
    property('Remove', 'System.Object', (v) => new PSArray([...state(v).remove])),
    property('Replace', 'System.Object', (v) => new PSArray([...state(v).replace])),
  ],
});

function changed(before: readonly Value[], { add, remove, replace }: Modifier): Value[] {
  if (replace.length > 0) return [...replace];
  const left = [...before];
  for (const one of remove) {
    const at = left.findIndex((x) => equals(x, one));
    if (at >= 0) left.splice(at, 1);
  }
  return [...left, ...add];
}

export const updateList: Cmdlet = {
  name: 'Update-List',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.UpdateListCommand',
  defaultSet: 'AddRemoveSet',
  parameters: [
    {
      name: 'Add',
      type: 'object[]',
      validate: [{ kind: 'notNullOrEmpty' }],
      sets: ['AddRemoveSet'],
    },
    {
      name: 'Remove',
      type: 'object[]',
      validate: [{ kind: 'notNullOrEmpty' }],
      sets: ['AddRemoveSet'],
    },
    { name: 'Replace', type: 'object[]', sets: [{ set: 'ReplaceSet', mandatory: true }] },
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Property', type: 'string', position: 0 },
  ],
  start: (context) => ({
    process() {
      const modifier: Modifier = {
        add: context.list('Add'),
        remove: context.list('Remove'),
        replace: context.list('Replace'),
      };
      const object = context.get('InputObject');
      if (!context.has('Property')) {
        if (context.has('InputObject'))
          return context.fail({
            id: 'MissingPropertyParameter',
            category: 'InvalidOperation',
            message: 'The Property parameter is required when the InputObject parameter is specified.',
            exception: 'System.Management.Automation.PSArgumentException',
          });
        context.write(new DotNetObject<Modifier>(modifierType, modifier));
        return undefined;
      }
      const name = context.string('Property');
      const list = context.property(object, name);
      if (list === undefined) {
        context.error({
          id: 'MemberDoesntExist',
          category: 'InvalidOperation',
          message: `Property '${name}' cannot be found.`,
          exception: 'System.Management.Automation.PSArgumentException',
          target: object,
        });
        return undefined;
      }
      const after = changed(items(list), modifier);
      if (list instanceof ListValue) {
        list.items = after;
        list.version++;
      } else setProperty(object, name, new PSArray(after));
      context.write(object);
      return undefined;
    },
  }),
};
