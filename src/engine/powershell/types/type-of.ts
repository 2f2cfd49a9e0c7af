import type { DotNetType } from './dotnet-type.ts';
import { objectType } from './dotnet-type.ts';
import { booleanType, customObjectType, doubleType, int32Type, int64Type, stringType } from './objects.ts';
import type { Value } from './value.ts';
import { automationNull, PSWrapped } from './value.ts';

/** The .NET type of a value; null has none. */
export function typeOf(value: Value): DotNetType | null {
  switch (typeof value) {
    case 'number':
      return (value | 0) === value ? int32Type : doubleType;
    case 'string':
      return stringType;
    case 'boolean':
      return booleanType;
    case 'bigint':
      return int64Type;
    default:
      if (value === null || value === automationNull) return null;
      if (value instanceof PSWrapped) return typeOf(value.base);
      return value.dotNetType;
  }
}

export const typeNameOf = (value: Value): string => typeOf(value)?.displayName ?? 'null';

/** `PSTypeNames`: names under which views and type data are looked up, most derived first. */
export function typeNamesOf(value: Value): readonly string[] {
  if (typeof value === 'object' && value !== null && value.typeNames) return value.typeNames;
  const names: string[] = [];
  for (let type = typeOf(value); type; type = type.baseType) names.push(typeTextOf(type));
  return names;
}
const typeTextOf = (type: DotNetType): string => {
  if (type === customObjectType) return 'System.Management.Automation.PSCustomObject';
  if (type.genericArguments.length === 0) return type.fullName;
  const args = type.genericArguments.map(
    (a) =>
      `[${typeTextOf(a)}, ${a.assembly}, Version=9.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e]`,
  );
  return `${type.fullName}[${args.join(',')}]`;
};
export const isObjectType = (type: DotNetType): boolean => type === objectType;
