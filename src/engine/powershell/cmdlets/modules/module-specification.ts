import { DictionaryValue } from '../../types/collections.ts';
import { compare } from '../../types/compare.ts';
import { convertTo } from '../../types/convert.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { constructors, method, property } from '../../types/dotnet/define.ts';
import { dotNetError } from '../../types/errors.ts';
import { DotNetObject } from '../../types/objects.ts';
import { defineType, resolveType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import { typeConverters } from '../../types/type-converters.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';

/** Which module, and which versions of it. */
export interface ModuleSpecification {
  readonly name: string;
  readonly minimum: Value;
  readonly maximum: string | undefined;
  readonly required: Value;
  readonly guid: string | undefined;
}
export const specificationType: DotNetType = defineType('Microsoft.PowerShell.Commands.ModuleSpecification', {
  assembly: 'System.Management.Automation',
});
const version = (value: Value | undefined): Value =>
  value === undefined || isNull(value) ? null : convertTo(value, resolveType('version') as DotNetType);

const allowed = ['modulename', 'moduleversion', 'maximumversion', 'requiredversion', 'guid'];
function fromTable(table: DictionaryValue): ModuleSpecification {
  const bad = (message: string): Error => dotNetError('System.ArgumentException', message);
  const unknown = [...table.entries.values()]
    .map((e) => toText(e.key))
    .filter((key) => !allowed.includes(key.toLowerCase()));
  if (unknown.length > 0)
    throw bad(
      `The hashtable describing a module contains one or more members that are not valid. The valid members are (${allowed.join(', ')}). Remove the members that are not valid (${unknown.map((u) => `'${u}'`).join(', ')}), then try again.`,
    );
  const name = toText(table.get('ModuleName') ?? null);
  if (name === '')
    throw bad(
      "The required member 'ModuleName' is missing from the hashtable that describes a module. Add the missing member, then try again.",
    );
  const minimum = version(table.get('ModuleVersion'));
  const required = version(table.get('RequiredVersion'));
  const given = table.get('MaximumVersion') ?? null;
  if (minimum === null && required === null && isNull(given))
    throw bad(
      'The hashtable describing a module must specify at least one of the members ModuleVersion, MaximumVersion or RequiredVersion.',
    );
  if (required !== null && (minimum !== null || !isNull(given)))
    throw bad(
      'A module specification cannot have RequiredVersion together with ModuleVersion or MaximumVersion.',
    );
  return {
    name,
    minimum,
    maximum: isNull(given) ? undefined : toText(given),
    required,
    guid:
      table.has('Guid') && !isNull(table.get('Guid') ?? null)
        ? toText(table.get('Guid') as Value).toLowerCase()
        : undefined,
  };
}
const named = (name: string): ModuleSpecification => ({
  name,
  minimum: null,
  maximum: undefined,
  required: null,
  guid: undefined,
});
const make = (value: Value): Value =>
  new DotNetObject<ModuleSpecification>(
    specificationType,
    value instanceof DictionaryValue ? fromTable(value) : named(toText(value)),
  );
const of = (v: Value): ModuleSpecification => (v as DotNetObject<ModuleSpecification>).state;
typeConverters.set(specificationType.fullName, (value) =>
  value instanceof DictionaryValue || typeof value === 'string' ? make(value) : undefined,
);
defineType(specificationType.fullName, {
  constructors: constructors(
    ['ModuleSpecification new(string moduleName)', (_v, a) => make(a[0] ?? null)],
    ['ModuleSpecification new(hashtable moduleSpecification)', (_v, a) => make(a[0] ?? null)],
  ),
  members: [
    property('Name', 'string', (v) => of(v).name),
    property('Guid', 'System.Nullable[guid]', (v) =>
      of(v).guid === undefined ? null : convertTo(of(v).guid as string, resolveType('guid') as DotNetType),
    ),
    property('Version', 'version', (v) => of(v).minimum),
    property('MaximumVersion', 'string', (v) => of(v).maximum ?? null),
    property('RequiredVersion', 'version', (v) => of(v).required),
    method(['string ToString()', (v) => of(v).name]),
  ],
});

/** The specifications of a FullyQualifiedName argument. */
export const specificationsOf = (values: readonly Value[]): ModuleSpecification[] =>
  values.flatMap((v) => (v instanceof DotNetObject && v.type === specificationType ? [of(v)] : []));

/** `1.*` means every version that begins so. */
const highest = (text: string): Value =>
  version(text.replace(/\.?\*$/, (star) => (star.startsWith('.') ? '.999999999' : '999999999')));
/** Whether a version and identity meet what was asked for, name aside. */
export function satisfies(
  spec: Pick<ModuleSpecification, 'minimum' | 'maximum' | 'required' | 'guid'>,
  module: { readonly version: string; readonly guid: string },
): boolean {
  const own = version(module.version);
  if (spec.required !== null && compare(own, spec.required) !== 0) return false;
  if (spec.minimum !== null && compare(own, spec.minimum) < 0) return false;
  if (spec.maximum !== undefined && compare(own, highest(spec.maximum)) > 0) return false;
  return spec.guid === undefined || spec.guid === module.guid;
}
