import { allocate, outOfMemory } from './memory.ts';
import { DictionaryValue, ListValue } from './collections.ts';
import { convertTo, numberFromString } from './convert.ts';
import { elementsOf } from './enumerate.ts';
import { ConversionError, DotNetError, runtimeError } from './errors.ts';
import { hooks } from './hooks.ts';
import type { ArithmeticOperator, Numeric } from './numeric.ts';
import {
  arithmetic,
  isNumeric,
  kindOf,
  toBig,
  toDouble,
  roundHalfEven,
  integerOf,
  enumNumber,
} from './numeric.ts';
import { Boxed, CharValue, double, EnumValue, int32Type, PSArray } from './objects.ts';
import { DateTimeValue, TimeSpanValue, DateTimeOffsetValue } from './scalars.ts';
import { toText } from './text.ts';
import { ScriptError } from './error-record.ts';
import { typeNameOf, typeOf } from './type-of.ts';
import type { Value } from './value.ts';
import { automationNull, unwrap } from './value.ts';

const methodNames: Record<ArithmeticOperator, string> = {
  '+': 'op_Addition',
  '-': 'op_Subtraction',
  '*': 'op_Multiply',
  '/': 'op_Division',
  '%': 'op_Modulus',
};

/** Texts up to this length come and go too often to be counted each. */
const longText = 4096;

/** .NET exceptions of arithmetic become runtime errors with id RuntimeException. */
function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DotNetError)
      throw runtimeError('RuntimeException', error.message, 'NotSpecified', null, undefined, error.exception);
    if (error instanceof ConversionError)
      throw runtimeError(error.errorId, error.message, 'InvalidArgument', null, undefined, error.inner);
    throw error;
  }
}

function operand(value: Value): Numeric | undefined {
  if (isNumeric(value)) return value;
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof CharValue) return value.value.charCodeAt(0);
  if (value instanceof EnumValue) return enumNumber(value);
  if (typeof value === 'string') {
    const n = numberFromString(value);
    if (n === undefined || !isNumeric(n)) {
      convertTo(value, int32Type);
      return undefined;
    }
    return n;
  }
  return undefined;
}

function noOperator(op: ArithmeticOperator, left: Value): never {
  throw runtimeError(
    'MethodNotFound',
    `Method invocation failed because [${typeNameOf(left)}] does not contain a method named '${methodNames[op]}'.`,
    'InvalidOperation',
    methodNames[op],
  );
}

function userOperator(op: ArithmeticOperator, left: Value, right: Value): Value | undefined {
  const name = methodNames[op].toLowerCase();
  for (const side of [left, right]) {
    const type = typeOf(side);
    if (!type || isNumeric(side) || typeof side === 'string') continue;
    const member = type.findMember(name, true);
    if (member?.kind !== 'method') continue;
    try {
      return hooks.invokeStatic(type, methodNames[op], [left, right]);
    } catch (error) {
      if (!type.scriptClass || !(error instanceof ScriptError)) throw error;
      hooks.recordError(error.record);
      const { exception } = error.record;
      throw runtimeError(
        'DotNetMethodException',
        `Exception calling "${methodNames[op]}" with "2" argument(s): "${exception.message}"`,
        'NotSpecified',
        null,
        'System.Management.Automation.MethodInvocationException',
        exception,
      );
    }
  }
  return undefined;
}

const numbers = (op: ArithmeticOperator, a: Value, b: Value): Value => {
  const x = operand(a);
  const y = operand(b);
  if (x === undefined) return noOperator(op, a);
  if (y === undefined) return noOperator(op, b);
  return arithmetic(op, x, y);
};

export function add(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const r = a + b;
    if ((r | 0) === r) return (a | 0) === a && (b | 0) === b ? r : double(r);
    return r;
  }
  if (typeof a === 'string') {
    const more = typeof b === 'string' ? b : toText(b);
    if (a.length + more.length > longText) guard(() => allocate(2 * (a.length + more.length)));
    return a + more;
  }
  return guard(() => addSlow(a, b));
}
function addSlow(left: Value, right: Value): Value {
  const a = unwrap(left);
  const b = unwrap(right);
  if (a === null) {
    if (b === null) return null;
    return b instanceof CharValue ? b : right === automationNull ? null : right;
  }
  if (typeof a === 'string') return a + toText(b);
  if (a instanceof CharValue && (typeof b === 'string' || b instanceof CharValue)) return a.value + toText(b);
  const items = elementsOf(a);
  if (items) {
    const more = right === automationNull ? [] : (elementsOf(b) ?? [b]);
    allocate(16 * (items.length + more.length));
    return new PSArray([...items, ...more]);
  }
  if (a instanceof DictionaryValue) {
    if (b === null) return a;
    if (!(b instanceof DictionaryValue))
      throw runtimeError(
        'AddHashTableToNonHashTable',
        'A hash table can only be added to another hash table.',
      );
    const result = new DictionaryValue(a.type, a.ignoreCase);
    for (const e of a.entries.values()) result.set(e.key, e.value);
    for (const e of b.entries.values()) {
      if (result.has(e.key))
        throw runtimeError(
          'System.ArgumentException',
          `Item has already been added. Key in dictionary: '${toText(e.key)}'  Key being added: '${toText(e.key)}'`,
          'OperationStopped',
          null,
          'System.ArgumentException',
        );
      result.set(e.key, e.value);
    }
    return result;
  }
  if (a instanceof DateTimeValue && (b instanceof TimeSpanValue || typeof b === 'string')) {
    const span =
      b instanceof TimeSpanValue
        ? b
        : (convertTo(b, typeOf(new TimeSpanValue(0n)) as never) as TimeSpanValue);
    return new DateTimeValue(a.ticks + span.ticks, a.kind);
  }
  if (a instanceof DateTimeValue && b instanceof DateTimeValue) {
    const text = toText(b);
    const span = 'System.TimeSpan';
    throw runtimeError(
      'MethodArgumentConversionInvalidCastArgument',
      `Cannot convert argument "1", with value: "${text}", for "op_Addition" to type "${span}": "Cannot convert value "${text}" to type "${span}". Error: "Invalid cast from 'System.DateTime' to 'System.TimeSpan'.""`,
      'NotSpecified',
      null,
      'System.Management.Automation.MethodException',
    );
  }
  if (a instanceof DateTimeOffsetValue && b instanceof TimeSpanValue)
    return new DateTimeOffsetValue(a.ticks + b.ticks, a.offset);
  if (a instanceof TimeSpanValue) {
    const span = b instanceof TimeSpanValue ? b : (convertTo(b, a.dotNetType) as TimeSpanValue);
    return new TimeSpanValue(a.ticks + span.ticks);
  }
  const user = userOperator('+', a, b);
  if (user !== undefined) return user;
  return ofEnum(a, numbers('+', a, b));
}
/** A sum or difference that starts with an enum value is one of that enum. */
const ofEnum = (left: Value, result: Value): Value =>
  left instanceof EnumValue && (typeof result === 'number' || typeof result === 'bigint')
    ? new EnumValue(left.type, result)
    : result;

export function subtract(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const r = a - b;
    if ((r | 0) === r) return (a | 0) === a && (b | 0) === b ? r | 0 : double(r);
    return r;
  }
  return guard(() => {
    const x = unwrap(a);
    const y = unwrap(b);
    if (x instanceof DateTimeValue) {
      if (y instanceof DateTimeValue) return new TimeSpanValue(x.ticks - y.ticks);
      if (y instanceof TimeSpanValue) return new DateTimeValue(x.ticks - y.ticks, x.kind);
      if (typeof y === 'string')
        return new TimeSpanValue(x.ticks - (convertTo(y, x.dotNetType) as DateTimeValue).ticks);
    }
    if (x instanceof DateTimeOffsetValue) {
      if (y instanceof DateTimeOffsetValue)
        return new TimeSpanValue(x.ticks - x.offset - (y.ticks - y.offset));
      if (y instanceof TimeSpanValue) return new DateTimeOffsetValue(x.ticks - y.ticks, x.offset);
    }
    if (x instanceof TimeSpanValue)
      return new TimeSpanValue(x.ticks - (convertTo(y, x.dotNetType) as TimeSpanValue).ticks);
    const user = userOperator('-', x, y);
    return user !== undefined ? user : ofEnum(x, numbers('-', x, y));
  });
}

export function multiply(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    const r = a * b;
    if ((r | 0) === r) return (a | 0) === a && (b | 0) === b ? r | 0 : double(r);
    return r;
  }
  return guard(() => {
    const x = unwrap(a);
    const y = unwrap(b);
    if (typeof x === 'string') {
      const n = Number(convertTo(y, int32Type));
      if (n < 0) negativeTimes(n);
      allocate(2 * x.length * n);
      return x.repeat(n);
    }
    if (x instanceof PSArray || x instanceof ListValue) {
      const n = Number(convertTo(y, int32Type));
      if (n < 0) negativeTimes(n);
      allocate(16 * x.items.length * n);
      const result: Value[] = [];
      if (x.items.length > 0) for (let i = 0; i < n; i++) for (const item of x.items) result.push(item);
      return new PSArray(result, x instanceof PSArray ? x.elementType : undefined);
    }
    if (x === null) return null;
    const user = userOperator('*', x, y);
    if (user !== undefined) return user;
    if (x instanceof TimeSpanValue)
      return new TimeSpanValue(BigInt(roundHalfEven(Number(x.ticks) * toDouble(y as Numeric))));
    return numbers('*', x, y);
  });
}
function negativeTimes(n: number): never {
  throw runtimeError(
    'InvalidCastIConvertible',
    `Cannot convert value "${n}" to type "System.UInt32". Error: "Value was either too large or too small for a UInt32."`,
    'InvalidArgument',
  );
}

export function divide(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && (a | 0) === a && (b | 0) === b && b !== 0) {
    const r = a / b;
    return (r | 0) === r ? r | 0 : r;
  }
  return guard(() => {
    const x = unwrap(a);
    const y = unwrap(b);
    if (x instanceof TimeSpanValue) {
      if (y instanceof TimeSpanValue) return double(Number(x.ticks) / Number(y.ticks));
      if (isNumeric(y)) return new TimeSpanValue(BigInt(roundHalfEven(Number(x.ticks) / toDouble(y))));
    }
    const user = userOperator('/', x, y);
    return user !== undefined ? user : numbers('/', x, y);
  });
}

export function remainder(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number' && (a | 0) === a && (b | 0) === b && b !== 0)
    return (a % b) | 0;
  return guard(() => {
    const x = unwrap(a);
    const y = unwrap(b);
    const user = userOperator('%', x, y);
    return user !== undefined ? user : numbers('%', x, y);
  });
}

export function negate(value: Value): Value {
  if (typeof value === 'number' && value !== 0 && value !== -2147483648) return -value;
  const v = unwrap(value);
  if (v instanceof TimeSpanValue) return new TimeSpanValue(-v.ticks);
  if (v instanceof Boxed && v.kind === 'double') return double(-(v.value as number));
  if (v instanceof Boxed && v.kind === 'decimal') return multiply(v, -1);
  return subtract(0, value);
}
export function unaryPlus(value: Value): Value {
  const v = unwrap(value);
  return isNumeric(v) ? v : add(0, v);
}

/** `++` and `--`: numbers only. */
export function increment(value: Value, by: 1 | -1): Value {
  if (typeof value === 'number') {
    const r = value + by;
    return (r | 0) === r && (value | 0) !== value ? double(r) : r;
  }
  const v = unwrap(value);
  if (v === null) return by;
  if (v instanceof EnumValue) return arithmetic('+', enumNumber(v), by);
  if (isNumeric(v)) return guard(() => arithmetic('+', v, by));
  throw runtimeError(
    'OperatorRequiresNumber',
    `The '${by === 1 ? '++' : '--'}' operator works only on numbers. The operand is a '${typeNameOf(v)}'.`,
  );
}

/** Operand of a bitwise operator: Int32, or Int64 or UInt64 where it needs more. */
function bits(value: Value): { n: bigint; kind: 'int32' | 'int64' | 'uint64' | 'uint32' | 'biginteger' } {
  let v = unwrap(value);
  if (typeof v === 'string') v = numberFromString(v) ?? convertTo(v, int32Type);
  if (v === null) return { n: 0n, kind: 'int32' };
  if (typeof v === 'boolean') return { n: v ? 1n : 0n, kind: 'int32' };
  if (v instanceof CharValue) return { n: BigInt(v.value.charCodeAt(0)), kind: 'int32' };
  if (v instanceof EnumValue) v = v.value;
  if (!isNumeric(v)) v = convertTo(v, int32Type);
  const kind = kindOf(v);
  if (kind === 'double' || kind === 'single' || kind === 'decimal') {
    const n = BigInt(roundHalfEven(toDouble(v as Numeric)));
    return n >= -2147483648n && n <= 2147483647n
      ? { n, kind: 'int32' }
      : { n, kind: n > 9223372036854775807n ? 'uint64' : 'int64' };
  }
  const n = toBig(v as Numeric);
  return {
    n,
    kind:
      kind === 'int64' || kind === 'uint64' || kind === 'uint32' || kind === 'biginteger' ? kind : 'int32',
  };
}

const order = ['int32', 'uint32', 'int64', 'uint64', 'biginteger'] as const;

export function bitwise(op: 'and' | 'or' | 'xor', left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number' && (left | 0) === left && (right | 0) === right)
    return op === 'and' ? left & right : op === 'or' ? left | right : left ^ right;
  return guard(() => {
    const a = unwrap(left);
    if (a instanceof EnumValue) {
      const other = convertTo(right, a.type) as EnumValue;
      const x = BigInt(a.value);
      const y = BigInt(other.value);
      const r = op === 'and' ? x & y : op === 'or' ? x | y : x ^ y;
      return new EnumValue(a.type, typeof a.value === 'bigint' ? r : Number(r));
    }
    const x = bits(left);
    const y = bits(right);
    const kind = order.indexOf(x.kind) >= order.indexOf(y.kind) ? x.kind : y.kind;
    const r = op === 'and' ? x.n & y.n : op === 'or' ? x.n | y.n : x.n ^ y.n;
    return (
      integerOf(
        kind,
        kind === 'int64'
          ? BigInt.asIntN(64, r)
          : kind === 'uint64'
            ? BigInt.asUintN(64, r)
            : kind === 'uint32'
              ? BigInt.asUintN(32, r)
              : r,
      ) ??
      integerOf('int64', r) ??
      double(Number(r))
    );
  });
}
export function bitwiseNot(value: Value): Value {
  return guard(() => {
    const v = unwrap(value);
    if (v instanceof EnumValue)
      return new EnumValue(v.type, typeof v.value === 'bigint' ? ~v.value : ~v.value);
    const x = bits(value);
    if (x.kind === 'uint64') return new Boxed('uint64', BigInt.asUintN(64, ~x.n));
    if (x.kind === 'uint32') return new Boxed('uint32', Number(BigInt.asUintN(32, ~x.n)));
    return integerOf(x.kind, ~x.n) as Value;
  });
}
export function shift(op: 'shl' | 'shr', left: Value, right: Value): Value {
  return guard(() => {
    const x = bits(left);
    const by = Number(convertTo(right, int32Type));
    switch (x.kind) {
      case 'int32':
        return op === 'shl' ? Number(x.n) << (by & 31) : Number(x.n) >> (by & 31);
      case 'uint32':
        return new Boxed(
          'uint32',
          op === 'shl' ? (Number(x.n) << (by & 31)) >>> 0 : Number(x.n) >>> (by & 31),
        );
      case 'int64':
        return op === 'shl' ? BigInt.asIntN(64, x.n << BigInt(by & 63)) : x.n >> BigInt(by & 63);
      case 'uint64':
        return new Boxed(
          'uint64',
          op === 'shl' ? BigInt.asUintN(64, x.n << BigInt(by & 63)) : x.n >> BigInt(by & 63),
        );
      case 'biginteger':
        return new Boxed('biginteger', op === 'shl' ? x.n << BigInt(by) : x.n >> BigInt(by));
    }
  });
}

/** An end of a range: what is no number fails as .NET's own conversion does. */
function rangeEnd(value: Value): number {
  if (value instanceof PSArray)
    throw runtimeError(
      'System.InvalidCastException',
      "Unable to cast object of type 'System.Object[]' to type 'System.IConvertible'.",
      'OperationStopped',
      null,
      'System.InvalidCastException',
    );
  try {
    return Number(convertTo(value, int32Type));
  } catch (error) {
    if (!(error instanceof ConversionError) || typeof value !== 'string') throw error;
    const text = `The input string '${value}' was not in a correct format.`;
    throw runtimeError('System.FormatException', text, 'OperationStopped', null, 'System.FormatException');
  }
}

/** Elements that a range may have: more would not fit into the memory of a session. */
const rangeLimit = 25_000_000;

/** `a..b`. */
export function range(left: Value, right: Value): PSArray {
  const a = unwrap(left);
  const b = unwrap(right);
  const isChar = (v: Value): boolean =>
    v instanceof CharValue || (typeof v === 'string' && v.length === 1 && !/\d/.test(v));
  if (isChar(a) && isChar(b)) {
    const from = toText(a).charCodeAt(0);
    const to = toText(b).charCodeAt(0);
    const chars: Value[] = [];
    if (from <= to) for (let c = from; c <= to; c++) chars.push(new CharValue(String.fromCharCode(c)));
    else for (let c = from; c >= to; c--) chars.push(new CharValue(String.fromCharCode(c)));
    return new PSArray(chars);
  }
  return guard(() => {
    const from = rangeEnd(a);
    const to = rangeEnd(b);
    if (Math.abs(to - from) >= rangeLimit) throw outOfMemory();
    allocate(16 * (Math.abs(to - from) + 1));
    const items: Value[] = [];
    if (from <= to) for (let i = from; i <= to; i++) items.push(i);
    else for (let i = from; i >= to; i--) items.push(i);
    return new PSArray(items);
  });
}
