import { allocate } from '../memory.ts';
import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { compareText, equalText } from '../compare.ts';
import { convertTo } from '../convert.ts';
import { elementsOf } from '../enumerate.ts';
import { dotNetError } from '../errors.ts';
import { compositeFormat } from '../format-operator.ts';
import { cultureOf } from './culture.ts';
import { CharValue, charType, EnumValue, PSArray, stringArray } from '../objects.ts';
import { defineEnum } from '../registry.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { method, property, staticMethod, staticProperty } from './define.ts';
import { enumeratorOf } from './enumerator-of.ts';
import { compareOrdinal, toUpper } from './text-order.ts';
import { defineType } from '../registry.ts';

export const comparisonType = defineEnum(
  'System.StringComparison',
  'CurrentCulture,CurrentCultureIgnoreCase,InvariantCulture,InvariantCultureIgnoreCase,Ordinal,OrdinalIgnoreCase',
);
defineEnum('System.StringSplitOptions', 'None,RemoveEmptyEntries,TrimEntries', true);
defineEnum('System.Text.NormalizationForm', 'FormC=1,FormD,FormKC=5,FormKD');

const s = (v: Value): string => v as string;
const n = (v: Value | undefined): number => v as number;
const text = (v: Value | undefined): string =>
  v === null || v === undefined ? '' : v instanceof CharValue ? v.value : (v as string);
const ignores = (v: Value | undefined): boolean => v instanceof EnumValue && Number(v.value) % 2 === 1;
const isOrdinal = (v: Value | undefined): boolean => v instanceof EnumValue && Number(v.value) >= 4;

function outOfRange(message: string, parameter: string): Error {
  return dotNetError('System.ArgumentOutOfRangeException', `${message} (Parameter '${parameter}')`, {
    ParamName: parameter,
  });
}
function substring(self: string, start: number, length: number | undefined): string {
  if (start < 0) throw outOfRange('StartIndex cannot be less than zero.', 'startIndex');
  if (start > self.length)
    throw outOfRange('startIndex cannot be larger than length of string.', 'startIndex');
  if (length === undefined) return self.slice(start);
  if (length < 0) throw outOfRange('Length cannot be less than zero.', 'length');
  if (start + length > self.length)
    throw outOfRange('Index and length must refer to a location within the string.', 'length');
  return self.substr(start, length);
}
const isSpace = (c: string): boolean => /\s|\u0085/.test(c);
function trim(self: string, chars: string, atStart: boolean, atEnd: boolean): string {
  const drop = (c: string): boolean => (chars === '' ? isSpace(c) : chars.includes(c));
  let from = 0;
  let to = self.length;
  if (atStart) while (from < to && drop(self[from] as string)) from++;
  if (atEnd) while (to > from && drop(self[to - 1] as string)) to--;
  return self.slice(from, to);
}
const charsOf = (v: Value | undefined): string =>
  v === undefined ? '' : (elementsOf(v) ?? [v]).map((c) => text(c)).join('');

/** A text as separator: 5.1 has no such overload and takes its characters. */
const separatorsOf = (v: Value | undefined): string[] =>
  isDesktop(differences.text.charArraySplit) ? [...text(v)] : text(v) === '' ? [] : [text(v)];
function split(self: string, separators: readonly string[], count: number, options: number): Value {
  const out: string[] = [];
  const wanted = separators.filter((x) => x !== '');
  const removeEmpty = (options & 1) !== 0;
  const trimEntries = (options & 2) !== 0;
  const push = (part: string): void => {
    const value = trimEntries ? part.trim() : part;
    if (!(removeEmpty && value === '')) out.push(value);
  };
  let at = 0;
  let from = 0;
  while (at < self.length) {
    if (count > 0 && out.length >= count - 1) break;
    const found =
      separators.length === 0
        ? isSpace(self[at] as string)
          ? 1
          : 0
        : (wanted.find((w) => self.startsWith(w, at))?.length ?? 0);
    if (found > 0) {
      push(self.slice(from, at));
      at += found;
      from = at;
    } else at++;
  }
  let rest = self.slice(from);
  if (removeEmpty && count > 0 && out.length >= count - 1 && separators.length > 0) {
    for (;;) {
      const lead = wanted.find((w) => rest.startsWith(w));
      if (lead === undefined) break;
      rest = rest.slice(lead.length);
    }
  }
  if (count === 0 || out.length < count) push(rest);
  return stringArray(out);
}
const optionBits = (v: Value | undefined): number => (v instanceof EnumValue ? Number(v.value) : 0);

function indexOf(self: string, value: string, start: number, ignoreCase: boolean): number {
  if (start < 0 || start > self.length)
    throw outOfRange(
      'Index was out of range. Must be non-negative and less than or equal to the size of the collection.',
      'startIndex',
    );
  return ignoreCase ? self.toLowerCase().indexOf(value.toLowerCase(), start) : self.indexOf(value, start);
}
const nullError = (name: string): Error =>
  dotNetError('System.ArgumentNullException', `Value cannot be null. (Parameter '${name}')`, {
    ParamName: name,
  });
const need = (v: Value | undefined, name: string): string => {
  if (v === null || v === undefined) throw nullError(name);
  return text(v);
};
function replace(self: string, from: string, to: string, ignoreCase: boolean): string {
  if (from === '')
    throw dotNetError(
      'System.ArgumentException',
      "The value cannot be an empty string. (Parameter 'oldValue')",
    );
  if (!ignoreCase) return self.split(from).join(to);
  return self.replace(new RegExp(from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), () => to);
}
const pad = (self: string, width: number, fill: string, left: boolean): string => {
  if (width < 0) throw outOfRange('Non-negative number required.', 'totalWidth');
  allocate(2 * Math.max(width - self.length, 0));
  return left ? self.padStart(width, fill) : self.padEnd(width, fill);
};
const formatArgs = (args: Value[], from: number): Value[] => {
  const rest = args.slice(from);
  return rest.length === 1 && rest[0] instanceof PSArray ? rest[0].items : rest;
};
const joinValues = (separator: string, values: readonly Value[]): string =>
  values.map((v) => (isNull(v) ? '' : toText(v))).join(separator);

function repeated(char: string, count: number): string {
  allocate(2 * count);
  return char.repeat(count);
}

defineType('System.String', {
  constructors: [
    { signature: 'string new(char[] value)', call: (_s, a) => charsOf(a[0]) },
    { signature: 'string new(char c, int count)', call: (_s, a) => repeated(text(a[0]), n(a[1])) },
    {
      signature: 'string new(char[] value, int startIndex, int length)',
      call: (_s, a) => substring(charsOf(a[0]), n(a[1]), n(a[2])),
    },
  ],
  members: [
    property('Length', 'int', (v) => s(v).length),
    method(['System.Object Clone()', (v) => v]),
    method(
      ['int CompareTo(System.Object value)', (v, a) => compareText(s(v), toText(a[0] as Value), false)],
      ['int CompareTo(string strB)', (v, a) => (a[0] === null ? 1 : compareText(s(v), text(a[0]), false))],
    ),
    method(
      ['bool Contains(string value)', (v, a) => s(v).includes(need(a[0], 'value'))],
      [
        'bool Contains(string value, System.StringComparison comparisonType)',
        (v, a) => indexOf(s(v), need(a[0], 'value'), 0, ignores(a[1])) >= 0,
      ],
      ['bool Contains(char value)', (v, a) => s(v).includes(text(a[0]))],
    ),
    method(
      ['bool EndsWith(string value)', (v, a) => s(v).endsWith(need(a[0], 'value'))],
      [
        'bool EndsWith(string value, System.StringComparison comparisonType)',
        (v, a) => {
          const w = need(a[0], 'value');
          return w.length <= s(v).length && equalText(s(v).slice(s(v).length - w.length), w, ignores(a[1]));
        },
      ],
      [
        'bool EndsWith(string value, bool ignoreCase, cultureinfo culture)',
        (v, a) => equalText(s(v).slice(-text(a[0]).length), text(a[0]), a[1] === true),
      ],
      ['bool EndsWith(char value)', (v, a) => s(v).endsWith(text(a[0]))],
    ),
    method(
      ['bool Equals(System.Object obj)', (v, a) => s(v) === a[0]],
      ['bool Equals(string value)', (v, a) => s(v) === a[0]],
      [
        'bool Equals(string value, System.StringComparison comparisonType)',
        (v, a) => typeof a[0] === 'string' && equalText(s(v), a[0], ignores(a[1])),
      ],
    ),
    method([
      'System.CharEnumerator GetEnumerator()',
      (v) => enumeratorOf(Array.from({ length: s(v).length }, (_, i) => new CharValue(s(v)[i] as string))),
    ]),
    method(
      ['int IndexOf(char value)', (v, a) => s(v).indexOf(text(a[0]))],
      ['int IndexOf(char value, int startIndex)', (v, a) => indexOf(s(v), text(a[0]), n(a[1]), false)],
      ['int IndexOf(string value)', (v, a) => s(v).indexOf(need(a[0], 'value'))],
      [
        'int IndexOf(string value, int startIndex)',
        (v, a) => indexOf(s(v), need(a[0], 'value'), n(a[1]), false),
      ],
      [
        'int IndexOf(string value, int startIndex, int count)',
        (v, a) => {
          const at = indexOf(s(v).slice(0, n(a[1]) + n(a[2])), text(a[0]), n(a[1]), false);
          return at;
        },
      ],
      [
        'int IndexOf(string value, System.StringComparison comparisonType)',
        (v, a) => indexOf(s(v), need(a[0], 'value'), 0, ignores(a[1])),
      ],
      [
        'int IndexOf(string value, int startIndex, System.StringComparison comparisonType)',
        (v, a) => indexOf(s(v), text(a[0]), n(a[1]), ignores(a[2])),
      ],
    ),
    method(
      [
        'int IndexOfAny(char[] anyOf)',
        (v, a) => {
          const set = charsOf(a[0]);
          for (let i = 0; i < s(v).length; i++) if (set.includes(s(v)[i] as string)) return i;
          return -1;
        },
      ],
      [
        'int IndexOfAny(char[] anyOf, int startIndex)',
        (v, a) => {
          const set = charsOf(a[0]);
          for (let i = n(a[1]); i < s(v).length; i++) if (set.includes(s(v)[i] as string)) return i;
          return -1;
        },
      ],
    ),
    method([
      'string Insert(int startIndex, string value)',
      (v, a) => {
        if (n(a[0]) < 0 || n(a[0]) > s(v).length)
          throw outOfRange(
            'Index was out of range. Must be non-negative and less than or equal to the size of the collection.',
            'startIndex',
          );
        return s(v).slice(0, n(a[0])) + need(a[1], 'value') + s(v).slice(n(a[0]));
      },
    ]),
    method(['bool IsNormalized()', (v) => s(v).normalize('NFC') === s(v)]),
    method(
      ['int LastIndexOf(char value)', (v, a) => s(v).lastIndexOf(text(a[0]))],
      ['int LastIndexOf(string value)', (v, a) => s(v).lastIndexOf(text(a[0]))],
      [
        'int LastIndexOf(string value, int startIndex)',
        (v, a) => s(v).lastIndexOf(text(a[0]), n(a[1]) - text(a[0]).length + 1),
      ],
      [
        'int LastIndexOf(string value, System.StringComparison comparisonType)',
        (v, a) =>
          ignores(a[1])
            ? s(v).toLowerCase().lastIndexOf(text(a[0]).toLowerCase())
            : s(v).lastIndexOf(text(a[0])),
      ],
    ),
    method([
      'int LastIndexOfAny(char[] anyOf)',
      (v, a) => {
        const set = charsOf(a[0]);
        for (let i = s(v).length - 1; i >= 0; i--) if (set.includes(s(v)[i] as string)) return i;
        return -1;
      },
    ]),
    method(
      ['string Normalize()', (v) => s(v).normalize('NFC')],
      [
        'string Normalize(System.Text.NormalizationForm normalizationForm)',
        (v, a) =>
          s(v).normalize(
            ({ 1: 'NFC', 2: 'NFD', 5: 'NFKC', 6: 'NFKD' } as Record<number, string>)[
              Number((a[0] as EnumValue).value)
            ],
          ),
      ],
    ),
    method(
      ['string PadLeft(int totalWidth)', (v, a) => pad(s(v), n(a[0]), ' ', true)],
      ['string PadLeft(int totalWidth, char paddingChar)', (v, a) => pad(s(v), n(a[0]), text(a[1]), true)],
    ),
    method(
      ['string PadRight(int totalWidth)', (v, a) => pad(s(v), n(a[0]), ' ', false)],
      ['string PadRight(int totalWidth, char paddingChar)', (v, a) => pad(s(v), n(a[0]), text(a[1]), false)],
    ),
    method(
      [
        'string Remove(int startIndex)',
        (v, a) => {
          if (n(a[0]) < 0) throw outOfRange('StartIndex cannot be less than zero.', 'startIndex');
          if (n(a[0]) > s(v).length)
            throw outOfRange('startIndex must be less than length of string.', 'startIndex');
          return s(v).slice(0, n(a[0]));
        },
      ],
      [
        'string Remove(int startIndex, int count)',
        (v, a) => {
          if (n(a[0]) < 0) throw outOfRange('StartIndex cannot be less than zero.', 'startIndex');
          if (n(a[1]) < 0) throw outOfRange('Count cannot be less than zero.', 'count');
          if (n(a[0]) + n(a[1]) > s(v).length)
            throw outOfRange('Index and count must refer to a location within the string.', 'count');
          return s(v).slice(0, n(a[0])) + s(v).slice(n(a[0]) + n(a[1]));
        },
      ],
    ),
    method(
      ['string Replace(char oldChar, char newChar)', (v, a) => s(v).split(text(a[0])).join(text(a[1]))],
      [
        'string Replace(string oldValue, string newValue)',
        (v, a) => replace(s(v), need(a[0], 'oldValue'), text(a[1]), false),
      ],
      [
        'string Replace(string oldValue, string newValue, System.StringComparison comparisonType)',
        (v, a) => replace(s(v), need(a[0], 'oldValue'), text(a[1]), ignores(a[2])),
      ],
    ),
    method(
      ['string[] Split(Params char[] separator)', (v, a) => split(s(v), [...charsOf(a[0])], 0, 0)],
      ['string[] Split(char separator, int count)', (v, a) => split(s(v), [text(a[0])], n(a[1]), 0)],
      [
        'string[] Split(char separator, System.StringSplitOptions options)',
        (v, a) => split(s(v), [text(a[0])], 0, optionBits(a[1])),
      ],
      [
        'string[] Split(char separator, int count, System.StringSplitOptions options)',
        (v, a) => split(s(v), [text(a[0])], n(a[1]), optionBits(a[2])),
      ],
      ['string[] Split(char[] separator, int count)', (v, a) => split(s(v), [...charsOf(a[0])], n(a[1]), 0)],
      [
        'string[] Split(char[] separator, System.StringSplitOptions options)',
        (v, a) => split(s(v), [...charsOf(a[0])], 0, optionBits(a[1])),
      ],
      [
        'string[] Split(char[] separator, int count, System.StringSplitOptions options)',
        (v, a) => split(s(v), [...charsOf(a[0])], n(a[1]), optionBits(a[2])),
      ],
      ['string[] Split(string separator)', (v, a) => split(s(v), separatorsOf(a[0]), 0, 0)],
      [
        'string[] Split(string separator, System.StringSplitOptions options)',
        (v, a) => split(s(v), separatorsOf(a[0]), 0, optionBits(a[1])),
      ],
      ['string[] Split(string separator, int count)', (v, a) => split(s(v), separatorsOf(a[0]), n(a[1]), 0)],
      [
        'string[] Split(string separator, int count, System.StringSplitOptions options)',
        (v, a) => split(s(v), separatorsOf(a[0]), n(a[1]), optionBits(a[2])),
      ],
      [
        'string[] Split(string[] separator, System.StringSplitOptions options)',
        (v, a) =>
          split(
            s(v),
            (elementsOf(a[0] ?? null) ?? []).map((x) => text(x)),
            0,
            optionBits(a[1]),
          ),
      ],
      [
        'string[] Split(string[] separator, int count, System.StringSplitOptions options)',
        (v, a) =>
          split(
            s(v),
            (elementsOf(a[0] ?? null) ?? []).map((x) => text(x)),
            n(a[1]),
            optionBits(a[2]),
          ),
      ],
    ),
    method(
      ['bool StartsWith(string value)', (v, a) => s(v).startsWith(need(a[0], 'value'))],
      [
        'bool StartsWith(string value, System.StringComparison comparisonType)',
        (v, a) => equalText(s(v).slice(0, need(a[0], 'value').length), text(a[0]), ignores(a[1])),
      ],
      [
        'bool StartsWith(string value, bool ignoreCase, cultureinfo culture)',
        (v, a) => equalText(s(v).slice(0, text(a[0]).length), text(a[0]), a[1] === true),
      ],
      ['bool StartsWith(char value)', (v, a) => s(v).startsWith(text(a[0]))],
    ),
    method(
      ['string Substring(int startIndex)', (v, a) => substring(s(v), n(a[0]), undefined)],
      ['string Substring(int startIndex, int length)', (v, a) => substring(s(v), n(a[0]), n(a[1]))],
    ),
    method(
      [
        'char[] ToCharArray()',
        (v) =>
          new PSArray(
            Array.from({ length: s(v).length }, (_, i) => new CharValue(s(v)[i] as string)),
            charType,
          ),
      ],
      [
        'char[] ToCharArray(int startIndex, int length)',
        (v, a) =>
          new PSArray(
            Array.from({ length: n(a[1]) }, (_, i) => new CharValue(s(v)[n(a[0]) + i] as string)),
            charType,
          ),
      ],
    ),
    method(
      ['string ToLower()', (v) => s(v).toLowerCase()],
      ['string ToLower(cultureinfo culture)', (v) => s(v).toLowerCase()],
    ),
    method(['string ToLowerInvariant()', (v) => s(v).toLowerCase()]),
    method(['string ToString()', (v) => v], ['string ToString(System.IFormatProvider provider)', (v) => v]),
    method(
      ['string ToUpper()', (v) => toUpper(s(v))],
      ['string ToUpper(cultureinfo culture)', (v) => toUpper(s(v))],
    ),
    method(['string ToUpperInvariant()', (v) => toUpper(s(v))]),
    method(
      ['string Trim()', (v) => trim(s(v), '', true, true)],
      ['string Trim(Params char[] trimChars)', (v, a) => trim(s(v), charsOf(a[0]), true, true)],
    ),
    method(
      ['string TrimEnd()', (v) => trim(s(v), '', false, true)],
      ['string TrimEnd(Params char[] trimChars)', (v, a) => trim(s(v), charsOf(a[0]), false, true)],
    ),
    method(
      ['string TrimStart()', (v) => trim(s(v), '', true, false)],
      ['string TrimStart(Params char[] trimChars)', (v, a) => trim(s(v), charsOf(a[0]), true, false)],
    ),
    method([
      'char get_Chars(int index)',
      (v, a) => {
        const c = s(v)[n(a[0])];
        if (c === undefined)
          throw dotNetError('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.');
        return new CharValue(c);
      },
    ]),
    staticProperty('Empty', 'string', () => ''),
    staticMethod(
      ['int Compare(string strA, string strB)', (_v, a) => compareNullable(a[0], a[1], false)],
      [
        'int Compare(string strA, string strB, bool ignoreCase)',
        (_v, a) => compareNullable(a[0], a[1], a[2] === true),
      ],
      [
        'int Compare(string strA, string strB, System.StringComparison comparisonType)',
        (_v, a) =>
          isOrdinal(a[2])
            ? compareOrdinal(text(a[0]), text(a[1]), ignores(a[2]))
            : compareNullable(a[0], a[1], ignores(a[2])),
      ],
    ),
    staticMethod([
      'int CompareOrdinal(string strA, string strB)',
      (_v, a) => compareOrdinal(text(a[0]), text(a[1]), false),
    ]),
    staticMethod(
      [
        'string Concat(Params System.Object[] args)',
        (_v, a) => (elementsOf(a[0] ?? null) ?? [a[0] ?? null]).map((x) => toText(x)).join(''),
      ],
      [
        'string Concat(System.Object arg0)',
        (_v, a) => (elementsOf(a[0] ?? null) ?? [a[0] ?? null]).map((x) => toText(x)).join(''),
      ],
      ['string Concat(System.Object arg0, System.Object arg1)', (_v, a) => a.map((x) => toText(x)).join('')],
      [
        'string Concat(System.Object arg0, System.Object arg1, System.Object arg2)',
        (_v, a) => a.map((x) => toText(x)).join(''),
      ],
    ),
    staticMethod(['string Copy(string str)', (_v, a) => text(a[0])]),
    staticMethod(
      ['bool Equals(string a, string b)', (_v, a) => a[0] === a[1]],
      [
        'bool Equals(string a, string b, System.StringComparison comparisonType)',
        (_v, a) =>
          a[0] === null || a[1] === null ? a[0] === a[1] : equalText(text(a[0]), text(a[1]), ignores(a[2])),
      ],
    ),
    staticMethod(
      [
        'string Format(string format, System.Object arg0)',
        (_v, a) => compositeFormat(text(a[0]), formatArgs(a, 1)),
      ],
      [
        'string Format(string format, Params System.Object[] args)',
        (_v, a) => compositeFormat(text(a[0]), formatArgs(a, 1)),
      ],
      [
        'string Format(System.IFormatProvider provider, string format, Params System.Object[] args)',
        (_v, a) => compositeFormat(text(a[1]), formatArgs(a, 2), cultureOf(a[0])),
      ],
    ),
    staticMethod(['bool IsNullOrEmpty(string value)', (_v, a) => isNull(a[0] ?? null) || a[0] === '']),
    staticMethod([
      'bool IsNullOrWhiteSpace(string value)',
      (_v, a) => isNull(a[0] ?? null) || text(a[0]).trim() === '',
    ]),
    staticMethod(
      [
        'string Join(string separator, Params System.Object[] values)',
        (_v, a) => joinValues(text(a[0]), joinList(a[1])),
      ],
      [
        'string Join(string separator, string[] value, int startIndex, int count)',
        (_v, a) => {
          const list = elementsOf(a[1] ?? null) ?? [];
          if (n(a[2]) + n(a[3]) > list.length)
            throw dotNetError(
              'System.ArgumentOutOfRangeException',
              `startIndex ('${n(a[2])}') must be less than or equal to '${list.length - n(a[3])}'. (Parameter 'startIndex')\nActual value was ${n(a[2])}.`,
            );
          return joinValues(text(a[0]), list.slice(n(a[2]), n(a[2]) + n(a[3])));
        },
      ],
    ),
  ],
});
const joinList = (v: Value | undefined): readonly Value[] => {
  const list = elementsOf(v ?? null) ?? [v ?? null];
  return list.length === 1 ? (elementsOf(list[0] as Value) ?? list) : list;
};
function compareNullable(a: Value | undefined, b: Value | undefined, ignoreCase: boolean): number {
  if (isNull(a ?? null)) return isNull(b ?? null) ? 0 : -1;
  return isNull(b ?? null) ? 1 : compareText(text(a), text(b), ignoreCase);
}
const c = (v: Value | undefined): string => (v instanceof CharValue ? v.value : text(v));
const test = (name: string, is: (ch: string) => boolean): ReturnType<typeof staticMethod> =>
  staticMethod(
    [`bool ${name}(char c)`, (_v, a) => is(c(a[0]))],
    [`bool ${name}(string s, int index)`, (_v, a) => is(text(a[0])[n(a[1])] ?? '')],
  );
defineType('System.Char', {
  members: [
    staticProperty('MaxValue', 'char', () => new CharValue('\uffff')),
    staticProperty('MinValue', 'char', () => new CharValue('\0')),
    test('IsDigit', (x) => /\p{Nd}/u.test(x)),
    test('IsNumber', (x) => /\p{N}/u.test(x)),
    test('IsLetter', (x) => /\p{L}/u.test(x)),
    test('IsLetterOrDigit', (x) => /[\p{L}\p{Nd}]/u.test(x)),
    test('IsUpper', (x) => /\p{Lu}/u.test(x)),
    test('IsLower', (x) => /\p{Ll}/u.test(x)),
    test('IsWhiteSpace', (x) => isSpace(x)),
    test('IsPunctuation', (x) => /\p{P}/u.test(x)),
    test('IsSymbol', (x) => /\p{S}/u.test(x)),
    test('IsControl', (x) => /\p{Cc}/u.test(x)),
    test('IsSurrogate', (x) => /[\ud800-\udfff]/.test(x)),
    staticMethod(['char ToUpper(char c)', (_v, a) => new CharValue(toUpper(c(a[0])))]),
    staticMethod(['char ToLower(char c)', (_v, a) => new CharValue(c(a[0]).toLowerCase())]),
    staticMethod(['char ToUpperInvariant(char c)', (_v, a) => new CharValue(toUpper(c(a[0])))]),
    staticMethod(['char ToLowerInvariant(char c)', (_v, a) => new CharValue(c(a[0]).toLowerCase())]),
    staticMethod(['char Parse(string s)', (_v, a) => convertTo(text(a[0]), charType)]),
    staticMethod(['double GetNumericValue(char c)', (_v, a) => (/\d/.test(c(a[0])) ? Number(c(a[0])) : -1)]),
    staticMethod(['string ConvertFromUtf32(int utf32)', (_v, a) => String.fromCodePoint(n(a[0]))]),
    staticMethod([
      'int ConvertToUtf32(string s, int index)',
      (_v, a) => text(a[0]).codePointAt(n(a[1])) ?? 0,
    ]),
    method(['int CompareTo(char value)', (v, a) => c(v).charCodeAt(0) - c(a[0]).charCodeAt(0)]),
    method(['string ToString()', (v) => c(v)]),
  ],
});
