import { DictionaryEntryValue, DictionaryValue } from '../types/collections.ts';
import { elementsOf } from '../types/enumerate.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { resolveType } from '../types/registry.ts';
import { ScriptError } from '../types/error-record.ts';
import { hooks } from '../types/hooks.ts';
import { Boxed, CharValue, DotNetObject, PSCustomObject } from '../types/objects.ts';
import { objectText, toText } from '../types/text.ts';
import { typeNamesOf } from '../types/type-of.ts';
import type { Value } from '../types/value.ts';
import { isNull, unwrap } from '../types/value.ts';
import { displayProperty, readProperty } from './properties.ts';

export interface DisplayOptions {
  /** `$FormatEnumerationLimit`; below 0 is unlimited. */
  readonly limit: number;
  readonly desktop: boolean;
  /** In PowerShell 7 a table shows fractions with the decimals of the culture. */
  readonly table: boolean;
}

const scalarTypes = new Set(
  [
    'String',
    'SByte',
    'Byte',
    'Int16',
    'UInt16',
    'Int32',
    'UInt32',
    'Int64',
    'UInt64',
    'Char',
    'Single',
    'Double',
    'Boolean',
    'Decimal',
    'IntPtr',
    'Security.SecureString',
    'Numerics.BigInteger',
  ].map((name) => `System.${name}`),
);

/** Types that print as plain text whatever their properties: strings, numbers, enums. */
export function isScalarType(value: Value): boolean {
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  )
    return true;
  const names = typeNamesOf(value);
  const first = names[0];
  if (first === undefined) return false;
  return names[1] === 'System.Enum' || scalarTypes.has(first.replace(/^Deserialized\./, ''));
}

/** KeyValuePair for generic dictionaries; undefined: DictionaryEntry. */
function pairType({ type }: DictionaryValue): DotNetType | undefined {
  const [key, value] = type.genericArguments;
  return key && value
    ? resolveType(`System.Collections.Generic.KeyValuePair[${key.displayName},${value.displayName}]`)
    : undefined;
}

/** Elements a cell shows between braces: those of collections and the entries of dictionaries. */
export function enumerable(value: Value): readonly Value[] | undefined {
  if (value instanceof DictionaryValue) {
    const type = pairType(value);
    return Array.from(value.entries.values(), (e) => new DictionaryEntryValue(e.key, e.value, type));
  }
  return elementsOf(value);
}

/** An object as text in the current culture, as a cell shows it. */
export function plainText(value: Value): string {
  if (isNull(value)) return '';
  if (typeof value !== 'object' || value === null) return toText(value);
  try {
    if (value.members?.get('ToString')) return toText(value);
    return objectText(value);
  } catch (error) {
    if (error instanceof ScriptError) return '';
    throw error;
  }
}

function elementName(value: Value, desktop: boolean): string {
  if (value === null) return '$null';
  const inner = unwrap(value);
  if (typeof inner !== 'object' || inner === null || inner instanceof Boxed || inner instanceof CharValue)
    return plainText(value);
  if (inner instanceof PSCustomObject) return plainText(value);
  if (inner instanceof DictionaryEntryValue)
    return desktop && inner.type.name === 'DictionaryEntry' ? plainText(inner.key) : plainText(inner);
  if (inner instanceof DotNetObject && inner.type.findMember('tostring') === undefined) {
    const name = displayProperty(inner);
    if (name !== undefined) return plainText(readProperty(inner, name));
  }
  return plainText(value);
}

/** A value as a cell or a list shows it. */
export function displayText(value: Value, options: DisplayOptions): string {
  if (isNull(value)) return '';
  if (typeof value === 'string') return value;
  const elements = enumerable(value);
  if (elements) {
    const parts: string[] = [];
    let cut = false;
    for (const element of elements) {
      if (options.limit >= 0 && parts.length === options.limit) {
        cut = true;
        break;
      }
      parts.push(elementName(element, options.desktop));
    }
    return `{${parts.join(', ')}${cut ? (options.desktop ? '...' : '…') : ''}}`;
  }
  if (options.table && !options.desktop) {
    const inner = unwrap(value);
    const fraction =
      typeof inner === 'number'
        ? (inner | 0) !== inner
        : inner instanceof Boxed && ['double', 'single', 'decimal'].includes(inner.kind);
    if (fraction) return formatted(inner, 'F');
  }
  return plainText(value);
}

/** With a format: composite (`{0:N2}`) or the value's own. */
export function formatted(value: Value, format: string): string {
  if (isNull(value)) return '';
  if (format.includes('{0') || format.includes('}')) return formatPort.composite(format, value);
  return formatPort.single(format, value);
}

/** Filled by the text engine: .NET's format strings. */
export const formatPort: {
  composite: (format: string, value: Value) => string;
  single: (format: string, value: Value) => string;
} = {
  composite: (format, value) =>
    format.replace(/\{0(?::([^}]*))?\}/g, (_, f: string | undefined) =>
      f ? formatPort.single(f, value) : plainText(value),
    ),
  single(format, value) {
    try {
      return toText(hooks.invokeMethod(value, 'ToString', [format]));
    } catch (error) {
      if (error instanceof ScriptError) return plainText(value);
      throw error;
    }
  },
};
