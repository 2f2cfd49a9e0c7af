import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { isNumeric, toBig } from '../numeric.ts';
import { double } from '../objects.ts';
import { defineType } from '../registry.ts';
import { TimeSpanValue } from '../scalars.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { assign, big, int, required, str, textsOf } from './arguments.ts';
import { castError } from './cast-error.ts';
import { constructors, method, property, staticMethod, staticProperty } from './define.ts';
import { badSpan, parseTimeSpan, parseTimeSpanExact } from './span-parse.ts';
import { formatTimeSpan } from './timespan-format.ts';

const t = (v: Value | undefined): bigint => (v as TimeSpanValue).ticks;
const max = 9223372036854775807n;
const tooLong = (): Error =>
  dotNetError('System.OverflowException', 'TimeSpan overflowed because the duration is too long.');
function span(ticks: bigint): TimeSpanValue {
  if (ticks > max || ticks < -max - 1n) throw tooLong();
  return new TimeSpanValue(ticks);
}
/** `FromHours(1.5)`: to the tick in .NET, to the millisecond in the .NET Framework. */
function scaled(value: number, unit: bigint): TimeSpanValue {
  if (Number.isNaN(value))
    throw dotNetError(
      'System.ArgumentException',
      'TimeSpan does not accept floating point Not-a-Number values.',
    );
  if (Math.abs(value) * Number(unit) > 9.223372036854775e18) throw tooLong();
  if (isDesktop(differences.numbers.dateAdd))
    return span(BigInt(Math.trunc(value * Number(unit / 10000n) + (value >= 0 ? 0.5 : -0.5))) * 10000n);
  const whole = Math.trunc(value);
  return span(BigInt(whole) * unit + BigInt(Math.trunc((value - whole) * Number(unit))));
}
const units = {
  Days: 864000000000n,
  Hours: 36000000000n,
  Minutes: 600000000n,
  Seconds: 10000000n,
  Milliseconds: 10000n,
  Microseconds: 10n,
} as const;
const of = (a: readonly Value[], d: number, h: number, m: number, s: number, ms = -1): TimeSpanValue => {
  const part = (i: number): bigint => (i < 0 ? 0n : BigInt(int(a[i])));
  return span(
    part(d) * units.Days +
      part(h) * units.Hours +
      part(m) * units.Minutes +
      part(s) * units.Seconds +
      part(ms) * units.Milliseconds,
  );
};
const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const whole = (v: Value, unit: bigint, below: bigint): number => Number((t(v) / unit) % below);
const exact = (a: readonly Value[]): TimeSpanValue => {
  for (const format of textsOf(a[1])) {
    const found = parseTimeSpanExact(str(a[0]), format);
    if (found) return found;
  }
  throw badSpan(str(a[0]));
};

defineType('System.TimeSpan', {
  constructors: constructors(
    ['timespan new(long ticks)', (_v, a) => span(big(a[0]))],
    ['timespan new(int hours, int minutes, int seconds)', (_v, a) => of(a, -1, 0, 1, 2)],
    ['timespan new(int days, int hours, int minutes, int seconds)', (_v, a) => of(a, 0, 1, 2, 3)],
    [
      'timespan new(int days, int hours, int minutes, int seconds, int milliseconds)',
      (_v, a) => of(a, 0, 1, 2, 3, 4),
    ],
  ),
  members: [
    property('Days', 'int', (v) => Number(t(v) / units.Days)),
    property('Hours', 'int', (v) => whole(v, units.Hours, 24n)),
    property('Milliseconds', 'int', (v) => whole(v, units.Milliseconds, 1000n)),
    property('Microseconds', 'int', (v) => whole(v, 10n, 1000n)),
    property('Nanoseconds', 'int', (v) => Number(t(v) % 10n) * 100),
    property('Minutes', 'int', (v) => whole(v, units.Minutes, 60n)),
    property('Seconds', 'int', (v) => whole(v, units.Seconds, 60n)),
    property('Ticks', 'long', (v) => t(v)),
    property('TotalDays', 'double', (v) => double(Number(t(v)) / 864000000000)),
    property('TotalHours', 'double', (v) => double(Number(t(v)) / 36000000000)),
    property('TotalMilliseconds', 'double', (v) => double(Number(t(v)) / 10000)),
    property('TotalMicroseconds', 'double', (v) => double(Number(t(v)) / 10)),
    property('TotalNanoseconds', 'double', (v) => double(Number(t(v)) * 100)),
    property('TotalMinutes', 'double', (v) => double(Number(t(v)) / 600000000)),
    property('TotalSeconds', 'double', (v) => double(Number(t(v)) / 10000000)),
    method(['timespan Add(timespan ts)', (v, a) => span(t(v) + t(a[0]))]),
    method(['timespan Subtract(timespan ts)', (v, a) => span(t(v) - t(a[0]))]),
    method([
      'timespan Multiply(double factor)',
      (v, a) => span(BigInt(Math.round(Number(t(v)) * int(a[0])))),
    ]),
    method(
      ['timespan Divide(double divisor)', (v, a) => span(BigInt(Math.round(Number(t(v)) / int(a[0]))))],
      ['double Divide(timespan ts)', (v, a) => double(Number(t(v)) / Number(t(a[0])))],
    ),
    method(['timespan Negate()', (v) => span(-t(v))]),
    method(['timespan Duration()', (v) => span(t(v) < 0n ? -t(v) : t(v))]),
    method(
      ['int CompareTo(System.Object value)', (v, a) => order(t(v), t(a[0]))],
      ['int CompareTo(timespan value)', (v, a) => order(t(v), t(a[0]))],
    ),
    method([
      'bool Equals(System.Object value)',
      (v, a) => a[0] instanceof TimeSpanValue && a[0].ticks === t(v),
    ]),
    method(
      ['string ToString()', (v) => formatTimeSpan(v as TimeSpanValue, '')],
      ['string ToString(string format)', (v, a) => formatTimeSpan(v as TimeSpanValue, str(a[0]))],
      [
        'string ToString(string format, System.IFormatProvider formatProvider)',
        (v, a) => formatTimeSpan(v as TimeSpanValue, str(a[0])),
      ],
    ),
    staticProperty('Zero', 'timespan', () => new TimeSpanValue(0n)),
    staticProperty('MaxValue', 'timespan', () => new TimeSpanValue(max)),
    staticProperty('MinValue', 'timespan', () => new TimeSpanValue(-max - 1n)),
    staticProperty('TicksPerDay', 'long', () => units.Days),
    staticProperty('TicksPerHour', 'long', () => units.Hours),
    staticProperty('TicksPerMinute', 'long', () => units.Minutes),
    staticProperty('TicksPerSecond', 'long', () => units.Seconds),
    staticProperty('TicksPerMillisecond', 'long', () => units.Milliseconds),
    ...Object.entries(units).map(([name, unit]) =>
      staticMethod([`timespan From${name}(double value)`, (_v, a) => scaled(int(a[0]), unit)]),
    ),
    staticMethod(['timespan FromTicks(long value)', (_v, a) => span(big(a[0]))]),
    staticMethod(['int Compare(timespan t1, timespan t2)', (_v, a) => order(t(a[0]), t(a[1]))]),
    staticMethod(
      ['timespan Parse(string s)', (_v, a) => parseTimeSpan(required(a[0], 's'))],
      [
        'timespan Parse(string input, System.IFormatProvider formatProvider)',
        (_v, a) => parseTimeSpan(required(a[0], 'input')),
      ],
    ),
    staticMethod(
      [
        'timespan ParseExact(string input, string format, System.IFormatProvider formatProvider)',
        (_v, a) => exact(a),
      ],
      [
        'timespan ParseExact(string input, string[] formats, System.IFormatProvider formatProvider)',
        (_v, a) => exact(a),
      ],
    ),
    staticMethod(
      [
        'bool TryParse(string s, [ref] timespan result)',
        (_v, a) => attempt(() => parseTimeSpan(str(a[0])), a[1]),
      ],
      [
        'bool TryParse(string input, System.IFormatProvider formatProvider, [ref] timespan result)',
        (_v, a) => attempt(() => parseTimeSpan(str(a[0])), a[2]),
      ],
    ),
    staticMethod([
      'bool TryParseExact(string input, string format, System.IFormatProvider formatProvider, [ref] timespan result)',
      (_v, a) => attempt(() => exact(a), a[3]),
    ]),
  ],
});
function attempt(read: () => TimeSpanValue, target: Value | undefined): boolean {
  try {
    assign(target, read());
    return true;
  } catch {
    assign(target, new TimeSpanValue(0n));
    return false;
  }
}

typeConverters.set('System.TimeSpan', (value, type) => {
  if (typeof value === 'string') {
    try {
      return parseTimeSpan(value);
    } catch (error) {
      throw castError('InvalidCastParseTargetInvocationWithFormatProvider', value, type, error);
    }
  }
  return isNumeric(value)
    ? new TimeSpanValue(typeof value === 'number' ? BigInt(Math.round(value)) : toBig(value))
    : undefined;
});
