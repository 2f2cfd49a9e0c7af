import { differences } from '../dialects/index.ts';
import { isDesktop } from './ambient.ts';
import {
  arrayListType,
  DictionaryValue,
  hashtable,
  hashtableType,
  ListValue,
  orderedDictionaryType,
} from './collections.ts';
import { decimalFromNumber, parseDecimal } from './decimal-math.ts';
import type { DotNetType } from './dotnet-type.ts';
import { objectType, typeType, runtimeType } from './dotnet-type.ts';
import { elementsOf } from './enumerate.ts';
import { enumText } from './enum-text.ts';
import { ConversionError, DotNetError, exception } from './errors.ts';
import { ScriptError } from './error-record.ts';
import { hooks } from './hooks.ts';
import type { NumericKind } from './numeric.ts';
import { integerOf, isNumeric, kindOf, rangeOf, roundHalfEven, toBig, toDouble } from './numeric.ts';
import {
  arrayBaseType,
  booleanType,
  Boxed,
  charType,
  CharValue,
  customObjectType,
  DotNetObject,
  double,
  EnumValue,
  PSArray,
  PSCustomObject,
  stringType,
  voidType,
} from './objects.ts';
import { typeConverters } from './type-converters.ts';
import { nullableType, propertyType, resolveType, typeShortName } from './registry.ts';
import { ScriptBlockValue, scriptBlockType } from './script-block.ts';
import { objectText, toText } from './text.ts';
import { isTrue } from './truth.ts';
import { typeNameOf, typeOf } from './type-of.ts';
import type { Value } from './value.ts';
import { automationNull, PSWrapped } from './value.ts';

const numericKinds: Readonly<Record<string, NumericKind>> = {
  'System.Int32': 'int32',
  'System.Int64': 'int64',
  'System.Double': 'double',
  'System.Single': 'single',
  'System.Decimal': 'decimal',
  'System.Byte': 'byte',
  'System.SByte': 'sbyte',
  'System.Int16': 'int16',
  'System.UInt16': 'uint16',
  'System.UInt32': 'uint32',
  'System.UInt64': 'uint64',
  'System.Numerics.BigInteger': 'biginteger',
};
export const numericKindOf = (type: DotNetType): NumericKind | undefined => numericKinds[type.fullName];

const overflowText: Readonly<Record<string, string>> = {
  byte: 'an unsigned byte',
  sbyte: 'a signed byte',
  int16: 'an Int16',
  uint16: 'a UInt16',
  int32: 'an Int32',
  uint32: 'a UInt32',
  int64: 'an Int64',
  uint64: 'a UInt64',
  decimal: 'a Decimal',
};
export const overflowMessage = (kind: NumericKind): string =>
  `Value was either too large or too small for ${overflowText[kind] ?? kind}.`;

const typeText = (type: DotNetType): string => type.displayName;
const quoted = (value: Value): string => (value instanceof PSArray ? objectText(value) : toText(value));

function finalError(value: Value, type: DotNetType): ConversionError {
  if (value === null || value === automationNull)
    return new ConversionError('nullToObjectInvalidCast', `Cannot convert null to type "${typeText(type)}".`);
  return new ConversionError(
    'ConvertToFinalInvalidCastException',
    `Cannot convert the "${quoted(value)}" value of type "${typeNameOf(value)}" to type "${typeText(type)}".`,
    exception(
      'System.Management.Automation.PSInvalidCastException',
      `Cannot convert the "${quoted(value)}" value of type "${typeNameOf(value)}" to type "${typeText(type)}".`,
    ),
  );
}
export function withInner(
  id: string,
  value: Value,
  type: DotNetType,
  inner: string,
  innerType = 'System.FormatException',
): ConversionError {
  const message = `Cannot convert value "${quoted(value)}" to type "${typeText(type)}". Error: "${inner}"`;
  return new ConversionError(
    id,
    message,
    exception('System.Management.Automation.PSInvalidCastException', message, exception(innerType, inner)),
  );
}

/** A single text becomes an array of one; what fails names the array, with the error of the element inside. */
function elementFromText(text: string, type: DotNetType, element: DotNetType): Value {
  try {
    return convertTo(text, element);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    const message = `Cannot convert value "${text}" to type "${typeText(type)}". Error: "${error.message}"`;
    throw new ConversionError(
      error.errorId,
      message,
      exception('System.Management.Automation.PSInvalidCastException', message, error.inner),
    );
  }
}

const formatMessage = (text: string): string =>
  isDesktop(differences.errors.invalidNumber)
    ? 'Input string was not in a correct format.'
    : `The input string '${text}' was not in a correct format.`;

/** A number written as PowerShell reads it in conversions: sign, decimal point, exponent, hex, suffixes. */
export function numberFromString(text: string): Value | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  const hex = /^([+-]?)0x([0-9a-f]+)$/i.exec(trimmed);
  if (hex) {
    const digits = hex[2] as string;
    let n = BigInt(`0x${digits}`);
    if (digits.length === 8 && n > 2147483647n) n -= 4294967296n;
    else if (digits.length === 16 && n > 9223372036854775807n) n -= 18446744073709551616n;
    if (hex[1] === '-') n = -n;
    return integerOf('int32', n) ?? integerOf('int64', n) ?? integerOf('decimal', n) ?? double(Number(n));
  }
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(ul|us|uy|[lduysn])?(kb|mb|gb|tb|pb)?$/i.exec(
    trimmed,
  );
  if (!match) {
    if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(trimmed)) return numberFromString(trimmed.replace(/,/g, ''));
    return undefined;
  }
  const digits = match[1] as string;
  const suffix = (match[2] ?? '').toLowerCase();
  const unit =
    { kb: 1024, mb: 1048576, gb: 1073741824, tb: 1099511627776, pb: 1125899906842624 }[
      (match[3] ?? '').toLowerCase()
    ] ?? 1;
  if (suffix === 'd') {
    const d = parseDecimal(digits);
    return (
      d &&
      new Boxed('decimal', unit === 1 ? d : { coefficient: d.coefficient * BigInt(unit), scale: d.scale })
    );
  }
  if (/[.e]/i.test(digits)) {
    const n = Number(digits) * unit;
    if (suffix === 'l') return integerOf('int64', BigInt(roundHalfEven(n)));
    return double(n);
  }
  const n = BigInt(digits.replace('+', '')) * BigInt(unit);
  const byPrefix: Readonly<Record<string, NumericKind>> = {
    l: 'int64',
    ul: 'uint64',
    us: 'uint16',
    uy: 'byte',
    y: 'sbyte',
    s: 'int16',
    n: 'biginteger',
  };
  const wanted = byPrefix[suffix];
  if (wanted) return integerOf(wanted, n);
  if (suffix === 'u') return integerOf('uint32', n) ?? integerOf('uint64', n);
  return integerOf('int32', n) ?? integerOf('int64', n) ?? integerOf('decimal', n) ?? double(Number(n));
}

function toNumber(value: Value, type: DotNetType, kind: NumericKind): Value {
  let source: Value = value;
  if (typeof source === 'boolean') source = source ? 1 : 0;
  else if (source instanceof CharValue) {
    if (kind === 'double' || kind === 'single' || kind === 'decimal') throw finalError(value, type);
    source = source.value.charCodeAt(0);
  } else if (source instanceof EnumValue) source = source.value;
  else if (source === null || source === automationNull) source = 0;
  if (typeof source === 'string') {
    const parsed = parseFor(source, kind);
    if (parsed === undefined) {
      const wide = numberFromString(source);
      const id =
        kind === 'double' || kind === 'single'
          ? 'InvalidCastFromStringToDoubleOrSingle'
          : kind === 'decimal'
            ? 'InvalidCastFromStringToDecimal'
            : kind === 'biginteger'
              ? 'InvalidCastParseTargetInvocation'
              : 'InvalidCastFromStringToInteger';
      if (wide !== undefined && isNumeric(wide)) {
        throw withInner(id, source, type, overflowMessage(kind), 'System.OverflowException');
      }
      throw withInner(id, source, type, formatMessage(source));
    }
    return parsed;
  }
  if (!isNumeric(source)) {
    throw finalError(value, type);
  }
  const from = kindOf(source) as NumericKind;
  if (from === kind) return source;
  const n = toDouble(source);
  if (kind === 'double') return double(n);
  if (kind === 'single') return new Boxed('single', Math.fround(n));
  const floating = from === 'double' || from === 'single' || from === 'decimal';
  if (kind === 'decimal') {
    try {
      return floating
        ? new Boxed('decimal', decimalFromNumber(n, from === 'single' ? 7 : 15))
        : (integerOf('decimal', toBig(source)) as Value);
    } catch (error) {
      if (error instanceof DotNetError)
        throw withInner('InvalidCastIConvertible', value, type, error.message, 'System.OverflowException');
      throw error;
    }
  }
  const overflow = (): ConversionError =>
    withInner('InvalidCastIConvertible', value, type, overflowMessage(kind), 'System.OverflowException');
  if (floating) {
    if (!Number.isFinite(n)) throw overflow();
    const exact =
      from === 'decimal'
        ? decimalRounded(source as Boxed)
        : BigInt(kind === 'biginteger' ? Math.trunc(n) : roundHalfEven(n));
    const result = integerOf(kind, exact);
    if (result === undefined) throw overflow();
    return result;
  }
  const result = integerOf(kind, toBig(source));
  if (result === undefined) throw overflow();
  return result;
}

function decimalRounded(value: Boxed): bigint {
  const parts = value.value as { coefficient: bigint; scale: number };
  const power = 10n ** BigInt(parts.scale);
  const quotient = parts.coefficient / power;
  const rest = parts.coefficient % power;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice > power || (twice === power && quotient % 2n !== 0n))
    return quotient + (parts.coefficient < 0n ? -1n : 1n);
  return quotient;
}

function parseFor(text: string, kind: NumericKind): Value | undefined {
  const trimmed = text.trim();
  if (kind === 'double' || kind === 'single') {
    if (trimmed === '') return kind === 'double' ? double(0) : new Boxed('single', 0);
    const lower = trimmed.toLowerCase();
    let n: number;
    if (lower === 'nan') n = NaN;
    else if (/^[+]?(infinity|∞)$/.test(lower)) n = Infinity;
    else if (/^-(infinity|∞)$/.test(lower)) n = -Infinity;
    else if (/^[+-]?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(lower)) n = Number(lower.replace(/,/g, ''));
    else {
      const other = numberFromString(trimmed);
      if (other === undefined || !isNumeric(other)) return undefined;
      n = toDouble(other);
    }
    return kind === 'double' ? double(n) : new Boxed('single', Math.fround(n));
  }
  if (kind === 'decimal') {
    if (trimmed === '') return new Boxed('decimal', { coefficient: 0n, scale: 0 });
    const d = parseDecimal(trimmed);
    if (d) return new Boxed('decimal', d);
  }
  const hex = /^0x([0-9a-f]+)$/i.exec(trimmed);
  if (hex && /^u|^byte$/.test(kind)) return integerOf(kind, BigInt(trimmed));
  const n = numberFromString(trimmed);
  if (n === undefined || !isNumeric(n)) return undefined;
  if (kind === 'biginteger') return integerOf(kind, toBig(n));
  if (kindOf(n) === kind) return n;
  const big =
    kindOf(n) === 'double'
      ? Number.isFinite(toDouble(n))
        ? BigInt(roundHalfEven(toDouble(n)))
        : undefined
      : kindOf(n) === 'decimal'
        ? decimalRounded(n as Boxed)
        : toBig(n);
  return big === undefined ? undefined : integerOf(kind, big);
}

function toEnum(value: Value, type: DotNetType): Value {
  if (value instanceof EnumValue && value.type === type) return value;
  const names = [...(type.enumValues?.keys() ?? [])];
  if (
    typeof value === 'string' ||
    (value instanceof PSArray && value.items.every((i) => typeof i === 'string'))
  ) {
    const text = typeof value === 'string' ? value : toText(value, ',');
    let result = 0n;
    for (const raw of text.split(',')) {
      const part = raw.trim();
      if (/^[+-]?\d+$/.test(part)) {
        result |= BigInt(part);
        continue;
      }
      let found = names.find((n) => n.toLowerCase() === part.toLowerCase());
      if (found === undefined && part !== '') {
        const candidates = names.filter((n) => n.toLowerCase().startsWith(part.toLowerCase()));
        if (candidates.length === 1) found = candidates[0];
        else if (candidates.length > 1)
          throw withInner(
            'SubstringDisambiguationEnumParseThrewAnException',
            text,
            type,
            `Multiple ambiguous overloads found for the identifier name ${part}.`,
          );
      }
      if (found === undefined) {
        if (text.trim() === '')
          throw withInner(
            'InvalidCastFromStringToEnum',
            text,
            type,
            `Must specify valid information for parsing in the string. (Parameter 'value')`,
            'System.ArgumentException',
          );
        throw withInner(
          'SubstringDisambiguationEnumParseThrewAnException',
          text,
          type,
          `Unable to match the identifier name ${part} to a valid enumerator name. Specify one of the following enumerator names and try again:\n${names.join(', ')}`,
          'System.Management.Automation.RuntimeException',
        );
      }
      result |= BigInt(type.enumValues?.get(found) ?? 0);
    }
    return new EnumValue(
      type,
      type.underlying === 'System.Int64' || type.underlying === 'System.UInt64' ? result : Number(result),
    );
  }
  if (value === null || value === automationNull)
    throw new ConversionError(
      'nullToEnumInvalidCast',
      `Cannot convert null to type "${typeText(type)}" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${names.join(',')}".`,
    );
  if (isNumeric(value) || value instanceof EnumValue) {
    const number = value instanceof EnumValue ? BigInt(value.value) : BigInt(roundHalfEven(toDouble(value)));
    const result = new EnumValue(type, Number(number));
    const values = [...(type.enumValues?.values() ?? [])];
    // With a negative value among them any number counts as defined.
    const defined =
      values.some((v) => v < 0) ||
      (type.isFlags
        ? (number & ~values.reduce<bigint>((all, v) => all | BigInt(v), 0n)) === 0n
        : values.some((v) => BigInt(v) === number));
    if (!defined)
      throw new ConversionError(
        'UndefinedIntegerToEnum',
        `Cannot convert value "${value instanceof EnumValue ? enumText(value) : toText(value)}" to type "${typeText(type)}" due to enumeration values that are not valid. Specify one of the following enumeration values and try again. The possible enumeration values are "${names.join(',')}".`,
      );
    return result;
  }
  throw finalError(value, type);
}

/** Elements for a conversion to an array: a scalar is one element. */
const elementList = (value: Value): readonly Value[] => elementsOf(value) ?? [value];

/** LanguagePrimitives.ConvertTo. Throws `ConversionError`. */
export function convertTo(value: Value, type: DotNetType): Value {
  if (type === objectType) return value === automationNull ? null : value;
  if (type === stringType) {
    if (typeof value === 'string') return value;
    return value instanceof PSArray ? toText(value, hooks.separator()) : toText(value);
  }
  if (type === booleanType) return isTrue(value);
  const name = type.fullName;
  if (name === 'System.Management.Automation.PSObject')
    return value instanceof DictionaryValue ? value : value;
  if (type === voidType) return automationNull;
  const bare: Value = value instanceof PSWrapped ? value.base : value === automationNull ? null : value;
  const kind = numericKinds[name];
  const own = bare instanceof DotNetObject ? bare.type : undefined;
  if (own && (kind ?? type.scriptClass ?? own.scriptClass)) {
    const converted = byOperator(bare, own, type);
    if (converted !== undefined) return converted;
  }
  if (kind) {
    if (isNumeric(bare) && kindOf(bare) === kind) return bare;
    return toNumber(
      bare instanceof PSArray && bare.items.length === 1 && !bare.lengths
        ? convertTo(bare.items[0] as Value, type)
        : bare,
      type,
      kind,
    );
  }
  if (bare === null) {
    if (type.kind === 'enum') return toEnum(null, type);
    const special = typeConverters.get(name);
    const converted = special?.(null, type);
    if (converted !== undefined) return converted;
    if (type === charType) return new CharValue('\0');
    if (type.isValueType && name !== nullableType.fullName) throw finalError(null, type);
    return null;
  }
  if (type.kind === 'enum') return toEnum(bare, type);
  const from = typeOf(bare) as DotNetType;
  if (from === type || from.isAssignableTo(type)) return value;
  if (name === nullableType.fullName) return convertTo(bare, type.genericArguments[0] as DotNetType);
  if (type === charType) {
    if (typeof bare === 'string') {
      if (bare.length === 1) return new CharValue(bare);
      throw withInner(
        'InvalidCastParseTargetInvocation',
        bare,
        type,
        'String must be exactly one character long.',
      );
    }
    if (isNumeric(bare)) {
      const n = toDouble(bare);
      const integral = kindOf(bare) !== 'double' && kindOf(bare) !== 'single' && kindOf(bare) !== 'decimal';
      if (integral && n >= 0 && n <= 65535) return new CharValue(String.fromCharCode(n));
      if (integral)
        throw withInner(
          'InvalidCastIConvertible',
          bare,
          type,
          'Value was either too large or too small for a character.',
          'System.OverflowException',
        );
      throw withInner(
        'InvalidCastIConvertible',
        bare,
        type,
        `Invalid cast from '${from.name}' to 'Char'.`,
        'System.InvalidCastException',
      );
    }
  }
  if (type.elementType) {
    const element = type.elementType;
    if (type.rank > 1) throw finalError(value, type);
    if (typeof bare === 'string' && element === charType)
      return new PSArray(
        [...Array(bare.length).keys()].map((i) => new CharValue(bare[i] as string)),
        charType,
      );
    if (bare instanceof DictionaryValue && element !== objectType)
      return new PSArray([convertTo(bare, element)], element);
    const source = elementList(bare);
    if (element === objectType) return new PSArray([...source]);
    if (typeof bare === 'string') return new PSArray([elementFromText(bare, type, element)], element);
    return new PSArray(
      source.map((item) => convertTo(item, element)),
      element,
    );
  }
  if (type === arrayBaseType) return new PSArray([...elementList(bare)]);
  const special = typeConverters.get(name);
  if (special) {
    const converted = special(bare, type);
    if (converted !== undefined) return converted;
  }
  if (type === typeType || type === runtimeType) {
    if (typeof bare === 'string') {
      const found = resolveType(bare);
      if (found) return found;
      throw new ConversionError(
        'InvalidCastFromStringToType',
        `Cannot convert the "${bare}" value of type "System.String" to type "System.Type".`,
      );
    }
  }
  if (type === hashtableType && bare instanceof DictionaryValue) {
    const copy = hashtable();
    for (const entry of bare.entries.values()) copy.set(entry.key, entry.value);
    return copy;
  }
  if (type === hashtableType) throw finalError(value, type);
  if (type === orderedDictionaryType && bare instanceof DictionaryValue) {
    const copy = new DictionaryValue(orderedDictionaryType, true);
    for (const entry of bare.entries.values()) copy.set(entry.key, entry.value);
    return copy;
  }
  if (type === arrayListType) return new ListValue(arrayListType, [...elementList(bare)]);
  if (type === scriptBlockType && !(bare instanceof ScriptBlockValue)) throw finalError(value, type);
  if (type === customObjectType) return bare instanceof PSCustomObject ? bare : value;
  if (type.kind === 'interface') {
    const generic = type.genericArguments[0];
    if (
      (name === 'System.Collections.Generic.IEnumerable`1' ||
        name === 'System.Collections.Generic.IList`1' ||
        name === 'System.Collections.Generic.ICollection`1') &&
      generic
    )
      return new PSArray(
        elementList(bare).map((i) => convertTo(i, generic)),
        generic,
      );
    if (
      name === 'System.Collections.IEnumerable' ||
      name === 'System.Collections.IList' ||
      name === 'System.Collections.ICollection'
    )
      return new PSArray([...elementList(bare)]);
  }
  if (type.kind === 'delegate' && bare instanceof ScriptBlockValue) return bare;
  return construct(bare, type) ?? fail(value, type);
}

/** A script class's own `op_Implicit` or `op_Explicit`, of the type converted from or to. */
function byOperator(value: Value, from: DotNetType, to: DotNetType): Value | undefined {
  if (from.isAssignableTo(to)) return undefined;
  for (const owner of [from, to])
    for (const name of ['op_implicit', 'op_explicit']) {
      const member = owner.scriptClass ? owner.findMember(name, true) : undefined;
      if (member?.kind !== 'method') continue;
      const returns = `${typeShortName(to)} `;
      if (member.overloads.some((o) => o.signature.startsWith(returns)))
        return hooks.invokeStatic(owner, member.name, [value]);
    }
  return undefined;
}

/** Whether a constructor of a script class takes a value as it is: of that type, or a number that widens. */
function fits(signature: string, value: Value): boolean {
  const parameter = /\((\S+) \w+\)$/.exec(signature)?.[1];
  const type = parameter === undefined ? undefined : resolveType(parameter);
  if (!type) return false;
  const from = typeOf(value);
  if (from?.isAssignableTo(type)) return true;
  if (typeof value === 'string') return false;
  return !isNumeric(value) || numericKinds[type.fullName] !== undefined;
}

function fail(value: Value, type: DotNetType): never {
  throw finalError(value, type);
}

/** Conversion by Parse, a constructor with one argument, or properties from a dictionary or custom object. */
function construct(value: Value, type: DotNetType): Value | undefined {
  if (typeof value === 'string') {
    const parse = type.findMember('parse', true);
    if (parse?.kind === 'method') {
      try {
        return hooks.invokeStatic(type, 'Parse', [value]);
      } catch (error) {
        const inner = innermost(error);
        if (inner === undefined) throw error;
        throw withInner('InvalidCastParseTargetInvocation', value, type, inner);
      }
    }
  }
  const fromBag = value instanceof DictionaryValue || value instanceof PSCustomObject;
  if (type.constructors.length > 0 && !type.isAbstract) {
    const unary = type.constructors.some(
      (c) => /\([^(),]+\)$/.test(c.signature) && (!type.scriptClass || fits(c.signature, value)),
    );
    if (
      fromBag &&
      !(
        unary &&
        type.constructors.some((c) =>
          /\((hashtable|System\.Collections\.(Hashtable|IDictionary)|IDictionary|object) \w+\)$/i.test(
            c.signature,
          ),
        )
      )
    ) {
      if (type.constructors.some((c) => c.signature.endsWith('()'))) return fillObject(value, type);
      return undefined;
    }
    if (unary) {
      try {
        return hooks.invokeStatic(type, 'new', [value]);
      } catch (error) {
        if (
          error instanceof ScriptError &&
          /^MethodCountCouldNotFindBest|^MethodArgumentConversion|^ConstructorInvoked/.test(
            error.record.errorId,
          )
        )
          return undefined;
        if (type.scriptClass && error instanceof ScriptError) {
          // What its constructor threw is an error of its own.
          hooks.recordError(error.record);
          const { message } = error.record.exception;
          throw withInner('InvalidCastConstructorException', value, type, message);
        }
        const inner = innermost(error);
        if (inner === undefined) throw error;
        throw withInner('InvalidCastConstructorException', value, type, inner);
      }
    }
  }
  return undefined;
}

function innermost(error: unknown): string | undefined {
  if (error instanceof DotNetError) return error.message;
  if (error instanceof ScriptError) return (error.record.exception.inner ?? error.record.exception).message;
  return undefined;
}

function fillObject(value: Value, type: DotNetType): Value {
  const object = hooks.invokeStatic(type, 'new', []);
  setProperties(object, value, type);
  return object;
}

/** Sets the properties named by a dictionary or custom object on a fresh object. */
export function setProperties(object: Value, source: Value, type: DotNetType): void {
  const pairs: (readonly [string, Value])[] = [];
  if (source instanceof DictionaryValue)
    for (const e of source.entries.values()) pairs.push([toText(e.key), e.value]);
  else if (source instanceof PSCustomObject)
    for (const m of source.members) if (m.kind === 'NoteProperty') pairs.push([m.name, m.value]);
  for (const [name, v] of pairs) {
    const member = type.findMember(name.toLowerCase());
    if (member?.kind !== 'property' || !member.set) {
      const settable: string[] = [];
      for (let t: DotNetType | null = type; t; t = t.baseType)
        for (const m of t.instanceMembers.values())
          if (m.kind === 'property' && m.set)
            settable.push(`[${m.name} <${(propertyType(m) ?? objectType).displayName}>]`);
      throw new ConversionError(
        'ObjectCreationError',
        `Cannot create object of type "${type.displayName}". The property '${name}' was not found for the '${type.displayName}' object. ${
          settable.length > 0
            ? `The settable properties are: ${settable.join(', ')}.`
            : 'There is no settable property available.'
        }`,
      );
    }
    try {
      const target = propertyType(member);
      hooks.setProperty(object, name, target ? convertTo(v, target) : v);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      throw new ConversionError(
        'ObjectCreationError',
        `Cannot create object of type "${type.displayName}". ${error.message}`,
      );
    }
  }
}

export { rangeOf, typeShortName };
