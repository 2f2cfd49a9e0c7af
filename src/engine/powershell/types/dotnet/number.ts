import { differences } from '../../dialects/index.ts';
import {
  compareNumbers,
  integerOf,
  isNumeric,
  kindOf,
  rangeOf,
  roundHalfEven,
  toBig,
  toDecimal,
  toDouble,
} from '../numeric.ts';
import type { Numeric, NumericKind } from '../numeric.ts';
import { convertTo, overflowMessage } from '../convert.ts';
import { parseDecimal } from '../decimal-math.ts';
import type { DotNetMember, DotNetType } from '../dotnet-type.ts';
import { ConversionError, dotNetError } from '../errors.ts';
import { formatValue, separated } from '../format-port.ts';
import { numberText } from '../number-text.ts';
import * as objects from '../objects.ts';
import { Boxed, double, EnumValue } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import type { Value } from '../value.ts';
import { isDesktop } from '../ambient.ts';
import { cultureOf } from './culture.ts';
import { method, staticMethod, staticProperty } from './define.ts';
import { isReference } from '../../compile/reference.ts';
import { toText } from '../text.ts';

/** A number's text with the separators of a culture, as the invariant one writes it. */
function plainNumber(text: Value | undefined, provider: Value | undefined): Value {
  const { decimalSeparator, groupSeparator } = cultureOf(provider);
  if (decimalSeparator === undefined || typeof text !== 'string') return text ?? null;
  return text
    .split(groupSeparator ?? ',')
    .join('')
    .replace(decimalSeparator, '.');
}

defineEnum('System.MidpointRounding', 'ToEven,AwayFromZero,ToZero,ToNegativeInfinity,ToPositiveInfinity');
defineEnum(
  'System.Globalization.NumberStyles',
  'None=0,AllowLeadingWhite=1,AllowTrailingWhite=2,AllowLeadingSign=4,Integer=7,AllowTrailingSign=8,AllowParentheses=16,AllowDecimalPoint=32,AllowThousands=64,Number=111,AllowExponent=128,Float=167,AllowCurrencySymbol=256,Currency=383,Any=511,AllowHexSpecifier=512,HexNumber=515',
  true,
);

const formatError = (text: string): Error =>
  dotNetError(
    'System.FormatException',
    isDesktop(differences.errors.invalidNumber)
      ? 'Input string was not in a correct format.'
      : `The input string '${text}' was not in a correct format.`,
  );

/** `Parse` of a kind: undefined where the text is no number. */
export function parseNumber(text: string, kind: NumericKind, hex: boolean): Value | undefined {
  const trimmed = text.trim();
  if (kind === 'double' || kind === 'single') {
    const plain = trimmed.replace(/,/g, '');
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain))
      return kind === 'double' ? double(Number(plain)) : new Boxed('single', Math.fround(Number(plain)));
    if (/^nan$/i.test(plain)) return kind === 'double' ? NaN : new Boxed('single', NaN);
    if (/^-?(infinity|∞)$/i.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
    return undefined;
  }
  if (kind === 'decimal') {
    if (/e/i.test(trimmed)) return undefined;
    const d = parseDecimal(trimmed);
    return d && new Boxed('decimal', d);
  }
  if (hex) {
    if (!/^[0-9a-f]+$/i.test(trimmed)) return undefined;
    let n = BigInt(`0x${trimmed}`);
    const range = rangeOf(kind);
    if (range && range[0] < 0n && n > range[1]) n -= (range[1] + 1n) * 2n;
    const value = integerOf(kind, n);
    if (value === undefined) throw overflow(kind);
    return value;
  }
  if (!/^[+-]?\d+$/.test(trimmed)) return undefined;
  const value = integerOf(kind, BigInt(trimmed.replace('+', '')));
  if (value === undefined) throw overflow(kind);
  return value;
}
const overflow = (kind: NumericKind): Error => dotNetError('System.OverflowException', overflowMessage(kind));
const isHex = (v: Value | undefined): boolean => v instanceof EnumValue && (Number(v.value) & 512) !== 0;

function members(kind: NumericKind, typeName: string): DotNetMember[] {
  const must = (text: Value | undefined, hex: boolean): Value => {
    if (text === null || text === undefined)
      throw dotNetError('System.ArgumentNullException', "Value cannot be null. (Parameter 's')");
    const value = parseNumber(toText(text), kind, hex);
    if (value === undefined) throw formatError(toText(text));
    return value;
  };
  const attempt = (text: Value | undefined, hex: boolean, target: Value | undefined): boolean => {
    let value: Value | undefined;
    try {
      value = parseNumber(toText(text ?? null), kind, hex);
    } catch {
      value = undefined;
    }
    if (target !== undefined && isReference(target)) target.state.set(value ?? zero);
    return value !== undefined;
  };
  const zero = integerOf(kind, 0n) as Value;
  const range = rangeOf(kind);
  const list: DotNetMember[] = [
    method([
      `int CompareTo(System.Object value)`,
      (v, a) => sign(compareNumbers(v as Numeric, convertNumber(a[0] as Value, kind))),
    ]),
    method([
      `bool Equals(System.Object obj)`,
      (v, a) =>
        isNumeric(a[0] as Value) &&
        kindOf(a[0] as Value) === kind &&
        compareNumbers(v as Numeric, a[0] as Numeric) === 0,
    ]),
    method(
      ['string ToString()', (v) => numberText(v as Numeric)],
      ['string ToString(string format)', (v, a) => formatValue(v, toText(a[0] ?? null))],
      [
        'string ToString(System.IFormatProvider provider)',
        (v, a) => separated(numberText(v as Numeric), cultureOf(a[0])),
      ],
      [
        'string ToString(string format, System.IFormatProvider provider)',
        (v, a) => formatValue(v, toText(a[0] ?? null), cultureOf(a[1])),
      ],
    ),
    staticMethod(
      [`${typeName} Parse(string s)`, (_v, a) => must(a[0], false)],
      [
        `${typeName} Parse(string s, System.Globalization.NumberStyles style)`,
        (_v, a) => must(a[0], isHex(a[1])),
      ],
      [
        `${typeName} Parse(string s, System.IFormatProvider provider)`,
        (_v, a) => must(plainNumber(a[0], a[1]), false),
      ],
      [
        `${typeName} Parse(string s, System.Globalization.NumberStyles style, System.IFormatProvider provider)`,
        (_v, a) => must(a[0], isHex(a[1])),
      ],
    ),
    staticMethod(
      [`bool TryParse(string s, [ref] ${typeName} result)`, (_v, a) => attempt(a[0], false, a[1])],
      [
        `bool TryParse(string s, System.IFormatProvider provider, [ref] ${typeName} result)`,
        (_v, a) => attempt(a[0], false, a[2]),
      ],
      [
        `bool TryParse(string s, System.Globalization.NumberStyles style, System.IFormatProvider provider, [ref] ${typeName} result)`,
        (_v, a) => attempt(a[0], isHex(a[1]), a[3]),
      ],
    ),
  ];
  if (range)
    list.push(
      staticProperty('MaxValue', typeName, () => integerOf(kind, range[1]) as Value),
      staticProperty('MinValue', typeName, () => integerOf(kind, range[0]) as Value),
    );
  return list;
}
const sign = (n: number): number => (n < 0 ? -1 : n > 0 ? 1 : 0);
function convertNumber(value: Value, kind: NumericKind): Numeric {
  if (isNumeric(value)) return value;
  try {
    return convertTo(value, types[kind]) as Numeric;
  } catch (error) {
    if (error instanceof ConversionError)
      throw dotNetError('System.ArgumentException', `Object must be of type ${types[kind].name}.`);
    throw error;
  }
}

const types: Record<NumericKind, DotNetType> = {
  int32: objects.int32Type,
  int64: objects.int64Type,
  double: objects.doubleType,
  single: objects.singleType,
  decimal: objects.decimalType,
  byte: objects.byteType,
  sbyte: objects.sbyteType,
  int16: objects.int16Type,
  uint16: objects.uint16Type,
  uint32: objects.uint32Type,
  uint64: objects.uint64Type,
  biginteger: objects.bigIntegerType,
};
const shortNames: Record<NumericKind, string> = {
  int32: 'int',
  int64: 'long',
  double: 'double',
  single: 'float',
  decimal: 'decimal',
  byte: 'byte',
  sbyte: 'sbyte',
  int16: 'short',
  uint16: 'ushort',
  uint32: 'uint',
  uint64: 'ulong',
  biginteger: 'bigint',
};
for (const kind of Object.keys(types) as NumericKind[])
  defineType(types[kind].fullName, { members: members(kind, shortNames[kind]) });

const d = (v: Value | undefined): number => toDouble(v as Numeric);
defineType('System.Double', {
  members: [
    staticProperty('MaxValue', 'double', () => Number.MAX_VALUE),
    staticProperty('MinValue', 'double', () => -Number.MAX_VALUE),
    staticProperty('Epsilon', 'double', () => 5e-324),
    staticProperty('NaN', 'double', () => NaN),
    staticProperty('PositiveInfinity', 'double', () => Infinity),
    staticProperty('NegativeInfinity', 'double', () => -Infinity),
    staticMethod(['bool IsNaN(double d)', (_v, a) => Number.isNaN(d(a[0]))]),
    staticMethod(['bool IsInfinity(double d)', (_v, a) => Math.abs(d(a[0])) === Infinity]),
    staticMethod(['bool IsFinite(double d)', (_v, a) => Number.isFinite(d(a[0]))]),
    staticMethod(['bool IsPositiveInfinity(double d)', (_v, a) => d(a[0]) === Infinity]),
    staticMethod(['bool IsNegativeInfinity(double d)', (_v, a) => d(a[0]) === -Infinity]),
    staticMethod(['bool IsNegative(double d)', (_v, a) => d(a[0]) < 0]),
  ],
});
defineType('System.Single', {
  members: [
    staticProperty('MaxValue', 'float', () => new Boxed('single', 3.4028234663852886e38)),
    staticProperty('MinValue', 'float', () => new Boxed('single', -3.4028234663852886e38)),
    staticProperty('NaN', 'float', () => new Boxed('single', NaN)),
    staticProperty('Epsilon', 'float', () => new Boxed('single', Math.fround(1.401298464324817e-45))),
  ],
});
const dec = (v: Value | undefined): { coefficient: bigint; scale: number } => toDecimal(v as Numeric);
const maxDecimal = 79228162514264337593543950335n;
defineType('System.Decimal', {
  members: [
    staticProperty('MaxValue', 'decimal', () => new Boxed('decimal', { coefficient: maxDecimal, scale: 0 })),
    staticProperty('MinValue', 'decimal', () => new Boxed('decimal', { coefficient: -maxDecimal, scale: 0 })),
    staticProperty('Zero', 'decimal', () => new Boxed('decimal', { coefficient: 0n, scale: 0 })),
    staticProperty('One', 'decimal', () => new Boxed('decimal', { coefficient: 1n, scale: 0 })),
    staticMethod([
      'decimal Truncate(decimal d)',
      (_v, a) => new Boxed('decimal', roundDecimal(dec(a[0]), 0, 'zero')),
    ]),
    staticMethod([
      'decimal Floor(decimal d)',
      (_v, a) => new Boxed('decimal', roundDecimal(dec(a[0]), 0, 'down')),
    ]),
    staticMethod([
      'decimal Ceiling(decimal d)',
      (_v, a) => new Boxed('decimal', roundDecimal(dec(a[0]), 0, 'up')),
    ]),
    staticMethod(
      ['decimal Round(decimal d)', (_v, a) => new Boxed('decimal', roundDecimal(dec(a[0]), 0, 'even'))],
      [
        'decimal Round(decimal d, int decimals)',
        (_v, a) => new Boxed('decimal', roundDecimal(dec(a[0]), d(a[1]), 'even')),
      ],
      [
        'decimal Round(decimal d, int decimals, System.MidpointRounding mode)',
        (_v, a) => new Boxed('decimal', roundDecimal(dec(a[0]), d(a[1]), modeOf(a[2]))),
      ],
    ),
    staticMethod([
      'int[] GetBits(decimal d)',
      (_v, a) => {
        const { coefficient, scale } = dec(a[0]);
        const c = coefficient < 0n ? -coefficient : coefficient;
        const part = (n: bigint): number => Number(BigInt.asIntN(32, n));
        return new objects.PSArray(
          [part(c), part(c >> 32n), part(c >> 64n), (scale << 16) | (coefficient < 0n ? 1 << 31 : 0)],
          objects.int32Type,
        );
      },
    ]),
  ],
});
type Mode = 'even' | 'away' | 'zero' | 'down' | 'up';
const modeOf = (v: Value | undefined): Mode =>
  (['even', 'away', 'zero', 'down', 'up'] as const)[v instanceof EnumValue ? Number(v.value) : 0] ?? 'even';

export function roundDecimal(
  value: { coefficient: bigint; scale: number },
  places: number,
  mode: Mode,
): { coefficient: bigint; scale: number } {
  if (value.scale <= places) return value;
  const power = 10n ** BigInt(value.scale - places);
  let q = value.coefficient / power;
  const r = value.coefficient % power;
  if (r !== 0n) {
    const negative = value.coefficient < 0n;
    const twice = (negative ? -r : r) * 2n;
    const bump =
      mode === 'zero'
        ? false
        : mode === 'down'
          ? negative
          : mode === 'up'
            ? !negative
            : twice > power || (twice === power && (mode === 'away' || q % 2n !== 0n));
    if (bump) q += negative ? -1n : 1n;
  }
  return { coefficient: q, scale: places };
}
function roundDouble(value: number, places: number, mode: Mode): number {
  if (!Number.isFinite(value)) return value;
  const power = 10 ** places;
  const scaled = value * power;
  if (!Number.isFinite(scaled)) return value;
  let r: number;
  switch (mode) {
    case 'even':
      r = roundHalfEven(scaled);
      break;
    case 'away':
      r = Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5);
      break;
    case 'zero':
      r = Math.trunc(scaled);
      break;
    case 'down':
      r = Math.floor(scaled);
      break;
    case 'up':
      r = Math.ceil(scaled);
      break;
  }
  return r / power;
}

const isDecimal = (v: Value | undefined): boolean => v instanceof Boxed && v.kind === 'decimal';
/** Math functions of one double. */
const one = (name: string, f: (x: number) => number): DotNetMember =>
  staticMethod([`double ${name}(double d)`, (_v, a) => double(f(d(a[0])))]);
function pick(name: string, choose: (c: number) => boolean): DotNetMember {
  return staticMethod([
    `System.Object ${name}(System.Object val1, System.Object val2)`,
    (_v, a) => {
      const x = asNumber(a[0] as Value);
      const y = asNumber(a[1] as Value);
      const chosen = choose(compareNumbers(x, y)) ? x : y;
      return widen(chosen, x, y);
    },
  ]);
}
function magnitude(name: string, choose: (c: number) => boolean): DotNetMember {
  return staticMethod([
    `double ${name}(double x, double y)`,
    (_v, a) => {
      const [x, y] = [d(a[0]), d(a[1])];
      return double(choose(Math.abs(x) - Math.abs(y)) ? x : y);
    },
  ]);
}
function asNumber(v: Value): Numeric {
  if (isNumeric(v)) return v;
  return convertTo(v, objects.doubleType) as Numeric;
}
function widen(chosen: Numeric, x: Numeric, y: Numeric): Value {
  const order: NumericKind[] = [
    'sbyte',
    'byte',
    'int16',
    'uint16',
    'int32',
    'uint32',
    'int64',
    'uint64',
    'single',
    'double',
    'decimal',
    'biginteger',
  ];
  const a = kindOf(x) as NumericKind;
  const b = kindOf(y) as NumericKind;
  return convertTo(chosen, types[order.indexOf(a) >= order.indexOf(b) ? a : b]);
}
defineType('System.Math', {
  isAbstract: true,
  members: [
    staticProperty('PI', 'double', () => Math.PI),
    staticProperty('E', 'double', () => Math.E),
    one('Sqrt', Math.sqrt),
    one('Sin', Math.sin),
    one('Cos', Math.cos),
    one('Tan', Math.tan),
    one('Asin', Math.asin),
    one('Acos', Math.acos),
    one('Atan', Math.atan),
    one('Sinh', Math.sinh),
    one('Cosh', Math.cosh),
    one('Tanh', Math.tanh),
    one('Exp', Math.exp),
    one('Log10', Math.log10),
    one('Log2', Math.log2),
    one('Cbrt', Math.cbrt),
    staticMethod(
      ['double Log(double d)', (_v, a) => double(Math.log(d(a[0])))],
      ['double Log(double a, double newBase)', (_v, a) => double(Math.log(d(a[0])) / Math.log(d(a[1])))],
    ),
    staticMethod(['double Pow(double x, double y)', (_v, a) => double(d(a[0]) ** d(a[1]))]),
    staticMethod(['double Atan2(double y, double x)', (_v, a) => double(Math.atan2(d(a[0]), d(a[1])))]),
    staticMethod([
      'System.Object Abs(System.Object value)',
      (_v, a) => {
        const v = asNumber(a[0] as Value);
        if (typeof v === 'number' && (v | 0) === v) {
          if (v === -2147483648)
            throw dotNetError(
              'System.OverflowException',
              'Negating the minimum value of a twos complement number is invalid.',
            );
          return Math.abs(v);
        }
        if (isDecimal(v)) {
          const x = dec(v);
          return new Boxed('decimal', {
            coefficient: x.coefficient < 0n ? -x.coefficient : x.coefficient,
            scale: x.scale,
          });
        }
        const k = kindOf(v) as NumericKind;
        if (k === 'double') return double(Math.abs(d(v)));
        if (k === 'single') return new Boxed('single', Math.abs(d(v)));
        const n = toBig(v);
        return integerOf(k, n < 0n ? -n : n) as Value;
      },
    ]),
    staticMethod([
      'int Sign(System.Object value)',
      (_v, a) => sign(compareNumbers(asNumber(a[0] as Value), 0)),
    ]),
    pick('Max', (c) => c > 0),
    pick('Min', (c) => c < 0),
    magnitude('MaxMagnitude', (c) => c > 0),
    magnitude('MinMagnitude', (c) => c < 0),
    staticMethod([
      'System.Object Clamp(System.Object value, System.Object min, System.Object max)',
      (_v, a) => {
        const [v, lo, hi] = a as [Numeric, Numeric, Numeric];
        return compareNumbers(v, lo) < 0 ? lo : compareNumbers(v, hi) > 0 ? hi : v;
      },
    ]),
    staticMethod([
      'System.Object Floor(System.Object d)',
      (_v, a) =>
        isDecimal(a[0])
          ? new Boxed('decimal', roundDecimal(dec(a[0]), 0, 'down'))
          : double(Math.floor(d(asNumber(a[0] as Value)))),
    ]),
    staticMethod([
      'System.Object Ceiling(System.Object d)',
      (_v, a) =>
        isDecimal(a[0])
          ? new Boxed('decimal', roundDecimal(dec(a[0]), 0, 'up'))
          : double(Math.ceil(d(asNumber(a[0] as Value)))),
    ]),
    staticMethod([
      'System.Object Truncate(System.Object d)',
      (_v, a) =>
        isDecimal(a[0])
          ? new Boxed('decimal', roundDecimal(dec(a[0]), 0, 'zero'))
          : double(Math.trunc(d(asNumber(a[0] as Value)))),
    ]),
    staticMethod(
      ['System.Object Round(System.Object value)', (_v, a) => round(a[0] as Value, 0, 'even')],
      [
        'System.Object Round(System.Object value, System.MidpointRounding mode)',
        (_v, a) => round(a[0] as Value, 0, modeOf(a[1])),
      ],
      [
        'System.Object Round(System.Object value, int digits)',
        (_v, a) => round(a[0] as Value, d(a[1]), 'even'),
      ],
      [
        'System.Object Round(System.Object value, int digits, System.MidpointRounding mode)',
        (_v, a) => round(a[0] as Value, d(a[1]), modeOf(a[2])),
      ],
    ),
    staticMethod([
      'System.Object DivRem(System.Object a, System.Object b, [ref] System.Object result)',
      (_v, a) => {
        const x = toBig(a[0] as Numeric);
        const y = toBig(a[1] as Numeric);
        const k = kindOf(a[0] as Value) === 'int64' || kindOf(a[1] as Value) === 'int64' ? 'int64' : 'int32';
        if (isReference(a[2] as Value))
          (a[2] as unknown as { state: { set(v: Value): void } }).state.set(integerOf(k, x % y) as Value);
        return integerOf(k, x / y) as Value;
      },
    ]),
    staticMethod(['long BigMul(int a, int b)', (_v, a) => toBig(a[0] as Numeric) * toBig(a[1] as Numeric)]),
  ],
});
function round(v: Value, places: number, mode: Mode): Value {
  return isDecimal(v)
    ? new Boxed('decimal', roundDecimal(dec(v), places, mode))
    : double(roundDouble(d(asNumber(v)), places, mode));
}
defineType('System.Numerics.BigInteger', {
  members: [
    staticProperty('Zero', 'bigint', () => new Boxed('biginteger', 0n)),
    staticProperty('One', 'bigint', () => new Boxed('biginteger', 1n)),
    staticMethod([
      'bigint Pow(bigint value, int exponent)',
      (_v, a) => new Boxed('biginteger', toBig(a[0] as Numeric) ** BigInt(d(a[1]))),
    ]),
    staticMethod([
      'bigint ModPow(bigint value, bigint exponent, bigint modulus)',
      (_v, a) => {
        const [base, power, m] = a.map((x) => toBig(x as Numeric)) as [bigint, bigint, bigint];
        let b = base;
        let e = power;
        let r = 1n;
        b %= m;
        for (; e > 0n; e >>= 1n) {
          if (e & 1n) r = (r * b) % m;
          b = (b * b) % m;
        }
        return new Boxed('biginteger', r);
      },
    ]),
    staticMethod([
      'bigint GreatestCommonDivisor(bigint left, bigint right)',
      (_v, a) => {
        let x = toBig(a[0] as Numeric);
        let y = toBig(a[1] as Numeric);
        while (y !== 0n) [x, y] = [y, x % y];
        return new Boxed('biginteger', x < 0n ? -x : x);
      },
    ]),
    staticMethod([
      'bigint Abs(bigint value)',
      (_v, a) => {
        const x = toBig(a[0] as Numeric);
        return new Boxed('biginteger', x < 0n ? -x : x);
      },
    ]),
  ],
});
defineType('System.Boolean', {
  members: [
    staticProperty('TrueString', 'string', () => 'True'),
    staticProperty('FalseString', 'string', () => 'False'),
    staticMethod([
      'bool Parse(string value)',
      (_v, a) => {
        const t = toText(a[0] ?? null)
          .trim()
          .toLowerCase();
        if (t === 'true' || t === 'false') return t === 'true';
        throw dotNetError(
          'System.FormatException',
          `String '${toText(a[0] ?? null)}' was not recognized as a valid Boolean.`,
        );
      },
    ]),
    staticMethod([
      'bool TryParse(string value, [ref] bool result)',
      (_v, a) => {
        const t = toText(a[0] ?? null)
          .trim()
          .toLowerCase();
        if (isReference(a[1] as Value))
          (a[1] as unknown as { state: { set(v: Value): void } }).state.set(t === 'true');
        return t === 'true' || t === 'false';
      },
    ]),
    method(['int CompareTo(System.Object obj)', (v, a) => Number(v) - Number(a[0])]),
    method(['string ToString()', (v) => (v === true ? 'True' : 'False')]),
  ],
});
