import { DotNetObject } from '../types/objects.ts';
import { defineType } from '../types/registry.ts';
import type { Value } from '../types/value.ts';

interface ReferenceState {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
}

/** `[ref]$x`: reads and writes the variable through `.Value`. */
export const referenceType = defineType('System.Management.Automation.PSReference', {
  members: [
    {
      kind: 'property',
      name: 'Value',
      isStatic: false,
      typeName: 'System.Object',
      get: (self) => (self as DotNetObject<ReferenceState>).state.get(),
      set: (self, value) => (self as DotNetObject<ReferenceState>).state.set(value),
    },
  ],
});
export const isReference = (value: Value): value is DotNetObject<ReferenceState> =>
  value instanceof DotNetObject && value.type === referenceType;
