import { compare } from '../compare.ts';
import { keyOf } from '../collections.ts';
import { ListValue } from '../collections.ts';
import { arithmetic, toDouble } from '../numeric.ts';
import type { Numeric } from '../numeric.ts';
import { elementsOf } from '../enumerate.ts';
import { dotNetError } from '../errors.ts';
import { hooks } from '../hooks.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { objectType } from '../dotnet-type.ts';
import { double, int32Type, PSArray } from '../objects.ts';
import { closeGeneric, defineType, listType } from '../registry.ts';
import { isTrue } from '../truth.ts';
import { typeOf } from '../type-of.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { int, nullArgument } from './arguments.ts';
import { staticMethod } from './define.ts';

/* LINQ over arrays: results are arrays of the source's element type. */

for (const name of ['Func', 'Action', 'Predicate', 'Comparison', 'Converter'])
  for (let n = 0; n <= 5; n++) defineType(`System.${name}${n === 0 ? '' : `\`${n}`}`, { kind: 'delegate' });

const items = (v: Value | undefined): readonly Value[] => {
  if (isNull(v ?? null)) throw nullArgument('source');
  return elementsOf(v as Value) ?? [v as Value];
};
const elementType = (v: Value | undefined): DotNetType =>
  v instanceof PSArray
    ? v.elementType
    : v instanceof ListValue
      ? (v.type.genericArguments[0] ?? objectType)
      : objectType;
const like = (source: Value | undefined, list: readonly Value[]): PSArray =>
  new PSArray([...list], elementType(source));
const call = (f: Value | undefined, ...args: Value[]): Value => hooks.invokeDelegate(f as Value, args);
const noElements = (): Error =>
  dotNetError('System.InvalidOperationException', 'Sequence contains no elements');
const noMatch = (): Error =>
  dotNetError('System.InvalidOperationException', 'Sequence contains no matching element');
const test = (f: Value | undefined): ((x: Value) => boolean) =>
  f === undefined ? () => true : (x) => isTrue(call(f, x));
const first = (list: readonly Value[], a: readonly Value[], orNone: boolean): Value => {
  const found = list.find(test(a[1]));
  if (found === undefined && !orNone) throw a[1] === undefined ? noElements() : noMatch();
  return found ?? null;
};
const sum = (list: readonly Value[]): Value =>
  list.reduce<Value>((total, x) => arithmetic('+', total as Numeric, x as Numeric), 0);
const projected = (a: readonly Value[]): readonly Value[] =>
  a[1] === undefined ? items(a[0]) : items(a[0]).map((x) => call(a[1], x));
function distinct(list: readonly Value[]): Value[] {
  const seen = new Map<unknown, Value>();
  for (const x of list) if (!seen.has(keyOf(x, false))) seen.set(keyOf(x, false), x);
  return [...seen.values()];
}
const ordered = (a: readonly Value[], sign: number): Value =>
  like(
    a[0],
    items(a[0])
      .map((x) => [x, call(a[1], x)] as const)
      .sort((x, y) => sign * compare(x[1], y[1], false))
      .map(([x]) => x),
  );
const extreme = (a: readonly Value[], sign: number): Value => {
  const list = projected(a);
  if (list.length === 0) throw noElements();
  return list.reduce((best, x) => (sign * compare(x, best, false) > 0 ? x : best));
};
const O = 'System.Object';

defineType('System.Linq.Enumerable', {
  isAbstract: true,
  members: [
    staticMethod([
      `${O} Range(int start, int count)`,
      (_v, a) =>
        new PSArray(
          Array.from({ length: int(a[1]) }, (_, i) => int(a[0]) + i),
          int32Type,
        ),
    ]),
    staticMethod([
      `${O} Repeat(${O} element, int count)`,
      (_v, a) => new PSArray(new Array<Value>(int(a[1])).fill(a[0] as Value)),
    ]),
    staticMethod([`${O} Empty()`, () => new PSArray([])]),
    staticMethod([
      `${O} Where(${O} source, ${O} predicate)`,
      (_v, a) => like(a[0], items(a[0]).filter(test(a[1]))),
    ]),
    staticMethod([
      `${O} Select(${O} source, ${O} selector)`,
      (_v, a) => new PSArray(items(a[0]).map((x) => call(a[1], x))),
    ]),
    staticMethod([
      `${O} SelectMany(${O} source, ${O} selector)`,
      (_v, a) => new PSArray(items(a[0]).flatMap((x) => [...items(call(a[1], x))])),
    ]),
    staticMethod(
      [`${O} Sum(${O} source)`, (_v, a) => sum(projected(a))],
      [`${O} Sum(${O} source, ${O} selector)`, (_v, a) => sum(projected(a))],
    ),
    staticMethod(
      [`${O} Average(${O} source)`, (_v, a) => average(projected(a))],
      [`${O} Average(${O} source, ${O} selector)`, (_v, a) => average(projected(a))],
    ),
    staticMethod(
      [`${O} Max(${O} source)`, (_v, a) => extreme(a, 1)],
      [`${O} Max(${O} source, ${O} selector)`, (_v, a) => extreme(a, 1)],
    ),
    staticMethod(
      [`${O} Min(${O} source)`, (_v, a) => extreme(a, -1)],
      [`${O} Min(${O} source, ${O} selector)`, (_v, a) => extreme(a, -1)],
    ),
    staticMethod(
      [`int Count(${O} source)`, (_v, a) => items(a[0]).length],
      [`int Count(${O} source, ${O} predicate)`, (_v, a) => items(a[0]).filter(test(a[1])).length],
    ),
    staticMethod(
      [`bool Any(${O} source)`, (_v, a) => items(a[0]).length > 0],
      [`bool Any(${O} source, ${O} predicate)`, (_v, a) => items(a[0]).some(test(a[1]))],
    ),
    staticMethod([`bool All(${O} source, ${O} predicate)`, (_v, a) => items(a[0]).every(test(a[1]))]),
    staticMethod([
      `bool Contains(${O} source, ${O} value)`,
      (_v, a) => items(a[0]).some((x) => keyOf(x, false) === keyOf(a[1] as Value, false)),
    ]),
    staticMethod(
      [`${O} First(${O} source)`, (_v, a) => first(items(a[0]), a, false)],
      [`${O} First(${O} source, ${O} predicate)`, (_v, a) => first(items(a[0]), a, false)],
    ),
    staticMethod(
      [`${O} FirstOrDefault(${O} source)`, (_v, a) => first(items(a[0]), a, true)],
      [`${O} FirstOrDefault(${O} source, ${O} predicate)`, (_v, a) => first(items(a[0]), a, true)],
    ),
    staticMethod(
      [`${O} Last(${O} source)`, (_v, a) => first(items(a[0]).toReversed(), a, false)],
      [`${O} Last(${O} source, ${O} predicate)`, (_v, a) => first(items(a[0]).toReversed(), a, false)],
    ),
    staticMethod([`${O} LastOrDefault(${O} source)`, (_v, a) => first(items(a[0]).toReversed(), a, true)]),
    staticMethod([`${O} ElementAt(${O} source, int index)`, (_v, a) => items(a[0])[int(a[1])] ?? null]),
    staticMethod([`${O} Reverse(${O} source)`, (_v, a) => like(a[0], items(a[0]).toReversed())]),
    staticMethod([
      `${O} Skip(${O} source, int count)`,
      (_v, a) => like(a[0], items(a[0]).slice(Math.max(0, int(a[1])))),
    ]),
    staticMethod([
      `${O} Take(${O} source, int count)`,
      (_v, a) => like(a[0], items(a[0]).slice(0, Math.max(0, int(a[1])))),
    ]),
    staticMethod([`${O} Distinct(${O} source)`, (_v, a) => like(a[0], distinct(items(a[0])))]),
    staticMethod([
      `${O} Union(${O} first, ${O} second)`,
      (_v, a) => like(a[0], distinct([...items(a[0]), ...items(a[1])])),
    ]),
    staticMethod([
      `${O} Concat(${O} first, ${O} second)`,
      (_v, a) => like(a[0], [...items(a[0]), ...items(a[1])]),
    ]),
    staticMethod([
      `${O} Intersect(${O} first, ${O} second)`,
      (_v, a) => {
        const other = new Set(items(a[1]).map((x) => keyOf(x, false)));
        return like(
          a[0],
          distinct(items(a[0])).filter((x) => other.has(keyOf(x, false))),
        );
      },
    ]),
    staticMethod([
      `${O} Except(${O} first, ${O} second)`,
      (_v, a) => {
        const other = new Set(items(a[1]).map((x) => keyOf(x, false)));
        return like(
          a[0],
          distinct(items(a[0])).filter((x) => !other.has(keyOf(x, false))),
        );
      },
    ]),
    staticMethod([
      `bool SequenceEqual(${O} first, ${O} second)`,
      (_v, a) => {
        const [x, y] = [items(a[0]), items(a[1])];
        return (
          x.length === y.length && x.every((one, i) => keyOf(one, false) === keyOf(y[i] as Value, false))
        );
      },
    ]),
    staticMethod([`${O} OrderBy(${O} source, ${O} keySelector)`, (_v, a) => ordered(a, 1)]),
    staticMethod([`${O} OrderByDescending(${O} source, ${O} keySelector)`, (_v, a) => ordered(a, -1)]),
    staticMethod([`${O} ToArray(${O} source)`, (_v, a) => like(a[0], items(a[0]))]),
    staticMethod([
      `${O} ToList(${O} source)`,
      (_v, a) => new ListValue(closeGeneric(listType, [elementType(a[0])]), [...items(a[0])]),
    ]),
    staticMethod([`${O} Cast(${O} source)`, (_v, a) => like(a[0], items(a[0]))]),
    staticMethod([
      `${O} Zip(${O} first, ${O} second, ${O} resultSelector)`,
      (_v, a) =>
        new PSArray(
          items(a[0])
            .slice(0, items(a[1]).length)
            .map((x, i) => call(a[2], x, items(a[1])[i] as Value)),
        ),
    ]),
    staticMethod(
      [
        `${O} Aggregate(${O} source, ${O} func)`,
        (_v, a) => {
          const list = items(a[0]);
          if (list.length === 0) throw noElements();
          return list.reduce((total, x) => call(a[1], total, x));
        },
      ],
      [
        `${O} Aggregate(${O} source, ${O} seed, ${O} func)`,
        (_v, a) => items(a[0]).reduce((total, x) => call(a[2], total, x), a[1] as Value),
      ],
    ),
  ],
});
function average(list: readonly Value[]): Value {
  if (list.length === 0) throw noElements();
  const total = sum(list);
  return typeOf(total)?.fullName === 'System.Decimal'
    ? arithmetic('/', total as Numeric, list.length)
    : double(toDouble(total as Numeric) / list.length);
}
