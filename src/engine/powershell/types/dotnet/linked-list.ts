import { equals } from '../compare.ts';
import { ListValue } from '../collections.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { elementsOf } from '../enumerate.ts';
import { dotNetError } from '../errors.ts';
import { DotNetObject } from '../objects.ts';
import { defineType } from '../registry.ts';
import type { Value } from '../value.ts';
import { enumeratorOf } from './enumerator-of.ts';
import { constructors, method, property } from './define.ts';

interface NodeState {
  value: Value;
  owner: LinkedList | undefined;
}
/** Values in order; `nodes` are the node objects a script has, beside the values they stand for. */
class LinkedList extends ListValue {
  nodes: DotNetObject<NodeState>[] = [];
}
const nodeType = defineType('System.Collections.Generic.LinkedListNode`1');
const l = (v: Value): LinkedList => v as LinkedList;
const node = (v: Value | undefined): DotNetObject<NodeState> => v as DotNetObject<NodeState>;
function insert(list: LinkedList, at: number, value: Value): Value {
  const given = value instanceof DotNetObject && value.type === nodeType ? node(value) : undefined;
  const made = given ?? new DotNetObject<NodeState>(nodeType, { value, owner: list });
  made.state.owner = list;
  list.items.splice(at, 0, made.state.value);
  list.nodes.splice(at, 0, made);
  list.version++;
  return made;
}
function removeAt(list: LinkedList, at: number): void {
  const [gone] = list.nodes.splice(at, 1);
  list.items.splice(at, 1);
  if (gone) gone.state.owner = undefined;
  list.version++;
}
const empty = (): Error => dotNetError('System.InvalidOperationException', 'The LinkedList is empty.');
const indexOf = (list: LinkedList, of: Value | undefined): number => {
  const at = list.nodes.indexOf(node(of));
  if (at < 0)
    throw dotNetError(
      'System.InvalidOperationException',
      'The LinkedList node does not belong to current LinkedList.',
    );
  return at;
};
const find = (list: LinkedList, value: Value | undefined): number =>
  list.items.findIndex((x) => equals(x, value ?? null, false));
const beside = (v: Value, step: number): Value => {
  const { owner } = node(v).state;
  return owner?.nodes[owner.nodes.indexOf(node(v)) + step] ?? null;
};
defineType(nodeType.fullName, {
  members: [
    property(
      'Value',
      'System.Object',
      (v) => node(v).state.value,
      (v, value) => {
        const { state } = node(v);
        state.value = value;
        if (state.owner) state.owner.items[state.owner.nodes.indexOf(node(v))] = value;
      },
    ),
    property('Next', 'System.Object', (v) => beside(v, 1)),
    property('Previous', 'System.Object', (v) => beside(v, -1)),
    property('List', 'System.Object', (v) => node(v).state.owner ?? null),
  ],
});
defineType('System.Collections.Generic.LinkedList`1', {
  interfaces: ['System.Collections.ICollection', 'System.Collections.IEnumerable'],
  constructors: constructors(
    ['LinkedList new()', (v) => new LinkedList(v as DotNetType)],
    [
      'LinkedList new(System.Collections.Generic.IEnumerable[T] collection)',
      (v, a) => {
        const list = new LinkedList(v as DotNetType);
        for (const x of elementsOf(a[0] ?? null) ?? []) insert(list, list.items.length, x);
        return list;
      },
    ],
  ),
  members: [
    property('Count', 'int', (v) => l(v).items.length),
    property('First', 'System.Object', (v) => l(v).nodes[0] ?? null),
    property('Last', 'System.Object', (v) => l(v).nodes.at(-1) ?? null),
    method(['System.Object AddFirst(T value)', (v, a) => insert(l(v), 0, a[0] ?? null)]),
    method(['System.Object AddLast(T value)', (v, a) => insert(l(v), l(v).items.length, a[0] ?? null)]),
    method([
      'System.Object AddBefore(System.Object node, T value)',
      (v, a) => insert(l(v), indexOf(l(v), a[0]), a[1] ?? null),
    ]),
    method([
      'System.Object AddAfter(System.Object node, T value)',
      (v, a) => insert(l(v), indexOf(l(v), a[0]) + 1, a[1] ?? null),
    ]),
    method(['bool Contains(T value)', (v, a) => find(l(v), a[0]) >= 0]),
    method(['System.Object Find(T value)', (v, a) => l(v).nodes[find(l(v), a[0])] ?? null]),
    method([
      'bool Remove(System.Object value)',
      (v, a) => {
        const given = a[0];
        if (given instanceof DotNetObject && given.type === nodeType) {
          removeAt(l(v), indexOf(l(v), given));
          return undefined;
        }
        const at = find(l(v), given);
        if (at >= 0) removeAt(l(v), at);
        return at >= 0;
      },
    ]),
    method([
      'void RemoveFirst()',
      (v) => {
        if (l(v).items.length === 0) throw empty();
        removeAt(l(v), 0);
      },
    ]),
    method([
      'void RemoveLast()',
      (v) => {
        if (l(v).items.length === 0) throw empty();
        removeAt(l(v), l(v).items.length - 1);
      },
    ]),
    method([
      'void Clear()',
      (v) => {
        while (l(v).items.length > 0) removeAt(l(v), 0);
      },
    ]),
    method(['System.Collections.IEnumerator GetEnumerator()', (v) => enumeratorOf(l(v).items, l(v))]),
  ],
});
