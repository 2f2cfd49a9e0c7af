import type { DotNetMember, DotNetType } from '../../types/dotnet-type.ts';
import { DotNetObject } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';

/** What such an object holds: property values by name. */
export type RecordState = Record<string, Value>;

/** A .NET class that is nothing but properties. `properties` is `name:type` in order; `!` behind the type makes it writable. */
export function recordType(
  fullName: string,
  properties: string,
  options: { readonly baseType?: DotNetType; readonly toString?: (state: RecordState) => string } = {},
): DotNetType {
  const members = properties.split(' ').map((part): DotNetMember => {
    const [name, type] = part.split(':') as [string, string];
    const writable = type.endsWith('!');
    return {
      kind: 'property',
      name,
      isStatic: false,
      typeName: writable ? type.slice(0, -1) : type,
      get: (self) => stateOf(self)[name] ?? null,
      ...(writable ? { set: (self: Value, value: Value) => void (stateOf(self)[name] = value) } : {}),
    };
  });
  const text = options.toString;
  if (text)
    members.push({
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [{ signature: 'string ToString()', call: (self) => text(stateOf(self)) }],
    });
  return defineType(fullName, { members, ...(options.baseType ? { baseType: options.baseType } : {}) });
}

export const stateOf = (self: Value): RecordState => (self as DotNetObject<RecordState>).state;
export const makeRecord = (type: DotNetType, state: RecordState): DotNetObject<RecordState> =>
  new DotNetObject(type, state);
