import { fail, ok } from '../../../../base/result.ts';
import { addItemProperties } from '../../providers/item-properties.ts';
import type { ProviderResult, ResolvedPath } from '../../run/provider.ts';
import { ScriptError } from '../../types/error-record.ts';
import { hooks } from '../../types/hooks.ts';
import { customObject } from '../../types/objects.ts';
import type { Value } from '../../types/value.ts';
import { propertyNames, readProperty } from '../../format/properties.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { CmdletContext, ErrorSpec } from '../cmdlet.ts';

export const noPropertyInterface: ErrorSpec = {
  id: 'NotSupported',
  category: 'NotImplemented',
  message: 'Cannot use interface. The IPropertyCmdletProvider interface is not supported by this provider.',
  exception: 'System.Management.Automation.PSNotSupportedException',
};
export const noDynamicInterface: ErrorSpec = {
  id: 'NotSupported',
  category: 'NotImplemented',
  message:
    'Cannot use interface. The IDynamicPropertyCmdletProvider interface is not implemented by this provider.',
  exception: 'System.Management.Automation.PSNotSupportedException',
};

const fileProperty = (name: string, target: Value): ErrorSpec => ({
  id: 'GetValueError',
  category: 'ReadError',
  message: `The property ${name} does not exist or was not found.`,
  exception: 'System.IO.IOException',
  target,
});

export interface Read {
  /** The object to write; undefined where there is nothing. */
  readonly value: Value | undefined;
  readonly missing: readonly ErrorSpec[];
}

/** Properties of an item as Get-ItemProperty writes them. */
export function readProperties(
  context: CmdletContext,
  at: ResolvedPath,
  names: readonly string[] | undefined,
): ProviderResult<Read> {
  const { provider, providerPath } = at;
  if (provider.properties) {
    const read = provider.properties(providerPath, names, context);
    if (!read.ok) return read;
    const { values, missing } = read.value;
    return ok({
      value: values.length === 0 ? undefined : addItemProperties(customObject(values), at),
      missing,
    });
  }
  if (provider.name !== 'FileSystem') return fail(noPropertyInterface);
  const item = provider.item(providerPath, context);
  if (!item.ok) return item;
  if (names === undefined) return ok({ value: addItemProperties(item.value, at), missing: [] });
  const known = propertyNames(item.value);
  const missing: ErrorSpec[] = [];
  const values: [string, Value][] = [];
  for (const name of names) {
    const test = hasWildcard(name) ? wildcard(name) : undefined;
    const found = known.filter((k) => (test ? test(k) : k.toLowerCase() === name.toLowerCase()));
    if (found.length === 0 && !test) missing.push(fileProperty(name, providerPath));
    for (const one of found) values.push([one, readProperty(item.value, one)]);
  }
  return ok({
    value: values.length === 0 ? undefined : addItemProperties(customObject(values), at),
    missing,
  });
}

/** Sets a property of a file or folder; its refusal is what .NET said. */
export function setFileProperty(
  context: CmdletContext,
  at: ResolvedPath,
  name: string,
  value: Value,
): ProviderResult<void> {
  const item = at.provider.item(at.providerPath, context);
  if (!item.ok) return item;
  try {
    hooks.setProperty(item.value, name, value);
    return ok(undefined);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return fail({
      id: error.record.errorId,
      category: error.record.category,
      message: error.record.exception.message,
      exception: error.record.exception.type.fullName,
      target: at.providerPath,
    });
  }
}
