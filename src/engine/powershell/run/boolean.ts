import { defineType } from '../types/registry.ts';
import { valueTypeType } from '../types/dotnet-type.ts';
import { DotNetObject } from '../types/objects.ts';
import type { Value } from '../types/value.ts';

export const switchParameterType = defineType('System.Management.Automation.SwitchParameter', {
  kind: 'struct',
  baseType: valueTypeType,
  members: [
    {
      kind: 'property',
      name: 'IsPresent',
      isStatic: false,
      typeName: 'bool',
      get: (self) => (self as DotNetObject).state === true,
    },
    {
      kind: 'method',
      name: 'ToBool',
      isStatic: false,
      overloads: [{ signature: 'bool ToBool()', call: (self) => (self as DotNetObject).state === true }],
    },
    {
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [
        {
          signature: 'string ToString()',
          call: (self) => ((self as DotNetObject).state === true ? 'True' : 'False'),
        },
      ],
    },
  ],
});
const present = new DotNetObject(switchParameterType, true);
const absent = new DotNetObject(switchParameterType, false);

export const boolean = {
  /** SwitchParameter of a truth value. */
  switch: (value: Value): Value => (value === true ? present : value === false ? absent : value),
};
