import type { TypeName } from '../../parse/type-name.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { DotNetObject, PSArray } from '../../types/objects.ts';
import { defineType, resolveType } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';
import { extentValue } from './extent.ts';

const n = (self: Value): TypeName => (self as DotNetObject<TypeName>).state;
const common = [
  property('FullName', 'string', (s) => n(s).fullName),
  property('Name', 'string', (s) => n(s).fullName),
  property('AssemblyName', 'string', (s) => n(s).assemblyName ?? null),
  property('IsArray', 'bool', (s) => n(s).kind === 'ArrayTypeName'),
  property('IsGeneric', 'bool', (s) => n(s).kind === 'GenericTypeName'),
  property('Extent', 'object', (s) => extentValue(n(s).extent)),
  method(['type GetReflectionType()', (s) => resolveType(n(s).fullName) ?? null]),
  method(['string ToString()', (s) => n(s).fullName]),
];
const space = 'System.Management.Automation.Language';
const types = {
  TypeName: defineType(`${space}.TypeName`, { members: common }),
  GenericTypeName: defineType(`${space}.GenericTypeName`, {
    members: [
      ...common,
      property('GenericArguments', 'object', (s) => new PSArray(n(s).genericArguments.map(typeNameValue))),
    ],
  }),
  ArrayTypeName: defineType(`${space}.ArrayTypeName`, {
    members: [
      ...common,
      property('ElementType', 'object', (s) => {
        const { elementType } = n(s);
        return elementType ? typeNameValue(elementType) : null;
      }),
      property('Rank', 'int', (s) => n(s).rank),
    ],
  }),
};
/** ITypeName. */
export const typeNameValue = (name: TypeName): Value => new DotNetObject(types[name.kind], name);
