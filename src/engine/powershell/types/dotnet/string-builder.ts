import type { DotNetType } from '../dotnet-type.ts';
import { elementsOf } from '../enumerate.ts';
import { dotNetError } from '../errors.ts';
import { context } from '../ambient.ts';
import { compositeFormat } from '../format-operator.ts';
import { isNumeric } from '../numeric.ts';
import { numberText } from '../number-text.ts';
import { CharValue, DotNetObject, PSArray } from '../objects.ts';
import { charType } from '../objects.ts';
import { defineType } from '../registry.ts';
import { objectText } from '../text.ts';
import type { Value } from '../value.ts';
import { isNull, unwrap } from '../value.ts';
import { int, outOfRange, state, str } from './arguments.ts';
import { constructors, method, property } from './define.ts';

interface Builder {
  text: string;
  capacity: number;
}
const b = (v: Value): Builder => state<Builder>(v);
const make = (text: string, capacity = 16): DotNetObject<Builder> =>
  new DotNetObject(type, { text, capacity: Math.max(capacity, text.length) });
/** What Append makes of a value: ToString() of the object, the characters of a `char[]`. */
const piece = (v: Value | undefined): string => {
  const bare = unwrap(v ?? null);
  if (isNull(bare)) return '';
  if (typeof bare === 'string') return bare;
  if (isNumeric(bare)) return numberText(bare);
  if (bare instanceof PSArray && bare.elementType === charType) return bare.items.map((c) => str(c)).join('');
  return objectText(bare);
};
function set(v: Value, text: string): Value {
  const own = b(v);
  own.text = text;
  while (own.capacity < text.length) own.capacity *= 2;
  return v;
}
const add = (v: Value, text: string): Value => set(v, b(v).text + text);
const indexError = (): Error =>
  outOfRange(
    'Index was out of range. Must be non-negative and less than the size of the collection.',
    'index',
  );
const rest = (a: readonly Value[], from: number): readonly Value[] => {
  const list = a.slice(from);
  return list.length === 1 && list[0] instanceof PSArray ? list[0].items : list;
};

/** Types that .NET has overloads of their own for. */
const plainTypes = [
  'bool',
  'byte',
  'decimal',
  'double',
  'float',
  'int',
  'long',
  'sbyte',
  'short',
  'uint',
  'ulong',
  'ushort',
];

const type: DotNetType = defineType('System.Text.StringBuilder');
defineType(type.fullName, {
  constructors: constructors(
    ['System.Text.StringBuilder new()', () => make('')],
    ['System.Text.StringBuilder new(int capacity)', (_v, a) => make('', int(a[0]))],
    ['System.Text.StringBuilder new(string value)', (_v, a) => make(str(a[0]))],
    ['System.Text.StringBuilder new(string value, int capacity)', (_v, a) => make(str(a[0]), int(a[1]))],
  ),
  members: [
    property(
      'Capacity',
      'int',
      (v) => b(v).capacity,
      (v, value) => {
        b(v).capacity = int(value);
      },
    ),
    property('MaxCapacity', 'int', () => 2147483647),
    property(
      'Length',
      'int',
      (v) => b(v).text.length,
      (v, value) => void set(v, b(v).text.slice(0, int(value)).padEnd(int(value), '\0')),
    ),
    method(
      ['System.Text.StringBuilder Append(System.Object value)', (v, a) => add(v, piece(a[0]))],
      ['System.Text.StringBuilder Append(string value)', (v, a) => add(v, piece(a[0]))],
      ...plainTypes.map(
        (name) =>
          [
            `System.Text.StringBuilder Append(${name} value)`,
            (v: Value, a: Value[]) => add(v, piece(a[0])),
          ] as const,
      ),
      ['System.Text.StringBuilder Append(char value)', (v, a) => add(v, piece(a[0]))],
      [
        'System.Text.StringBuilder Append(char value, int repeatCount)',
        (v, a) => add(v, str(a[0]).repeat(int(a[1]))),
      ],
      [
        'System.Text.StringBuilder Append(string value, int startIndex, int count)',
        (v, a) => add(v, str(a[0]).substr(int(a[1]), int(a[2]))),
      ],
    ),
    method(
      ['System.Text.StringBuilder AppendLine()', (v) => add(v, context().host.newline)],
      [
        'System.Text.StringBuilder AppendLine(string value)',
        (v, a) => add(v, str(a[0]) + context().host.newline),
      ],
    ),
    method(
      [
        'System.Text.StringBuilder AppendFormat(string format, Params System.Object[] args)',
        (v, a) => add(v, compositeFormat(str(a[0]), rest(a, 1))),
      ],
      [
        'System.Text.StringBuilder AppendFormat(System.IFormatProvider provider, string format, Params System.Object[] args)',
        (v, a) => add(v, compositeFormat(str(a[1]), rest(a, 2))),
      ],
    ),
    method([
      'System.Text.StringBuilder AppendJoin(string separator, Params System.Object[] values)',
      (v, a) => add(v, (elementsOf(a[1] ?? null) ?? []).map((x) => piece(x)).join(str(a[0]))),
    ]),
    method(['System.Text.StringBuilder Clear()', (v) => set(v, '')]),
    method([
      'System.Text.StringBuilder Insert(int index, System.Object value)',
      (v, a) => {
        const { text } = b(v);
        if (int(a[0]) < 0 || int(a[0]) > text.length) throw indexError();
        return set(v, text.slice(0, int(a[0])) + piece(a[1]) + text.slice(int(a[0])));
      },
    ]),
    method([
      'System.Text.StringBuilder Remove(int startIndex, int length)',
      (v, a) => {
        const { text } = b(v);
        if (int(a[0]) < 0 || int(a[1]) < 0 || int(a[0]) + int(a[1]) > text.length) throw indexError();
        return set(v, text.slice(0, int(a[0])) + text.slice(int(a[0]) + int(a[1])));
      },
    ]),
    method(
      [
        'System.Text.StringBuilder Replace(string oldValue, string newValue)',
        (v, a) => {
          if (str(a[0]) === '')
            throw dotNetError(
              'System.ArgumentException',
              "The value cannot be an empty string. (Parameter 'oldValue')",
            );
          return set(v, b(v).text.split(str(a[0])).join(str(a[1])));
        },
      ],
      [
        'System.Text.StringBuilder Replace(string oldValue, string newValue, int startIndex, int count)',
        (v, a) => {
          const { text } = b(v);
          const end = int(a[2]) + int(a[3]);
          return set(
            v,
            text.slice(0, int(a[2])) +
              text.slice(int(a[2]), end).split(str(a[0])).join(str(a[1])) +
              text.slice(end),
          );
        },
      ],
    ),
    method(
      ['string ToString()', (v) => b(v).text],
      ['string ToString(int startIndex, int length)', (v, a) => b(v).text.substr(int(a[0]), int(a[1]))],
    ),
    method([
      'int EnsureCapacity(int capacity)',
      (v, a) => (b(v).capacity = Math.max(b(v).capacity, int(a[0]))),
    ]),
    method([
      'bool Equals(System.Text.StringBuilder sb)',
      (v, a) => a[0] instanceof DotNetObject && b(a[0]).text === b(v).text,
    ]),
    method(['char get_Chars(int index)', (v, a) => charAt(v, int(a[0]))]),
    method(['char get_Item(int index)', (v, a) => charAt(v, int(a[0]))]),
    method([
      'void set_Item(int index, char value)',
      (v, a) => {
        const { text } = b(v);
        if (int(a[0]) < 0 || int(a[0]) >= text.length) throw indexError();
        set(v, text.slice(0, int(a[0])) + str(a[1]) + text.slice(int(a[0]) + 1));
      },
    ]),
  ],
});
function charAt(v: Value, index: number): Value {
  const c = b(v).text[index];
  if (c === undefined)
    throw dotNetError('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
  return new CharValue(c);
}
