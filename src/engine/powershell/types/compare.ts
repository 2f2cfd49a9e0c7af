import { DictionaryValue } from './collections.ts';
import { ConversionError, runtimeError } from './errors.ts';
import { convertTo } from './convert.ts';
import { DotNetType, typeType } from './dotnet-type.ts';
import { isTrue } from './truth.ts';
import { compareNumbers, isNumeric } from './numeric.ts';
import type { Numeric } from './numeric.ts';
import { Boxed, CharValue, EnumValue, stringType } from './objects.ts';
import { DateTimeOffsetValue, DateTimeValue, GuidValue, TimeSpanValue, VersionValue } from './scalars.ts';
import { toText } from './text.ts';
import { typeNameOf, typeOf } from './type-of.ts';
import type { Value } from './value.ts';
import { unwrap } from './value.ts';
import { hooks } from './hooks.ts';

/** Order of two characters in the invariant culture, near enough: punctuation, digits, letters; case breaks ties. */
function collationWeight(code: number): number {
  if (code >= 0x30 && code <= 0x39) return 0x1000 + code;
  if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) return 0x2000 + (code | 0x20) * 4;
  if (code < 0x80) return punctuationOrder[code] ?? code;
  const folded = foldAccents(code);
  if (folded !== undefined) return 0x2000 + folded * 4;
  return 0x10000 + code;
}
const punctuationOrder: number[] = (() => {
  const order: number[] = [];
  [...'\t\n\v\f\r _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$'].forEach(
    (c, i) => (order[c.charCodeAt(0)] = 0x100 + i),
  );
  return order;
})();
function foldAccents(code: number): number | undefined {
  const base = String.fromCharCode(code).normalize('NFD').toLowerCase().charCodeAt(0);
  return base >= 0x61 && base <= 0x7a ? base : undefined;
}
const isIgnorable = (code: number): boolean =>
  code < 9 || (code > 13 && code < 32) || code === 0x7f || code === 0xad || code === 0x200b;

/** Culture comparison as `-lt`, Sort-Object and String.Compare use it: -1, 0, 1. */
export function compareText(left: string, right: string, ignoreCase: boolean): number {
  if (left === right) return 0;
  let i = 0;
  let j = 0;
  let tie = 0;
  for (;;) {
    while (i < left.length && isIgnorable(left.charCodeAt(i))) i++;
    while (j < right.length && isIgnorable(right.charCodeAt(j))) j++;
    if (i >= left.length || j >= right.length) break;
    const a = left.charCodeAt(i++);
    const b = right.charCodeAt(j++);
    if (a === b) continue;
    const x = collationWeight(a);
    const y = collationWeight(b);
    if (x !== y) return x < y ? -1 : 1;
    if (tie === 0) {
      const accentA = a >= 0x80 ? 1 : 0;
      const accentB = b >= 0x80 ? 1 : 0;
      if (accentA !== accentB) tie = accentA < accentB ? -2 : 2;
      // Lower case comes before upper case.
      else if (!ignoreCase) tie = a > b ? -1 : 1;
    }
  }
  if (i < left.length) return 1;
  if (j < right.length) return -1;
  return tie === 0 ? 0 : tie < 0 ? -1 : 1;
}

export function equalText(left: string, right: string, ignoreCase: boolean): boolean {
  if (left === right) return true;
  if (!ignoreCase || left.length !== right.length) return false;
  return left.toLowerCase() === right.toLowerCase() || left.toUpperCase() === right.toUpperCase();
}

/** `-eq` on two scalars: the right side is converted to the type of the left. */
export function equals(left: Value, right: Value, ignoreCase = true): boolean {
  const a = unwrap(left);
  const b = unwrap(right);
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (typeof a === 'string' && typeof b === 'string') return equalText(a, b, ignoreCase);
  if (a === null || b === null) return a === b;
  if (a === b) return true;
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b) === 0;
  if (typeof a === 'string') {
    if (b instanceof DotNetType)
      return equalText(a, b.displayName, ignoreCase) || equalText(a, toText(b), ignoreCase);
    return equalText(a, toText(b), ignoreCase);
  }
  if (typeof a === 'boolean') return a === isTrue(b);
  if (a instanceof CharValue) {
    if (b instanceof CharValue) return equalText(a.value, b.value, ignoreCase);
    if (typeof b === 'string') return b.length === 1 && equalText(a.value, b, ignoreCase);
    if (isNumeric(b)) return compareNumbers(a.value.charCodeAt(0), b) === 0;
    return false;
  }
  if (a instanceof EnumValue && b instanceof EnumValue)
    return a.type === b.type && BigInt(a.value) === BigInt(b.value);
  if (a instanceof DictionaryValue) return false;
  const direct = sameScalar(a, b);
  if (direct !== undefined) return direct;
  if (
    typeof a === 'object' &&
    typeOf(a) &&
    'dotNetType' in a &&
    a.dotNetType.findMember('equals')?.kind === 'method' &&
    a.dotNetType.scriptClass
  )
    return isTrue(hooks.invokeMethod(a, 'Equals', [b]));
  const type = typeOf(a);
  if (
    !type ||
    type === typeType ||
    (type.kind !== 'struct' && !convertible.has(type.fullName) && type.kind !== 'enum')
  ) {
    return false;
  }
  try {
    const converted = convertTo(b, type);
    if (isNumeric(a) && isNumeric(converted)) return compareNumbers(a, converted) === 0;
    if (a instanceof EnumValue && converted instanceof EnumValue)
      return BigInt(a.value) === BigInt(converted.value);
    return sameScalar(a, converted) ?? a === converted;
  } catch {
    return false;
  }
}
const convertible = new Set(['System.Version', 'System.Uri', 'System.Management.Automation.SemanticVersion']);

function sameScalar(a: Value, b: Value): boolean | undefined {
  if (a instanceof DateTimeValue && b instanceof DateTimeValue) return a.ticks === b.ticks;
  if (a instanceof TimeSpanValue && b instanceof TimeSpanValue) return a.ticks === b.ticks;
  if (a instanceof GuidValue && b instanceof GuidValue) return a.text === b.text;
  if (a instanceof VersionValue && b instanceof VersionValue) return compareVersions(a, b) === 0;
  if (a instanceof DateTimeOffsetValue && b instanceof DateTimeOffsetValue)
    return a.ticks - a.offset === b.ticks - b.offset;
  if (a instanceof Boxed && b instanceof Boxed) return compareNumbers(a, b) === 0;
  if (
    typeof a === 'object' &&
    a !== null &&
    'hashKey' in a &&
    typeof b === 'object' &&
    b !== null &&
    'hashKey' in b
  )
    return (a as { hashKey(): string }).hashKey() === (b as { hashKey(): string }).hashKey();
  return undefined;
}

const compareVersions = (a: VersionValue, b: VersionValue): number =>
  Math.sign(a.major - b.major) ||
  Math.sign(a.minor - b.minor) ||
  Math.sign(a.build - b.build) ||
  Math.sign(a.revision - b.revision);
const bigOrder = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of two scalars as `-lt` and Sort-Object see it; throws PowerShell's error where there is none. */
export function compare(left: Value, right: Value, ignoreCase = true): number {
  const a = unwrap(left);
  const b = unwrap(right);
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b, ignoreCase);
  if (a === null) {
    if (b === null) return 0;
    if (isNumeric(b)) return compareNumbers(b, 0) < 0 ? 1 : -1;
    return -1;
  }
  if (b === null) {
    if (isNumeric(a)) return compareNumbers(a, 0) < 0 ? -1 : 1;
    return 1;
  }
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (typeof a === 'string') return compareText(a, toText(b), ignoreCase);
  const type = typeOf(a) as DotNetType;
  if (a instanceof DictionaryValue && !equals(a, b, ignoreCase)) throw notComparable(a);
  let other: Value;
  try {
    if (isNumeric(a))
      other = typeof b === 'string' ? (convertTo(b, stringNumberTarget(a, b)) as Value) : convertTo(b, type);
    else other = convertTo(b, type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    // What is no number beside a number fails as the conversion itself.
    if (isNumeric(a) && typeof b === 'string')
      throw runtimeError(error.errorId, error.message, 'InvalidArgument', null, undefined, error.inner);
    throw runtimeError(
      'ComparisonFailure',
      `Could not compare "${toText(a)}" to "${toText(b)}". Error: "${error.message}"`,
    );
  }
  if (isNumeric(a) && isNumeric(other)) return compareNumbers(a as Numeric, other as Numeric);
  if (a instanceof DateTimeValue && other instanceof DateTimeValue) return bigOrder(a.ticks, other.ticks);
  if (a instanceof TimeSpanValue && other instanceof TimeSpanValue) return bigOrder(a.ticks, other.ticks);
  if (a instanceof DateTimeOffsetValue && other instanceof DateTimeOffsetValue)
    return bigOrder(a.ticks - a.offset, other.ticks - other.offset);
  if (a instanceof VersionValue && other instanceof VersionValue) return compareVersions(a, other);
  if (a instanceof GuidValue && other instanceof GuidValue)
    return a.text < other.text ? -1 : a.text > other.text ? 1 : 0;
  if (typeof a === 'boolean' && typeof other === 'boolean') return Number(a) - Number(other);
  if (a instanceof CharValue && other instanceof CharValue)
    return ignoreCase
      ? Math.sign(a.value.toUpperCase().charCodeAt(0) - other.value.toUpperCase().charCodeAt(0))
      : Math.sign(a.value.charCodeAt(0) - other.value.charCodeAt(0));
  if (a instanceof EnumValue && other instanceof EnumValue)
    return bigOrder(BigInt(a.value), BigInt(other.value));
  const comparer = type.findMember('compareto');
  if (comparer?.kind === 'method') return Number(hooks.invokeMethod(a, 'CompareTo', [other]));
  if (equals(a, other, ignoreCase)) return 0;
  throw notComparable(a);
}
const notComparable = (value: Value): Error =>
  runtimeError('NotIcomparable', `Cannot compare "${toText(value)}" because it is not IComparable.`);
/** A string beside a number is read as the kind of number it looks like. */
const stringNumberTarget = (a: Numeric, b: string): DotNetType =>
  typeof a === 'number' && (a | 0) === a && /[.eE]/.test(b) && !/^\s*0x/i.test(b)
    ? (typeOf(1.5) as DotNetType)
    : (typeOf(a) as DotNetType);

export const typeNameForMessage = (value: Value): string => typeNameOf(value);
export const isString = (value: Value): boolean => typeOf(value) === stringType;
