import { context } from '../ambient.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { elementsOf } from '../enumerate.ts';
import { byte, double, DotNetObject, PSArray } from '../objects.ts';
import { defineType } from '../registry.ts';
import type { Value } from '../value.ts';
import { int, outOfRange, state } from './arguments.ts';
import { constructors, method, staticProperty } from './define.ts';

/** Numbers of the device (no seed), or Knuth's subtractive generator as .NET seeds it. */
interface Source {
  readonly seeds: Int32Array | undefined;
  next: number;
  nextp: number;
}
const max = 2147483647;

/** The generator of `new Random(seed)`: the same numbers as .NET's. */
function seeded(seed: number): Source {
  const seeds = new Int32Array(56);
  const start = seed === -2147483648 ? max : Math.abs(seed);
  let mj = 161803398 - start;
  seeds[55] = mj;
  let mk = 1;
  let ii = 0;
  for (let i = 1; i < 55; i++) {
    ii = (ii + 21) % 55;
    seeds[ii] = mk;
    mk = (mj - mk) | 0;
    if (mk < 0) mk = (mk + max) | 0;
    mj = seeds[ii] as number;
  }
  for (let k = 1; k < 5; k++)
    for (let i = 1; i < 56; i++) {
      let n = i + 30;
      if (n >= 55) n -= 55;
      seeds[i] = ((seeds[i] as number) - (seeds[1 + n] as number)) | 0;
      if ((seeds[i] as number) < 0) seeds[i] = ((seeds[i] as number) + max) | 0;
    }
  return { seeds, next: 0, nextp: 21 };
}
function sample(v: Value): number {
  const s = state<Source>(v);
  if (!s.seeds) return (context().host.random('random') >>> 1) % max;
  if (++s.next >= 56) s.next = 1;
  if (++s.nextp >= 56) s.nextp = 1;
  let value = ((s.seeds[s.next] as number) - (s.seeds[s.nextp] as number)) | 0;
  if (value === max) value--;
  if (value < 0) value = (value + max) | 0;
  s.seeds[s.next] = value;
  return value;
}
const fraction = (v: Value): number => sample(v) * (1 / max);
function between(v: Value, from: number, to: number): number {
  if (from > to) throw outOfRange("'minValue' cannot be greater than maxValue.", 'minValue');
  return Math.floor(fraction(v) * (to - from)) + from;
}
const type: DotNetType = defineType('System.Random');
const free = (): Value => new DotNetObject<Source>(type, { seeds: undefined, next: 0, nextp: 0 });
defineType(type.fullName, {
  constructors: constructors(
    ['random new()', free],
    ['random new(int Seed)', (_v, a) => new DotNetObject<Source>(type, seeded(int(a[0])))],
  ),
  members: [
    staticProperty('Shared', 'System.Random', free),
    method(
      ['int Next()', (v) => sample(v)],
      [
        'int Next(int maxValue)',
        (v, a) => {
          if (int(a[0]) < 0) throw outOfRange("'maxValue' must be greater than zero.", 'maxValue');
          return between(v, 0, int(a[0]));
        },
      ],
      ['int Next(int minValue, int maxValue)', (v, a) => between(v, int(a[0]), int(a[1]))],
    ),
    method(['double NextDouble()', (v) => double(fraction(v))]),
    method([
      'void NextBytes(byte[] buffer)',
      (v, a) => {
        const { items } = a[0] as PSArray;
        for (let i = 0; i < items.length; i++) items[i] = byte(sample(v) & 255);
      },
    ]),
    method([
      'void Shuffle(System.Object values)',
      (v, a) => {
        const { items } = a[0] as PSArray;
        for (let i = 0; i < items.length - 1; i++) {
          const j = between(v, i, items.length);
          [items[i], items[j]] = [items[j] as Value, items[i] as Value];
        }
      },
    ]),
    method([
      'System.Object GetItems(System.Object choices, int length)',
      (v, a) => {
        const list = elementsOf(a[0] ?? null) ?? [];
        return new PSArray(
          Array.from({ length: int(a[1]) }, () => list[between(v, 0, list.length)] as Value),
        );
      },
    ]),
  ],
});
