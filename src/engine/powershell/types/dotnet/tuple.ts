import { equals } from '../compare.ts';
import type { DotNetMember, DotNetType } from '../dotnet-type.ts';
import { objectType, valueTypeType } from '../dotnet-type.ts';
import { DotNetObject } from '../objects.ts';
import { closeGeneric, defineType } from '../registry.ts';
import { objectText } from '../text.ts';
import { typeOf } from '../type-of.ts';
import type { Value } from '../value.ts';
import { constructors, method, property, staticMethod } from './define.ts';

const items = (v: Value): readonly Value[] => (v as DotNetObject<readonly Value[]>).state;
/** Type parameters are bound as objects: the tuple's own types are those of its items. */
const untyped = (count: number): string =>
  Array.from({ length: count }, (_, i) => `System.Object item${i + 1}`).join(', ');

for (const [name, isStruct] of [
  ['System.Tuple', false],
  ['System.ValueTuple', true],
] as const) {
  const open: DotNetType[] = [];
  for (let count = 1; count <= 8; count++) {
    const members: DotNetMember[] = [];
    for (let i = 0; i < count; i++)
      members.push(property(`Item${i + 1}`, 'System.Object', (v) => items(v)[i] ?? null));
    members.push(
      property('Length', 'int', () => count),
      method([
        'string ToString()',
        (v) =>
          `(${items(v)
            .map((x) => objectText(x))
            .join(', ')})`,
      ]),
      method([
        'bool Equals(System.Object obj)',
        (v, a) =>
          a[0] instanceof DotNetObject &&
          a[0].type === (v as DotNetObject).type &&
          items(v).every((x, i) => equals(x, items(a[0] as Value)[i] as Value, false)),
      ]),
    );
    open.push(
      defineType(`${name}\`${count}`, {
        ...(isStruct ? { kind: 'struct', baseType: valueTypeType } : {}),
        members,
        constructors: constructors([
          `Tuple new(${untyped(count)})`,
          (v, a) => new DotNetObject(v as DotNetType, [...a]),
        ]),
      }),
    );
  }
  defineType(name, {
    members: [
      staticMethod(
        ...open.map(
          (type, i) =>
            [
              `${name} Create(${untyped(i + 1)})`,
              (_v: Value, a: Value[]) =>
                new DotNetObject(
                  closeGeneric(
                    type,
                    a.map((x) => typeOf(x) ?? objectType),
                  ),
                  [...a],
                ),
            ] as const,
        ),
      ),
    ],
  });
}
